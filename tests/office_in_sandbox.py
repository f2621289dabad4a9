"""
Old Word files read by one worker, of a small process of its own, which tells what it took.

Of that process and not of pytest the worker and what it starts are copies: what pytest holds would
be counted once more for each of them.
"""

import base64
import json
import pickle
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tdkt_parse.readers.office import soffice
from tdkt_parse.sandbox import Limits, Outcome, Sandbox, Task, memory_of


class Ended(NamedTuple):
    """How a file ended, its seconds, and the most MB that the worker and all it started took."""

    outcome: Outcome
    seconds: float
    megabytes: float


def read_each(paths: Iterable[Path], seconds: float) -> Iterator[Ended]:
    """The files in turn; ``seconds``: what LibreOffice has for one."""
    command = [sys.executable, __file__, str(seconds)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for path in paths:
            process.stdin.write(f"{path}\n")
            process.stdin.flush()
            outcome, taken, most = json.loads(process.stdout.readline())
            yield Ended(pickle.loads(base64.b64decode(outcome)), taken, most)  # noqa: S301 - ours
        process.stdin.close()


def main() -> None:
    soffice.SECONDS = float(sys.argv[1])  # Workers inherit this.
    limits = Limits(seconds=60, memory=2 << 30)
    with Sandbox(limits=limits, jobs=1) as sandbox:
        for line in sys.stdin:
            most = 0

            def look(_: object) -> None:
                nonlocal most
                taken = (memory_of(w.pid) - w.baseline for w in sandbox._workers)
                most = max([most, *taken])

            begun = time.monotonic()
            (outcome,) = sandbox.run([Task(line.rstrip("\n"))], on_tick=look)
            told = base64.b64encode(pickle.dumps(outcome)).decode("ascii")
            sys.stdout.write(json.dumps([told, time.monotonic() - begun, most / 1e6]) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
