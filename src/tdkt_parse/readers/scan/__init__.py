"""
Pictures of pages: JPEG, PNG and TIFF files, and what of a PDF is a scan.

A picture is made ready (:mod:`.cleaning`), its ruling lines are found (:mod:`.lines`), an engine
reads it (:mod:`.engine`), and what it read stands in points (:mod:`.words`) as the words of a typed
PDF do; from there on both are laid out alike.
"""

from tdkt_parse.layout import Document
from tdkt_parse.settings import OcrMode

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff"})
LIMIT = 200_000_000
"""Bytes."""
INSTALL = 'Type: python -m pip install "tdkt-parse[ocr]"'

_MEDIA_TYPES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)


def media_type_of(data: bytes) -> str | None:
    """What picture the bytes are by how they begin; ``None`` for another kind, or no picture."""
    return next((media for magic, media in _MEDIA_TYPES if data.startswith(magic)), None)


def is_picture(data: bytes) -> bool:
    """Whether the bytes begin as a picture does that is read here."""
    return media_type_of(data) is not None


def read(data: bytes, name: str | None = None, *, ocr: OcrMode = "auto") -> Document:
    """
    Read the pages of a picture file by OCR.

    Raises ``Unreadable`` and its kin; ``MissingDependency`` where no OCR engine is installed, and
    ``NeedsOcr`` where none is to be asked (``ocr="never"``).
    """
    from tdkt_parse.readers.scan.document import read_document

    return read_document(data, name, ocr)
