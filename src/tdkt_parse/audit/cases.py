"""
What the rules look at: a plan, the register, and the days between which the plan was signed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tdkt_parse.audit.unread import in_unread_titles
from tdkt_parse.days import Days, days_of
from tdkt_parse.models import Citation, Plan, Resolved
from tdkt_parse.register import Instrument, Register, packaged_register
from tdkt_parse.register.urn import urn_lex
from tdkt_parse.resolve import resolve_plan


@dataclass(frozen=True, slots=True)
class Case:
    """
    A plan to be audited.

    ``signed``: the days on which it may have been signed, ``None`` where it bears no year;
    ``instruments``: for each citation, by its index, the instrument it was resolved to.
    """

    plan: Plan
    register: Register
    signed: Days | None
    instruments: tuple[Instrument | None, ...]


def case_of(plan: Plan, register: Register) -> Case:
    """
    A plan with what the register knows of its citations; indices that lead to none left out.

    A law in the title of a document that was not made out is inside another, and no basis.
    """
    plan = _sought(plan, register)
    count = len(plan.citations)
    if any(not 0 <= k < count for basis in plan.legal_bases for k in basis.citations):
        bases = [
            basis.model_copy(update={"citations": [k for k in basis.citations if 0 <= k < count]})
            for basis in plan.legal_bases
        ]
        plan = plan.model_copy(update={"legal_bases": bases})
    if inside := set(in_unread_titles(plan)):
        plan = plan.model_copy(
            update={
                "citations": [
                    cited.model_copy(update={"nested": True}) if number in inside else cited
                    for number, cited in enumerate(plan.citations)
                ],
                "legal_bases": [
                    basis.model_copy(
                        update={"citations": [k for k in basis.citations if k not in inside]}
                    )
                    for basis in plan.legal_bases
                ],
            }
        )
    found = tuple(_known(cited.resolved, register) for cited in plan.citations)
    return Case(plan, register, days_of(plan.date), found)


def _sought(plan: Plan, register: Register) -> Plan:
    """
    The plan with what this register knows of citations that nobody resolved, or that another
    register did not have; what was resolved, by a person too, stays as it is.
    """
    other = register is not packaged_register()
    wanted = [
        index
        for index, cited in enumerate(plan.citations)
        if cited.resolved is None or (other and cited.resolved.reason == "not_in_register")
    ]
    if not wanted:
        return plan
    citations, found = list(plan.citations), resolve_plan(plan, register).citations
    for index in wanted:
        citations[index] = citations[index].model_copy(update={"resolved": found[index].resolved})
    return plan.model_copy(update={"citations": citations})


def _known(resolved: Resolved | None, register: Register) -> Instrument | None:
    """The instrument that a citation was resolved to; its URN tells apart those of one number."""
    if resolved is None or resolved.id is None:
        return None
    found = register.by_number(resolved.id)
    if len(found) > 1:
        found = tuple(
            one
            for one in found
            if urn_lex(one.kind, one.number, one.issuer, one.issued) == resolved.urn
        )
    return found[0] if len(found) == 1 else None


def bases_of(case: Case) -> Iterator[tuple[int, Citation, Instrument | None]]:
    """
    The citations of the legal bases themselves, not those inside the title of another, nor those of
    the clause that says who issues what.
    """
    based = {number for basis in case.plan.legal_bases for number in basis.citations}
    for number, cited in enumerate(case.plan.citations):
        if based and number not in based:
            continue
        if cited.where == "legal_bases" and not cited.nested:
            yield number, cited, case.instruments[number]


def goes_on_list(case: Case, index: int) -> bool:
    """
    Whether a citation is a bare number that goes on a list, and has its type from the one before:
    ``các Nghị định số 42/2010/NĐ-CP ngày 15/4/2010, số 65/2014/NĐ-CP ngày 01/7/2014 …``.
    """
    if not index:
        return False
    before, cited = case.plan.citations[index - 1 : index + 1]
    if not before.evidence.spans or not cited.evidence.spans:
        return False
    gap = cited.evidence.spans[0][0] - before.evidence.spans[-1][1]
    bare = cited.evidence.text.removeprefix("số ")[:1].isdigit()
    return bare and cited.kind == before.kind and 0 < gap <= LIST_GAP


LIST_GAP = 8
"""Code points between two of a list: a mark, *và*, *số*."""
