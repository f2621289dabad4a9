"""
The stages of a plan: ``Đợt 1 (từ 01/01 đến 30/4/2024)``, ``Giai đoạn 2: từ tháng 7 đến tháng 12``.
"""

import regex

from tdkt_parse.models import Timing
from tdkt_parse.periods.grammar import TIMEOUT
from tdkt_parse.periods.timings import parse_timing

ANY_YEAR = 2000
"""For who asks whether a line is such a caption, which does not hang on its year."""

SPAN = regex.compile(
    r"(?i)(?=.*\d)(?:từ|ngày|tháng|trước)\b"
    r"(?:\s|\d|[/.,–-]|\b(?:từ|ngày|tháng|trước|đến|hết|năm)\b)+"
)
"""Words and numbers that do nothing but name days or months."""

_STAGE = regex.compile(
    r"(?i)(?:đợt|giai đoạn|bước)\s+(?:thứ\s+)?(?:\d{1,2}|[IVX]{1,4}|một|hai|ba|bốn|nhất|nhì)\b"
    r"(?:[^()\n:]{0,80}\((?P<inner>[^()]{5,80})\)|\s*[:,–-]?\s+(?P<span>[^():]{5,80}?))"
    r"\s*(?P<end>:|[.;]?$)"
)


_UNTIL_WHEN = regex.compile(
    r"(?i)(?P<since>từ\s.{4,40}?)\s+(?:cho\s+)?(?:đến|tới)\s+(?:khi|lúc|sau khi)\s[^():;]{3,60}"
)
"""``từ tháng 01/2025 đến khi kết thúc Đại hội``: from when alone."""


def stage_of(text: str, year: int | None) -> tuple[int, Timing] | None:
    """
    Where the caption of a stage ends, and from when to when it is; ``None`` where it says not both.

    The end may be an event, whose day is not known.

    >>> stage_of("Đợt 1 (từ 01/01/2024 đến 30/4/2024): Thi đua huấn luyện giỏi.", 2024)[1].end
    '2024-04-30'
    """
    found = _STAGE.match(text, timeout=TIMEOUT)
    span = (found["inner"] or found["span"]).strip() if found else ""
    if not found:
        return None
    until_when = _UNTIL_WHEN.fullmatch(span, timeout=TIMEOUT)
    told = until_when["since"] if until_when else span
    if not SPAN.fullmatch(told, timeout=TIMEOUT):
        return None
    timing = parse_timing(told, year)
    if until_when:
        timing = Timing(text=span, start=timing.start)
        return (found.end(), timing) if timing.start else None
    return (found.end(), timing) if timing.start and timing.end else None
