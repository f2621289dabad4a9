"""
The part of the year that a caption names: ``Quý I/2025``, ``6 tháng cuối năm``, ``Tháng 9``.
"""

from functools import cache
from itertools import pairwise
from typing import NamedTuple

import regex

from tdkt_parse.periods.grammar import TIMEOUT, Period, find_periods
from tdkt_parse.periods.quarters import HEADING_LENGTH, says_nothing_else


class Stretch(NamedTuple):
    """From a first to a last month, of a year or of one not named."""

    first: int
    last: int
    year: int | None


def stretch_of_caption(text: str) -> Stretch | None:
    """
    The months that a line without a number names, if it does nothing else.

    >>> stretch_of_caption("Quý I/2025"), stretch_of_caption("Tháng 9, 10:")
    (Stretch(first=1, last=3, year=2025), Stretch(first=9, last=10, year=None))
    >>> stretch_of_caption("Sơ kết 6 tháng đầu năm"), stretch_of_caption("Ngày 15 tháng 9")
    (None, None)
    """
    line = text.strip(" :")
    if not line or len(line) > HEADING_LENGTH or not (line[0].isupper() or line[0].isdigit()):
        return None
    if "(" in line:
        line = _bracket().sub(" ", line, timeout=TIMEOUT)
    stretches = [_months_of(period) for period in find_periods(line)]
    known = [stretch for stretch in stretches if stretch]
    if not known or len(known) < len(stretches) or not says_nothing_else(line):
        return None
    for before, after in pairwise(known):
        if after.first != before.last % 12 + 1:
            return None
    years = [stretch.year for stretch in known if stretch.year]
    return Stretch(known[0].first, known[-1].last, years[0] if years else None)


@cache
def _bracket() -> regex.Pattern[str]:
    return regex.compile(r"\([^()]*\)")


def _months_of(period: Period) -> Stretch | None:
    if period.first is None or period.last is None:
        return None
    if period.kind == "quarter":
        return Stretch(period.first * 3 - 2, period.last * 3, period.year)
    if period.kind == "half" and (period.first, period.last) in ((1, 6), (7, 12)):
        return Stretch(period.first, period.last, period.year)
    if period.kind == "month":
        return Stretch(period.first, period.last, period.year)
    return None


_ALWAYS = regex.compile(
    r"(?:(?:các\s+)?(?:nhiệm vụ|công việc|hoạt động)\s+)?(?:thực hiện\s+)?"
    r"(?:thường xuyên(?:,\s*liên tục)?|(?:cả|trong)\s+năm|quanh năm"
    r"|h[àằ]ng\s+(?:tháng|quý|qúy|tuần))"
    r"(?:\s+(?:trong\s+)?(?:cả\s+)?năm)?(?:\s*\d{4})?",
    regex.IGNORECASE,
)


def is_of_whole_year(text: str) -> bool:
    """
    Whether a caption among those of quarters says that what follows belongs to none of them.

    >>> is_of_whole_year("CẢ NĂM"), is_of_whole_year("Các nhiệm vụ thường xuyên trong năm:")
    (True, True)
    >>> is_of_whole_year("Trong năm tổ chức 04 đợt thi đua"), is_of_whole_year("Quý IV")
    (False, False)
    """
    line = text.strip(" :.")
    return len(line) <= HEADING_LENGTH and bool(_ALWAYS.fullmatch(line, timeout=TIMEOUT))


def follows(before: Stretch, after: Stretch, first: Stretch) -> bool:
    """
    Whether a stretch is later than the one before it, in a list that began with ``first``.

    A school's year goes on from the autumn to January or February, once, and is told in months.
    """
    if before.year and after.year and before.year != after.year:
        return after.year > before.year
    if after.first > before.last:
        # Behind the turn of the year no month comes a second time.
        return before.first >= first.first or after.last < first.first
    turns = before.last >= 9 and after.first <= 2 and after.last < first.first
    return turns and after.last <= after.first + 1 and before.first >= first.first
