"""
Tables of tasks, in many layouts of columns.
"""

from dataclasses import dataclass

from generator.citing import prose
from generator.paper import Cell, Table
from generator.part import Part, cited
from generator.periods import ROMAN, Timing, choose_quarters, choose_time
from generator.phrasebook import Desk, Row, choose, choose_mark, choose_some
from generator.said import Said, fill
from generator.setting import Setting
from generator.tasks import Task, choose_contents, choose_half, task
from generator.units import choose_units, list_units

_WIDTHS = {
    "no": 0.6,
    "content": 4.0,
    "inspected": 4.0,
    "lead": 2.0,
    "support": 2.0,
    "time": 1.7,
    "product": 1.4,
    "note": 1.2,
    "quarter": 0.9,
    "mark": 0.6,
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row: its cells by the name of their column, and what it says."""

    cells: dict[str, tuple[str, ...]]
    citations: tuple[Said, ...]
    value: Task
    merged: bool = False
    """Lead and support are one cell."""


def compose_table(desk: Desk, setting: Setting, where: str) -> Part:
    """A table, its tasks and what they cite."""
    layout = choose(desk, "tasks", "layouts")
    desk.note(f"table:{layout['text']}")
    columns = [
        name for name in layout["columns"] for name in (["mark"] * 4 if name == "marks" else [name])
    ]
    by_row = layout["quarters"] in ("row", "roman", "topics")
    groups = _groups(desk, setting, layout)
    restarts = desk.chance(0.5)
    style = desk.rng.choice(("{}", "{}", "{}", "{:02}", "{}."))
    called = choose(desk, "headings", "rows")["text"] if by_row else ""
    column_of_group = layout["quarters"] == "column" and desk.chance(0.5)
    width = len(columns)
    rows = list(_header(layout, columns))
    header = len(rows)
    tasks: list[Task] = []
    texts: list[Said] = []
    breaks: list[int] = []
    count = 0
    for number, (quarters, entries, topic) in enumerate(groups, 1):
        if by_row:
            text = topic or _named(desk, setting, called, quarters)
            rows.append(_quarter_row(layout, text, number, width))
            count = 0 if restarts else count
        for at, entry in enumerate(entries):
            count += 1
            blank = "no" in columns and desk.chance(0.02)
            ordinal = None if blank or "no" not in columns else style.format(count)
            tall = 0
            if column_of_group:
                tall = len(entries) if at == 0 else -1
            rows.append(_row(columns, entry, ordinal, tall))
            tasks.append({**entry.value, "ordinal": ordinal})
            texts += entry.citations
            if at and not column_of_group and len(breaks) < 1 and desk.chance(0.04):
                breaks.append(len(rows) - 1)
    if breaks:
        desk.note("table:broken")
    widths = [_WIDTHS[name] for name in columns]
    table = Table(
        tuple(rows),
        tuple(width / sum(widths) for width in widths),
        header=header,
        repeats=desk.chance(0.4),
        breaks=tuple(breaks),
    )
    return Part((table,), {"tasks": tasks}, cited(texts, where))


def _header(layout: Row, columns: list[str]) -> list[tuple[Cell, ...]]:
    """One row of heads, or two where a head stands over lead and support."""
    heads = layout["heads"]
    if "over" not in layout:
        return [tuple(_head(text) for text in heads)]
    first, second = [], []
    for name, text in zip(columns, heads, strict=True):
        if name == "lead":
            first.append(Cell((layout["over"],), columns=2, bold=True, align="center"))
        if name in ("lead", "support"):
            second.append(_head(text))
        else:
            first.append(Cell((text,), rows=2, bold=True, align="center"))
    return [tuple(first), tuple(second)]


def _head(text: str) -> Cell:
    return Cell((text,), bold=True, align="center")


def _groups(desk: Desk, setting: Setting, layout: Row) -> list[tuple[list[int], list[_Entry], str]]:
    """The rows, by the quarters they stand under; all in one group where there are none."""
    signs = choose_mark(desk, ("x", "x", "X"), ("✓",)), desk.rng.choice(("Quý ", "Quý ", ""))
    found: list[tuple[list[int], list[_Entry], str]] = []
    if layout["quarters"] in ("row", "roman", "column"):
        parted = [[1], [2], [3], [4]]
        if layout["quarters"] != "column" and desk.chance(0.15):
            desk.note("table:halves")
            parted = [[1, 2], [3, 4]]
        contents = choose_contents(desk, setting, 16)
        for quarters in parted:
            count = desk.rng.randint(1, 4)
            mine, contents = contents[:count], contents[count:]
            entries = [_entry(desk, setting, layout, quarters, content, signs) for content in mine]
            found.append((quarters, entries, ""))
        return found
    if layout["quarters"] == "topics":
        for row in choose_some(desk, "headings", "topics", desk.rng.randint(2, 4)):
            contents = choose_contents(desk, setting, desk.rng.randint(1, 3))
            entries = [_entry(desk, setting, layout, [], content, signs) for content in contents]
            found.append(([], entries, row["text"]))
        return found
    if "inspected" in layout["columns"]:
        rows = choose_some(desk, "tasks", "inspected", desk.rng.randint(3, 5))
        contents = [prose(desk, setting, row["text"]) for row in rows]
    else:
        contents = choose_contents(desk, setting, desk.rng.randint(5, 10))
    return [([], [_entry(desk, setting, layout, [], content, signs) for content in contents], "")]


def _entry(
    desk: Desk,
    setting: Setting,
    layout: Row,
    quarters: list[int],
    content: Said,
    signs: tuple[str, str],
) -> _Entry:
    """One row of a layout; ``signs`` mark a quarter, and stand before its number."""
    names = layout["columns"]
    end = desk.rng.choice(("", "", "", ".", ";"))
    content = content + end
    cells: dict[str, tuple[str, ...]] = {"content": (content.text,), "inspected": (content.text,)}
    citations = {"content": content, "inspected": content}
    lead: list[str] = []
    support: list[str] = []
    merged = False
    if "lead" in names:
        units = choose_units(desk, setting, desk.rng.choice((2, 2, 3, 4)))
        lead, support = units[:1], units[1:]
        if "support" not in names:
            lead = units[: desk.rng.randint(1, 3)]
        elif len(units) > 3 and desk.chance(0.5):
            lead, support = units[:2], units[2:]
        cells["lead"] = list_units(desk, lead)
    if "support" not in names:
        support = []
    else:
        beside = names.index("support") == names.index("lead") + 1
        if beside and desk.chance(0.08):
            merged, support = True, []
            desk.note("table:merged_lead_support")
        elif desk.chance(0.12):
            support = []
        cells["support"] = list_units(desk, support) if support else ()
    marked = quarters
    when: Timing | None = None
    match layout["quarters"]:
        case "time":
            text, marked, when = choose_quarters(desk, setting)
            cells["time"] = (text,)
        case "marks":
            marked = sorted(desk.rng.sample(range(1, 5), desk.rng.choice((1, 1, 1, 2, 4))))
        case "column":
            text = signs[1] + ROMAN[quarters[0]]
            cells["quarter"] = (text,)
        case _ if "time" in names and not desk.chance(0.06):
            said, when = choose_time(desk, setting, quarters)
            cells["time"] = (said.text,)
            citations["time"] = said
    if "product" in names:
        cells["product"] = (choose(desk, "tasks", "products")["text"],)
    if "note" in names and desk.chance(0.25):
        cells["note"] = (choose(desk, "tasks", "notes")["text"],)
    value = task(marked, None, content.text, lead, support, when)
    ordered = tuple(citations[name] for name in names if name in citations)
    if "marks" in names:
        for quarter in range(1, 5):
            cells[f"mark{quarter}"] = (signs[0],) if quarter in marked else ()
    return _Entry(cells, ordered, value, merged)


def _named(desk: Desk, setting: Setting, called: str, quarters: list[int]) -> str:
    """A quarter, as this table calls them, or a half of the year."""
    if len(quarters) == 2:
        half = choose_half(desk, (quarters[0] + 1) // 2)
        return fill(half, setting.words).text.upper()
    return fill(called, {**setting.words, "q": ROMAN[quarters[0]]}).text


def _quarter_row(layout: Row, text: str, number: int, width: int) -> tuple[Cell, ...]:
    """The row that says which quarter follows."""
    if layout["quarters"] in ("roman", "topics"):
        return (
            Cell((ROMAN[number],), bold=True, align="center"),
            Cell((text,), columns=width - 1, bold=True),
        )
    return (Cell((text,), columns=width, bold=True, align="center"),)


def _row(columns: list[str], entry: _Entry, ordinal: str | None, tall: int) -> tuple[Cell, ...]:
    """
    The cells of one row. ``tall``: the rows that its quarter's cell covers; less than 0 where a row
    above has that cell.
    """
    found = []
    marks = 0
    for name in columns:
        if name == "no":
            found.append(Cell((ordinal,) if ordinal else (), align="center"))
        elif name == "mark":
            marks += 1
            found.append(Cell(entry.cells[f"mark{marks}"], align="center"))
        elif name == "quarter":
            if tall >= 0:
                found.append(Cell(entry.cells[name], rows=max(tall, 1), align="center"))
        elif name == "lead":
            found.append(Cell(entry.cells[name], columns=2 if entry.merged else 1))
        elif name != "support" or not entry.merged:
            found.append(
                Cell(entry.cells.get(name, ()), align="justify" if name == "content" else "left")
            )
    return tuple(found)
