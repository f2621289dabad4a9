"""
How far the work is, on stderr.
"""

import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from tdkt_parse.exceptions import TdktError
from tdkt_parse.render.terminal import clean
from tdkt_parse.streams import is_terminal, write_error

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from tdkt_parse.sandbox import InHand, Outcome


class Reporter:
    """
    Tells on stderr how far the work is, by file name, and what failed and why.

    In a terminal a bar, once the work takes longer than the blink of an eye, with the page that is
    read and the time that is left; elsewhere a line a file, without ``lines`` none. ``quiet``
    leaves only the failures.
    """

    def __init__(self, total: int, *, quiet: bool, lines: bool = True) -> None:
        self._total = total
        self._lines = lines
        self._began = self._last = monotonic()
        self._done = self._read = self._failures = 0
        self._quiet = quiet
        self._terminal = is_terminal(sys.stderr)
        self._bar: tuple[Progress, TaskID] | None = None
        self._shown = False
        self._next = monotonic() + 0.4

    def failed(self, path: str, error: TdktError) -> None:
        """One line: the path, the reason, what to do."""
        self._done += 1
        self._read += 1
        self._failures += 1
        self._last = monotonic()
        self._say(path, error)

    def skipped(self) -> None:
        """A document need not be read."""
        self._done += 1

    def _say(self, path: str, error: TdktError) -> None:
        self.clear()
        message = str(error)
        where = "stdin" if path == "-" else path
        write_error(message if message.startswith(f"{where}: ") else f"{where}: {message}")

    def finished(self, outcome: "Outcome") -> None:
        """A document is done."""
        if outcome.error is not None:
            self.failed(outcome.path, outcome.error)
            return
        self._done += 1
        self._read += 1
        self._last = monotonic()
        for warning in outcome.warnings:
            self._say(outcome.path, warning)
        if self._lines and not (self._quiet or self._terminal):
            place = f"[{self._done}/{self._total}]"
            write_error(f"{place} {outcome.path}: {outcome.seconds:.2f} s")

    def tick(self, documents: "list[InHand]") -> None:
        """Show which documents are in hand; cheap enough to be called at any time."""
        if self._quiet or not self._terminal or not documents or monotonic() < self._next:
            return
        self._next = monotonic() + 0.1
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            # No thread that refreshes it: a process with threads cannot be forked safely.
            progress = Progress(
                BarColumn(bar_width=20),
                *([MofNCompleteColumn()] if self._total > 1 else []),
                TextColumn("{task.description}", markup=False),
                console=Console(stderr=True),
                auto_refresh=False,
                transient=True,
            )
            self._bar = progress, progress.add_task("", total=self._total)
        progress, task = self._bar
        if not self._shown:
            progress.start()
            self._shown = True
        said = describe(documents, left=self._left() if self._total > 1 else None)
        if self._total > 1:
            said += self._tally()
        if self._total > 1 or not documents[0].of:
            progress.update(task, completed=self._done, description=said, refresh=True)
        else:
            page, of = documents[0].page, documents[0].of
            progress.update(task, completed=page - 1, total=of, description=said, refresh=True)

    def _left(self) -> float | None:
        """Seconds that the others will take if they are as those that are done."""
        if not self._read:
            return None
        each = (self._last - self._began) / self._read
        return each * (self._total - self._done) - (monotonic() - self._last)

    def _tally(self) -> str:
        """How many are read in a second, or a minute, and how many failed."""
        said = ""
        taken = self._last - self._began
        if self._read and taken > 0:
            rate = self._read / taken
            said = f", {rate:.1f}/s" if rate >= 1 else f", {60 * rate:.1f}/min"
        return said + (f", {self._failures} failed" if self._failures else "")

    def clear(self) -> None:
        """Take the bar away, before anything else is written to the terminal."""
        if self._bar is not None and self._shown:
            self._bar[0].stop()
            self._shown = False


FEWEST = 2.0
"""Seconds of reading before anything can be said of how long the rest takes."""


def describe(documents: "list[InHand]", left: float | None = None) -> str:
    """
    What is in hand: the first by its name and page, how many others, how long it takes yet.

    ``left``: the seconds that all documents take yet; without it the time is that of the pages of
    the only one.

    >>> from tdkt_parse.sandbox import InHand
    >>> describe([InHand("in/a.pdf", 3, 40, 4.0)]), describe([InHand("-"), InHand("b.pdf")], 90)
    ('a.pdf: page 3 of 40, 1 min 16 s left', 'stdin +1, 1 min 30 s left')
    """
    first = documents[0]
    said = clean(Path(first.label).name) if first.label != "-" else "stdin"
    if first.of > 1:
        said += f": page {first.page} of {first.of}"
    if len(documents) > 1:
        said += f" +{len(documents) - 1}"
    elif left is None and first.page > 1 and first.seconds >= FEWEST:
        # A page counts down as it is read, and no further than to the next.
        each = first.seconds / (first.page - 1)
        left = each * (first.of - first.page + 1) - min(first.on_page, each)
    return said if left is None else f"{said}, {duration(left)} left"


def duration(seconds: float) -> str:
    """
    A time as people say it, the longer the rougher.

    >>> duration(0.2), duration(25.2), duration(90), duration(700), duration(8000)
    ('1 s', '25 s', '1 min 30 s', '12 min', '2 h 13 min')
    """
    whole = max(round(seconds), 1)
    if whole < 60:
        return f"{whole} s"
    if whole < 600:
        return f"{whole // 60} min" + (f" {whole % 60} s" if whole % 60 else "")
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
