"""
What the columns of a table of tasks hold, by its header (``data/columns.toml``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import regex

from tdkt_parse.numerals import parse_roman
from tdkt_parse.periods import find_quarters
from tdkt_parse.spelling import bare
from tdkt_parse.tasks.grid import Entry, Grid, filled, quarter_row
from tdkt_parse.tasks.prose import MONTH
from tdkt_parse.wording import kind_of_column, kind_of_misread_column

TIMEOUT = 2.0
LONGEST_LABEL = 6
"""Code points of what heads a column of numbers: ``STT``, and what it is misread as."""

VOWELS = frozenset("aeiouy")
_LIKE_TT = regex.compile(r"[s5]?[t1lif|]{2}\.?")
"""*TT*, *STT* and what they are misread as, without marks: ``TI``, ``STĨ``."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the columns hold: kind by column, and the quarter or month that a column stands for."""

    depth: int
    kinds: dict[int, str]
    quarters: dict[int, tuple[int, ...]] = field(default_factory=dict)
    months: dict[int, str] = field(default_factory=dict)
    in_rows: bool = False
    """Whether quarters stand in rows of their own."""
    timing: str | None = None
    """What the header of the time column says besides: ``Thời gian (Năm 2026)``."""

    by_kind: dict[str, list[int]] = field(init=False, repr=False)
    """The columns of each kind."""

    def __post_init__(self) -> None:
        by_kind: dict[str, list[int]] = {}
        for column, kind in self.kinds.items():
            by_kind.setdefault(kind, []).append(column)
        object.__setattr__(self, "by_kind", by_kind)

    def columns(self, kind: str) -> Sequence[int]:
        return self.by_kind.get(kind, ())

    def has(self, *kinds: str) -> bool:
        return not self.by_kind.keys().isdisjoint(kinds)


def read_header(grid: Grid) -> Header | None:
    """
    The header of a table of tasks; ``None`` if it is no such table.

    The header is the row among the first three that names most kinds of column, and one more below
    it if that names a column for each quarter or month.
    """
    best: tuple[int, int, dict[int, str]] = (0, 0, {})
    for number, row in enumerate(grid.rows[:3]):
        kinds = {c: kind for c, entry in enumerate(row) if (kind := _kind(entry))}
        count = len({kind for kind in kinds.values() if kind not in ("unused", "foreign")})
        if count > best[0]:
            best = (count, number, kinds)
    _, number, kinds = best
    if kinds:
        kinds = _misread(grid, number) | kinds
    count = len({kind for kind in kinds.values() if kind not in ("unused", "foreign")})
    depth = number + 1
    quarters, months = _calendar(grid.rows[number]) if grid.rows else ({}, {})
    if not _is_calendar(quarters, months) and depth < len(grid.rows):
        quarters, months = _calendar(grid.rows[depth], grid.rows[number])
        depth += _is_calendar(quarters, months)
    while depth < len(grid.rows) and _goes_down(grid.rows[depth], grid.rows[number]):
        depth += 1
    if depth == number + 1 and depth < len(grid.rows):
        below = _divided(grid.rows[depth], kinds)
        kinds |= below
        depth += bool(below)
    if not _is_calendar(quarters, months):
        quarters, months = {}, {}
    for column in [*quarters, *months]:
        kinds[column] = "marks"
    if "foreign" in kinds.values():
        return None
    in_rows = any(quarter_row(row) for row in grid.rows)
    header = Header(depth, _settle(grid, kinds), quarters, months, in_rows)
    if not header.has("content") and not (len(quarters) >= 2 and not header.has("lead")):
        header = replace(header, kinds=_unknown_as_content(grid, header, number))
    tied = header.has("lead", "support", "time", "quarter", "month", "marks") or in_rows
    if not header.has("content") and not quarters:
        return None
    return header if tied and (count >= 2 or quarters or in_rows) else None


def _misread(grid: Grid, number: int) -> dict[int, str]:
    """
    What the columns of a header row hold of which the name was misread, and a column of numbers.
    """
    row = grid.rows[number]
    found = {
        c: kind
        for c, entry in enumerate(row)
        if entry.text and len(entry.text) <= 120 and (kind := kind_of_misread_column(entry.text))
    }
    # A word there says what else is numbered: ``Khối``, ``Lớp``.
    label = bare(row[0].text) if row else ""
    wordless = len(label) <= LONGEST_LABEL and (
        VOWELS.isdisjoint(label) or _LIKE_TT.fullmatch(label, timeout=TIMEOUT)
    )
    if row and wordless and _is_counted(grid, number):
        found[0] = "ordinal"
    return found


def _is_counted(grid: Grid, number: int) -> bool:
    """
    Whether the first column counts the rows under a header, or anew from 1: two numbers at least,
    of which one may have been misread; rows that head others apart.
    """
    rows = [row for row in grid.rows[number + 1 :] if row[0].text and len(filled(row)) > 2]
    texts = [row[0].text.strip(" .)") for row in rows]
    numbers = [int(text) for text in texts if text.isdecimal() and len(text) < 4]
    counted = [after in (before + 1, 1) for before, after in pairwise(numbers)]
    if len(numbers) < 2 or len(texts) - len(numbers) > 1:
        return False
    return all(counted) or (len(numbers) > 3 and sum(counted) >= len(counted) - 1)


def _kind(entry: Entry) -> str | None:
    text = entry.text
    return kind_of_column(text) if text and len(text) <= 120 else None


def _is_calendar(quarters: dict[int, tuple[int, ...]], months: dict[int, str]) -> bool:
    """
    Whether columns stand for quarters, or for months: two of a kind at least.

    ``Quý I | 1 | Họp | Tháng 01/2024`` is a row of tasks.
    """
    return max(len(set(quarters.values())), len(set(months.values()))) > 1


def _divided(row: Sequence[Entry], above: Mapping[int, str]) -> dict[int, str]:
    """
    What the columns of a second header row hold, where it divides a cell of the first.

    ``| TT | Nội dung | Đơn vị thực hiện | |`` over ``| | | Chủ trì | Phối hợp |``, in a text that
    shows no merged cells: all that is printed in it are names of columns, under no content.
    """
    named = {column: _kind(entry) for column, entry in enumerate(row) if entry.text}
    if len(named) < 2 or any(above.get(column) in ("ordinal", "content") for column in named):
        return {}
    if not all(kind in ("lead", "support", "begin", "time", "unused") for kind in named.values()):
        return {}
    return {column: kind for column, kind in named.items() if kind}


def _goes_down(row: Sequence[Entry], header: Sequence[Entry]) -> bool:
    """Whether a cell of the header covers this row too."""
    return any(
        entry.merged and entry.lines and entry.lines is above.lines
        for entry, above in zip(row, header, strict=True)
    )


_BARE_QUARTER = regex.compile(r"(?:[Qq]\.?\s?)?(IV|I{1,3}|[1-4])")
_BARE_MONTH = regex.compile(r"[Tt]?\s?(0?[1-9]|1[0-2])")


def _run_of_quarters(row: Sequence[Entry]) -> dict[int, int]:
    """
    Columns headed by the number of a quarter alone: ``I`` to ``IV``, ``Q1`` to ``Q4``.
    """
    bare = [(c, _BARE_QUARTER.fullmatch(e.text, timeout=TIMEOUT)) for c, e in enumerate(row)]
    found = {
        c: parse_roman(m.group(1)) or int(m.group(1))
        for c, m in bare
        if m and (m.group()[:1] in "Qq" or not m.group(1).isdigit())
    }
    first = min(found, default=0)
    whole = [(first + k, k + 1) for k in range(4)]
    return found if [*found.items()] == whole else {}


def _calendar(
    row: Sequence[Entry], above: Sequence[Entry] = ()
) -> tuple[dict[int, tuple[int, ...]], dict[int, str]]:
    """
    The columns of a header row that stand for a quarter or a month.

    Under a cell that says ``Quý`` or ``Tháng`` for all of them a number is enough.
    """
    quarters: dict[int, tuple[int, ...]] = {}
    months: dict[int, str] = {}
    run = _run_of_quarters(row)
    if any(_kind(entry) == "begin" for entry in above):
        return quarters, months  # ``Tháng 2 | Tháng 11``, in the first row of tasks.
    for column, entry in enumerate(row):
        text = entry.text
        if not text or len(text) > 40 or entry.merged:
            continue
        if column in run:
            quarters[column] = (run[column],)
            continue
        if above and _kind(above[column]) == "content":
            continue  # ``Phát động thi đua quý II``, in the first row of tasks.
        told = above[column].text.lower() if above else ""
        bare = _BARE_QUARTER.fullmatch(text, timeout=TIMEOUT) if "quý" in told else None
        if bare:
            quarters[column] = (parse_roman(bare.group(1)) or int(bare.group(1)),)
            continue
        bare = _BARE_MONTH.fullmatch(text, timeout=TIMEOUT) if "tháng" in told else None
        if bare:
            months[column] = f"Tháng {int(bare.group(1))}"
            continue
        found = find_quarters(text, heading=True)
        if found and len(found) <= 2:
            quarters[column] = tuple(found)
        elif MONTH.fullmatch(text, timeout=TIMEOUT):
            months[column] = "Tháng " + text.lstrip("TtHhÁáNnGg ")
    return quarters, months


def _settle(grid: Grid, kinds: dict[int, str]) -> dict[int, str]:
    """
    One content column: the widest of those that could be.

    With ``Nội dung | Đơn vị`` an ``Đơn vị`` leads; alone with a time (``Đơn vị | Thời gian``) it is
    what the table is of.
    """
    contents = [column for column, kind in kinds.items() if kind == "content"]
    if len(contents) > 1:
        rows = grid.rows[1:40]
        widest = max(contents, key=lambda c: sum(len(row[c].text) for row in rows))
        for column in contents:
            if column != widest and grid.rows[0][column].lines != grid.rows[0][widest].lines:
                kinds[column] = "unused"
            elif column != widest:
                kinds[column] = "content_too"
    return kinds


def _unknown_as_content(grid: Grid, header: Header, number: int) -> dict[int, str]:
    """Where no column is named content, the first of unknown name holds it."""
    kinds = dict(header.kinds)
    row = grid.rows[number] if grid.rows else ()
    for column, entry in enumerate(row):
        if column not in kinds and entry.text and column not in header.quarters:
            kinds[column] = "content"
            return kinds
    if "lead" in kinds.values() and "time" in kinds.values() and "support" not in kinds.values():
        column = next(c for c, kind in kinds.items() if kind == "lead")
        kinds[column] = "content"
    return kinds
