"""
An instrument (văn bản) as the register knows it, and whether it was in force on a day.

What is blank is not known. The verdicts are those of ``docs/audit.md``: an instrument is in force
on a day when it took effect on or before it, and the day is before its end; or its end is blank,
its row was verified, and the day is not after the day of checking. An end that nobody verified is
only *said*. A document never takes force before it is signed (Luật 64/2025/QH15, Điều 53).
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

Verdict = Literal["in_force", "not_yet", "expired", "said_expired", "unknown"]
"""Whether an instrument is in force on a day; ``unknown`` where a date that decides it is blank."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """
    One instrument: a row of the register.

    ``id`` names the row, ``number`` is the canonical số, ký hiệu (``98/2023/NĐ-CP``), which two
    provinces may share; ``kind`` the type of document, ``title`` the trích yếu without it;
    ``aliases`` other names it is called by; ``issued``, ``effective`` and ``expired`` days, the
    last being the first day on which it is no longer in force; ``replaced_by``, ``amends`` and
    ``amended_by`` numbers of other instruments; ``unverified`` the columns that nobody checked
    against a source (``expired``, ``title`` …); ``checked_on`` the day on which the row was last
    checked; ``origin`` whether the row came with the package or from the user.
    """

    id: str
    kind: str
    number: str
    title: str
    issuer: str | None = None
    issued: date | None = None
    effective: date | None = None
    expired: date | None = None
    aliases: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    amended_by: tuple[str, ...] = ()
    verified: bool = False
    unverified: frozenset[str] = frozenset()
    checked_on: date | None = None
    source: str | None = None
    note: str | None = None
    origin: Literal["packaged", "user"] = field(default="user", compare=False)


def verdict_on(instrument: Instrument, day: date) -> Verdict:
    """
    Whether an instrument was in force on a day.

    >>> from dataclasses import replace
    >>> decree = Instrument("nd-98", "Nghị định", "98/2023/NĐ-CP", "quy định chi tiết …",
    ...     effective=date(2024, 1, 1), expired=date(2025, 7, 1), verified=True)
    >>> days = date(2023, 12, 31), date(2024, 1, 1), date(2025, 7, 1)
    >>> [verdict_on(decree, day) for day in days]
    ['not_yet', 'in_force', 'expired']
    >>> verdict_on(replace(decree, unverified=frozenset({"expired"})), date(2025, 7, 1))
    'said_expired'
    """
    if instrument.expired and day >= instrument.expired:
        return "said_expired" if "expired" in instrument.unverified else "expired"
    begins = instrument.effective or instrument.issued
    if begins and day < begins:
        return "not_yet"
    if not instrument.effective:
        return "unknown"
    if instrument.expired:
        return "in_force"
    checked = instrument.verified and instrument.checked_on and day <= instrument.checked_on
    return "in_force" if checked and not instrument.replaced_by else "unknown"


def verdicts_within(instrument: Instrument, first: date, last: date) -> tuple[Verdict, ...]:
    """The verdicts on the days from ``first`` to ``last``, each once, in order of the days."""
    if first == last:
        return (verdict_on(instrument, first),)
    known = (
        instrument.issued,
        instrument.effective,
        instrument.expired,
        instrument.checked_on and instrument.checked_on + timedelta(days=1),
    )
    days = {first, last, *(day for day in known if day and first < day <= last)}
    return tuple(dict.fromkeys(verdict_on(instrument, day) for day in sorted(days)))


def year_of(instrument: Instrument) -> int | None:
    """The year of an instrument, of its date or else of its number."""
    if instrument.issued:
        return instrument.issued.year
    parts = instrument.number.split("/")
    return int(parts[1]) if len(parts) > 2 and parts[1].isdecimal() else None
