"""
Days that a text writes out, and whether they are in the calendar: ``ngày 31 tháng 02 năm 2022``.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import regex

TIMEOUT = 2.0

_DAY = regex.compile(
    r"(?P<word>(?<!\p{L})ngày\s+)?(?<![\d/.-])(?P<day>\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)"
    r"(?P<month>\d{1,2})(?:\s*[/.-]\s*|\s+năm\s+)(?P<year>\d{4})(?![\d/])",
    regex.IGNORECASE,
)


class SaidDay(NamedTuple):
    """
    A day with its month and year, and the range of the text.

    ``named``: *ngày* stands before it, so that no number is meant.
    """

    start: int
    end: int
    year: int
    month: int
    day: int
    named: bool

    @property
    def exists(self) -> bool:
        """Whether the calendar has it."""
        try:
            date(self.year, self.month, self.day)
        except ValueError:
            return False
        return True


def said_days(text: str) -> Iterator[SaidDay]:
    """
    The days of a text.

    >>> [(day.day, day.exists) for day in said_days("từ 30/4/2024 đến ngày 31 tháng 4 năm 2024")]
    [(30, True), (31, False)]
    """
    for found in _DAY.finditer(text, timeout=TIMEOUT):
        yield SaidDay(
            found.start(),
            found.end(),
            int(found["year"]),
            int(found["month"]),
            int(found["day"]),
            found["word"] is not None,
        )
