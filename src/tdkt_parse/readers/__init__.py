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

from tdkt_parse.exceptions import TimedOut, TooLarge, Unreadable, UnsupportedFormat
from tdkt_parse.layout import Document
from tdkt_parse.readers import docx, html, office, pdf, scan, text
from tdkt_parse.readers.formats import format_of, is_encrypted, is_older_text, locked
from tdkt_parse.settings import Changes, OcrMode

Source = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO
"""A path, the bytes themselves, or a file open for reading bytes."""


class Reading(NamedTuple):
    """What a reader is asked for besides; one that has no such thing leaves it."""

    changes: Changes = "accept"
    password: str | None = None
    ocr: OcrMode = "auto"


class Reader(NamedTuple):
    """One format: whether these bytes are of it, and how they are read."""

    name: str
    suffixes: frozenset[str]
    limit: int
    identify: Callable[[bytes], bool]
    read: Callable[[bytes, str | None, Reading], Document]


def _office(kind: office.Kind) -> Reader:
    return Reader(
        kind.name,
        kind.suffixes,
        office.LIMIT,
        kind.identify,
        lambda data, name, reading: office.read(kind.name, data, name, changes=reading.changes),
    )


READERS: tuple[Reader, ...] = (
    *map(_office, office.KINDS),  # Before DOCX: an OpenDocument text may hold one.
    Reader(
        "docx",
        docx.SUFFIXES,
        docx.LIMIT,
        docx.is_docx,
        lambda data, name, reading: docx.read(data, name, changes=reading.changes),
    ),
    Reader(
        "pdf",
        pdf.SUFFIXES,
        pdf.LIMIT,
        pdf.is_pdf,
        lambda data, name, reading: pdf.read(
            data, name, password=reading.password, ocr=reading.ocr
        ),
    ),
    Reader(
        "scan",
        scan.SUFFIXES,
        scan.LIMIT,
        scan.is_picture,
        lambda data, name, reading: scan.read(data, name, ocr=reading.ocr),
    ),
    Reader(
        "html", html.SUFFIXES, html.LIMIT, html.is_html, lambda data, name, _: html.read(data, name)
    ),
    Reader(
        "text", text.SUFFIXES, text.LIMIT, text.is_text, lambda data, name, _: text.read(data, name)
    ),
)

SUFFIXES: frozenset[str] = frozenset().union(*(reader.suffixes for reader in READERS))
"""Suffixes of the files that are looked for in a folder, in small letters, with their dot."""

LIMIT = max(reader.limit for reader in READERS)
_CHUNK = 1 << 18


def read(
    source: Source,
    *,
    name: str | None = None,
    changes: Changes = "accept",
    password: str | None = None,
    ocr: OcrMode = "auto",
) -> Document:
    """
    Read a document.

    ``name`` is what the document is called in the result where ``source`` is not a path;
    ``changes``, tracked changes of a Word file taken as accepted or as rejected; ``password`` opens
    an encrypted PDF; ``ocr``: which pages are read off their pictures. Raises
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
            try:
                return reader.read(data, name, Reading(changes, password, ocr))
            except TimeoutError as error:
                raise TimedOut(
                    "A search in the text took too long.",
                    hint="No real document does that: check that the file is one.",
                ) from error
    if is_encrypted(data):
        raise locked()
    called = office.other_program(data) or format_of(data)
    raise UnsupportedFormat(
        f"This is {called}, which is not read here." if called else "This is no text.",
        hint="Open it in LibreOffice or Word and save it as a Word document (.docx)."
        if is_older_text(data)
        else f"Formats read: {', '.join(sorted(SUFFIXES))}.",
    )


def load(source: Source) -> tuple[bytes, str | None]:
    """The bytes of a source and its name, never more of them than any reader takes."""
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source), None
    if isinstance(source, str | os.PathLike):
        if not os.fspath(source):
            raise Unreadable("The path is empty.", hint="Give the path of a file.")
        path = Path(source)
        try:
            if path.is_dir():
                if not os.access(path, os.R_OK | os.X_OK):
                    raise Unreadable(
                        "There is no permission to read the folder.", hint="Ask its owner."
                    )
                raise Unreadable("This is a folder, not a file.", hint="Give the files in it.")
            size = path.stat().st_size
            if size > LIMIT:
                raise too_large(size, LIMIT)
            with path.open("rb") as file:
                return _take(file), path.name
        except (OSError, ValueError) as error:
            raise _unreadable(error) from error
    if not hasattr(source, "read"):
        kind = type(source).__name__
        raise TypeError(f"a document is a path, bytes or a file open for reading, not {kind}")
    name = getattr(source, "name", None)
    return _take(source), Path(name).name if isinstance(name, str) else None


def too_large(size: int, limit: int) -> TooLarge:
    """The error for a file over its format's limit; both in bytes."""
    known = f" It has {size / 1e6:.0f} MB." if size > limit * 1.1 else ""
    return TooLarge(
        f"The file is over the limit of {limit / 1e6:.0f} MB.{known}",
        hint="A plan is thousands of times smaller: split the file, or check that it is one.",
    )


def _take(file: BinaryIO) -> bytes:
    data = file.read(_CHUNK)  # As much memory as is asked for is taken at once.
    if len(data) == _CHUNK:
        data += file.read(LIMIT + 1 - _CHUNK)
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
