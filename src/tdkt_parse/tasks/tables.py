"""
Tasks by quarter, from tables of every form.

A table is known by its header. The quarter stands in a row of its own (``QUÝ I``, ``II  Quý II``),
in a column, in one column for each quarter, in the heading above the table, or in the cell that
says when.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from tdkt_parse.layout import Span
from tdkt_parse.models import Timing
from tdkt_parse.passage import Passage, join
from tdkt_parse.periods import find_quarters, is_of_whole_year, parse_timing
from tdkt_parse.spelling import BULLETS, key
from tdkt_parse.tasks.grid import NOTHING, ORDINAL, Entry, Grid, filled, quarter_row
from tdkt_parse.tasks.header import Header
from tdkt_parse.tasks.prose import MONTH, deadline_of
from tdkt_parse.tasks.read import Read
from tdkt_parse.tasks.units import Units
from tdkt_parse.wording import is_actor

TIMEOUT = 2.0


def _group_row(row: Sequence[Entry], header: Header) -> str | None:
    """The text of a row that heads a group: alone, or only an ordinal before it."""
    texts = filled(row)
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
        and ORDINAL.fullmatch(first, timeout=TIMEOUT)
        and (first.rstrip(".) ").isupper() or "." in first)
    ):
        return texts[1]
    return None


def _outer_row(row: Sequence[Entry], below: Sequence[Entry], header: Header) -> str | None:
    """The text of a row numbered 1 over rows numbered 1.1, 1.2."""
    if not below or len(filled(row)) != 2:
        return None
    outer = _cell(row, header, "ordinal").text.strip(" .")
    inner = _cell(below, header, "ordinal").text.strip(" .")
    return filled(row)[1] if outer and inner.startswith(outer + ".") else None


def _is_numbering(row: Sequence[Entry]) -> bool:
    """``(1) (2) (3)``: the numbers of the columns; one of them may have been misread."""
    if len(row) < 3 or any(len(entry.text) > 3 or not entry.text for entry in row):
        return False
    numbers = [entry.text.strip("() ") for entry in row]
    right = sum(n == str(k) for k, n in enumerate(numbers, 1))
    return right == len(row) or (right == len(row) - 1 > 1 and "(" in row[-1].text)


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
    units = Units(grid, header)
    for number, row in enumerate(grid.rows):
        if number < header.depth or number in grid.repeated or _is_numbering(row):
            continue
        named = quarter_row(row)
        if named:
            current, numbered_quarters, group_timing = named, len(filled(row)) == 2, None
            continue
        below = grid.rows[number + 1] if number + 1 < len(grid.rows) else ()
        group = _group_row(row, header) or _outer_row(row, below, header)
        if group is not None:
            if (numbered_quarters and len(filled(row)) == 2) or is_of_whole_year(group):
                current = list(quarters)
            group_timing = (
                parse_timing(group, year) if MONTH.match(group, timeout=TIMEOUT) else None
            )
            continue
        if not header.has("content") or _tells_by_quarter(row, header, year):
            found += _tasks_by_column(row, header, year)
            continue
        kind = "time" if header.columns("time") == [0] else "quarter"
        column = _cell(row, header, kind).text
        if not column.strip(" -–.") and in_column and not _cell(row, header, "month").text:
            row = _with(row, header.columns(kind)[0], in_column)
        elif column:
            named = find_quarters(column, heading=True) if kind == "time" else [0]
            in_column = _cell(row, header, kind) if named else None
        read = _row_task(row, header, year, current, units, with_quarters=has_quarters)
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
    return NOTHING


_BULLET = regex.compile(rf"[{BULLETS}]\s+")


def _without_bullets(entry: Entry) -> str:
    """What a cell says, its lines together, each without the sign that begins it."""
    if not any(line.text[:1] in BULLETS for line in entry.lines):
        return entry.text
    texts = [line.text for line in entry.lines]
    heads = [_BULLET.match(text, timeout=TIMEOUT) for text in texts]
    return " ".join(t[h.end() :] if h else t for t, h in zip(texts, heads, strict=True))


_INNERORDINAL = regex.compile(r"(\d{1,3}(?:\.\d{1,3})*)[.)]\s+")


def _row_task(
    row: Sequence[Entry],
    header: Header,
    year: int | None,
    current: Sequence[int],
    units: "Units",
    *,
    with_quarters: bool,
) -> Read | None:
    """The task of one row; its content may be empty."""
    if not any(entry.text for entry in row):
        return None
    ordinal = _cell(row, header, "ordinal").text.strip(" .)") or None
    body = _without_bullets(_cell(row, header, "content"))
    inner = (
        _INNERORDINAL.match(body, timeout=TIMEOUT)
        if ordinal is None and not header.has("ordinal")
        else None
    )
    if inner:
        ordinal, body = inner.group(1), body[inner.end() :]
    lead, support = units.of(row)
    timing, told = _timing(row, header, year), None
    if timing is None and not header.has("time", "month", "marks"):
        told = units.time_of(row)
        timing = parse_timing(told, year) if told else deadline_of(body, year)
    quarters = _quarters(row, header, current, with_quarters=with_quarters)
    if told and not quarters:
        quarters = find_quarters(told)
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


def _timing(row: Sequence[Entry], header: Header, year: int | None) -> Timing | None:
    time = _cell(row, header, "time").text
    begin = _cell(row, header, "begin").text
    if begin and any(map(str.isalnum, begin)):
        return _from_to(begin, time, year)
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


def _from_to(begin: str, end: str, year: int | None) -> Timing | None:
    """When a task is done that has a column for its beginning and one for its end."""
    first = parse_timing(begin, year)
    if not any(map(str.isalnum, end)):
        return Timing(text=begin, start=first.start)
    last = parse_timing(end, year)
    if not first.start or not last.end or first.start > last.end:
        return last
    return Timing(
        text=f"{begin} - {end}", start=first.start, end=last.end, recurrence=last.recurrence
    )


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


def _tells_by_quarter(row: Sequence[Entry], header: Header, year: int | None) -> bool:
    """
    Whether the columns of the quarters say what is done in each, so that what stands before them
    only names a field of work: neither crosses nor days, nor who does it, nor one word for all.
    """
    cells = [row[column] for column in header.quarters if _is_marked(row[column])]
    texts = [entry.text for entry in cells if not entry.merged]
    if len(set(texts)) < 2 or max(len(text.split()) for text in texts) < _SHORTEST_TASK:
        return False
    return not any(
        _MARK.fullmatch(text, timeout=TIMEOUT)
        or is_actor(text)
        or parse_timing(text, year).end
        or not any(map(str.isalpha, text))
        for text in texts
    )


_SHORTEST_TASK = 3
"""Words of the longest of a row's cells at least, if they say what is done."""


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
