"""
B08: the abbreviation in a symbol and the organ that is said to have issued the document.
"""

from collections.abc import Iterator

import regex

from tdkt_parse.audit.cases import Case
from tdkt_parse.audit.findings import Hit
from tdkt_parse.audit.organs import may_name, organ_named, organs_of
from tdkt_parse.audit.phrases import TIMEOUT
from tdkt_parse.audit.quoting import number_of
from tdkt_parse.audit.words import as_cited
from tdkt_parse.models import DocNumber

_JOINTS = (",", ";", "và")
_AND = regex.compile(r"\s*(?:,|;|\bvà\b)\s+")


def issuer_and_symbol(case: Case) -> Iterator[Hit]:
    """
    B08: a symbol ends in the abbreviation of the organ that issued the document.

    Only organs that are known by both their code and their name are compared; each head of an
    agency sets its own abbreviation, and one that is not known is not judged.

    PASS 09/3/2022: Căn cứ Hướng dẫn số 02/HD-HĐTĐKT ngày 06/11/2021 của Hội đồng Thi đua - Khen
        thưởng huyện Phú Bình về công tác thi đua, khen thưởng.
    FAIL 09/3/2022: Căn cứ Hướng dẫn số 02/HD-TĐKT ngày 06/11/2021 của UBND huyện Phú Bình về công
        tác thi đua, khen thưởng.
    """
    for index, cited in enumerate(case.plan.citations):
        if not cited.number or not cited.issuer:
            continue
        saying = _compare(cited.number, cited.issuer)
        if saying:
            words = {
                "document": as_cited(cited),
                "organ": _organs(cited.number),
                "issuer": " ".join(cited.issuer.split()),
            }
            yield Hit(number_of(cited), saying, words, citation=index)
    number, head = case.plan.number, case.plan.issuer
    if number and head and _compare(number, head.name) == "default":
        words = {"symbol": number.symbol or "", "organ": _organs(number), "issuer": head.name}
        yield Hit(number.evidence, "own", words)


def _organs(number: DocNumber) -> str:
    return ", ".join(sorted(organs_of(number) or ()))


def _compare(number: DocNumber, issuer: str) -> str | None:
    """Which remark a symbol and an issuer are worth, if any."""
    organs = organs_of(number)
    named = organ_named(issuer)
    if not organs or named is None:
        return None
    parts: set[str | None] = {named}
    if any(map(issuer.__contains__, _JOINTS)):
        parts = {organ_named(part) for part in _AND.split(issuer, timeout=TIMEOUT)} - {None}
    if any(may_name(organ, named) for organ in organs):
        return "two" if len(parts) > len(organs) else None
    others = parts - {named}
    both = any(may_name(organ, other) for organ in organs for other in others if other)
    return "two" if both else "default"
