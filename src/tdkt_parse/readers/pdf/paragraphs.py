"""
Rows into paragraphs.

A row that the next one's first word would still have fitted ends its paragraph: whoever set the
page would have put it there. Where it would not have fitted, the next row goes on unless it shows
that it begins: by its indent, by more space above it, by a number or a bullet, by other type.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from tdkt_parse.readers.pdf.glyphs import TIMEOUT
from tdkt_parse.readers.pdf.rows import Row
from tdkt_parse.spelling import BULLETS, is_rule, is_upper

INDENT = 6.0
"""Points: less is the same left edge."""
BEARING = 0.12
"""
Of the type size: the white that a typed word has at its sides and the row before it at its end. A
word read by OCR is as wide as its ink, so that it seems to fit where it did not.
"""

_ENDED = frozenset(".;:!?…")
_BEGINS = regex.compile(
    r"""
      ["""
    + BULLETS
    + r"""]\s?\S
    | \(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVXL]{1,6}|[a-zđA-ZĐ])[.)]\s
    | (?:Điều|Chương|Mục|Phần|PHỤ\ LỤC|Phụ\ lục)\s[\dIVXL]+
    """,
    regex.VERBOSE,
)
_MAY_BEGIN = frozenset(BULLETS + "(0123456789")
_NAMED = ("Điều", "Chương", "Mục", "Phần", "PHỤ LỤC", "Phụ lục")


@dataclass(frozen=True, slots=True)
class Measure:
    """
    The column in which rows are set: its edges, the usual distance of rows, how it is set.

    ``justified``: full rows end at its right edge; ``indent``: where first rows begin, if most
    paragraphs are indented.
    """

    x0: float
    x1: float
    pitch: float = 0.0
    justified: bool = False
    indent: float | None = None
    kind: str = "text"
    """``text``, ``cell``, or ``column``: one of two side by side."""
    known: bool = True
    """Whether its edges are known, and not only how far its rows go."""

    @property
    def width(self) -> float:
        return self.x1 - self.x0


@dataclass(slots=True)
class Paragraph:
    """Rows that are one paragraph; ``gap``: blank space stands above it."""

    rows: list[Row] = field(default_factory=list)
    gap: bool = False
    measure: Measure = field(default_factory=lambda: Measure(0.0, 0.0))


def measure_of(rows: Sequence[Row], bounds: tuple[float, float] | None = None) -> Measure:
    """How a column is set, by its rows; ``bounds`` are its edges where they are known."""
    if not rows:
        return Measure(0.0, 0.0)
    if bounds is None:
        bounds = min(row.x0 for row in rows), _right_edge(rows)
    x0, x1 = bounds
    flush = sum(1 for row in rows if abs(row.x1 - x1) <= 2.0)
    ragged = sum(1 for row in rows if x1 - 40 < row.x1 < x1 - 2.0)
    firsts = _counted(round(row.x0 / 2) * 2 for row in rows if row.x0 > x0 + INDENT)
    common = max(firsts, key=firsts.__getitem__, default=0)
    at_left = sum(1 for row in rows if row.x0 <= x0 + INDENT)
    indent = float(common) if firsts.get(common, 0) >= 2 and at_left >= 2 else None
    return Measure(x0, x1, pitch_of(rows), flush >= 3 and flush >= 2 * ragged, indent)


def _counted(numbers: Iterable[int]) -> dict[int, int]:
    """How often each comes; at some rows a time, a Counter takes twice as long."""
    counts: dict[int, int] = {}
    for number in numbers:
        counts[number] = counts.get(number, 0) + 1
    return counts


def _right_edge(rows: Sequence[Row]) -> float:
    """The right edge that rows share, or the furthest."""
    furthest = max(row.x1 for row in rows)
    shared = _counted(round(row.x1) for row in rows)
    for edge in sorted(shared, reverse=True):
        if sum(shared.get(edge + d, 0) for d in (-1, 0, 1)) >= max(3, len(rows) // 8):
            return max((r.x1 for r in rows if abs(r.x1 - edge) <= 1.6), default=furthest)
    return furthest


def pitch_of(rows: Sequence[Row]) -> float:
    """
    The usual distance from one row to the next, among those of the type of most of the text.

    The smaller of two that are as usual: between paragraphs it is more.
    """
    if len(rows) < 2:
        return 0.0
    types = [round(row.size) for row in rows]
    usual = types[0]
    if types.count(usual) < len(types):
        letters = dict.fromkeys(types, 0)
        for size, row in zip(types, rows, strict=True):
            letters[size] += len(row.text)
        usual = max(letters, key=letters.__getitem__)
    steps = _counted(
        round(b.base - a.base)
        for (a, b), alike in zip(pairwise(rows), pairwise(types), strict=True)
        if 0 < b.base - a.base < 3 * max(a.y1 - a.y0, 1.0)
        and a.page == b.page
        and alike == (usual, usual)
    )
    most = max(steps.values(), default=0)
    return float(min((step for step, count in steps.items() if count * 2 >= most), default=0))


def find_paragraphs(rows: Iterable[Row], measure: Measure) -> list[Paragraph]:
    """The paragraphs of rows of one column."""
    found: list[Paragraph] = []
    for row in rows:
        last = found[-1].rows[-1] if found else None
        if last is not None and goes_on(found[-1], row, measure):
            found[-1].rows.append(row)
        else:
            found.append(Paragraph([row], is_far(last, row, measure), measure))
    return found


def is_far(last: Row | None, row: Row, measure: Measure) -> bool:
    """Whether blank space, more than between paragraphs, stands above a row."""
    if last is None or last.page != row.page:
        return False
    usual = max(measure.pitch, row.height)
    return row.base - last.base > 1.8 * usual


def is_labelled(text: str) -> bool:
    """Whether a row begins with a number, a letter or a bullet of its own, or as an article."""
    may_begin = text[0] in _MAY_BEGIN or text[1:2] in ".)IVXL" or text.startswith(_NAMED)
    return may_begin and bool(_BEGINS.match(text, timeout=TIMEOUT))


def goes_on(paragraph: Paragraph, row: Row, measure: Measure) -> bool:
    """Whether a row goes on a paragraph."""
    last = paragraph.rows[-1]
    if abs(last.size - row.size) > 0.6 or is_rule(last.text) or is_rule(row.text):
        return False
    if last.page == row.page:
        step = row.base - last.base
        usual = _step_of(paragraph) or measure.pitch
        if step <= 0 or (usual and step > usual * 1.18 + 1.0) or step > 2.6 * last.height:
            return False
    if _is_broken_number(last, row) or (measure.kind == "column" and _is_tail(last, row)):
        return True
    if measure.kind == "column" and _reads_on(last, row):
        return True
    if _fitted(last, row, measure):
        return False
    if not row.text[0].islower() and (
        last.bold != row.bold
        or last.italic != row.italic
        or _ends_capitals(last, row)
        or _is_heading(last, row)
    ):
        return False
    if measure.kind == "cell" and last.text[-1] in ".;" and row.text[0].isupper():
        return False
    if measure.kind == "column" and not (
        measure.known or row.text[0].islower() or is_labelled(paragraph.rows[0].text)
    ):
        return False
    return not _begins(paragraph, row, measure)


def _reads_on(last: Row, row: Row) -> bool:
    """Whether a sentence that was not ended goes on in a small letter that is no label."""
    return (
        row.text[0].islower()
        and last.text[-1] not in _ENDED
        and last.text[-1] != ","
        and not is_labelled(row.text)
    )


def _is_broken_number(last: Row, row: Row) -> bool:
    """Whether a document's number was broken behind a dash or a stroke: ``/KH-`` / ``UBND``."""
    word = last.text.rpartition(" ")[2]
    return word[-1] in "-/" and len(word) > 1 and "/" in word and row.text[0].isalnum()


def _is_tail(last: Row, row: Row) -> bool:
    """Whether a row is the last word of a name in capitals: ``… MIỀN BẮC VIỆT`` / ``NAM``."""
    return (
        len(row.lengths) == 1
        and len(last.lengths) > 2
        and is_upper(last.text)
        and is_upper(row.text)
        and row.x0 > last.x0 - 2
        and row.x1 < last.x1
    )


def _ends_capitals(last: Row, row: Row) -> bool:
    """Whether a row all in capitals, two words at least, is followed by one that is not."""
    return len(last.lengths) > 1 and is_upper(last.text) and not is_upper(row.text)


_NUMERAL = regex.compile(r"(?:Phần (?:thứ )?)?(?:[IVX]{1,5}|[A-ZĐ]|\d{1,2})[.:)/-]{1,2} (?=\p{Lu})")


def _is_heading(last: Row, row: Row) -> bool:
    """Whether a row is a number and two words in capitals at least, below one that is not."""
    number = _NUMERAL.match(row.text, timeout=TIMEOUT)
    return (
        number is not None
        and len(row.lengths) > 2
        and is_upper(row.text[number.end() :])
        and not is_upper(last.text)
    )


def _step_of(paragraph: Paragraph) -> float | None:
    """The distance of the paragraph's own rows."""
    rows = paragraph.rows
    if len(rows) < 2 or rows[-1].page != rows[-2].page:
        return None
    return rows[-1].base - rows[-2].base


def _fitted(last: Row, row: Row, measure: Measure) -> bool:
    """Whether the first word of a row would have had its place on the row before."""
    need = row.first_width + (0.25 + (BEARING if row.sures else 0.0)) * row.size
    left, right = last.x0 - measure.x0, measure.x1 - last.x1
    if abs(left - right) < 4.0 and left > 0.5:
        # Set in the middle of its column.
        return need < left + right - 2.0
    if need < right - 1.0:
        return True
    return measure.justified and right > 2.5 and last.text[-1] in _ENDED


def _begins(paragraph: Paragraph, row: Row, measure: Measure) -> bool:
    """Whether a row that stands below a full one begins a paragraph of its own."""
    rows = paragraph.rows
    first = rows[0]
    labelled = is_labelled(row.text)
    if len(rows) > 1 and not labelled and _share_middle(rows[-1], row, measure):
        return False
    if len(rows) > 1:
        # The paragraph has shown where its rows go on.
        if abs(row.x0 - rows[-1].x0) <= INDENT / 2 and abs(rows[-1].x0 - first.x0) > INDENT:
            return labelled and measure.indent is None
        return row.x0 > rows[-1].x0 + INDENT or (
            labelled
            and abs(row.x0 - first.x0) <= INDENT / 2
            and abs(rows[-1].x0 - first.x0) > INDENT
        )
    if _hangs(first, row) or (not labelled and _share_middle(first, row, measure)):
        return False
    if measure.indent is not None:
        return row.x0 > measure.x0 + INDENT
    if row.x0 > first.x0 + INDENT:
        return True
    if labelled:
        return True
    return (
        first.text[-1] in _ENDED
        and abs(row.x0 - first.x0) <= 1
        and row.text[0].isupper()
        and (is_labelled(first.text))
    )


def _share_middle(first: Row, row: Row, measure: Measure) -> bool:
    """Whether two rows are both set in the middle of their column."""
    middle = (measure.x0 + measure.x1) / 2
    return (
        all(abs((r.x0 + r.x1) / 2 - middle) < 3 for r in (first, row)) and row.x0 > measure.x0 + 2
    )


def _hangs(first: Row, row: Row) -> bool:
    """Whether a row stands below the word behind the number or bullet of the one before."""
    if row.x0 <= first.x0 + 2 or not is_labelled(first.text):
        return False
    return any(abs(left - row.x0) < 2.0 for left in first.lefts[1:3])
