"""
Why citations and rows of tasks were not read as the answer has them: in what the nearest differs.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from compare import Json, dates_of, day_of, fold, number_of, same, same_citation, serial_of, text_of

NOT_FOUND = "nothing like it was found"


def causes_of(gold: Json, plan: Json) -> Counter[str]:
    """How often each cause came in one document."""
    causes = Counter(f"citation: {cause}" for cause in _of_citations(gold, plan))
    causes.update(f"task: {cause}" for cause in _of_tasks(gold, plan))
    return causes


def _of_citations(gold: Json, plan: Json) -> Iterator[str]:
    left = list(plan.get("citations") or [])
    missed = []
    for one in gold.get("citations") or []:
        if one.get("optional"):
            continue
        found = next((other for other in left if same_citation(one, other)), None)
        if found is None:
            missed.append(one)
        else:
            left = [other for other in left if other is not found]
    for one in missed:
        yield next((cause for other in left if (cause := _differs(one, other))), NOT_FOUND)


def _differs(one: Json, other: Json) -> str | None:
    """In what a citation differs from another that is of the same document all the same."""
    kinds = fold(one.get("kind")) == fold(other.get("kind"))
    serials = serial_of(one) is not None and serial_of(one) == serial_of(other)
    days = day_of(one.get("date")) is not None and day_of(one["date"]) == day_of(other.get("date"))
    number, said = number_of(one), number_of(other)
    symbols = fold(number.get("symbol")) == fold(said.get("symbol"))
    years = (number.get("year") or None) == (said.get("year") or None)
    if kinds and serials and symbols and years:
        if not days and day_of(one.get("date")) != day_of(other.get("date")):
            return "its date was lost" if not other.get("date") else "its date was read otherwise"
        return "inside a title, or not"
    if kinds and days and (serials or symbols):
        return "its number was read otherwise"
    if serials and symbols and days:
        return "its type was read otherwise"
    if kinds and serial_of(one) is None and same(one.get("title"), other.get("title")):
        return "its date was lost" if not other.get("date") else "its date was read otherwise"
    return None


PARTS = ("ordinal", "lead", "support", "quarters", "timing")


def _of_tasks(gold: Json, plan: Json) -> Iterator[str]:
    left = list(plan.get("tasks") or [])
    for one in gold.get("tasks") or []:
        found = next((task for task in left if same(one["content"], task.get("content"))), None)
        if found is None:
            yield NOT_FOUND
            continue
        left = [task for task in left if task is not found]
        yield from (f"its {part} differs" for part in PARTS if not _alike(part, one, found))


def _alike(part: str, one: Json, other: Json) -> bool:
    mine: Any = one.get(part)
    theirs: Any = other.get(part)
    if part in ("lead", "support"):
        units = [text_of(unit) for unit in theirs or []]
        return len(mine) == len(units) and all(map(same, mine, units))
    if part == "timing":
        return dates_of(mine) == dates_of(theirs)
    return same(mine, theirs) if part == "ordinal" else mine == theirs
