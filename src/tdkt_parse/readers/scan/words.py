"""
Recognised words as the words of a page: on lines of one height and one type size, in points.

An engine gives the box of the ink: flat for ``nơi``, high for ``ĐỀ``. What a word's letters are
tells how much of its type size that box is, and where the line stands on which it is written; the
words of a line then agree on both. Which of them are believed is for :mod:`.belief` to say.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from statistics import median
from unicodedata import normalize

import regex

from tdkt_parse.readers.pdf.glyphs import BOLD, MARK, Glyphs, PageWords
from tdkt_parse.readers.scan.engine import Recognised

ASCENT, DESCENT = 0.891, 0.216
"""Of the type size, above and below the line: the room of a letter in Times and its like."""

_LOW, _TALL, _CAPITAL = 0.47, 0.69, 0.66
_MIDDLE = {"t": 0.563, "i": 0.66, "j": 0.66}
_MARK, _MARKS = 0.22, 0.3
_TAIL, _DOT = 0.215, 0.2
_TALL_LETTERS = frozenset("bdfhklđt0123456789()[]{}/|!?\\\"'“”‘’%&")
_TAILED = frozenset("gjpqy()[]{},;|")
"""Not the slash, which in Times, Arial and their like stands on the line."""
_FLAT = frozenset("-–—.,:;_…*~^=+•·")
_DOUBLE = frozenset("ấầẩẫắằẳẵếềểễốồổỗẤẦẨẪẮẰẲẴẾỀỂỄỐỒỔỖ")
_BELOW = "\u0323"
_ABOVE = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309")

_MARK_OF_NOTE = regex.compile(r"\(?\d{1,2}\)?")
RAISED, SMALL = 0.12, 0.85
"""Parts of a line's type size: how far above the line a mark of a note ends, how large it is."""
FEW = 6
"""Letters of a line that are too few to tell much of it: its type size, or that it is print."""
SAME_SIZE, SAME_IN_CELLS = 0.11, 0.2
"""
Parts of a type size by which two lines of one size are measured apart; a line of a cell is often a
word or two, whose letters tell less.
"""


def words_of(
    lines: Iterable[Sequence[Recognised]],
    resolution: float,
    in_cells: Iterable[Sequence[Recognised]] = (),
) -> PageWords:
    """
    The words of a page from its lines; their boxes in dots of the page's level picture.

    Tables are often set a little smaller than the text: the type sizes of lines in their cells are
    told among themselves, or some would be taken for the text's and their cells for many parts.
    """
    dot = 72 / resolution
    outside, inside = [line for line in lines if line], [line for line in in_cells if line]
    kept = [*outside, *inside]
    measured = [measure(line) for line in kept]
    told = [(size * dot, len(line)) for (size, _), line in zip(measured, kept, strict=True)]
    sizes = [*_settled(told[: len(outside)]), *_settled(told[len(outside) :], SAME_IN_CELLS)]
    words = PageWords()
    for line, (_, base), size in zip(kept, measured, sizes, strict=True):
        words.breaks.append(len(words))
        for word in line:
            own = _raised(word, base, size / dot)
            high, bottom = (own * dot, word.y1 * dot) if own else (size, base * dot)
            words.put(
                Glyphs(
                    word.x0 * dot,
                    bottom - ASCENT * high,
                    word.x1 * dot,
                    bottom + DESCENT * high,
                    high,
                    (MARK if own else 0) | (BOLD if word.bold else 0),
                    word.text,
                    bottom,
                )
            )
            words.sures.append(word.confidence)
    return words


CROSS = 0.55
"""Of the page's type size: a cross alone in its cell that is lower is a small x."""
SAME_SHAPE = frozenset("cosuvwxz")
"""Letters whose capitals differ from them by their height alone."""
LOWER = 0.6
"""How much of what a word misses the height of capitals by, it misses that of small letters."""


def uncapitalised(lines: Sequence[Sequence[Recognised]]) -> list[list[Recognised]]:
    """
    The lines of a page, in small letters what of them was read as capitals: ``CƠ SỞ``.

    Only letters that have the same shape in both, and are as low as small letters of the line's
    type size, or of the page's where the line has no others.
    """
    sizes = [size for line in lines if line for size in [measure(line)[0]] * len(line)]
    usual = median(sizes) if sizes else 0.0
    return [_uncapitalised(line, usual) for line in lines]


def _uncapitalised(line: Sequence[Recognised], usual: float) -> list[Recognised]:
    if len(line) == 1 and line[0].text in ("x", "X"):
        # The mark in a column of quarters, which has no word beside it.
        high = line[0].y1 - line[0].y0
        return [line[0]._replace(text="x" if high < CROSS * usual else "X")] if usual else [*line]
    odd = [k for k, word in enumerate(line) if _may_be_small(word.text)]
    if odd:  # A letter alone says no more of its line than they do: ``Xét Ở CƠ``.
        odd = [k for k, word in enumerate(line) if k in odd or _is_one_letter(word.text)]
    rest = [word for k, word in enumerate(line) if k not in odd and _extent(word.text)]
    if not odd or any(word.text.isupper() for word in rest):
        return [*line]
    size = measure(rest)[0] if sum(len(word.text) for word in rest) >= FEW else usual
    low = {k for k in odd if _is_low(line[k], size)}
    # The horn of an Ơ hides how low it is: what stands beside a low one is so too.
    low |= {k for k in odd if low & {k - 1, k + 1}}
    return [
        word._replace(text=word.text.lower()) if k in low else word for k, word in enumerate(line)
    ]


def _is_low(word: Recognised, size: float) -> bool:
    """Whether a word in capitals is as high as it would be in small letters."""
    read, meant = _extent(word.text), _extent(word.text.lower())
    if read is None or meant is None:
        return False
    high = word.y1 - word.y0
    return abs(high - sum(meant) * size) < LOWER * abs(high - sum(read) * size)


def _is_one_letter(text: str) -> bool:
    return len(text) == 1 and text.isupper() and normalize("NFD", text.lower())[0] in SAME_SHAPE


def _may_be_small(text: str) -> bool:
    """Whether a word is all in capitals, each of the shape of its small letter."""
    letters = [letter for letter in text if letter.isalpha()]
    return (
        len(letters) > 1
        and text.isupper()
        and all(normalize("NFD", letter.lower())[0] in SAME_SHAPE for letter in letters)
    )


def _raised(word: Recognised, base: float, size: float) -> float | None:
    """The type size of a mark of a note, above the line and small; ``None`` for any other word."""
    if not _MARK_OF_NOTE.fullmatch(word.text):
        return None
    own = (word.y1 - word.y0) / _TALL
    is_raised = word.y1 < base - RAISED * size and own < SMALL * size
    return own if is_raised else None


def lines_of(words: Iterable[Recognised]) -> Iterator[list[Recognised]]:
    """The words of a picture, line by line."""
    for _, line in groupby(words, key=attrgetter("line")):
        yield [*line]


def moved(words: Iterable[Recognised], x: float, y: float) -> list[Recognised]:
    """Words of a part of a picture, as they stand in the whole."""
    return [
        w._replace(
            x0=w.x0 + x, y0=w.y0 + y, x1=w.x1 + x, y1=w.y1 + y, text=normalize("NFC", w.text)
        )
        for w in words
    ]


@lru_cache(maxsize=1 << 14)
def _extent(text: str) -> tuple[float, float] | None:
    """How far a word's ink is above and below its line, in type sizes; ``None`` for no letters."""
    up = down = 0.0
    for letter in normalize("NFD", text):
        if letter in _ABOVE or letter == _BELOW:
            continue
        if letter in _FLAT:
            down = max(down, 0.14) if letter in ",;" else down
            continue
        if letter.isupper():
            up = max(up, _CAPITAL)
        elif letter in _TALL_LETTERS:
            up = max(up, _TALL)
        else:
            up = max(up, _MIDDLE.get(letter, _LOW))
        if letter in _TAILED:
            down = max(down, _TAIL)
    for letter in normalize("NFC", text):
        marks = normalize("NFD", letter)[1:]
        above = sum(mark in _ABOVE for mark in marks)
        if above:
            body = _CAPITAL if letter.isupper() else _LOW
            up = max(up, body + (_MARK if above == 1 else _MARKS))
        if _BELOW in marks:
            down = max(down, _DOT)
    return (up, down) if up else None


def measure(line: Sequence[Recognised]) -> tuple[float, float]:
    """The type size of a line, and where it stands from the top of the page; in dots."""
    known = [(word, found) for word in line if (found := _extent(word.text))]
    if not known:
        high = max(word.y1 - word.y0 for word in line)
        return max(high, 8.0) * 1.5, median(word.y1 for word in line)
    # Two marks on a letter stand as high as the font likes.
    plain = [(w, e) for w, e in known if not any(map(_DOUBLE.__contains__, w.text))]
    weighed: list[tuple[float, int]] = []
    for word, (up, down) in plain if len(plain) * 3 > len(known) else known:
        weighed.append(((word.y1 - word.y0) / (up + down), len(word.text)))
    size = _weighted_median(weighed)
    bases = [(word.y1 - down * size, len(word.text)) for word, (_, down) in known]
    return size, _weighted_median(bases)


def _weighted_median(values: Sequence[tuple[float, int]]) -> float:
    half = sum(weight for _, weight in values) / 2
    for value, weight in sorted(values):
        half -= weight
        if half <= 0:
            return value
    return values[-1][0]


def _settled(measured: Sequence[tuple[float, int]], same: float = SAME_SIZE) -> list[float]:
    """
    Type sizes of lines, those hardly apart made one.

    >>> _settled([(13.8, 9), (14.2, 10), (11.1, 4), (14.1, 8)])
    [14.1, 14.1, 11.1, 14.1]
    """
    left = [k for k, _ in enumerate(measured)]
    found = [size for size, _ in measured]
    while left:
        at = _weighted_median([measured[k] for k in left])
        near = [k for k in left if abs(measured[k][0] - at) <= same * at]
        size = round(_weighted_median([measured[k] for k in near]), 1)
        for k in near:
            found[k] = size
        left = [k for k in left if k not in near]
    return found
