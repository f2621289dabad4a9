"""
A file of an old format as a Document: checked, converted, read, and named what it is.
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from tdkt_parse.exceptions import Unreadable
from tdkt_parse.layout import Document, Notice
from tdkt_parse.readers import docx, text
from tdkt_parse.readers.formats import locked
from tdkt_parse.readers.office import antiword, bare, compound, soffice
from tdkt_parse.readers.office.kinds import KINDS
from tdkt_parse.settings import Changes


class Given(NamedTuple):
    """What LibreOffice is given: the bytes, what they are called, by which filters to open them."""

    data: bytes
    suffix: str
    filters: tuple[str, ...]


def read_document(kind: str, data: bytes, name: str | None, changes: Changes) -> Document:
    """The Document of the bytes of a file of a kind."""
    given = _PREPARED[kind](data)
    if kind == "doc" and soffice.program() is None and antiword.program() is not None:
        document = _by_antiword(data, name)
    else:
        document = docx.read(_converted(given), name, changes=changes)
        document = replace(document, notices=(Notice("by_libreoffice"), *document.notices))
    media_type = next(one.media_type for one in KINDS if one.name == kind)
    sha256 = hashlib.sha256(data).hexdigest()
    return replace(document, sha256=sha256, media_type=media_type, reader=kind)


def _converted(given: Given) -> bytes:
    *others, last = given.filters
    for one in others:
        with suppress(Unreadable):
            return soffice.convert(given.data, given.suffix, filter_name=one)
    return soffice.convert(given.data, given.suffix, filter_name=last)


def _by_antiword(data: bytes, name: str | None) -> Document:
    if antiword.has_legacy_fonts(data):
        raise soffice.not_installed("its fonts are of an old Vietnamese encoding")
    document = text.read(antiword.extract(data), name)
    return replace(document, notices=(Notice("by_antiword"), *document.notices))


# -- what is checked before


def _of_word(data: bytes) -> Given:
    stream = compound.word_stream(data)
    if stream is not None and stream.encrypted:
        raise locked()
    word97 = stream is None or stream.word97
    return Given(data, ".doc", ("MS Word 97",) if word97 else ("MS WinWord 6.0", "MS Word 95"))


def _of_rich_text(data: bytes) -> Given:
    return Given(data.lstrip(b"\xef\xbb\xbf\x00 \t\r\n"), ".rtf", ("Rich Text Format",))


def _of_package(data: bytes) -> Given:
    return Given(bare.strip_package(data), ".odt", ("writer8",))


def _of_xml(data: bytes, suffix: str, filter_name: str) -> Given:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Unreadable(
            "The file holds a document type definition, which no text of Word's has.",
            hint="The file may be meant to do harm.",
        )
    return Given(data, suffix, (filter_name,))


_PREPARED: dict[str, Callable[[bytes], Given]] = {
    "doc": _of_word,
    "rtf": _of_rich_text,
    "odt": _of_package,
    "fodt": lambda data: _of_xml(data, ".fodt", "OpenDocument Text Flat XML"),
    "wordxml": lambda data: _of_xml(data, ".xml", "MS Word 2003 XML"),
}
