"""
Whether words begin with a capital, by how high their first letter stands in the picture.

C, S, V and X have one shape, large and small; an engine that reads whole words guesses which it is,
and guesses *Sở* where *cơ sở* is printed. On a line of one type size the height tells them apart.
"""

from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING

from tdkt_parse.readers.scan.engine import Recognised
from tdkt_parse.readers.scan.words import measure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

DARK = 150
INITIALS = frozenset("csvx")
LOW, HIGH = 0.51, 0.63
"""Of a type size: a small letter of these is lower, a capital higher; what is between is left."""
NEAR = 0.15
"""Of a page's usual type size: what is no further from it may be of that size."""
HIGHEST, WIDEST = 0.85, 0.95
"""Of a type size: what is higher or wider is more than one letter."""
ENOUGH = 8
"""Letters of the rest of a line by which its type size is known."""
LEAST = 12.0
"""Dots of a type size in which large and small are two or three apart."""


def with_initials(plain: "Grey", lines: Sequence[Sequence[Recognised]]) -> list[list[Recognised]]:
    """The lines of a page, their words with the large or small first letters that are printed."""
    sizes = [size for line in lines if line for size in [measure(line)[0]] * len(line)]
    usual = median(sizes) if sizes else 0.0
    return [_with_initials(plain, line, usual) for line in lines]


def _with_initials(plain: "Grey", line: Sequence[Recognised], usual: float) -> list[Recognised]:
    found = [*line]
    for at, word in enumerate(line):
        if not _may_be_either(word.text):
            continue
        rest = [other for other in line if other is not word]
        if sum(sum(map(str.isalpha, other.text)) for other in rest) < ENOUGH:
            continue
        if word.text[0].isupper() and not any(other.text[0].islower() for other in rest):
            continue  # A name, in which a seal may stand.
        size, base = measure(rest)
        if size < LEAST:
            continue
        high = _first_letter(plain, word, size, base)
        # A seal or a blot makes a line look larger or smaller than the others of its type size.
        near = usual if abs(usual - size) < NEAR * usual else size
        if word.text[0].isupper() and 0 < high < LOW * min(size, near):
            found[at] = word._replace(text=word.text[0].lower() + word.text[1:])
        elif word.text[0].islower() and high > HIGH * max(size, near) and _may_begin(line, at):
            found[at] = word._replace(text=word.text[0].upper() + word.text[1:])
    return found


def _may_begin(line: Sequence[Recognised], at: int) -> bool:
    """Whether a capital may stand there: behind a stop, before another, where the line ends."""
    before, after = line[at - 1 : at] if at else [], line[at + 1 : at + 2]
    begins = not before or (not before[0].text[-1].isalnum() and before[0].text[-1] != ",")
    return begins or not after or after[0].text[:1].isupper()


def _may_be_either(text: str) -> bool:
    """Whether a word is in small letters but for the first, which is of the same shape in both."""
    rest = text[1:].rstrip(".,;:)”")
    return text[0].lower() in INITIALS and rest.isalpha() and rest.islower()


def _first_letter(plain: "Grey", word: Recognised, size: float, base: float) -> float:
    """How high the first letter of a word is, in dots; 0 where that is no letter by itself."""
    import cv2
    import numpy as np

    x0, y0, x1, y1 = (round(edge) for edge in word[1:5])
    part = plain[max(y0 - 1, 0) : y1 + 1, max(x0 - 1, 0) : min(x1, x0 + round(1.5 * size))]
    if not part.size:
        return 0.0  # Beyond the edge of the page; OpenCV would crash.
    dark = np.ascontiguousarray((part < DARK) * np.uint8(1))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    letters = [box for box in boxes[1:].tolist() if box[3] > size / 4]
    if not letters:
        return 0.0
    x, y, wide, high, _ = min(letters)
    foot = max(y0 - 1, 0) + y + high
    is_letter = high < HIGHEST * size and wide < WIDEST * size and x < size / 3
    return float(high) if is_letter and abs(foot - base) < size / 6 else 0.0
