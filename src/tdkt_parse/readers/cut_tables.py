"""
Tables of a Word file or a page that stand one after the other with no words between: one that was
cut, or two.

Word itself never cuts a table at the end of a page; people do, and then the rows below keep their
columns. A table whose columns stand elsewhere, or with a header of its own, is another one.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from tdkt_parse.layout import Line, Span, Table, join_tables, row_texts
from tdkt_parse.numerals import parse_roman

SHIFT = 0.15
"""Of a table's width: how far Word may move the columns of one part to fit its words."""

MOST_OF_FORM = 2
"""Columns of a letterhead or a signature, which are no header of what stands below."""


def join_cut_tables(
    text: str,
    blocks: Sequence[Line | Table],
    grids: Mapping[Span, tuple[int, ...]],
    *,
    pages: bool = True,
) -> list[Line | Table]:
    """
    The blocks with each table that was cut in parts as one; ``grids``: widths of columns.

    ``pages``: whether pages end in the format. Where none does, only a table goes on that says so,
    by its header or by its numbers.
    """
    runs: list[list[Line | Table]] = [[]]
    first: Table | None = None
    for block in blocks:
        if not isinstance(block, Table):
            first = None
        elif first is None:
            first = block
        elif _is_another(text, first, block, grids) or not (pages or _goes_on(text, first, block)):
            runs.append([])
            first = block
        runs[-1].append(block)
    return [block for run in runs for block in join_tables(text, run)]


def _is_another(
    text: str, table: Table, below: Table, grids: Mapping[Span, tuple[int, ...]]
) -> bool:
    if not table.rows or not below.rows or _titles(text, table) == _titles(text, below):
        return False
    if len(table.rows) == 1 and max(map(len, below.rows)) <= MOST_OF_FORM:
        return True
    if below.header or (_has_bold_header(text, table) and _has_bold_header(text, below)):
        return True
    return _are_shifted(grids.get(table.span, ()), grids.get(below.span, ()))


def _goes_on(text: str, table: Table, below: Table) -> bool:
    """Whether a table repeats the header of the one above it, or begins with a later number."""
    if not table.rows or not below.rows or _titles(text, table) == _titles(text, below):
        return True
    first = (_titles(text, below) or ("",))[0].strip(" .)")
    return first.isdigit() and int(first[:9]) > 1


def _titles(text: str, table: Table) -> tuple[str, ...]:
    return row_texts(text, table.rows[0])


def _has_bold_header(text: str, table: Table) -> bool:
    """Whether all cells of the first row have words, all bold, and it is no numbered row."""
    row = table.rows[0]
    if len(row) < 2 or not all(cell.lines and all(x.bold for x in cell.lines) for cell in row):
        return False
    first = _titles(text, table)[0].strip(" .)")
    return bool(first) and not (first.isdigit() or parse_roman(first))


def _are_shifted(columns: Sequence[int], below: Sequence[int]) -> bool:
    """Whether some border between columns stands elsewhere, the widths of the tables made equal."""
    if len(columns) != len(below) or min((*columns, *below), default=0) <= 0:
        return False
    borders = zip(accumulate(columns), accumulate(below), strict=True)
    return any(abs(a / sum(columns) - b / sum(below)) > SHIFT for a, b in borders)
