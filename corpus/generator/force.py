"""
Whether an act was in force on the day of a plan, from the facts of the table of instruments.

An act is in force on a day when it took effect on or before it and the day is before its end; or
its end is blank, all its facts were checked, the day is not after that on which they were, and
nothing replaced it. Without a day of effect nothing is known, but that it was not in force before
it was signed. An end that nobody verified is only said.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from generator.phrasebook import Row

CHECKED = date(2026, 11, 20)
"""The day on which the facts of the table were checked."""


def days_of(when: dict[str, Any] | None) -> list[date]:
    """
    The days that a plan's date may be; its year and month are never blank here.

    >>> len(days_of({"year": 2024, "month": 2, "day": None})), days_of(None)
    (29, [])
    """
    if when is None:
        return []
    year, month, day = when["year"], when["month"], when["day"]
    if day is not None:
        return [date(year, month, day)]
    first = date(year, month, 1)
    return [first + timedelta(more) for more in range(monthrange(year, month)[1])]


def verdict_on(row: Row, day: date) -> str:
    """
    Whether an act was in force on a day.

    >>> row = {"date": "2023-12-31", "effective": "2024-01-01", "expired": "2025-07-01"}
    >>> [verdict_on(row, day) for day in (date(2023, 1, 1), date(2024, 1, 1), date(2025, 7, 1))]
    ['not_yet', 'in_force', 'expired']
    """
    begin = row.get("effective")
    if not begin:
        return "not_yet" if day < date.fromisoformat(row["date"]) else "unknown"
    if day < date.fromisoformat(begin):
        return "not_yet"
    if end := row.get("expired"):
        if day < date.fromisoformat(end):
            return "in_force"
        return "expired" if row.get("end_verified", True) else "said_expired"
    sure = row.get("verified", True) and not row.get("replaced") and day <= CHECKED
    return "in_force" if sure else "unknown"


def verdict(row: Row, when: dict[str, Any] | None) -> str | None:
    """
    The verdict on a plan's date: ``possible`` where it is another on some of the days it may be,
    ``None`` where the plan has no date or no register the act.

    >>> row = {"date": "2024-02-24", "effective": "2024-04-15"}
    >>> verdict(row, {"year": 2024, "month": 4, "day": None})
    'possible'
    """
    found = {verdict_on(row, day) for day in days_of(when)}
    if not found or not row.get("known", True):
        return None
    return found.pop() if len(found) == 1 else "possible"
