"""
The years a plan is for, by its title.
"""

from functools import cache

import regex

from tdkt_parse.periods.grammar import TIMEOUT, find_periods
from tdkt_parse.periods.words import ahead


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
        dates = [p for p in find_periods(text) if p.kind == "day" and p.year]
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
    return regex.compile(r"(?<!\p{L}|pháp |kỷ |kỉ )luật\s[^.;]*\Z")


def _planned(text: str, found: "regex.Match[str]") -> list[int]:
    first, last = int(found["y"]), int(found["z"] or found["y"])
    lead = (found["lead"] or "").lower()
    before = text[max(0, found.start() - 100) : found.start()].lower().rstrip()
    if lead.startswith("nhiệm kỳ") or any(words in before[-24:] for words in ahead()):
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
