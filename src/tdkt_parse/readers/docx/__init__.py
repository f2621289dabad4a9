"""
Word files (.docx, .docm, their templates): Office Open XML, Transitional and Strict.

The XML is walked itself rather than through a library's objects: opening alone takes python-docx
5 ms a file, and its paragraphs leave out automatic numbers, content controls, text boxes, tracked
insertions and notes. Macros, embedded files and links are never opened.
"""

from tdkt_parse.layout import Document
from tdkt_parse.settings import Changes

SUFFIXES = frozenset({".docx", ".docm", ".dotx", ".dotm"})
LIMIT = 100_000_000
"""Bytes; pictures of scanned pages make a Word file large, and are not unpacked."""


def is_docx(data: bytes) -> bool:
    """Whether the bytes are an office file in a zip, whole or broken off."""
    return data.startswith(b"PK\x03\x04") and (
        b"[Content_Types].xml" in data or b"word/document" in data
    )


def read(data: bytes, name: str | None = None, *, changes: Changes = "accept") -> Document:
    """
    Read a Word file.

    ``changes``: tracked changes as accepted or as rejected. Raises ``Unreadable`` and its kin,
    ``Encrypted``, and ``NeedsOcr`` for a file of nothing but pictures.
    """
    from tdkt_parse.readers.docx.document import read_document

    return read_document(data, name, changes)
