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

    from tdkt_parse.sandbox import Outcome


class Reporter:
    """
    Tells on stderr how far the work is, by file name, and what failed and why.

    In a terminal a bar, once the work takes longer than the blink of an eye; elsewhere a line a
    file. ``quiet`` leaves only the failures.
    """

    def __init__(self, total: int, *, quiet: bool) -> None:
        self._total = total
        self._done = 0
        self._quiet = quiet
        self._terminal = is_terminal(sys.stderr)
        self._bar: tuple[Progress, TaskID] | None = None
        self._shown = False
        self._next = monotonic() + 0.4

    def failed(self, path: str, error: TdktError) -> None:
        """One line: the path, the reason, what to do."""
        self._done += 1
        self._say(path, error)

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
        for warning in outcome.warnings:
            self._say(outcome.path, warning)
        if not (self._quiet or self._terminal):
            place = f"[{self._done}/{self._total}]"
            write_error(f"{place} {outcome.path}: {outcome.seconds:.2f} s")

    def tick(self, paths: list[str]) -> None:
        """Show which documents are in hand; cheap enough to be called at any time."""
        if self._quiet or not self._terminal or not paths or monotonic() < self._next:
            return
        self._next = monotonic() + 0.1
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            # No thread that refreshes it: a process with threads cannot be forked safely.
            progress = Progress(
                BarColumn(bar_width=20),
                MofNCompleteColumn(),
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
        name = clean(Path(paths[0]).name) or "stdin"
        more = f" +{len(paths) - 1}" if len(paths) > 1 else ""
        progress.update(task, completed=self._done, description=name + more, refresh=True)

    def clear(self) -> None:
        """Take the bar away, before anything else is written to the terminal."""
        if self._bar is not None and self._shown:
            self._bar[0].stop()
            self._shown = False
