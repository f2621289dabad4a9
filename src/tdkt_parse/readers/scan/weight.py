"""
Which words are printed bold, by how thick the strokes of their letters are in the picture.

The strokes of a bold letter are one and a half times to twice as thick as those of the text around
it. How thick those are differs from scan to scan, so a page is its own measure.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from tdkt_parse.readers.scan.engine import Recognised
from tdkt_parse.readers.scan.words import measure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

DARK = 140
BOLD, EACH = 1.42, 1.3
"""Times the weight of the page's text that words side by side are at least, and each of them."""
SHARE = 0.8
"""Of the letters of words side by side, how many are in words as heavy as that."""
FEWEST = 12
"""Strokes that say how heavy a word is."""
TEXT = 200
"""Letters of a page that say how heavy its text is."""
APART = 1.0
"""Type sizes between words that stand in two columns."""


def weighed(plain: "Grey", lines: Sequence[Sequence[Recognised]]) -> list[list[Recognised]]:
    """The lines of a page, those of their words that are bold marked so."""
    measured: list[list[tuple[float, float]]] = []
    known: list[tuple[float, int]] = []
    for line in lines:
        size, _ = measure(line) if line else (0.0, 0.0)
        weights = [_weight(plain, word) for word in line]
        measured.append([(weight, size) for weight in weights])
        known += [
            (weight / size**0.5, len(word.text))
            for weight, word in zip(weights, line, strict=True)
            if weight
        ]
    usual = _usual(known)
    if not usual:
        return [[*line] for line in lines]
    return [
        _marked(line, [weight / size**0.5 / usual for weight, size in mine])
        for line, mine in zip(lines, measured, strict=True)
    ]


def _usual(known: Sequence[tuple[float, int]]) -> float:
    """The weight of which half of the letters of a page are no heavier; 0 where there are few."""
    whole = sum(letters for _, letters in known)
    if whole < TEXT:
        return 0.0
    left = whole / 2
    for weight, letters in sorted(known):
        left -= letters
        if left <= 0:
            return weight
    return 0.0


def _marked(line: Sequence[Recognised], weights: Sequence[float]) -> list[Recognised]:
    """A line with its bold words marked, column by column."""
    found: list[Recognised] = []
    for start, end in _columns(line):
        words, mine = line[start:end], weights[start:end]
        heavy = [
            (weight, len(word.text)) for weight, word in zip(mine, words, strict=True) if weight
        ]
        letters = sum(count for _, count in heavy)
        thick = sum(count for weight, count in heavy if weight >= EACH)
        mean = sum(weight * count for weight, count in heavy) / letters if letters else 0.0
        is_bold = mean >= BOLD and thick >= SHARE * letters
        found += [word._replace(bold=is_bold) for word in words]
    return found


def _columns(line: Sequence[Recognised]) -> list[tuple[int, int]]:
    """Where a line is cut by gaps as wide as between columns, as ranges of its words."""
    if not line:
        return []
    size, _ = measure(line)
    cuts = [
        k for k, (one, other) in enumerate(pairwise(line), 1) if other.x0 - one.x1 > APART * size
    ]
    return [*pairwise([0, *cuts, len(line)])]


def _weight(plain: "Grey", word: Recognised) -> float:
    """
    How thick the strokes of a word are, in dots: the median of its dark runs from left to right.

    A dot that is half dark counts half. 0 where there are too few.
    """
    import numpy as np

    x0, y0, x1, y1 = (round(edge) for edge in word[1:5])
    part = plain[max(y0, 0) : y1, max(x0 - 1, 0) : x1 + 1]
    if not part.size:
        return 0.0
    high, wide = part.shape
    dark = np.zeros((high, wide + 2), np.bool_)
    np.less(part, DARK, out=dark[:, 1:-1])
    # Row by row a run begins and ends by turns.
    turns = np.flatnonzero(dark[:, 1:] != dark[:, :-1])
    starts, ends = turns[::2], turns[1::2]
    if len(starts) < FEWEST:
        return 0.0
    ink = np.zeros((high, wide + 1), np.int32)
    np.cumsum(255 - part, axis=1, dtype=np.int32, out=ink[:, 1:])
    flat = ink.ravel()
    after = ends + (ends % (wide + 1) < wide)
    thick = flat[after] - flat[starts - (starts % (wide + 1) > 0)]
    thick.sort()
    return (int(thick[(len(thick) - 1) // 2]) + int(thick[len(thick) // 2])) / 510
