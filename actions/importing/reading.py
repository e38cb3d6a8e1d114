"""From a file to a neutral document: the gate, then the reader for what the file is."""

from __future__ import annotations

from importlib import import_module

from .errors import UnreadableFile
from .gate import check_file
from .grid import Block, Document, TextBlock

READERS = {"docx": "read_docx", "xlsx": "read_xlsx", "csv": "read_csv", "txt": "read_text"}
"""What a file is, and the module and function that read it. A reader's library is loaded when it is needed."""

NO_WORDS = "There are no words in this file: check that it is the right one, and that its plan is not a picture."


def read_document(name: str, data: bytes) -> Document:
    """Check and read a file in this process. For a stranger's file use `sandbox.read_file_safely`.

    Raises `UnreadableFile` with a sentence for the person who gave the file.
    """
    reader = READERS[check_file(name, data)]
    document: Document = getattr(import_module(f"{__package__}.{reader}"), reader)(data)
    if not any(_has_words(block) for block in document.blocks):
        raise UnreadableFile(NO_WORDS)
    return document


def _has_words(block: Block) -> bool:
    return bool(block.text) if isinstance(block, TextBlock) else any(not cell.empty for cell in block.cells)
