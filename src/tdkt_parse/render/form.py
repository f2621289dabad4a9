"""
A Plan in the order in which it is printed (Nghị định 30/2020/NĐ-CP, mẫu 1.4).

Head, bases, issuing clause, sections, closing, recipients beside the signature, appendices. Where
the values of a plan were read from a document, their evidence tells which stood first; where not,
paragraphs stand before tables and tables before the parts below them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from tdkt_parse.models import (
    Appendix,
    Evidence,
    LegalBasis,
    Mark,
    Paragraph,
    Plan,
    Section,
    TableRead,
    Task,
    Text,
)
from tdkt_parse.render.completion import complete, nowhere
from tdkt_parse.render.conclusions import print_conclusions
from tdkt_parse.render.letterhead import print_head
from tdkt_parse.render.note_marks import NoteMarks
from tdkt_parse.render.printed import Block, Look, NewPage, NoteMark, Printed, Words
from tdkt_parse.render.ruled import rule_tables
from tdkt_parse.spelling import is_upper, key
from tdkt_parse.wording import opener

BAR = " | "
"""Between the cells of a table's row that became a paragraph."""


def print_form(plan: Plan) -> Printed:
    """The blocks of a plan in printed order; a plan from data is completed first."""
    plan = complete(plan)
    marks = NoteMarks(plan)
    before, after = _around(plan)
    attached = attached_marks(plan)
    own = [mark for mark in plan.marks if mark not in attached]
    blocks: list[Block] = [*print_head(plan, own), *_preamble(plan, before, marks)]
    for item in _by_place(plan.sections, after):
        if isinstance(item, Section):
            blocks += _print_section(item, 0, plan.tasks, marks)
        else:
            blocks.append(Words("closing", item.text, notes=marks.of(item)))
    blocks += print_conclusions(plan)
    for appendix, heads in zip(plan.appendices, _by_appendix(plan, attached), strict=True):
        blocks += _print_appendix(appendix, plan, marks, heads)
    if plan.footnotes and not marks.placed:
        blocks = list(_marked_first(blocks, plan))
    blocks = list(_set_apart(blocks))
    return Printed(
        _running(plan, "header"), _running(plan, "footer"), tuple(blocks), tuple(plan.footnotes)
    )


def _running(plan: Plan, role: str) -> tuple[str, ...]:
    """The lines over or under the pages that say something; a page's number does not."""
    texts = [mark.text for mark in plan.marks if mark.role == role]
    return tuple(dict.fromkeys(text for text in texts if any(map(str.isalpha, text))))


def _set_apart(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, those marked that begin with a figure or in capitals below what does not end."""
    above = ""
    for block in blocks:
        if not isinstance(block, Words) or block.look not in ("heading", "paragraph", "closing"):
            above = ""
            yield block
            continue
        figure = block.text[:1].isdigit() and block.text.split()[0][-1] not in ".)/:-"
        begins = figure or (is_upper(block.text) and is_upper(above))
        open_ended = bool(above) and above[-1] not in ".;:!?"
        yield replace(block, apart=True) if begins and open_ended else block
        above = block.text


def _marked_first(blocks: Sequence[Block], plan: Plan) -> Iterator[Block]:
    """The blocks with the marks of all footnotes in the first line that can have them."""
    waiting = plan.footnotes
    for block in blocks:
        if waiting and isinstance(block, Words):
            marks = tuple(NoteMark(len(block.text), note) for note in waiting)
            yield replace(block, notes=(*block.notes, *marks))
            waiting = []
        else:
            yield block


# ---------------------------------------------------------------- preamble and closing


def _start(evidence: Evidence) -> int | None:
    return evidence.spans[0][0] if evidence.spans else None


def _around(plan: Plan) -> tuple[list[Text], list[Text]]:
    """The paragraphs in no section: those before the first section, and those after the last."""
    starts = [start for s in plan.sections if (start := _start(s.evidence)) is not None]
    before: list[Text] = []
    after: list[Text] = []
    for item in plan.body:
        start = _start(item.evidence)
        if start is not None and starts:
            late = start > min(starts)
        else:
            late = bool(plan.sections) and opener("closing").start_of(key(item.text)) is not None
        (after if late else before).append(item)
    return before, after


def _by_place(sections: Sequence[Section], after: Sequence[Text]) -> list[Section | Text]:
    """The sections and what stands below the first of them, in order; what is unknown is last."""
    items: list[Section | Text] = [*sections, *after]
    if all(item.evidence.spans for item in items):
        items.sort(key=lambda item: item.evidence.spans[0])
    return items


def _preamble(plan: Plan, before: Sequence[Text], marks: NoteMarks) -> Iterator[Block]:
    """The bases that no section lists, and the paragraphs up to the first section."""
    listed = {(text, start) for section in plan.sections for text, start in _texts_in(section)}
    bases = [b for b in plan.legal_bases if (b.text, _start(b.evidence)) not in listed]
    items: list[LegalBasis | Text] = [*bases, *before]
    if all(item.evidence.spans for item in items):
        items.sort(key=lambda item: item.evidence.spans[0])
    for is_row, group in groupby(items, key=_is_row):
        rows = list(group)
        yield from (_loose_table(rows, plan) if is_row else None) or [
            Words(_look_of(item), item.text, notes=marks.of(item)) for item in rows
        ]


def _look_of(item: LegalBasis | Text) -> Look:
    return "basis" if isinstance(item, LegalBasis) else "paragraph"


def _is_row(item: LegalBasis | Text) -> bool:
    """Whether a paragraph is a row of a table that stands in no section."""
    if isinstance(item, LegalBasis):
        return False
    return item.evidence.rule == "loose_table" or (not item.evidence.rule and BAR in item.text)


def _loose_table(rows: Sequence[LegalBasis | Text], plan: Plan) -> Sequence[Block] | None:
    """The table of which the rows are left; ``None`` where they do not show its columns."""
    cells = [row.text.split(BAR) for row in rows]
    width = max(map(len, cells))
    if width < 2 or len(rows) < 2 or any(len(row) not in (1, width) for row in cells):
        return None
    full = [row if len(row) == width else row * width for row in cells]
    table = TableRead(header_rows=1, rows=full, evidence=nowhere())
    return list(rule_tables(table, plan.tasks))


def _texts_in(section: Section) -> Iterator[tuple[str, int | None]]:
    if section.heading:
        yield section.heading, _start(section.evidence)
    for paragraph in section.paragraphs:
        yield paragraph.text, _start(paragraph.evidence)
    for child in section.children:
        yield from _texts_in(child)


# ---------------------------------------------------------------- sections


def _print_section(
    section: Section, depth: int, tasks: Sequence[Task], marks: NoteMarks
) -> Iterator[Block]:
    heading = " ".join(filter(None, (_label_of(section), section.heading)))
    if section.label in ("-", "+", "*", "•") and not heading.endswith(":"):
        heading += ":"  # A dash heads nothing without it.
    if heading:
        yield Words("heading", heading, depth)
    for item in _in_order(section.paragraphs, section.tables, section.children):
        if isinstance(item, Section):
            yield from _print_section(item, depth + 1, tasks, marks)
        elif isinstance(item, TableRead):
            yield from rule_tables(item, tasks)
        else:
            yield _print_paragraph(item, marks)


def _label_of(section: Section) -> str | None:
    """The label with its mark: ``II.``, ``1.1.``, ``a)``, ``Điều 2.``, ``-``."""
    label = section.label
    if not label or not label[-1].isalnum():
        return label
    return f"{label})" if len(label) == 1 and label.islower() else f"{label}."


def _print_paragraph(paragraph: Paragraph, marks: NoteMarks) -> Words:
    label = f"{paragraph.label} " if paragraph.label else ""
    return Words("paragraph", label + paragraph.text, notes=marks.of(paragraph, len(label)))


def _in_order(
    paragraphs: Sequence[Paragraph], tables: Sequence[TableRead], children: Sequence[Section]
) -> list[Paragraph | TableRead | Section]:
    """What stands in a section, in the order it stood; else a numbered paragraph in its place."""
    items: list[Paragraph | TableRead | Section] = [*paragraphs, *tables, *children]
    if all(item.evidence.spans for item in items):
        return sorted(items, key=lambda item: item.evidence.spans[0])
    numbers = [_number(child.label) for child in children]
    first = min((number for number in numbers if number is not None), default=None)
    late: dict[int, list[Paragraph | TableRead | Section]] = {}
    early: list[Paragraph | TableRead | Section] = []
    for paragraph in paragraphs:
        number = _number(paragraph.label)
        if number is None or first is None or number < first:
            (late[max(late)] if late else early).append(paragraph)
        else:
            late.setdefault(number, []).append(paragraph)
    ordered = [*early, *tables]
    for child, number in zip(children, numbers, strict=True):
        for known in sorted(late):
            if number is not None and known < number:
                ordered += late.pop(known)
        ordered.append(child)
    for known in sorted(late):
        ordered += late[known]
    return ordered


def _number(label: str | None) -> int | None:
    """The value of an Arabic label: ``3`` of ``3.``."""
    bare = (label or "").rstrip(".) ")
    return int(bare) if bare.isascii() and bare.isdigit() else None


# ---------------------------------------------------------------- appendices


def attached_marks(plan: Plan) -> list[Mark]:
    """The fixed words of an attachment's own head, which follow those of the document."""
    typed = next((k for k, mark in enumerate(plan.marks) if mark.role == "type"), None)
    later = plan.marks[typed + 1 :] if typed is not None and plan.appendices else []
    return [mark for mark in later if mark.role in ("motto", "type", "letterhead")]


def _by_appendix(plan: Plan, marks: Sequence[Mark]) -> list[list[Mark]]:
    """The fixed words of each appendix's head; of unknown place they are the first one's."""
    found: list[list[Mark]] = [[] for _ in plan.appendices]
    ends = [max((start for start, _ in _head_spans(one)), default=-1) for one in plan.appendices]
    for mark in marks:
        start = _start(mark.evidence)
        known = (k for k, end in enumerate(ends) if start is not None and start <= end)
        found[next(known, 0)].append(mark)
    return found


def _head_spans(appendix: Appendix) -> list[tuple[int, int]]:
    annexed = appendix.of.evidence.spans if appendix.of is not None else []
    return [*appendix.evidence.spans, *annexed]


def _print_appendix(
    appendix: Appendix, plan: Plan, marks: NoteMarks, heads: Sequence[Mark]
) -> Iterator[Block]:
    yield NewPage()
    label, title, of = appendix.label, appendix.title, appendix.of
    starts = [start for start, _ in appendix.evidence.spans] or [0]
    first, second = starts[0], starts[-1]
    lines: list[tuple[int, Words]] = []
    if label and title and not title.isupper() and not heads:
        # In small letters it would be the first sentence of the appendix on a line of its own.
        lines.append((first, Words("attachment", f"{label}: {title}")))
    else:
        lines += [(first, Words("attachment", label))] if label else []
        for mark in heads:
            look: Look = "type" if mark.role == "type" else "motto"
            lines.append((_start(mark.evidence) or 0, Words(look, mark.text)))
        lines += [(second, Words("title", title))] if title else []
    if of is not None:
        lines.append((_start(of.evidence) or 0, Words("annex", of.text)))
    if _head_spans(appendix):
        lines.sort(key=lambda line: line[0])
    yield from (words for _, words in lines)
    for item in _in_order(appendix.paragraphs, appendix.tables, appendix.sections):
        if isinstance(item, Section):
            yield from _print_section(item, 0, plan.tasks, marks)
        elif isinstance(item, TableRead):
            yield from rule_tables(item, plan.tasks)
        else:
            yield _print_paragraph(item, marks)
