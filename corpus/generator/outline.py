"""
How a paper numbers and sets its headings, items and plain paragraphs.
"""

from dataclasses import dataclass
from typing import Any

from generator.paper import Line
from generator.periods import ROMAN
from generator.phrasebook import Desk, choose, choose_mark
from generator.said import Said, fill
from generator.setting import Setting

Section = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outline:
    """
    One paper's habits.

    ``top``: ``I.``, ``A.``, ``1.`` or ``Phần I.`` at the first level. ``capitals``: headings of the
    first level are printed in capitals.
    """

    top: str
    mark: str
    capitals: bool
    sub_mark: str
    letters: str
    """In what order: Vietnamese has đ behind d, and no f."""
    bullet: str
    end: str
    """What ends the items of a list, but for the last."""


def choose_outline(desk: Desk) -> Outline:
    """The habits of one paper."""
    top = desk.rng.choice(("roman", "roman", "roman", "roman", "letter", "number", "part"))
    mark = choose_mark(desk, (". ", ". ", ". ", "- ", "  ", ".   "), ("/ ", " - "))
    if top == "part":
        mark = choose_mark(desk, (". ", ": "))
    elif top != "roman" and not mark.strip():
        mark = ". "
    desk.note(f"headings:{top}")
    desk.note(f"headings:mark {mark.strip() or 'none'}")
    return Outline(
        top=top,
        mark=mark,
        # In small letters a heading without a full stop is a sentence that begins with I.
        capitals=not mark.strip() or desk.chance(0.7),
        sub_mark=choose_mark(desk, (". ", ". ", ". ", "- "), (") ", "/ ")),
        letters=choose_mark(desk, ("abcdđegh",), ("abcdđegh", "abcdefgh")),
        bullet=choose_mark(desk, ("- ", "- ", "+ ", "* "), ("• ", "-")),
        end=desk.rng.choice((".", ".", ";", "")),
    )


def top_label(outline: Outline, number: int) -> str:
    """The label of a section of the first level, without its mark."""
    match outline.top:
        case "letter":
            return outline.letters[number - 1].upper()
        case "number":
            return str(number)
        case "part":
            return f"Phần {ROMAN[number]}"
    return ROMAN[number]


def sub_label(outline: Outline, above: str, number: int) -> str:
    """The label of a section below."""
    match outline.top:
        case "letter" | "part":
            return ROMAN[number]
        case "number":
            return f"{above}.{number}"
    return str(number)


def wording(desk: Desk, setting: Setting, role: str) -> str:
    """The words of a heading."""
    row = choose(desk, "headings", "headings", lambda row: row["role"] == role)
    return fill(row["text"], setting.words).text


def head_top(
    outline: Outline, number: int, text: str, role: str, children: list[Section] | None = None
) -> tuple[Line, Section]:
    """A heading of the first level as printed and as the answer has it."""
    label = top_label(outline, number)
    if outline.capitals:
        text = text.upper()
    line = Line(f"{label}{outline.mark}{text}", bold=True)
    return line, section(label, text, role, children)


def head_sub(
    outline: Outline, above: str, number: int, text: str, role: str
) -> tuple[Line, Section]:
    """A heading of the second level."""
    label = sub_label(outline, above, number)
    mark = " " if outline.top == "number" and outline.sub_mark.startswith("-") else outline.sub_mark
    return Line(f"{label}{mark}{text}", bold=True, indent=True), section(label, text, role)


def section(
    label: str | None, heading: str, role: str, children: list[Section] | None = None
) -> Section:
    return {"label": label, "heading": heading, "role": role, "children": children or []}


def items(
    desk: Desk, outline: Outline, texts: list[Said], *, numbered: bool
) -> list[tuple[Line, Said]]:
    """
    Sentences as a list: bullets, numbers or plain paragraphs, each with the value it gives.

    ``numbered``: numbers are free at this place, no heading around uses them.
    """
    kinds = ["bullet", "bullet", "plain", "letter"] + (["number"] * 3 if numbered else [])
    kind = desk.rng.choice(kinds)
    if kind == "plain" and len(texts) > 1 and outline.end != ".":
        kind = "bullet"
    desk.note(f"items:{kind}")
    found = []
    for number, said in enumerate(texts, 1):
        last = number == len(texts)
        # Alone on its line, a number and words without a full stop would be a heading.
        end = outline.end if kind == "bullet" else outline.end or "."
        value = said + ("." if last and end == ";" else end)
        label = {"bullet": outline.bullet, "letter": f"{outline.letters[number - 1]}) "}.get(
            kind, ""
        )
        if kind == "number":
            label = f"{number}{outline.sub_mark}"
        found.append((Line(label + value.text, indent=True), value))
    return found
