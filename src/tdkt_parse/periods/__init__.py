"""
Ngày, tháng, quý, năm: dates as documents write them, and the periods of a plan.

A date stands in a citation (``ngày 15/6/2022``, ``ngày 04 tháng 9 năm 2020``, ``năm 2003``) or in
a letterhead (``Tân Lập, ngày   tháng 01 năm 2024``, NĐ 30/2020/NĐ-CP, Phụ lục I.II.4), where a
draft leaves parts blank. A period says when something is to be done: a quarter (quý I is January
to March), a month, ``Trước 15/3/2024``, ``Hàng quý``, ``Thường xuyên trong năm``.

One grammar (``grammar``) finds both; :func:`find_dates` keeps what is a date, :func:`parse_timing`
what is a time for work. What cannot be told is left out, never made up:

* an impossible day (31/02) leaves the month;
* ``đầu tháng 3``, ``cuối quý II``, ``tuần 2 tháng 4`` name part of a period and give no dates,
  for those of the whole would be wrong (``đến cuối quý II`` does give the end);
* ``tháng liền kề``, ``sau 03 tháng kể từ khi …``, ``năm học 2023-2024`` give no dates;
* the date of a cited document is no deadline.

Days are Gregorian; both ends of a period belong to it; a deadline ``trước ngày 15/3`` is met on its
day, ``trước tháng 9`` on 31 August.
"""

from tdkt_parse.periods.dates import (
    DateMatch,
    PlaceDate,
    find_dates,
    find_letterhead_date,
    parse_date,
)
from tdkt_parse.periods.deadlines import find_deadlines
from tdkt_parse.periods.quarters import find_quarters, is_quarter_heading
from tdkt_parse.periods.school import in_school_year, is_of_school
from tdkt_parse.periods.stages import ANY_YEAR, SPAN, stage_of
from tdkt_parse.periods.stretches import Stretch, follows, is_of_whole_year, stretch_of_caption
from tdkt_parse.periods.timings import parse_timing
from tdkt_parse.periods.years import find_years

__all__ = [
    "ANY_YEAR",
    "SPAN",
    "DateMatch",
    "PlaceDate",
    "Stretch",
    "find_dates",
    "find_deadlines",
    "find_letterhead_date",
    "find_quarters",
    "find_years",
    "follows",
    "in_school_year",
    "is_of_school",
    "is_of_whole_year",
    "is_quarter_heading",
    "parse_date",
    "parse_timing",
    "stage_of",
    "stretch_of_caption",
]
