"""
A text as an OCR program would have read it: so many of its characters wrong, in its usual ways.
"""

import random
import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Literal

Where = Literal["anywhere", "alone", "number", "gap", "edge"]

_TABLE = Path(__file__).parent / "phrases" / "confusions.toml"
_SHARE = 0.6
"""How much of all that can go wrong in one way does: a program that errs still errs by chance."""
_LEFT_ALONE = re.compile(
    r"<br>|\[\^[^\]\s]{1,12}\]:?|^\|?[\s:|-]*-{3}[\s:|-]*$|^_{3,}$|[|\t\n\r\f]|\*\*+", re.MULTILINE
)
"""Line ends, the bars of tables and what else is no print but a mark of the file."""
_PATTERNS: dict[Where, str] = {
    "anywhere": "{}",
    "alone": r"(?<![\w/.-]){}(?![\w/-])",
    "number": r"(?:(?<=\d){0}|{0}(?=\d))",
    "gap": r"(?<=\w){}(?=\w)",
    "edge": r"(?<=\w){}(?=[ ])",
}


@dataclass(frozen=True, slots=True)
class Confusion:
    """What is printed and is read as one of ``read``; ``count`` is how often beside others."""

    printed: str
    read: tuple[str, ...]
    count: float
    source: str
    where: Where = "anywhere"


@cache
def confusions() -> tuple[Confusion, ...]:
    """The table of confusions."""
    rows = tomllib.loads(_TABLE.read_text(encoding="utf-8"))["confusion"]
    return tuple(Confusion(**{**row, "read": tuple(row["read"])}) for row in rows)


def add_noise(text: str, rate: float, rng: random.Random) -> str:
    """
    The text with about ``rate`` of its characters wrong, none of them a line end or a table's bar.

    The ways are chosen by how often they were counted, the places by chance. Where a short text
    has too few places for the common ways, the others have more.
    """
    wanted = rate * len(text)
    taken = bytearray(len(text) + 1)
    for kept in _LEFT_ALONE.finditer(text):
        taken[kept.start() : kept.end()] = b"\x01" * (kept.end() - kept.start())
    ways = [(one, _places(one, text, rng)) for one in confusions()]
    ways = [(one, places) for one, places in ways if places]
    changes: dict[int, tuple[int, str]] = {}
    wrong = 0.0
    while wrong < wanted and ways:
        way = _choose([one.count for one, _ in ways], rng)
        confusion, places = ways[way]
        start = places.pop()
        if not places:
            del ways[way]
        # A place and the one before it belong together: two errors side by side would be one.
        end = start + max(len(confusion.printed), 1)
        if any(taken[max(start - 1, 0) : end + 1]):
            continue
        taken[start:end] = b"\x01" * (end - start)
        read = rng.choice(confusion.read)
        changes[start] = (start + len(confusion.printed), read)
        wrong += max(len(confusion.printed), len(read)) - (read == "  ")
    return _changed(text, changes)


def _choose(weights: list[float], rng: random.Random) -> int:
    sums = list(accumulate(weights))
    return min(bisect_right(sums, rng.random() * sums[-1]), len(sums) - 1)


def _places(confusion: Confusion, text: str, rng: random.Random) -> list[int]:
    """Where it can happen, in the order in which it does."""
    pattern = _PATTERNS[confusion.where].format(re.escape(confusion.printed))
    found = [match.start() for match in re.finditer(pattern, text)]
    rng.shuffle(found)
    return found[: round(len(found) * _SHARE + 0.4)]


def _changed(text: str, changes: dict[int, tuple[int, str]]) -> str:
    parts = []
    at = 0
    for start in sorted(changes):
        end, read = changes[start]
        parts += [text[at:start], read]
        at = end
    return "".join(parts) + text[at:]
