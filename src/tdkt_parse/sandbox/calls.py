"""
One call: for many tasks, or for one document.
"""

from collections.abc import Callable, Generator, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from tdkt_parse.sandbox.supervisor import Sandbox
from tdkt_parse.sandbox.tasks import (
    InHand,
    Limits,
    Outcome,
    Source,
    Task,
    Work,
    as_task,
    parse_document,
)
from tdkt_parse.settings import Changes, OcrMode

if TYPE_CHECKING:
    from tdkt_parse.models import Plan


def parse_safely(
    source: Source,
    *,
    name: str | None = None,
    changes: Changes = "accept",
    password: str | None = None,
    ocr: OcrMode = "auto",
    limits: Limits | None = None,
) -> "Plan":
    """
    Parse one document in a process of its own.

    Raises what ``parse`` raises, and ``TimedOut``, ``OutOfMemory`` or ``Crashed`` when the
    process had to be ended. It starts a worker for each call; for many documents use
    ``batch.parse_many``.
    """
    from tdkt_parse.models import Plan

    task = as_task(source, name=name)
    options = {"changes": changes, "password": password, "ocr": ocr}
    (outcome,) = run_all([task], limits=limits, jobs=1, options=options)
    if outcome.error is not None:
        raise outcome.error
    return Plan.from_json(outcome.result or "")


def run_all(
    tasks: Iterable[Task],
    work: Work = parse_document,
    *,
    limits: Limits | None = None,
    jobs: int | None = None,
    options: Mapping[str, Any] | None = None,
    ahead: int | None = None,
    on_tick: Callable[[list[InHand]], None] | None = None,
) -> Generator[Outcome, None, None]:
    """
    Do the work for each task in worker processes, and yield the outcomes as they come.

    Every task has exactly one outcome; closing the iterator ends all workers. ``options`` are
    keyword arguments of the work, of JSON types. ``jobs`` is the number of workers, by default one
    for each processor. With ``ahead`` no task is begun while one that many places before it is
    unfinished, so that a caller who wants them in order need not hold more than that. ``on_tick``
    is called some times a second with the documents in hand.
    """
    with Sandbox(work, limits=limits, jobs=jobs, options=options) as sandbox:
        yield from sandbox.run(tasks, ahead=ahead, on_tick=on_tick)
