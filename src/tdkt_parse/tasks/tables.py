"""
Tasks by quarter, from tables of every form.

A table is known by its header (``data/columns.toml``). The quarter stands in a row of its own
(``QUÝ I``, ``II  Quý II``), in a column, in one column for each quarter, in the heading above the
table, or in the cell that says when.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import regex

from tdkt_parse.actors import split_units
from tdkt_parse.layout import Repair, Span, Table, cells
from tdkt_parse.models import Timing
from tdkt_parse.numerals import parse_roman
from tdkt_parse.passage import EMPTY, Passage, join, read_line
from tdkt_parse.periods import find_quarters, is_quarter_heading, parse_timing
from tdkt_parse.spelling import BULLETS, key
from tdkt_parse.tasks.prose import MONTH, deadline_of
from tdkt_parse.tasks.read import Read
from tdkt_parse.wording import kind_of_column

TIMEOUT = 2.0
MOST_COLUMNS = 64
"""Columns of a table that are looked at; the widest real one had 19."""


class Entry(NamedTuple):
    """One cell of the grid: its lines as read, and whether it is repeated from a merged cell."""

    lines: tuple[Passage, ...] = ()
    text: str = ""
    merged: bool = False

    @property
    def passage(self) -> Passage:
        return join(self.lines) if self.lines else EMPTY


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as rows of entries, a merged cell standing in every place it covers."""

    rows: tuple[tuple[Entry, ...], ...]
    repeated: frozenset[int] = frozenset()
    continued: frozenset[int] = frozenset()


_NOTHING = Entry()


def read_grid(text: str, table: Table, repairs: Sequence[Repair] = ()) -> Grid:
    """The grid of a table over the text as read."""
    width = min(max((sum(c.columns for c in row) for row in table.rows), default=0), MOST_COLUMNS)
    rows: list[list[Entry]] = [[_NOTHING] * width for _ in table.rows]
    for number, column, cell in cells(table):
        if column >= width or not cell.lines:
            continue
        lines = tuple([p for line in cell.lines if (p := read_line(text, line, repairs)).text])
        said = lines[0].text if len(lines) == 1 else " ".join(line.text for line in lines)
        for down in range(min(cell.rows, len(rows) - number)):
            for across in range(min(cell.columns, width - column)):
                rows[number + down][column + across] = Entry(
                    lines, said, merged=bool(down or across)
                )
    return Grid(tuple(map(tuple, rows)), table.repeated, table.continued)


# ---------------------------------------------------------------- the header


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
    count, number, kinds = best
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
    in_rows = any(_quarter_row(row) for row in grid.rows)
    header = Header(depth, _settle(grid, kinds), quarters, months, in_rows)
    if not header.has("content") and not (len(quarters) >= 2 and not header.has("lead")):
        header = replace(header, kinds=_unknown_as_content(grid, header, number))
    tied = header.has("lead", "support", "time", "quarter", "month", "marks") or in_rows
    if not header.has("content") and not quarters:
        return None
    return header if tied and (count >= 2 or quarters or in_rows) else None


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
    if not all(kind in ("lead", "support", "time", "unused") for kind in named.values()):
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


# ---------------------------------------------------------------- rows


_QUARTER_ALONE = regex.compile(r"(?i)quý\s*(?:I{1,3}|IV|[1-4])(?:\s*[/năm.\s-]*20\d\d)?\s*[:.]?")
_ORDINAL = regex.compile(r"(?:[IVXL]{1,7}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3})*|[a-zđ])\s?[.)]?")


def _filled(row: Sequence[Entry]) -> list[str]:
    """The different texts of a row, in order: a merged cell once."""
    texts: list[str] = []
    for entry in row:
        if entry.text and (not texts or entry.text != texts[-1]):
            texts.append(entry.text)
    return texts


def _quarter_row(row: Sequence[Entry]) -> list[int]:
    """The quarters that a row names, alone or after its ordinal."""
    texts = [text for text in _filled(row) if any(map(str.isalnum, text))]
    if not texts or len(texts) > 2:
        return []
    text = texts[-1]
    # An ordinal may be misread; the quarter stands alone then.
    if (
        len(texts) == 2
        and not _ORDINAL.fullmatch(texts[0], timeout=TIMEOUT)
        and (len(texts[0]) > 3 or not _QUARTER_ALONE.fullmatch(text, timeout=TIMEOUT))
    ):
        return []
    if not text[:1].isalnum() or len(text) > 120 or not is_quarter_heading(text):
        return []
    return find_quarters(text, heading=True)


def _group_row(row: Sequence[Entry], header: Header) -> str | None:
    """The text of a row that heads a group: alone, or only an ordinal before it."""
    texts = _filled(row)
    if not texts or len(texts) > 2:
        return None
    if len(texts) == 1:
        entry = next(e for e in row if e.text)
        content = header.columns("content")
        spans_all = sum(e.text == texts[0] for e in row) > 1
        stands_first = row[0].text == texts[0] and 0 not in content
        return texts[0] if spans_all or stands_first or entry.text.isupper() else None
    first = row[0].text
    if (
        first == texts[0]
        and _ORDINAL.fullmatch(first, timeout=TIMEOUT)
        and (first.rstrip(".) ").isupper() or "." in first)
    ):
        return texts[1]
    return None


def _outer_row(row: Sequence[Entry], below: Sequence[Entry], header: Header) -> str | None:
    """The text of a row numbered 1 over rows numbered 1.1, 1.2."""
    if not below or len(_filled(row)) != 2:
        return None
    outer = _cell(row, header, "ordinal").text.strip(" .")
    inner = _cell(below, header, "ordinal").text.strip(" .")
    return _filled(row)[1] if outer and inner.startswith(outer + ".") else None


def _is_numbering(row: Sequence[Entry]) -> bool:
    """``(1) (2) (3)``: the numbers of the columns."""
    if len(row) < 3 or row[0].text.strip("() ") != "1":
        return False
    numbers = [entry.text.strip("() ") for entry in row]
    return all(n == str(k) for k, n in enumerate(numbers, 1))


_MARK = regex.compile(r"[xX✓✔√●•*+☑v]{1,3}|\d{1,2}")


def find_table_tasks(
    grid: Grid, header: Header, *, year: int | None, quarters: Sequence[int] = ()
) -> list[Read]:
    """
    The tasks of a table with such a header.

    ``quarters`` are those of the heading above the table, ``year`` the plan's own.
    """
    found: list[Read] = []
    current = list(quarters)
    numbered_quarters = False
    has_quarters = bool(quarters) or header.has("quarter", "marks") or header.in_rows
    group_timing: Timing | None = None
    in_column: Entry | None = None
    for number, row in enumerate(grid.rows):
        if number < header.depth or number in grid.repeated or _is_numbering(row):
            continue
        named = _quarter_row(row)
        if named:
            current, numbered_quarters, group_timing = named, len(_filled(row)) == 2, None
            continue
        below = grid.rows[number + 1] if number + 1 < len(grid.rows) else ()
        group = _group_row(row, header) or _outer_row(row, below, header)
        if group is not None:
            if numbered_quarters and len(_filled(row)) == 2:
                current = list(quarters)
            group_timing = (
                parse_timing(group, year) if MONTH.match(group, timeout=TIMEOUT) else None
            )
            continue
        if not header.has("content"):
            found += _tasks_by_column(row, header, year)
            continue
        kind = "time" if header.columns("time") == [0] else "quarter"
        column = _cell(row, header, kind).text
        if not column.strip(" -–.") and in_column and not _cell(row, header, "month").text:
            row = _with(row, header.columns(kind)[0], in_column)
        elif column:
            named = find_quarters(column, heading=True) if kind == "time" else [0]
            in_column = _cell(row, header, kind) if named else None
        read = _row_task(row, header, year, current, with_quarters=has_quarters)
        if read is None:
            continue
        if found and _goes_on(row, header, found[-1], continued=number in grid.continued):
            found[-1] = _merge(found[-1], read)
            continue
        if not read.content:
            if found and (read.timing or read.lead):
                found.append(
                    replace(
                        read,
                        content=found[-1].content,
                        ordinal=found[-1].ordinal,
                        quarters=read.quarters or found[-1].quarters,
                    )
                )
            continue
        if group_timing and read.timing is None:
            read = replace(read, timing=group_timing)
        found.append(read)
    return found


def _with(row: Sequence[Entry], column: int, entry: Entry) -> tuple[Entry, ...]:
    """A row of which a blank cell stands for the one above it, as merged cells come out blank."""
    shared = entry._replace(merged=True)
    return tuple(shared if number == column else old for number, old in enumerate(row))


def _goes_on(row: Sequence[Entry], header: Header, last: Read, *, continued: bool) -> bool:
    """Whether a row is the rest of the one before it, cut by the page's edge."""
    ordinal = _cell(row, header, "ordinal")
    content = _cell(row, header, "content")
    if ordinal.text or any(e.merged and e.text for e in row):
        return False
    if not content.text:
        time = _cell(row, header, "time")
        return (
            bool(_cell(row, header, "lead").text or _cell(row, header, "support").text)
            and not time.text
            and continued
        )
    return content.text[:1].islower() and not last.content.endswith((".", ";"))


def _merge(first: Read, rest: Read) -> Read:
    def more(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
        if a and b and b[0][:1].islower():
            return (*a[:-1], f"{a[-1]} {b[0]}", *b[1:])
        return (*a, *b)

    return replace(
        first,
        content=f"{first.content} {rest.content}".strip(),
        lead=more(first.lead, rest.lead),
        support=more(first.support, rest.support),
        timing=first.timing or rest.timing,
        spans=(*first.spans, *rest.spans),
    )


def _cell(row: Sequence[Entry], header: Header, kind: str) -> Entry:
    for column in header.columns(kind):
        if column < len(row):
            return row[column]
    return _NOTHING


_BULLET = regex.compile(rf"[{BULLETS}]\s+")


def _without_bullets(entry: Entry) -> str:
    """What a cell says, its lines together, each without the sign that begins it."""
    if not any(line.text[:1] in BULLETS for line in entry.lines):
        return entry.text
    texts = [line.text for line in entry.lines]
    heads = [_BULLET.match(text, timeout=TIMEOUT) for text in texts]
    return " ".join(t[h.end() :] if h else t for t, h in zip(texts, heads, strict=True))


_INNER_ORDINAL = regex.compile(r"(\d{1,3}(?:\.\d{1,3})*)[.)]\s+")
_SAID = regex.compile(
    r"(?i)(?:^|[;.\n-])\s*(?:đơn vị|cơ quan)?\s*(?P<what>chủ trì|phối hợp)(?:\s+thực hiện)?\s*:\s*"
)


def _row_task(
    row: Sequence[Entry],
    header: Header,
    year: int | None,
    current: Sequence[int],
    *,
    with_quarters: bool,
) -> Read | None:
    """The task of one row; its content may be empty."""
    if not any(entry.text for entry in row):
        return None
    ordinal = _cell(row, header, "ordinal").text.strip(" .)") or None
    body = _without_bullets(_cell(row, header, "content"))
    inner = (
        _INNER_ORDINAL.match(body, timeout=TIMEOUT)
        if ordinal is None and not header.has("ordinal")
        else None
    )
    if inner:
        ordinal, body = inner.group(1), body[inner.end() :]
    lead, support = _units(row, header)
    timing = _timing(row, header, year)
    if timing is None and not header.has("time", "month", "marks"):
        timing = deadline_of(body, year)
    quarters = _quarters(row, header, current, with_quarters=with_quarters)
    return Read(
        tuple(quarters),
        ordinal,
        body,
        lead,
        support,
        timing,
        tuple(_spans(row)),
        "table_row",
    )


def _spans(row: Sequence[Entry]) -> Iterator[Span]:
    for entry in row:
        if not entry.merged:
            for line in entry.lines:
                yield from line.spans(0, len(line.text))


def _units(row: Sequence[Entry], header: Header) -> tuple[tuple[str, ...], tuple[str, ...]]:
    lead: list[str] = []
    support: list[str] = []
    seen: set[int] = set()
    for kind, into in (("lead", lead), ("support", support)):
        for column in header.columns(kind):
            entry = row[column]
            if not entry.lines or id(entry.lines) in seen or _repeats(row, header, column, kind):
                continue
            seen.add(id(entry.lines))
            lines = [line.text for line in entry.lines]
            told = "\n".join(lines)
            said = list(_SAID.finditer(told, timeout=TIMEOUT)) if ":" in told else []
            if kind == "lead" and said:
                for match, end in zip(
                    said, [*(m.start() for m in said[1:]), len(told)], strict=True
                ):
                    units = split_units(told[match.end() : end].split("\n"))
                    (support if key(match["what"]).startswith(key("phối")) else lead).extend(units)
            else:
                into.extend(split_units(lines))
    return tuple(lead), tuple(support)


def _repeats(row: Sequence[Entry], header: Header, column: int, kind: str) -> bool:
    """A cell merged over lead and support is lead; a text file repeats it in both."""
    text = row[column].text
    return kind == "support" and any(row[c].text == text for c in header.columns("lead"))


def _timing(row: Sequence[Entry], header: Header, year: int | None) -> Timing | None:
    time = _cell(row, header, "time").text
    if time and any(map(str.isalnum, time)):
        return parse_timing(time, year)
    month = _cell(row, header, "month").text
    if month and any(map(str.isalnum, month)):
        return parse_timing(month if not month[:1].isdigit() else f"Tháng {month}", year)
    marked = [name for column, name in header.months.items() if _is_marked(row[column])]
    if marked:
        return parse_timing("; ".join(marked), year)
    dated = "; ".join(
        row[column].text
        for column in header.quarters
        if _is_marked(row[column]) and not _MARK.fullmatch(row[column].text, timeout=TIMEOUT)
    )
    timing = parse_timing(dated, year) if dated else None  # 15/02 where others put a cross
    return timing if timing and timing.end else None


def _is_marked(entry: Entry) -> bool:
    return bool(entry.text.strip(" -–.0"))


def _quarters(
    row: Sequence[Entry], header: Header, current: Sequence[int], *, with_quarters: bool
) -> list[int]:
    marked = sorted(
        {q for c, named in header.quarters.items() if _is_marked(row[c]) for q in named}
    )
    if marked:
        return marked
    column = _cell(row, header, "quarter").text
    if column:
        bare = column.strip(" .")
        named = find_quarters(
            bare if key(bare).startswith(key("quý")) else f"Quý {bare}", heading=True
        )
        if named:
            return named
    if current:
        return list(current)
    named = find_quarters(_cell(row, header, "time").text)
    if named:
        return named
    if with_quarters and header.has("month", "marks"):
        month = _cell(row, header, "month").text
        months = [int(n) for n in _MONTH_NUMBER.findall(month, timeout=TIMEOUT)]
        return sorted({(m - 1) // 3 + 1 for m in months if 1 <= m <= 12})
    return []


_MONTH_NUMBER = regex.compile(r"\d{1,2}(?!\d)")
_ITEM = regex.compile(rf"^\s*(?:[{BULLETS}]|\d{{1,2}}[.)]|[a-zđ]\))\s*")


def _tasks_by_column(row: Sequence[Entry], header: Header, year: int | None) -> Iterator[Read]:
    """Where each quarter has a column of its own that holds the tasks themselves."""
    for column, named in header.quarters.items():
        entry = row[column]
        if entry.merged or not entry.lines:
            continue
        items: list[list[Passage]] = []
        for line in entry.lines:
            bullet = _ITEM.match(line.text, timeout=TIMEOUT)
            if bullet or not items:
                items.append([line.cut(bullet.end() if bullet else 0, len(line.text))])
            else:
                items[-1].append(line)
        for item in items:
            passage = join(item)
            if passage and not _MARK.fullmatch(passage.text, timeout=TIMEOUT):
                spans = tuple(passage.spans(0, len(passage.text)))
                yield Read(
                    named,
                    None,
                    passage.text,
                    (),
                    (),
                    deadline_of(passage.text, year),
                    spans,
                    "quarter_column",
                )
