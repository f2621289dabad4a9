"""
What is said on stderr while documents are read: the page, of how many, the time that is left.
"""

import io
import sys
from itertools import count

import fakes
import pytest

from tdkt_parse import progress
from tdkt_parse.exceptions import Unreadable
from tdkt_parse.progress import Reporter, describe, duration
from tdkt_parse.sandbox import InHand, Outcome, Task, run_all

SAID = [
    ("a name alone", [InHand("in/plan.docx")], None, "plan.docx"),
    ("standard input", [InHand("-")], None, "stdin"),
    ("the first page", [InHand("a.pdf", 1, 40, 9.0)], None, "a.pdf: page 1 of 40"),
    ("too early to say", [InHand("a.pdf", 3, 40, 1.0)], None, "a.pdf: page 3 of 40"),
    ("the time left", [InHand("a.pdf", 3, 40, 4.0)], None, "a.pdf: page 3 of 40, 1 min 16 s left"),
    ("within a page", [InHand("a.pdf", 3, 5, 20.0, 4.0)], None, "a.pdf: page 3 of 5, 26 s left"),
    ("a page that takes long", [InHand("a.pdf", 3, 5, 20.0, 99.0)], None,
     "a.pdf: page 3 of 5, 20 s left"),
    ("the last page", [InHand("a.pdf", 40, 40, 78.0)], None, "a.pdf: page 40 of 40, 2 s left"),
    ("one page", [InHand("a.jpg", 1, 1, 3.0)], None, "a.jpg"),
    (
        "several",
        [InHand("a.pdf", 3, 40, 4.0), InHand("b.pdf", 1, 2, 3.0)],
        None,
        "a.pdf: page 3 of 40 +1",
    ),
    ("a batch", [InHand("a.pdf", 3, 40, 4.0)], 130.0, "a.pdf: page 3 of 40, 2 min 10 s left"),
    ("a name that speaks to a terminal", [InHand("a\x1b[2J.pdf", 2, 3, 0.1)], None,
     "a\ufffd[2J.pdf: page 2 of 3"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("documents", "left", "said"), [row[1:] for row in SAID], ids=[row[0] for row in SAID]
)
def test_what_is_said(documents: list[InHand], left: float | None, said: str) -> None:
    assert describe(documents, left) == said


@pytest.mark.parametrize("seconds", [0.0, 0.4, 59.4, 59.6, 61.0, 599.9, 3599.0, 3600.0, 1e6])
def test_times_have_no_sixty(seconds: float) -> None:
    said = duration(seconds)
    assert "60" not in said.split()
    assert not said.startswith("0")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, **how: bool) -> str:
    """What a reporter writes while one document is read, a tenth of a second each page."""
    clock = count(0, 0.5)
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    reporter = Reporter(1, **{"quiet": False, **how})
    for page in range(1, 6):
        reporter.tick([InHand("plan.pdf", page, 5, page * 2.0)])
    reporter.finished(Outcome(0, "plan.pdf", "{}", None, 1.0))
    reporter.clear()
    return stream.getvalue()


def test_pages_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    said = shown(monkeypatch, Terminal())
    assert "plan.pdf: page 3 of 5, 9 s left" in said
    assert "[1/1]" not in said


def test_no_pages_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, io.StringIO()) == "[1/1] plan.pdf: 1.00 s\n"
    assert shown(monkeypatch, io.StringIO(), lines=False) == ""


def test_nothing_where_quiet_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, Terminal(), quiet=True) == ""


def test_the_time_left_of_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    stream = Terminal()
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    reporter = Reporter(4, quiet=False)
    now[0] = 10.0
    reporter.tick([InHand("a.pdf", 3, 9, 9.0), InHand("b.pdf")])
    reporter.finished(Outcome(0, "a.pdf", "{}", None, 10.0))
    now[0] = 20.0
    reporter.tick([InHand("b.pdf", 2, 9, 9.0)])
    reporter.clear()
    assert "a.pdf: page 3 of 9 +1" in stream.getvalue()
    assert "b.pdf: page 2 of 9, 20 s left" in stream.getvalue()


def test_the_rate_and_the_failures_of_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    stream = Terminal()
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    reporter = Reporter(100, quiet=False)
    for _ in range(50):
        reporter.skipped()  # What need not be read says nothing of how long the rest takes.
    now[0] = 10.0
    reporter.finished(Outcome(0, "a.pdf", "{}", None, 10.0))
    reporter.tick([InHand("b.pdf")])
    now[0] = 20.0
    reporter.finished(Outcome(1, "b.pdf", None, Unreadable("It is broken."), 10.0))
    reporter.tick([InHand("c.pdf")])
    reporter.clear()
    assert "b.pdf, 8 min 10 s left, 6.0/min" in stream.getvalue()
    assert "b.pdf: It is broken." in stream.getvalue()
    assert "c.pdf, 8 min left, 6.0/min, 1 failed" in stream.getvalue()


def test_pages_come_from_the_worker() -> None:
    """Through the line between the processes, and no further than its document."""
    seen: list[InHand] = []
    (outcome, second) = run_all(
        [Task(b"x"), Task(b"y")], fakes.turn_pages, jobs=1, on_tick=seen.extend
    )
    assert (outcome.error, second.error) == (None, None)
    pages = [(one.page, one.of) for one in seen if one.of]
    assert (2, 3) in pages
    assert set(pages) <= {(1, 3), (2, 3), (3, 3)}
    assert all(one.seconds >= 0 for one in seen)
