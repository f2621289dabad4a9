"""
One page read by OCR: the same values that pdfium gives of a typed one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import nan
from typing import TYPE_CHECKING

from tdkt_parse.readers.pdf.glyphs import PageWords
from tdkt_parse.readers.pdf.lattice import Lattice, Rect, find_lattices
from tdkt_parse.readers.pdf.page import Tilt
from tdkt_parse.readers.pdf.rulings import Drawn
from tdkt_parse.readers.scan import engine
from tdkt_parse.readers.scan.alone import asked_again
from tdkt_parse.readers.scan.belief import believed, inked, sure_of, without_specks
from tdkt_parse.readers.scan.cleaning import clean, turned, without_grain
from tdkt_parse.readers.scan.engine import BLOCK, LINE, PAGE, Recognised
from tdkt_parse.readers.scan.images import Sheet
from tdkt_parse.readers.scan.initials import with_initials
from tdkt_parse.readers.scan.lines import Edges, find_lines
from tdkt_parse.readers.scan.notes import with_marks
from tdkt_parse.readers.scan.numbers import read_again
from tdkt_parse.readers.scan.numerals import recounted
from tdkt_parse.readers.scan.ornaments import with_ornaments
from tdkt_parse.readers.scan.pieces import pieces_of
from tdkt_parse.readers.scan.shapes import with_bullets, with_long_dashes
from tdkt_parse.readers.scan.torn import mended
from tdkt_parse.readers.scan.weight import weighed
from tdkt_parse.readers.scan.words import lines_of, moved, uncapitalised, words_of
from tdkt_parse.syllables import is_syllable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

BELIEVED = 0.65
"""Mean confidence under which a page may stand on its head."""
IN_SEAL, SHORT_IN_SEAL = 0.85, 0.95
"""Confidence from which on what was read within a seal or a signature is a word under it."""
DOUBTFUL, SURE = 0.8, 0.9
ONE_LINE = 0.3
"""Inches: the height of ink that may be one line of print, and is read as such if in doubt."""
LOWEST = 0.08
WORDS_APART = 0.12
MOST_MISSED = 30
"""Inches: how low a line of print may be, how far apart its words; of more pieces, the longest."""
DARK = 140
PRINTED = 0.01
"""How much of a page is dark that is no blank one with specks and the shadow of an edge."""
INK = 14.0
"""Dots of ink at 200 an inch that are the least letter."""


@dataclass(slots=True)
class Scanned:
    """
    What was read of a page.

    ``tilt``: how it was levelled for that; ``said_nothing``: no word was read of what is printed.
    """

    words: PageWords = field(default_factory=PageWords)
    drawn: Drawn = field(default_factory=Drawn)
    tilt: Tilt | None = None
    said_nothing: bool = False


def read_sheet(sheet: Sheet, stamps: PageWords | None = None) -> Scanned:
    """
    The words and lines of a page's picture; raises as ``engine.recognise`` does.

    ``stamps`` are words of digital signatures on it, which are known and not read again.
    """
    ready = clean(sheet.picture, sheet.resolution)
    grey = ready.grey
    drawn, lines, in_cells = _read(grey, ready.resolution)
    sure = _sureness([*lines, *in_cells])
    if sure < BELIEVED and (lines or in_cells):
        others = [ready._replace(grey=turned(grey, 2), quarter=ready.quarter + 2)]
        if ready.quarter:
            # Of a page with few words the print hardly shows how it lies.
            others.append(clean(sheet.picture, sheet.resolution, stands=True))
        for other in others:
            read = _read(other.grey, other.resolution)
            again = _sureness([*read[1], *read[2]])
            if again > sure + 0.05:
                (drawn, lines, in_cells), ready, sure = read, other, again
    grey, quarter = ready.grey, ready.quarter
    words = words_of(believed(lines, ready.resolution), ready.resolution, in_cells)
    words.turn = quarter % 4
    if stamps:
        words = _with_stamps(words, stamps)
    height, width = grey.shape
    dot = 72 / ready.resolution
    tilt = Tilt(ready.skew, width * dot / 2, height * dot / 2) if ready.skew else None
    said_nothing = not words and float((grey < DARK).mean()) > PRINTED
    return Scanned(words, drawn, tilt, said_nothing)


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
    return sure_of([word for line in lines for word in line])


def _read(
    grey: "Grey", resolution: float
) -> tuple[Drawn, list[list[Recognised]], list[list[Recognised]]]:
    """The rules of a level picture; its lines of words, and those in the cells of its tables."""
    drawn, plain, seals, parts = find_lines(grey, resolution)
    plain = without_grain(plain)
    tables = [table for table in find_lattices(drawn) if len(table.xs) > 2]
    in_cells = [line for table in tables for line in _read_cells(plain, resolution, table)]
    rest, outer = plain.copy(), parts
    for table in tables:
        x0, y0, x1, y1 = _dots(table.box, resolution)
        rest[max(y0, 0) : max(y1, 0), max(x0, 0) : max(x1, 0)] = 255
        within = (outer[:, 0] >= x0) & (outer[:, 0] < x1) & (outer[:, 1] >= y0) & (outer[:, 1] < y1)
        outer = outer[~within]
    (words,) = engine.recognise([rest], mode=PAGE, resolution=round(resolution))
    words = [
        word
        for word in inked(words, grey, chain.from_iterable(in_cells))
        if _is_print(word) or not _is_in(word, seals)
    ]
    words = asked_again(rest, words, resolution)
    words = mended(rest, words, resolution)
    words = with_ornaments(rest, _left(outer, words, sure=True), words, resolution)
    missed = LOWEST * resolution - 3 <= _left(outer, words)[:, 3].max(initial=0)
    found = [
        *lines_of(moved(words, 0, 0)),
        *(_read_missed(rest, words, resolution) if missed else ()),
    ]
    counted = [recounted(plain, line) for line in found]
    found = [*with_marks(plain, drawn, counted, resolution), *in_cells]
    found = with_initials(plain, uncapitalised(read_again(plain, found)))
    found = weighed(plain, found)
    found = [with_long_dashes(line) for line in with_bullets(found, parts)]
    outside = len(found) - len(in_cells)
    return drawn, found[:outside], found[outside:]


def _left(
    parts: "NDArray[np.int32]", words: Sequence[Recognised], *, sure: bool = False
) -> "NDArray[np.int32]":
    """
    What hangs together in a picture and lies in no word; ``sure``: in none that is surely one.
    """
    import numpy as np

    if not len(parts):
        return parts
    x1, y1 = (parts[:, :2] + parts[:, 2:4]).max(axis=0)
    # A quarter of the dots each way is enough for what lies wholly in a word.
    taken = np.zeros((int(y1) // 4 + 2, int(x1) // 4 + 2), bool)
    for word in words:
        if sure and not (word.confidence >= DOUBTFUL and is_syllable(word.text.strip(".,;:-/()"))):
            continue
        left, top, right, bottom = (round(edge) for edge in word[1:5])
        taken[
            max(top - 3, 0) // 4 : (bottom + 3) // 4 + 1,
            max(left - 3, 0) // 4 : (right + 3) // 4 + 1,
        ] = True
    middle = (parts[:, :2] + parts[:, 2:4] // 2) // 4
    free: NDArray[np.int32] = parts[~taken[middle[:, 1], middle[:, 0]]]
    return free


def _read_missed(
    plain: "Grey", words: Sequence[Recognised], resolution: float
) -> list[list[Recognised]]:
    """The lines of print that the engine, reading the page as a whole, left out."""
    import cv2
    import numpy as np

    rest = plain.copy()
    for word in words:
        x0, y0, x1, y1 = (round(edge) for edge in word[1:5])
        rest[max(y0 - 3, 0) : y1 + 3, max(x0 - 3, 0) : x1 + 3] = 255
    dark = np.ascontiguousarray((rest < DARK) * np.uint8(255))
    apart = np.ones((3, round(resolution * WORDS_APART)), np.uint8)
    boxes = pieces_of(cv2.morphologyEx(dark, cv2.MORPH_CLOSE, apart)).boxes
    low, high = LOWEST * resolution, ONE_LINE * resolution
    places = [(x, y, w, h) for x, y, w, h, _ in boxes.tolist() if low <= h <= high and w > h / 3]
    places = sorted(places, key=lambda place: -place[2])[:MOST_MISSED]
    border = round(resolution / 20)
    pictures = [
        np.pad(rest[y : y + h, x : x + w], border, constant_values=255) for x, y, w, h in places
    ]
    found = engine.recognise(pictures, mode=LINE, resolution=round(resolution))
    return [
        moved(read, x - border, y - border)
        for read, (x, y, _, _) in zip(found, places, strict=True)
        if read and (sure_of(read) >= DOUBTFUL or _is_mostly_sure(read))
    ]


def _is_mostly_sure(words: Sequence[Recognised]) -> bool:
    """Whether most letters of a line are in words that are surely read; two at least."""
    sure = [word for word in words if word.confidence >= SURE and is_syllable(word.text)]
    letters = sum(sum(map(str.isalnum, word.text)) for word in words)
    return len(sure) > 1 and 2 * sum(len(word.text) for word in sure) > letters


def _is_print(word: Recognised) -> bool:
    """Whether the engine is as sure of a word as of one under a seal; of a short one, surer."""
    return word.confidence >= (IN_SEAL if len(word.text) > 2 else SHORT_IN_SEAL)


def _is_in(word: Recognised, places: Sequence[Edges]) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in places)


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
        if pictures[k].shape[0] - 2 * border < resolution * ONE_LINE and sure_of(words) < DOUBTFUL
    ]
    again = engine.recognise(
        [pictures[k] for k in doubtful], mode=LINE, resolution=round(resolution)
    )
    for k, words in zip(doubtful, again, strict=True):
        if sure_of(words) > sure_of(found[k]) + 0.1:
            found[k] = words
    read: list[list[Recognised]] = []
    for words, (x, y) in zip(found, places, strict=True):
        above: list[Recognised] = []
        for line in lines_of(moved(words, x, y)):
            above = recounted(plain, without_specks(line), above=above)
            read.append(above)
    return read
