"""
Words into rows of print: what stands side by side at one height.

The order of the file is a hint, no more: a program may print a letterhead column by column, or a
page's words in any order.
"""

import itertools
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import accumulate
from operator import add, and_, itemgetter
from statistics import median

import regex

from tdkt_parse.layout import Span
from tdkt_parse.readers.pdf.glyphs import BOLD, ITALIC, MARK, TIMEOUT, Glyphs
from tdkt_parse.spelling import BULLETS

WIDE = "   "
"""Between words that stand far apart on one row, as in text that keeps its columns by spaces."""


@dataclass(slots=True)
class Row:
    """
    A row of print in one column.

    ``text`` are its words with a space between, three where the gap is wide; ``starts`` and
    ``ends`` their ranges of it, ``lefts`` and ``rights`` their edges; ``marks`` the ranges that are
    marks of notes.
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    italic: bool
    text: str
    starts: "array[int]"
    ends: "array[int]"
    lefts: "array[float]"
    rights: "array[float]"
    marks: list[Span] = field(default_factory=list)

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def first_width(self) -> float:
        """How wide the first word is."""
        return self.rights[0] - self.lefts[0]


Segment = list[Glyphs]
"""Words side by side with no wide gap between."""


def find_rows(words: Sequence[Glyphs]) -> list[list[Segment]]:
    """The rows of some words from the top down, each cut where a gap is wide."""
    rows: list[list[Glyphs]] = []
    bands: list[tuple[float, float]] = []
    for run in sorted(_runs(words), key=_middle):
        top, bottom = run[0].y0, run[0].y1
        place = _place(bands, top, bottom)
        if place is None:
            rows.append(run)
            bands.append((top, bottom))
        else:
            rows[place] += run
    return [_cut(sorted(row, key=itemgetter(0))) for row in rows]


def _middle(run: Sequence[Glyphs]) -> float:
    return run[0].y0 + run[0].y1


def _place(bands: Sequence[tuple[float, float]], top: float, bottom: float) -> int | None:
    """Which of the last rows stands at a height; ``None`` for none."""
    for back in range(1, min(len(bands), 3) + 1):
        y0, y1 = bands[-back]
        shared = min(bottom, y1) - max(top, y0)
        if shared > 0.6 * min(bottom - top, y1 - y0):
            return len(bands) - back
    return None


def _runs(words: Sequence[Glyphs]) -> Iterable[list[Glyphs]]:
    """Words that follow one another in the file and on the page."""
    run: list[Glyphs] = []
    right = top = bottom = 0.0
    for word in words:
        x0, y0, x1, y1 = word[:4]
        if run and x0 >= right - 1.0:
            level = -1.0 < y1 - bottom < 1.0 and y0 < bottom
            if not level:
                shared = min(bottom, y1) - max(top, y0)
                level = shared > 0.6 * min(bottom - top, y1 - y0)
            if level:
                run.append(word)
                right = x1
                continue
        if run:
            yield run
        run = [word]
        right, top, bottom = x1, y0, y1
    if run:
        yield run


def _cut(words: list[Glyphs]) -> list[Segment]:
    """A row cut where a gap is wide for it: over an em, and far wider than the row's others."""
    if len(words) < 2:
        return [words]
    gaps = [b.x0 - a.x1 for a, b in itertools.pairwise(words)]
    size = words[0].size
    widest = max(gaps)
    if widest < 0.8 * size:
        return [words]
    usual = max(median(gaps) if len(gaps) > 3 else 0.0, 0.25 * size)
    wide = max(0.8 * size, 2.4 * usual)
    found: list[Segment] = [[words[0]]]
    for gap, word in zip(gaps, words[1:], strict=True):
        if gap > wide:
            found.append([word])
        else:
            found[-1].append(word)
    return found


_LABEL = regex.compile(
    r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXLivx]{1,6}|[\p{L}])[.)/:]{1,2}|\d{1,3}|[" + BULLETS + "]"
)


def is_label(segment: Segment) -> bool:
    """
    Whether words are nothing but the number or the bullet of what stands right of them.
    """
    return len(segment) == 1 and bool(_LABEL.fullmatch(segment[0].text, timeout=TIMEOUT))


def make_row(page: int, segments: Sequence[Segment], *, wide: str = WIDE) -> Row:
    """A row of one or more segments of words, with ``wide`` between two segments."""
    words = segments[0] if len(segments) == 1 else [w for one in segments for w in one]
    x0s, y0s, x1s, y1s, sizes, looks, texts = zip(*words, strict=True)
    if any(map(MARK.__and__, looks)):
        return _marked_row(page, segments, wide)
    lengths = [*map(len, texts)]
    if len(segments) == 1:
        text = " ".join(texts)
        starts = [*accumulate(map((1).__add__, lengths), initial=0)][:-1]
    else:
        between = wide if not is_label(segments[0]) else " "
        text = between.join([" ".join([word[6] for word in segment]) for segment in segments])
        starts = []
        at = 0
        for segment in segments:
            for word in segment:
                starts.append(at)
                at += len(word[6]) + 1
            at += len(between) - 1
    look = reduce(and_, looks)
    return Row(
        page,
        x0s[0],
        min(y0s),
        max(x1s),
        max(y1s),
        sizes[0] if sizes[0] == sizes[-1] else sorted(sizes)[len(sizes) // 2],
        bool(look & BOLD),
        bool(look & ITALIC),
        text,
        array("I", starts),
        array("I", map(add, starts, lengths)),
        array("f", x0s),
        array("f", x1s),
    )


def _marked_row(page: int, segments: Sequence[Segment], wide: str) -> Row:
    """The same with marks of notes in it, which stand at their word without a space."""
    texts: list[str] = []
    starts, ends, lefts, rights = array("I"), array("I"), array("f"), array("f")
    marks: list[Span] = []
    at = 0
    top, bottom = 1e9, -1e9
    bold, italic = BOLD, ITALIC
    sizes: list[float] = []
    right = 0.0
    last: Glyphs | None = None
    labelled = is_label(segments[0])
    for segment in segments:
        for word in segment:
            said = word.text
            if last is not None:
                between = wide if word is segment[0] and not labelled else " "
                if (word.look | last.look) & MARK:
                    between = "" if word.x0 - right < 0.15 * word.size else " "
                texts.append(between)
                at += len(between)
            if word.look & MARK:
                marks.append((at, at + len(said)))
            else:
                top, bottom = min(top, word.y0), max(bottom, word.y1)
                bold &= word.look
                italic &= word.look
                sizes.append(word.size)
            texts.append(said)
            starts.append(at)
            at += len(said)
            ends.append(at)
            lefts.append(word.x0)
            rights.append(word.x1)
            right = word.x1
            last = word
    if not sizes:
        first = segments[0][0]
        top, bottom, sizes = first.y0, first.y1, [first.size]
        bold, italic = first.look & BOLD, first.look & ITALIC
    return Row(
        page,
        lefts[0],
        top,
        max(rights),
        bottom,
        sorted(sizes)[len(sizes) // 2],
        bool(bold),
        bool(italic),
        "".join(texts),
        starts,
        ends,
        lefts,
        rights,
        marks,
    )
