"""Counts that take long are kept for a while, others are not."""

import threading

from tdkt_parse.web.counts import LONGEST, MOST, TIMES, Counts


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0
        self.done = 0

    def __call__(self) -> float:
        return self.now

    def count(self, seconds: float) -> int:
        """What takes so long, and gives how often it was done."""
        self.now += seconds
        self.done += 1
        return self.done


def test_what_took_long_is_kept_and_says_since_when() -> None:
    clock = Clock()
    counts = Counts(clock)
    count = clock.count

    assert counts.of("a", lambda: count(2.0)).since is None
    kept = counts.of("a", lambda: count(2.0))
    assert (kept.value, clock.done) == (1, 1)
    assert kept.since is not None
    assert counts.of("b", lambda: count(2.0)).value == 2
    clock.now += TIMES * 2.0
    again = counts.of("a", lambda: count(0.1))
    assert (again.value, again.since) == (3, None)
    assert counts.of("a", lambda: count(0.1)).value == 4  # quick now: counted each time
    assert counts.of("c", lambda: count(1000.0)).value == 5
    clock.now += LONGEST
    assert counts.of("c", lambda: count(1000.0)).value == 6


def test_what_is_asked_often_is_kept_where_it_takes_little() -> None:
    clock = Clock()
    counts = Counts(clock)
    count = clock.count

    assert counts.of("a", lambda: count(0.01), long=0.02, least=60.0).value == 1
    assert counts.of("a", lambda: count(0.05), long=0.02, least=60.0).value == 2
    clock.now += 59.0
    assert counts.of("a", lambda: count(0.05), long=0.02, least=60.0).value == 2
    clock.now += 2.0
    assert counts.of("a", lambda: count(0.05), long=0.02, least=60.0).value == 3


def test_an_error_is_not_kept() -> None:
    counts = Counts(Clock())
    for _ in range(2):
        try:
            counts.of("a", lambda: 1 // 0)
        except ZeroDivisionError:
            continue
        raise AssertionError
    assert counts.of("a", lambda: 1).value == 1


def test_those_who_ask_at_once_wait_for_one_count() -> None:
    clock = Clock()
    counts = Counts(clock)
    going_on = threading.Event()
    done: list[int] = []

    def count() -> int:
        going_on.wait(10)
        clock.now += 1.0
        done.append(1)
        return 7

    told: list[int] = []
    asking = [
        threading.Thread(target=lambda: told.append(counts.of("a", count).value)) for _ in range(4)
    ]
    for thread in asking:
        thread.start()
    going_on.set()
    for thread in asking:
        thread.join(10)
    assert (told, done) == ([7] * 4, [1])


def test_so_many_are_kept_and_no_more() -> None:
    clock = Clock()
    counts = Counts(clock)
    done: list[int] = []

    def count() -> int:
        clock.now += 0.5
        done.append(1)
        return len(done)

    for name in range(MOST + 1):
        counts.of(name, count)
    assert counts.of(0, count).value == MOST + 2  # forgotten, and counted anew
