"""
The citations of a document, the ways asked in order, each once those before have answered.
"""

from collections.abc import Sequence

from tdkt_parse.days import Days, days_of
from tdkt_parse.models import Citation, Issuer, Plan, Resolved
from tdkt_parse.register import Instrument, Register
from tdkt_parse.register.keys import organ_key
from tdkt_parse.resolve.amending import (
    MOST_ALIKE,
    amends_by_year,
    by_amended,
    law_amended,
    laws_beside,
    other_of_list,
)
from tdkt_parse.resolve.answers import again, left_open, settled
from tdkt_parse.resolve.in_force import by_title_alone
from tdkt_parse.resolve.numbers import by_number, decree_of_year, is_of_another
from tdkt_parse.resolve.titles import by_title_and_date
from tdkt_parse.wording import named_by_title


def resolve_plan(plan: Plan, register: Register) -> Plan:
    """The plan with each of its citations resolved, or with the reason why not."""
    citations = resolve_citations(plan.citations, days_of(plan.date), register, plan.issuer)
    return plan.model_copy(update={"citations": citations})


def resolve_citations(
    printed: Sequence[Citation],
    signed: Days | None,
    register: Register,
    issuer: Issuer | None = None,
) -> list[Citation]:
    """
    The citations of one document, resolved; ``signed``: the days on which it may be signed;
    ``issuer``: who issues it, whose *UBND tỉnh* is that of its own province.

    What is said in full comes first, so that what is said in short can rest on it, wherever in the
    document it stands.
    """
    citations = _with_places(printed, issuer)
    found: dict[int, Resolved] = {}
    meant: dict[int, Instrument] = {}
    owners = _owners(citations)

    def settle(index: int, resolved: Resolved, instrument: Instrument | None) -> None:
        found[index] = resolved
        if instrument:
            meant[index] = instrument

    for index, cited in enumerate(citations):
        if cited.relation and cited.relation.kind == "short_for":
            continue
        if cited.number and cited.number.canonical:
            settle(index, *by_number(cited, register))
        elif cited.title and cited.date and cited.date.year and cited.kind in named_by_title():
            settle(index, *by_title_and_date(cited, register))
    dated = _dated(citations)
    for index, cited in enumerate(citations):
        if index in found and not found[index].id and cited.number and not cited.date:
            same = _same_number(cited, dated, citations, meant)
            if same:
                settle(index, again(settled(same, "number")[0]), same)
    for index, cited in enumerate(citations):
        if index in found and found[index].id:
            continue
        if amends_by_year(cited):
            amended = law_amended(cited, index, citations, meant)
            resolved, instrument = by_amended(cited, amended, register)
            if instrument or cited.evidence.rule != "law_again":
                settle(index, resolved, instrument)
        if index in found:
            continue
        if cited.relation and cited.relation.kind == "short_for":
            target = cited.relation.to
            settle(index, again(found.get(target)), meant.get(target))
        elif cited.kind == "Hiến pháp" or (cited.title and cited.kind in named_by_title()):
            owner = meant.get(owners.get(index, -1))
            beside = () if owner else laws_beside(index, citations, meant)
            if beside:
                amended = law_amended(cited, index, citations, meant)
                settle(index, *other_of_list(cited, amended, beside, signed, register))
                continue
            settle(index, *by_title_alone(cited, index, owner, meant, signed, register))
        elif decree := decree_of_year(cited, register):
            settle(index, *settled(decree, "number"))
        else:
            found[index] = _unsaid(cited, citations[:index], meant)
    return [c.model_copy(update={"resolved": found[i]}) for i, c in enumerate(printed)]


def _with_places(printed: Sequence[Citation], issuer: Issuer | None) -> Sequence[Citation]:
    """
    Citations in which councils and committees that are named by their level alone have the place
    of the issuer's own, of that level: *UBND tỉnh* in a plan of *UBND tỉnh Hà Nam*, or of its Sở.
    """
    homes = {}
    for name in (issuer.name, issuer.parent or "") if issuer else ():
        words = organ_key(name).split()
        if len(words) > 2 and words[0] in _COUNCILS:
            homes[words[1]] = " ".join(name.split()[2 - len(words) :])
    if not homes:
        return printed
    placed = []
    for cited in printed:
        words = organ_key(cited.issuer).split() if cited.issuer else []
        if len(words) == 2 and words[0] in _COUNCILS and words[1] in homes:
            cited = cited.model_copy(update={"issuer": f"{cited.issuer} {homes[words[1]]}"})
        placed.append(cited)
    return placed


_COUNCILS = frozenset(organ_key(name).strip() for name in ("UBND", "HĐND"))


def _dated(citations: Sequence[Citation]) -> dict[str, list[int]]:
    """The citations with a day of each number."""
    dated: dict[str, list[int]] = {}
    for index, cited in enumerate(citations):
        if cited.date and cited.number and cited.number.canonical:
            dated.setdefault(cited.number.canonical, []).append(index)
    return dated


def _same_number(
    cited: Citation,
    dated: dict[str, list[int]],
    citations: Sequence[Citation],
    meant: dict[int, Instrument],
) -> Instrument | None:
    """What a number without its day means where the document cites it with its day as well."""
    number = cited.number.canonical if cited.number else None
    mentions = dated.get(number or "", [])[:MOST_ALIKE]
    same = [i for i in mentions if not is_of_another(cited.issuer, citations[i].issuer)]
    documents = {meant.get(index) for index in same}
    return documents.pop() if len(documents) == 1 else None


def _owners(citations: Sequence[Citation]) -> dict[int, int]:
    """For each citation inside the title of another, that other."""
    return {
        index: cited.relation.to
        for index, cited in enumerate(citations)
        if cited.nested and cited.relation and cited.relation.to < len(citations)
    }


def _unsaid(cited: Citation, earlier: Sequence[Citation], meant: dict[int, Instrument]) -> Resolved:
    """Why a citation without a whole number means nothing certain, and what it may mean."""
    if cited.evidence.rule != "back_reference":
        return Resolved(reason="no_number")
    same = [meant[i] for i, one in enumerate(earlier) if i in meant and one.kind == cited.kind]
    serial = cited.number.serial if cited.number else None
    if serial:
        same = [one for one in same if one.number.split("/")[0].lstrip("0") == serial.lstrip("0")]
    if cited.number and cited.number.year:
        same = [one for one in same if f"/{cited.number.year}/" in one.number]
    return left_open("several" if same else "no_antecedent", same)[0]
