"""
The figures of reading scans: what each is, and what is to be reached on which set.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from accuracy_page import HEADER, f1
from measure import Figures
from ocr_measure import OURS, PLAIN, Taken
from ocr_scans import variant_of
from ocr_scores import Counted


@dataclass(frozen=True, slots=True)
class Result:
    """A set as one subject read it."""

    taken: Taken
    degrees: Mapping[str, Counted] = field(default_factory=dict)
    """Where a set has pages of several kinds, what was counted of each."""

    @property
    def key(self) -> tuple[str, str]:
        return self.taken.scans.name, self.taken.subject


class Aim(NamedTuple):
    """What a figure has to be on a set: at least so much, or at most."""

    what: str
    on: str
    bar: float
    most: bool
    reached: float | None

    @property
    def is_reached(self) -> bool:
        if self.reached is None:
            return False
        return self.reached <= self.bar if self.most else self.reached >= self.bar


CHARACTERS = {"clean300": 0.8, "clean200": 0.8, "worn300": 1.5, "worn200": 2.2}
CELLS = {"clean300": 96.0, "clean200": 96.0, "worn300": 85.0, "worn200": 72.0}
PLANS = {"clean300": 98.0, "clean200": 98.0, "worn300": 96.0, "worn200": 95.0}
TIMES = 1.25
"""Over one open Tesseract handle, by processor time a page."""
MEMORY = 300.0
"""MB of one worker."""
JOBS = 1.8
"""Times as fast with two workers as with one."""
GENERATED: dict[str, tuple[float, Callable[[Figures], float]]] = {
    "header fields, strict F1": (97.0, lambda figures: f1(figures, *HEADER, strict=True)),
    "citations, F1": (96.0, lambda figures: f1(figures, "citations")),
    "tasks, whole row, F1": (92.0, lambda figures: f1(figures, "task.row")),
}


def aims(results: Sequence[Result], jobs: Mapping[str, float]) -> list[Aim]:
    """All that is to be reached on the sets that were read."""
    found: list[Aim] = []
    known = {result.key: result for result in results}
    for result in results:
        if result.taken.subject != OURS:
            continue
        name = result.taken.scans.name
        parts = result.degrees or {name: result.taken.counted}
        for part, counted in parts.items():
            found += _read(part, counted)
        if result.taken.plans is not None:
            found += _plans(name, result.taken.plans)
        plain = known.get((name, PLAIN))
        ratio = per_page(result.taken) / per_page(plain.taken) if plain else None
        found.append(Aim("CPU time over plain Tesseract's", name, TIMES, most=True, reached=ratio))
        peak = result.taken.peak / 1e6 or None
        found.append(Aim("MB at the peak", name, MEMORY, most=True, reached=peak))
        unread = float(len(result.taken.unread))
        found.append(Aim("files not read", name, 0.0, most=True, reached=unread))
    for what, gain in jobs.items():
        found.append(Aim(what, "worn scans", JOBS, most=False, reached=gain))
    return found


def _read(name: str, counted: Counted) -> list[Aim]:
    variant = variant_of(name)
    found = [
        Aim(
            "characters wrong, %",
            name,
            CHARACTERS[variant],
            most=True,
            reached=counted.characters.percent,
        )
    ]
    if counted.cells.whole:
        cells = 100 - counted.cells.percent
        found.append(Aim("cells exact, %", name, CELLS[variant], most=False, reached=cells))
        wrong = float(counted.grids.wrong)
        found.append(Aim("pages with a wrong grid", name, 0.0, most=True, reached=wrong))
    return found


def _plans(name: str, figures: Figures) -> list[Aim]:
    if name.startswith("generated"):
        return [
            Aim(what, name, bar, most=False, reached=figure(figures))
            for what, (bar, figure) in GENERATED.items()
        ]
    micro = figures.soft.total.f1
    return [Aim("Plan, micro F1", name, PLANS[variant_of(name)], most=False, reached=micro)]


def per_page(taken: Taken) -> float:
    """Seconds of processor."""
    return taken.cpu / taken.pages if taken.pages and taken.cpu else float("nan")
