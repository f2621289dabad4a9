"""
How messages name documents and days.
"""

from datetime import date

from tdkt_parse.audit.cases import Case
from tdkt_parse.days import days_of
from tdkt_parse.models import Citation, PartialDate
from tdkt_parse.register import Instrument
from tdkt_parse.wording import named_by_title


def named(instrument: Instrument) -> str:
    """An instrument as a message names it: ``Nghị định 98/2023/NĐ-CP``."""
    if instrument.kind in named_by_title():
        return f"{instrument.kind} {instrument.title} số {instrument.number}"
    return f"{instrument.kind} {instrument.number}"


def as_cited(cited: Citation) -> str:
    """A citation by its type and number, or by what it says of its title."""
    if cited.number and cited.number.canonical:
        return f"{cited.kind} {cited.number.canonical}"
    if cited.number and cited.number.serial:
        return f"{cited.kind} số {cited.number.serial}"
    year = f"năm {cited.date.year}" if cited.date and cited.date.year else None
    return " ".join(filter(None, (cited.kind, (cited.title or "")[:120], year)))


def written(day: date | None) -> str:
    """A day as officials write it: ``01/7/2025``; ``?`` where it is not known."""
    if day is None:
        return "?"
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02}/{month}/{day.year}"


def as_written(partial: PartialDate | None) -> str:
    """A date with what is blank left out: ``18/3/2022``, ``3/2022``, ``2022``."""
    if partial is None:
        return "?"
    days = days_of(partial)
    if partial.day and days:
        return written(days.first)
    return "/".join(str(part) for part in (partial.day, partial.month, partial.year) if part)


def signed(case: Case) -> str:
    """The day on which the plan was signed, or the days between which it was."""
    if case.signed is None:
        return "?"
    first, last = case.signed
    return written(first) if first == last else f"{written(first)} - {written(last)}"
