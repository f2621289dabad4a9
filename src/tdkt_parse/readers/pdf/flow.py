"""
The pages of a document as one flow: what a page break cut is put together again.

A sentence goes on at the top of the next page, so do the two columns of a signature, a table with
its header printed once more or not, and a row of it that the break cut in two.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

import regex

from tdkt_parse.readers.pdf.cells import PADDING, PageCell, PageTable, is_same_grid, spread
from tdkt_parse.readers.pdf.columns import Strip
from tdkt_parse.readers.pdf.glyphs import TIMEOUT
from tdkt_parse.readers.pdf.page import Page
from tdkt_parse.readers.pdf.paragraphs import (
    Measure,
    Paragraph,
    find_paragraphs,
    goes_on,
    measure_of,
)
from tdkt_parse.readers.pdf.rows import Row
from tdkt_parse.spelling import BULLETS, bare


@dataclass(slots=True)
class FlowTable:
    """
    A table over one or more pages.

    ``repeated``: the rows that print the header again; ``continued``: those that begin a part that
    went on without it.
    """

    xs: tuple[float, ...]
    rows: list[list[PageCell]]
    pages: list[int]
    repeated: list[list[PageCell]] = field(default_factory=list)
    continued: set[int] = field(default_factory=set)
    part: int = 0
    """The first of the rows that stand on the last page."""

    @property
    def foot(self) -> list[PageCell]:
        """The cells that reach the foot of the last page, also from rows above the last one."""
        cells = [cell for row in self.rows[self.part :] for cell in row]
        last = max((cell.row + cell.rows for cell in cells), default=0)
        found = [cell for cell in cells if cell.row + cell.rows == last]
        return sorted(found, key=lambda cell: cell.column)


@dataclass(slots=True)
class Columns:
    """Two columns side by side, read one after the other."""

    left: list[list[Row]] = field(default_factory=list)
    right: list[list[Row]] = field(default_factory=list)
    bounds: tuple[float, float] | None = None
    """The edges of the page's text."""


Block = Paragraph | Columns | FlowTable


class Flow:
    """The blocks of the pages so far; pages are added in order."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.measure: Measure | None = None
        self.open: Strip | None = None
        """The right column at the foot of the last page."""

    def add(self, page: Page) -> None:
        """The next page."""
        rows = [r for b in page.blocks if isinstance(b, Strip) and not b.side for r in b.rows]
        measure = self._measure(rows, page)
        first = True
        for block in page.blocks:
            if isinstance(block, PageTable):
                self._add_table(block, at_top=first)
            elif block.side:
                self._add_column(block, measure, goes_on=first and self.open is not None)
                if first and self.open is not None:
                    continue  # Both columns of what goes on are at the top.
            else:
                self._add_rows(block.rows, measure, at_top=first)
            first = False
            self.open = None
        last = page.blocks[-1] if page.blocks else None
        if last is not None:
            self.open = last if isinstance(last, Strip) and last.side == 2 else None
        if rows:
            self.measure = measure

    def _measure(self, rows: Sequence[Row], page: Page) -> Measure:
        """How a page is set; a page with little on it as the one before."""
        own = measure_of(rows)
        if own.width < 0.4 * page.shape.width:
            # A few short rows do not show where the column ends: as far from the edge as it begins.
            own = replace(own, x1=max(own.x1, page.shape.width - own.x0))
        before = self.measure
        if before is None or len(rows) >= 8 or not rows:
            return own
        if (
            abs(own.x0 - before.x0) < 60
            and own.x1 <= before.x1 + 3
            and before.x1 < page.shape.width
        ):
            return before
        return own

    def _add_rows(self, rows: Sequence[Row], measure: Measure, *, at_top: bool) -> None:
        last = self.blocks[-1] if self.blocks else None
        taken = 0
        if at_top and isinstance(last, Paragraph) and self._goes_over(last, rows[0], measure):
            last.rows.append(rows[0])
            last.measure = measure
            taken = 1
            while taken < len(rows) and goes_on(last, rows[taken], measure):
                last.rows.append(rows[taken])
                taken += 1
        self.blocks += find_paragraphs(rows[taken:], measure)

    @staticmethod
    def _goes_over(last: Paragraph, row: Row, measure: Measure) -> bool:
        """Whether a paragraph goes on at the top of the next page, whose margin may be another."""
        before = last.measure
        if before.x1 - last.rows[-1].x1 > 0.25 * before.width:
            return False
        shift = measure.x0 - before.x0
        return goes_on(last, replace(row, x0=row.x0 - shift, x1=row.x1 - shift), before)

    def _add_column(self, strip: Strip, measure: Measure, *, goes_on: bool) -> None:
        last = self.blocks[-1] if self.blocks else None
        if not isinstance(last, Columns) or (not goes_on and strip.side == 1 and last.right):
            last = Columns(bounds=(measure.x0, measure.x1) if measure.x1 else None)
            self.blocks.append(last)
        (last.left if strip.side == 1 else last.right).append(strip.rows)

    # -- tables

    def _add_table(self, part: PageTable, *, at_top: bool) -> None:
        last = self.blocks[-1] if self.blocks else None
        if (
            isinstance(last, FlowTable)
            and last.pages[-1] != part.page
            and at_top
            and _goes_on_grid(last, part)
        ):
            _join(last, part)
            return
        self.blocks.append(FlowTable(part.lattice.xs, part.rows, [part.page]))


def _goes_on_grid(table: FlowTable, part: PageTable) -> bool:
    fake = PageTable(table.pages[-1], part.lattice._replace(xs=table.xs), table.rows)
    return is_same_grid(fake, part)


def _join(table: FlowTable, part: PageTable) -> None:
    """Put the part of a table on a page to those before."""
    if len(part.lattice.xs) != len(table.xs):
        if len(part.lattice.xs) > len(table.xs):
            earlier = PageTable(table.pages[-1], part.lattice, table.rows)
            table.xs = part.lattice.xs
            spread(earlier, table.xs)
        else:
            spread(part, table.xs)
    table.pages.append(part.page)
    rows = part.rows
    depth = 0
    while (
        depth < min(len(table.rows), len(rows), 3)
        and _is_same(_texts(table.rows[depth]), _texts(rows[depth]))
        and any(_texts(rows[depth]))
        and not _is_counted(_texts(rows[depth]))
    ):
        depth += 1
    table.repeated += rows[:depth]
    rows = rows[depth:]
    foot = table.foot
    if rows and (_is_cut(table, foot, rows[0]) or _is_empty_rest(table, foot, rows)):
        _mend(foot, rows[0])
        rows = rows[1:]
    elif rows and not depth:
        table.continued.add(len(table.rows))
    if rows:
        table.part = len(table.rows)
        table.rows += rows


ALIKE = 0.9
"""The share of their letters that two headers have in common if one is a misprint of the other."""
LEAST_ALIKE = 0.75
"""The same of each of their cells of more letters than are ``SHORT``."""
SHORT = 4
FEWEST_ALIKE = 2
"""Of cells that are all as short, at least so many are alike, and two of three."""
FEW_LETTERS = 14


def _is_same(header: Sequence[str], row: Sequence[str]) -> bool:
    """
    Whether a row prints a header again, as it may be with a slip of the typist or of an OCR engine.

    >>> _is_same(["TT", "Nội dung công việc"], ["'TT", "Nội đung công việc"])
    True
    >>> _is_same(["Nội dung", "Sản phẩm"], ["Nội dung", "Sản phãm"])
    True
    >>> _is_same(["TT", "Nội dung quý I"], ["TT", "Nội dung quý II"])
    False
    >>> _is_same(["TT", "Nội dung", "QI", "QIII"], ["TT", "Nội dung", "Q1", "Oll"])
    True
    >>> _is_same(["TT", "Nội dung", "Quý I", "Quý III"], ["TT", "Nội dung", "Quý I", "Quý m"])
    True
    >>> _is_same(["TT", "NHIỆM VỤ", "QUÝ I", "QUÝ III"], ["TT", "NHIỆM VỤ", "QUÝI", "QUÝIH"])
    True
    >>> _is_same(["TT", "Nội dung", "Quý I", "Quý II"], ["TT", "Nội dung", "Quý III", "Quý IV"])
    False
    >>> _is_same(["(1)", "(2)", "(3)", "(4)"], ["q)", "(2)", "(3)", "(4)"])
    True
    >>> _is_same(["TT", "ND", "CT"], ["T1", "ND", "CT"])
    True
    >>> _is_same(["1", "2", "3"], ["1", "", ""]), _is_same(["TT", "I", "II"], ["", "x", "II"])
    (False, False)
    >>> _is_same(["TT", "Nội dung", "QI"], ["1", "Phát động", "x"])
    False
    >>> _is_same(["TT", "QI", "QII"], ["1", "x", ""])
    False
    """
    if header == row:
        return True
    if len(header) != len(row):
        return False
    said, again = (
        ["".join(filter(str.isalnum, bare(text))) for text in one] for one in (header, row)
    )
    if said == again:
        return any(said)
    if not _counts_alike(header, row):
        return False
    if all(len(text) <= SHORT for text in (*said, *again)):
        alike = sum(1 for one, other in zip(said, again, strict=True) if one == other != "")
        return alike >= FEWEST_ALIKE and alike * 3 >= 2 * len(row)
    # A short one, ``QIII`` or ``Quý III``, an engine may read as anything; the rest tells.
    raw = [max(map(len, two)) for two in zip(said, again, strict=True)]
    said, again = (
        ["".join(filter(str.isalnum, bare(_LETTERS_OF_NUMERAL.sub(" ", text)))) for text in one]
        for one in (header, row)
    )
    long_ = [
        at
        for at, two in enumerate(zip(said, again, strict=True))
        if max(map(len, two)) > SHORT
        and not (raw[at] <= 2 * SHORT and _counts(header[at], row[at]))
    ]
    ones, others = [said[at] for at in long_], [again[at] for at in long_]
    letters = sum(map(len, ones))
    if ones == others:
        return letters > SHORT
    from rapidfuzz.distance import Levenshtein

    return (
        letters >= FEW_LETTERS
        and Levenshtein.normalized_similarity("|".join(ones), "|".join(others)) >= ALIKE
        and all(
            Levenshtein.normalized_similarity(a, b) >= LEAST_ALIKE
            for a, b in zip(ones, others, strict=True)
        )
    )


_NUMERAL = regex.compile(r"(?<!\p{L})(?:(?i:quý)|Q\.?)?([IVX]+)(?!\p{L})|(\d+)")
_LETTERS_OF_NUMERAL = regex.compile(r"\d+|[IVX]+(?!\p{L})")
"""Also where an engine read no space before it, ``QUÝIII``, and at the end of other words."""
_COLUMN = regex.compile(r"\W*(\d{1,2})\W*")


def _counts_alike(header: Sequence[str], row: Sequence[str]) -> bool:
    """
    Whether the numbers in the cells of two rows may be the same ones.

    Years have to be. Of the quarters or months that stand in the cells of a header an engine
    misreads some; as many others are alike. One that is no number any more says nothing.

    >>> _counts_alike(["Quý I", "Quý II", "Quý III"], ["Quý 1", "Quý H", "Quý II"])
    True
    >>> _counts_alike(["QUÝ I", "QUÝ III"], ["QUÝI", "QUÝIII"])
    True
    >>> _counts_alike(["THỜI GIAN", "QUÝ I"], ["THỜI GIAN", "QUÝ II"])
    False
    >>> _counts_alike(["Quý I", "Quý II"], ["Quý II", "Quý III"])
    False
    >>> _counts_alike(["Năm 2024", "Năm 2025"], ["Năm 2024", "Năm 2026"])
    False
    """
    like = unlike = 0
    for one, other in zip(header, row, strict=True):
        numbers, others = _numbers(one), _numbers(other)
        years, other_years = (set(filter(_is_year, some)) for some in (numbers, others))
        if years and other_years and years != other_years:
            return False
        counted, again = ([n for n in some if not _is_year(n)] for some in (numbers, others))
        if not counted or not again:
            continue
        if counted == again:
            like += 1
        else:
            unlike += 1
    return not unlike or like >= unlike


def _counts(one: str, other: str) -> bool:
    """Whether a cell of a header and what is read on the next page for it say a number."""
    return any(_numbers(text) for text in (one, other))


def _is_year(number: str) -> bool:
    return len(number) > 2 and number.isdecimal()


def _numbers(text: str) -> list[str]:
    """Its numbers, the figure 1 as the letter that engines take it for; years are left as such."""
    found = ["".join(filter(None, groups)) for groups in _NUMERAL.findall(text, timeout=TIMEOUT)]
    return [one if _is_year(one) else one.replace("1", "I") for one in found]


_ORDINAL = regex.compile(r"\(?(?:\d{1,3}|[IVX]{1,5}|[a-zđ])[.)]{0,2}")


def _is_counted(texts: Sequence[str]) -> bool:
    """
    Whether a row has a number of its own, as no header has; one of nothing but numbers is a header.

    >>> _is_counted(["1", "Phát động thi đua"]), _is_counted(["(1)", "(2)"])
    (True, False)
    """
    numbered = [bool(_ORDINAL.fullmatch(text, timeout=TIMEOUT)) for text in texts if text]
    return bool(texts[0]) and numbered[0] and not all(numbered)


def _texts(row: Sequence[PageCell]) -> list[str]:
    return [" ".join(cell.text.split()) for cell in row]


def _is_cut(table: FlowTable, above: Sequence[PageCell], row: Sequence[PageCell]) -> bool:
    """
    Whether the first row of a page is the rest of the last one of the page before.

    Both have the same cells; what stands in the rest stands below cells that were filled to the
    foot; and the rest has no number of its own, where the rows have numbers, or begins in the
    middle of a sentence.
    """
    if len(above) < 2 or [(c.column, c.columns) for c in above] != [
        (c.column, c.columns) for c in row
    ]:
        return False
    filled = [(a, b) for a, b in zip(above, row, strict=True) if b.paragraphs]
    if not filled or all(a.paragraphs and b.paragraphs for a, b in zip(above, row, strict=True)):
        return (
            bool(filled) and _is_numberless(table, row) and all(_runs_over(a, b) for a, b in filled)
        )
    if not all(a.paragraphs and (_reaches_foot(a) or _is_in_sentence(a, b)) for a, b in filled):
        return False
    first = row[0]
    if first.paragraphs and above[0].paragraphs:
        return all(_runs_over(a, b) for a, b in filled)
    begins = [b.text.lstrip(BULLETS + " ")[:1].isupper() for _, b in filled]
    items = [b.text[0] in BULLETS for _, b in filled]
    if len(filled) == len(row) - 1 > 1 and all(begins) and not all(items):
        return False  # Each cell begins anew: a row whose number was left out.
    return any(_runs_over(a, b) for a, b in filled) or _is_numberless(table, row)


def _is_empty_rest(
    table: FlowTable, above: Sequence[PageCell], rows: Sequence[Sequence[PageCell]]
) -> bool:
    """
    Whether the first row of a page is the rest of the last one of the page before, without words.

    Programs draw the lower edge of a row whose words all had their place above. A form to be filled
    in has more rows that are empty.
    """
    first, *others = rows
    return (
        any(cell.paragraphs for cell in above)
        and [(c.column, c.columns) for c in above] == [(c.column, c.columns) for c in first]
        and not any(cell.paragraphs for cell in first)
        and all(any(cell.paragraphs for cell in row) for row in (*table.rows, *others))
    )


def _is_numberless(table: FlowTable, row: Sequence[PageCell]) -> bool:
    """Whether the rows of the table are numbered, and this one is not."""
    if row[0].paragraphs:
        return False
    firsts = [
        one[0].text
        for one in table.rows[1:]
        if len(one) == len(row) and one[0].columns == row[0].columns
    ]
    return bool(firsts) and sum(1 for text in firsts if text) * 3 >= 2 * len(firsts)


ROOM_FOR_LINE, ROOM_FOR_TWO = 1.4, 2.6
"""Of the type size: from the base of a line to the foot of the next, and of the one after that."""
APART = 3.0
"""Points: how far paragraphs of a cell stand apart."""


def _reaches_foot(cell: PageCell, room: float = ROOM_FOR_LINE) -> bool:
    """Whether no further line had its place in a cell."""
    last = cell.paragraphs[-1].rows[-1]
    return cell.box.y1 - last.base < room * last.size + APART


def _is_in_sentence(above: PageCell, below: PageCell) -> bool:
    """
    Whether a cell of the next page begins in the middle of a sentence, and no more than one line
    had its place below the words of this one: programs leave no line alone on a page.
    """
    last = above.paragraphs[-1].rows[-1]
    return (
        _reaches_foot(above, ROOM_FOR_TWO)
        and below.paragraphs[0].rows[0].text[0].islower()
        and last.text[-1] not in ".;:"
    )


def _runs_over(above: PageCell, below: PageCell) -> bool:
    """Whether the words of a cell go on in one of the next page."""
    if not above.paragraphs or not below.paragraphs:
        return False
    first = below.paragraphs[0].rows[0]
    last = above.paragraphs[-1].rows[-1]
    if first.text[0].islower() or last.text[-1] in ",(–-":
        return True
    return last.text[-1] not in ".;:" and goes_on(
        above.paragraphs[-1], first, above.paragraphs[-1].measure
    )


def _mend(above: Sequence[PageCell], below: Sequence[PageCell]) -> None:
    """Put the rest of a row to its beginning, cell by cell."""
    for cell, rest in zip(above, below, strict=True):
        paragraphs = rest.paragraphs
        if cell.paragraphs and paragraphs:
            last, first = cell.paragraphs[-1], paragraphs[0]
            if goes_on(last, first.rows[0], last.measure):
                last.rows += first.rows
                paragraphs = paragraphs[1:]
        cell.paragraphs += paragraphs
        cell.box = rest.box
        cell.rows += rest.rows - 1


def column_paragraphs(
    strips: Sequence[Sequence[Row]], bounds: tuple[float, float] | None, *, right: bool
) -> Iterator[Paragraph]:
    """The paragraphs of a column, each strip of it set in its own measure."""
    for number, rows in enumerate(strips):
        edges = _column_edges(rows, bounds, right=right)
        measure = replace(measure_of(rows, edges), kind="column", known=edges is not None)
        for index, paragraph in enumerate(find_paragraphs(rows, measure)):
            paragraph.gap = paragraph.gap or (index == 0 and number == 0)
            yield paragraph


def _column_edges(
    rows: Sequence[Row], bounds: tuple[float, float] | None, *, right: bool
) -> tuple[float, float] | None:
    """
    The edges of a column whose rows are centred: as far from their middle as the page's text ends.
    """
    if bounds is None or not rows:
        return None
    middle = median((row.x0 + row.x1) / 2 for row in rows)
    centred = sum(1 for row in rows if abs((row.x0 + row.x1) / 2 - middle) < 3)
    half = bounds[1] - middle if right else middle - bounds[0]
    widest = max(row.x1 - row.x0 for row in rows) / 2
    if centred * 2 <= len(rows) or half < widest - 3:
        return None
    # The column is a cell of a table that nobody ruled: its words stand off from its edges.
    half = max(half - PADDING, widest)
    return middle - half, middle + half
