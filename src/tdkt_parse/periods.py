"""
Ngày, tháng, quý, năm: dates as documents write them, and the periods of a plan.

A date stands in a citation (``ngày 15/6/2022``, ``ngày 04 tháng 9 năm 2020``, ``năm 2003``) or in
a letterhead (``Tân Lập, ngày   tháng 01 năm 2024``, NĐ 30/2020/NĐ-CP, Phụ lục I.II.4), where a
draft leaves parts blank. A period says when something is to be done: a quarter (quý I is January
to March), a month, ``Trước 15/3/2024``, ``Hàng quý``, ``Thường xuyên trong năm``.

One grammar finds both; :func:`find_dates` keeps what is a date, :func:`parse_timing` what is a
time for work. What cannot be told is left out, never made up:

* an impossible day (31/02) leaves the month;
* ``đầu tháng 3``, ``cuối quý II``, ``tuần 2 tháng 4`` name part of a period and give no dates,
  for those of the whole would be wrong (``đến cuối quý II`` does give the end);
* ``tháng liền kề``, ``sau 03 tháng kể từ khi …``, ``năm học 2023-2024`` give no dates;
* the date of a cited document is no deadline.

Days are Gregorian; both ends of a period belong to it; a deadline ``trước ngày 15/3`` is met on its
day, ``trước tháng 9`` on 31 August.
"""

import calendar
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Literal, NamedTuple

import regex

from tdkt_parse.misread import mend_dates
from tdkt_parse.models import PartialDate, Recurrence, Span, Timing

__all__ = [
    "DateMatch",
    "PlaceDate",
    "find_dates",
    "find_deadlines",
    "find_letterhead_date",
    "find_quarters",
    "find_years",
    "is_quarter_heading",
    "parse_date",
    "parse_timing",
]

TIMEOUT = 2.0
"""
Seconds one search over document text may take. A match at a known place needs no limit: its
patterns look at no more than a line, which saves two thirds of the time of a match.
"""

YEARS = range(1900, 2101)
"""Years a document may name; others are numbers of something else."""


class DateMatch(NamedTuple):
    """A date and where it stands: code points, with the word ngày, tháng or năm before it."""

    start: int
    end: int
    date: PartialDate


@dataclass(frozen=True, slots=True)
class PlaceDate:
    """Địa danh và thời gian: the place of a letterhead, ``None`` where there is none, and date."""

    place: Span | None
    date: DateMatch


Kind = Literal["day", "month", "quarter", "half", "year"]


class _Period(NamedTuple):
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
SHARED = rf"(?: \s?(?:/|,?\ ?năm)\s? {ANNUAL} )?"  # /2024, năm 2024


@cache
def _day_grammar() -> regex.Pattern[str]:
    """From the word ngày: ``ngày 04 tháng 9 năm 2020``, ``ngày /02/2024``, ``ngày 10``."""
    return regex.compile(
        rf"""
        ngày {BLANK}
        (?: (?P<words> (?P<d>\d{{1,2}})? {BLANK} tháng {BLANK} (?P<m> \d{{1,2}} (?!\d) )?
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
                    (?: \s?(?:[,–-]|và)\s? \d{{1,2}} (?= \s?(?:[,;.)/–-]|và|năm|$) ) )* )
                {SHARED}
        """,
        regex.VERBOSE | regex.IGNORECASE,
    )


@cache
def _quarter_grammar() -> regex.Pattern[str]:
    """From the word quý: ``Quý II``, ``Quý II, III/2024``, ``Quí 1``."""
    roman = r"(?: IV | I{1,3} | [1-4] ) (?! [\p{L}\d] )"
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
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def _number(text: str | None, most: int) -> int | None:
    """``text`` as a number from 1 to ``most``."""
    value = int(text) if text else 0
    return value if 0 < value <= most else None


def _year(text: str | None) -> int | None:
    return int(text) if text and int(text) in YEARS else None


def _month_end(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


@cache
def _items() -> regex.Pattern[str]:
    return regex.compile(r"\d+|(?<!\p{L})[ivIV]+(?!\p{L})|[–-]")


def _listed(text: str, most: int) -> tuple[int, ...]:
    """``I-IV`` is 1 to 4; ``II, III`` 2 and 3; ``01-3`` 1 to 3; empty where one is too large."""
    numbers: list[int] = []
    joined = False
    for part in _items().findall(text, timeout=TIMEOUT):
        if part in "–-":
            joined = True
            continue
        value = ROMAN.get(part.lower()) or _number(part if part.isdigit() else None, most)
        if value is None:
            return ()
        numbers += range(numbers[-1] + 1, value) if joined and numbers else ()
        numbers.append(value)
        joined = False
    return tuple(numbers)


def _day_of(found: "regex.Match[str]", *, named: bool, since: str | None = None) -> _Period:
    year, month, day = _year(found["y"]), _number(found["m"], 12), _number(found["d"], 31)
    if month is None and found["m"]:
        day = None  # day and month perhaps swapped
    if day and month and day > _month_end(year or 2000, month):
        day = None
    first = _number(since, 31) if since else day
    start, end = found.span()
    return _Period(start, end, "day", first, day, month, year, named=named)


def _listed_of(found: "regex.Match[str]", kind: Kind, group: str, start: int) -> _Period | None:
    numbers = _listed(found[group], 4 if kind == "quarter" else 12)
    if not numbers:
        return None
    year = _year(found["y"])
    return _Period(
        start, found.end(), kind, min(numbers), max(numbers), None, year, numbers=numbers
    )


def _years_of(found: "regex.Match[str]") -> _Period | None:
    year, last = _year(found["y"]), _year(found["z"] or found["y"])
    if year is None or last is None or last < year:
        return None
    return _Period(found.start(), found.end(), "year", year=year, year_last=last)


def _day_at(text: str, pos: int) -> _Period | None:
    found = _day_grammar().match(text, pos)
    return _day_of(found, named=True, since=found["d0"]) if found else None


def _number_at(text: str, pos: int) -> _Period | None:
    found = _number_grammar().match(text, pos)
    if found is None:
        return None
    if found["d"]:
        return _day_of(found, named=found["y"] is not None, since=found["d0"])
    if found["ms"]:
        return _listed_of(found, "month", "ms", pos)
    return _years_of(found)


def _month_at(text: str, pos: int) -> _Period | None:
    found = _month_grammar().match(text, pos)
    if found is None:
        return None
    if found["ms"]:
        return _listed_of(found, "month", "ms", found.start("start"))
    if found["d"]:
        return _day_of(found, named=True)
    count = COUNTS.get(found["count"].lower()) or _number(found["count"], 11)
    if count is None:
        return None
    first = 1 if found["edge"].lower() == "đầu" else 13 - count
    start, end = found.span()
    return _Period(start, end, "half", first, first + count - 1, year=_year(found["y"]))


def _quarter_at(text: str, pos: int) -> _Period | None:
    found = _quarter_grammar().match(text, pos)
    return _listed_of(found, "quarter", "qs", pos) if found else None


def _year_at(text: str, pos: int) -> _Period | None:
    found = _year_grammar().match(text, pos)
    return _years_of(found) if found else None


def _whole_year_at(text: str, pos: int) -> _Period | None:
    """A year not written: ``trong năm``, ``cả năm``; but no school year."""
    return None if text[pos + 3 : pos + 7].lower() == " học" else _Period(pos, pos + 3, "year")


WHOLE = ("trong ", "cả ", "suốt ")
"""Words before ``năm`` without a number by which the plan's year is meant."""

Reader = Callable[[str, int], "_Period | None"]

DIGITS = "0123456789"
READERS: tuple[tuple[str, Reader, str], ...] = (
    ("ngày", _day_at, DIGITS + "./…_t\n"),
    ("tháng", _month_at, DIGITS + "đc\n"),
    ("quý", _quarter_at, "1234i\n"),
    ("quí", _quarter_at, "1234i\n"),
    ("năm", _year_at, DIGITS + ":t\n"),
    ("giai đoạn", _year_at, DIGITS + ":tn\n"),
)
"""
The words that begin a period, what reads it, and the characters that may follow the word and its
spaces. Numbers without a word come besides.
"""

NOT_DAYS = ("tuần ", "đợt ", "kỳ ", "sau ", "lần ", "/", ",", ".")
"""What before ``2 tháng 4`` shows that 2 is no day: ``tuần 2 tháng 4``."""


def _lower(text: str) -> str:
    """Lower case of the same length."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(a.lower() if len(a.lower()) == 1 else a for a in text)
    return low


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
    low = _lower(text)
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
    anchors.sort(key=lambda anchor: anchor[0])
    return anchors


def _periods(text: str) -> Sequence[_Period]:
    """All mentions of a time in order; what was read before a time-out is kept."""
    return _periods_again(text) if len(text) <= LONGEST_KEPT else _read_periods(text)


LONGEST_KEPT = 2000
"""Code points of a text whose periods are kept for who asks next: dates, quarters, deadlines."""


@lru_cache(maxsize=64)
def _periods_again(text: str) -> tuple[_Period, ...]:
    return tuple(_read_periods(text))


def _read_periods(text: str) -> list[_Period]:
    found: list[_Period] = []
    last = 0
    try:
        text = mend_dates(text) if _has_digit(text) else text
        for pos, read in _anchors(text):
            period = read(text, pos) if pos >= last else None
            if period:
                last = period.end
                found.append(period)
    except TimeoutError:
        return found
    return found


# ------------------------------------------------------------------------------------------ dates


def _partial(period: _Period, text: str) -> PartialDate | None:
    """The date a period is, if it is one: not a range, quarter or bare ``20/11``."""
    if period.kind == "day":
        if not period.named or period.first != period.last:
            return None
        return _date(period.year, period.month, period.last)
    if period.year is None:
        return None
    if period.kind == "month":
        single = len(period.numbers) == 1 and not text[period.start].isdigit()
        return _date(period.year, period.first, None) if single else None
    if period.kind == "year" and period.year == period.year_last:
        return _date(period.year, None, None)
    return None


@lru_cache(maxsize=1024)
def _date(year: int | None, month: int | None, day: int | None) -> PartialDate:
    """A date, made once: a plan names its year, and days of few others, again and again."""
    return PartialDate(year=year, month=month, day=day)


def find_dates(text: str) -> list[DateMatch]:
    """
    Full and partial dates in running text, in order. Never raises.

    A day without a month, a bare ``20/11`` and a range of years are no dates.

    >>> [m.date.day for m in find_dates("ngày 04 tháng 9 năm 2020, 07/ 3/2002, năm 2003")]
    [4, 7, None]
    """
    dates = []
    for period in _periods(text):
        found = _partial(period, text)
        if found and (found.year is not None or found.month is not None):
            dates.append(DateMatch(period.start, period.end, found))
    return dates


def parse_date(text: str) -> PartialDate:
    """
    Read one date that is all of ``text``, but for a full stop; else ``ValueError``.

    >>> parse_date("ngày   tháng 01 năm 2024")
    PartialDate(year=2024, month=1, day=None)
    """
    line = text.strip().rstrip(".;, ")
    found = [match for match in find_dates(line) if match.end - match.start == len(line)]
    if not found:
        message = f"{text!r} is no date"
        raise ValueError(message)
    return found[0].date


@cache
def _place() -> regex.Pattern[str]:
    """
    A name before ``, ngày``, searched from its end backwards.

    Capitalised words (``Phan Rang-Tháp Chàm``, ``Thành phố Huế``, ``TP.HCM``, ``Quận 1``); capitals
    throughout, or a first one alone (``Hà nội``), where the line begins with them.
    """
    return regex.compile(
        r"""
        (?P<place>
            (?: (?<! [\p{L}\d] )
                (?: (?: TP | T\.P | Tp | TX | TT ) (?: \. \s? | \s )
                  | (?: Thành\ phố | Thị\ xã | Thị\ trấn | Đặc\ khu ) \s ) )?
            (?<! [\p{L}\d] ) \p{Lu}\p{Ll}*+ (?:['’]\p{L}++)?
            (?: (?: [ \n] | \s?[-–]\s? ) (?: \p{Lu}\p{Ll}*+ (?:['’]\p{L}++)? | \d{1,2} ) ){0,6}
        |   (?<! [\p{L}\d] ) (?: TP | Tp ) \.? \s? \p{Lu}{2,5}+
        |   (?: ^ | (?<=\n|\s\s|\t) ) \p{Lu}{2,}+ (?: [ -] \p{Lu}{2,}+ ){0,5}
        |   (?: ^ | (?<=\n|\s\s|\t|[-–_*]{3}\s) )
            (?! (?: Hôm | Sáng | Chiều | Tối | Trước | Từ | Đến | Kể | Vào | Tính ) \s )
            \p{Lu}\p{Ll}++ \s \p{Ll}{2,}+ (?= \s?, )
        )
        (?P<comma> \s?,? ) \s{0,12} $
        """,
        regex.VERBOSE,
    )


PLACE_LENGTH = 40
"""Code points of the longest place accepted; ``Phan Rang - Tháp Chàm`` has 21."""


def find_letterhead_date(text: str) -> PlaceDate | None:
    """
    Place and date of a letterhead line, parts of which may be blank; the last if there are two.

    The date must close its line or column and the place must be a name: a date in a sentence
    is none.

    >>> line = "Số: 12/KH-UBND  Lâm Đồng, ngày     tháng 01 năm 2024"
    >>> found = find_letterhead_date(line)
    >>> line[slice(*found.place)], found.date.date.month
    ('Lâm Đồng', 1)
    """
    return _place_date_again(text) if len(text) <= LONGEST_KEPT else _read_place_date(text)


@lru_cache(maxsize=32)
def _place_date_again(text: str) -> PlaceDate | None:
    return _read_place_date(text)


def _read_place_date(text: str) -> PlaceDate | None:
    for period in reversed(_periods(text)):
        if period.kind != "day" or not period.named or period.first != period.last:
            continue
        worded = text[period.start].lower() == "n"
        if not (worded or "tháng" in text[period.start : period.end].lower()):
            continue
        if not _ends_line(text, period.end):
            continue
        day = PartialDate(year=period.year, month=period.month, day=period.last)
        match = DateMatch(period.start, period.end, day)
        before = text[: period.start]
        if not before.strip() or before.endswith(("\n", "|", "| ", "\t")):
            return PlaceDate(None, match) if worded else None
        place = _place_before(text, period.start)
        if place:
            return PlaceDate(place, match)
    return None


def _ends_line(text: str, end: int) -> bool:
    """Whether nothing of a sentence follows: the end, two spaces, a bar, a number's label."""
    rest = text[end : end + 40]
    bare = rest.lstrip(" .…")
    return (
        not bare
        or bare[0] in "\n|\t*"
        or rest.startswith(("  ", "\t", ".\n"))
        or bare.lower().startswith(("số:", "số :", "số ", "độc lập", "cộng h"))
    )


def _place_before(text: str, end: int) -> Span | None:
    offset = max(0, end - PLACE_LENGTH - 14)
    window = text[offset:end]
    found = _place().search(window, timeout=TIMEOUT)
    if found is None or found.end("place") - found.start("place") > PLACE_LENGTH:
        return None
    start = offset + found.start("place")
    before = text[:start].rstrip(" ")
    gap = start - len(before)
    word = before[-30:].split()[-1] if before[-30:].split() else ""
    alone = not before or before[-1] in "\n|\t*" or gap > 1
    if not found["comma"].strip() and not alone:
        return None
    speech = word.isalpha() and any(letter.islower() for letter in word[1:])
    if not alone and (before[-1] in ",;" or (speech and word.lower() != "phúc")):
        return None
    return start, offset + found.end("place")


# ---------------------------------------------------------------------------------------- timings

Part = Literal["before", "by", "since", "after", "within", "edge"] | None
"""How the words before a period take it: trước, chậm nhất, từ, sau, trong, cuối; or plainly."""


STRONG: dict[str, Part] = {"trước": "before", "từ": "since", "sau": "after", "quá": "after"}
PAIRS: dict[str, Part] = {
    "chậm nhất": "by",
    "muộn nhất": "by",
    "không quá": "by",
    "bắt đầu": "since",
    "thời hạn": None,
    "thời điểm": None,
}
WEAK: dict[str, Part] = {
    "hết": "by",
    "đến": "by",
    "tới": "by",
    "hạn": "by",
    "trong": "within",
    "vào": "within",
    "là": None,
    "khoảng": None,
}
EDGES = ("cuối", "đầu", "giữa")
FILLERS = 6
"""Words looked at before a period: ``chậm nhất là đến hết cuối`` has six."""


@cache
def _clock() -> regex.Pattern[str]:
    """Times of day, which are blanked before periods are looked for."""
    time = r"\d{1,2}\s?(?:giờ|h(?!\p{L}))(?:\s?\d{2}(?!\d))?(?:\s?(?:phút|[’'′]))?"
    return regex.compile(rf"(?:từ\s)?{time}\s?(?:[-–—]|đến|tới)\s?{time}|{time}", regex.IGNORECASE)


@cache
def _cited() -> regex.Pattern[str]:
    """A document's number right before its date, read backwards from the date."""
    return regex.compile(
        r"[\d\s./-][/-]\s?\p{Lu}[\p{L}\d&()]{0,20}(?:\s?[-–./]\s?\p{Lu}[\p{L}\d&()]{0,20}){0,5}[\s,]{0,4}",
        regex.REVERSE,
    )


NAMES = tuple(
    f"{name} "
    for name in [
        "Luật",
        "Hiến pháp",
        "Pháp lệnh",
        "Nghị định",
        "Nghị quyết",
        "Quyết định",
        "Thông tư",
        "Chỉ thị",
        "Công văn",
        "Hướng dẫn",
        "Kết luận",
        "Kế hoạch",
        "Công điện",
        "Phương án",
        "Tờ trình",
        "Thông báo",
        "Chương trình",
        "Điều lệ",
    ]
)
"""Names of documents, after which, in one clause, a plain date is the document's."""


@cache
def _link() -> regex.Pattern[str]:
    """What may stand between two periods that belong together."""
    return regex.compile(
        r"""
        \s*+ (?P<range> [-–—] | (?: cho\s )? (?: đến | tới ) (?:\shết)? (?:\scuối)? )? \s*+
        (?P<list> , | ; | và (?:\scả)? | hoặc )? \s*+ (?:ngày)? \s*+
        """,
        regex.VERBOSE | regex.IGNORECASE,
    )


@cache
def _recurring() -> regex.Pattern[str]:
    """Words of recurrence; ``chi thường xuyên`` is money, not time."""
    return regex.compile(
        r"""
        (?<!\p{L}) (?: hằng | hàng | mỗi | định\skỳ (?:\stheo)? | từng | 0?1\slần\s?/ ) \s?
            (?P<unit> tuần | tháng | quý | năm ) (?!\p{L})
        |   (?<!\p{L}) (?<!chi\s) (?P<always> thường\sxuyên | liên\stục )
        """,
        regex.VERBOSE | regex.IGNORECASE,
    )


UNITS: dict[str, Recurrence] = {
    "tuần": "weekly",
    "tháng": "monthly",
    "quý": "quarterly",
    "năm": "yearly",
}

OPEN = ("liền kề", "kể từ khi", "kể từ ngày ký", "năm học", "sau khi", "tuần học")
"""Words that hang a time on something without a date: no dates are given."""


def _recurrence(text: str) -> Recurrence | None:
    """The first recurrence named; thường xuyên only where there is no other."""
    always: Recurrence | None = None
    for found in _recurring().finditer(text, timeout=TIMEOUT):
        if found["unit"]:
            return UNITS[found["unit"].lower()]
        always = "continuous"
    return always


@dataclass(frozen=True, slots=True)
class _Mention:
    """A period in its sentence: how it is taken, and whether it runs on from or to another."""

    period: _Period
    part: Part
    said_from: int
    """Where the words begin that take it: ``trước`` of ``trước ngày 15/3``."""
    opens: bool = False
    closes: bool = False


_HOURS = ("giờ", *(f"{digit}h" for digit in DIGITS))


def _without_clock(text: str, low: str) -> str:
    """``text``, ``low`` in small letters, with times of day blanked: they look like dates."""
    if not any(map(low.__contains__, _HOURS)):
        return text
    blanked: str = _clock().sub(lambda found: " " * len(found[0]), text, timeout=TIMEOUT)
    return blanked


def _mentions(text: str) -> list[_Mention]:
    """Periods that are times for work, with their year as far as the phrase gives it."""
    low = _lower(text)
    bare = _without_clock(text, low)
    if bare != text:
        low = _lower(bare)
    mentions: list[_Mention] = []
    links: list[str | None] = []  # between a mention and the one before: range, list or None
    last = 0
    for period in _periods(bare):
        if period.kind == "day" and period.first is None and period.month is None:
            continue
        gap = low[last : period.start]
        last = period.end
        link = _link().fullmatch(gap) if len(gap) < 16 and mentions else None
        tie = None
        if link and (link["range"] or link["list"] or not gap.strip()):
            tie = "range" if link["range"] else "apart" if link["list"] == ";" else "list"
        part, said_from = _taken(low, last - len(gap) - period.end + period.start, period.start)
        if tie == "list" and part is None and mentions[-1].part in {"before", "by"}:
            part = mentions[-1].part  # trước ngày 15/3, 15/6
        if tie == "range":
            part = None
        mentions.append(_Mention(period, part, said_from))
        links.append(tie)
    return _tied(text, mentions, links)


def _taken(low: str, since: int, start: int) -> tuple[Part, int]:
    """
    The words before a period that say how it is meant, and where they begin.

    Read from the period backwards over fillers, no further than ``since``, to the first word that
    has nothing to do with it.
    """
    end = start
    part: Part = None
    said_from = start
    edge = ""
    words = low[max(since, start - 48) : start].split()[-FILLERS - 1 :]
    for i in range(len(words) - 1, -1, -1):
        word = words[i].strip(":(")
        pair = f"{words[i - 1].strip('(')} {word}" if i else ""
        if pair in PAIRS:
            begin = low.rfind(words[i - 1], since, end)
            part, said_from = PAIRS[pair] or part, begin
            if PAIRS[pair]:
                break
        elif word in STRONG:
            part, said_from = STRONG[word], low.rfind(word, since, end)
            break
        elif word in WEAK:
            end = said_from = low.rfind(word, since, end)
            part = WEAK[word] if part in {None, "within"} and WEAK[word] else part
        elif word in EDGES and part is None:
            end = low.rfind(word, since, end)
            edge = word
        elif i and words[i - 1] == "tuần" and part is None:
            return "edge", start
        elif word:
            break
    if edge and not (part == "by" and edge == "cuối"):
        return "edge", start
    return part, said_from if part else start


def _tied(text: str, mentions: list[_Mention], links: list[str | None]) -> list[_Mention]:
    """Let neighbours share month and year, mark ranges, and drop what is no time for work."""
    for i in range(len(mentions) - 2, -1, -1):
        if links[i + 1] in {"range", "list"}:
            here, after = mentions[i].period, mentions[i + 1].period
            if here.kind == "day" and here.month is None and after.kind == "day":
                here = here._replace(month=after.month)
            if here.year is None and after.kind != "year":
                here = here._replace(year=_year_before(here, after, links[i + 1]))
            mentions[i] = replace(mentions[i], period=here)
    for i in range(1, len(mentions)):
        if links[i] in {"range", "list"}:
            before, here = mentions[i - 1].period, mentions[i].period
            if here.year is None and before.year_last is None:
                mentions[i] = replace(mentions[i], period=here._replace(year=before.year))
        if links[i] == "range":
            mentions[i - 1] = replace(mentions[i - 1], opens=True)
            mentions[i] = replace(mentions[i], closes=True)
    finer = any(mention.period.kind != "year" for mention in mentions)
    alone = len(mentions) == 1
    return [each for each in mentions if _is_time(text, each, alone=alone, finer=finer)]


def _year_before(here: _Period, after: _Period, link: str | None) -> int | None:
    """The year of ``tháng 11`` in ``từ tháng 11 đến tháng 3/2026`` is the one before."""
    if after.year is None or link != "range" or here.kind != after.kind:
        return after.year
    turn = (here.month or 0, here.first or 0) > (after.month or 0, after.last or 0)
    return after.year - 1 if turn else after.year


def _is_time(text: str, mention: _Mention, *, alone: bool, finer: bool) -> bool:
    """
    Not the date of a cited document, nor a year that only names a plan or report.

    ``alone``: there is no other mention; ``finer``: one is of a quarter, month or day.
    """
    period = mention.period
    if mention.part is not None or mention.closes:
        return True
    before = text[max(0, period.start - 160) : period.start]
    clause = before[max(before.rfind(";"), before.rfind(". ")) + 1 :]
    if "theo " in clause or "Theo " in clause:
        return False
    if period.kind in {"day", "month", "year"}:
        if any(map(clause.__contains__, NAMES)):
            return False
        if ("/" in before or "-" in before) and _cited().match(before):
            return False
    if period.kind == "day" and not period.named and not mention.opens:
        return not alone or text.strip(" .;") == text[period.start : period.end]
    if period.kind == "year" and period.year is not None:
        starts = not before.strip() or before.rstrip()[-1] in ",;:(-–+"
        return not finer and (starts or _recurrence(before) is not None)
    return True


def _bounds(period: _Period, year: int | None) -> tuple[date, date] | None:
    """First and last day of a period; ``None`` if its year, month or day is not known."""
    year = period.year or year
    if year is None or year not in YEARS:
        return None
    if period.kind == "year":
        return date(year, 1, 1), date(period.year_last or year, 12, 31)
    first, last = period.first, period.last
    if first is None or last is None:
        return None
    if period.kind == "day":
        if period.month is None or max(first, last) > _month_end(year, period.month):
            return None
        return date(year, period.month, first), date(year, period.month, last)
    if period.kind == "quarter":
        first, last = 3 * first - 2, 3 * last
    return date(year, first, 1), date(year, last, _month_end(year, last))


def _reach(mention: _Mention, year: int | None) -> tuple[date | None, date | None] | None:
    """From when to when a mention bids, one end open; ``None`` if it gives no dates."""
    bounds = _bounds(mention.period, year)
    if bounds is None or mention.part in {"after", "edge"}:
        return None
    first, last = bounds
    if mention.part == "before":
        whole = mention.period.kind == "day"
        return None, last if whole else first - timedelta(days=1)
    if mention.part == "by" or mention.closes:
        return None, last
    if mention.opens or (mention.part == "since" and not _runs(mention.period)):
        return first, None
    return first, last


def _runs(period: _Period) -> bool:
    """Whether a period names its own end: ``10-15/3/2024``, ``quý I-III``."""
    return period.first != period.last or period.year != (period.year_last or period.year)


def _envelope(mentions: list[_Mention], year: int | None) -> tuple[date | None, date | None]:
    """
    From the earliest start to the latest end.

    No dates at all where one of the mentions cannot be dated, nor where the end would come before
    the start; no start where a deadline falls before every start.
    """
    known = next((m.period.year for m in mentions if m.period.year), None)
    reaches = [_reach(mention, year or known) for mention in mentions]
    dated = [reach for reach in reaches if reach]
    starts = [first for first, _ in dated if first]
    ends = [last for _, last in dated if last]
    start, end = min(starts, default=None), max(ends, default=None)
    deadlines = [m for m in mentions if not m.closes]
    reached = (_reach(mention, year or known) for mention in deadlines)
    if start and any(r[1] < start for r in reached if r and r[1] and not r[0]):
        start = None
    if start and end and start > end:
        return None, None
    return start, end


def parse_timing(text: str, year: int | None) -> Timing:
    """
    When something is to be done; ``year`` is the plan's, for what is written without one.

    Never raises: words that give no dates are ``text`` alone. Several times in one cell give
    their envelope.

    >>> parse_timing("Trước tháng 9/2024", None).end
    '2024-08-31'
    >>> timing = parse_timing("Thường xuyên trong năm", 2026)
    >>> timing.start, timing.end, timing.recurrence
    ('2026-01-01', '2026-12-31', 'continuous')
    >>> parse_timing("Trước ngày 05 của tháng liền kề", 2026).end
    """
    try:
        recurrence = _recurrence(text)
        start, end = _dates_of(text, year)
    except TimeoutError:
        return Timing(text=text)
    return Timing(
        text=text,
        start=start.isoformat() if start else None,
        end=end.isoformat() if end else None,
        recurrence=recurrence,
    )


def _dates_of(text: str, year: int | None) -> tuple[date | None, date | None]:
    low = text.lower()
    if any(words in low for words in OPEN):
        return None, None
    bare = text.strip(" .;")
    if len(bare) == 4 and bare.isdigit() and int(bare) in YEARS:
        return date(int(bare), 1, 1), date(int(bare), 12, 31)
    return _envelope(_mentions(text), year)


_BIDDING = (
    "trong",
    "trước",
    "từ",
    *(word for word, part in WEAK.items() if part),
    *(pair.split()[-1] for pair, part in PAIRS.items() if part),
    "thời gian",
    "hoàn thành",
    "dự kiến",
    "xong",
    "(tháng",
    "(quý",
)
"""Words of which one at least stands before every deadline."""


@cache
def _labelled() -> regex.Pattern[str]:
    """What tells when something is done, before a time that no word makes a deadline."""
    return regex.compile(
        r"""
        (?<!\p{L})
        (?: thời\ (?:gian|hạn) (?: \ (?:tổ\ chức|triển\ khai|báo\ cáo|gửi(?:\ báo\ cáo)?) )?
              (?: \ (?:thực\ hiện|hoàn\ thành) )? (?: \ dự\ kiến )? \s?:
          | (?: hoàn\ thành | xong ) \s?:?
          | dự\ kiến (?: \ thời\ gian )? \s?:? )
        \s (?: vào\s | xong\s | trong\s )*
        $
        """,
        regex.VERBOSE,
    )


def find_deadlines(text: str, year: int | None) -> list[tuple[int, int, Timing]]:
    """
    Deadlines inside prose, each with its place and words. Never raises.

    Only what a word makes a deadline: trước, chậm nhất, đến hết, trong before a month or a
    quarter, thời gian and hoàn thành right before it; and a month or quarter in brackets at the
    end. The dates of cited documents and anniversaries have no such word.

    >>> [t.text for _, _, t in find_deadlines("bình xét trong khối trước ngày 15/11/2022.", 2022)]
    ['trước ngày 15/11/2022']
    """
    if not any(map(_lower(text).__contains__, _BIDDING)):
        return []
    found = []
    try:
        mentions = _mentions(text)
        for i, mention in enumerate(mentions):
            deadline = _deadline(text, mention, mentions[i - 1] if i else None, year)
            if deadline:
                found.append(deadline)
    except TimeoutError:
        pass
    return found


@cache
def _yearly() -> regex.Pattern[str]:
    return regex.compile(r"\s(?:hằng|hàng)\s(?:năm|quý|tháng)(?!\p{L})", regex.IGNORECASE)


def _deadline(
    text: str, mention: _Mention, previous: _Mention | None, year: int | None
) -> tuple[int, int, Timing] | None:
    period, start = mention.period, mention.said_from
    if period.kind in {"year", "half"} or mention.opens:
        return None
    mentions = [mention]
    if mention.closes and previous and previous.opens and previous.part == "since":
        start, mentions = previous.said_from, [previous, mention]
    elif not _is_bidden(text, mention) and not (previous and _goes_on(text, previous, mention)):
        return None
    if text[max(0, start - 9) : start].lower().rstrip().endswith(("tính", "hiệu lực")):
        return None
    follows = regex.split(r"[,;.]", text[period.end : period.end + 24].lower(), maxsplit=1)[0]
    if any(words in follows for words in ("liền kề", "năm sau", "năm trước")):
        return None
    first, last = _envelope(mentions, year)
    if last is None:
        return None
    tail = _yearly().match(text, period.end)
    end = tail.end() if tail else period.end
    timing = Timing(
        text=text[start:end],
        start=first.isoformat() if first else None,
        end=last.isoformat(),
        recurrence=_recurrence(tail[0]) if tail else None,
    )
    return start, end, timing


def _is_bidden(text: str, mention: _Mention) -> bool:
    """Whether words make a time a deadline."""
    period, part = mention.period, mention.part
    if part == "by":
        told = text[mention.said_from : period.start].lower()
        return "hết" in told or not told.startswith(("đến", "tới"))
    if part == "before" or (part == "within" and period.kind != "day"):
        return True
    return part in {None, "within"} and _is_labelled(text, mention)


def _goes_on(text: str, previous: _Mention, mention: _Mention) -> bool:
    """Whether a time is listed after one behind a label: ``Thời gian: tháng 3 và tháng 9``."""
    if mention.part is not None or previous.part is not None:
        return False
    between = text[previous.period.end : mention.period.start]
    return between.strip() in {"và", ",", "&"} and _is_labelled(text, previous)


def _is_labelled(text: str, mention: _Mention) -> bool:
    """Whether a time stands behind its label, or is a month or quarter in brackets at the end."""
    period = mention.period
    before = text[max(0, period.start - 60) : period.start]
    if _labelled().search(before.lower(), timeout=TIMEOUT):
        return True
    return (
        period.kind in {"month", "quarter"}
        and before.endswith("(")
        and text[period.end : period.end + 1] == ")"
        and not text[period.end + 1 :].strip(" .;,")
    )


# --------------------------------------------------------------------------------------- quarters


def find_quarters(text: str, *, heading: bool = False) -> list[int]:
    """
    Quarters that a heading, a row or a cell names outright, in order, each once. Never raises.

    A span (``Từ quý II/2027``, ``Từ quý III/2026 đến quý III/2030``) names none. Half-years
    count in a ``heading`` alone: a task ``Sơ kết 6 tháng đầu năm`` says what, not when. ``9
    tháng đầu năm`` and ``Cả năm`` give none.

    >>> find_quarters("Quý I và quý II"), find_quarters("Quý I-IV")
    ([1, 2], [1, 2, 3, 4])
    >>> find_quarters("CÔNG TÁC 6 THÁNG CUỐI NĂM", heading=True)
    [3, 4]
    """
    low = _lower(text)
    if not _may_name_quarter(low, heading=heading):
        return []
    quarters: list[int] = []
    halves = {(1, 6): (1, 2), (7, 12): (3, 4)} if heading else {}
    last = 0
    span = False
    for period in _periods(text):
        part, _ = _taken(low, last, period.start)
        gap = low[last : period.start].split()
        last = period.end
        upto = bool(gap) and not {"đến", "tới"}.isdisjoint(gap[-2:])
        if upto and quarters and not span and period.kind == "quarter":
            quarters += range(quarters[-1] + 1, period.first or 0)  # quý I đến quý III
        elif upto or part in {"since", "before", "after"}:
            span = part == "since"
            continue
        if period.kind == "quarter":
            quarters += period.numbers
        elif period.kind == "half":
            quarters += halves.get((period.first or 0, period.last or 0), ())
    return list(dict.fromkeys(quarters))


def _may_name_quarter(low: str, *, heading: bool) -> bool:
    """Whether the words are there at all; in most texts they are not."""
    return "quý" in low or "quí" in low or (heading and "tháng" in low)


@cache
def _opening_label() -> regex.Pattern[str]:
    """A heading's number or bullet: ``II.``, ``1.2.``, ``a)``, ``-``."""
    return regex.compile(
        r"\s*(?:(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđ])(?:[.)/:-]|\s)\s*|[-–+*•]\s*)?"
    )


HEADING_WORDS = frozenset(
    [
        "các",
        "những",
        "nhiệm",
        "vụ",
        "công",
        "tác",
        "trọng",
        "tâm",
        "chủ",
        "yếu",
        "nội",
        "dung",
        "kế",
        "hoạch",
        "hoạt",
        "động",
        "việc",
        "chương",
        "trình",
        "thực",
        "hiện",
        "triển",
        "khai",
        "trong",
        "thời",
        "gian",
        "phần",
        "của",
        "tiến",
        "độ",
        "cụ",
        "thể",
        "như",
        "sau",
        "quý",
        "và",
        "năm",
    ]
)
"""Words that a heading of a quarter may have beside the quarter itself."""

HEADING_LENGTH = 80
"""Code points of the longest heading of a quarter accepted."""


def is_quarter_heading(text: str) -> bool:
    """
    Whether the whole line does nothing but name quarters or a half-year.

    >>> is_quarter_heading("II. Quý II/2024"), is_quarter_heading("Báo cáo sơ kết quý I.")
    (True, False)
    """
    line = text.strip()
    if not line or len(line) > HEADING_LENGTH or not _may_name_quarter(line.lower(), heading=True):
        return False
    for match in (_opening_label().match(line), None):
        rest = line[match.end() :] if match else line
        if find_quarters(rest, heading=True) and _says_nothing_else(rest):
            return True
    return False


@cache
def _bracket() -> regex.Pattern[str]:
    return regex.compile(r"\([^()]*\)")


@cache
def _heading_word() -> regex.Pattern[str]:
    return regex.compile(r"[\p{L}\p{M}\d]+")


def _says_nothing_else(line: str) -> bool:
    left = []
    last = 0
    for period in _periods(line):
        left.append(line[last : period.start])
        last = period.end
    rest = " ".join([*left, line[last:]])
    if "(" in rest:
        rest = _bracket().sub(" ", rest, timeout=TIMEOUT)
    words = _heading_word().findall(rest.lower(), timeout=TIMEOUT)
    return HEADING_WORDS.issuperset(words)


# ------------------------------------------------------------------------------------------ years


@cache
def _title_years() -> regex.Pattern[str]:
    return regex.compile(
        r"""
        (?P<lead> (?<!\p{L}) (?: năm\shọc | giai\sđoạn | các\snăm | năm | nhiệm\skỳ ) \s?:?\s?
            (?:từ\s)? (?:năm\s)? )?
        (?<! [\d/.,] ) (?P<y> 20\d\d | 19\d\d ) (?! [\d/] | [.,]\d )
        (?: \s?[-–—]\s? (?P<z> 20\d\d | 19\d\d ) (?![\d/]) | \sđến\s(?:năm\s)? (?P<z> 20\d\d ) )?
        (?P<more> (?: \s?(?:,|và|,\svà)\s? (?:năm\s)? (?:20\d\d|19\d\d) (?![\d/]) )*+ )
        """,
        regex.VERBOSE | regex.IGNORECASE,
    )


AHEAD = ("định hướng", "tầm nhìn", "nhiệm kỳ")
"""Words before a year that is not planned now."""

LONGEST = 10
"""Years of the longest period planned; longer ranges tell history (1930 - 2024)."""


def find_years(text: str) -> list[int]:
    """
    The year or years that a title plans, in order, each once. Never raises.

    Not the years of dates and document numbers, nor those after ``định hướng đến`` or
    ``tầm nhìn``, nor the year by which a law is called (``Luật Thi đua, khen thưởng năm 2022``).

    >>> find_years("Kế hoạch giai đoạn 2021 - 2025, định hướng đến năm 2030")
    [2021, 2022, 2023, 2024, 2025]
    """
    years: list[int] = []
    try:
        dates = [p for p in _periods(text) if p.kind == "day" and p.year]
        for found in _title_years().finditer(text, timeout=TIMEOUT):
            if not any(p.start <= found.start("y") < p.end for p in dates):
                years += _planned(text, found)
    except TimeoutError:
        pass
    return list(dict.fromkeys(years))


@cache
def _four_digits() -> regex.Pattern[str]:
    return regex.compile(r"\d{4}")


@cache
def _law_before() -> regex.Pattern[str]:
    """The law, named in the same clause, whose year follows."""
    return regex.compile(r"(?<!\p{L})luật\s[^.;]*\Z")


def _planned(text: str, found: "regex.Match[str]") -> list[int]:
    first, last = int(found["y"]), int(found["z"] or found["y"])
    lead = (found["lead"] or "").lower()
    before = text[max(0, found.start() - 100) : found.start()].lower().rstrip()
    if lead.startswith("nhiệm kỳ") or any(words in before[-24:] for words in AHEAD):
        return []
    of_law = "luật" in before and _law_before().search(before, timeout=TIMEOUT)
    if of_law and not before.endswith(("trong", "kế hoạch")):
        return []
    ends = not text[found.end() :].strip(" .)\"”'")
    if not lead and found["z"] is None and not ends:
        return []
    if not 0 <= last - first <= LONGEST:
        return []
    more = [int(year) for year in _four_digits().findall(found["more"], timeout=TIMEOUT)]
    return [*range(first, last + 1), *more]
