"""
Formats known by their first bytes, so that what is not read is at least called by its name.
"""

from tdkt_parse.exceptions import Encrypted

_OLDER: tuple[tuple[bytes, str], ...] = (
    (b"\xdb\xa5\x2d\x00", "a document of Word 2 for Windows"),
    (b"\x9b\xa5", "a document of Word 1 for Windows"),
    (b"\x31\xbe\x00\x00", "a document of Word for DOS or of Write"),
    (b"\xfe\x37\x00\x1c", "a document of Word for the Macintosh"),
    (b"\xfe\x37\x00\x23", "a document of Word for the Macintosh"),
    (b"\xffWPC", "a WordPerfect document"),
)
"""Texts of word processors before Word 6, which are not read."""

_KNOWN: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0", "a Microsoft Office 97-2003 file (.doc, .xls)"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"BM", "a BMP picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a Windows program"),
    (b"SQLite format 3", "an SQLite database"),
)
"""First bytes of what people put into folders of plans, and what to call it."""


def format_of(data: bytes) -> str | None:
    """
    What the file is by its first bytes; None if they say nothing.

    >>> format_of(b"%PDF-1.7"), format_of(b"BM.01 KE HOACH")
    ('a PDF', None)
    """
    for magic, called in (*_OLDER, *_KNOWN):
        if data.startswith(magic) and (
            len(magic) > 2 or b"\x00" in data[:64] or not magic.isalpha()
        ):
            return called
    return None


def is_older_text(data: bytes) -> bool:
    """Whether the bytes are a text of a program before Word 6."""
    return data.startswith(tuple(magic for magic, _ in _OLDER))


_PICTURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)


def picture_type(data: bytes) -> str | None:
    """
    What picture the bytes are by how they begin; ``None`` if none that is read.

    >>> picture_type(b"II*\\0"), picture_type(b"GIF8")
    ('image/tiff', None)
    """
    return next((media for magic, media in _PICTURES if data.startswith(magic)), None)


_LOCKED = "EncryptedPackage".encode("utf-16-le")


def is_encrypted(data: bytes) -> bool:
    """Whether this is an office file locked by a password ([MS-OFFCRYPTO], 2.3)."""
    return data.startswith(b"\xd0\xcf\x11\xe0") and _LOCKED in data


def locked() -> Encrypted:
    """The error for a file that opens with a password only."""
    return Encrypted(
        "The file is protected by a password.", hint="Save it without one and try again."
    )
