"""
A table of a Plan as it is ruled on paper: which places are one cell, and where its lines break.

A Plan repeats what a merged cell says in every place it covers. Where the table was read from a
document, its text tells whether words were printed once or again; where it was not, words that
stand side by side twice are taken for one cell in the header, and in a row that holds nothing else.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from tdkt_parse.models import TableRead, Task
from tdkt_parse.periods import is_quarter_heading
from tdkt_parse.render.printed import Cell, Grid

TIMEOUT = 2.0
FARTHEST = 600
"""Letters that may stand between two cells in the text as read: a header that a page repeats."""


def rule_tables(table: TableRead, tasks: Sequence[Task]) -> Iterator[Grid]:
    """
    The grids of a table; ``tasks`` of the plan tell which lines of a cell name which unit.

    Where the header is repeated among its rows the table was cut in parts, and is again.
    """
    width = max((len(row) for row in table.rows), default=0)
    texts = [[*row, *[""] * (width - len(row))] for row in table.rows]
    printed = _printed(texts, table.evidence.text) or _likely(texts, table.header_rows)
    contents = _Contents(texts, tasks)
    depth = table.header_rows
    header = texts[:depth]
    starts = [r for r in range(depth, len(texts)) if depth and texts[r : r + depth] == header]
    for first, end in pairwise([0, *starts, len(texts)]):
        if first < end:
            yield _grid(texts[first:end], printed[first:end], depth, contents)


def _grid(
    texts: Sequence[Sequence[str]],
    printed: Sequence[Sequence[bool]],
    header_rows: int,
    contents: "_Contents",
) -> Grid:
    places: list[tuple[Cell | None, ...]] = []
    covered: set[tuple[int, int]] = set()
    for r, row in enumerate(texts):
        units = list(contents.lists_in(row)) if r >= header_rows else []
        made: list[Cell | None] = []
        for c, text in enumerate(row):
            if (r, c) in covered:
                made.append(None)
                continue
            down, across = _extent(texts, printed, covered, r, c)
            covered |= {(r + i, c + k) for i in range(down) for k in range(across)}
            made.append(Cell(tuple(_lines(text, units)), down, across))
        places.append(tuple(made))
    return Grid(header_rows, tuple(places), tuple(map(tuple, texts)))


def _extent(
    texts: Sequence[Sequence[str]],
    printed: Sequence[Sequence[bool]],
    covered: set[tuple[int, int]],
    row: int,
    column: int,
) -> tuple[int, int]:
    """How many rows and columns the cell that begins here covers."""
    text = texts[row][column]
    if not text:
        return 1, 1

    def goes_on(r: int, c: int) -> bool:
        return texts[r][c] == text and not printed[r][c] and (r, c) not in covered

    across = 1
    while column + across < len(texts[row]) and goes_on(row, column + across):
        across += 1
    down = 1
    while row + down < len(texts) and all(
        goes_on(row + down, c) for c in range(column, column + across)
    ):
        down += 1
    return down, across


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text)))


def _printed(texts: Sequence[Sequence[str]], read: str) -> list[list[bool]] | None:
    """Which places have words of their own in the text as read; ``None`` if that does not fit."""
    whole = _bare(read)
    if not whole:
        return None
    at = 0
    found: list[list[bool]] = []
    for r, row in enumerate(texts):
        found.append([])
        for c, text in enumerate(row):
            letters = _bare(text)
            beside = (c > 0 and row[c - 1] == text) or (r > 0 and texts[r - 1][c] == text)
            if not letters:
                found[-1].append(not beside)
            elif whole.startswith(letters, at):
                found[-1].append(True)
                at += len(letters)
            elif beside:
                found[-1].append(False)
            else:
                at = whole.find(letters, at, at + FARTHEST + len(letters))
                if at < 0:
                    return None
                found[-1].append(True)
                at += len(letters)
    return found


def _likely(texts: Sequence[Sequence[str]], header_rows: int) -> list[list[bool]]:
    """Which places have words of their own, where nothing but the words can tell."""
    found: list[list[bool]] = []
    for r, row in enumerate(texts):
        alone = len(set(row)) == 1
        found.append([])
        for c, text in enumerate(row):
            left = c > 0 and row[c - 1] == text
            above = r > 0 and texts[r - 1][c] == text
            head = r < header_rows
            across = left and (alone or head)
            down = above and (head or is_quarter_heading(text))
            found[-1].append(not (across or down))
    return found


# ---------------------------------------------------------------- lines of a cell


class _Contents:
    """The tasks of a plan by what they are, for the rows of one table."""

    def __init__(self, texts: Sequence[Sequence[str]], tasks: Sequence[Task]) -> None:
        cells = {_bare(text) for row in texts for text in row}
        self._whole: dict[str, list[Task]] = {}
        self._parts: list[tuple[str, Task]] = []
        """Tasks that are no cell of the table by themselves."""
        for task in tasks:
            content = _bare(task.content)
            if content in cells:
                self._whole.setdefault(content, []).append(task)
            elif content:
                self._parts.append((content, task))

    def lists_in(self, row: Sequence[str]) -> Iterator[Sequence[str]]:
        """What the cells of a row hold several of: tasks of one quarter, units that act."""
        for cell in map(_bare, row):
            parts = [task for content, task in self._parts if content in cell]
            if len(parts) > 1:
                yield [task.content for task in parts]
            for task in (*self._whole.get(cell, ()), *parts):
                yield from (units for units in (task.lead, task.support) if len(units) > 1)


_SIGNS = " -–+•*"
_BULLET = regex.compile(r"(?<=[:;.])\s+(?=[-–+•]\s)")


def _lines(text: str, lists: Sequence[Sequence[str]]) -> list[str]:
    """
    The words of a cell, broken before its bullets and before each unit that nothing else sets off.

    ``Sở Nội vụ Sở Tài chính``, which are two units, stood on two lines.
    """
    cuts = {mark.end() for mark in _BULLET.finditer(text, timeout=TIMEOUT)}
    for units in lists:
        cuts.update(_cuts(text, units))
    edges = [0, *sorted(cuts), len(text)]
    return [text[a:b].strip() for a, b in pairwise(edges) if text[a:b].strip()]


def _cuts(text: str, units: Sequence[str]) -> list[int]:
    """Where lines end between units; none if the cell does not hold them in this order."""
    cuts: list[int] = []
    at = 0
    for number, unit in enumerate(units):
        start = text.find(unit, at)
        if start < 0:
            return []
        between = text[at:start]
        if number and not between.strip(_SIGNS):
            cuts.append(at + len(between) - len(between.lstrip()))
        at = start + len(unit)
    return cuts
