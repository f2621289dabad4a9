"""
What is to be done: tasks as prose under headings of quarters, and topics that are in no quarter.
"""

from typing import Any

from generator.citing import fill_prose
from generator.outline import Outline, Section, head_sub
from generator.paper import Line
from generator.part import Part, cited, in_one
from generator.periods import ROMAN, Timing, choose_deadline
from generator.phrasebook import Desk, choose, choose_some
from generator.said import Said, capital, fill, small
from generator.setting import Setting
from generator.units import choose_units, within

Task = dict[str, Any]


def task(
    quarters: list[int],
    ordinal: str | None,
    content: str,
    lead: list[str],
    support: list[str],
    timing: Timing | None,
) -> Task:
    """A task as the answer has it."""
    return {
        "quarters": quarters,
        "ordinal": ordinal,
        "content": content,
        "lead": lead,
        "support": support,
        "timing": timing,
    }


def choose_contents(desk: Desk, setting: Setting, count: int) -> list[Said]:
    """So many different things to do."""
    rows = choose_some(desk, "tasks", "tasks", count)
    quarter = ROMAN[desk.rng.randint(1, 4)]
    return [fill_prose(desk, setting, row["text"], q=quarter) for row in rows]


def compose_quarters(desk: Desk, setting: Setting, outline: Outline, above: Section) -> Part:
    """Headings of quarters, each with its tasks, below a section."""
    desk.note("tasks:prose")
    parts = []
    for number, (text, quarters) in enumerate(_headings(desk, setting), 1):
        line, child = head_sub(outline, above["label"], number, text, "quarter")
        above["children"].append(child)
        parts.append(Part(blocks=(line,)))
        contents = choose_contents(desk, setting, desk.rng.randint(2, 4))
        bullet = "" if desk.chance(0.2) else outline.bullet
        for at, content in enumerate(contents, 1):
            end = outline.end if at < len(contents) else "."
            parts.append(_sentence(desk, setting, content, quarters, (bullet, end or ".")))
    return in_one(parts)


def _headings(desk: Desk, setting: Setting) -> list[tuple[str, list[int]]]:
    """Headings that cover the year: by quarters, in pairs, or by halves."""
    plan = desk.rng.choice(
        ((1, 1, 1, 1), (1, 1, 1, 1), (2, 1, 1), (1, 1, 2), (2, 2), (3, 3), (3, 1, 1))
    )
    found = []
    quarter = 1
    single = choose(desk, "headings", "quarters", lambda row: row["span"] == 1)["text"]
    for span in plan:
        if span == 3:
            half = 1 if quarter == 1 else 2
            template, quarters = choose_half(desk, half), [half * 2 - 1, half * 2]
        elif span == 2:
            template = choose(desk, "headings", "quarters", lambda row: row["span"] == 2)["text"]
            quarters = [quarter, quarter + 1]
        else:
            template, quarters = single, [quarter]
        slots = {**setting.words, "q": ROMAN[quarters[0]], "r": ROMAN[quarters[-1]]}
        found.append((fill(template, slots).text, quarters))
        quarter = quarters[-1] + 1
    return found


def choose_half(desk: Desk, half: int) -> str:
    """How a half of the year is called."""
    row = choose(desk, "headings", "quarters", lambda row: row.get("half") == half)
    return str(row["text"])


def _sentence(
    desk: Desk,
    setting: Setting,
    content: Said,
    quarters: list[int],
    around: tuple[str, str],
) -> Part:
    """One task as a paragraph, with a bullet before and a mark behind it."""
    frame = choose(desk, "tasks", "frames")["text"]
    lead: list[str] = []
    support: list[str] = []
    when: Timing | None = None
    slots: dict[str, Said | str] = {
        "what": content,
        "lower": Said(small(content.text), content.citations),
    }
    if "{lead}" in frame:
        lead, support = ([unit] for unit in choose_units(desk, setting, 2))
        support = [within(support[0])]
        slots |= {"lead": lead[0], "support": support[0]}
    if "{when}" in frame:
        slots["when"], when = choose_deadline(desk, setting, quarters)
    bullet, end = around
    said = capital(fill(frame, slots)) + end
    return Part(
        (Line(bullet + said.text, indent=True),),
        {"tasks": [task(quarters, None, said.text, lead, support, when)]},
        cited([said], "quarter"),
    )


def compose_topics(desk: Desk, setting: Setting, outline: Outline, above: Section) -> Part:
    """Topics with what is to be done, in no quarter and until no day: not tasks of a quarter."""
    desk.note("tasks:topics")
    parts = []
    rows = choose_some(desk, "headings", "topics", desk.rng.randint(2, 4))
    for number, row in enumerate(rows, 1):
        line, child = head_sub(outline, above["label"], number, row["text"], "other")
        above["children"].append(child)
        parts.append(Part(blocks=(line,)))
        for content in choose_contents(desk, setting, desk.rng.randint(1, 3)):
            said = content + "."
            block = Line(outline.bullet + said.text, indent=True)
            parts.append(Part((block,), {}, cited([said], "content")))
    return in_one(parts)
