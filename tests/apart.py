"""
Files read each in a process of its own, which tells how it ended and what it took.

A small process imports the package once and copies itself for each file, so that neither what
pytest holds nor what an earlier file left counts. A copy that runs out of time dies alone, and one
that reaches for a network, a program or a file that is none of Python's own is found out.
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
from pathlib import Path
from typing import Any, NamedTuple

SECONDS = 10
"""Of the processor's time, which other work on the machine does not lengthen."""
MEGABYTES = 500


class Ended(NamedTuple):
    """How a reading ended: the Plan's JSON, or the classes of its error from the nearest up."""

    plan: str | None
    error: list[str]
    message: str
    seconds: float
    megabytes: float
    """The most that it held, the interpreter and the package with it."""
    touched: list[str]
    """What it reached for outside."""


class Reader:
    """A line to the process that reads."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def read(self, path: Path) -> Ended:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{path}\n")
        self.process.stdin.flush()
        return Ended(**json.loads(self.process.stdout.readline()))


@contextmanager
def reader() -> Iterator[Reader]:
    """The process that reads, ended at the end."""
    command = [sys.executable, __file__]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        yield Reader(process)
        assert process.stdin is not None
        process.stdin.close()


def main() -> None:
    from tdkt_parse.pipeline import parse

    for path in (Path(__file__).resolve().parent.parent / "corpus").glob("*.docx"):
        parse(path)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            ended = read(Path(line.rstrip("\n")))
            sys.stdout.write(json.dumps(ended._asdict()) + "\n")
            sys.stdout.flush()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:
            cause = f"died of signal {status}" if status != signal.SIGPROF else "took too long"
            sys.stdout.write(json.dumps(Ended(None, [], cause, SECONDS, 0, [])._asdict()) + "\n")
            sys.stdout.flush()


def read(path: Path) -> Ended:
    from tdkt_parse.exceptions import TdktError
    from tdkt_parse.pipeline import parse

    # More than may be taken, less than the machine has: what asks for more shows as MemoryError.
    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    signal.alarm(SECONDS * 10)
    data = path.read_bytes()
    touched: list[str] = []
    sys.addaudithook(lambda event, given: _watch(event, given, touched))
    plan, error, message = None, [], ""
    begin = time.process_time()
    try:
        plan = parse(data).to_json()
    except TdktError as raised:
        error = [kind.__name__ for kind in type(raised).__mro__ if issubclass(kind, TdktError)]
        message = str(raised)
    except Exception as raised:  # noqa: BLE001 - what is looked for
        message = repr(raised)[:300]
    seconds = time.process_time() - begin
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 10)
    return Ended(plan, error, message, seconds, most, touched)


_OWN = (sys.prefix, sys.base_prefix, str(Path(__file__).resolve().parent.parent / "src"))


def _watch(event: str, given: tuple[Any, ...], touched: list[str]) -> None:
    outside = event == "open" and not str(given[0]).startswith(_OWN)
    if outside or event.startswith(
        ("socket.connect", "socket.getaddrinfo", "subprocess.", "os.sy")
    ):
        touched.append(f"{event} {given[0]!s:.200}")


if __name__ == "__main__":
    main()
