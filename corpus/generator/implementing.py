"""
How a plan is carried out: solutions, money, and who does what.
"""

from typing import Any

from generator.citing import fill_prose, prose, prose_going_on
from generator.outline import Outline, head_sub, head_top, items, wording
from generator.paper import Line
from generator.part import Part, cited, in_one
from generator.periods import Timing, choose_deadline
from generator.phrasebook import Desk, choose, choose_some
from generator.said import Said, capital, fill
from generator.setting import Setting
from generator.units import choose_units, within


def compose_solutions(desk: Desk, setting: Setting, outline: Outline, number: int) -> Part:
    """A section of solutions."""
    head, found = head_top(outline, number, wording(desk, setting, "solutions"), "solutions")
    rows = choose_some(desk, "implementing", "solutions", desk.rng.randint(2, 5))
    texts = [prose_going_on(desk, setting, row["text"]) for row in rows]
    lines = items(desk, outline, texts, numbered=outline.top != "number")
    return Part(
        (head, *(line for line, _ in lines)),
        {"sections": [found]},
        cited((value for _, value in lines), "solutions"),
    )


def compose_budget(desk: Desk, setting: Setting, outline: Outline, number: int) -> Part:
    """A section of money."""
    head, found = head_top(outline, number, wording(desk, setting, "budget"), "budget")
    rows = choose_some(desk, "implementing", "money", desk.rng.randint(1, 3))
    texts = [prose(desk, setting, row["text"]) for row in rows]
    lines = items(desk, outline, texts, numbered=outline.top != "number")
    return Part(
        (head, *(line for line, _ in lines)),
        {"sections": [found], "budget": [value.text for _, value in lines]},
        cited((value for _, value in lines), "budget"),
    )


def compose_implementation(desk: Desk, setting: Setting, outline: Outline, number: int) -> Part:
    """The section of implementation, as items or below headings that name units."""
    role = "implementation"
    head, found = head_top(outline, number, wording(desk, setting, role), role)
    start = Part((head,), {"sections": [found]})
    if desk.chance(0.3):
        desk.note("implementation:headings")
        return start.then(_below_units(desk, setting, outline, found))
    rows = choose_some(desk, "implementing", "items", desk.rng.randint(3, 6))
    forms = ["bullet", "plain"] + (["number"] * 3 if outline.top != "number" else [])
    form = desk.rng.choice(forms)
    desk.note(f"implementation:{form}")
    parts = []
    for at, row in enumerate(rows, 1):
        label = {"number": f"{at}{outline.sub_mark}", "bullet": outline.bullet}.get(form, "")
        end = outline.end if at < len(rows) else "."
        parts.append(_item(desk, setting, row["text"], label, end or "."))
    return start.then(in_one(parts))


def _item(desk: Desk, setting: Setting, template: str, label: str, end: str) -> Part:
    """One item that names its unit."""
    units = choose_units(desk, setting, 2)
    frame = choose(desk, "implementing", "frames")["text"]
    unit = units[0] if frame.startswith("{unit}") else within(units[0])
    what, deadlines = _what(desk, setting, template)
    slots: dict[str, Said | str] = {
        "unit": unit,
        "unit_within": unit,
        "other": within(units[-1]),
        "what": what,
        "What": capital(what),
    }
    said = fill(frame, slots) + end
    return _as_part(label, said, [unit], deadlines)


def _as_part(
    label: str,
    said: Said,
    actors: list[str],
    deadlines: list[Timing],
) -> Part:
    value: dict[str, Any] = {"actors": actors, "text": said.text, "deadlines": deadlines}
    line = Line(label + said.text, indent=True)
    return Part((line,), {"implementation": [value]}, cited([said], "implementation"))


def _what(desk: Desk, setting: Setting, template: str) -> tuple[Said, list[Timing]]:
    """What is to be done, and until when."""
    if "{when}" not in template:
        return fill_prose(desk, setting, template), []
    words, when = choose_deadline(desk, setting, [])
    desk.note("implementation:deadline")
    return fill_prose(desk, setting, template, when=words), [when]


def _below_units(desk: Desk, setting: Setting, outline: Outline, above: dict[str, Any]) -> Part:
    """Headings that name a unit; their items name none."""
    parts = []
    units = choose_units(desk, setting, desk.rng.randint(2, 4))
    rows = choose_some(desk, "implementing", "items", len(units) * 2)
    colon = ":" if desk.chance(0.25) else ""
    for number, unit in enumerate(units, 1):
        line, child = head_sub(outline, above["label"], number, unit + colon, "other")
        above["children"].append(child)
        parts.append(Part(blocks=(line,)))
        mine, rows = rows[:2], rows[2:]
        for row in mine[: desk.rng.randint(1, 2)]:
            what, deadlines = _what(desk, setting, row["text"])
            said = capital(what) + (outline.end or ".")
            parts.append(_as_part(outline.bullet, said, [unit], deadlines))
    return in_one(parts)
