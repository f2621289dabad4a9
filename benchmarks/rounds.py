"""
Things measured side by side: each round runs every subject once, in turn.
"""

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import median
from typing import NamedTuple, TypeVar

Subject = Callable[[], object]
Measured = TypeVar("Measured")


class Report(NamedTuple):
    """
    What was measured: figures by name; lines to print, such as a table, or why a figure is missing.

    ``excused`` are the figures whose absence is the machine's fault.
    """

    figures: dict[str, float]
    lines: tuple[str, ...] = ()
    excused: frozenset[str] = frozenset()


def together(reports: Sequence[Report]) -> Report:
    """
    Several reports as one.

    >>> together([Report({"a": 1.0}, ("A",)), Report({"b": 2.0})])
    Report(figures={'a': 1.0, 'b': 2.0}, lines=('A',), excused=frozenset())
    """
    return Report(
        {name: figure for report in reports for name, figure in report.figures.items()},
        tuple(line for report in reports for line in report.lines),
        frozenset[str]().union(*(report.excused for report in reports)),
    )


def in_turn(
    subjects: Mapping[str, Callable[[], Measured]], rounds: int, *, warm: bool = True
) -> list[dict[str, Measured]]:
    """
    What each subject gave in each round, the subjects run in turn.

    Each round begins with another subject, so that none always runs after the same neighbour.
    ``warm`` runs each once before, for the file cache and what is built on first use.

    >>> ran = []
    >>> subjects = {name: lambda name=name: ran.append(name) for name in "ab"}
    >>> len(in_turn(subjects, rounds=2)), "".join(ran)
    (2, 'ababba')
    """
    names = list(subjects)
    for subject in subjects.values() if warm else ():
        subject()
    rows: list[dict[str, Measured]] = []
    for number in range(rounds):
        shift = number % len(names)
        rows.append({name: subjects[name]() for name in names[shift:] + names[:shift]})
    return rows


def side_by_side(
    subjects: Mapping[str, Subject], rounds: int, *, warm: bool = True
) -> dict[str, list[float]]:
    """
    Seconds that each subject took in each round.

    >>> times = side_by_side({"a": list, "b": dict}, rounds=3)
    >>> [len(times[name]) for name in ("a", "b")]
    [3, 3]
    """
    timed = {name: _timed(subject) for name, subject in subjects.items()}
    rows = in_turn(timed, rounds, warm=warm)
    return {name: [row[name] for row in rows] for name in subjects}


def _timed(subject: Subject) -> Callable[[], float]:
    def run() -> float:
        start = time.perf_counter()
        subject()
        return time.perf_counter() - start

    return run


def times_over(ones: Sequence[float], others: Sequence[float]) -> float:
    """
    How many times the other the one is: the median of the rounds' own ratios.

    >>> times_over([2.0, 40.0, 3.0], [1.0, 10.0, 1.0])
    3.0
    """
    return median(one / other for one, other in zip(ones, others, strict=True))


@contextlib.contextmanager
def one_core() -> Iterator[None]:
    """This process and those that it starts on one core, where the system can do that."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)
