"""
The one grammar of days, months, quarters and years that dates and times for work are read by.
"""

import calendar
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import Literal, NamedTuple

import regex

from tdkt_parse.misread import mend_dates
from tdkt_parse.models import Span

TIMEOUT = 2.0
"""
Seconds one search over document text may take. A match at a known place needs no limit: its
patterns look at no more than a line, which saves two thirds of the time of a match.
"""

YEARS = range(1900, 2101)
"""Years a document may name; others are numbers of something else."""


Kind = Literal["day", "month", "quarter", "half", "year"]


class Period(NamedTuple):
    """One mention of a time, not yet tied to a year: from ``first`` to ``last`` of its kind."""

    start: int
    end: int
    kind: Kind
    first: int | None = None  # day of the month, month, quarter; of "half" the first month
    last: int | None = None
    month: int | None = None  # of a day
    year: int | None = None
    year_last: int | None = None
    named: bool = True  # by the word ngày, tháng, quý or năm; or in full
    numbers: tuple[int, ...] = ()  # quarters or months listed


# ------------------------------------------------------------------------------------ the grammar


BLANK = r"[\s.…_]{0,40}+"  # a part left blank, or a space
ANNUAL = r"(?P<y> \d{4} (?!\d) )"
NUMERIC = rf"""
    (?: (?P<d0>\d{{1,2}}) \s?[-–]\s? (?= \d{{1,2}}\s?/\s?\d{{1,2}} (?!\d) ) )?+  # 10-15/3
    (?P<d>\d{{1,2}})?
    (?: \s?/\s? (?P<m>\d{{1,2}}) (?: \s?/\s? {ANNUAL} )?                        # 15/6/2022
    |   \s?(?P<sep>[.-])\s? (?P<m>\d{{1,2}}) \s?(?P=sep)\s? {ANNUAL} )           # 7-5-1954
    (?! \d | /[\d\p{{Lu}}] )
"""
SHARED = rf"""
    (?: \s? (?: / | ,?\ ?năm | [-–](?=\s?(?:19|20)\d\d(?![\d/])) ) \s? {ANNUAL} )?  # /2024, - 2024
"""


@cache
def _day_grammar() -> regex.Pattern[str]:
    """From the word ngày: ``ngày 04 tháng 9 năm 2020``, ``ngày /02/2024``, ``ngày 10``."""
    return regex.compile(
        rf"""
        ngày {BLANK}
        (?: (?P<words> (?: (?P<d>\d{{1,2}}) | [-–—]{{1,3}} )? {BLANK}
                tháng {BLANK} (?: (?P<m> \d{{1,2}} (?!\d) ) | [-–—]{{1,3}} (?= {BLANK} năm ) )?
                (?: {BLANK} năm {BLANK} {ANNUAL}? | \s?/\s? {ANNUAL} )? )
        |   {NUMERIC}
        |   (?P<d0>\d{{1,2}}) \s?[-–]\s? (?P<d>\d{{1,2}}) (?![\d/.-])
        |   (?P<d>\d{{1,2}}) (?!\d)
        )
        """,
        regex.VERBOSE | regex.IGNORECASE,
    )


@cache
def _number_grammar() -> regex.Pattern[str]:
    """From a number: ``15/6/2022``, ``7-5-1954``, ``03/2024``, ``2021 - 2025``, ``T3/2024``."""
    return regex.compile(
        rf"""
            (?=\d) {NUMERIC}
        |   (?: T\.? )? (?P<ms>\d{{1,2}}) \s?/\s? {ANNUAL} (?!/)
        |   {ANNUAL} \s?[-–—]\s? (?P<z>\d{{4}}) (?![\d/])
        """,
        regex.VERBOSE,
    )


@cache
def _month_grammar() -> regex.Pattern[str]:
    """From the word tháng or the number before it: ``Tháng 5, 6``, ``6 tháng đầu năm``."""
    return regex.compile(
        rf"""
            (?P<count> \d{{1,2}} | sáu | chín | ba ) \s tháng \s (?P<edge>đầu|cuối) \s năm
                (?: \s?{ANNUAL} )?
        |   (?P<d>\d{{1,2}}) \ ? tháng \s? (?P<m> \d{{1,2}} (?!\d) )
                (?: \s?(?:năm|/)\s? {ANNUAL} )?
        |   (?: \w{{1,4}} \s? )? (?P<start> ) tháng \s{{0,3}}+
                (?P<ms> \d{{1,2}} (?!\d)
                    (?: \s?(?:[,&+–-]|và)\s? \d{{1,2}}
                        (?= \s?(?:[,;.)/&+–-]|:(?!\d)|và|năm|$) ) )* )
                {SHARED}
        """,
        regex.VERBOSE | regex.IGNORECASE,
    )


@cache
def _quarter_grammar() -> regex.Pattern[str]:
    """From the word quý: ``Quý II``, ``Quý II, III/2024``, ``Quí 1``."""
    roman = r"""
        (?: (?: IV | I{1,3} | [1-4] ) (?! [\p{L}\d] )
        |   (?: một | nhất | hai | ba | bốn | tư )
            (?= \s*+ (?: $ | [,;.:()/–-] | (?: năm | và | đến )\b ) ) )
    """
    return regex.compile(
        rf"qu[ýí] \s{{0,3}}+ (?P<qs> {roman} (?: \s?(?:[,&+–-]|,?\s?và)\s? {roman} )* ) {SHARED}",
        regex.VERBOSE | regex.IGNORECASE,
    )


@cache
def _year_grammar() -> regex.Pattern[str]:
    """From the words năm and giai đoạn: ``năm 2003``, ``giai đoạn 2021 - 2025``."""
    return regex.compile(
        rf"""
        (?: giai\ đoạn | năm ) \s?:?\s? (?:từ\s)? (?:năm\s)?
            {ANNUAL} (?: \s?[-–—]\s? (?P<z>\d{{4}}) (?!\d) )?
        """,
        regex.VERBOSE | regex.IGNORECASE,
    )


@cache
def _numbers() -> regex.Pattern[str]:
    """Where :func:`_number_grammar` is worth trying."""
    return regex.compile(r"(?<![\d/.,\p{L}])(?:\d{1,4}\s?[/.–—-]\s?\d|T\.?\d{1,2}\s?/)")


COUNTS = {"ba": 3, "sáu": 6, "chín": 9}
QUARTERS = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "một": 1, "nhất": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4
}  # fmt: skip


def _number(text: str | None, most: int) -> int | None:
    """``text`` as a number from 1 to ``most``."""
    value = int(text) if text else 0
    return value if 0 < value <= most else None


def _year(text: str | None) -> int | None:
    year = int(text) if text else 0
    return year if year in YEARS else None


@cache
def month_end(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


@cache
def _items() -> regex.Pattern[str]:
    return regex.compile(r"\d+|(?i:(?<!\p{L})(?:[iv]+|một|nhất|hai|ba|bốn|tư)(?!\p{L}))|[–-]")


def _listed(text: str, most: int) -> tuple[int, ...]:
    """``I-IV`` is 1 to 4; ``II, III`` 2 and 3; ``01-3`` 1 to 3; empty where one is too large."""
    numbers: list[int] = []
    joined = False
    for part in _items().findall(text, timeout=TIMEOUT):
        if part in "–-":
            joined = True
            continue
        value = QUARTERS.get(part.lower()) or _number(part if part.isdigit() else None, most)
        if value is None:
            return ()
        numbers += range(numbers[-1] + 1, value) if joined and numbers else ()
        numbers.append(value)
        joined = False
    return tuple(numbers)


# What the readers below unpack are the groups of their pattern in the order in which it names them
# first. To ask for one by its name takes as long as to match it.


def _day_of(
    span: Span,
    day: str | None,
    month: str | None,
    year: str | None,
    *,
    named: bool,
    since: str | None,
) -> Period:
    of_year, of_month, last = _year(year), _number(month, 12), _number(day, 31)
    if of_month is None and month:
        last = None  # day and month perhaps swapped
    if last and of_month and last > month_end(of_year or 2000, of_month):
        last = None
    first = _number(since, 31) if since else last
    return Period(*span, "day", first, last, of_month, of_year, named=named)


def _listed_of(span: Span, kind: Kind, listed: str, year: str | None) -> Period | None:
    numbers = _listed(listed, 4 if kind == "quarter" else 12)
    if not numbers:
        return None
    first, last = min(numbers), max(numbers)
    return Period(*span, kind, first, last, None, _year(year), numbers=numbers)


def _years_of(span: Span, first: str, last: str | None) -> Period | None:
    year, year_last = _year(first), _year(last or first)
    if year is None or year_last is None or year_last < year:
        return None
    return Period(*span, "year", year=year, year_last=year_last)


def _day_at(text: str, pos: int) -> Period | None:
    found = _day_grammar().match(text, pos)
    if found is None:
        return None
    _, day, month, year, since, _ = found.groups()
    return _day_of(found.span(), day, month, year, named=True, since=since)


def _number_at(text: str, pos: int) -> Period | None:
    found = _number_grammar().match(text, pos)
    if found is None:
        return None
    since, day, month, year, _, months, year_last = found.groups()
    if day:
        return _day_of(found.span(), day, month, year, named=year is not None, since=since)
    if months:
        return _listed_of((pos, found.end()), "month", months, year)
    return _years_of(found.span(), year, year_last)


def _month_at(text: str, pos: int) -> Period | None:
    found = _month_grammar().match(text, pos)
    if found is None:
        return None
    counted, edge, year, day, month, _, months = found.groups()
    if months:
        return _listed_of((found.start("start"), found.end()), "month", months, year)
    if day:
        return _day_of(found.span(), day, month, year, named=True, since=None)
    count = COUNTS.get(counted.lower()) or _number(counted, 11)
    if count is None:
        return None
    first = 1 if edge.lower() == "đầu" else 13 - count
    start, end = found.span()
    return Period(start, end, "half", first, first + count - 1, year=_year(year))


def _quarter_at(text: str, pos: int) -> Period | None:
    found = _quarter_grammar().match(text, pos)
    if found is None:
        return None
    quarters, year = found.groups()
    return _listed_of((pos, found.end()), "quarter", quarters, year)


def _year_at(text: str, pos: int) -> Period | None:
    found = _year_grammar().match(text, pos)
    return _years_of(found.span(), *found.groups()) if found else None


def _whole_year_at(text: str, pos: int) -> Period | None:
    """A year not written: ``trong năm``, ``cả năm``; but no school year."""
    return None if text[pos + 3 : pos + 7].lower() == " học" else Period(pos, pos + 3, "year")


WHOLE = ("trong ", "cả ", "suốt ")
"""Words before ``năm`` without a number by which the plan's year is meant."""

Reader = Callable[[str, int], "Period | None"]

DIGITS = "0123456789"
READERS: tuple[tuple[str, Reader, str], ...] = (
    ("ngày", _day_at, DIGITS + "./…_t\n-–—"),
    ("tháng", _month_at, DIGITS + "đc\n"),
    ("quý", _quarter_at, "1234imnhbt\n"),
    ("quí", _quarter_at, "1234imnhbt\n"),
    ("năm", _year_at, DIGITS + ":t\n"),
    ("giai đoạn", _year_at, DIGITS + ":tn\n"),
)
"""
The words that begin a period, what reads it, and the characters that may follow the word and its
spaces. Numbers without a word come besides.
"""

NOT_DAYS = ("tuần ", "đợt ", "kỳ ", "sau ", "lần ", "/", ",", ".")
"""What before ``2 tháng 4`` shows that 2 is no day: ``tuần 2 tháng 4``."""


def lowered(text: str) -> str:
    """Lower case of the same length, *quý* as it is spelt."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(a.lower() if len(a.lower()) == 1 else a for a in text)
    return _spelt(low) if "qú" in low else low


def _spelt(text: str) -> str:
    """A text with the tone of *quý* on its last letter: many type it on the one before, *qúy*."""
    for typed, spelt in (("úy", "uý"), ("úi", "uí"), ("ÚY", "UÝ"), ("ÚI", "UÍ")):
        for q in "qQ":
            text = text.replace(q + typed, q + spelt)
    return text


def _before_month(low: str, pos: int) -> int:
    """Where a period begins whose word tháng stands at ``pos``: at a number before it, if any."""
    end = pos
    while end > 0 and pos - end < 2 and low[end - 1].isspace():
        end -= 1
    start = end
    while start > 0 and end - start < 4 and low[start - 1].isalnum():
        start -= 1
    word = low[start:end]
    if word in COUNTS:
        return start
    if not word.isdigit() or len(word) > 2 or low[start - 1 : start].isalnum():
        return pos
    return pos if low[max(0, start - 6) : start].endswith(NOT_DAYS) else start


def _has_digit(text: str) -> bool:
    """Ten quick searches: a set would look at every letter of the text."""
    for digit in DIGITS:  # noqa: SIM110 - a generator would cost what the searches do
        if digit in text:
            return True
    return False


def _anchors(text: str) -> list[tuple[int, Reader]]:
    """Every place where a period may begin, in order; found by plain search, which is quick."""
    low = lowered(text)
    anchors: list[tuple[int, Reader]] = []
    for word, read, nexts in READERS:
        pos = low.find(word)
        while pos >= 0:
            end = pos + len(word)
            follows = low[end : end + 40].lstrip(" ")[:1]
            glued = low[pos - 1 : pos].isalpha()  # "Chính phủngày 25 tháng 12" lost its space
            if not glued or (word == "ngày" and follows.isdigit()):
                if follows and follows in nexts:
                    anchors.append((_before_month(low, pos) if read is _month_at else pos, read))
                elif word == "năm" and low.endswith(WHOLE, 0, pos):
                    anchors.append((pos, _whole_year_at))
            pos = low.find(word, end)
    if _has_digit(text) and any(map(text.__contains__, "/.–—-")):
        # The pattern repeats nothing without a bound: in a passage it needs no limit.
        limit = TIMEOUT if len(text) > LONGEST_KEPT else None
        anchors += [
            (found.start(), _number_at) for found in _numbers().finditer(text, timeout=limit)
        ]
    anchors.sort(key=itemgetter(0))
    return anchors


def find_periods(text: str) -> Sequence[Period]:
    """All mentions of a time in order; what was read before a time-out is kept."""
    return _periods_again(text) if len(text) <= LONGEST_KEPT else _read_periods(text)


LONGEST_KEPT = 2000
"""Code points of a text whose periods are kept for who asks next: dates, quarters, deadlines."""


@lru_cache(maxsize=64)
def _periods_again(text: str) -> tuple[Period, ...]:
    return tuple(_read_periods(text))


def _read_periods(text: str) -> list[Period]:
    found: list[Period] = []
    last = 0
    try:
        text = mend_dates(text) if _has_digit(text) else text
        text = _spelt(text) if "qú" in text or "Qú" in text or "QÚ" in text else text
        for pos, read in _anchors(text):
            period = read(text, pos) if pos >= last else None
            if period:
                last = period.end
                found.append(period)
    except TimeoutError:
        return found
    return found
