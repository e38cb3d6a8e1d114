"""From a file to a neutral document: the gate, then the reader for what the file is."""

from __future__ import annotations

from collections.abc import Callable

from .gate import check_file
from .grid import Document
from .read_csv import read_csv
from .read_docx import read_docx
from .read_text import read_text
from .read_xlsx import read_xlsx

READERS: dict[str, Callable[[bytes], Document]] = {
    "docx": read_docx,
    "xlsx": read_xlsx,
    "csv": read_csv,
    "txt": read_text,
}


def read_document(name: str, data: bytes) -> Document:
    """Check and read a file in this process. For a stranger's file use `sandbox.read_file_safely`.

    Raises `UnreadableFile` with a sentence for the person who gave the file.
    """
    return READERS[check_file(name, data)](data)
