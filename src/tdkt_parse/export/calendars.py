"""
A calendar (iCalendar, RFC 5545) of what is due on a day: the tasks of plans and the deadlines of
their implementation.

Each is an event of the day by which it is due, since few calendars show to-dos; ``todo`` makes
to-dos of them. What comes again and again, or has no day, is left out and counted.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import IO

import regex

from tdkt_parse import __version__
from tdkt_parse.exceptions import MissingDependency, to_install
from tdkt_parse.export.shortfalls import Shortfalls
from tdkt_parse.export.tables import Filed, number_of, page_of
from tdkt_parse.models import Evidence, Timing
from tdkt_parse.normalise import TIMEOUT

SUMMARY = 200
"""Characters of a title of an event; the whole stands in its description."""

_BREAK = regex.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROL = regex.compile(r"(?![\n\t])[\p{Cc}\p{Cs}\ufffe\uffff]")
_WORDS = {
    "vi": {
        "calendar": "Hạn công việc theo kế hoạch", "deadline": "Hạn",
        "content": "Nội dung", "lead": "Chủ trì", "support": "Phối hợp", "timing": "Thời gian",
        "plan": "Kế hoạch", "issuer": "Cơ quan", "page": "Trang", "file": "Tệp",
    },
    "en": {
        "calendar": "Deadlines of plans", "deadline": "Due",
        "content": "Content", "lead": "Lead", "support": "Support", "timing": "When",
        "plan": "Plan", "issuer": "Issuer", "page": "Page", "file": "File",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Due:
    """What is to be done, by whom, by which day."""

    day: date
    content: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    timing: str
    evidence: Evidence


def write_calendar(
    files: Iterable[Filed],
    out: IO[bytes],
    met: Shortfalls,
    *,
    lang: str = "vi",
    todo: bool = False,
    now: datetime | None = None,
) -> None:
    """
    Write the calendar, event by event.

    An event's UID is made of the file's SHA-256 and the words of the task, so that the same task
    has it again however often, and by whatever version, its file is read; with it a calendar
    takes a corrected day for a change, not for another event. Raises ``MissingDependency``
    without the extra ``ics``.
    """
    try:
        import icalendar
    except ImportError as error:
        raise MissingDependency("Calendars need icalendar.", hint=to_install("ics")) from error
    said = _WORDS[lang]
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//tdkt-parse//{__version__}//{lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", said["calendar"])
    head, _, end = calendar.to_ical().partition(b"END:VCALENDAR")
    out.write(head)
    stamp = now or datetime.now(UTC)
    language = {"language": lang}
    for filed in files:
        seen: Counter[str] = Counter()
        for due in _due(filed, met):
            entry = icalendar.Todo() if todo else icalendar.Event()
            entry.add("uid", _uid(filed, due, seen))
            entry.add("dtstamp", stamp)
            if todo:
                entry.add("due", due.day)
            else:
                entry.add("dtstart", due.day)
                entry.add("dtend", due.day + timedelta(days=1))
                entry.add("transp", "TRANSPARENT")
            short = _plain(" ".join(due.content.split()))
            if len(short) > SUMMARY:
                short = f"{short[:SUMMARY].rpartition(' ')[0] or short[:SUMMARY]} …"
            entry.add("summary", f"{said['deadline']}: {short}", parameters=language)
            entry.add("description", _plain(_described(filed, due, said)), parameters=language)
            out.write(entry.to_ical())
    out.write(b"END:VCALENDAR" + end)


def _due(filed: Filed, met: Shortfalls) -> Iterator[_Due]:
    plan = filed.plan
    for task in plan.tasks:
        if task.timing is None:
            met.add("no_day", _short(task.content))
        elif (day := _day_of(task.timing, task.content, met)) is not None:
            yield _Due(
                day,
                task.content,
                tuple(task.lead),
                tuple(task.support),
                task.timing.text,
                task.evidence,
            )
    for item in plan.implementation:
        for when in item.deadlines:
            if (day := _day_of(when, item.text, met)) is not None:
                yield _Due(day, item.text, tuple(item.actors), (), when.text, item.evidence)


def _day_of(when: Timing, content: str, met: Shortfalls) -> date | None:
    if when.recurrence is not None:
        met.add("recurring", _short(content))
        return None
    try:
        day = date.fromisoformat(when.end or "")
    except ValueError:
        day = None
    if day is None or day == date.max:
        met.add("no_day", _short(content))
        return None
    return day


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:59]}…"


def _uid(filed: Filed, due: _Due, seen: Counter[str]) -> str:
    words = " ".join(due.content.split())
    seen[words] += 1
    what = "\n".join((filed.plan.source.sha256, words, str(seen[words])))
    return f"{hashlib.sha256(what.encode()).hexdigest()[:40]}@tdkt-parse"


def _described(filed: Filed, due: _Due, said: dict[str, str]) -> str:
    plan = filed.plan
    called = " ".join(filter(None, (plan.kind, number_of(plan.number))))
    title = plan.title.text if plan.title else None
    page = page_of(due.evidence)
    lines = (
        ("content", due.content),
        ("lead", "; ".join(due.lead)),
        ("support", "; ".join(due.support)),
        ("timing", due.timing),
        ("plan", " – ".join(filter(None, (called, title)))),
        ("issuer", plan.issuer.name if plan.issuer else None),
        ("page", None if page is None else str(page)),
        ("file", filed.path),
    )
    return "\n".join(f"{said[name]}: {text}" for name, text in lines if text)


def _plain(text: str) -> str:
    """Text with no break but the line feed, which icalendar escapes, and no control character."""
    broken = _BREAK.sub("\n", text, timeout=TIMEOUT)
    return str(_CONTROL.sub("\ufffd", broken, timeout=TIMEOUT))
