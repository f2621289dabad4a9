"""
Tasks by quarter, from prose under a quarter's heading.

A paragraph is a task; one that says no more than when, or by whom, is about the tasks before it.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import regex

from tdkt_parse.actors import chair_and_support, split_units
from tdkt_parse.layout import Span
from tdkt_parse.models import Timing
from tdkt_parse.passage import EMPTY, Passage
from tdkt_parse.periods import (
    ANY_YEAR,
    SPAN,
    find_deadlines,
    find_quarters,
    is_quarter_heading,
    parse_timing,
    stage_of,
)
from tdkt_parse.tasks.read import Read
from tdkt_parse.wording import find_predicate, is_actor, kind_of_column

TIMEOUT = 2.0
MONTH = regex.compile(r"(?i)(?:tháng|T)\s*\d{1,2}(?:\s*/\s*\d{4})?")


def is_dated(passage: Passage) -> bool:
    """Whether a paragraph opens with days, months or a stage: ``Từ 01 - 15/4/2023: Nộp hồ sơ.``"""
    if stage_of(passage.text, ANY_YEAR) is not None or _quarters_of_sentence(passage.text):
        return True
    colon = passage.text.find(":", 0, 40)
    return colon > 0 and SPAN.fullmatch(passage.text[:colon].strip(), timeout=TIMEOUT) is not None


def _quarters_of_sentence(text: str) -> list[int]:
    """
    The quarters that a sentence opens with.

    >>> _quarters_of_sentence("Trong quý I/2024, tổ chức ký kết giao ước thi đua.")
    [1]
    >>> _quarters_of_sentence("Trong quý I/2024 tổ chức họp, ký kết giao ước thi đua.")
    []
    """
    opening = _IN_QUARTER.match(text, timeout=TIMEOUT)
    if opening is None or not is_quarter_heading(opening["when"]):
        return []
    return find_quarters(opening["when"], heading=True)


_IN_QUARTER = regex.compile(
    r"(?:(?:Trong|Vào)\s+)?(?P<when>[Qq](?:u[ýí]|úy)\s[^,;:.]{1,24}(?:,\s?(?:quý\s)?[IV]{1,3}\b[^,;:.]{0,12}){0,3}),"
    r"\s+(?=\p{Ll})"
)


def captioned(
    passage: Passage, year: int | None, *, dated: bool = False
) -> tuple[Passage, tuple[int, ...], Timing | None] | None:
    """
    What a paragraph says after the quarter or month it opens with: ``Quý I: Phát động thi đua``.

    The rest of the paragraph, the quarters, and the timing of a month; ``None`` if it opens so not.
    Where paragraphs are ``dated``, one may open with days or several months too.
    """
    stage = stage_of(passage.text, year) if dated else None
    if stage and stage[0] < len(passage.text):
        return passage.cut(stage[0], len(passage.text)), (), stage[1]
    told = _quarters_of_sentence(passage.text) if dated else []
    if told:
        return passage, tuple(told), None
    colon = passage.text.find(":", 0, 40)
    rest = passage.cut(colon + 1, len(passage.text)) if colon > 0 else EMPTY
    if not any(map(str.isalpha, rest.text)):
        return None
    opening = passage.text[:colon].strip()
    if MONTH.fullmatch(opening, timeout=TIMEOUT):
        return rest, (), parse_timing(opening, year)
    if dated and SPAN.fullmatch(opening, timeout=TIMEOUT):
        timing = parse_timing(opening, year)
        return (rest, (), timing) if timing.end else None
    quarters = find_quarters(opening, heading=True) if is_quarter_heading(opening) else []
    return (rest, tuple(quarters), None) if quarters else None


def prose_task(
    passage: Passage,
    *,
    ordinal: str | None,
    quarters: Sequence[int],
    year: int | None,
    timing: Timing | None = None,
) -> Read:
    """The task that a paragraph under a quarter's heading tells."""
    lead, support = chair_and_support(passage.text)
    if not lead and not support:
        lead, support = _labelled_units(passage.text)
    if not lead and not support:
        lead = _bracketed(passage.text)
    return Read(
        tuple(quarters),
        ordinal,
        passage.text,
        tuple(lead),
        tuple(support),
        deadline_of(passage.text, year) or timing,
        tuple(passage.spans(0, len(passage.text))),
        "quarter_prose",
    )


_BRACKET = regex.compile(r"\((?P<who>[^()]{3,160})\)[\s.;]*$")
_WHEN = regex.compile(
    r"[,;]\s*(?:trước|tháng|quý|ngày|trong|từ|xong|hoàn thành|chậm nhất|thời gian)\s.*",
    regex.IGNORECASE | regex.DOTALL,
)
_PERSONS = regex.compile(r"(?:[Đđ]/c|[Đđ]ồng chí|[Ôô]ng|[Bb]à)\s")
_PARTS = regex.compile(r"[,;]\s*")
_NAMED_BEFORE = regex.compile(
    r"\b(?:gửi|về|cho|tại|với|của|do|qua|đến|tới|thuộc|là|trình|cùng|cáo|và)\s+(?=\p{L})"
)


def _bracketed(text: str) -> list[str]:
    """
    Who does it, in a bracket at the end.

    A unit in a bracket may also say which part of the one named before it is meant.

    >>> _bracketed("Xét khen thưởng (đ/c Hương, tháng 6).")
    ['đ/c Hương']
    >>> _bracketed("Sơ kết 6 tháng đầu năm (Văn phòng Sở)")
    ['Văn phòng Sở']
    >>> _bracketed("Gửi hồ sơ về Sở Nội vụ (Ban Thi đua - Khen thưởng).")
    []
    """
    tail = text[-240:]
    found = _BRACKET.search(tail, timeout=TIMEOUT) if tail.rstrip(" .;").endswith(")") else None
    if not found:
        return []
    timed = _WHEN.search(found["who"], timeout=TIMEOUT)
    who = found["who"][: timed.start() if timed else None].strip()
    role = find_predicate(who)  # ``(Văn phòng Sở chủ trì)``
    who = who[:role].rstrip(" ,") if role else who
    if _PERSONS.match(who, timeout=TIMEOUT):
        return split_units([who])
    if not all(map(is_actor, _PARTS.split(who, timeout=TIMEOUT))):
        return []
    before = tail[: found.start()].rstrip()
    clause = before[max(before.rfind(mark) for mark in ",;:.") + 1 :].strip()
    explains = is_actor(clause) or any(
        is_actor(clause[match.end() :]) for match in _NAMED_BEFORE.finditer(clause, timeout=TIMEOUT)
    )
    return [] if explains and not timed else split_units([who])


_INNER = regex.compile(
    r"(?:[.;(]\s*(?:[-–*+•]\s*)?|\s[-–*+•]\s)(?P<label>\p{L}[^:;.,()]{2,40}?)\s?:\s*(?P<said>[^;.():]{2,200})"
)


def _labelled_units(text: str) -> tuple[list[str], list[str]]:
    """
    Who leads and who supports, behind labels in a sentence.

    >>> _labelled_units("Phát động thi đua. Chủ trì: Phòng Nội vụ. Phối hợp: Văn phòng.")
    (['Phòng Nội vụ'], ['Văn phòng'])
    """
    lead: list[str] = []
    support: list[str] = []
    if ":" not in text:
        return lead, support
    for found in _INNER.finditer(text[:1500], timeout=TIMEOUT):
        kind = kind_of_column(found["label"])
        into = {"lead": lead, "support": support}.get(kind or "")
        if into is not None and len(found["label"].split()) <= 6 and is_actor(found["said"]):
            into += split_units([found["said"].strip(" ,-–")])
    return lead, support


_TIME_WORDS = (
    "ngày",
    "tháng",
    "quý",
    "quí",
    "qúy",
    "trước",
    "hạn",
    "tuần",
    "hằng",
    "hàng",
    "xuyên",
    "/",
    "năm",
)


def names_time(text: str) -> bool:
    """Whether a text holds any word that a time is told with, for most tell none."""
    folded = text.lower()
    return any(map(folded.__contains__, _TIME_WORDS))


def deadline_of(text: str, year: int | None) -> Timing | None:
    """The deadline a sentence gives; of several, their envelope."""
    if not names_time(text):
        return None
    found = find_deadlines(text, year)
    if len(found) < 2:
        return found[0][2] if found else None
    starts = [t.start for _, _, t in found if t.start]
    ends = [t.end for _, _, t in found if t.end]
    return Timing(
        text=text[found[0][0] : found[-1][1]],
        start=min(starts) if len(starts) == len(found) else None,
        end=max(ends) if ends else None,
        recurrence=next((t.recurrence for _, _, t in found if t.recurrence), None),
    )


def month_of_heading(text: str, year: int | None) -> Timing | None:
    """The month or stage that a heading names (``Tháng 01/2024``, ``Đợt 1 (từ … đến …)``)."""
    stage = stage_of(text, year) if text[:1] in "ĐGBđgb" else None
    if stage:
        return stage[1] if stage[0] == len(text) else None
    if len(text) > 60 or text[:1] not in "tT" or not MONTH.match(text, timeout=TIMEOUT):
        return None
    timing = parse_timing(text, year)
    return timing if timing.start else None


class Details(NamedTuple):
    """What a paragraph says of the tasks before it: who, with whom, when."""

    lead: tuple[str, ...]
    support: tuple[str, ...]
    timing: Timing | None
    spans: tuple[Span, ...]


_LABEL = regex.compile(r"(?P<label>\p{Lu}[^:;.,]{2,40}?)\s?:\s+")
_BOTH = regex.compile(
    r"(?P<lead>[^;.]{3,200}?)\s+chủ trì\s?[,;]\s+(?P<support>.{3,300}?)\s+phối hợp"
)
"""``Phòng Nội vụ chủ trì, các thành viên phối hợp``."""
_KINDS = ("lead", "support", "time")


def details_of(passage: Passage, year: int | None) -> Details | None:
    """
    Who does it and when, of a paragraph that says nothing else: ``Thời gian: Tháng 5/2024.``

    Its label is one that a column of a table may have (``data/columns.toml``); several may follow
    one another: ``Chủ trì: Sở Nội vụ; phối hợp: Văn phòng; thời gian: Tháng 5/2024.``
    """
    text = passage.text
    label = _LABEL.match(text, timeout=TIMEOUT)
    kind = kind_of_column(label["label"]) if label else None
    if not label or kind not in _KINDS or len(label["label"].split()) > 6:
        return None
    cuts = [(0, label.end(), kind)]
    for inner in _NEXT_LABEL.finditer(text[:1500], label.end(), timeout=TIMEOUT):
        another = kind_of_column(inner["label"])
        if another in _KINDS and len(inner["label"].split()) <= 6:
            cuts.append((inner.start(), inner.end(), another))
    ends = [start for start, _, _ in cuts[1:]] + [len(text)]
    lead: list[str] = []
    support: list[str] = []
    timing: Timing | None = None
    for (_, begin, what), end in zip(cuts, ends, strict=True):
        told = text[begin:end].strip(" ;.,-–")
        if not told:
            return None
        if what == "time":
            timing = parse_timing(told, year)
            if not (timing.end or timing.recurrence) and len(cuts) == 1:
                return None
        elif what == "support":
            support += split_units([_without_duty(told)])
        else:
            both = _BOTH.fullmatch(told, timeout=TIMEOUT)
            chairs, others = (
                (split_units([both["lead"]]), split_units([both["support"]]))
                if both
                else chair_and_support(told)
            )
            lead += chairs or split_units([_without_duty(told)])
            support += others
    return Details(tuple(lead), tuple(support), timing, tuple(passage.spans(0, len(text))))


def _without_duty(told: str) -> str:
    """
    Units without what they have to do, behind a label that says so already.

    >>> _without_duty("Văn phòng Đảng ủy chịu trách nhiệm theo dõi, tổng hợp")
    'Văn phòng Đảng ủy'
    """
    at = find_predicate(told)
    who = told[:at].rstrip(" ,") if at else told
    return who if is_actor(who) else told


_NEXT_LABEL = regex.compile(
    r"(?:[.;,]\s*(?:[-–*+•]\s*)?|\s[-–*+•]\s)(?P<label>\p{L}[^:;.,()]{2,40}?)\s?:\s+"
)


def with_details(read: Read, details: Details, heading: Timing | None = None) -> Read:
    """A task with what its details say, where it says no more itself than its ``heading``."""
    return replace(
        read,
        lead=read.lead or details.lead,
        support=read.support or details.support,
        timing=read.timing if read.timing not in (None, heading) else details.timing or read.timing,
        spans=(*read.spans, *details.spans),
    )
