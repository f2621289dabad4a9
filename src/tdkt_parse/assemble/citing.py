"""
Citations over all passages of a document, in order, and the legal bases that hold them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tdkt_parse.assemble.ledger import Ledger
from tdkt_parse.assemble.sections import role_of, walk
from tdkt_parse.citations import (
    BackReference,
    Cited,
    antecedents_of,
    find_back_references,
    find_citations,
    find_short_forms,
    likely,
)
from tdkt_parse.days import days_of
from tdkt_parse.diagnose import diagnostic
from tdkt_parse.layout import Table
from tdkt_parse.metadata import Basis
from tdkt_parse.models import (
    Citation,
    Diagnostic,
    DocNumber,
    Evidence,
    LegalBasis,
    PartialDate,
    Relation,
)
from tdkt_parse.passage import Passage, join
from tdkt_parse.segment import Node, Paragraph, Tree
from tdkt_parse.spelling import key
from tdkt_parse.wording import announces, basis_verb, is_bases_heading, kinds


@dataclass(frozen=True, slots=True)
class Place:
    """A passage that may cite, and the part of the document it stands in."""

    passage: Passage
    where: str


class Own(NamedTuple):
    """What the document says of itself: its canonical number, its type, its date."""

    number: str | None
    kind: str | None
    date: PartialDate | None


def build_citations(
    ledger: Ledger, places: Sequence[Place], own: Own
) -> tuple[list[Citation], dict[int, list[int]], list[Diagnostic]]:
    """
    Every citation in order of appearance; for each place that cites, by its index, its citations;
    and what is damaged. A mention of the document itself, ``own``, is no citation.
    """
    found: list[Citation] = []
    by_place: dict[int, list[int]] = {}
    said: list[Diagnostic] = []
    aliases: dict[str, int] = {}
    citing, pointing = likely([place.passage.text for place in places])
    starts = [place.passage.start for place in places]
    for index in sorted(range(len(places)), key=starts.__getitem__):
        place = places[index]
        text = place.passage.text
        if index not in citing and not (aliases and any(map(text.__contains__, aliases))):
            continue
        read = [(k, c) for k, c in enumerate(find_citations(text)) if not _is_own(c, own)]
        cited = [c for _, c in read]
        back = [
            b
            for b in (find_back_references(text, cited) if index in pointing else ())
            if not (b.itself and b.kind == own.kind)
        ]
        if not read and not aliases and not back:
            continue
        base = len(found)
        names = {c.alias for c in cited if c.alias and " " in c.alias} | aliases.keys()
        declared = {c.alias: c.start for c in cited if c.alias}
        short = [
            (start, end, name)
            for start, end, name in (find_short_forms(text, names, cited) if names else ())
            if name in aliases or declared[name] < start
        ]
        entries: list[tuple[int, int, int, Cited | BackReference | str]] = [
            *((item.start, item.end, k, item) for k, item in read),
            *((start, end, -1, name) for start, end, name in short),
            *((b.start, b.end, -1, b) for b in back if not _overlaps(b, short)),
        ]
        entries.sort(key=lambda entry: entry[:2])
        numbers: dict[int, int] = {}
        for start, end, number, item in entries:
            if isinstance(item, str):
                evidence = ledger.evidence(place.passage, start, end, rule="short_form")
                found.append(_short_form(item, aliases[item], found, place.where, evidence))
                continue
            if isinstance(item, BackReference):
                near = antecedents_of(item, found, base)
                meant = near if len(near) == 1 else antecedents_of(item, found)
                if item.labelled or len(meant) == 1 or (meant and not item.itself):
                    found.append(_referring(ledger, place, item, meant))
                continue
            numbers[number] = len(found)
            value = _citation(ledger, place, item, numbers)
            named = f"{item.kind} {item.title}"
            if named in aliases and item.number is None and item.date is None:
                short_one = _short_form(named, aliases[named], found, place.where, value.evidence)
                value = short_one.model_copy(update={"pinpoint": item.pinpoint})
            found.append(value)
            if item.damaged:
                said.append(
                    diagnostic(
                        "damaged_citation", value.evidence, text=text[item.start : item.head]
                    )
                )
            if item.alias and " " in item.alias and not _names_other(item, own):
                aliases.setdefault(item.alias, len(found) - 1)
        by_place[index] = list(range(base, len(found)))
    return found, by_place, said


def _names_other(item: Cited, own: Own) -> bool:
    """
    Whether a short name is that of what a document approves, or of this document's own type.

    ``Quyết định … phê duyệt Chương trình … (gọi tắt là Chương trình)``: the word alone is the
    programme from then on, and cites no decision.
    """
    alone = item.alias in {kind.name for kind in kinds()}
    return alone and item.alias in (own.kind, item.alias if item.alias != item.kind else None)


def _short_form(
    name: str, index: int, found: Sequence[Citation], where: str, evidence: Evidence
) -> Citation:
    """A document called by the short name that an earlier citation gave it."""
    return Citation(
        kind=found[index].kind,
        where=where,
        alias=name,
        relation=Relation(kind="short_for", to=index),
        evidence=evidence,
    )


def _overlaps(reference: BackReference, short: Sequence[tuple[int, int, str]]) -> bool:
    return any(start < reference.end and reference.start < end for start, end, _ in short)


def _referring(ledger: Ledger, place: Place, item: BackReference, meant: Sequence[int]) -> Citation:
    """A reference back, tied to its antecedent where there is one and no other."""
    return Citation(
        kind=item.kind,
        number=DocNumber(serial=item.serial, year=item.year) if item.serial else None,
        where=place.where,
        relation=Relation(kind="short_for", to=meant[0]) if len(meant) == 1 else None,
        evidence=ledger.evidence(place.passage, item.start, item.end, rule="back_reference"),
    )


def _is_own(cited: Cited, own: Own) -> bool:
    """Whether it is the document itself: its number, and not the like number of another day."""
    if not own.number or not cited.number or cited.number.canonical != own.number:
        return False
    days, signed = days_of(cited.date), days_of(own.date)
    return not days or not signed or (days.first <= signed.last and signed.first <= days.last)


def _citation(ledger: Ledger, place: Place, item: Cited, numbers: dict[int, int]) -> Citation:
    related = numbers.get(item.related) if item.related is not None else None
    return Citation(
        kind=item.kind,
        number=item.number,
        date=item.date,
        title=item.title,
        issuer=item.issuer,
        pinpoint=item.pinpoint,
        where=place.where,
        nested=item.inside is not None,
        relation=Relation(kind=item.relation, to=related)
        if item.relation and related is not None
        else None,
        alias=item.alias,
        evidence=ledger.evidence(place.passage, item.start, item.end, rule=item.rule),
    )


def places_of(ledger: Ledger, tree: Tree, where: str | None = None) -> Iterator[Place]:
    """The passages of a body or an attachment that may cite something."""
    for item in tree.loose:
        yield from _places_in(ledger, item, where or "other")
    for node, path in walk(tree.sections):
        role = where or ("legal_bases" if _lists_bases(node, path) else role_of(node, path))
        if node.heading:
            yield Place(node.heading, role)
        for item in node.items:
            yield from _places_in(ledger, item, role)


def _lists_bases(node: Node, path: Sequence[Node]) -> bool:
    return any(n.heading and is_bases_heading(n.heading.text) for n in (node, *path))


def _places_in(ledger: Ledger, item: Paragraph | Table, where: str) -> Iterator[Place]:
    if isinstance(item, Paragraph):
        yield Place(item.passage, where)
        return
    for row in ledger.grid(item).rows:
        for entry in row:
            if entry.lines and not entry.merged:
                yield Place(join(entry.lines), where)


def section_bases(nodes: Sequence[Node]) -> tuple[list[Passage], list[Passage]]:
    """The items of a section that lists the legal bases, and those of them that say who issues."""
    found: list[Passage] = []
    clauses: list[Passage] = []
    for node, path in walk(nodes):
        if _lists_bases(node, path):
            for item in node.paragraphs:
                (clauses if _tells_issuer(item.passage.text) else found).append(item.passage)
            if not node.items and not node.children and path and node.heading:
                found.append(node.heading)
    return found, clauses


def _tells_issuer(text: str) -> bool:
    """Whether a paragraph among the bases says who issues, and rests on nothing itself."""
    return announces(text) and basis_verb(key(text[:60])) is None


def build_bases(
    ledger: Ledger, bases: Sequence[Basis], by_place: dict[int, list[int]]
) -> list[LegalBasis]:
    """The legal bases; the first places are theirs, in the same order."""
    found: list[LegalBasis] = []
    for number, basis in enumerate(bases):
        evidence = ledger.evidence(basis.passage, rule="basis")
        if basis.on_line and found and _is_one_line(ledger, found[-1].evidence, evidence):
            evidence = evidence.model_copy(update={"rule": "basis_on_line"})
        found.append(
            LegalBasis(
                verb=basis.verb,
                text=basis.passage.text,
                citations=by_place.get(number, []),
                evidence=evidence,
            )
        )
    return found


def _is_one_line(ledger: Ledger, above: Evidence, evidence: Evidence) -> bool:
    """Whether a basis begins where the one before it ends; a paragraph may be of many lines."""
    if not (above.spans and evidence.spans):
        return False
    if "\n" in ledger.document.text[above.spans[-1][1] : evidence.spans[0][0]]:
        return False
    if not (above.boxes and evidence.boxes):
        return True
    last, first = above.boxes[-1], evidence.boxes[0]
    height = min(last.y1 - last.y0, first.y1 - first.y0)
    return (
        last.page == first.page and 2 * (min(last.y1, first.y1) - max(last.y0, first.y0)) > height
    )
