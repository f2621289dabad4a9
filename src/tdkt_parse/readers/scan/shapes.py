"""
Signs that their shape tells, and no engine: bullets, which it passes over; dashes by their length.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import regex

from tdkt_parse.readers.scan.engine import Recognised
from tdkt_parse.readers.scan.words import measure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SMALLEST, LARGEST = 0.17, 0.52
"""Type sizes: how wide and high a bullet is."""
LOWEST, HIGHEST = 0.15, 0.52
"""Type sizes above the line: where its middle is. A full stop is lower, the dot of an i higher."""
ROUND = 1.25
"""How much wider than high it is at most, and higher than wide."""
FULL, SQUARE = 0.64, 0.93
"""Of its box: how much is ink of a disc at least, of a square."""
NEAREST, FARTHEST = 0.15, 2.4
"""Type sizes from a bullet to the first word behind it."""
FREE = 1.5
"""Type sizes before a bullet where no word stands: in a line it is another sign."""
MOST = 10_000
"""Discs of a page of print, its full stops and the dots of letters among them."""
SURE = 0.9
SHORT = 6
"""Letters of a line from which on its type size can be told."""
LONG, LONGER = 0.44, 0.75
"""Type sizes: how long an en dash is at least, an em dash. A hyphen is a third."""
THIN, THINNEST = 1.8, 14.0
"""How many times as wide as high a dash is, at least and at most."""
SHORTEST, LONGEST = 0.19, 0.6
"""Type sizes: how wide a dash before a line is."""
LEAST_HIGH, MOST_HIGH = 0.16, 0.42
"""Type sizes above the line: where its middle is; a quotation mark is higher."""
DOUBLE = 0.25
"""Type sizes from one stroke of an equal sign to the other, at most."""
STRAIGHT = 0.6
"""Of its box: how much of a dash is ink."""
BELIEVED = 0.85
_NO_LABEL = regex.compile(r"[^\p{L}\p{N}()\[\]/+*•▪●■]{1,3}")
"""What a dash with a speck about it is read as."""
_MISREAD = regex.compile(r"[\p{Ll}®@©¢°»«*:=+¤§•·■●▪-]{1,2}")
"""What an engine makes of a bullet, and never the label of an item (``a)``, ``B.``, ``1.``)."""
DASHES = frozenset("-–—")


def with_bullets(
    lines: Sequence[Sequence[Recognised]], parts: "NDArray[np.int32]"
) -> list[list[Recognised]]:
    """
    Lines of words with the bullets that stand before them, in the place of what they were read as:
    discs, squares, and the dashes of lists.

    ``parts``: what hangs together in the picture, as ``lines.Ruled`` has it.
    """
    import numpy as np

    made = [[*line] for line in lines]
    if not len(parts):
        return made
    wide, high, ink = (parts[:, k] for k in (2, 3, 4))
    fits = (ink >= FULL * wide * high) & (wide <= ROUND * high) & (high <= ROUND * wide)
    discs = parts[fits].astype(np.float64)
    bars = (wide >= THIN * high) & (wide <= THINNEST * high) & (ink >= STRAIGHT * wide * high)
    dashes = parts[bars].astype(np.float64)
    if max(len(discs), len(dashes)) > MOST:
        return made  # A ground of dots.
    for line in made:
        if sum(len(word.text) for word in line) < SHORT:
            continue
        size, base = measure(line)
        if _put_dash(made, line, dashes, size, base):
            continue
        for head in (1, 0) if len(line) > 1 and _MISREAD.fullmatch(line[0].text) else (0,):
            disc = _disc_before(line[head], discs, size, base)
            if disc is None:
                continue
            x, y, wide_, high_, ink_ = disc
            found = Recognised("•", x, y, x + wide_, y + high_, SURE, line[0].line)
            if head and not _is_all_of(found, line[0]):
                continue
            if _has_word_before(made, found, FREE * size, but=line[0] if head else None):
                continue
            text = "▪" if ink_ >= SQUARE * wide_ * high_ else "•"
            line[:head] = [found._replace(text=text)]
            break
    return made


def _disc_before(
    word: Recognised, discs: "NDArray[np.float64]", size: float, base: float
) -> list[float] | None:
    """The one disc that stands where a bullet does before a word: its edges, sides and dots."""
    x, y, wide, high, _ = discs.T
    gap, above = (word.x0 - (x + wide)) / size, (base - (y + high / 2)) / size
    here = discs[
        (wide >= SMALLEST * size)
        & (wide <= LARGEST * size)
        & (above >= LOWEST)
        & (above <= HIGHEST)
        & (gap >= NEAREST)
        & (gap <= FARTHEST)
    ]
    found: list[float] | None = here[0].tolist() if len(here) == 1 else None
    return found


def _put_dash(
    lines: Sequence[Sequence[Recognised]],
    line: list[Recognised],
    dashes: "NDArray[np.float64]",
    size: float,
    base: float,
) -> bool:
    """Put the dash of a list before its line, if one stands there; whether it does."""
    for head in (1, 0) if len(line) > 1 and _NO_LABEL.fullmatch(line[0].text) else (0,):
        x, y, wide, high, _ = dashes.T
        gap, above = (line[head].x0 - (x + wide)) / size, (base - (y + high / 2)) / size
        before = (gap >= NEAREST) & (gap <= FARTHEST)
        before &= (above >= LEAST_HIGH - DOUBLE) & (above <= MOST_HIGH + DOUBLE)
        here = dashes[before & (wide >= SHORTEST * size) & (wide <= LONGEST * size)]
        if len(here) != 1:  # Two, one over the other, are an equal sign.
            continue
        if not LEAST_HIGH <= (base - (here[0][1] + here[0][3] / 2)) / size <= MOST_HIGH:
            continue
        x0, y0, across, down, _ = here[0].tolist()
        found = Recognised("-", x0, y0, x0 + across, y0 + down, SURE, line[0].line)
        if head and not _is_read_as(line[0], found):
            continue
        if not _has_word_before(lines, found, FREE * size, but=line[0] if head else None):
            line[:head] = [found]
            return True
    return False


def _is_read_as(word: Recognised, dash: Recognised) -> bool:
    """Whether a word is what a dash was read as: one itself, or a doubtful sign about it."""
    if not word.x0 - 2 <= (dash.x0 + dash.x1) / 2 <= word.x1 + 2:
        return False
    return word.text in DASHES or word.confidence < BELIEVED


def _is_all_of(bullet: Recognised, word: Recognised) -> bool:
    """Whether a word is what a bullet was read as."""
    x, y = (bullet.x0 + bullet.x1) / 2, (bullet.y0 + bullet.y1) / 2
    area = (word.x1 - word.x0) * (word.y1 - word.y0)
    return (
        word.x0 <= x <= word.x1
        and word.y0 <= y <= word.y1
        and (bullet.x1 - bullet.x0) * (bullet.y1 - bullet.y0) >= area / 2
    )


def _has_word_before(
    lines: Sequence[Sequence[Recognised]], bullet: Recognised, room: float, but: Recognised | None
) -> bool:
    y = (bullet.y0 + bullet.y1) / 2
    return any(
        word.x1 > bullet.x0 - room and word.x0 < bullet.x1 and word.y0 <= y <= word.y1
        for line in lines
        for word in line
        if word is not but
    )


def with_long_dashes(line: Sequence[Recognised]) -> list[Recognised]:
    """
    The words of a line, dashes by themselves as long as they are.

    >>> said = [Recognised("CHUNG", 0, 0, 95, 20, 1, 1), Recognised("-", 99, 9, 114, 11, 1, 1)]
    >>> [word.text for word in with_long_dashes(said)]
    ['CHUNG', '–']
    """
    letters = sum(len(word.text) for word in line)
    if letters < SHORT or not any(word.text in DASHES for word in line):
        return [*line]
    size, _ = measure(line)
    return [
        word._replace(text=_dash((word.x1 - word.x0) / size)) if word.text in DASHES else word
        for word in line
    ]


def _dash(long: float) -> str:
    return "-" if long < LONG else "–" if long < LONGER else "—"
