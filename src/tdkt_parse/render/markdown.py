"""
A Plan as Markdown: head, bases, purpose, tasks by quarter as tables, and the rest.
"""

from collections.abc import Sequence

from tdkt_parse.models import Plan, Section, TableRead
from tdkt_parse.render.labels import LABELS
from tdkt_parse.render.phrases import by_quarter, date_of, item_of, name_of_quarters, number_of
from tdkt_parse.render.terminal import clean


def to_markdown(plan: Plan, *, lang: str) -> str:
    """The plan as Markdown: head, bases, purpose, tasks by quarter as tables, and the rest."""

    def label(name: str) -> str:
        return LABELS[name][lang]

    head = " ".join(filter(None, (plan.kind or label("document"), number_of(plan.number))))
    lines = [f"# {escape(head)}", ""]
    if plan.title is not None:
        lines += [f"**{escape(plan.title.text)}**", ""]
    facts = [
        ("issuer", plan.issuer.name if plan.issuer is not None else None),
        ("date", date_of(plan.date, blanks=True)),
        ("years", ", ".join(map(str, plan.years))),
        ("urgency", ", ".join(filter(None, (plan.urgency, plan.secrecy)))),
        ("addressees", "; ".join(item.text for item in plan.addressees)),
    ]
    lines += [f"- {label(name)}: {escape(value)}" for name, value in facts if value]
    lists = [
        ("bases", [one.text for one in plan.legal_bases]),
        ("purpose", [one.text for one in plan.purpose]),
        ("requirements", [one.text for one in plan.requirements]),
    ]
    for name, items in lists:
        lines += _list(label(name), items)
    if plan.tasks:
        lines += ["", f"## {label('tasks')}"]
    columns = [label(name) for name in ("number", "content", "lead", "support", "timing")]
    for quarters, tasks in by_quarter(plan.tasks):
        lines += ["", f"### {name_of_quarters(quarters, lang)}", ""]
        rows = [
            [
                task.ordinal or "",
                task.content,
                "; ".join(task.lead),
                "; ".join(task.support),
                task.timing.text if task.timing is not None else "",
            ]
            for task in tasks
        ]
        lines += table_lines([columns, *rows])
    for section in plan.sections:
        lines += _section(section, 2, with_content=not plan.tasks)
    lists = [
        ("implementation", [item_of(one) for one in plan.implementation]),
        ("budget", [one.text for one in plan.budget]),
        ("recipients", [one.text for one in plan.recipients]),
        (
            "appendices",
            [" – ".join(filter(None, (one.label, one.title))) for one in plan.appendices],
        ),
        ("diagnostics", [one.message for one in plan.diagnostics]),
    ]
    for name, items in lists[:2]:
        lines += _list(label(name), items)
    if plan.signature is not None:
        signed = plan.signature
        parts = (signed.capacity, signed.on_behalf_of, signed.role, signed.signer)
        lines += _list(label("signature"), [", ".join(filter(None, parts))])
    for name, items in lists[2:]:
        lines += _list(label(name), items)
    return "\n".join(lines)


_ESCAPES = {ord(c): "\\" + c for c in "\\`*_[]|~#$!"}
_ESCAPES |= {ord("<"): "&lt;", ord(">"): "&gt;", ord("&"): "&amp;"}


def escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    escaped = clean(text).translate(_ESCAPES)
    if escaped[:1] in ("-", "+", "="):
        return "\\" + escaped
    digits = len(escaped) - len(escaped.lstrip("0123456789"))
    if digits and escaped[digits : digits + 1] in (".", ")"):
        return escaped[:digits] + "\\" + escaped[digits:]
    return escaped


def _list(heading: str, items: Sequence[str]) -> list[str]:
    return ["", f"## {heading}", "", *(f"- {escape(item)}" for item in items)] if items else []


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """A table whose first row is its header."""
    size = max(map(len, rows), default=0)
    full = [[*map(escape, row), *[""] * (size - len(row))] for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in full]
    return [*lines[:1], "|" + " --- |" * size, *lines[1:]] if size else []


def _section(section: Section, level: int, *, with_content: bool) -> list[str]:
    """A section that the lists of values do not show."""
    shown = {"solutions", "other"} | ({"content", "quarter"} if with_content else set())
    if section.role not in shown:
        return []
    heading = " ".join(filter(None, (section.label, section.heading)))
    lines = ["", f"{'#' * min(level, 6)} {escape(heading)}"] if heading else []
    for paragraph in section.paragraphs:
        lines += ["", escape(" ".join(filter(None, (paragraph.label, paragraph.text))))]
    for table in section.tables:
        lines += ["", *_read_table(table)]
    for child in section.children:
        lines += _section(child, level + 1, with_content=with_content)
    return lines


def _read_table(table: TableRead) -> list[str]:
    rows = table.rows if table.header_rows else [[""] * max(map(len, table.rows), default=0)]
    return table_lines(rows if table.header_rows else [*rows, *table.rows])
