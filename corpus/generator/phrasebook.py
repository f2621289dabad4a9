"""
The tables of phrases, and the desk at which one paper is written: its dice and what it took.

A row of a table is for ``both`` splits or for ``test`` alone. The development split never sees the
latter; the test split takes them twice as often as the others, up to half the time.
"""

import random
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

Split = Literal["dev", "test"]
Row = dict[str, Any]
Place = tuple[str, str, int]
"""A row: its file, its table there, its number from 0."""

TABLES = (
    "aims",
    "closing",
    "documents",
    "headings",
    "implementing",
    "instruments",
    "issuers",
    "names",
    "places",
    "tasks",
    "times",
    "titles",
    "units",
)
_FOLDER = Path(__file__).parent / "phrases"
_NEW = 0.5
"""How often the test split takes a wording of its own where there are enough of them."""


@dataclass(slots=True)
class Desk:
    """What one paper is written with; remembers the rows it took and the traits it has."""

    split: Split
    rng: random.Random
    taken: set[Place] = field(default_factory=set)
    traits: list[str] = field(default_factory=list)
    named: list[dict[str, Any]] = field(default_factory=list)
    """Documents that its bases named in full, which the body may call by less."""
    second: random.Random = field(default_factory=random.Random)
    """Other dice, for what came later: choices made with them shift none of the first ones'."""

    @property
    def aside(self) -> "Desk":
        """The same desk, where the other dice are thrown."""
        return Desk(self.split, self.second, self.taken, self.traits, self.named, self.second)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def note(self, trait: str) -> None:
        if trait not in self.traits:
            self.traits.append(trait)


@cache
def read_tables(name: str) -> dict[str, tuple[Row, ...]]:
    """All tables of one file of phrases."""
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        return {key: tuple(rows) for key, rows in tomllib.load(file).items()}


def all_rows() -> Iterator[tuple[Place, Row]]:
    """Every row of every table."""
    for name in TABLES:
        for key, rows in read_tables(name).items():
            for number, row in enumerate(rows):
                yield (name, key, number), row


def _anything(_: Row) -> bool:
    return True


def choose(desk: Desk, name: str, key: str, fits: Callable[[Row], bool] = _anything) -> Row:
    """One row of a table that fits."""
    return choose_some(desk, name, key, 1, fits)[0]


def choose_some(
    desk: Desk, name: str, key: str, count: int, fits: Callable[[Row], bool] = _anything
) -> list[Row]:
    """So many different rows, or all that fit; ``ValueError`` where none does."""
    left = [
        (number, row)
        for number, row in enumerate(read_tables(name)[key])
        if fits(row) and (desk.split == "test" or row["split"] == "both")
    ]
    if not left:
        raise ValueError(f"no row of {name}.{key} fits")
    found: list[Row] = []
    while left and len(found) < count:
        new = [one for one in left if one[1]["split"] == "test"]
        share = min(_NEW, 2 * len(new) / len(left)) if desk.split == "test" else 0.0
        one = desk.rng.choice(new if desk.chance(share) else left)
        left.remove(one)
        desk.taken.add((name, key, one[0]))
        found.append(one[1])
    return found


def take(desk: Desk, name: str, key: str, row: Row) -> Row:
    """A row that was found otherwise than by choosing."""
    desk.taken.add((name, key, read_tables(name)[key].index(row)))
    return row


def between(row: Row, year: int) -> bool:
    """Whether a row is of a year."""
    return bool(row.get("since", 0) <= year <= row.get("until", 9999))


def choose_mark(desk: Desk, both: Sequence[str], test: Sequence[str] = ()) -> str:
    """A mark or a habit too small for a table; those of the test split are its alone."""
    if desk.split == "test" and test and desk.chance(_NEW):
        return desk.rng.choice(test)
    return desk.rng.choice(both)
