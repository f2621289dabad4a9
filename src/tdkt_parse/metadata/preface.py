"""
The letterhead, the type and the title.

NĐ 30/2020/NĐ-CP, Phụ lục I.II.1-5: agency on the left, quốc hiệu and tiêu ngữ on the right, number
under the one, place and date under the other. The lines are carved into ``fragments``, of which
some name the ``authorities``; type and ``titles`` stand below, ``annexes`` in brackets under them;
or all of it in the ``old_form``.
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
from tdkt_parse.metadata.old_form import OldForm, read_old_form
from tdkt_parse.metadata.titles import (
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
from tdkt_parse.spelling import key
from tdkt_parse.wording import deciding


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
    old = read_old_form(parts)
    fragments = _carved(parts)
    late = _late(parts, fragments, old)
    kind, lines, types = (
        (old.kind, old.title, old.marks)
        if old
        else type_and_title(parts, {id(f.passage) for f in late})
    )
    head = _told_apart([*fragments, *late])
    number, date = _number(head.number), _date(head.date)
    named = [line for line in lines if not is_annex(line.text)]
    title = join(named) if lines else None
    if title is None and head.about:
        title = join([f.piece for f in head.about])
    behind = _end_of_head(head.number, head.date)
    printed = head.number.passage.start + head.number.start if head.number else None
    agencies, others = find_agencies(head.names, behind, number=printed)
    others += [f.piece for f in head.stamped]
    if title is None and not parts.type:
        title = _bare_title(others, behind)
        others = [p for p in others if p is not title]
    others += [f.piece for f in head.numbers]
    if kind in deciding() and title and agencies:
        title, authority = _without_authority(title, [] if old else named, agencies)
        others += authority
    if old:
        # What the letterhead says too is said there; here it is a fixed word of the form.
        number, spare_number = (number, old.number) if number else (old.number, None)
        date, spare_date = (date, old.date) if date else (old.date, None)
        others += [said[1] for said in (spare_number, spare_date) if said]
        (others if agencies else agencies).extend(old.authority)
    by_symbol = False
    if kind is None:
        kind, length, by_symbol = _kind_without_line(title, number, head.number, parts)
        if title and length:
            types = [*types, ("type", title.cut(0, length))]
            title = title.cut(length, len(title.text))
    return Preface(
        kind,
        number,
        join([f.piece for f in head.place]) if head.place else None,
        date,
        tuple(agencies),
        title or None,
        tuple(find_years(title.text)) if title else (),
        _marked("secrecy", head.fixed),
        _marked("urgency", head.fixed),
        (*((f.kind, f.piece) for f in head.fixed), *(("other", p) for p in others), *types),
        tuple(line for line in lines if is_annex(line.text)),
        by_symbol,
    )


def _carved(parts: Parts) -> list[Fragment]:
    """The fragments of the letterhead; of its lines together, where one alone bears no date."""
    fragments = [f for block in parts.letterhead for f in carve(block.passage)]
    dated = _date(next((f for f in fragments if f.kind == "date"), None))
    if dated is None or dated[0].year is None:
        return carve_together(parts.letterhead, fragments)
    return fragments


def _late(parts: Parts, fragments: Sequence[Fragment], old: OldForm | None) -> list[Fragment]:
    """What a letterhead lacks and stands among the lines of the title or the addressees."""
    told = old.blocks if old else frozenset()
    known = {f.kind for f in fragments}
    return [
        f
        for block in (*parts.title, *parts.addressees)
        if id(block) not in told
        for f in carve(block.passage)
        if f.kind in ("number", "date", "place", "motto")
        and f.kind not in known
        and _is_whole(f)
        and key(f.passage.text[: f.start]).strip() != _WHOSE
    ]


@dataclass(frozen=True, slots=True)
class _Head:
    """The fragments of a head, told apart."""

    number: Fragment | None
    date: Fragment | None
    place: tuple[Fragment, ...]
    """Its name, which may be torn in two."""
    about: list[Fragment]
    stamped: list[Fragment]
    names: list[Fragment]
    """Of agencies, and what is nothing else."""
    numbers: list[Fragment]
    """Those that are not the document's own."""
    fixed: list[Fragment]
    """Words of the form."""


def _told_apart(fragments: Sequence[Fragment]) -> _Head:
    number = number_of_document(fragments)
    place = next((f for f in fragments if f.kind == "place"), None)
    torn = torn_place(fragments, place)
    rest = [f for f in fragments if f.kind == "other" and f is not torn]
    about = [f for f in rest if is_about(f.text)]
    stamped = [f for f in rest if f not in about and is_arrival(f.text)]
    return _Head(
        number,
        next((f for f in fragments if f.kind == "date"), None),
        tuple(f for f in (torn, place) if f),
        about,
        stamped,
        [f for f in rest if f not in about and f not in stamped],
        [f for f in fragments if f.kind == "number" and f is not number],
        [f for f in fragments if f.kind in ("motto", "word", "secrecy", "urgency", "draft")],
    )


def _bare_title(others: Sequence[Passage], behind: int | None) -> Passage | None:
    """The one line below number and date that is a title without its type line."""
    bare = [passage for passage in others if is_bare_title(passage, behind)]
    return bare[0] if len(bare) == 1 else None


def _without_authority(
    title: Passage, lines: Sequence[Passage], agencies: Sequence[Passage]
) -> tuple[Passage, list[Passage]]:
    """A title without the authority that is named once more under it, and its name there."""
    known = {key(agency.text) for agency in agencies}
    if len(lines) > 1 and key(lines[-1].text) in known and not is_cut_off(lines[-2].text):
        return join(lines[:-1]), [lines[-1]]
    if end := authority_in(title.text, known):
        return title.cut(0, end), [title.cut(end, len(title.text))]
    return title, []


def _kind_without_line(
    title: Passage | None,
    number: tuple[DocNumber, Passage, bool] | None,
    printed: Fragment | None,
    parts: Parts,
) -> tuple[str | None, int, bool]:
    """
    The type of a document without a type line, how much of its title names that, and whether only
    the symbol of its number does.
    """
    if title and number and (named := own_type(title, number[0])):
        return *named, False
    if letter := kind_of_letter(printed, parts):
        return letter, 0, False
    symbol = kind_of_symbol(number, title)
    length = misread_type(title.text, symbol) if symbol and title else 0
    return symbol, length, symbol is not None


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
    return found.number, fragment.piece, found.damaged


def _date(fragment: Fragment | None) -> tuple[PartialDate, Passage] | None:
    if fragment is None:
        return None
    found = find_letterhead_date(fragment.passage.text)
    date = found.date if found else None
    if date is None:
        date = next((d for d in find_dates(fragment.text) if d.date.day), None)
    return (date.date, fragment.piece) if date else None


def _marked(kind: str, fragments: Sequence[Fragment]) -> str | None:
    return next((f.text.strip("()[] ") for f in fragments if f.kind == kind), None)


def _end_of_head(number: Fragment | None, date: Fragment | None) -> int | None:
    """Where number and date have both been told, behind which no agency's name goes on."""
    if number is None or date is None:
        return None
    return max(number.passage.start + number.start, date.passage.start + date.start)
