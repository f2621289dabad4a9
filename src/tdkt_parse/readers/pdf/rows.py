"""
Words into rows of print: what stands side by side at one height.

The order of the file is a hint, no more: a program may print a letterhead column by column, or a
page's words in any order.
"""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from operator import and_, le, sub
from typing import NamedTuple

import regex

from tdkt_parse.layout import Span
from tdkt_parse.readers.pdf.glyphs import BOLD, ITALIC, MARK, TIMEOUT, PageWords
from tdkt_parse.spelling import BULLETS

WIDE = "   "
"""Between words that stand far apart on one row, as in text that keeps its columns by spaces."""


@dataclass(slots=True)
class Row:
    """
    A row of print in one column.

    ``text`` are its words with a space between, three where the gap is wide; ``lengths`` how long
    each is, ``starts`` where each begins, unless one space stands between any two; ``lefts`` and
    ``rights`` their edges; ``base`` is the line on which they stand; ``marks`` the ranges that are
    marks of notes.
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    bold: bool
    italic: bool
    text: str
    lengths: list[int]
    starts: "array[int] | None"
    lefts: "array[float]"
    rights: "array[float]"
    marks: list[Span] = field(default_factory=list)
    places: Sequence[tuple[float, float, float, float]] = ()
    """Of turned words, which do not stand side by side: the edges of each."""
    sures: Sequence[float] = ()
    """Of recognised words, how sure the engine was of each."""

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def first_width(self) -> float:
        """How wide the first word is."""
        return self.rights[0] - self.lefts[0]


class Segment(NamedTuple):
    """
    Words side by side with no wide gap between, as columns; ``marks``: the numbers of the words
    that are marks of notes, whose place and type count for nothing; ``blanks``: of those with a
    blank to be filled in before them; ``sures``: how sure the engine was of each, if one read them.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    look: int
    texts: list[str]
    lefts: "array[float]"
    rights: "array[float]"
    marks: tuple[int, ...] = ()
    blanks: tuple[int, ...] = ()
    sures: Sequence[float] = ()

    @property
    def rest(self) -> "Segment":
        """The words behind the first."""
        marks = tuple(k - 1 for k in self.marks if k)
        blanks = tuple(k - 1 for k in self.blanks if k > 1)
        texts, lefts, rights = self.texts[1:], self.lefts[1:], self.rights[1:]
        return self._replace(
            x0=lefts[0],
            texts=texts,
            lefts=lefts,
            rights=rights,
            marks=marks,
            blanks=blanks,
            sures=self.sures[1:],
        )


def find_rows(words: PageWords, chosen: Sequence[int] | None = None) -> list[list[Segment]]:
    """The rows of some words from the top down, each cut where a gap is wide; all by default."""
    rows: list[Sequence[int]] = []
    bands: list[tuple[float, float]] = []
    tops, bottoms, lefts = words.tops, words.bottoms, words.lefts
    runs = _runs(words) if chosen is None else _broken(words, chosen)
    if len(runs) == 1:
        return [_cut(words, runs[0])]
    for run in sorted(runs, key=lambda run: tops[run[0]] + bottoms[run[0]]):
        top, bottom = tops[run[0]], bottoms[run[0]]
        place = _place(bands, top, bottom)
        if place is None or (words.sures and _overlap(words, rows[place], run)):
            rows.append(run)
            bands.append((top, bottom))
        else:
            rows[place] = sorted((*rows[place], *run), key=lefts.__getitem__)
    return [_cut(words, row) for row in rows]


def _place(bands: Sequence[tuple[float, float]], top: float, bottom: float) -> int | None:
    """Which of the last rows stands at a height; ``None`` for none."""
    for back, (y0, y1) in enumerate(bands[:-4:-1], 1):
        if y0 <= y1 <= top <= bottom:
            continue  # It stands above, as nearly all do.
        shared = min(bottom, y1) - max(top, y0)
        if shared > 0.6 * min(bottom - top, y1 - y0):
            return len(bands) - back
    return None


def _overlap(words: PageWords, row: Sequence[int], run: Sequence[int]) -> bool:
    """
    Whether words of two lines of an engine stand over one another: then they are of two rows.

    It gives the words of two columns that it reads as one line the height of both.
    """
    lefts, rights = words.lefts, words.rights
    line = bisect_right(words.breaks, run[0])
    others = [k for k in row if bisect_right(words.breaks, k) != line]
    return any(
        min(rights[k], rights[other]) - max(lefts[k], lefts[other])
        > 0.5 * min(rights[k] - lefts[k], rights[other] - lefts[other])
        for k in run
        for other in others
    )


def _runs(words: PageWords) -> list[Sequence[int]]:
    """
    Words that follow one another in the file and on the page.

    Nearly always a line of the file is one; else it is looked at word by word.
    """
    found: list[Sequence[int]] = []
    lefts, rights, bottoms = words.lefts, words.rights, words.bottoms
    for first, stop in pairwise((*words.breaks, len(words))):
        level = bottoms[first:stop]
        if max(level) - min(level) < 1.0 and all(
            map(le, rights[first : stop - 1], [x + 1.0 for x in lefts[first + 1 : stop]])
        ):
            found.append(range(first, stop))
        else:
            found += _broken(words, range(first, stop))
    return found


def _broken(words: PageWords, chosen: Sequence[int]) -> list[Sequence[int]]:
    """The same of any words, one by one."""
    found: list[Sequence[int]] = []
    run: list[int] = []
    right = top = bottom = 0.0
    lefts, rights, tops, bottoms = words.lefts, words.rights, words.tops, words.bottoms
    for index in chosen:
        x0, y0, y1 = lefts[index], tops[index], bottoms[index]
        if run and x0 >= right - 1.0:
            level = -1.0 < y1 - bottom < 1.0 and y0 < bottom
            if not level:
                shared = min(bottom, y1) - max(top, y0)
                level = shared > 0.6 * min(bottom - top, y1 - y0)
            if level:
                run.append(index)
                right = rights[index]
                continue
        if run:
            found.append(_as_range(run))
        run = [index]
        right, top, bottom = rights[index], y0, y1
    if run:
        found.append(_as_range(run))
    return found


def _as_range(run: list[int]) -> Sequence[int]:
    """Numbers in order, as a range if none is left out: columns are cut by it at once."""
    return range(run[0], run[-1] + 1) if run[-1] - run[0] == len(run) - 1 else run


def runs_in_file(words: PageWords, chosen: Sequence[int]) -> list[list[int]]:
    """Some words by the lines of the file."""
    found: dict[int, list[int]] = {}
    for index in chosen:
        found.setdefault(bisect_right(words.breaks, index), []).append(index)
    return [*found.values()]


def in_file_order(page: int, words: PageWords, run: Sequence[int]) -> Row:
    """A row of turned words as the file has them."""
    x0, x1 = min(words.lefts[k] for k in run), max(words.rights[k] for k in run)
    texts = [words.texts[k] for k in run]
    look = reduce(and_, [words.looks[k] for k in run])
    return Row(
        page,
        x0,
        min(words.tops[k] for k in run),
        x1,
        max(words.bottoms[k] for k in run),
        max(words.bases[k] for k in run),
        words.sizes[run[0]],
        bool(look & BOLD),
        bool(look & ITALIC),
        " ".join(texts),
        [*map(len, texts)],
        None,
        array("f", [words.lefts[k] for k in run]),
        array("f", [words.rights[k] for k in run]),
        places=[words.word(k)[:4] for k in run],
    )


def _cut(words: PageWords, row: Sequence[int]) -> list[Segment]:
    """A row cut where a gap is wide for it: over an em, and far wider than the row's others."""
    if len(row) == 1:
        return [_segment(words, row)]
    lefts, rights = words.lefts, words.rights
    if isinstance(row, range):
        gaps = [*map(sub, lefts[row.start + 1 : row.stop], rights[row.start : row.stop - 1])]
    else:
        gaps = [lefts[b] - rights[a] for a, b in pairwise(row)]
    size = words.sizes[row[0]]
    if not gaps or max(gaps) < 0.8 * size:
        return [_segment(words, row)]
    usual = max(sorted(gaps)[len(gaps) // 3] if len(gaps) > 3 else 0.0, 0.25 * size)
    wide = max(0.8 * size, 2.4 * usual)
    texts = words.texts
    apart = [k for k, gap in enumerate(gaps, 1) if gap > wide]
    blanks = [k for k in apart if _is_left_blank(texts[row[k - 1]], texts[row[k]])]
    cuts = [k for k in apart if k not in blanks]
    return [
        _segment(words, row[a:b], tuple(k - a for k in blanks if a < k < b))
        for a, b in pairwise((0, *cuts, len(row)))
    ]


_DATED = {"ngày", "tháng"}


def _is_left_blank(before: str, after: str) -> bool:
    """
    Whether a gap is one to be filled in by hand, within a number or a date.

    >>> _is_left_blank("Số:", "/KH-UBND"), _is_left_blank("ngày", "tháng")
    (True, True)
    """
    return after[0] == "/" or (before.casefold() in _DATED and after.casefold() in ("tháng", "năm"))


def _segment(words: PageWords, row: Sequence[int], blanks: tuple[int, ...] = ()) -> Segment:
    sures: list[float] = []
    if isinstance(row, range):
        some = slice(row.start, row.stop)
        sures = words.sures[some]
        texts, lefts, rights = words.texts[some], words.lefts[some], words.rights[some]
        tops, bottoms = words.tops[some], words.bottoms[some]
        sizes, looks, bases = words.sizes[some], words.looks[some], words.bases[some]
    else:
        texts = [words.texts[k] for k in row]
        lefts = array("f", [words.lefts[k] for k in row])
        rights = array("f", [words.rights[k] for k in row])
        tops = array("f", [words.tops[k] for k in row])
        bottoms = array("f", [words.bottoms[k] for k in row])
        sizes, looks = [words.sizes[k] for k in row], [words.looks[k] for k in row]
        bases = [words.bases[k] for k in row]
        if words.sures:
            sures = [words.sures[k] for k in row]
        torn = [
            k
            for k in range(1, len(row))
            if row[k] != row[k - 1] + 1
            and -0.15 * sizes[k] < lefts[k] - rights[k - 1] < 0.12 * sizes[k]
            and abs(sizes[k] - sizes[k - 1]) < 0.1 * sizes[k]
            and texts[k][0].isalpha()
            and texts[k - 1][-1].isalpha()
            and not (looks[k] | looks[k - 1]) & MARK
        ]
        for k in reversed(torn):  # Letters of another font, which the file has apart.
            texts[k - 1] += texts.pop(k)
            rights[k - 1] = rights.pop(k)
            lefts.pop(k)
            tops[k - 1], bottoms[k - 1] = (
                min(tops[k - 1], tops.pop(k)),
                max(bottoms[k - 1], bottoms.pop(k)),
            )
            sizes.pop(k)
            bases.pop(k)
            looks[k - 1] &= looks.pop(k)
            if sures:
                sures[k - 1] = min(sures[k - 1], sures.pop(k))
        blanks = tuple(k - sum(at < k for at in torn) for k in blanks)
    marks: tuple[int, ...] = ()
    alike = looks.count(looks[0]) == len(looks)
    look = looks[0] if alike else reduce(and_, looks)
    if look & MARK or (not alike and any(map(MARK.__and__, looks))):
        marks = tuple(k for k, one in enumerate(looks) if one & MARK)
        plain = [k for k, one in enumerate(looks) if not one & MARK] or [*range(len(looks))]
        tops = array("f", [tops[k] for k in plain])
        bottoms = array("f", [bottoms[k] for k in plain])
        sizes = [sizes[k] for k in plain]
        bases = [bases[k] for k in plain]
        look = reduce(and_, [looks[k] for k in plain])
    size = sizes[0] if sizes[0] == sizes[-1] else sorted(sizes)[len(sizes) // 2]
    return Segment(
        lefts[0],
        min(tops),
        max(rights),
        max(bottoms),
        max(bases),
        size,
        look,
        texts,
        lefts,
        rights,
        marks,
        blanks,
        sures,
    )


_LABEL = regex.compile(
    r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXLivx]{1,6}|[ĐÐ]{2}|[\p{L}])[.)/:]{1,2}|\d{1,3}|["
    + BULLETS
    + "]"
)


def is_label(segment: Segment) -> bool:
    """
    Whether words are nothing but the number or the bullet of what stands right of them.
    """
    return len(segment.texts) == 1 and bool(_LABEL.fullmatch(segment.texts[0], timeout=TIMEOUT))


def make_row(page: int, segments: Sequence[Segment], *, wide: str = WIDE) -> Row:
    """A row of one or more segments of words, with ``wide`` between two segments."""
    first = segments[0]
    if len(segments) > 1 or first.marks or first.blanks:
        return _spaced_row(page, segments, wide)
    _, y0, x1, y1, base, size, look, texts, lefts, rights, _, _, sures = first
    return Row(
        page,
        first.x0,
        y0,
        x1,
        y1,
        base,
        size,
        bool(look & BOLD),
        bool(look & ITALIC),
        " ".join(texts),
        [*map(len, texts)],
        None,
        lefts,
        rights,
        sures=sures,
    )


def _spaced_row(page: int, segments: Sequence[Segment], wide: str) -> Row:
    """
    The same where more or less than a space stands between two words: several segments, blanks to
    be filled in, and marks of notes, which stand at their word.
    """
    texts: list[str] = []
    starts, lengths = array("I"), []
    marks: list[Span] = []
    at = 0
    right = 0.0
    raised = False
    labelled = is_label(segments[0])
    for number, segment in enumerate(segments):
        for k, said in enumerate(segment.texts):
            is_mark = k in segment.marks
            if texts:
                between = wide if k == 0 and number and not labelled else " "
                if k in segment.blanks:
                    between = WIDE
                if is_mark or raised:
                    between = "" if segment.lefts[k] - right < 0.15 * segment.size else " "
                texts.append(between)
                at += len(between)
            if is_mark:
                marks.append((at, at + len(said)))
            texts.append(said)
            starts.append(at)
            lengths.append(len(said))
            at += len(said)
            right, raised = segment.rights[k], is_mark
    look = reduce(and_, [segment.look for segment in segments])
    return Row(
        page,
        segments[0].x0,
        min(segment.y0 for segment in segments),
        max(segment.x1 for segment in segments),
        max(segment.y1 for segment in segments),
        max(segment.base for segment in segments),
        max(segments, key=lambda segment: len(segment.texts)).size,
        bool(look & BOLD),
        bool(look & ITALIC),
        "".join(texts),
        lengths,
        starts,
        array("f", [x for segment in segments for x in segment.lefts]),
        array("f", [x for segment in segments for x in segment.rights]),
        marks,
        sures=[sure for segment in segments for sure in segment.sures],
    )
