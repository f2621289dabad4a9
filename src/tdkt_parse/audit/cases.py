"""
What the rules look at: a plan, the register, and the days between which the plan was signed.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tdkt_parse.models import Citation, PartialDate, Plan
from tdkt_parse.register import Instrument, Register


class Days(NamedTuple):
    """The first and the last day that a date with blanks may be."""

    first: date
    last: date


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


def days_of(written: PartialDate | None) -> Days | None:
    """
    The days that a date may be; ``None`` without a year, or where there is no such day.

    >>> days_of(PartialDate(year=2024, month=2))
    Days(first=datetime.date(2024, 2, 1), last=datetime.date(2024, 2, 29))
    """
    if written is None or written.year is None:
        return None
    year, month, day = written.year, written.month, written.day
    try:
        if month is None:
            return Days(date(year, 1, 1), date(year, 12, 31))
        if day is None:
            return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        return Days(date(year, month, day), date(year, month, day))
    except ValueError:
        return None


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
