"""
A batch on a local cluster of Ray, one of whose processes is killed in the middle; what came out.

A program of its own: Ray starts threads, and a process with threads is not forked.
"""

import contextlib
import json
import os
import signal
import sys
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path

import fakes

from tdkt_parse import cluster
from tdkt_parse.sandbox import Limits, Outcome, Task, system

LIMITS = Limits(seconds=8.0, memory=200 << 20)


def processes() -> list[int]:
    """The processes of the cluster that read documents."""
    found = []
    for pid in system.descendants_of(os.getpid()):
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/cmdline").read_bytes().startswith(b"ray::read_there"):
                found.append(pid)
    return found


def main() -> None:
    names, kill_at, note = json.loads(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    tasks = [Task(b"x", name) for name in names]
    outcomes: list[Outcome] = []
    killed = readers = 0
    with closing(
        cluster.run_all(
            tasks, fakes.note_and_do, limits=LIMITS, jobs=2, options={"note": note}, ahead=256
        )
    ) as running:
        for outcome in running:
            outcomes.append(outcome)
            # The second may begin when much is done: a process takes its time to start.
            readers = max(readers, len(processes()))
            if len(outcomes) >= kill_at and not killed:
                killed = processes()[0]
                os.kill(killed, signal.SIGKILL)
    told = {
        "indexes": sorted(outcome.index for outcome in outcomes),
        "errors": {
            outcome.path: type(outcome.error).__name__ for outcome in outcomes if outcome.error
        },
        "results": dict(Counter(outcome.result for outcome in outcomes if outcome.result)),
        "readers": readers,
        "killed": killed,
        "left": [pid for pid in system.descendants_of(os.getpid()) if not system.is_zombie(pid)],
        "temporary": sorted(
            path.name
            for path in Path(tempfile.gettempdir()).iterdir()
            if path.name.startswith("tdkt-ray-")
        ),
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
