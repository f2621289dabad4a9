"""
D01: years, days and anniversaries in the body that cannot be meant so.

Plans speak of other years all the time: of the year reviewed, of periods, of anniversaries, of the
documents they rest on. Only what the plan itself sets out to do is held to its year.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date

import regex

from tdkt_parse.audit.cases import Case
from tdkt_parse.audit.findings import Hit
from tdkt_parse.audit.phrases import TIMEOUT, pattern
from tdkt_parse.audit.quoting import part_of, quote
from tdkt_parse.audit.said_days import said_days
from tdkt_parse.audit.words import written
from tdkt_parse.models import Evidence, Implementation, Plan, Section, Span, Task, Timing
from tdkt_parse.periods import find_deadlines

_YEAR = regex.compile(r"(?<!\p{L})năm\s+(?P<year>(?:19|20)\d\d)(?![\d/]|\s?[-–]\s?\d)")
_CLAUSE = regex.compile(r"[;.:!?\n\t](?=\s|$)|\t|\n\s*\n")
_ANNIVERSARY = regex.compile(
    r"""
    (?P<count>\d{1,3})\s+năm\s+(?:ngày|quốc\ khánh|chiến\ thắng|cách\ mạng|giải\ phóng)\s
        [^()\d]{0,160}
    \(\s*
        (?:\d{1,2}/\d{1,2}/)? (?P<from>1[89]\d\d|20\d\d) \s*[-–—]\s*
        (?:\d{1,2}/\d{1,2}/)? (?P<to>20\d\d)
    \s*\)
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_MONTH = regex.compile(r"tháng\s+\d|\d/\d", regex.IGNORECASE)
_FINE = regex.compile(r"\d{1,2}\s?/\s?\d{4}|tháng\s+\d{1,2}\s+năm\s+\d{4}", regex.IGNORECASE)
"""A month with its year: a day, ``15/3/2024``, ends in one."""


class Places:
    """Which characters of the document some spans cover."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __contains__(self, place: int) -> bool:
        index = bisect_right(self._starts, place) - 1
        return index >= 0 and place < self._ends[index]


def body_dates(case: Case) -> Iterator[Hit]:
    """
    D01: the plan's tasks are of its year and after its day; anniversaries are counted rightly.

    PASS 09/3/2022: I. NỘI DUNG | Tổng kết phong trào thi đua năm 2021; ký kết giao ước thi đua năm
        2022. | Kỷ niệm 92 năm Ngày thành lập Đảng (03/02/1930 - 03/02/2022).
    FAIL 09/3/2022: I. NỘI DUNG | Tổng kết phong trào thi đua năm 2021; ký kết giao ước thi đua năm
        2021.
    FAIL 09/3/2022: I. NỘI DUNG | Kỷ niệm 95 năm Ngày thành lập Đảng (03/02/1930 - 03/02/2022).
    FAIL 09/3/2022: I. NỘI DUNG | Gửi báo cáo trước ngày 31/11/2022.
    FAIL 09/3/2022: I. NỘI DUNG | Gửi đăng ký thi đua về Phòng Nội vụ trước ngày 28/02/2022.
    """
    cited = Places(span for each in case.plan.citations for span in each.evidence.spans)
    years = case.plan.years or [case.signed.first.year] if case.signed else case.plan.years
    planned = min(years, default=None)
    before = () if planned is None else (str(planned - 1), str(planned - 2))
    for evidence in texts_of(case.plan):
        if planned is not None and any(map(evidence.text.__contains__, before)):
            yield from _years(evidence, planned, cited)
        yield from _anniversaries(evidence, cited)
        yield from _days(evidence, cited)
    # Of a table that holds no tasks it is not known what is promised in it: facts are asked alone.
    told = Places(span for each in _duties(case.plan) for span in each.evidence.spans)
    for evidence in _tables(case.plan):
        for hit in (*_anniversaries(evidence, cited), *_days(evidence, cited)):
            if hit.evidence and hit.evidence.spans[0][0] not in told:
                yield hit
    yield from _deadlines(case)


def _days(evidence: Evidence, cited: Places) -> Iterator[Hit]:
    """Days that the calendar has not."""
    for day in said_days(evidence.text) if "gày" in evidence.text else ():
        if day.named and not day.exists and _place(evidence, day.start) not in cited:
            words = {"time": evidence.text[day.start : day.end]}
            yield Hit(part_of(evidence, day.start, day.end), "no_such_day", words)


def _tables(plan: Plan) -> Iterator[Evidence]:
    """The tables of the body."""
    for section in [*plan.sections, *(s for one in plan.appendices for s in one.sections)]:
        yield from _section_tables(section)


def _section_tables(section: Section) -> Iterator[Evidence]:
    for table in section.tables:
        yield table.evidence
    for child in section.children:
        yield from _section_tables(child)


def texts_of(plan: Plan) -> Iterator[Evidence]:
    """The tasks and paragraphs of the body, each once."""
    done = {each.evidence.spans[0]: each.evidence for each in _duties(plan) if each.evidence.spans}
    yield from done.values()
    taken = Places(span for evidence in done.values() for span in evidence.spans)
    sections = [*plan.sections, *(s for appendix in plan.appendices for s in appendix.sections)]
    for section in sections:
        for evidence in _section_texts(section):
            if evidence.spans and evidence.spans[0][0] not in taken:
                yield evidence


def _duties(plan: Plan) -> Iterator[Task | Implementation]:
    yield from plan.tasks
    yield from plan.implementation


def _section_texts(section: Section) -> Iterator[Evidence]:
    for paragraph in section.paragraphs:
        yield paragraph.evidence
    for child in section.children:
        yield from _section_texts(child)


def _place(evidence: Evidence, at: int) -> int:
    """Where a character of an evidence stands in the document."""
    for start, end in evidence.spans:
        if at < end - start:
            return start + at
        at -= end - start + 1
    return evidence.spans[-1][1]


def _years(evidence: Evidence, planned: int, cited: Places) -> Iterator[Hit]:
    """A commitment that names one of the years before the one planned."""
    text = evidence.text
    for found in _YEAR.finditer(text, timeout=TIMEOUT):
        year = int(found["year"])
        if year not in (planned - 1, planned - 2):
            continue
        if _place(evidence, found.start()) in cited:
            continue
        breaks = [b.end() for b in _CLAUSE.finditer(text, 0, found.start(), timeout=TIMEOUT)]
        begin = breaks[-1] if breaks else 0
        clause = text[begin : found.start()]
        promised = [*pattern("commitment").finditer(clause, timeout=TIMEOUT)]
        last = promised[-1] if promised else None
        # Between what is promised and its year few words stand: "của khối".
        if last is None or len(clause[last.end() :].split()) > 5:
            continue
        forward = pattern("forward").search(clause, timeout=TIMEOUT)
        review = pattern("review").search(clause, timeout=TIMEOUT)
        if forward and forward.start() <= last.start() and not review:
            words = {"year": str(year), "planned": str(planned)}
            yield Hit(part_of(evidence, begin + last.start(), found.end()), "year", words)


def _anniversaries(evidence: Evidence, cited: Places) -> Iterator[Hit]:
    """An anniversary whose years do not make the number that is said."""
    if "niệm" not in evidence.text and "NIỆM" not in evidence.text:
        return
    for found in _ANNIVERSARY.finditer(evidence.text, timeout=TIMEOUT):
        before = evidence.text[max(0, found.start() - 300) : found.start()].lower()
        counted = int(found["to"]) - int(found["from"])
        if "kỷ niệm" not in before and "kỉ niệm" not in before:
            continue
        if counted != int(found["count"]) and _place(evidence, found.start()) not in cited:
            words = {"said": found["count"], "counted": str(counted)}
            yield Hit(part_of(evidence, found.start(), found.end()), "anniversary", words)


def _deadlines(case: Case) -> Iterator[Hit]:
    """What should be done before the earliest day on which the plan may have been signed."""
    if case.signed is None:
        return
    timings = [(t.evidence, t.timing) for t in case.plan.tasks if t.timing]
    timings += [(i.evidence, d) for i in case.plan.implementation for d in i.deadlines]
    timings += _due(case.plan)
    for evidence, timing in timings:
        if _is_over(timing, case):
            where = quote(evidence, timing.text) or evidence
            words = {"time": " ".join(timing.text.split()), "signed": written(case.signed.first)}
            yield Hit(where, "deadline", words)


def _due(plan: Plan) -> Iterator[tuple[Evidence, Timing]]:
    """By when something is to be handed in, in sentences of the body that are no task's."""
    taken = Places(span for each in _duties(plan) for span in each.evidence.spans)
    for section in plan.sections:
        for evidence in _section_texts(section):
            text = evidence.text
            if "gày" not in text or not evidence.spans or evidence.spans[0][0] in taken:
                continue
            for start, end, timing in find_deadlines(text, None):
                breaks = [b.end() for b in _CLAUSE.finditer(text, 0, start, timeout=TIMEOUT)]
                clause = text[breaks[-1] if breaks else 0 : start]
                # What goes on behind the day is done with what was handed in by then.
                ends = not text[end : end + 2].strip() or text[end] in ".;)"
                if (
                    ends
                    and _FINE.search(timing.text, timeout=TIMEOUT)
                    and pattern("duty").search(clause, timeout=TIMEOUT)
                    and not pattern("condition").search(clause, timeout=TIMEOUT)
                ):
                    yield evidence, timing


def _is_over(timing: Timing, case: Case) -> bool:
    """Whether a time with month and year has passed when the plan is signed."""
    if timing.end is None or timing.recurrence or case.signed is None:
        return False
    ends = date.fromisoformat(timing.end)
    if ends >= case.signed.first:
        return False
    planned = case.plan.years
    # Without its own year a month is the plan's, which must then have but one: that of its date.
    dated = _FINE.search(timing.text, timeout=TIMEOUT) is not None
    one = planned in ([], [case.signed.first.year]) and _MONTH.search(timing.text, timeout=TIMEOUT)
    return bool(dated or one)
