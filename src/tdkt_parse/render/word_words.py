"""
Words set in Word: the type of each look, paragraphs, and the short rules under some of them.

Sizes and weights are those of Nghị định 30/2020/NĐ-CP, Phụ lục I, mục V.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from tdkt_parse.render.note_marks import split_at_marks
from tdkt_parse.render.printed import Look, NoteMark, Words
from tdkt_parse.render.word_notes import WordNotes
from tdkt_parse.render.word_xml import element, run

INDENT = 12.7
"""Millimetres of the first line of a paragraph."""


@dataclass(frozen=True, slots=True)
class Type:
    """How a look is set: size in points, weight, place, space above and below, a rule under it."""

    size: float = 14
    bold: bool = False
    italic: bool = False
    align: Literal["center", "both", "left"] = "center"
    indent: float = 0
    before: float = 0
    after: float = 0
    rule: float = 0
    """How much of the width the rule under it takes."""
    boxed: bool = False


_BODY = Type(align="both", indent=INDENT, before=3, after=3)
TYPES: dict[Look, Type] = {
    "running": Type(12),
    "marked": Type(13, bold=True, boxed=True, before=6),
    "superior": Type(12),
    "issuer": Type(12, bold=True, rule=0.4),
    "motto": Type(12, bold=True),
    "slogan": Type(13, bold=True, rule=0.62),
    "number": Type(13),
    "about": Type(12, before=6),
    "date": Type(13, italic=True),
    "type": Type(14, bold=True, before=14),
    "title": Type(14, bold=True, rule=0.3),
    "annex": Type(14, italic=True, after=6),
    "addressees": Type(14, align="left", indent=INDENT, before=3, after=3),
    "basis": Type(italic=True, align="both", indent=INDENT, before=3, after=3),
    "heading": Type(bold=True, align="both", indent=INDENT, before=6, after=3),
    "paragraph": _BODY,
    "closing": _BODY,
    "recipients": Type(12, bold=True, italic=True, align="left"),
    "recipient": Type(11, align="left"),
    "authority": Type(14, bold=True),
    "signed": Type(13, italic=True),
    "signer": Type(14, bold=True),
    "attachment": Type(14, bold=True),
}


def set_words(
    words: Words, notes: WordNotes, width: float, *, room: float = 0
) -> list[etree._Element]:
    """A paragraph, and the rule under it; ``room``: points left free above."""
    look = TYPES[words.look]
    before = max(room, look.before)
    level = min(words.depth, 8) if words.look == "heading" else None
    keep = words.look in ("heading", "type")
    paragraph = set_paragraph("", look, before=before, keep=keep, level=level)
    _put_runs(paragraph, words.text, words.notes, look, notes)
    return [paragraph, _rule(width, look.rule)] if look.rule else [paragraph]


def _put_runs(
    paragraph: etree._Element,
    text: str,
    marks: Sequence[NoteMark],
    look: Type,
    notes: WordNotes,
) -> None:
    for part, note in split_at_marks(text, marks):
        if part:
            paragraph.append(
                run(part, size=look.size, bold=look.bold, italic=look.italic, boxed=look.boxed)
            )
        if note is not None:
            paragraph.append(notes.mark(note))


def set_paragraph(
    text: str,
    look: Type,
    *,
    before: float | None = None,
    keep: bool = False,
    level: int | None = None,
) -> etree._Element:
    paragraph = element("w:p")
    properties = element("w:pPr")
    if keep:
        properties.append(element("w:keepNext"))
    space = look.before if before is None else before
    properties.append(
        element("w:spacing", {"w:before": _twips(space), "w:after": _twips(look.after)})
    )
    if look.indent:
        properties.append(element("w:ind", {"w:firstLine": wide(look.indent)}))
    properties.append(element("w:jc", {"w:val": look.align}))
    if level is not None:
        properties.append(element("w:outlineLvl", {"w:val": str(level)}))
    # The mark of the paragraph has a size too: an empty one is as high as that.
    properties.append(element("w:rPr", {}, element("w:sz", {"w:val": str(round(look.size * 2))})))
    paragraph.append(properties)
    if text:
        paragraph.append(run(text, size=look.size, bold=look.bold, italic=look.italic))
    return paragraph


_AROUND_RULE = {"w:before": "50", "w:after": "60", "w:line": "80"}


def _rule(width: float, part: float) -> etree._Element:
    """A short rule in the middle, as a border over a line of no height."""
    paragraph = element("w:p")
    side = wide(width * (1 - part) / 2)
    border = {"w:val": "single", "w:sz": "6", "w:space": "1", "w:color": "auto"}
    properties = element(
        "w:pPr",
        {},
        element("w:pBdr", {}, element("w:top", border)),
        element("w:spacing", {**_AROUND_RULE, "w:lineRule": "exact"}),
        element("w:ind", {"w:left": side, "w:right": side}),
    )
    paragraph.append(properties)
    return paragraph


def _twips(points: float) -> str:
    return str(round(points * 20))


def wide(millimetres: float) -> str:
    return str(round(millimetres * 56.7))
