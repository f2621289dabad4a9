"""
One page read by OCR: the same values that pdfium gives of a typed one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import nan
from typing import TYPE_CHECKING

from tdkt_parse.readers.pdf.glyphs import PageWords
from tdkt_parse.readers.pdf.lattice import Lattice, Rect, find_lattices
from tdkt_parse.readers.pdf.page import Tilt
from tdkt_parse.readers.pdf.rulings import Drawn
from tdkt_parse.readers.scan import engine
from tdkt_parse.readers.scan.cleaning import clean, turned
from tdkt_parse.readers.scan.engine import BLOCK, LINE, PAGE, Recognised
from tdkt_parse.readers.scan.images import Sheet
from tdkt_parse.readers.scan.lines import find_lines
from tdkt_parse.readers.scan.words import believed, lines_of, moved, words_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

BELIEVED = 0.65
"""Mean confidence under which a page may stand on its head."""
DOUBTFUL = 0.8
ONE_LINE = 0.3
"""Inches: the height of ink that may be one line of print, and is read as such if in doubt."""
DARK = 140
INK = 14.0
"""Dots of ink at 200 an inch that are the least letter."""


@dataclass(slots=True)
class Scanned:
    """What was read of a page; ``tilt``: how it was levelled for that."""

    words: PageWords = field(default_factory=PageWords)
    drawn: Drawn = field(default_factory=Drawn)
    tilt: Tilt | None = None


def read_sheet(sheet: Sheet, stamps: PageWords | None = None) -> Scanned:
    """
    The words and lines of a page's picture; raises as ``engine.recognise`` does.

    ``stamps`` are words of digital signatures on it, which are known and not read again.
    """
    ready = clean(sheet.picture, sheet.resolution)
    grey, quarter = ready.grey, ready.quarter
    drawn, lines, in_cells = _read(grey, ready.resolution)
    sure = _sureness([*lines, *in_cells])
    if sure < BELIEVED and (lines or in_cells):
        upended = _read(turned(grey, 2), ready.resolution)
        if _sureness([*upended[1], *upended[2]]) > sure + 0.05:
            (drawn, lines, in_cells), quarter = upended, quarter + 2
    words = words_of([*believed(lines, ready.resolution), *in_cells], ready.resolution)
    words.turn = quarter % 4
    if stamps:
        words = _with_stamps(words, stamps)
    height, width = grey.shape
    dot = 72 / ready.resolution
    tilt = Tilt(ready.skew, width * dot / 2, height * dot / 2) if ready.skew else None
    return Scanned(words, drawn, tilt)


def _with_stamps(words: PageWords, stamps: PageWords) -> PageWords:
    """The words of a page with those of its signatures, and not what these were read as."""
    if words.turn != stamps.turn:
        return words
    made = PageWords(turn=words.turn)
    boxes = [stamps.word(k)[:4] for k in range(len(stamps))]
    breaks = {*words.breaks}
    for k in range(len(words)):
        if k in breaks:
            made.breaks.append(len(made))
        word = words.word(k)
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        if not any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in boxes):
            made.put(word)
            made.sures.append(words.sures[k])
    breaks = {*stamps.breaks}
    for k in range(len(stamps)):
        if k in breaks or not k:
            made.breaks.append(len(made))
        made.put(stamps.word(k))
        made.sures.append(nan)
    made.breaks = sorted({k for k in made.breaks if k < len(made)})
    return made


def _sureness(lines: Sequence[Sequence[Recognised]]) -> float:
    return _sure([word for line in lines for word in line])


def _sure(words: Sequence[Recognised]) -> float:
    """How sure the engine was of some words, by their length."""
    total = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / total if total else 0.0


def _read(
    grey: "Grey", resolution: float
) -> tuple[Drawn, list[list[Recognised]], list[list[Recognised]]]:
    """The rules of a level picture; its lines of words, and those in the cells of its tables."""
    drawn, plain = find_lines(grey, resolution)
    tables = [table for table in find_lattices(drawn) if len(table.xs) > 2]
    in_cells = [line for table in tables for line in _read_cells(plain, resolution, table)]
    for table in tables:
        x0, y0, x1, y1 = _dots(table.box, resolution)
        plain[max(y0, 0) : max(y1, 0), max(x0, 0) : max(x1, 0)] = 255
    (words,) = engine.recognise([plain], mode=PAGE, resolution=round(resolution))
    return drawn, [*lines_of(moved(words, 0, 0))], in_cells


def _dots(box: Rect, resolution: float) -> tuple[int, int, int, int]:
    x0, y0, x1, y1 = (round(edge * resolution / 72) for edge in box)
    return x0, y0, x1, y1


def _read_cells(plain: "Grey", resolution: float, table: Lattice) -> list[list[Recognised]]:
    """The lines of words of a ruled table, cell by cell."""
    import numpy as np

    pictures, places = [], []
    border = round(resolution / 20)
    least = INK * (resolution / 200) ** 2
    for cell in table.cells:
        x0, y0, x1, y1 = _dots(cell, resolution)
        part = plain[max(y0, 0) + 1 : max(y1, 0), max(x0, 0) + 1 : max(x1, 0)]
        rows, columns = np.nonzero(part < DARK)
        if len(rows) < least:
            continue
        top, bottom = int(rows.min()), int(rows.max()) + 1
        left, right = int(columns.min()), int(columns.max()) + 1
        if bottom - top < 3 and right - left < 3:
            continue
        part = part[top:bottom, left:right]
        pictures.append(np.pad(part, border, constant_values=255))
        places.append((max(x0, 0) + 1 + left - border, max(y0, 0) + 1 + top - border))
    found = engine.recognise(pictures, mode=BLOCK, resolution=round(resolution))
    doubtful = [
        k
        for k, words in enumerate(found)
        if pictures[k].shape[0] - 2 * border < resolution * ONE_LINE and _sure(words) < DOUBTFUL
    ]
    again = engine.recognise(
        [pictures[k] for k in doubtful], mode=LINE, resolution=round(resolution)
    )
    for k, words in zip(doubtful, again, strict=True):
        if _sure(words) > _sure(found[k]) + 0.1:
            found[k] = words
    return [
        line
        for words, (x, y) in zip(found, places, strict=True)
        for line in lines_of(moved(words, x, y))
    ]
