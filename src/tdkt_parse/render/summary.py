"""
A Plan in a terminal: what it is, what it rests on, and who does what in which quarter.
"""

from tdkt_parse.models import Plan
from tdkt_parse.render.labels import LABELS
from tdkt_parse.render.phrases import (
    by_quarter,
    citation_of,
    date_of,
    name_of_quarters,
    number_of,
    who_and_when,
)
from tdkt_parse.render.terminal import clean, shorten, wrap


def summarise(plan: Plan, *, path: str, lang: str, width: int = 80, bold: bool = False) -> str:
    """What the plan is, what it rests on, and who does what in which quarter, for a reader."""

    def label(name: str) -> str:
        return LABELS[name][lang]

    def strong(text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if bold else text

    def entry(name: str, value: str | None) -> list[str]:
        head = f"  {label(name) + ':':21}"
        return wrap(clean(value), width, head, " " * len(head)) if value else []

    lines = [strong("stdin" if path == "-" else clean(path))]
    kind = clean(plan.kind or label("document"))
    lines += entry("document", f"{kind} {number_of(plan.number) or '(' + label('no_number') + ')'}")
    lines += entry("date", date_of(plan.date, blanks=True) or label("unknown"))
    issuer = plan.issuer
    if issuer is not None and issuer.parent:
        lines += entry("issuer", f"{issuer.name} ({label('of')} {issuer.parent})")
    else:
        lines += entry("issuer", issuer.name if issuer is not None else label("unknown"))
    lines += entry("title", plan.title.text if plan.title is not None else label("unknown"))
    lines += entry("years", ", ".join(map(str, plan.years)))
    lines += entry("urgency", ", ".join(filter(None, (plan.urgency, plan.secrecy))))
    lines += entry("addressees", "; ".join(item.text for item in plan.addressees))
    lines += ["", "  " + strong(f"{label('bases')} ({len(plan.legal_bases)})")]
    for basis in plan.legal_bases:
        cited = [plan.citations[index] for index in basis.citations]
        names = [citation_of(one) for one in cited if not one.nested]
        text = "; ".join(names) or shorten(clean(basis.text), 150)
        lines += wrap(text, width, "    - ", "      ")
    lines += ["", "  " + strong(f"{label('tasks')} ({len(plan.tasks)})")]
    for quarters, tasks in by_quarter(plan.tasks):
        lines.append(f"    {name_of_quarters(quarters, lang)} ({len(tasks)})")
        for task in tasks:
            head = f"      {clean(task.ordinal).rstrip('.') + '.' if task.ordinal else '-'} "
            lines += wrap(shorten(clean(task.content), 200), width, head, " " * 9)
            who = who_and_when(task, lang)
            lines += wrap(who, width, " " * 9, " " * 11) if who else []
    counts = [
        f"{count} {label(level)}"
        for level in ("error", "warning", "info")
        if (count := sum(one.level == level for one in plan.diagnostics))
    ]
    lines += ["", *entry("diagnostics", ", ".join(counts) or label("none"))]
    for one in plan.diagnostics:
        if one.level == "error":  # What was not read.
            lines += wrap(clean(one.message), width, "    - ", "      ")
    return "\n".join(lines)
