"""
PDF files with a text layer.

pdfium gives characters, fonts and lines of a page; what stands in which column, cell and paragraph
is found here. A page is drawn only to be read by OCR; scripts and links are never followed.
"""

from tdkt_parse.layout import Document
from tdkt_parse.settings import OcrMode

SUFFIXES = frozenset({".pdf"})
LIMIT = 200_000_000
"""Bytes; what is large in a PDF are its pictures, which are not unpacked."""

_HEAD = 1024
"""Readers look for the mark within so many bytes (ISO 32000-1, Annex H, note 13)."""


def is_pdf(data: bytes) -> bool:
    """Whether the bytes begin as a PDF does, some rubbish before it allowed."""
    return b"%PDF-" in data[:_HEAD]


def read(
    data: bytes,
    name: str | None = None,
    *,
    password: str | None = None,
    ocr: OcrMode = "auto",
) -> Document:
    """
    Read a PDF.

    ``password`` opens an encrypted one; ``ocr``: whether pages are read off their pictures, those
    without text, all, or none. Raises ``Unreadable`` and its kin, ``Encrypted``, and
    ``NeedsOcr`` where no page has text that can be believed.
    """
    from tdkt_parse.readers.pdf.document import read_document

    return read_document(data, name, password, ocr)
