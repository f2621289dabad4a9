"""
Dates: of citations, and of a letterhead with its place.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from tdkt_parse.models import PartialDate, Span
from tdkt_parse.periods.grammar import LONGEST_KEPT, TIMEOUT, Period, find_periods


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


def _partial(period: Period, text: str) -> PartialDate | None:
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
    for period in find_periods(text):
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

    Capitalised words (``Phan Rang-Tháp Chàm``, ``Thành phố Huế``, ``TP.HCM``, ``Quận 1``), which
    pages put together (``Thành phốHuế``); capitals throughout, or a first one alone (``Hà nội``),
    where the line begins with them.
    """
    return regex.compile(
        r"""
        (?P<place>
            (?: (?<! [\p{L}\d] )
                (?: (?: TP | T\.P | Tp | TX | TT ) (?: \. \s? | \s )
                  | (?: Thành\ phố | Thị\ xã | Thị\ trấn | Đặc\ khu ) (?: \s | (?=\p{Lu}) ) ) )?
            (?: (?<! [\p{L}\d] ) | (?<= phố | \ xã | trấn | khu ) )
            \p{Lu}\p{Ll}*+ (?:['’]\p{L}++)?
            (?: (?: [ \n] | \s?[-–]\s? | (?<=\p{Ll}{2})(?=\p{Lu}\p{Ll}) )
                (?: \p{Lu}\p{Ll}*+ (?:['’]\p{L}++)? | \d{1,2} ) ){0,6}
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


_WEEKDAY = regex.compile(r"(?i)(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)\b")


def _read_place_date(text: str) -> PlaceDate | None:
    for period in reversed(find_periods(text)):
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
        if place and _WEEKDAY.match(text, place[0], timeout=TIMEOUT):
            return None  # the day on which a page was shown
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


_COLUMN = regex.compile(
    r"\s*(?:[-_–=*~]{3,}|(?:(?i:số)\s?:?\s?)?[\d.…]{0,6}\s?/\s?\p{Lu}[\p{Lu}\p{Ll}\d&./()\s–-]{1,24})"
)
"""All that stands left of a place: a rule, or the number of the document."""


def _ends_column(before: str) -> bool:
    return len(before) <= PLACE_LENGTH and _COLUMN.fullmatch(before, timeout=TIMEOUT) is not None


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
    alone = not before or before[-1] in "\n|\t*" or gap > 1 or _ends_column(before)
    if not found["comma"].strip() and not alone:
        return None
    speech = word.isalpha() and any(letter.islower() for letter in word[1:])
    if not alone and (before[-1] in ",;" or (speech and word.lower() != "phúc")):
        return None
    return start, offset + found.end("place")
