"""Hostile, broken and mislabelled files: always one plain sentence, never a trace, a hang or a half-read plan."""

from __future__ import annotations

import io
import re
import time
import zipfile

import pytest

from actions.importing.errors import UnreadableFile
from actions.importing.gate import check_file
from actions.importing.read_csv import read_csv
from actions.importing.reading import read_document
from actions.importing.sandbox import read_file_safely
from actions.importing.understanding import understand

from .files import C, P, T, excel, word

PLAIN: list[list[object]] = [["Action", "Lead", "Timescale"], ["Publish the plan", "Comms Team", "May 2024"]]


def refusal(name: str, data: bytes) -> str:
    """The sentence with which a file is refused by the gate or its reader, in this process."""
    with pytest.raises(UnreadableFile) as refused:
        understand(read_document(name, data))
    sentence = refused.value.sentence
    assert sentence.endswith(".") and "Traceback" not in sentence and "Error" not in sentence
    return sentence


def repacked(data: bytes, changes: dict[str, bytes], *, without: str | None = None) -> bytes:
    """An Office file with parts replaced, added or taken out."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename not in changes and member.filename != without:
                new.writestr(member.filename, old.read(member))
        for name, content in changes.items():
            new.writestr(name, content)
    return held.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def test_too_large_and_empty() -> None:
    assert "maximum is 10 MB" in refusal("plan.xlsx", b"PK\x03\x04" + b"0" * (11 * 1024 * 1024))
    assert "empty" in refusal("plan.docx", b"")


def test_a_file_without_a_word_in_it_is_no_plan() -> None:
    for name, data in (("plan.docx", word()), ("plan.xlsx", excel(Plan=[]))):
        assert refusal(name, data).startswith("There are no words in this file")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("plan.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Word Document (.docx)"),
        ("plan.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Excel Workbook (.xlsx)"),
        (
            "plan.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "password-protected",
        ),
        ("plan.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Office file"),
        ("plan.pdf", b"%PDF-1.7", "PDF files cannot be read"),
        ("plan.xlsx", b"%PDF-1.7 ...", "but is a PDF"),
        ("plan.xlsm", b"PK\x03\x04", "macros"),
        ("plan.xlsx", b"<html><table><tr><td>Action</td></tr></table></html>", "web page"),
        ("plan.xlsx", b"Action,Lead\nPublish,Comms\n", "is a text file"),
        ("plan.docx", b"{\\rtf1 hello}", "Rich Text"),
        ("plan.csv", b"\x89PNG\r\n\x1a\n....", "picture"),
        ("plan.zip", b"PK\x03\x04", "zip folder"),
        ("plan.exe", b"MZ", "cannot be read"),
        ("plan", b"Action\tLead\n", "cannot be read"),
        ("../../" + "x" * 300 + "\u202excod.exe", b"MZ", "cannot be read"),
    ],
)
def test_one_sentence_says_what_to_do_instead(name: str, data: bytes, words: str) -> None:
    assert words in refusal(name, data)


def test_real_type_is_named_when_the_extension_lies() -> None:
    assert "rename it to end in .xlsx" in refusal("plan.csv", excel(S=PLAIN))
    assert "rename it to end in .docx" in refusal("plan.xlsx", word(T(PLAIN)))


def test_odd_names_of_good_files_are_read() -> None:
    for name in ("a" * 300 + ".xlsx", "../../etc/plan.xlsx", "CON.xlsx", 'new\nline"quote.xlsx', "PLAN.XLSX"):
        assert check_file(name, excel(S=PLAIN)) == "xlsx"


def test_zip_bomb_is_refused_before_it_is_parsed() -> None:
    bomb = repacked(
        excel(S=PLAIN), {"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * (60 * 1024 * 1024) + b"</worksheet>"}
    )
    assert len(bomb) < 300_000
    assert "unpacks to far more" in refusal("plan.xlsx", bomb)


def test_too_many_parts() -> None:
    assert "parts inside" in refusal(
        "plan.xlsx", repacked(excel(S=PLAIN), {f"xl/media/{at}.zip": b"PK" for at in range(2100)})
    )


@pytest.mark.parametrize("name", ["/etc/passwd", "../up.xml", "xl\\..\\..\\up.xml", "C:/x.xml"])
def test_paths_that_climb_out(name: str) -> None:
    assert "not built as" in refusal("plan.xlsx", repacked(excel(S=PLAIN), {name: b"x"}))


def test_macros() -> None:
    assert "macros" in refusal("plan.xlsx", repacked(excel(S=PLAIN), {"xl/vbaProject.bin": b"x"}))
    types = part(word(T(PLAIN)), "[Content_Types].xml").replace(b"wordprocessingml.document.main", b"macroEnabled.main")
    assert "macros" in refusal("plan.docx", repacked(word(T(PLAIN)), {"[Content_Types].xml": types}))


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("evil", [LAUGHS, OUTSIDE, b'<!DOCTYPE x SYSTEM "http://example.org/x.dtd">'])
def test_entities_and_document_types(evil: bytes) -> None:
    for name, data, inner in (
        ("plan.xlsx", excel(S=PLAIN), "xl/worksheets/sheet1.xml"),
        ("plan.docx", word(T(PLAIN)), "word/document.xml"),
    ):
        xml = part(data, inner)
        head, _, tail = xml.partition(b"?>") if xml.startswith(b"<?xml") else (b"<?xml version='1.0'", b"", xml)
        assert "hidden instructions" in refusal(name, repacked(data, {inner: head + b"?>" + evil + tail}))
        wide = (head + b"?>" + evil + tail).decode().replace("UTF-8", "UTF-16").encode("utf-16")
        assert "hidden instructions" in refusal(name, repacked(data, {inner: wide}))


def test_a_merge_over_the_whole_sheet() -> None:
    xml = part(excel(S=PLAIN), "xl/worksheets/sheet1.xml").replace(
        b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )
    start = time.monotonic()
    assert "Unmerge" in refusal("plan.xlsx", repacked(excel(S=PLAIN), {"xl/worksheets/sheet1.xml": xml}))
    assert time.monotonic() - start < 5


def test_one_cell_at_the_far_corner_and_a_lying_dimension() -> None:
    xml = part(excel(S=PLAIN), "xl/worksheets/sheet1.xml")
    far = xml.replace(
        b"</sheetData>",
        b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c>'
        b'<c r="A1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData>',
    )
    lying = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', far)
    plan = understand(read_document("plan.xlsx", repacked(excel(S=PLAIN), {"xl/worksheets/sheet1.xml": lying})))
    assert [action.text for action in plan.actions] == ["Publish the plan"]
    assert any("blank rows come before" in warning for warning in plan.warnings)


def test_a_cell_over_a_hundred_million_columns() -> None:
    xml = part(word(T([[C("x", across=2)], ["Action", "Lead"]])), "word/document.xml").replace(
        b'w:gridSpan w:val="2"', b'w:gridSpan w:val="100000000"'
    )
    assert "columns wide" in refusal("plan.docx", repacked(word(T(PLAIN)), {"word/document.xml": xml}))


def test_very_deep_and_very_long_word_files() -> None:
    deep = b"<w:p>" * 50_000 + b"</w:p>" * 50_000
    data = word(T(PLAIN))
    xml = part(data, "word/document.xml").replace(b"<w:tbl>", deep + b"<w:tbl>", 1)
    assert refusal("plan.docx", repacked(data, {"word/document.xml": xml}))
    endless = part(data, "word/document.xml").replace(
        b"</w:tbl>", b"<w:tr><w:tc><w:p/></w:tc></w:tr>" * 20_001 + b"</w:tbl>", 1
    )
    assert "table rows" in refusal("plan.docx", repacked(data, {"word/document.xml": endless}))


def test_a_word_file_without_a_body_and_with_bad_parts() -> None:
    data = word(T(PLAIN))
    empty = re.sub(rb"<w:body>.*</w:body>", b"", part(data, "word/document.xml"), flags=re.S)
    assert refusal("plan.docx", repacked(data, {"word/document.xml": empty}))
    assert refusal("plan.docx", repacked(data, {"word/document.xml": b"<not closed"}))
    assert refusal("plan.docx", repacked(data, {}, without="word/document.xml"))
    assert refusal("plan.docx", repacked(data, {}, without="[Content_Types].xml"))


@pytest.mark.parametrize("cut", [100, 2000, -200])
def test_a_truncated_upload(cut: int) -> None:
    assert "damaged" in refusal("plan.xlsx", excel(S=PLAIN)[:cut])


def test_a_corrupted_part() -> None:
    data = bytearray(excel(S=PLAIN))
    at = data.find(b"xl/worksheets/sheet1.xml") + 60
    data[at] ^= 0xFF
    assert "damaged" in refusal("plan.xlsx", bytes(data))


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="A2" t="s"><v>99999</v></c>',
        b'<c r="A2" s="9999"><v>1</v></c>',
        b'<c r="A2" t="d"><v>not-a-date</v></c>',
        b'<c r="A2"><v>1e999</v></c>',
        b'<c r="A2" t="n"><v>abc</v></c>',
    ],
)
def test_broken_cells_never_crash(cell: bytes) -> None:
    xml = re.sub(rb'<c r="A2".*?</c>', cell, part(excel(S=PLAIN), "xl/worksheets/sheet1.xml"), count=1)
    data = repacked(excel(S=PLAIN), {"xl/worksheets/sheet1.xml": xml})
    try:
        plan = understand(read_document("plan.xlsx", data))
    except UnreadableFile as refused:
        assert "damaged" in refused.sentence
    else:
        assert all(action.text != "inf" for action in plan.actions)


def test_more_actions_than_the_limit_and_exactly_the_limit() -> None:
    many: list[list[object]] = [
        ["Ref", "Action", "Lead"],
        *([at, f"Deliver part {at} of the programme", "Police"] for at in range(5000)),
    ]
    assert len(understand(read_document("plan.xlsx", excel(S=many))).actions) == 5000
    assert "5,001 actions and the limit is 5,000" in refusal(
        "plan.xlsx", excel(S=[*many, [5001, "One more for the road", "Police"]])
    )


def test_a_hundred_thousand_rows() -> None:
    data = ("Action,Lead\n" + "Publish the plan,Comms\n" * 100_000).encode()
    assert "5,000" in refusal("plan.csv", data)


def test_hidden_sheets_are_reported_and_set_aside() -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(excel(Shown=PLAIN, Hidden=PLAIN, Deep=PLAIN)))
    book["Hidden"].sheet_state, book["Deep"].sheet_state = "hidden", "veryHidden"
    held = io.BytesIO()
    book.save(held)
    plan = understand(read_document("plan.xlsx", held.getvalue()))
    assert len(plan.actions) == 1
    assert [warning for warning in plan.warnings if "hidden" in warning] and len(plan.decoys) == 2


def test_formulas_are_text_or_their_last_result() -> None:
    rows: list[list[object]] = [["Action", "Lead", "Timescale"]]
    rows += [
        [words, "Comms Team", "May 2024"]
        for words in (
            '=HYPERLINK("http://example.org","Publish the plan")',
            "=cmd|' /C calc'!A0",
            "@SUM(1+1) the leaflets",
            "+44 call all the partners",
            "-publish the plan again",
        )
    ]
    plan = understand(read_document("plan.xlsx", excel(S=rows)))
    assert [action.text for action in plan.actions][0].startswith("=HYPERLINK(")
    assert len(plan.actions) == 5


# --- CSV ------------------------------------------------------------

CSV = "Action,Lead,By when\r\nReview the council’s “website”,Comms Team,May 2024\r\n"


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode("utf-16"),
        CSV.encode("utf-16-le"),
        CSV.encode("utf-16-be"),
        CSV.encode("utf-8-sig"),
        CSV.encode(),
        CSV.encode("cp1252"),
        CSV.replace("\r\n", "\r").encode(),
        CSV.replace(",", ";").encode(),
        CSV.replace(",", "\t").encode(),
        CSV.replace(",", "|").encode(),
        ("sep=;\r\n" + CSV.replace(",", ";")).encode(),
    ],
)
def test_any_encoding_and_delimiter(data: bytes) -> None:
    plan = understand(read_document("plan.csv", data))
    assert [(a.text, a.owners, a.timescale_text) for a in plan.actions] == [
        ("Review the council’s “website”", ["Comms Team"], "May 2024")
    ]


def test_nul_bytes_name_their_line() -> None:
    assert refusal("plan.csv", b"Action,Lead\nOne,Two\nThr\0ee,Four\n").startswith("Line 3")


def test_an_unclosed_quotation_mark_names_its_line() -> None:
    data = b'Action,Lead\nPublish,Comms\n"Never closed,Comms\n' + b"Publish,Comms\n" * 60
    assert "Line 3" in refusal("plan.csv", data)


@pytest.mark.parametrize("cell", ['"Never closed', '"Closed by the ""next"" row', '"Never closed, on the last line'])
def test_an_unclosed_quotation_mark_in_a_short_file_names_its_line(cell: str) -> None:
    rows = f'Action,Lead,When\n{cell},Comms,May\nPublish,"Police, Comms",June\n'
    if "last line" in cell:
        rows = f"Action,Lead,When\n{cell},Comms,May"
    assert "Line 2: a quotation mark" in refusal("plan.csv", rows.encode())


@pytest.mark.parametrize("cell", ['"Prevent" leads meet', '"Two\nlines ""quoted"" fully"', 'A 6" banner', '"Last "one'])
def test_a_stray_quotation_mark_that_swallows_nothing_is_read(cell: str) -> None:
    plan = understand(read_document("plan.csv", f"Action,Lead,When\nPublish,Comms,June\n{cell},Police,May".encode()))
    assert [action.owners for action in plan.actions] == [["Comms"], ["Police"]]


def test_a_very_long_field() -> None:
    assert "too long" in refusal("plan.csv", b"Action,Lead\n" + b"x" * 140_000 + b",Comms\n")


def test_too_many_columns() -> None:
    assert "columns" in refusal("plan.csv", b",".join(b"x%d" % at for at in range(500)) + b"\n")


def test_a_byte_order_mark_is_not_part_of_the_first_heading() -> None:
    table = next(read_csv(CSV.encode("utf-8-sig")).tables)
    assert table.rows[0][0].text == "Action"


# --- the child process ------------------------------------------------------------


def test_the_child_reads_a_plan_and_gives_plain_data() -> None:
    plan = read_file_safely("plan.docx", word(P("Prevent Plan", "Title"), T(PLAIN)))
    assert [(a.text, a.owners, a.reading.end) for a in plan.actions] == [
        ("Publish the plan", ["Comms Team"], "2024-05-31")
    ]


def test_the_child_passes_on_a_refusal() -> None:
    with pytest.raises(UnreadableFile, match="PDF"):
        read_file_safely("plan.pdf", b"%PDF-1.7")


def test_a_child_that_takes_too_long_is_killed() -> None:
    start = time.monotonic()
    with pytest.raises(UnreadableFile, match="too long"):
        read_file_safely("plan.docx", word(T(PLAIN)), wall_seconds=0.01)
    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "open('left-behind', 'w')",
        "__import__('os').fork()",
    ],
)
def test_the_child_may_not_reach_out(attempt: str) -> None:
    import subprocess
    import sys

    limited = "from actions.importing import sandbox; sandbox._limit_myself()"
    program = f"{limited}\ntry:\n    {attempt}\nexcept PermissionError:\n    print('refused')"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == "refused"


def test_a_child_that_runs_out_of_memory_ends_with_a_sentence() -> None:
    rows = [f"Commitment {at} {'word ' * 40},Comms Team,May 2024" for at in range(3000)]
    data = "\n".join(["Action,Lead,Timescale", *rows]).encode()
    assert len(read_file_safely("plan.csv", data).actions) == 3000
    with pytest.raises(UnreadableFile, match="needs more memory|could not be read"):  # as little as this cannot do
        read_file_safely("plan.csv", data, memory_bytes=36 * 1024 * 1024)
