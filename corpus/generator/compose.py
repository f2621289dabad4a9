"""
A plan made up from phrase tables, and what stands in it.

The values are chosen first and printed after; nothing printed is ever read back.
"""

from dataclasses import dataclass, replace
from random import Random
from typing import Any

from generator.aims import compose_aims
from generator.appendix import compose_appendices
from generator.bases import choose_bases, compose_bases_section, compose_preamble
from generator.citing import may_be_called_again, prose
from generator.ending import compose_ending
from generator.implementing import compose_budget, compose_implementation, compose_solutions
from generator.lapsed import with_lapsed, with_old_law
from generator.letterhead import Head, compose_head, compose_title
from generator.outline import Outline, choose_outline, head_top, wording
from generator.paper import Line, Mark, Note, Paper
from generator.part import Part, cited
from generator.phrasebook import Desk, Split, choose
from generator.said import capital, fill
from generator.setting import Setting, choose_setting
from generator.slips import respell_answer, respell_paper, slip
from generator.task_table import compose_table
from generator.tasks import compose_quarters, compose_topics
from generator.ties import judge, tied

_EMPTY: dict[str, Any] = {
    "legal_bases": [],
    "citations": [],
    "sections": [],
    "purpose": [],
    "requirements": [],
    "tasks": [],
    "implementation": [],
    "budget": [],
    "appendices": [],
    "footnotes": [],
    "addressees": [],
}


@dataclass(frozen=True, slots=True)
class Made:
    """A paper, what it says, and what it shows (``"table:roman"``, ``"letterhead:party"``)."""

    paper: Paper
    answer: dict[str, Any]
    traits: tuple[str, ...]


def compose(split: Split, seed: int) -> Made:
    """The plan of a seed; the same seed gives the same plan."""
    return compose_at(open_desk(split, seed))


def open_desk(split: Split, seed: int) -> Desk:
    """A desk whose dice are those of a seed."""
    return Desk(split, Random(f"{split} {seed}"), second=Random(f"{split} {seed} audit"))


def compose_at(desk: Desk) -> Made:
    """A plan written at a desk."""
    setting, titled = choose_setting(desk)
    setting = with_old_law(desk, setting)
    outline = choose_outline(desk)
    head = compose_head(desk, setting)
    whole = head.part.then(compose_title(desk, setting, titled))
    whole = whole.then(_addressed(desk, setting))
    bases = with_lapsed(desk, setting, choose_bases(desk, setting)) if desk.chance(0.96) else []
    desk.named += [
        one for basis in bases for one in basis.rest.citations if may_be_called_again(one)
    ]
    in_section = bool(bases) and desk.chance(0.1)
    if not in_section:
        whole = whole.then(compose_preamble(desk, bases))
    if desk.chance(0.08):
        row = choose(desk, "titles", "narratives")
        desk.note("bases:narrative")
        text = fill(row["text"], setting.words).text
        whole = whole.then(Part((Line(text, indent=True),)))
    whole = whole.then(_issuing(desk, setting, head))
    number = 1
    if in_section:
        whole = whole.then(compose_bases_section(desk, setting, outline, bases))
        number += 1
    body = _sections(desk, setting, outline, number)
    units = [unit for one in body.answer["implementation"] for unit in one["actors"]]
    units += [unit for one in body.answer.get("tasks", []) for unit in one["lead"] + one["support"]]
    kept = [one["text"] for one in body.citations] + [unit for unit in units if "," in unit]
    body = replace(body, blocks=slip(desk, body.blocks, kept))
    whole = whole.then(_with_note(desk, setting, body)).then(compose_ending(desk, setting))
    if desk.chance(0.2):
        whole = whole.then(compose_appendices(desk, setting, outline, head))
        if not head.stands:
            whole = whole.then(_from_link(head, setting))
    return _finish(desk, whole)


def _finish(desk: Desk, whole: Part) -> Made:
    """The paper and the answer of all parts."""
    answer = {**_EMPTY, **whole.answer, **tied(whole.citations), "strict": True}
    judge(answer)
    paper = Paper(whole.blocks, whole.notes, page_numbers=desk.chance(0.8))
    if desk.chance(0.25):
        desk.note("typing:new_tones")
        paper, answer = respell_paper(paper), respell_answer(answer)
    return Made(paper, answer, tuple(desk.traits))


def _addressed(desk: Desk, setting: Setting) -> Part:
    """``Kính gửi``, which few plans have."""
    if not desk.chance(0.04):
        return Part()
    desk.note("addressees")
    name = setting.name(choose(desk, "closing", "addressees")["text"])
    line = Line(f"Kính gửi: {name}", align="center")
    return Part((line,), {"addressees": [name]})


def _issuing(desk: Desk, setting: Setting, head: Head) -> Part:
    """The issuing clause; where there is no letterhead it alone says who the issuer is."""
    row = choose(
        desk,
        "titles",
        "clauses",
        lambda row: head.stands or row["text"].startswith("{issuer}"),
    )
    slots = {**setting.words, "issuer": setting.spoken, "subject": setting.subject}
    text = capital(fill(row["text"], slots)).text
    return Part((Line(text, indent=True),))


def _sections(desk: Desk, setting: Setting, outline: Outline, first: int) -> Part:
    """The body from its aims to its implementation."""
    aims = compose_aims(desk, setting, outline, first)
    number = first + len(aims.answer["sections"])
    found = aims.then(_content(desk, setting, outline, number))
    number += 1
    if desk.chance(0.4):
        found = found.then(compose_solutions(desk, setting, outline, number))
        number += 1
    if desk.chance(0.3):
        found = found.then(compose_budget(desk, setting, outline, number))
        number += 1
    return found.then(compose_implementation(desk, setting, outline, number))


def _content(desk: Desk, setting: Setting, outline: Outline, number: int) -> Part:
    """The section of tasks: a table, prose by quarters, or topics."""
    head, section = head_top(outline, number, wording(desk, setting, "content"), "content")
    start = Part((head,), {"sections": [section]})
    form = desk.rng.choice(("table", "table", "table", "table", "quarters", "quarters", "topics"))
    if form == "table":
        if desk.chance(0.15):
            start = start.then(Part((Line("Các nội dung cụ thể như sau:", indent=True),)))
        return start.then(compose_table(desk, setting, "content"))
    if form == "quarters":
        return start.then(compose_quarters(desk, setting, outline, section))
    return start.then(compose_topics(desk, setting, outline, section))


def _with_note(desk: Desk, setting: Setting, body: Part) -> Part:
    """A footnote to some sentence of the body, now and then."""
    places = [
        at
        for at, block in enumerate(body.blocks)
        if isinstance(block, Line) and not block.bold and len(block.text) > 60
    ]
    if not places or not desk.chance(0.12):
        return body
    desk.note("footnote")
    at = desk.rng.choice(places)
    line = body.blocks[at]
    assert isinstance(line, Line)  # noqa: S101 (chosen so)
    end = len(line.text.rstrip(".;,"))
    marked = replace(line, marks=(Mark(end, "1"),))
    said = prose(desk, setting, choose(desk, "closing", "notes")["text"]) + "."
    blocks = (*body.blocks[:at], marked, *body.blocks[at + 1 :])
    note = Part(
        answer={"footnotes": [said.text]},
        citations=cited([said], "footnote"),
        notes=(Note("1", said.text),),
    )
    return replace(body, blocks=blocks).then(note)


def _from_link(head: Head, setting: Setting) -> Part:
    """Number and date that only the appendix's line gives."""
    day = setting.day
    return Part(
        answer={
            "number": head.number.serial,
            "symbol": head.number.symbol,
            "canonical": head.number.canonical,
            "date": {"year": day.year, "month": day.month, "day": day.day},
        }
    )
