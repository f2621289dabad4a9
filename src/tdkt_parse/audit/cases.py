"""
What the rules look at: a plan, the register, and the days between which the plan was signed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tdkt_parse.days import Days, days_of
from tdkt_parse.models import Citation, Plan
from tdkt_parse.register import Instrument, Register


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
    """A plan with what the register knows of its citations."""
    found = tuple(
        register.get(c.resolved.id) if c.resolved and c.resolved.id else None
        for c in plan.citations
    )
    return Case(plan, register, days_of(plan.date), found)


def bases_of(case: Case) -> Iterator[tuple[int, Citation, Instrument | None]]:
    """The citations of the legal bases themselves, not those inside the title of another."""
    for number, cited in enumerate(case.plan.citations):
        if cited.where == "legal_bases" and not cited.nested:
            yield number, cited, case.instruments[number]
