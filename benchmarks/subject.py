"""
A subject in a process of its own: it is measured when it is asked, and says what it took.

It first says, in a line of JSON, its version and its peak of memory with everything imported. Then
each line of input is a list of paths: it reads these files and says in a line how long one reading
of them all took, its peak of memory until then, and how much came out. What it cannot do it says
as ``error``. Importing is not counted.

This runs in environments where the project is not installed, so nothing here stands on anything but
the standard library.
"""

import gc
import json
import math
import os
import resource
import sys
import time
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any, TextIO

Read = Callable[[str], int]
"""The path of a file to how much came out of it: characters, citations."""

Subjects = Mapping[str, tuple[Callable[[], Read], str | Callable[[], str]]]
"""By name: how each is got ready; what it is installed as, or how it tells its version."""

SHORTEST = 0.1
"""Seconds that are measured at least: what takes less is done several times over."""


def cpu() -> float:
    """Seconds of processor that this process and the programs it started have taken."""
    own, others = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def peak() -> int:
    """
    The most memory that this process had, in bytes.

    On Linux ``ru_maxrss`` is never less than what the parent had when it started this process: it
    is carried over ``exec``. The kernel's own mark for the present program begins afresh.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def measure(read: Read, paths: list[str], loops: int) -> dict[str, float]:
    """One reading of all files, the mean of so many."""
    wall, busy, amount = time.perf_counter(), cpu(), 0
    for _ in range(loops):
        amount = sum(map(read, paths))
    return {
        "wall": (time.perf_counter() - wall) / loops,
        "cpu": (cpu() - busy) / loops,
        "peak": peak(),
        "amount": amount,
    }


def serve(subjects: Subjects, name: str, output: TextIO) -> None:
    """Measure for each line of input, until it ends."""

    def say(message: dict[str, Any]) -> None:
        output.write(json.dumps(message) + "\n")
        output.flush()

    prepare, known = subjects[name]
    try:
        read = prepare()
        version = metadata.version(known) if isinstance(known, str) else known()
    except Exception as error:  # noqa: BLE001 - whatever it is, the table says it
        say({"error": in_words(error)})
        return
    # What is imported is no subject's garbage; our own command does the same before it reads.
    gc.freeze()
    say({"version": version, "peak": peak()})
    loops: dict[str, int] = {}
    for line in sys.stdin:
        try:
            taken = measure(read, json.loads(line), loops.get(line, 1))
        except Exception as error:  # noqa: BLE001
            say({"error": in_words(error)})
            return
        loops[line] = math.ceil(SHORTEST / max(taken["wall"], SHORTEST / 1000))
        say(taken)


def in_words(error: Exception) -> str:
    """
    An error in one line.

    >>> in_words(ValueError("no such thing\\nat all")), in_words(ValueError())
    ('ValueError: no such thing', 'ValueError')
    """
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__


def main(subjects: Subjects) -> None:
    """Serve the subject that the command line names."""
    # Some print as they read: what is said here is said where nothing else is.
    said = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(subjects, sys.argv[1], said)
