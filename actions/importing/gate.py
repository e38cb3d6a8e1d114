"""The gate: everything that is checked about a file before any of it is parsed.

Order: length, extension, what the bytes really are, the zip directory, then a flat scan of the XML for entities and
for spans and rows beyond any real plan. Each refusal is one sentence that says what to do instead.
The limits are those of the bad-input catalogue: 10 MB, 2,000 members, 100 MB unpacked, ratio 100, 200 columns.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from .errors import UnreadableFile

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_RATIO = 100
MAX_COLUMNS = 200
MAX_MERGED_CELLS = 200_000
MAX_CELLS = 400_000
MAX_WORD_ROWS = 20_000
MAX_WORD_PARAGRAPHS = 200_000

EXTENSIONS = ("docx", "xlsx", "csv", "txt")

_USE_INSTEAD = {
    "doc": "Old Word files (.doc) cannot be read: open it in Word, choose Save As, “Word Document (.docx)”, and "
    "upload that.",
    "xls": "Old Excel files (.xls) cannot be read: open it in Excel, choose Save As, “Excel Workbook (.xlsx)”, and "
    "upload that.",
    "xlsm": "Workbooks with macros (.xlsm) are not accepted: choose Save As, “Excel Workbook (.xlsx)”, and upload "
    "that.",
    "docm": "Word files with macros (.docm) are not accepted: choose Save As, “Word Document (.docx)”, and upload "
    "that.",
    "xlsb": "Binary workbooks (.xlsb) cannot be read: choose Save As, “Excel Workbook (.xlsx)”, and upload that.",
    "pdf": "PDF files cannot be read reliably: upload the Word or Excel file that the PDF was made from, or copy "
    "the table and paste it.",
    "odt": "OpenDocument text (.odt) cannot be read: choose Save As, “Word (.docx)”, and upload that.",
    "ods": "OpenDocument spreadsheets (.ods) cannot be read: choose Save As, “Excel (.xlsx)”, and upload that.",
    "rtf": "Rich Text files (.rtf) cannot be read: open it in Word, choose Save As, “Word Document (.docx)”, and "
    "upload that.",
    "html": "This is a web page, not a real Excel or Word file: open it in Excel or Word, choose Save As .xlsx or "
    ".docx, and upload that.",
    "xml": "This is an XML file, not a real Excel or Word file: open it in Excel or Word, choose Save As .xlsx or "
    ".docx, and upload that.",
    "image": "This is a picture, not a document: upload the Word or Excel file, or paste the text of the plan.",
    "zip": "This is a zip folder: unpack it and upload the Word or Excel file that is inside.",
    "pptx": "PowerPoint files cannot be read: copy the table of the plan and paste it instead.",
}
_PASSWORD = "This file is password-protected: open it, save it without a password, and upload that."
_KINDS = {"docx": "a Word document", "xlsx": "an Excel workbook", "csv": "a text file", "txt": "a text file"}


def check_file(name: str, data: bytes) -> str:
    """The kind of reader a file needs: "docx", "xlsx", "csv" or "txt". Raises `UnreadableFile`.

    `name` is used for its extension alone, never as a path.
    """
    check_size(len(data))
    extension = extension_of(name)
    if extension in _USE_INSTEAD:
        if extension in ("doc", "xls") and _office_password(data):
            raise UnreadableFile(_PASSWORD)
        raise UnreadableFile(_USE_INSTEAD[extension])
    if extension not in EXTENSIONS:
        raise UnreadableFile(
            "Files of this kind cannot be read: upload the plan as Word (.docx), Excel (.xlsx), .csv "
            "or .txt, or paste its text."
        )
    kind = kind_of(data)
    if kind == "ole":
        if _office_password(data):
            raise UnreadableFile(_PASSWORD)
        old = "xls" if "Workbook".encode("utf-16-le") in data[:200_000] or extension in ("xlsx", "csv") else "doc"
        raise UnreadableFile(f"This file is named .{extension} but is an old Office file. {_USE_INSTEAD[old]}")
    if kind == "zip":
        kind = check_package(data)
    elif kind == "text" and extension in ("csv", "txt"):
        return extension
    if kind in _USE_INSTEAD:
        raise UnreadableFile(
            _USE_INSTEAD[kind]
            if kind != "pdf"
            else f"This file is named .{extension} but is a PDF. {_USE_INSTEAD['pdf']}"
        )
    if kind != extension:
        real = _KINDS.get(kind, "a text file")
        remedy = (
            f"rename it to end in .{kind} and upload it again"
            if kind in ("docx", "xlsx")
            else f"open it in {'Excel' if extension == 'xlsx' else 'Word'}, choose Save As .{extension}, and "
            f"upload that"
        )
        raise UnreadableFile(f"This file is named .{extension} but is {real}: {remedy}.")
    return kind


def check_size(size: int) -> None:
    """Refuse an empty file and one over the limit."""
    if size == 0:
        raise UnreadableFile("This file is empty: check that it is the right one and that it was saved.")
    if size > MAX_BYTES:
        raise UnreadableFile(
            f"This file is {size / 1024 / 1024:.0f} MB and the maximum is 10 MB: take out pictures, "
            "or split the plan by priority."
        )


def extension_of(name: str) -> str:
    """The letters after the last full stop, lower case, without hidden characters."""
    plain = re.sub(r"[^A-Za-z0-9.]", "", name.rpartition(".")[2] if "." in name else "")
    return plain.lower()[:10]


def kind_of(data: bytes) -> str:
    """What the first bytes say the file is: zip, ole, pdf, rtf, html, xml, image or text."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return "zip"
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    if b"%pdf-" in head:
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM6", b"II*\0", b"MM\0*")):
        return "image"
    if head.startswith((b"<!doctype html", b"<html", b"<table")) or b"<html" in head:
        return "html"
    if head.startswith(b"<?xml"):
        return "xml"
    return "text"


def _office_password(data: bytes) -> bool:
    """An Office file locked with a password is an OLE container with a stream of this name."""
    return data.startswith(b"\xd0\xcf\x11\xe0") and "EncryptedPackage".encode("utf-16-le") in data


def check_package(data: bytes) -> str:
    """Check the zip directory of an Office file, then its XML. Gives "docx", "xlsx" or another kind."""
    damaged = UnreadableFile(
        "This file is damaged or was only partly uploaded: open it, save it again and upload it once more."
    )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            kind = _check_directory(package, len(data))
            if kind in ("docx", "xlsx"):
                for member in package.infolist():
                    if member.filename.lower().endswith((".xml", ".rels", ".vml")):
                        _check_xml(member.filename, package.read(member), kind)
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, KeyError) as broken:
        raise damaged from broken
    except RuntimeError as locked:
        raise UnreadableFile(_PASSWORD) from locked


def _check_directory(package: zipfile.ZipFile, size: int) -> str:
    members = package.infolist()
    names = {member.filename for member in members}
    if len(members) > MAX_MEMBERS:
        raise UnreadableFile(
            f"This file has more than {MAX_MEMBERS:,} parts inside: copy the plan into a new document and upload that."
        )
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED or (unpacked > 1024 * 1024 and unpacked > size * MAX_RATIO):
        raise UnreadableFile(
            "This file unpacks to far more than a plan needs: copy the plan into a new document and upload that."
        )
    for member in members:
        name = member.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or re.match(r"^[A-Za-z]:", name):
            raise UnreadableFile(
                "This file is not built as Word or Excel build theirs: copy the plan into a new "
                "document and upload that."
            )
        if member.flag_bits & 1:
            raise UnreadableFile(_PASSWORD)
        if name.lower().rpartition("/")[2] == "vbaproject.bin":
            raise UnreadableFile(
                "This file contains macros, which are not accepted: save it as .xlsx or .docx without "
                "macros and upload that."
            )
    return _package_kind(package, names)


def _package_kind(package: zipfile.ZipFile, names: set[str]) -> str:
    if "mimetype" in names:
        mimetype = package.read("mimetype")[:100]
        return "ods" if b"spreadsheet" in mimetype else "odt"
    if "[Content_Types].xml" not in names:
        return "zip"
    types = package.read("[Content_Types].xml")[:2_000_000]
    if b"macroEnabled" in types:
        raise UnreadableFile(
            "This file may contain macros, which are not accepted: save it as .xlsx or .docx and upload that."
        )
    if b"wordprocessingml" in types:
        return "docx"
    if b"spreadsheetml" in types:
        return "xlsx"
    if b"sheet.binary" in types:
        return "xlsb"
    return "pptx" if b"presentationml" in types else "zip"


def _check_xml(name: str, xml: bytes, kind: str) -> None:
    """Refuse what no office program writes: document types and entities, absurd spans, endless rows."""
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in xml[:100]:
        xml = xml.decode("utf-16", errors="replace").encode()
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", xml, re.I):
        raise UnreadableFile(
            "This file carries hidden instructions that no plan needs: copy the plan into a new "
            "document and upload that."
        )
    if kind == "docx" and name.startswith("word/document"):
        _check_word(xml)
    elif kind == "xlsx" and name.startswith("xl/worksheets/"):
        _check_sheet(name, xml)


def _check_word(xml: bytes) -> None:
    spans = (int(value[:10]) for value in re.findall(rb'w:gridSpan\s+w:val="(\d+)"', xml))
    if any(span > MAX_COLUMNS for span in spans):
        raise UnreadableFile(
            f"A table in this file is more than {MAX_COLUMNS} columns wide: copy the plan into a new "
            "table and upload that."
        )
    if xml.count(b"<w:tr>") + xml.count(b"<w:tr ") > MAX_WORD_ROWS:
        raise UnreadableFile(
            "This file has more than 20,000 table rows. At most 5,000 actions can be read at once: "
            "split the plan by priority and upload the parts."
        )
    if xml.count(b"<w:p>") + xml.count(b"<w:p ") > MAX_WORD_PARAGRAPHS:
        raise UnreadableFile(
            "This file has far more paragraphs than a plan: copy the plan into a new document and upload that."
        )


def _check_sheet(name: str, xml: bytes) -> None:
    label = f"Sheet {re.sub(r'[^0-9]', '', name) or '1'}"
    merged = 0
    for left, top, right, bottom in re.findall(
        rb'<(?:\w+:)?mergeCell\s+ref="\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)"', xml
    ):
        merged += (_column(right) - _column(left) + 1) * (int(bottom[:9]) - int(top[:9]) + 1)
    if merged > MAX_MERGED_CELLS:
        raise UnreadableFile(
            f"{label} has merged cells that cover {merged:,} cells: select the sheet, choose "
            "Unmerge Cells, save it and upload it again."
        )
    cells = xml.count(b"<c ") + xml.count(b"<c>")
    if cells > MAX_CELLS:
        raise UnreadableFile(
            f"{label} has {cells:,} cells. At most 5,000 actions can be read at once: delete empty "
            "rows and columns, or split the plan by priority."
        )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4]:
        number = number * 26 + letter - 64
    return number
