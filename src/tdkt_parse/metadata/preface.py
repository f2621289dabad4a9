"""
The letterhead, the type and the title.

NĐ 30/2020/NĐ-CP, Phụ lục I.II.1-5: agency on the left, quốc hiệu and tiêu ngữ on the right, number
under the one, place and date under the other. The lines are carved into ``fragments``, of which
some name the ``authorities``; type and ``titles`` stand below, ``annexes`` in brackets under them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tdkt_parse.docnumber import find_letterhead_number
from tdkt_parse.metadata.annexes import is_annex
from tdkt_parse.metadata.arrivals import is_arrival
from tdkt_parse.metadata.authorities import find_agencies, is_cut_off
from tdkt_parse.metadata.fragments import (
    Fragment,
    carve,
    carve_together,
    is_about,
    number_of_document,
    torn_place,
)
from tdkt_parse.metadata.titles import (
    DECIDED,
    authority_in,
    is_bare_title,
    kind_of_letter,
    kind_of_symbol,
    misread_type,
    own_type,
    type_and_title,
)
from tdkt_parse.models import DocNumber, PartialDate
from tdkt_parse.passage import Passage, join
from tdkt_parse.periods import find_dates, find_letterhead_date, find_years
from tdkt_parse.segment import Parts
from tdkt_parse.segment.old_heads import read_old_head
from tdkt_parse.spelling import key
from tdkt_parse.wording import type_of_line


@dataclass(frozen=True, slots=True)
class Preface:
    """What the head of a document says; each part may be missing."""

    kind: str | None
    number: tuple[DocNumber, Passage, bool] | None
    """The number, its own characters, whether it is damaged."""
    place: Passage | None
    date: tuple[PartialDate, Passage] | None
    agencies: tuple[Passage, ...]
    """The names in the letterhead, the issuer last, each as its lines together."""
    title: Passage | None
    years: tuple[int, ...]
    secrecy: str | None
    urgency: str | None
    marks: tuple[tuple[str, Passage], ...]
    """Fixed words: quốc hiệu, tiêu ngữ, ``Số:``, the type line, what nothing else claimed."""
    annex: tuple[Passage, ...]
    by_symbol: bool = False
    """Whether only the number's symbol tells the type."""


def find_preface(parts: Parts) -> Preface:
    """The metadata of a document's head."""
    fragments = [f for block in parts.letterhead for f in carve(block.passage)]
    old = _old_form(parts)
    told = old.blocks if old else frozenset()
    stray = [
        f
        for block in (*parts.title, *parts.addressees)
        if id(block) not in told
        for f in carve(block.passage)
    ]
    dated = next((f for f in fragments if f.kind == "date"), None)
    read = _date(dated)
    if read is None or read[0].year is None:
        fragments = carve_together(parts.letterhead, fragments)
    known = {f.kind for f in fragments}
    late = [
        f
        for f in stray
        if f.kind in ("number", "date", "place", "motto")
        and f.kind not in known
        and _is_whole(f)
        and key(f.passage.text[: f.start]).strip() != _WHOSE
    ]
    kind, title_parts, type_marks = (
        (old.kind, old.title, old.marks)
        if old
        else type_and_title(parts, {id(f.passage) for f in late})
    )
    annex = tuple(p for p in title_parts if is_annex(p.text))
    title = join([p for p in title_parts if not is_annex(p.text)]) if title_parts else None
    fragments += late
    number = number_of_document(fragments)
    date = next((f for f in fragments if f.kind == "date"), None)
    place = next((f for f in fragments if f.kind == "place"), None)
    torn = torn_place(fragments, place)
    fragments = [f for f in fragments if f is not torn]
    about = [f for f in fragments if f.kind == "other" and is_about(f.text)]
    fragments = [f for f in fragments if f not in about]
    if about and title is None:
        title = join([f.passage.cut(f.start, f.end) for f in about])
    stamped = [f for f in fragments if f.kind == "other" and is_arrival(f.text)]
    fragments = [f for f in fragments if f not in stamped]
    agencies, others = find_agencies(
        [f for f in fragments if f.kind == "other"], behind=_end_of_head(number, date)
    )
    others += [f.passage.cut(f.start, f.end) for f in stamped]
    if title is None and not parts.type:
        spoken = [p for p in others if is_bare_title(p, _end_of_head(number, date))]
        if len(spoken) == 1:
            title = spoken[0]
            others = [p for p in others if p is not title]
    own_number, own_date = _number(number), _date(date)
    others += [
        f.passage.cut(f.start, f.end) for f in fragments if f.kind == "number" and f is not number
    ]
    if kind in DECIDED and title and agencies:
        lines = [p for p in title_parts if not is_annex(p.text)]
        known = {key(agency.text) for agency in agencies}
        if (
            not old
            and len(lines) > 1
            and key(lines[-1].text) in known
            and not is_cut_off(lines[-2].text)
        ):
            others.append(lines[-1])
            title = join(lines[:-1])
        elif end := authority_in(title.text, known):
            others.append(title.cut(end, len(title.text)))
            title = title.cut(0, end)
    if old:
        # What the letterhead says too is said there; here it is a fixed word of the form.
        own_number, spare_number = (own_number, old.number) if own_number else (old.number, None)
        own_date, spare_date = (own_date, old.date) if own_date else (old.date, None)
        others += [said[1] for said in (spare_number, spare_date) if said]
        (others if agencies else agencies).extend(old.authority)
    if kind is None and title and own_number and (named := own_type(title, own_number[0])):
        kind, length = named
        type_marks = [*type_marks, ("type", title.cut(0, length))]
        title = title.cut(length, len(title.text))
    if kind is None:
        kind = kind_of_letter(number, parts)
    symbol = kind_of_symbol(own_number, title) if kind is None else None
    if symbol and title and (length := misread_type(title.text, symbol)):
        type_marks = [*type_marks, ("type", title.cut(0, length))]
        title = title.cut(length, len(title.text))
    marks = [
        (f.kind, f.passage.cut(f.start, f.end))
        for f in fragments
        if f.kind in ("motto", "word", "secrecy", "urgency", "draft")
    ]
    marks += [("other", p) for p in others]
    return Preface(
        kind or symbol,
        own_number,
        join([f.passage.cut(f.start, f.end) for f in (torn, place) if f]) if place else None,
        own_date,
        tuple(agencies),
        title or None,
        tuple(find_years(title.text)) if title else (),
        _marked("secrecy", fragments),
        _marked("urgency", fragments),
        (*marks, *type_marks),
        annex,
        symbol is not None,
    )


@dataclass(frozen=True, slots=True)
class _OldForm:
    """What a head in the old form says (``segment.old_heads``), as passages."""

    kind: str
    blocks: frozenset[int]
    authority: list[Passage]
    """One, or none."""
    number: tuple[DocNumber, Passage, bool] | None
    date: tuple[PartialDate, Passage] | None
    title: list[Passage]
    marks: list[tuple[str, Passage]]


def _old_form(parts: Parts) -> _OldForm | None:
    """The head of a document that names its authority, number and date under the type."""
    if not parts.type:
        return None
    block = parts.type[0]
    known = type_of_line(block.text)
    if known is None:
        return None
    length = len(" ".join(block.text.split()[: known[1]]))
    below = [b for b in parts.title if b.passage.start > block.passage.start]
    annexes = [b.passage for b in below if is_annex(b.text)]
    lines = [block.passage.cut(length, len(block.text)), *(b.passage for b in below)]
    whole = join([line for line in lines if line and line not in annexes])
    head = read_old_head(whole.text, known[0]) if whole else None
    if head is None:
        return None
    number = head.number
    marks = [("type", block.passage.cut(0, length))]
    words = [whole.cut(*span) for span in head.words]
    marks += [("word", word) for word in words if any(map(str.isalnum, word.text))]
    title = whole.cut(head.rest, len(whole.text))
    return _OldForm(
        known[0],
        frozenset(map(id, below)),
        [whole.cut(*head.authority)] if head.authority else [],
        (number.number, whole.cut(number.start, number.end), number.damaged) if number else None,
        (head.date[0], whole.cut(*head.date[1:])) if head.date else None,
        [*([title] if title else []), *annexes],
        marks,
    )


_WHOSE = key("của")
"""Before the name of the union in a title, which is no motto there."""


def _is_whole(fragment: Fragment) -> bool:
    """Whether a fragment of a title line is all of it but for its own label."""
    rest = fragment.passage.text[: fragment.start] + fragment.passage.text[fragment.end :]
    return len(rest.strip(" :.,")) <= 4 or (fragment.kind in ("date", "place") and len(rest) < 60)


def _number(fragment: Fragment | None) -> tuple[DocNumber, Passage, bool] | None:
    if fragment is None:
        return None
    found = find_letterhead_number(fragment.passage.text)
    if found is None:
        return None
    return found.number, fragment.passage.cut(fragment.start, fragment.end), found.damaged


def _date(fragment: Fragment | None) -> tuple[PartialDate, Passage] | None:
    if fragment is None:
        return None
    found = find_letterhead_date(fragment.passage.text)
    date = found.date if found else None
    if date is None:
        date = next((d for d in find_dates(fragment.text) if d.date.day), None)
    return (date.date, fragment.passage.cut(fragment.start, fragment.end)) if date else None


def _marked(kind: str, fragments: Sequence[Fragment]) -> str | None:
    return next((f.text.strip("()[] ") for f in fragments if f.kind == kind), None)


def _end_of_head(number: Fragment | None, date: Fragment | None) -> int | None:
    """Where number and date have both been told, behind which no agency's name goes on."""
    if number is None or date is None:
        return None
    return max(number.passage.start + number.start, date.passage.start + date.start)
