"""
The values of a Plan as a page shows them: each with a name, what it says, and where it was read.

The names are pointers into the Plan's JSON without their first stroke: ``tasks/3``, ``title``. A
value and the boxes on the pages that it was read from carry the same name.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple

from tdkt_parse.models import Evidence, Plan

UNSURE = 0.8
"""Confidence of OCR under which a value is to be looked at."""

SINGLE = ("number", "issuer", "place", "date", "title", "signature")
LISTS = (
    "addressees",
    "legal_bases",
    "citations",
    "purpose",
    "requirements",
    "tasks",
    "implementation",
    "budget",
    "recipients",
)
"""The lists whose items people look at, correct, add, delete and move."""


class Value(NamedTuple):
    """A value: its name, and where it was read."""

    name: str
    evidence: Evidence


def values_of(plan: Plan) -> Iterator[Value]:
    """All values that are shown with their places, those that hold others first."""
    for at, one in enumerate(plan.diagnostics):
        if one.evidence is not None:
            yield Value(f"diagnostics/{at}", one.evidence)
    for name in LISTS:
        for at, item in enumerate(getattr(plan, name)):
            yield Value(f"{name}/{at}", item.evidence)
    for name in SINGLE:
        single = getattr(plan, name)
        if single is not None:
            yield Value(name, single.evidence)


def dom_id(name: str) -> str:
    """
    What an element of the page is called that shows a value.

    >>> dom_id("tasks/3")
    'tasks-3'
    """
    return name.replace("/", "-")


def is_unsure(evidence: Evidence | None) -> bool:
    """Whether OCR was not sure of it."""
    return evidence is not None and evidence.confidence is not None and (
        evidence.confidence < UNSURE
    )  # fmt: skip


# -- on pages


@dataclass(frozen=True, slots=True)
class Mark:
    """A box of a value on a page, in points."""

    name: str
    x: float
    y: float
    width: float
    height: float
    unsure: bool = False
    first: bool = False
    """Whether it is the first of its value: where a link to the place leads."""


def marks_by_page(plan: Plan) -> dict[int, list[Mark]]:
    """The boxes of all values, by pages; small ones last, so that they lie above large ones."""
    pages: dict[int, list[Mark]] = {}
    for value in values_of(plan):
        for box in value.evidence.boxes:
            mark = Mark(
                value.name,
                round(box.x0 - 1, 1),
                round(box.y0 - 1, 1),
                round(box.x1 - box.x0 + 2, 1),
                round(box.y1 - box.y0 + 2, 1),
                is_unsure(value.evidence),
            )
            pages.setdefault(box.page, []).append(mark)
    seen: set[str] = set()
    for number in sorted(pages):
        told = []
        for mark in sorted(pages[number], key=lambda mark: -mark.width * mark.height):
            told.append(replace(mark, first=mark.name not in seen))
            seen.add(mark.name)
        pages[number] = told
    return pages


# -- in a text


class Piece(NamedTuple):
    """A piece of a text, and the values that were read there, the smallest last."""

    text: str
    names: tuple[str, ...]
    first: tuple[str, ...] = ()
    """Those of them that begin with this piece."""


def pieces_of(text: str, plan: Plan) -> tuple[list[Piece], bool]:
    """
    A text in pieces by what was read where, and whether every place was found again.

    A place where the text says something else now is not marked.
    """
    places: list[tuple[int, int, str]] = []
    whole = True
    for value in values_of(plan):
        spans = value.evidence.spans
        if not spans:
            continue
        if "\n".join(text[a:b] for a, b in spans) != value.evidence.text:
            whole = False
            continue
        places += [(a, b, value.name) for a, b in spans if a < b]
    cuts = sorted({0, len(text), *(at for a, b, _ in places for at in (a, b))})
    of_cut: list[list[tuple[int, str]]] = [[] for _ in cuts]
    for a, b, name in places:
        for at in range(bisect_left(cuts, a), bisect_left(cuts, b)):
            of_cut[at].append((b - a, name))
    seen: set[str] = set()
    pieces: list[Piece] = []
    for at, (a, b) in enumerate(pairwise(cuts)):
        names = tuple(dict.fromkeys(name for _, name in sorted(of_cut[at], reverse=True)))
        first = tuple(name for name in names if name not in seen)
        seen.update(first)
        pieces.append(Piece(text[a:b], names, first))
    return pieces, whole


# -- what was remarked on


@dataclass(frozen=True, slots=True)
class ToSee:
    """A note of the reading or a finding of the audit, and the value it is about, if any."""

    level: str
    message: str
    rule: str
    name: str | None = None
    rests_on: str | None = None
    text: str | None = None
    possible: bool = False


def to_see(plan: Plan, remarks: Sequence[Any], lang: str) -> list[ToSee]:
    """What is to be looked at in a plan, the worst first."""
    order = {"error": 0, "warning": 1, "info": 2}
    found = [
        ToSee(
            one.level,
            one.message,
            one.rule,
            f"diagnostics/{at}" if one.evidence and (one.evidence.boxes or one.evidence.spans)
            else None,
            text=one.evidence.text if one.evidence else None,
        )
        for at, one in enumerate(plan.diagnostics)
    ]  # fmt: skip
    by_text = _by_text(plan)
    for one in remarks:
        cited = one.citation
        name = f"citations/{cited}" if cited is not None and cited < len(plan.citations) else None
        found.append(
            ToSee(
                one.level,
                one.message if lang == "vi" else one.message_en,
                one.rule,
                name or by_text.get(one.text or ""),
                one.locator,
                one.text,
                one.certainty == "possible",
            )
        )
    return sorted(found, key=lambda one: order.get(one.level, 3))


def _by_text(plan: Plan) -> Mapping[str, str]:
    """Values by their words, where these are of one value alone."""
    names: dict[str, str | None] = {}
    for value in values_of(plan):
        if not value.name.startswith("diagnostics/"):
            text = value.evidence.text
            names[text] = None if text in names else value.name
    return {text: name for text, name in names.items() if name and text}
