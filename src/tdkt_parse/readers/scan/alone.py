"""
Short lines of print that the engine read and doubts, asked again: the last word of a paragraph.

Of a word alone the engine says now and then that it is not sure at all, and has read it right.
Strokes of a pen are read as words, too, but not twice as the same word of the language.
"""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from tdkt_parse.readers.scan import engine
from tdkt_parse.readers.scan.belief import LAST, SURE
from tdkt_parse.readers.scan.engine import LINE, Recognised
from tdkt_parse.readers.scan.words import FEW
from tdkt_parse.syllables import is_syllable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

MOST = 12
"""Lines of a page that are asked again; there is hardly one on most."""
ROOM = 4
"""Dots around a line that are shown with it."""
BORDER = 0.05
"""Inches of white around that."""


def asked_again(plain: "Grey", words: list[Recognised], resolution: float) -> list[Recognised]:
    """The words of a page, those that were doubted and read again as the same words believed."""
    lines = {number: [*line] for number, line in groupby(words, key=attrgetter("line"))}
    doubted = [number for number, line in lines.items() if _is_worth_asking(line)][:MOST]
    if not doubted:
        return words
    pictures = [_shown(plain, lines[number], resolution) for number in doubted]
    again = engine.recognise(pictures, mode=LINE, resolution=round(resolution))
    same = {
        number
        for number, read in zip(doubted, again, strict=True)
        if _bare(read) == _bare(lines[number])
    }
    return [word._replace(confidence=SURE) if word.line in same else word for word in words]


def _is_worth_asking(line: Sequence[Recognised]) -> bool:
    """Whether a line is of few letters, all words of the language, and none was read surely."""
    bare = _bare(line)
    letters = sum(map(len, bare))
    return (
        LAST <= letters <= FEW
        and all(word.confidence < SURE for word in line)
        and not "".join(bare).isascii()
        and all((word.islower() or word.istitle()) and is_syllable(word) for word in bare)
    )


def _bare(line: Sequence[Recognised]) -> list[str]:
    return [word.text.strip(".,;:-–“”\"'") for word in line]


def _shown(plain: "Grey", line: Sequence[Recognised], resolution: float) -> "Grey":
    """The picture of a line by itself."""
    import numpy as np

    x0, y0 = (round(min(getattr(word, side) for word in line)) for side in ("x0", "y0"))
    x1, y1 = (round(max(getattr(word, side) for word in line)) for side in ("x1", "y1"))
    part = plain[max(y0 - ROOM, 0) : y1 + ROOM, max(x0 - ROOM, 0) : x1 + ROOM]
    return np.pad(part, round(BORDER * resolution), constant_values=255)
