"""
What a plan is for and what it asks: mục đích, yêu cầu.
"""

from generator.citing import prose_going_on
from generator.outline import Outline, head_sub, head_top, items, wording
from generator.paper import Line
from generator.part import Part, cited
from generator.phrasebook import Desk, choose_some
from generator.said import Said
from generator.setting import Setting


def compose_aims(desk: Desk, setting: Setting, outline: Outline, first: int) -> Part:
    """The sections of purpose and requirements, numbered from ``first``."""
    form = desk.rng.choice(
        ("divided", "divided", "divided", "undivided", "undivided", "captions", "two", "two", "one")
    )
    if form == "captions" and outline.top == "number":
        form = "divided"
    desk.note(f"aims:{form}")
    match form:
        case "divided":
            return _divided(desk, setting, outline, first)
        case "captions":
            return _captions(desk, setting, outline, first)
        case "undivided":
            return _undivided(desk, setting, outline, first)
        case "two":
            purpose = _alone(desk, setting, outline, first, "purpose")
            return purpose.then(_alone(desk, setting, outline, first + 1, "requirements"))
    return _alone(desk, setting, outline, first, "purpose")


def _sentences(desk: Desk, setting: Setting, key: str, count: int) -> list[Said]:
    rows = choose_some(desk, "aims", key, count)
    return [prose_going_on(desk, setting, row["text"]) for row in rows]


def _divided(desk: Desk, setting: Setting, outline: Outline, first: int) -> Part:
    role = "purpose_requirements"
    head, section = head_top(outline, first, wording(desk, setting, role), role)
    found = Part(blocks=(head,))
    for number, key in enumerate(("purpose", "requirements"), 1):
        line, child = head_sub(outline, section["label"], number, wording(desk, setting, key), key)
        section["children"].append(child)
        table = "purposes" if key == "purpose" else "requirements"
        texts = _sentences(desk, setting, table, desk.rng.randint(1, 4))
        found = found.then(_listed(desk, outline, texts, key, line, numbered=False))
    return found.then(Part(answer={"sections": [section]}))


def _listed(
    desk: Desk, outline: Outline, texts: list[Said], key: str, head: Line, *, numbered: bool
) -> Part:
    """A heading and its sentences, each a value of ``key``."""
    rows = items(desk, outline, texts, numbered=numbered)
    return Part(
        blocks=(head, *(line for line, _ in rows)),
        answer={key: [value.text for _, value in rows]},
        citations=cited((value for _, value in rows), key),
    )


def _undivided(desk: Desk, setting: Setting, outline: Outline, first: int) -> Part:
    role = "purpose_requirements"
    head, section = head_top(outline, first, wording(desk, setting, role), role)
    texts = _sentences(desk, setting, "purposes", desk.rng.randint(1, 3))
    texts += _sentences(desk, setting, "requirements", desk.rng.randint(1, 3))
    rows = items(desk, outline, texts, numbered=outline.top != "number")
    return Part(
        blocks=(head, *(line for line, _ in rows)),
        answer={"purpose": [value.text for _, value in rows], "sections": [section]},
        citations=cited((value for _, value in rows), role),
    )


def _captions(desk: Desk, setting: Setting, outline: Outline, first: int) -> Part:
    role = "purpose_requirements"
    head, section = head_top(outline, first, wording(desk, setting, role), role)
    found = Part(blocks=(head,), answer={"sections": [section]})
    for number, key in enumerate(("purpose", "requirements"), 1):
        table = "purposes" if key == "purpose" else "requirements"
        value = _sentences(desk, setting, table, 1)[0] + "."
        caption = "Mục đích" if key == "purpose" else "Yêu cầu"
        line = Line(f"{number}{outline.sub_mark}{caption}: {value.text}", indent=True)
        found = found.then(
            Part((line,), {key: [value.text]}, cited([value], role)),
        )
    return found


def _alone(desk: Desk, setting: Setting, outline: Outline, first: int, key: str) -> Part:
    head, section = head_top(outline, first, wording(desk, setting, key), key)
    table = "purposes" if key == "purpose" else "requirements"
    texts = _sentences(desk, setting, table, desk.rng.randint(2, 4))
    part = _listed(desk, outline, texts, key, head, numbered=outline.top != "number")
    return part.then(Part(answer={"sections": [section]}))
