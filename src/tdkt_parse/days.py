"""
The days that a date with blanks may be.
"""

from calendar import monthrange
from datetime import date
from typing import NamedTuple

from tdkt_parse.models import PartialDate


class Days(NamedTuple):
    """The first and the last day that a date may be."""

    first: date
    last: date


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


def is_day(written: PartialDate | None, day: date | None) -> bool:
    """Whether a date is written in full and is that day."""
    return bool(
        written
        and day
        and (written.year, written.month, written.day) == (day.year, day.month, day.day)
    )
