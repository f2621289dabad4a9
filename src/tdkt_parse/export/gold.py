"""
A Plan as gold: what a person says is right, in the form that programs are measured by.

It is the form of ``corpus/gold``: names as in the Plan's JSON, without places; ``strict`` says that
what is not there is not in the document either, as somebody who confirmed the whole plan says.
"""

from collections.abc import Iterable
from typing import Any

from tdkt_parse.models import Citation, DocNumber, PartialDate, Plan, Section, Text


def gold_of(plan: Plan, *, strict: bool) -> dict[str, Any]:
    """What of a Plan is compared."""
    number, signature = plan.number, plan.signature
    return {
        "kind": plan.kind,
        "number": number and number.serial,
        "symbol": number and number.symbol,
        "canonical": number and number.canonical,
        "issuer": [plan.issuer.name] if plan.issuer else [],
        "place": plan.place and plan.place.text,
        "date": _date(plan.date),
        "title": plan.title and plan.title.text,
        "years": list(plan.years),
        "legal_bases": [
            {
                "verb": one.verb,
                "citations": sum(not plan.citations[at].nested for at in one.citations),
            }
            for one in plan.legal_bases
        ],
        "citations": [
            {
                "kind": one.kind,
                **_number(one.number),
                "date": _date(one.date),
                "title": one.title,
                "issuer": one.issuer,
                "where": one.where,
                "nested": one.nested,
                "resolved": one.resolved and one.resolved.id,
                **({"relation": one.relation.model_dump()} if one.relation else {}),
                **({} if _is_definite(one) else {"optional": True}),
            }
            for one in plan.citations
        ],
        "sections": _sections(plan.sections),
        "purpose": _texts(plan.purpose),
        "requirements": _texts(plan.requirements),
        "tasks": [
            {
                "quarters": list(one.quarters),
                "ordinal": one.ordinal,
                "content": one.content,
                "lead": list(one.lead),
                "support": list(one.support),
                "timing": one.timing and one.timing.model_dump(mode="json"),
            }
            for one in plan.tasks
        ],
        "implementation": [
            {"actors": list(one.actors), "text": one.text} for one in plan.implementation
        ],
        "budget": _texts(plan.budget),
        "recipients": _texts(plan.recipients),
        "signature": signature
        and {
            name: getattr(signature, name)
            for name in ("capacity", "on_behalf_of", "role", "signer")
        },
        "appendices": [one.label or one.title for one in plan.appendices],
        "footnotes": [one.text for one in plan.footnotes],
        "strict": strict,
    }


def _is_definite(one: Citation) -> bool:
    """
    Whether a mention says which document it means; one that does not counts neither way.

    By its serial, or its whole day where it is not within another's title; what points back at a
    document named before says nothing new.
    """
    serial = bool(one.number and one.number.serial)
    day = one.date is not None and None not in (one.date.year, one.date.month, one.date.day)
    back = one.relation is not None and one.relation.kind == "short_for"
    return not back and (serial or (day and not one.nested))


def _number(number: DocNumber | None) -> dict[str, Any]:
    names = {"number": "serial", "year": "year", "symbol": "symbol", "canonical": "canonical"}
    return {name: number and getattr(number, its) for name, its in names.items()}


def _date(date: PartialDate | None) -> dict[str, Any] | None:
    if date is None:
        return None
    return {name: getattr(date, name) for name in ("year", "month", "day")}


def _texts(texts: Iterable[Text]) -> list[str]:
    return [one.text for one in texts]


def _sections(sections: Iterable[Section]) -> list[dict[str, Any]]:
    return [
        {
            "label": one.label,
            "heading": one.heading,
            "role": one.role,
            "children": _sections(one.children),
        }
        for one in sections
    ]
