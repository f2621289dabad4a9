"""
A plan that was written as data, made ready to print.

Such a plan has values and no paper: nothing says which motto heads it, and its purpose, tasks and
duties may stand in lists alone. What the form of Nghị định 30/2020/NĐ-CP prints besides is put in
here, and only here. A plan that was read from a document is left as it is.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from tdkt_parse.models import (
    Evidence,
    Implementation,
    Mark,
    Paragraph,
    Plan,
    Section,
    TableRead,
    Task,
    Text,
)
from tdkt_parse.numerals import write_roman
from tdkt_parse.render.form_words import form_words
from tdkt_parse.spelling import key


def complete(plan: Plan) -> Plan:
    """
    The plan with the fixed words of the form, and with a section for each list that has none.

    Completing twice changes nothing more.
    """
    if _was_read(plan):
        return plan
    sections = _sections_of(plan)
    update: dict[str, object] = {"sections": sections}
    if not plan.marks:
        update["marks"] = list(_marks_of(plan))
        if plan.issuer is not None:
            parent = plan.issuer.parent
            update["issuer"] = plan.issuer.model_copy(
                update={
                    "name": plan.issuer.name.upper(),
                    "parent": parent.upper() if parent else None,
                }
            )
    return plan.model_copy(update=update)


def _was_read(plan: Plan) -> bool:
    """Whether any value says where in a document it was read."""
    single = (plan.number, plan.issuer, plan.title, plan.date, plan.signature)
    evidence = [value.evidence for value in single if value is not None]
    evidence += [one.evidence for one in (*plan.marks, *plan.body, *plan.recipients)]
    evidence += [one.evidence for one in plan.legal_bases]
    evidence += [one.evidence for one in plan.sections]
    evidence += [one.evidence for one in plan.tasks]
    return any(one.spans for one in evidence)


# ---------------------------------------------------------------- fixed words


def _marks_of(plan: Plan) -> Iterator[Mark]:
    words = form_words()
    head = words.party if is_of_party(plan) else words.state
    found = [("motto", line) for line in head.motto]
    if plan.number is not None:
        found.append(("word", head.number))
    if plan.kind and plan.kind != "Công văn":
        found.append(("type", plan.kind.upper()))
    if plan.addressees:
        found.append(("addressees", words.captions.addressees))
    if plan.recipients:
        found.append(("recipients", words.captions.recipients))
    for role, text in found:
        yield Mark(role=role, text=text, evidence=nowhere())


def is_of_party(plan: Plan) -> bool:
    """Whether the Party issues the plan, by its number (``12-KH/TU``) or its issuer."""
    symbol = plan.number.symbol if plan.number is not None else None
    if symbol and "/" in symbol and "-" not in symbol:
        return True
    if plan.issuer is None:
        return False
    name = f" {key(plan.issuer.name)} "
    return any(f" {key(words)} " in name for words in form_words().party.issuers)


# ---------------------------------------------------------------- sections


def _sections_of(plan: Plan) -> list[Section]:
    """The sections of a plan, and those made of its lists, numbered where any was made."""
    given = list(plan.sections)
    roles = {section.role for section in _walk(given)}
    before: list[Section] = []
    after: list[Section] = []
    if not roles & {"purpose_requirements", "purpose", "requirements"}:
        before += _aims(plan)
    printed = _letters(" ".join(_words_of(plan)))
    missing = [task for task in plan.tasks if _letters(task.content) not in printed]
    if missing:
        before += _tasks_section(missing, given)
    if plan.budget and "budget" not in roles:
        paragraphs = [_paragraph(None, item.text) for item in plan.budget]
        after.append(_section(form_words().headings.budget, "budget", paragraphs=paragraphs))
    if plan.implementation and "implementation" not in roles:
        after.append(_duties(plan.implementation))
    if not before and not after:
        return given
    last = given[-1:] if given and given[-1].role == "implementation" else []
    together = [*before, *given[: len(given) - len(last)], *after, *last]
    if any(section.label and not _is_roman(section.label) for section in given):
        return together
    return [
        section.model_copy(update={"label": write_roman(number)})
        for number, section in enumerate(together, 1)
    ]


def _letters(text: str) -> str:
    """A text without what bullets, line ends and cells put between its words."""
    return "".join(filter(str.isalnum, key(text)))


def _is_roman(label: str) -> bool:
    return not set(label) - set("IVXLC")


def _walk(sections: Sequence[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _walk(section.children)


def _words_of(plan: Plan) -> Iterator[str]:
    """What the body, the sections and the appendices print."""
    yield from (item.text for item in plan.body)
    tables = [table for appendix in plan.appendices for table in appendix.tables]
    for appendix in plan.appendices:
        yield from (paragraph.text for paragraph in appendix.paragraphs)
    inner = [section for appendix in plan.appendices for section in appendix.sections]
    for section in _walk([*plan.sections, *inner]):
        yield section.heading or ""
        yield from (paragraph.text for paragraph in section.paragraphs)
        tables += section.tables
    yield from (cell for table in tables for row in table.rows for cell in row)


def _aims(plan: Plan) -> list[Section]:
    """``MỤC ĐÍCH, YÊU CẦU`` with one part for each."""
    headings = form_words().headings
    if not plan.purpose and not plan.requirements:
        return []
    if not plan.requirements:
        return [_listed(headings.purpose.upper(), "purpose", plan.purpose)]
    if not plan.purpose:
        return [_listed(headings.requirements.upper(), "requirements", plan.requirements)]
    children = [
        _listed(headings.purpose, "purpose", plan.purpose, label="1"),
        _listed(headings.requirements, "requirements", plan.requirements, label="2"),
    ]
    return [_section(headings.purpose_requirements, "purpose_requirements", children=children)]


def _listed(heading: str, role: str, items: Sequence[Text], label: str | None = None) -> Section:
    paragraphs = [_paragraph("-", item.text) for item in items]
    return _section(heading, role, label=label, paragraphs=paragraphs)


def _duties(items: Sequence[Implementation]) -> Section:
    """The items numbered; those whose words do not name who acts stand under that name."""
    paragraphs: list[Paragraph] = []
    children: list[Section] = []
    number = 0
    for name, group in groupby(items, key=_unnamed_actor):
        if name is None:
            for item in group:
                number += 1
                paragraphs.append(_paragraph(f"{number}.", item.text))
            continue
        number += 1
        inner = [_paragraph("-", item.text) for item in group]
        children.append(_section(name, "other", label=str(number), paragraphs=inner))
    heading = form_words().headings.implementation
    return _section(heading, "implementation", paragraphs=paragraphs, children=children)


def _unnamed_actor(item: Implementation) -> str | None:
    """Who acts, where the item's own words do not say so."""
    if not item.actors or any(key(actor) in key(item.text) for actor in item.actors):
        return None
    return "; ".join(item.actors)


# ---------------------------------------------------------------- tasks


def _tasks_section(tasks: Sequence[Task], given: list[Section]) -> list[Section]:
    """A section with a table of the tasks; none if an empty section for them is given."""
    table = quarter_table(tasks)
    for number, section in enumerate(given):
        holds = section.paragraphs or section.tables or section.children
        if section.role == "content" and not holds:
            given[number] = section.model_copy(update={"tables": [table]})
            return []
    return [_section(form_words().headings.content, "content", tables=[table])]


def quarter_table(tasks: Sequence[Task]) -> TableRead:
    """A table of tasks, each quarter in a row of its own over the tasks of the quarter."""
    names = form_words().columns
    cells = [
        {
            names.ordinal: task.ordinal or "",
            names.content: task.content,
            names.lead: "; ".join(task.lead),
            names.support: "; ".join(task.support),
            names.timing: task.timing.text if task.timing is not None else "",
        }
        for task in tasks
    ]
    columns = [name for name in cells[0] if any(row[name] for row in cells)]
    rows = [columns]
    ordered = sorted(zip(tasks, cells, strict=True), key=lambda pair: tuple(pair[0].quarters))
    for quarters, group in groupby(ordered, key=lambda pair: tuple(pair[0].quarters)):
        if quarters:
            rows.append([name_of_quarters(quarters)] * len(columns))
        rows += [[row[name] for name in columns] for _, row in group]
    return TableRead(header_rows=1, rows=rows, evidence=nowhere())


def name_of_quarters(quarters: Sequence[int]) -> str:
    """``QUÝ I``; ``QUÝ I VÀ QUÝ II``."""
    words = form_words().quarters
    return words.also.join(words.one.format(quarter=write_roman(q)) for q in quarters)


# ---------------------------------------------------------------- values


def nowhere() -> Evidence:
    """The evidence of a value that was read nowhere."""
    return Evidence(spans=[], text="")


def _section(
    heading: str,
    role: str,
    *,
    label: str | None = None,
    paragraphs: Sequence[Paragraph] = (),
    tables: Sequence[TableRead] = (),
    children: Sequence[Section] = (),
) -> Section:
    return Section.model_validate(
        {
            "label": label,
            "heading": heading,
            "role": role,
            "paragraphs": list(paragraphs),
            "tables": list(tables),
            "children": list(children),
            "evidence": nowhere(),
        }
    )


def _paragraph(label: str | None, text: str) -> Paragraph:
    return Paragraph(label=label, text=text, evidence=nowhere())
