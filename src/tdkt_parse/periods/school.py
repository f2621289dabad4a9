"""
The year of a month in a plan of a school's year (năm học), which begins in August.
"""

from datetime import date

from tdkt_parse.models import Timing
from tdkt_parse.periods.grammar import find_periods, lowered, month_end

FIRST_MONTH = 8
"""What prepares the year stands first in its plan."""


def is_of_school(title: str) -> bool:
    """
    Whether a title is of a plan for a school's year.

    >>> is_of_school("Công tác thi đua, khen thưởng năm học 2023 - 2024"), is_of_school("Năm 2024")
    (True, False)
    """
    return "năm học" in lowered(title)


def in_school_year(timing: Timing, years: tuple[int, int]) -> Timing:
    """
    A time whose months name no year, read for the first of two years, in the one each belongs to.

    >>> first = Timing(text="Tháng 01", start="2023-01-01", end="2023-01-31", recurrence=None)
    >>> in_school_year(first, (2023, 2024)).end
    '2024-01-31'
    """
    periods = find_periods(timing.text)
    plain = periods and all(p.kind in ("day", "month") and p.year is None for p in periods)
    if not plain or timing.recurrence:
        return timing
    start, end = _moved(timing.start, years), _moved(timing.end, years)
    if start and end and end < start:
        start = end = None
    return timing.model_copy(update={"start": start, "end": end})


def _moved(iso: str | None, years: tuple[int, int]) -> str | None:
    if iso is None:
        return None
    day = date.fromisoformat(iso)
    if day.year not in (years[0] - 1, *years):  # ``Trước tháng 1`` ends in the year before
        return iso
    year = years[0] if day.month >= FIRST_MONTH else years[1]
    last = day.day == month_end(day.year, day.month)
    at = month_end(year, day.month) if last else min(day.day, month_end(year, day.month))
    return date(year, day.month, at).isoformat()
