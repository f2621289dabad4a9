"""
A Plan as rows of the tables.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Protocol

from tdkt_parse.days import Days, days_of
from tdkt_parse.models import Evidence, PartialDate, Plan, Section, Timing
from tdkt_parse.register.instruments import Instrument
from tdkt_parse.register.keys import number_key
from tdkt_parse.spelling import bare, key
from tdkt_parse.store.levels import level_of
from tdkt_parse.store.terms import expand, terms_of

Row = dict[str, Any]
Rows = dict[str, list[Row]]
"""Rows by the names of their tables."""


class Remark(Protocol):
    """What an audit remarks on, as ``audit.Finding`` has it."""

    @property
    def rule(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def certainty(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def message_en(self) -> str: ...
    @property
    def locator(self) -> str: ...
    @property
    def citation(self) -> int | None: ...
    @property
    def instrument(self) -> str | None: ...
    @property
    def verdict(self) -> str | None: ...
    @property
    def evidence(self) -> Evidence | None: ...


def day_of(text: str | None) -> dt.date | None:
    """A day of ISO 8601, or ``None``; what is no day of the calendar is none."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def written(date: PartialDate | None) -> str | None:
    """
    A date as ISO 8601 writes it, shorter where the day or month is blank.

    >>> written(PartialDate(year=2024, month=1)), written(PartialDate(month=1))
    ('2024-01', None)
    """
    if date is None or date.year is None:
        return None
    text = f"{date.year:04}"
    if date.month is not None:
        text += f"-{date.month:02}"
        if date.day is not None:
            text += f"-{date.day:02}"
    return text


def days_in(text: str | None) -> Days | None:
    """
    The days that a date of ISO 8601 may be, where its day or month is blank.

    >>> days_in("2024-02"), days_in("2024-02-31"), days_in(None)
    (Days(first=datetime.date(2024, 2, 1), last=datetime.date(2024, 2, 29)), None, None)
    """
    parts = [int(part) for part in text.split("-")] if text else []
    return days_of(PartialDate(**dict(zip(("year", "month", "day"), parts, strict=False))))


LONGEST_KEY = 400
"""Characters of a key: an index of PostgreSQL takes 2,704 bytes (nbtree.h, BTMaxItemSize)."""
LONGEST_NAME = 200
"""Characters of who issued, in the index that has the planned years and the rules beside it."""


def agency_key(name: str) -> str | None:
    """The key of an agency's name; ``None`` for what is none: nothing, or a whole paragraph."""
    its = key(expand(name)).replace("\0", "").strip(" ,;:.-")
    return its if 0 < len(its) <= LONGEST_KEY else None


def agency_rows(plan: Plan) -> dict[str, str]:
    """Every agency named in a plan: its key, and its name; of several spellings the first."""
    names = [plan.issuer.name] if plan.issuer else []
    for task in plan.tasks:
        names += [*task.lead, *task.support]
    for item in plan.implementation:
        names += item.actors
    found: dict[str, str] = {}
    for name in names:
        its = agency_key(name)
        if its:
            found[its] = min(name, found.get(its, name))
    return found


def plan_rows(
    plan: Plan,
    remarks: Sequence[Remark],
    *,
    as_read: Plan,
    parser: str,
    fingerprint: str,
) -> Rows:
    """
    The rows of a plan.

    ``plan`` is the corrected one, whose parts are asked for; ``as_read`` is kept whole.
    """
    rows: Rows = {
        "plans": [_plan_row(plan, as_read, parser, fingerprint)],
        "plan_years": [{"year": year} for year in dict.fromkeys(plan.years)],
        "citations": list(_citations(plan)),
        "legal_bases": [
            {"position": at, "verb": one.verb, "text": one.text}
            for at, one in enumerate(plan.legal_bases)
        ],
        "legal_basis_citations": [
            {"basis": at, "citation": cited}
            for at, one in enumerate(plan.legal_bases)
            for cited in dict.fromkeys(one.citations)
            if 0 <= cited < len(plan.citations)
        ],
        "sections": list(_sections(plan)),
        **_task_rows(plan),
        **_item_rows(plan),
        "recipients": [
            {"position": at, "text": one.text} for at, one in enumerate(plan.recipients)
        ],
        "findings": [_finding(at, one) for at, one in enumerate(remarks)],
        "listing": [listing_row(plan, [(one.level, one.rule) for one in remarks])],
        "search_texts": list(search_rows(plan)),
    }
    for table in rows.values():
        for row in table:
            row["sha256"] = plan.source.sha256
            for name, value in row.items():
                if isinstance(value, str) and "\0" in value:
                    row[name] = value.replace("\0", "\ufffd")
    return rows


def listing_row(plan: Plan, found: Collection[tuple[str, str]]) -> Row:
    """
    The narrow row of a plan; ``found`` are the levels and rules of its findings.

    Nobody has looked at it yet: ``reviewing`` says who has.
    """
    issuer = plan.issuer
    names = f"{issuer.name} {issuer.parent or ''}" if issuer else ""
    levels = {level for level, _ in found}
    rules = sorted({rule for _, rule in found})
    quarters = {quarter for task in plan.tasks for quarter in task.quarters}
    number = plan.number and (plan.number.canonical or plan.number.symbol)
    return {
        "place": place_in_search(plan),
        "signed": day_of(written(plan.date)),
        "date": written(plan.date),
        "level": level_of(issuer.name) if issuer else None,
        "years": ",".join(map(str, sorted(set(plan.years)))),
        "quarters": sum(1 << (quarter - 1) for quarter in quarters if 1 <= quarter <= 4),
        "status": "new",
        "worst": next((one for one in ("error", "warning", "info") if one in levels), "none"),
        "rules": f" {' '.join(rules)} ",
        "findings": len(found),
        "notes": len(plan.diagnostics),
        "tasks": len(plan.tasks),
        "issuer_key": bare(expand(names))[:LONGEST_NAME].strip(),
        "title_key": bare(plan.title.text if plan.title else "")[:80],
        "number_key": _sortable(number or ""),
    }


def _sortable(number: str) -> str:
    """A number so that 9 stands before 10."""
    serial, slash, rest = number.partition("/")
    return f"{serial.zfill(6)}{slash}{bare(rest)}"[:80] if serial.isdecimal() else bare(number)[:80]


def search_rows(plan: Plan) -> Iterator[Row]:
    """The rows that a plan is found by; ``terms`` is a list, in order."""
    first = place_in_search(plan)
    for part, (text, terms) in enumerate(terms_of(plan)):
        if part >= PARTS:
            break
        yield {"id": first + part, "part": part, "text": text, "terms": terms}


def instrument_row(id_: str, known: Instrument | None, urn: str | None) -> Row:
    """The row of an instrument that a citation means; its number alone where nothing is known."""
    if known is None:
        return {**dict.fromkeys(_OF_INSTRUMENT), "id": id_, "number": id_, "expiry_checked": False}
    return {
        "id": id_,
        "number": known.number or None,
        "kind": known.kind,
        "title": known.title,
        "issuer": known.issuer,
        "issued": known.issued,
        "effective": known.effective,
        "expired": known.expired,
        "expiry_checked": bool(known.expired) and "expired" not in known.unverified,
        "replaced_by": "; ".join(known.replaced_by) or None,
        "urn": urn,
    }


_OF_INSTRUMENT = (
    "id",
    "number",
    "kind",
    "title",
    "issuer",
    "issued",
    "effective",
    "expired",
    "expiry_checked",
    "replaced_by",
    "urn",
)

PARTS = 64
"""Parts of a plan that can be told apart: 1.2 million terms, some 5,000 pages."""


def place_in_search(plan: Plan) -> int:
    """
    Where a plan stands among what is found: the newer the higher, then by its content.

    Its day in the upper bits, 34 bits of its hash, and 6 for parts: what is found is put in order
    by the index alone. Where two plans would share a place, whoever writes moves one on.
    """
    date = plan.date
    day = 0
    if date and date.year:
        day = date.year * 372 + (date.month or 1) * 31 + (date.day or 1)
    elif plan.years:
        day = max(plan.years) * 372
    digest = hashlib.sha256(plan.source.sha256.encode()).digest()
    hashed = int.from_bytes(digest[:5], "big") >> 6
    return (max(0, min(day, (1 << 22) - 1)) << 40) | (hashed * PARTS)


def _plan_row(plan: Plan, as_read: Plan, parser: str, fingerprint: str) -> Row:
    text = as_read.to_json()
    # JSONB holds no NUL (PostgreSQL, 8.14), which a broken document may.
    kept = _without_nul(text)
    date = written(plan.date)
    issuer, number, signature = plan.issuer, plan.number, plan.signature
    return {
        "schema_version": plan.schema_version,
        "parser_version": parser,
        "fingerprint": fingerprint,
        "kind": plan.kind,
        "number": number and number.canonical,
        "symbol": number and number.symbol,
        "issuer": issuer and issuer.name,
        "parent": issuer and issuer.parent,
        "agency": agency_key(issuer.name) if issuer else None,
        "level": level_of(issuer.name) if issuer else None,
        "place": plan.place and plan.place.text,
        "date": date,
        "signed": day_of(date),
        "title": plan.title and plan.title.text,
        "secrecy": plan.secrecy,
        "urgency": plan.urgency,
        "signer": signature and signature.signer,
        "signer_role": signature and signature.role,
        "json": kept,
        "exact": None if kept == text else text,
    }


def _without_nul(text: str) -> str:
    """JSON with U+FFFD in the place of NUL; the same text where it has none."""
    if "\\u0000" not in text:
        return text
    values = json.loads(text)
    kept = _replaced(values)
    return text if kept == values else json.dumps(kept, ensure_ascii=False)


def _replaced(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "\ufffd")
    if isinstance(value, list):
        return [_replaced(one) for one in value]
    if isinstance(value, dict):
        return {name: _replaced(one) for name, one in value.items()}
    return value


def _citations(plan: Plan) -> Iterator[Row]:
    for at, one in enumerate(plan.citations):
        resolved = one.resolved
        number = one.number.canonical if one.number else None
        known = resolved.id if resolved else None
        yield {
            "position": at,
            "kind": one.kind,
            "number": number,
            "number_key": number_key(number or known or "")[:LONGEST_KEY] or None,
            "date": written(one.date),
            "title": one.title,
            "issuer": one.issuer,
            "pinpoint": one.pinpoint,
            "where": one.where,
            "nested": one.nested,
            "relation": one.relation.kind if one.relation else None,
            "relation_to": one.relation.to if one.relation else None,
            "alias": one.alias,
            "instrument": known,
            "method": resolved.method if resolved else None,
            "reason": resolved.reason if resolved else None,
            "text": one.evidence.text,
        }


def _sections(plan: Plan) -> Iterator[Row]:
    count = 0

    def walk(
        sections: Iterable[Section], parent: int | None, depth: int, appendix: str | None
    ) -> Iterator[Row]:
        nonlocal count
        for one in sections:
            here, count = count, count + 1
            yield {
                "position": here,
                "parent": parent,
                "depth": depth,
                "appendix": appendix,
                "label": one.label,
                "heading": one.heading,
                "role": one.role,
                "text": "\n".join(paragraph.text for paragraph in one.paragraphs),
            }
            yield from walk(one.children, here, depth + 1, appendix)

    yield from walk(plan.sections, None, 0, None)
    for at, appendix in enumerate(plan.appendices, 1):
        yield from walk(appendix.sections, None, 0, appendix.label or appendix.title or str(at))


def _timing(one: Timing | None) -> Row:
    return {
        "timing": one and one.text,
        "starts": day_of(one.start if one else None),
        "ends": day_of(one.end if one else None),
        "recurrence": one and one.recurrence,
    }


def _task_rows(plan: Plan) -> Rows:
    tasks: list[Row] = []
    quarters: list[Row] = []
    units: list[Row] = []
    for at, task in enumerate(plan.tasks):
        tasks.append(
            {
                "position": at,
                "label": task.ordinal,
                "content": task.content,
                "lead": "; ".join(task.lead),
                "support": "; ".join(task.support),
                **_timing(task.timing),
                "where": task.where,
            }
        )
        quarters += [{"task": at, "quarter": one} for one in dict.fromkeys(task.quarters)]
        units += [
            {"task": at, "role": role, "position": k, "agency": agency_key(name), "name": name}
            for role, names in (("lead", task.lead), ("support", task.support))
            for k, name in enumerate(names)
        ]
    return {"tasks": tasks, "task_quarters": quarters, "task_units": units}


def _item_rows(plan: Plan) -> Rows:
    items: list[Row] = []
    units: list[Row] = []
    deadlines: list[Row] = []
    for at, item in enumerate(plan.implementation):
        items.append({"position": at, "actors": "; ".join(item.actors), "text": item.text})
        units += [
            {"item": at, "position": k, "agency": agency_key(name), "name": name}
            for k, name in enumerate(item.actors)
        ]
        deadlines += [
            {"item": at, "position": k, **_timing(one)} for k, one in enumerate(item.deadlines)
        ]
    return {
        "implementation_items": items,
        "implementation_units": units,
        "implementation_deadlines": deadlines,
    }


def _finding(at: int, one: Remark) -> Row:
    return {
        "position": at,
        "rule": one.rule,
        "name": one.name,
        "level": one.level,
        "certainty": one.certainty,
        "message": one.message,
        "message_en": one.message_en,
        "locator": one.locator,
        "citation": one.citation,
        "instrument": one.instrument,
        "verdict": one.verdict,
        "text": one.evidence.text if one.evidence else None,
    }
