"""
Counts over all plans of the database, kept for a while where they take long.

Among 100,000 plans the instruments that most of them cite take seconds to count. What took long is
not counted again for twenty times as long, so that a page that many look at takes a twentieth of
the server at most; and the page says when its numbers are of.
"""

import datetime as dt
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar("T")

LONG = 0.25
"""Seconds from which on a count is kept."""
TIMES = 20
LONGEST = 300.0
"""Seconds for which it is kept at most."""
MOST = 64
"""Counts that are kept together."""


@dataclass(frozen=True, slots=True)
class Count(Generic[T]):
    """What was counted; ``since``, if it is of before: the moment, UTC, ISO 8601."""

    value: T
    since: str | None = None


@dataclass(slots=True)
class _Kept:
    lock: threading.Lock = field(default_factory=threading.Lock)
    value: Any = None
    at: str = ""
    until: float = -1.0


class Counts:
    """The counts of one service; threads that ask for the same one wait for one of them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()

    def of(
        self, name: Hashable, count: Callable[[], T], *, long: float = LONG, least: float = 0.0
    ) -> Count[T]:
        """
        What a function counts, or what it counted lately; ``name`` says of what.

        It is kept where counting takes ``long``, and then for ``least`` at least, both in seconds.
        """
        with self._lock:
            kept = self._kept.setdefault(name, _Kept())
            self._kept.move_to_end(name)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        with kept.lock:
            began = self._clock()
            if began < kept.until:
                return Count(kept.value, kept.at)
            value = count()
            ended = self._clock()
            if ended - began >= long:
                kept.value = value
                kept.at = dt.datetime.now(dt.UTC).isoformat()
                kept.until = ended + min(LONGEST, max(least, TIMES * (ended - began)))
            else:
                kept.value, kept.until = None, -1.0
            return Count(value)
