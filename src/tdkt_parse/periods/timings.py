"""
When something is to be done: the times in a text, how its words take them, and their dates.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

import regex

from tdkt_parse.models import Recurrence, Timing
from tdkt_parse.periods.grammar import (
    DIGITS,
    TIMEOUT,
    YEARS,
    Period,
    find_periods,
    lowered,
    month_end,
)
from tdkt_parse.periods.words import documents, undated

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
            (?P<unit> tuần | tháng | quý | qúy | năm ) (?!\p{L})
        |   (?<!\p{L}) (?<!chi\s) (?P<always> thường\sxuyên | liên\stục )
        """,
        regex.VERBOSE | regex.IGNORECASE,
    )


UNITS: dict[str, Recurrence] = {
    "tuần": "weekly",
    "tháng": "monthly",
    "quý": "quarterly",
    "qúy": "quarterly",
    "năm": "yearly",
}


def recurrence_of(text: str) -> Recurrence | None:
    """The first recurrence named; thường xuyên only where there is no other."""
    always: Recurrence | None = None
    for found in _recurring().finditer(text, timeout=TIMEOUT):
        if found["unit"]:
            return UNITS[found["unit"].lower()]
        always = "continuous"
    return always


@dataclass(frozen=True, slots=True)
class Mention:
    """A period in its sentence: how it is taken, and whether it runs on from or to another."""

    period: Period
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


def find_mentions(text: str) -> list[Mention]:
    """Periods that are times for work, with their year as far as the phrase gives it."""
    low = lowered(text)
    bare = _without_clock(text, low)
    if bare != text:
        low = lowered(bare)
    mentions: list[Mention] = []
    links: list[str | None] = []  # between a mention and the one before: range, list or None
    last = 0
    for period in find_periods(bare):
        if period.kind == "day" and period.first is None and period.month is None:
            continue
        gap = low[last : period.start]
        last = period.end
        link = _link().fullmatch(gap) if len(gap) < 16 and mentions else None
        tie = None
        if link and (link["range"] or link["list"] or not gap.strip()):
            tie = "range" if link["range"] else "apart" if link["list"] == ";" else "list"
        part, said_from = taken_as(low, last - len(gap) - period.end + period.start, period.start)
        if tie == "list" and part is None and mentions[-1].part in {"before", "by"}:
            part = mentions[-1].part  # trước ngày 15/3, 15/6
        if tie == "range":
            part = None
        mentions.append(Mention(period, part, said_from))
        links.append(tie)
    return _tied(text, mentions, links)


def taken_as(low: str, since: int, start: int) -> tuple[Part, int]:
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


def _tied(text: str, mentions: list[Mention], links: list[str | None]) -> list[Mention]:
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


def _year_before(here: Period, after: Period, link: str | None) -> int | None:
    """The year of ``tháng 11`` in ``từ tháng 11 đến tháng 3/2026`` is the one before."""
    if after.year is None or link != "range" or here.kind != after.kind:
        return after.year
    turn = (here.month or 0, here.first or 0) > (after.month or 0, after.last or 0)
    return after.year - 1 if turn else after.year


WHOLE_YEAR = frozenset(("cả", "suốt", "trong cả", "trong suốt"))
"""Before a year with its number, and nothing before them: ``Cả năm 2024``."""
ON_AND_ON = tuple(
    f"{which} năm {after}" for which in ("các", "những") for after in ("tiếp theo", "sau")
)
"""What goes on beyond the last year named: ``Năm 2024 và các năm tiếp theo``."""


def _is_time(text: str, mention: Mention, *, alone: bool, finer: bool) -> bool:
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
        if any(map(clause.__contains__, documents())):
            return False
        if ("/" in before or "-" in before) and _cited().match(before):
            return False
    if period.kind == "day" and not period.named and not mention.opens:
        return not alone or text.strip(" .;") == text[period.start : period.end]
    if period.kind == "year" and period.year is not None:
        whole = before.strip().lower() in WHOLE_YEAR
        starts = whole or not before.strip() or before.rstrip()[-1] in ",;:(-–+"
        return not finer and (starts or recurrence_of(before) is not None)
    return True


def _bounds(period: Period, year: int | None) -> tuple[date, date] | None:
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
        if period.month is None or max(first, last) > month_end(year, period.month):
            return None
        return date(year, period.month, first), date(year, period.month, last)
    if period.kind == "quarter":
        first, last = 3 * first - 2, 3 * last
    return date(year, first, 1), date(year, last, month_end(year, last))


def _reach(mention: Mention, year: int | None) -> tuple[date | None, date | None] | None:
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


def _runs(period: Period) -> bool:
    """Whether a period names its own end: ``10-15/3/2024``, ``quý I-III``."""
    return period.first != period.last or period.year != (period.year_last or period.year)


def envelope(mentions: list[Mention], year: int | None) -> tuple[date | None, date | None]:
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
        recurrence = recurrence_of(text)
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
    if any(words in low for words in undated()):
        return None, None
    bare = text.strip(" .;")
    if len(bare) == 4 and bare.isdigit() and int(bare) in YEARS:
        return date(int(bare), 1, 1), date(int(bare), 12, 31)
    start, end = envelope(find_mentions(text), year)
    return start, None if start and any(words in low for words in ON_AND_ON) else end
