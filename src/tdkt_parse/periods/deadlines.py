"""
Deadlines inside prose.
"""

from collections.abc import Sequence
from functools import cache

import regex

from tdkt_parse.models import Recurrence, Timing
from tdkt_parse.periods.grammar import TIMEOUT, lowered
from tdkt_parse.periods.timings import PAIRS, WEAK, Mention, envelope, find_mentions, recurrence_of

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
    ", tháng",
    "; tháng",
    ", quý",
    "; quý",
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
          | (?P<done> hoàn\ thành | xong ) \s?:?
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
    if not any(map(lowered(text).__contains__, _BIDDING)):
        return []
    found = []
    try:
        mentions = find_mentions(text)
        for i, mention in enumerate(mentions):
            deadline = _deadline(text, mention, mentions[i - 1] if i else None, year)
            if deadline:
                found.append(deadline)
        found = _yearly_together(text, found) + _recurring(text)
    except TimeoutError:
        pass
    return sorted(found, key=lambda deadline: deadline[:2])


def _yearly_together(
    text: str, found: list[tuple[int, int, Timing]]
) -> list[tuple[int, int, Timing]]:
    """What is told of the last of two days: ``trước ngày 25/6 và ngày 25/12 hằng năm``."""
    for at in range(len(found) - 2, -1, -1):
        (start, end, timing), (after, _, last) = found[at : at + 2]
        if (
            last.recurrence == "yearly"
            and not timing.recurrence
            and text[end:after].strip() == "và"
            and not _WITH_YEAR.search(timing.text)
        ):
            found[at] = (start, end, timing.model_copy(update={"recurrence": "yearly"}))
    return found


_WITH_YEAR = regex.compile(r"\d{4}")
_OF_EACH = regex.compile(
    r"(?<!\p{L})(?:trước|vào|chậm nhất(?:\s+là)?|muộn nhất(?:\s+là)?)\s+(?:vào\s+)?ngày\s+"
    r"(?:[12]?\d|3[01]|0[1-9])\s+(?:của\s+)?"
    r"(?:(?P<month>(?:hằng|hàng|mỗi)\s+tháng)|tháng\s+cuối\s+(?:của\s+)?(?:(?:mỗi|hằng|hàng)\s+)?quý)"
    r"(?!\p{L})",
    regex.IGNORECASE,
)


def _recurring(text: str) -> list[tuple[int, int, Timing]]:
    """The days of each month or quarter: ``trước ngày 20 hằng tháng``."""
    if "tháng" not in text:
        return []
    return [
        (
            *match.span(),
            Timing(
                text=match.group(),
                start=None,
                end=None,
                recurrence="monthly" if match["month"] else "quarterly",
            ),
        )
        for match in _OF_EACH.finditer(text, timeout=TIMEOUT)
    ]


@cache
def _yearly() -> regex.Pattern[str]:
    return regex.compile(r"\s(?:hằng|hàng)\s(?:năm|quý|tháng)(?!\p{L})", regex.IGNORECASE)


def _deadline(
    text: str, mention: Mention, previous: Mention | None, year: int | None
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
    first, last = envelope(mentions, year)
    if last is None:
        return None
    tail = _yearly().match(text, period.end)
    end = tail.end() if tail else period.end
    timing = Timing(
        text=text[start:end],
        start=first.isoformat() if first else None,
        end=last.isoformat(),
        recurrence=recurrence_of(tail[0]) if tail else _each_year(text, start, mentions),
    )
    return start, end, timing


_EACH_YEAR = regex.compile(
    r"(?:^|[.;:]\s|\s[-–]\s)\s*(?:định kỳ,?\s+)?(?:hằng|hàng)\s+năm(?!\p{L})[^.;:]*$",
    regex.IGNORECASE,
)


def _each_year(text: str, start: int, mentions: Sequence[Mention]) -> Recurrence | None:
    """A time that names no year in a clause that begins ``Hằng năm`` comes each year."""
    if any(mention.period.year for mention in mentions):
        return None
    before = text[max(0, start - 200) : start]
    told = "năm" in before and _EACH_YEAR.search(before, timeout=TIMEOUT)
    return "yearly" if told else None


_IN_BRACKET = regex.compile(r"\((?:[^()]{1,50}[,;]\s)?$")
"""Before a month at the end of a bracket, alone or behind whose it is: ``(đ/c Lan, tháng 6)``."""
_ENDS = ("", *".,;:)")


def _is_bidden(text: str, mention: Mention) -> bool:
    """Whether words make a time a deadline."""
    period, part = mention.period, mention.part
    if part == "by":
        told = text[mention.said_from : period.start].lower()
        return "hết" in told or not told.startswith(("đến", "tới"))
    if part == "before" or (part == "within" and period.kind != "day"):
        return True
    return part in {None, "within"} and _is_labelled(text, mention)


def _goes_on(text: str, previous: Mention, mention: Mention) -> bool:
    """Whether a time is listed after one behind a label: ``Thời gian: tháng 3 và tháng 9``."""
    if mention.part is not None or previous.part is not None:
        return False
    between = text[previous.period.end : mention.period.start]
    return between.strip() in {"và", ",", "&"} and _is_labelled(text, previous)


def _is_labelled(text: str, mention: Mention) -> bool:
    """Whether a time stands behind its label, or is a month or quarter in brackets at the end."""
    period = mention.period
    before = text[max(0, period.start - 60) : period.start]
    label = _labelled().search(before.lower(), timeout=TIMEOUT)
    if label:
        # ``hoàn thành quý II kế hoạch``: what is completed is the plan of that quarter.
        return not label["done"] or text[period.end : period.end + 2].strip()[:1] in _ENDS
    return (
        period.kind in {"month", "quarter"}
        and _IN_BRACKET.search(before, timeout=TIMEOUT) is not None
        and text[period.end : period.end + 1] == ")"
        and not text[period.end + 1 :].strip(" .;,")
    )
