"""
What a plan rests on: the căn cứ, before the issuing clause or in a section of their own.
"""

from typing import NamedTuple

from generator.citing import (
    acts_in_force,
    amending,
    choose_act,
    cite_act,
    cite_amendments,
    cite_law,
    cite_local,
    cite_proposal,
    current_law,
    with_alias,
)
from generator.outline import Outline, head_top, wording
from generator.paper import Line
from generator.part import Part, cited
from generator.phrasebook import Desk, between, choose, choose_some, take
from generator.said import Citation, Said, capital, fill, join
from generator.setting import Setting


class Basis(NamedTuple):
    """What it opens with, and the words behind that."""

    verb: str | None
    rest: Said

    @property
    def whole(self) -> Said:
        return Said(f"{self.verb} ") + self.rest if self.verb else self.rest


def choose_bases(desk: Desk, setting: Setting) -> list[Basis]:
    """The bases of one plan, laws first."""
    found = []
    if desk.chance(0.8):
        found.append(_law(desk, setting))
    if desk.chance(0.7):
        found += _acts(desk, setting, ("Nghị định",), 0.15)
    if desk.chance(0.5):
        found += _acts(desk, setting, ("Thông tư",), 0.0)
    if desk.chance(0.4):
        found += _acts(desk, setting, ("Chỉ thị", "Quyết định"), 0.2)
    found += [_local(desk, setting) for _ in range(desk.rng.randint(1, 3))]
    if desk.chance(0.2):
        row = choose(desk, "documents", "facts")
        desk.note("bases:fact")
        rest = fill(row["text"], setting.words).text.removeprefix(f"{row['verb']} ")
        found.append(Basis(row["verb"], Said(rest)))
    if desk.chance(0.25):
        found.append(_proposal(desk, setting))
    return found


def _law(desk: Desk, setting: Setting) -> Basis:
    """The law of the day, alone or with what amends it."""
    law = current_law(desk, setting)
    amendments = [
        row for row in acts_in_force(setting, ("Luật",)) if row["key"] in ("law2005", "law2013")
    ]
    said = cite_law(desk, setting, law)
    if amendments and desk.chance(0.6):
        for row in amendments:
            take(desk, "instruments", "instruments", row)
        desk.note("bases:several_laws")
        tied = desk.aside.chance(0.15)
        if len(amendments) > 1 and desk.chance(0.35):
            said = said + "; " + cite_amendments(desk, setting, amendments)
        else:
            more = [cite_law(desk, setting, row) for row in amendments]
            between_them = desk.rng.choice((" và ", "; "))
            if tied:
                desk.note("bases:amended_by")
                words = choose(desk.aside, "documents", "amendments")["text"]
                said = said + f" {words} " + amending(more[-1], said)
            else:
                said = said + between_them + join(more, "; ")
    elif desk.chance(0.3):
        said = said + " " + choose(desk, "documents", "tails")["text"]
    return Basis("Căn cứ", said)


def _acts(desk: Desk, setting: Setting, kinds: tuple[str, ...], joined: float) -> list[Basis]:
    """One or two acts, each a basis or both in one."""
    rows = []
    for _ in range(desk.rng.choice((1, 1, 2))):
        row = choose_act(desk, setting, kinds)
        if row and row not in rows:
            rows.append(row)
    texts = [cite_act(desk, setting, row) for row in rows]
    if any(one["nested"] for said in texts for one in said.citations):
        desk.note("bases:nested")
    if len(texts) > 1 and desk.chance(joined):
        desk.note("bases:joined")
        texts = [join(texts, "; ")]
    return [Basis(_verb(desk, law=kinds == ("Nghị định",)), text) for text in texts]


def _verb(desk: Desk, *, law: bool) -> str:
    verb: str = choose(desk, "documents", "verbs", lambda row: not law or row["laws"])["text"]
    desk.note(f"bases:{verb}")
    return verb


def _local(desk: Desk, setting: Setting) -> Basis:
    said = cite_local(desk, setting, basis=True)
    if desk.chance(0.12):
        said = with_alias(desk, said)
    elif desk.chance(0.12):
        desk.note("bases:joined")
        said = said + "; " + cite_local(desk, setting, basis=True)
    return Basis(_verb(desk, law=False), said)


def _proposal(desk: Desk, setting: Setting) -> Basis:
    kind = setting.issuer["units"]
    units = choose_some(
        desk,
        "units",
        "units",
        9,
        lambda row: kind in row["of"] and between(row, setting.year),
    )
    who = next(
        (setting.name(row["text"]) for row in units if not row["text"].startswith("Các ")), None
    )
    row = choose(desk, "documents", "proposals")
    desk.note("bases:proposal")
    slots: dict[str, Said | str] = {"who": who or setting.spoken}
    if "{paper}" in row["text"]:
        own = bool(row.get("own"))
        slots["paper"] = cite_proposal(desk, setting, who or setting.spoken, own=own)
    said = fill(row["text"], slots)
    return Basis(row["verb"], Said(said.text.removeprefix(f"{row['verb']} "), said.citations))


def compose_preamble(desk: Desk, bases: list[Basis]) -> Part:
    """Bases above the issuing clause; no citation stands above them."""
    bullet = "- " if desk.chance(0.15) else ""
    italic = desk.chance(0.7)
    between_them = desk.rng.choice((";", ";", ";", "."))
    last = desk.rng.choice((".", ".", ";", ",", ""))
    lines, rows = [], []
    citations: list[Citation] = []
    for number, basis in enumerate(bases, 1):
        whole = basis.whole + (last if number == len(bases) else between_them)
        lines.append(Line(bullet + whole.text, italic=italic, indent=True))
        rows.append(_answer(basis.verb, whole, len(citations)))
        citations += cited([whole], "legal_bases")
    return Part(tuple(lines), {"legal_bases": rows}, tuple(citations))


def _answer(verb: str | None, whole: Said, before: int) -> dict[str, object]:
    """A basis as the answer has it; so many citations stand above it."""
    own = [before + at for at, one in enumerate(whole.citations) if not one["nested"]]
    return {"verb": verb, "text": whole.text, "citations": own}


def compose_bases_section(
    desk: Desk, setting: Setting, outline: Outline, bases: list[Basis]
) -> Part:
    """The same as numbered items of a section."""
    desk.note("bases:section")
    head, section = head_top(outline, 1, wording(desk, setting, "bases"), "other")
    with_verbs = desk.chance(0.5)
    lines, rows = [head], []
    citations: list[Citation] = []
    for number, basis in enumerate(bases, 1):
        shown = basis if with_verbs or basis.verb != "Căn cứ" else Basis(None, capital(basis.rest))
        whole = shown.whole + (";" if number < len(bases) else ".")
        label = f"{number}{outline.sub_mark}" if outline.top != "number" else f"1.{number}. "
        lines.append(Line(label + whole.text, indent=True))
        rows.append(_answer(shown.verb, whole, len(citations)))
        citations += cited([whole], "other")
    return Part(tuple(lines), {"legal_bases": rows, "sections": [section]}, tuple(citations))
