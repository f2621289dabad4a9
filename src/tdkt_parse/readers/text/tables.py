"""
Tables of a text: columns by tabs or bars, or each cell on a line of its own.
"""

from collections.abc import Iterator, Sequence

import regex

from tdkt_parse.layout import Cell, Line, Span, Table
from tdkt_parse.readers.text.lines import RawLine
from tdkt_parse.readers.text.markup import Cutter, between_breaks
from tdkt_parse.readers.text.stacked import Row, begins_table, find_rows
from tdkt_parse.spelling import BULLETS

TIMEOUT = 5.0
_BAR_RULE = regex.compile(r"[\s|:+=-]*-[\s|:+=-]*")
_LABEL_CELL = regex.compile(
    r"(?:\d{1,3}(?:\.\d{1,3}){0,3}|[A-Za-zĐđ]|[IVXL\u2160-\u216b]{1,7})[.)/:-]"
    rf"|[{BULLETS}\uf020-\uf0ff§Øüvqo]"
)
"""What stands before the tab of an item of a list; the last as lost signs of fonts."""


def count_rows(text: str, raw: Sequence[RawLine], index: int) -> int:
    """How many lines from this one on are the rows of one table; 0 for none."""
    mark = _column_mark(text, raw[index])
    if not mark:
        return 0
    end = index
    rows = 0
    while end < len(raw) and raw[end].end > raw[end].start:
        line = raw[end]
        if mark in text[line.start : line.end]:
            rows += 1
        elif mark == "|" or not _goes_on(text, raw, end):
            break
        end += 1
    widths = [_cells_in(text, line, mark) for line in raw[index:end]]
    if mark == "|":
        return end - index if max(widths) > 1 or rows > 1 or text[raw[index].start] == "|" else 0
    if max(widths) < 2 or (rows == 1 and max(widths) < 3):
        return 0
    tabbed = (line for line in raw[index:end] if mark in text[line.start : line.end])
    if max(widths) == 2 and all(_is_labelled(text, line) for line in tabbed):
        return 0
    return end - index


def _column_mark(text: str, line: RawLine) -> str | None:
    content = text[line.start : line.end]
    if "\t" in content.rstrip("\t") or ("\t" in content and content.strip("\t")):
        return "\t"
    bars = content.count("|")
    if bars >= 2 or (bars and content[0] == "|"):
        return "|"
    return None


def _cells_in(text: str, line: RawLine, mark: str) -> int:
    content = text[line.start : line.end]
    return len(content.strip("|").split("|")) if mark == "|" else content.count("\t") + 1


def _goes_on(text: str, raw: Sequence[RawLine], index: int) -> bool:
    """A line without tabs, between two rows or a small letter after one, belongs to the table."""
    line = raw[index]
    follows = index + 1 < len(raw) and "\t" in text[raw[index + 1].start : raw[index + 1].end]
    return follows or text[line.start].islower()


def _is_labelled(text: str, line: RawLine) -> bool:
    first = text[line.start : line.end].split("\t", maxsplit=1)[0].strip()
    return not first or bool(_LABEL_CELL.fullmatch(first, timeout=TIMEOUT))


def ruled_table(text: str, raw: Sequence[RawLine], cutter: Cutter, furniture: list[Span]) -> Table:
    """A table whose columns tabs or bars part; the bars go to the furniture."""
    rows: list[list[Cell]] = []
    mark = _column_mark(text, raw[0]) or "\t"
    for line in raw:
        content = text[line.start : line.end]
        if mark == "|":
            furniture += [
                (line.start + k, line.start + k + 1) for k, c in enumerate(content) if c == "|"
            ]
            if _BAR_RULE.fullmatch(content, timeout=TIMEOUT):
                furniture.append((line.start, line.end))
                continue
        elif mark not in content:
            extra = cutter.line(line.start, line.end, line.page, gap=False)
            if extra and rows and content[0].islower():
                last = next((k for k in range(len(rows[-1]) - 1, -1, -1) if rows[-1][k].lines), 0)
                rows[-1][last] = Cell((*rows[-1][last].lines, extra))
            elif extra:
                rows.append([Cell((extra,))])
            continue
        rows.append(_row(text, line, mark, cutter))
    width = max((len(row) for row in rows), default=0)
    for row in rows:
        if row and not any(cell.lines for cell in row[1:]) and len(row) < width:
            row[0] = Cell(row[0].lines, columns=width - len(row) + 1)
        else:
            row += [Cell()] * (width - len(row))
    return Table(tuple(map(tuple, rows)), (raw[0].start, raw[-1].end), raw[0].page)


def _row(text: str, line: RawLine, mark: str, cutter: Cutter) -> list[Cell]:
    start, end = line.start, line.end
    if mark == "|":
        start += text[start] == "|"
        end -= text[end - 1] == "|" and end > start
    found: list[Cell] = []
    at = start
    while True:
        stop = text.find(mark, at, end)
        stop = end if stop < 0 else stop
        found.append(Cell(tuple(_cell_lines(text, at, stop, line.page, cutter))))
        if stop == end:
            return found
        at = stop + 1


TICKS = frozenset("✓✔√☑☒●•○◯×+*")
"""Signs that mark a cell, as a cross under a quarter does; a dash says that there is nothing."""


def _cell_lines(
    text: str, start: int, end: int, page: int | None, cutter: Cutter
) -> Iterator[Line]:
    for begin, stop in between_breaks(start, end, cutter.marks):
        content = text[begin:stop]
        first = begin + len(content) - len(content.lstrip())
        last = first + len(content.strip())
        said = text[first:last]
        if any(map(str.isalnum, said)) or (said and TICKS.issuperset(said)):
            piece = cutter.line(first, last, page, gap=False)
            if piece:
                yield piece


def stacked_rows(text: str, raw: Sequence[RawLine], index: int) -> list[Row]:
    """The rows of a table that begins at a line, each cell on a line of its own; or none."""
    if not begins_table(text[raw[index].start : raw[index].end]):
        return []
    size = FIRST_LOOK
    while True:
        lines = [text[line.start : line.end] for line in raw[index : index + size]]
        rows = find_rows(lines)
        near = len(lines) - 2 * len(rows[0].lines) if rows else 0
        if not rows or len(lines) < size or rows[-1].lines[-1] < near:
            return rows
        size *= 4


FIRST_LOOK = 64
"""Lines in which such a table is looked for first; a longer one is looked for again."""


def stacked_table(raw: Sequence[RawLine], index: int, rows: Sequence[Row], cutter: Cutter) -> Table:
    """A table of which every cell stands on a line of its own."""
    width = len(rows[0].lines)
    found: list[tuple[Cell, ...]] = []
    for row in rows:
        lines = [raw[index + number] for number in row.lines]
        pieces = [cutter.line(line.start, line.end, line.page, gap=False) for line in lines]
        cells = [Cell((piece,) if piece else ()) for piece in pieces]
        if row.alone:
            cells = [Cell(cells[0].lines, columns=width)]
        found.append((*cells, *[Cell()] * (width - len(cells))) if not row.alone else (*cells,))
    span = raw[index].start, raw[index + rows[-1].lines[-1]].end
    return Table(tuple(found), span, raw[index].page)
