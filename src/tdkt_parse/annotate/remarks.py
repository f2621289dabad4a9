"""
What is said of a value, and what became of it in the copy of the file.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

import regex

from tdkt_parse.models import CellPlace, Evidence

Placing = Literal["exact", "wider", "paragraph", "anchor", "top", "nowhere"]
"""
Where the range of a comment is. That of a PDF is ``exact`` or ``nowhere``.

``exact``: the characters of the value and no others. ``wider``: more than these, since one range
cannot leave out what stands between the parts of a value, nor begin within a formula, a form field
or a control that shows data kept elsewhere. ``paragraph``: all of the paragraph, for a value
without characters of its own: an automatic number. ``anchor``: the mark of the note, or the drawing
with the text box, that the value stands in; Word ignores a range in there ([MS-OI29500], 2.1.315).
``top``: the first paragraph of the text, for a value in a header or a footer, where Word ignores it
too. ``nowhere``: there is no comment, as the place is none of this file, or the file would have too
many.
"""


@dataclass(frozen=True, slots=True)
class Remark:
    """
    What is said of a value, and who says it.

    In a Word file each line of the text becomes a paragraph, and a place may be a ``CellPlace``; in
    a PDF the place is the boxes of the evidence, and initials are not shown.
    """

    place: Evidence | CellPlace
    text: str
    author: str
    initials: str = ""


class Commented(NamedTuple):
    """The bytes of the copy, and for each remark, in order, where its comment is."""

    data: bytes
    placings: tuple[Placing, ...]


_NO_XML = regex.compile(r"[^\t\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document can hold (2.2, Char), line ends apart: no text to be read has it."""
TIMEOUT = 2.0


def clean(text: str) -> str:
    """
    A text with one kind of line end, and U+FFFD for what is no character.

    >>> clean("Xem lại.\\r\\nHết.\\x00")
    'Xem lại.\\nHết.�'
    """
    lines = (_NO_XML.sub("\ufffd", line, timeout=TIMEOUT) for line in text.splitlines())
    return "\n".join(lines)
