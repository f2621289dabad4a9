"""
Which old format a file is, by its bytes.
"""

from collections.abc import Callable
from typing import NamedTuple

from tdkt_parse.readers.office import compound, opendocument


class Kind(NamedTuple):
    """A format that LibreOffice opens: how it is known, and what the Document says it is."""

    name: str
    suffixes: frozenset[str]
    media_type: str
    identify: Callable[[bytes], bool]


_HEAD = 4096


def is_rtf(data: bytes) -> bool:
    r"""
    Whether the bytes are Rich Text, which begins with ``{\rtf``.

    >>> is_rtf(b"\xef\xbb\xbf {\\rtf1\\ansi x}"), is_rtf(b"{rtf")
    (True, False)
    """
    return data[:_HEAD].lstrip(b"\xef\xbb\xbf\x00 \t\r\n").startswith(b"{\\rt")


def is_word_xml(data: bytes) -> bool:
    """Whether the bytes are XML of Word 2003 or, in one file, an OpenDocument text."""
    head = data[:_HEAD]
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return False
    return (
        b"http://schemas.microsoft.com/office/word/2003/wordml" in head
        or b'progid="Word.Document"' in head
    )


def is_flat_text(data: bytes) -> bool:
    """Whether the bytes are an OpenDocument text in one XML file (.fodt)."""
    head = data[:_HEAD]
    return (
        head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
        and b"urn:oasis:names:tc:opendocument:xmlns:office" in head
        and b"vnd.oasis.opendocument.text" in head
    )


KINDS: tuple[Kind, ...] = (
    Kind("doc", frozenset({".doc", ".dot", ".wps"}), "application/msword", compound.is_word),
    Kind("rtf", frozenset({".rtf"}), "application/rtf", is_rtf),
    Kind(
        "odt",
        frozenset({".odt", ".ott"}),
        "application/vnd.oasis.opendocument.text",
        opendocument.is_text_package,
    ),
    Kind(
        "fodt", frozenset({".fodt"}), "application/vnd.oasis.opendocument.text-flat-xml",
        is_flat_text,
    ),
    Kind("wordxml", frozenset(), "application/msword", is_word_xml),
)  # fmt: skip
"""In the order in which they are asked. ``.wps`` is Kingsoft's name for a ``.doc``; Word 2003's XML
is known by its content alone, for a folder holds XML of all kinds."""


def other_program(data: bytes) -> str | None:
    """What of another office program the bytes are, and are not read: a workbook, a drawing."""
    return compound.called(data) or opendocument.called(data)
