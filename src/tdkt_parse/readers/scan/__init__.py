"""
Pictures of pages: JPEG, PNG and TIFF files, and what of a PDF is a scan.

A picture is made ready (:mod:`.cleaning`), its ruling lines are found (:mod:`.lines`), an engine
reads it (:mod:`.engine`), and what of it is believed (:mod:`.belief`) stands in points
(:mod:`.words`) as the words of a typed PDF do; from there on both are laid out alike.
"""

from tdkt_parse.layout import Document
from tdkt_parse.readers.formats import picture_type
from tdkt_parse.settings import OcrMode

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff"})
LIMIT = 200_000_000
"""Bytes."""


def is_picture(data: bytes) -> bool:
    """Whether the bytes begin as a picture does that is read here."""
    return picture_type(data) is not None


def read(data: bytes, name: str | None = None, *, ocr: OcrMode = "auto") -> Document:
    """
    Read the pages of a picture file by OCR.

    Raises ``Unreadable`` and its kin; ``MissingDependency`` where no OCR engine is installed, and
    ``NeedsOcr`` where none is to be asked (``ocr="never"``).
    """
    from tdkt_parse.readers.scan.document import read_document

    return read_document(data, name, ocr)
