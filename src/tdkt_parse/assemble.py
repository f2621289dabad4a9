"""
The values of a Plan from what the steps before read, each with its evidence.

A :class:`Ledger` remembers every range of the text that went into some value; what is left at the
end goes into ``Plan.body`` with a diagnostic, so that no word of a document is lost.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import regex

from tdkt_parse.actors import actors_of
from tdkt_parse.citations import Cited, find_citations, find_short_forms
from tdkt_parse.diagnose import diagnostic
from tdkt_parse.layout import Document, Line, Span, Table
from tdkt_parse.metadata import (
    AttachmentHead,
    Basis,
    Preface,
    SignedBy,
    annex_of,
    find_issuing_clause,
)
from tdkt_parse.models import (
    Appendix,
    AppendixOf,
    Citation,
    Diagnostic,
    Evidence,
    Footnote,
    Implementation,
    Issuer,
    LegalBasis,
    Mark,
    Paragraph as ParagraphRead,
    PlanDate,
    PlanNumber,
    Relation,
    Section,
    Signature,
    Signer,
    TableRead,
    Task,
    Text,
)
from tdkt_parse.normalise import fix
from tdkt_parse.passage import Passage, of_spans, read_line, join
from tdkt_parse.periods import find_deadlines, find_quarters
from tdkt_parse.segment import Node, Paragraph, Tree
from tdkt_parse.spelling import key
from tdkt_parse.tasks import (
    Grid,
    Read,
    find_table_tasks,
    month_of_heading,
    prose_task,
    read_grid,
    read_header,
)
from tdkt_parse.wording import lead_ins, is_actor, is_bases_heading, kinds, opener, role_of_heading

TIMEOUT = 5.0


@dataclass(slots=True)
class Ledger:
    """The document, and which ranges of its text have gone into a value so far."""

    document: Document
    used: list[Span] = field(default_factory=list)
    grids: dict[Span, Grid] = field(default_factory=dict)

    def evidence(
        self, passage: Passage, begin: int = 0, end: int | None = None, *, rule: str | None = None
    ) -> Evidence:
        """The evidence of part of a passage, which is thereby used."""
        spans = passage.spans(begin, len(passage.text) if end is None else end)
        self.used += spans
        return of_spans(self.document, spans, passage.lines, rule=rule)

    def of(
        self, spans: Sequence[Span], lines: Sequence[Line] = (), *, rule: str | None = None
    ) -> Evidence:
        """The evidence of some ranges, which are thereby used."""
        self.used += spans
        return of_spans(self.document, spans, lines, rule=rule)

    def use(self, passage: Passage) -> None:
        """Note that a passage stands in some value, its label too."""
        self.used += passage.spans(0, len(passage.text))

    def text(self, passage: Passage, *, rule: str | None = None) -> Text:
        """A piece of text with its evidence."""
        return Text(text=passage.text, evidence=self.evidence(passage, rule=rule))

    def grid(self, table: Table) -> Grid:
        """The grid of a table, read once."""
        if table.span not in self.grids:
            self.grids[table.span] = read_grid(self.document.text, table)
        return self.grids[table.span]


# ---------------------------------------------------------------- sections


def build_sections(ledger: Ledger, nodes: Sequence[Node]) -> list[Section]:
    """The tree of sections as values."""
    return [
        Section(
            label=node.label.text if node.label else None,
            heading=node.heading.text if node.heading else None,
            role=node.role,
            paragraphs=[build_paragraph(ledger, item) for item in node.paragraphs],
            tables=[build_table(ledger, item) for item in node.tables],
            children=build_sections(ledger, node.children),
            evidence=ledger.evidence(node.whole, rule=node.rule),
        )
        for node in nodes
    ]


def build_paragraph(ledger: Ledger, paragraph: Paragraph) -> ParagraphRead:
    """A paragraph, its label apart."""
    ledger.use(paragraph.whole)
    label = paragraph.whole.text[: paragraph.label.end].strip() if paragraph.label else None
    return ParagraphRead(
        label=label or None,
        text=paragraph.passage.text,
        evidence=ledger.evidence(paragraph.passage),
    )


def build_table(ledger: Ledger, table: Table) -> TableRead:
    """A table as rows of texts."""
    grid = ledger.grid(table)
    header = read_header(grid)
    return TableRead(
        header_rows=header.depth if header else 0,
        rows=[[entry.text for entry in row] for row in grid.rows],
        evidence=ledger.of([table.span], rule="table"),
    )


def walk(
    nodes: Sequence[Node], path: tuple[Node, ...] = ()
) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """Every section with those that hold it."""
    for node in nodes:
        yield node, path
        yield from walk(node.children, (*path, node))


def role_of(node: Node, path: Sequence[Node]) -> str:
    """The role of a section, or of the nearest that holds it and has one."""
    return next((n.role for n in (node, *reversed(path)) if n.role != "other"), "other")


# ---------------------------------------------------------------- purpose, requirements, budget


_CAPTION = regex.compile(r"(?P<caption>[^.:;]{4,40}?)\s*[:.]\s+(?=\S)")


def build_aims(
    ledger: Ledger, nodes: Sequence[Node]
) -> tuple[list[Text], list[Text], list[Diagnostic]]:
    """Purpose and requirements, one for each paragraph or bullet, and what is odd about them."""
    purpose: list[Text] = []
    requirements: list[Text] = []
    said: list[Diagnostic] = []
    for node in nodes:
        if node.role not in ("purpose_requirements", "purpose", "requirements"):
            continue
        into = requirements if node.role == "requirements" else purpose
        divided = _aims_of(ledger, node, into, purpose, requirements)
        if node.role == "purpose_requirements" and not divided:
            said.append(diagnostic("undivided_purpose", ledger.evidence(node.whole)))
    return purpose, requirements, said


def _aims_of(
    ledger: Ledger, node: Node, into: list[Text], purpose: list[Text], requirements: list[Text]
) -> bool:
    """Put the paragraphs of a section where they belong; whether captions divided them."""
    divided = False
    for item in node.paragraphs:
        caption = _CAPTION.match(item.passage.text, timeout=TIMEOUT)
        role = role_of_heading(caption["caption"]) if caption else "other"
        if caption and role in ("purpose", "requirements"):
            divided = True
            into = purpose if role == "purpose" else requirements
            into.append(
                ledger.text(item.passage.cut(caption.end(), len(item.passage.text)), rule="caption")
            )
        else:
            into.append(ledger.text(item.passage, rule=node.role))
    for child in node.children:
        aim = (
            requirements
            if child.role == "requirements"
            else purpose
            if child.role == "purpose"
            else into
        )
        divided = divided or child.role in ("purpose", "requirements")
        if not child.items and not child.children and child.heading and child.role == "other":
            aim.append(ledger.text(child.heading, rule=node.role))
        divided = _aims_of(ledger, child, aim, purpose, requirements) or divided
    return divided


def build_budget(ledger: Ledger, nodes: Sequence[Node]) -> list[Text]:
    """The paragraphs on money."""
    found: list[Text] = []
    for node, path in walk(nodes):
        if role_of(node, path) == "budget":
            found += [ledger.text(item.passage, rule="budget") for item in node.paragraphs]
    return found


# ---------------------------------------------------------------- implementation


def build_implementation(
    ledger: Ledger, nodes: Sequence[Node], year: int | None
) -> list[Implementation]:
    """The items of tổ chức thực hiện, with who acts and by when."""
    found: list[Implementation] = []
    for node, path in walk(nodes):
        if role_of(node, path) != "implementation" or node.role == "budget":
            continue
        heading = node.heading.text if node.heading else ""
        under = _actor_heading(heading) if path and node.role == "other" else []
        if under and not node.items and not node.children and node.heading:
            found.append(_item(ledger, node.heading, actors_of(heading) or under, year))
        elif (
            path and not node.items and not node.children and node.heading and node.role == "other"
        ):
            found.append(_item(ledger, node.heading, actors_of(heading), year))
        found += _items(ledger, node.paragraphs, under, year)
    return found


def _actor_heading(heading: str) -> list[str]:
    lead_in = lead_ins().match(heading, timeout=TIMEOUT)
    name = heading[lead_in.end() :] if lead_in else heading
    return [name.strip(" :.")] if is_actor(name) else []


def _items(
    ledger: Ledger, paragraphs: Sequence[Paragraph], under: list[str], year: int | None
) -> Iterator[Implementation]:
    outer = under
    for number, item in enumerate(paragraphs):
        text = item.passage.text
        after = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        if _is_caption(item, after):
            under = [text.strip(" :.")]
            ledger.use(item.whole)
            continue
        actors = actors_of(text)
        if item.label and item.label.style not in ("bullet", "plus"):
            under = actors or outer
        elif text.endswith(":") and actors:
            under = actors
        yield _item(ledger, item.passage, actors or under, year)


def _is_caption(item: Paragraph, after: Paragraph | None) -> bool:
    """A unit's name alone on its line, over what it has to do."""
    text = item.passage.text
    if after is None or item.label or len(text) > 160 or text.endswith((".", ";", ",")):
        return False
    return is_actor(text) and not actors_of(text)


def _item(ledger: Ledger, passage: Passage, actors: list[str], year: int | None) -> Implementation:
    return Implementation(
        actors=actors,
        text=passage.text,
        deadlines=[timing for _, _, timing in find_deadlines(passage.text, year)],
        evidence=ledger.evidence(passage, rule="implementation"),
    )


# ---------------------------------------------------------------- tasks


def build_tasks(
    ledger: Ledger,
    tree: Tree,
    year: int | None,
    *,
    where: str | None = None,
) -> list[Task]:
    """The tasks of a body or an attachment, from tables and prose."""
    found: list[Task] = []
    for item in tree.loose:
        if isinstance(item, Table):
            found += _table_tasks(ledger, item, year, (), where or "other")
    for node, path in walk(tree.sections):
        role = where or role_of(node, path)
        quarters = next(
            (_quarters_of(n) for n in (node, *reversed(path)) if n.role == "quarter"), []
        )
        month = next(
            (
                m
                for n in (node, *reversed(path))
                if n.heading and (m := month_of_heading(n.heading.text, year))
            ),
            None,
        )
        for table in node.tables:
            found += _table_tasks(ledger, table, year, quarters, role)
        if not quarters and month is None:
            continue
        if node.heading and not node.items and not node.children and node.role == "other" and path:
            found.append(
                _task(
                    ledger,
                    prose_task(
                        node.heading,
                        ordinal=_ordinal(node),
                        quarters=quarters,
                        year=year,
                        timing=month,
                    ),
                    role,
                )
            )
        for number, paragraph in enumerate(node.paragraphs):
            following = node.paragraphs[number + 1] if number + 1 < len(node.paragraphs) else None
            if paragraph.passage.text.endswith(":") and (following or node.children or node.tables):
                continue
            label = paragraph.label
            ordinal = (
                label.text
                if label and label.style in ("arabic", "multi2", "multi3", "lower")
                else None
            )
            read = prose_task(
                paragraph.passage, ordinal=ordinal, quarters=quarters, year=year, timing=month
            )
            found.append(_task(ledger, read, role))
    return found


def _ordinal(node: Node) -> str | None:
    return (
        node.label.text
        if node.label and node.label.style in ("arabic", "multi2", "multi3", "lower")
        else None
    )


def _quarters_of(node: Node) -> list[int]:
    return find_quarters(node.heading.text, heading=True) if node.heading else []


def _table_tasks(
    ledger: Ledger, table: Table, year: int | None, quarters: Sequence[int], where: str
) -> Iterator[Task]:
    for read in find_table_tasks(ledger.grid(table), year=year, quarters=quarters):
        if read.content:
            yield _task(ledger, read, where)


def _task(ledger: Ledger, read: Read, where: str) -> Task:
    return Task(
        quarters=list(read.quarters),
        ordinal=read.ordinal,
        content=read.content,
        lead=list(read.lead),
        support=list(read.support),
        timing=read.timing,
        where=where,
        evidence=ledger.of(read.spans, rule=read.rule),
    )


# ---------------------------------------------------------------- citations


@dataclass(frozen=True, slots=True)
class Place:
    """A passage that may cite, and the part of the document it stands in."""

    passage: Passage
    where: str


def build_citations(
    ledger: Ledger, places: Sequence[Place], own: str | None
) -> tuple[list[Citation], dict[int, list[int]], list[Diagnostic]]:
    """
    Every citation in order of appearance; for each place, by its index, its citations; and what is
    damaged. ``own`` is the document's own canonical number, whose mention is no citation.
    """
    found: list[Citation] = []
    by_place: dict[int, list[int]] = {}
    said: list[Diagnostic] = []
    aliases: dict[str, int] = {}
    order = sorted(range(len(places)), key=lambda k: places[k].passage.start)
    for index in order:
        place = places[index]
        text = place.passage.text
        read = [(k, c) for k, c in enumerate(find_citations(text)) if not _is_own(c, own)]
        cited = [c for _, c in read]
        base = len(found)
        numbers = {k: base + n for n, (k, _) in enumerate(read)}
        for item in cited:
            value = _citation(ledger, place, item, numbers)
            found.append(value)
            if item.damaged:
                said.append(
                    diagnostic(
                        "damaged_citation", value.evidence, text=text[item.start : item.head]
                    )
                )
            if item.alias and len(item.alias.split()) > 1:
                aliases.setdefault(item.alias, len(found) - 1)
        for start, end, alias in find_short_forms(text, aliases, cited) if aliases else ():
            first = found[aliases[alias]]
            found.append(
                Citation(
                    kind=first.kind,
                    where=place.where,
                    alias=alias,
                    relation=Relation(kind="short_for", to=aliases[alias]),
                    evidence=ledger.evidence(place.passage, start, end, rule="short_form"),
                )
            )
        by_place[index] = list(range(base, len(found)))
    return found, by_place, said


def _is_own(cited: Cited, own: str | None) -> bool:
    return bool(own and cited.number and cited.number.canonical == own)


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


def section_bases(nodes: Sequence[Node]) -> list[Passage]:
    """The items of a section that lists the legal bases."""
    found: list[Passage] = []
    for node, path in walk(nodes):
        if _lists_bases(node, path):
            found += [item.passage for item in node.paragraphs]
            if not node.items and not node.children and path and node.heading:
                found.append(node.heading)
    return found


def build_bases(
    ledger: Ledger, bases: Sequence[Basis], by_place: dict[int, list[int]]
) -> list[LegalBasis]:
    """The legal bases; the first places are theirs, in the same order."""
    return [
        LegalBasis(
            verb=basis.verb,
            text=basis.passage.text,
            citations=by_place.get(number, []),
            evidence=ledger.evidence(basis.passage, rule="basis"),
        )
        for number, basis in enumerate(bases)
    ]


# ---------------------------------------------------------------- head and foot


def build_number(
    ledger: Ledger, preface: Preface, annexes: Sequence[Passage]
) -> tuple[PlanNumber | None, list[Diagnostic]]:
    """The document's own number, from the letterhead or else from an annex line."""
    if preface.number:
        number, passage, damaged = preface.number
        evidence = ledger.evidence(passage, rule="letterhead_number")
        said = [diagnostic("damaged_number", evidence, text=passage.text)] if damaged else []
        if number.serial is None and not damaged:
            said.append(diagnostic("blank_number", evidence, symbol=number.symbol or ""))
        return PlanNumber(**number.model_dump(), evidence=evidence), said
    for annex in _own_annexes(preface, annexes):
        if annex.number:
            evidence = ledger.evidence(
                annex.passage, annex.number.start, annex.number.end, rule="annex_line"
            )
            said = [diagnostic("number_from_annex", evidence)]
            if annex.number.number.serial is None:
                said.append(
                    diagnostic("blank_number", evidence, symbol=annex.number.number.symbol or "")
                )
            return PlanNumber(**annex.number.number.model_dump(), evidence=evidence), said
    return None, [diagnostic("no_number")]


def build_date(
    ledger: Ledger, preface: Preface, annexes: Sequence[Passage]
) -> tuple[PlanDate | None, list[Diagnostic]]:
    """The document's own date, from the letterhead or else from an annex line."""
    if preface.date:
        date, passage = preface.date
        evidence = ledger.evidence(passage, rule="letterhead_date")
        whole = date.day is not None and date.month is not None and date.year is not None
        said = [] if whole else [diagnostic("partial_date", evidence, text=passage.text)]
        return PlanDate(**date.model_dump(), evidence=evidence), said
    for annex in _own_annexes(preface, annexes):
        if annex.date:
            date, start, end = annex.date
            evidence = ledger.evidence(annex.passage, start, end, rule="annex_line")
            return PlanDate(**date.model_dump(), evidence=evidence), [
                diagnostic("date_from_annex", evidence)
            ]
    return None, [diagnostic("no_date")]


def _own_annexes(preface: Preface, annexes: Sequence[Passage]) -> list:  # type: ignore[type-arg]
    names = [kind.name for kind in kinds()]
    read = [annex_of(passage, names) for passage in annexes]
    return [annex for annex in read if annex.kind == preface.kind and preface.kind is not None]


def build_issuer(
    ledger: Ledger, preface: Preface, clauses: Sequence[Passage]
) -> tuple[Issuer | None, list[Diagnostic]]:
    """Who issued the document: the letterhead, or else the body's own words."""
    clause = find_issuing_clause(clauses)
    spoken = clause.passage.text[clause.start : clause.end] if clause else None
    if preface.agencies:
        name = preface.agencies[-1]
        parent = preface.agencies[-2].text if len(preface.agencies) > 1 else None
        fuller = (
            spoken and key(spoken).startswith(key(name.text) + " ") and len(name.text.split()) <= 4
        )
        if not fuller:
            spans = [s for p in preface.agencies for s in p.spans(0, len(p.text))]
            lines = [line for p in preface.agencies for line in p.lines]
            return Issuer(
                name=name.text, parent=parent, evidence=ledger.of(spans, lines, rule="letterhead")
            ), []
        for passage in preface.agencies:
            ledger.use(passage)
    if clause and spoken:
        evidence = ledger.evidence(clause.passage, clause.start, clause.end, rule="issuing_clause")
        return Issuer(name=spoken, evidence=evidence), [diagnostic("issuer_from_body", evidence)]
    return None, [diagnostic("no_issuer")]


def build_signature(
    ledger: Ledger, signers: Sequence[SignedBy]
) -> tuple[Signature | None, list[Diagnostic]]:
    """The signature, a second signer's within it."""
    if not signers:
        return None, [diagnostic("no_signer")]
    first, *more = signers
    signature = Signature(
        **_signer(ledger, first),
        also_signed=[Signer(**_signer(ledger, signed)) for signed in more],
    )
    return signature, [] if first.signer else [diagnostic("no_signer", signature.evidence)]


def _signer(ledger: Ledger, signed: SignedBy) -> dict:  # type: ignore[type-arg]
    spans = [span for p in signed.read_from for span in p.spans(0, len(p.text))]
    lines = [line for p in signed.read_from for line in p.lines]
    return {
        "capacity": signed.capacity,
        "on_behalf_of": signed.on_behalf_of,
        "role": signed.role,
        "signer": signed.signer,
        "also": signed.also,
        "evidence": ledger.of(sorted(spans), lines, rule="signature"),
    }


def build_appendix(
    ledger: Ledger, head: AttachmentHead, tree: Tree, whole: Sequence[Passage]
) -> Appendix:
    """An attachment: its head, its sections, tables and paragraphs."""
    names = [kind.name for kind in kinds()]
    of = None
    if head.annex:
        annex = annex_of(head.annex, names)
        of = AppendixOf(
            text=head.annex.text,
            number=annex.number.number if annex.number else None,
            date=annex.date[0] if annex.date else None,
            evidence=ledger.evidence(head.annex, rule="annex_line"),
        )
    spans = [s for p in (head.label, head.title) if p for s in p.spans(0, len(p.text))]
    if not spans and whole:
        spans = whole[0].spans(0, len(whole[0].text))
    return Appendix(
        label=head.label.text if head.label else None,
        title=head.title.text if head.title else None,
        of=of,
        sections=build_sections(ledger, tree.sections),
        tables=[build_table(ledger, item) for item in tree.loose if isinstance(item, Table)],
        paragraphs=[
            build_paragraph(ledger, item) for item in tree.loose if isinstance(item, Paragraph)
        ],
        evidence=ledger.of(spans, rule="attachment"),
    )


def build_footnotes(ledger: Ledger) -> list[Footnote]:
    """The footnotes that the reader set apart."""
    found = []
    for note in ledger.document.notes:
        passage = join([read_line(ledger.document.text, line) for line in note.lines])
        found.append(
            Footnote(
                marker=note.marker,
                text=passage.text,
                evidence=ledger.evidence(passage, rule="footnote"),
            )
        )
    return found


def build_marks(ledger: Ledger, marks: Iterable[tuple[str, Passage]]) -> list[Mark]:
    """Fixed words of the form."""
    return [
        Mark(role=role, text=passage.text, evidence=ledger.evidence(passage, rule="form"))
        for role, passage in marks
        if passage
    ]


# ---------------------------------------------------------------- what is left


_LETTER = regex.compile(r"[\p{L}\p{N}]")


def build_leftovers(ledger: Ledger) -> tuple[list[Text], list[Diagnostic]]:
    """Words that went into no value, each run of them as a paragraph of its own."""
    document = ledger.document
    notes = [n for block in document.blocks for n in _note_marks(block)]
    taken = sorted([*ledger.used, *document.furniture, *notes])
    found: list[Text] = []
    said: list[Diagnostic] = []
    at = 0
    for start, end in [*taken, (len(document.text), len(document.text))]:
        if start > at and any(map(str.isalnum, document.text[at:start])):
            for first, last in _trimmed(document.text, at, start):
                evidence = of_spans(document, [(first, last)], rule="unplaced")
                found.append(Text(text=fix(evidence.text), evidence=evidence))
                said.append(diagnostic("unplaced", evidence))
        at = max(at, end)
    return found, said


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    part = text[start:end]
    first = _LETTER.search(part, timeout=TIMEOUT)
    if first:
        yield start + first.start(), start + len(part.rstrip())


def _note_marks(block: Line | Table) -> Iterator[Span]:
    if isinstance(block, Line):
        yield from block.notes
        return
    for row in block.rows:
        for cell in row:
            for line in cell.lines:
                yield from line.notes


# ---------------------------------------------------------------- paragraphs in no section


def build_body(
    ledger: Ledger, preamble: Sequence[Passage], tree: Tree, closing: Sequence[Passage]
) -> list[Text]:
    """The paragraphs that stand in no section: issuing clause, before the first heading, closing."""
    for item in tree.loose:
        if isinstance(item, Paragraph):
            ledger.use(item.whole)
    loose = [item.whole for item in tree.loose if isinstance(item, Paragraph)]
    tables = [item for item in tree.loose if isinstance(item, Table)]
    texts = [
        *(ledger.text(p, rule="preamble") for p in preamble),
        *(ledger.text(p, rule="loose") for p in loose),
        *(ledger.text(p, rule="closing") for p in closing),
    ]
    for table in tables:
        for row in ledger.grid(table).rows:
            passages = [join(entry.lines) for entry in row if entry.lines and not entry.merged]
            if passages:
                texts.append(ledger.text(join(passages, " | "), rule="loose_table"))
    return sorted(texts, key=lambda text: text.evidence.spans[0])


# ---------------------------------------------------------------- what is odd


def numbering_of(ledger: Ledger, nodes: Sequence[Node]) -> Iterator[Diagnostic]:
    """Gaps and repetitions in the numbers of headings."""
    families = [(nodes, ()), *((node.children, node.paragraphs) for node, _ in walk(nodes))]
    for siblings, paragraphs in families:
        beside = {(p.label.style, p.label.value) for p in paragraphs if p.label}
        last: Node | None = None
        for node in siblings:
            label = node.label
            if label is None or label.style == "bullet":
                continue
            if last and last.label and last.label.style == label.style:
                step = label.value - last.label.value
                between = range(last.label.value + 1, label.value)
                missing = [n for n in between if (label.style, n) not in beside]
                if step == 0:
                    yield diagnostic(
                        "numbering_repeated", ledger.evidence(node.whole), after=label.text
                    )
                elif (missing and step < 50) or step < 0:
                    yield diagnostic(
                        "numbering_gap",
                        ledger.evidence(node.whole),
                        before=last.label.text,
                        after=label.text,
                    )
            last = node


def tables_of(ledger: Ledger, tables: Iterable[Table]) -> Iterator[Diagnostic]:
    """Tables that a page break cut."""
    for table in tables:
        grid = ledger.grid(table)
        for rule, rows in (
            ("table_continued", grid.continued),
            ("table_header_repeated", grid.repeated),
        ):
            for row in sorted(rows):
                spans = [
                    s
                    for e in grid.rows[row]
                    if not e.merged
                    for line in e.lines
                    for s in line.spans(0, len(line.text))
                ]
                yield diagnostic(rule, of_spans(ledger.document, spans) if spans else None)


def closing_paragraphs(nodes: Sequence[Node]) -> Iterator[Paragraph]:
    """Closings that stood inside a section, for want of a better place."""
    for node, _ in walk(nodes):
        yield from (
            p for p in node.paragraphs if opener("closing").start_of(key(p.passage.text[:40]))
        )
