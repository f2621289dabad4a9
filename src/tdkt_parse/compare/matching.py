"""
Which task of one plan is which of another: by their words, without years, days and numbers.

Every pair gets a likeness from 0 to 100, and of all ways to pair the tasks that with the greatest
sum is taken, so that of two tasks that are like a third the liker one gets it. A pair below
``LIKE`` is none. ``benchmarks/plan_pairs.py`` measures where that should lie.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log
from typing import NamedTuple

import regex
from rapidfuzz import fuzz

from tdkt_parse.compare.words import are_apart, marks_of, shortened
from tdkt_parse.models import Task
from tdkt_parse.normalise import TIMEOUT
from tdkt_parse.register.keys import organ_key, words_key

LIKE = 50.0
"""From which likeness on two tasks may be one; measured by ``benchmarks/plan_pairs.py``."""
MOST_PAIRS = 1_000_000
"""Pairs that are looked at, some ten seconds' worth; the longest plan met had 200 tasks."""
BEST_WAY = 120
"""Tasks of a group of like ones for which the best way is sought; of more, the likest go first."""

_NUMBERS = regex.compile(
    r"""
    \b (?: trước | đến | từ | hết )?+ \s* ngày \s+ \d{1,2} (?: \s* [/.-] \s* \d{1,4} ){0,2}
    | \b \d{1,2} \s* / \s* \d{1,2} (?: \s* / \s* \d{2,4} )?
    | \b (?: tháng | năm ) \s+ \d+ (?: \s* [/-] \s* \d+ )?
    | \d+
    """,
    regex.VERBOSE | regex.IGNORECASE,
)


class Pair(NamedTuple):
    """A task of the first plan and one of the second, by their places, and how like they are."""

    old: int
    new: int
    likeness: float


def folded(text: str) -> str:
    """
    The words of a task as they are compared: no case, no years, days, numbers or punctuation.

    >>> folded("Tổng kết công tác TĐKT năm 2023;") == folded("tổng kết công tác TĐKT năm 2024")
    True
    >>> folded("Công tác thi đua, khen thưởng") == folded("công tác TĐ-KT")
    True
    >>> folded("Nộp trước ngày 15/11/2023") == folded("Nộp trước ngày 20/11")
    True
    """
    words = words_key(_NUMBERS.sub(" ", text, timeout=TIMEOUT)) or words_key(text)
    return shortened(words)


def pair_tasks(old: Sequence[Task], new: Sequence[Task], like: float = LIKE) -> list[Pair] | None:
    """
    The pairs of tasks that are one, in the order of the second plan.

    ``None`` where there are more tasks than can be compared in bounded time.
    """
    if len(old) * len(new) > MOST_PAIRS:
        return None
    firsts, seconds = [folded(task.content) for task in old], [folded(task.content) for task in new]
    weights = _weights([*firsts, *seconds])
    first_marks, second_marks = ([marks_of(t) for t in texts] for texts in (firsts, seconds))
    first_words, second_words = ([Counter(t.split()) for t in texts] for texts in (firsts, seconds))
    first_whole, second_whole = (
        [sum(weights[word] * times for word, times in words.items()) for words in side]
        for side in (first_words, second_words)
    )
    near: dict[tuple[int, int], float] = {}
    for i, first in enumerate(firsts):
        for j, second in enumerate(seconds):
            likeness = 100.0
            if first != second:
                if are_apart(first_marks[i], second_marks[j]):
                    continue
                whole = first_whole[i] + second_whole[j]
                shared = _shared(first_words[i], second_words[j], weights, whole)
                # The words alone leave most pairs no chance.
                if (shared + 100) / 2 < like:
                    continue
                likeness = (shared + fuzz.ratio(first, second)) / 2
            if likeness >= like:
                near[i, j] = likeness
    groups = _groups(_ranked(old, new, near))
    pairs = [Pair(i, j, near[i, j]) for group in groups for i, j in _best(group)]
    return sorted(pairs, key=lambda pair: pair.new)


def _weights(texts: Sequence[str]) -> dict[str, float]:
    """How much a word tells: those that stand in every task (``thi đua``) next to nothing."""
    within = Counter(word for text in texts for word in set(text.split()))
    return {word: log(1 + len(texts) / times) for word, times in within.items()}


def _shared(
    first: Mapping[str, int],
    second: Mapping[str, int],
    weights: Mapping[str, float],
    whole: float,
) -> float:
    """The weight of the words that both have, of 100 for all; ``whole`` is that of all."""
    both = sum(
        weights[word] * min(times, second[word]) for word, times in first.items() if word in second
    )
    return 200 * both / whole if whole else 0.0


def _ranked(
    old: Sequence[Task], new: Sequence[Task], near: Mapping[tuple[int, int], float]
) -> dict[tuple[int, int], float]:
    """
    The likenesses with what decides between tasks of the same words: the quarter, who leads, the
    place in the plan.
    """
    leads = [[organs(task.lead) for task in tasks] for tasks in (old, new)]
    quarters = [[set(task.quarters) for task in tasks] for tasks in (old, new)]
    places = [[at / len(tasks) for at in range(len(tasks))] for tasks in (old, new)]
    return {
        (i, j): likeness
        + 3.0 * (quarters[0][i] == quarters[1][j])
        + 1.5 * (leads[0][i] == leads[1][j])
        + 1.0 - abs(places[0][i] - places[1][j])
        for (i, j), likeness in near.items()
    }  # fmt: skip


def organs(names: Sequence[str]) -> frozenset[str]:
    """Units as they are compared, whatever their order."""
    return frozenset(organ_key(name) for name in names)


# -- the best way to pair


Scores = Mapping[tuple[int, int], float]


def _groups(scores: Scores) -> list[dict[tuple[int, int], float]]:
    """Pairs that have to do with one another, over tasks that they share."""
    home: dict[tuple[int, int], tuple[int, int]] = {}

    def find(one: tuple[int, int]) -> tuple[int, int]:
        home.setdefault(one, one)
        while home[one] != one:
            home[one] = home[home[one]]
            one = home[one]
        return one

    for i, j in scores:
        home[find((0, i))] = find((1, j))
    groups: dict[tuple[int, int], dict[tuple[int, int], float]] = defaultdict(dict)
    for (i, j), score in scores.items():
        groups[find((0, i))][i, j] = score
    return list(groups.values())


def _best(scores: Scores) -> list[tuple[int, int]]:
    rows = sorted({i for i, _ in scores})
    columns = sorted({j for _, j in scores})
    if max(len(rows), len(columns)) > BEST_WAY:
        return _greedy(scores)
    chosen = _assign([[-scores.get((i, j), 0.0) for j in columns] for i in rows])
    pairs = [(rows[r], columns[c]) for r, c in chosen]
    return [pair for pair in pairs if pair in scores]


def _greedy(scores: Scores) -> list[tuple[int, int]]:
    taken: set[tuple[int, int]] = set()
    pairs = []
    for (i, j), _ in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if not taken & {(0, i), (1, j)}:
            taken |= {(0, i), (1, j)}
            pairs.append((i, j))
    return pairs


def _assign(costs: list[list[float]]) -> list[tuple[int, int]]:
    """
    The rows and columns that go together at the least cost (Kuhn 1955; as Jonker and Volgenant do).

    >>> _assign([[4.0, 1.0], [2.0, 0.0]])
    [(0, 1), (1, 0)]
    """
    if len(costs) > len(costs[0]):
        turned = [list(column) for column in zip(*costs, strict=True)]
        return sorted((row, column) for column, row in _assign(turned))
    height, width = len(costs), len(costs[0])
    of_row, of_column = [0.0] * (height + 1), [0.0] * (width + 1)
    row_at = [0] * (width + 1)  # Counted from 1; 0 is nobody.
    for row in range(1, height + 1):
        row_at[0], column = row, 0
        least, before = [float("inf")] * (width + 1), [0] * (width + 1)
        done = [False] * (width + 1)
        while row_at[column]:
            done[column] = True
            here, step, following = row_at[column], float("inf"), 0
            for other in range(1, width + 1):
                if done[other]:
                    continue
                cost = costs[here - 1][other - 1] - of_row[here] - of_column[other]
                if cost < least[other]:
                    least[other], before[other] = cost, column
                if least[other] < step:
                    step, following = least[other], other
            for other in range(width + 1):
                if done[other]:
                    of_row[row_at[other]] += step
                    of_column[other] -= step
                else:
                    least[other] -= step
            column = following
        while column:
            row_at[column] = row_at[before[column]]
            column = before[column]
    return sorted(
        (row_at[column] - 1, column - 1) for column in range(1, width + 1) if row_at[column]
    )
