"""
Readers: a file in, a :class:`~tdkt_parse.layout.Document` out.

``READERS`` is the order in which they are asked; the first whose ``identify`` claims the bytes
reads them. The name of a file is only a hint: what counts is what stands in it.
"""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NamedTuple

from tdkt_parse.exceptions import TooLarge, Unreadable, UnsupportedFormat
from tdkt_parse.layout import Document
from tdkt_parse.readers import text

Source = str | os.PathLike[str] | bytes | BinaryIO
"""A path, the bytes themselves, or a file open for reading bytes."""


class Reader(NamedTuple):
    """One format: whether these bytes are of it, and how they are read."""

    name: str
    suffixes: frozenset[str]
    limit: int
    identify: Callable[[bytes], bool]
    read: Callable[[bytes, str | None], Document]


READERS: tuple[Reader, ...] = (Reader("text", text.SUFFIXES, text.LIMIT, text.is_text, text.read),)

SUFFIXES: frozenset[str] = frozenset().union(*(reader.suffixes for reader in READERS))
"""Suffixes of the files that are looked for in a folder, in small letters, with their dot."""

LIMIT = max(reader.limit for reader in READERS)

KNOWN_FORMATS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive (a Word .docx file is one)"),
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
"""First bytes of what people put into such folders, and what to call it."""


def read(source: Source, *, name: str | None = None) -> Document:
    """
    Read a document.

    ``name`` is what the document is called in the result where ``source`` is not a path. Raises
    :class:`~tdkt_parse.exceptions.Unreadable` and its kin, which say what is wrong and what to do.
    """
    data, called = load(source)
    name = name or called
    if not data.strip(b"\x00 \t\r\n\x0c\xef\xbb\xbf\xfe\xff"):
        raise Unreadable("The file is empty.", hint="Check that it was copied or saved whole.")
    for reader in READERS:
        if reader.identify(data):
            if len(data) > reader.limit:
                raise too_large(len(data), reader.limit)
            return reader.read(data, name)
    raise UnsupportedFormat(
        f"This is {_format_of(data)}, which no reader here reads.",
        hint=f"Formats read: {', '.join(sorted(SUFFIXES))}.",
    )


def load(source: Source) -> tuple[bytes, str | None]:
    """The bytes of a source and its name, never more of them than any reader takes."""
    if isinstance(source, bytes):
        return source, None
    if isinstance(source, str | os.PathLike):
        path = Path(source)
        try:
            if path.is_dir():
                raise Unreadable("This is a folder, not a file.", hint="Give the files in it.")
            size = path.stat().st_size
            if size > LIMIT:
                raise too_large(size, LIMIT)
            with path.open("rb") as file:
                return _take(file), path.name
        except (OSError, ValueError) as error:
            raise _unreadable(error) from error
    name = getattr(source, "name", None)
    return _take(source), Path(name).name if isinstance(name, str) else None


def too_large(size: int, limit: int) -> TooLarge:
    """The error for a file over its format's limit; both in bytes."""
    return TooLarge(
        f"The file is {size / 1e6:.0f} MB; the limit is {limit / 1e6:.0f} MB.",
        hint="A plan is thousands of times smaller: split the file, or check that it is one.",
    )


def _take(file: BinaryIO) -> bytes:
    data = file.read(LIMIT + 1)
    if isinstance(data, str):
        raise Unreadable("The file is open as text.", hint='Open it with mode "rb".')
    if len(data) > LIMIT:
        raise too_large(len(data), LIMIT)
    return data


def _unreadable(error: OSError | ValueError) -> Unreadable:
    match getattr(error, "errno", None):
        case errno.ENOENT | errno.ENOTDIR:
            return Unreadable("There is no such file.", hint="Check the path.")
        case errno.EACCES | errno.EPERM:
            return Unreadable("There is no permission to read the file.", hint="Ask its owner.")
        case errno.ENAMETOOLONG:
            return Unreadable("The path is too long.", hint="Move the file higher up.")
        case code:
            reason = os.strerror(code) if code else "the path holds a character no path can"
            return Unreadable(f"The file cannot be read: {reason}.")


def _format_of(data: bytes) -> str:
    for magic, called in KNOWN_FORMATS:
        if data.startswith(magic):
            return called
    return "no text and no document that we know"
