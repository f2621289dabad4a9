"""
Quarters that a heading, a row or a cell names.
"""

from functools import cache

import regex

from tdkt_parse.periods.grammar import TIMEOUT, find_periods, lowered
from tdkt_parse.periods.timings import taken_as
from tdkt_parse.periods.words import heading_words


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
    low = lowered(text)
    if not _may_name_quarter(low, heading=heading):
        return []
    quarters: list[int] = []
    halves = {(1, 6): (1, 2), (7, 12): (3, 4)} if heading else {}
    last = 0
    span = False
    for period in find_periods(text):
        part, _ = taken_as(low, last, period.start)
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


HEADING_LENGTH = 80
"""Code points of the longest heading of a quarter accepted."""


def is_quarter_heading(text: str) -> bool:
    """
    Whether the whole line does nothing but name quarters or a half-year.

    >>> is_quarter_heading("II. Quý II/2024"), is_quarter_heading("Báo cáo sơ kết quý I.")
    (True, False)
    """
    line = text.strip()
    if not line or len(line) > HEADING_LENGTH or not _may_name_quarter(lowered(line), heading=True):
        return False
    for match in (_opening_label().match(line), None):
        rest = line[match.end() :] if match else line
        if find_quarters(rest, heading=True) and says_nothing_else(rest):
            return True
    return False


@cache
def _bracket() -> regex.Pattern[str]:
    return regex.compile(r"\([^()]*\)")


@cache
def _heading_word() -> regex.Pattern[str]:
    return regex.compile(r"[\p{L}\p{M}\d]+")


def says_nothing_else(line: str) -> bool:
    left = []
    last = 0
    for period in find_periods(line):
        left.append(line[last : period.start])
        last = period.end
    rest = " ".join([*left, line[last:]])
    if "(" in rest:
        rest = _bracket().sub(" ", rest, timeout=TIMEOUT)
    words = _heading_word().findall(rest.lower(), timeout=TIMEOUT)
    return heading_words().issuperset(words)
