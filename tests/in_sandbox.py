"""
Files read as the program reads them, each by a worker that is ended when it takes too much.

A small process of its own starts the workers, so that what they take is what the system says of
its children: the most memory that any of them ever held, to the page, the moment before it was
ended among it. After each file the plan comes, read by what the file left behind.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from tdkt_parse.sandbox import (
    Limits,
    Outcome,
    Sandbox,
    Task,
    Work,
    memory_of,
    parse_document,
)
from tdkt_parse.work import print_explanation

PATIENCE = 120
"""Seconds after which even what watches over the worker is ended."""


class Ended(NamedTuple):
    """How the reading of a file ended, and that of the plan after it."""

    result: str | None
    error: list[str]
    """The classes of its error from the nearest up."""
    message: str
    seconds: float
    allowed: float
    """Seconds that it had in the end, those for its pages among them."""
    megabytes: float
    """The most that the worker held over what it had when it started."""
    next: str
    """What the plan gave: its JSON, or its error."""


class Line:
    """A line to the process that has the workers."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def read(self, path: Path, after: Path, limits: Limits, *, pictures: str = "") -> Ended:
        """Read both files; ``pictures``: the folder for those of the pages, if they are drawn."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        asked = {"path": str(path), "after": str(after), "limits": limits, "pictures": pictures}
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        return Ended(**json.loads(self.process.stdout.readline()))


@contextmanager
def sandboxed() -> Iterator[Line]:
    """The process, ended at the end."""
    command = [sys.executable, __file__]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        yield Line(process)
        assert process.stdin is not None
        process.stdin.close()


def main() -> None:
    # What the first document of all would pay for.
    import_module("tdkt_parse.readers.pdf.document")
    for path in (Path(__file__).resolve().parent.parent / "corpus").glob("*.txt"):
        parse_document(str(path))
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.alarm(PATIENCE)
            sys.stdout.write(json.dumps(read(**json.loads(line))._asdict()) + "\n")
            sys.stdout.flush()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:
            told = Ended(None, [], f"the supervisor ended: {status}", PATIENCE, 0, 0, "")
            sys.stdout.write(json.dumps(told._asdict()) + "\n")
            sys.stdout.flush()


def read(path: str, after: str, limits: list[float], pictures: str) -> Ended:
    """Both files by one sandbox of one worker; the second by the same worker if it still is."""
    work: Work = print_explanation if pictures else parse_document
    options = {"lang": "vi", "safe": False, "image": pictures} if pictures else {}
    allowed = [limits[0]]
    before = memory_of(os.getpid(), family=False)
    bounds = Limits(limits[0], limits[1], int(limits[2]))
    with Sandbox(work, limits=bounds, jobs=1, options=options) as sandbox:

        def look(_: object) -> None:
            allowed.extend(job.limit for job in sandbox._jobs_in_hand())

        begin = time.monotonic()
        (first,) = sandbox.run([Task(path)], on_tick=look)
        seconds = time.monotonic() - begin
        (second,) = sandbox.run([Task(after)])
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 - before
    return Ended(
        first.result,
        [kind.__name__ for kind in type(first.error).__mro__] if first.error else [],
        str(first.error or ""),
        seconds,
        max(allowed),
        most / (1 << 20),
        _told(second),
    )


def _told(outcome: Outcome) -> str:
    return outcome.result or f"{type(outcome.error).__name__}: {outcome.error}"


if __name__ == "__main__":
    main()
