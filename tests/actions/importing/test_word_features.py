"""What Word keeps in its XML rather than in plain paragraphs: automatic numbers, tracked changes, boxes."""

from __future__ import annotations

import re

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from actions.importing.grid import TextBlock
from actions.importing.read_docx import read_docx
from actions.importing.understanding import understand

from .files import P, T, add_table, saved, word
from .test_hostile import part, repacked

ROWS: list[list[object]] = [
    ["No", "Action", "Lead", "By when"],
    ["", "Publish the plan", "Comms Team", "May 2024"],
    ["", "Print the leaflet", "Comms Team", "June 2024"],
]


def document_with(table: list[list[object]]) -> docx.document.Document:  # type: ignore[name-defined]
    document = docx.Document()
    add_table(document, T(table))
    return document


def test_numbers_that_word_counts_are_the_refs() -> None:
    document = document_with(ROWS)
    for row in document.tables[0].rows[1:]:
        row.cells[0].paragraphs[0].style = "List Number"
    plan = understand(read_docx(saved(document)))
    assert [(a.ref, a.text) for a in plan.actions] == [("1", "Publish the plan"), ("2", "Print the leaflet")]


def test_inserted_words_are_read_and_deleted_ones_are_not() -> None:
    data = word(T(ROWS))
    xml = part(data, "word/document.xml").decode()
    run = re.search(r"<w:r><w:t>Publish the plan</w:t></w:r>", xml)
    assert run is not None
    tracked = (
        '<w:r><w:t xml:space="preserve">Publish the </w:t></w:r><w:del w:id="1" w:author="A"><w:r><w:delText>old '
        '</w:delText></w:r></w:del><w:ins w:id="2" w:author="A"><w:r><w:t>new plan</w:t></w:r></w:ins>'
    )
    deleted = xml.replace(run.group(0), tracked)
    last = deleted.rindex("<w:tr>")
    deleted = deleted[:last] + '<w:tr><w:trPr><w:del w:id="3" w:author="A"/></w:trPr>' + deleted[last + 6 :]
    plan = understand(read_docx(repacked(data, {"word/document.xml": deleted.encode()})))
    assert [a.text for a in plan.actions] == ["Publish the new plan"]


def test_fields_hidden_words_and_soft_hyphens() -> None:
    data = word(T(ROWS))
    xml = part(data, "word/document.xml").decode()
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        "<w:r><w:t>Publish the pl</w:t><w:softHyphen/><w:t>an</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
    )
    assert "<w:r><w:t>Publish the plan</w:t></w:r>" in xml
    changed = xml.replace("<w:r><w:t>Publish the plan</w:t></w:r>", field)
    plan = understand(read_docx(repacked(data, {"word/document.xml": changed.encode()})))
    assert plan.actions[0].text == "Publish the plan"


def test_tables_rows_and_cells_in_content_controls() -> None:
    data = word(T(ROWS))
    xml = part(data, "word/document.xml").decode()
    table = re.search(r"<w:tbl>.*</w:tbl>", xml, re.S)
    assert table is not None
    last = table.group(0).rindex("<w:tr>")
    inner = f"{table.group(0)[:last]}<w:sdt><w:sdtContent>{table.group(0)[last:-8]}</w:sdtContent></w:sdt></w:tbl>"
    held = xml.replace(table.group(0), f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>")
    plan = understand(read_docx(repacked(data, {"word/document.xml": held.encode()})))
    assert [a.text for a in plan.actions] == ["Publish the plan", "Print the leaflet"]


def test_a_text_box_is_read_once_and_a_frame_table_is_looked_through() -> None:
    document = docx.Document()
    frame = document.add_table(rows=1, cols=1).cell(0, 0)
    frame.paragraphs[0].text = "Priority 1: Lead the work"
    inner = frame.add_table(rows=3, cols=4)
    for row, words in zip(inner.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = str(text)
    box = (
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>'
        "<mc:Choice><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    document.add_paragraph("Beside it")._p.append(parse_xml(box))
    read = read_docx(saved(document))
    texts = [block.text for block in read.blocks if isinstance(block, TextBlock)]
    assert texts == ["Priority 1: Lead the work", "Beside it", "In a box"]
    assert [(a.text, a.group) for a in understand(read).actions][0] == (
        "Publish the plan",
        ["Priority 1: Lead the work"],
    )


def test_headers_and_footers_are_left_out() -> None:
    document = document_with(ROWS)
    document.sections[0].header.paragraphs[0].text = "OFFICIAL: working together for a safer place"
    read = read_docx(saved(document))
    assert all("OFFICIAL" not in block.text for block in read.blocks if isinstance(block, TextBlock))


def test_a_line_break_stays_inside_its_paragraph() -> None:
    document = document_with(ROWS)
    paragraph = document.tables[0].cell(1, 1).paragraphs[0]
    paragraph.add_run().add_break()
    paragraph.add_run("and tell partners")
    assert next(read_docx(saved(document)).tables).rows[1][1].paragraphs == ("Publish the plan\nand tell partners",)


def test_every_place_is_named_as_its_reader_sees_it() -> None:
    plan = understand(read_docx(word(P("Plan", "Title"), T(ROWS))))
    assert plan.actions[1].source.place == "table 1, row 3"
