"""
Documents handed to workers: which they are, how they are read, and the exit code of it all.
"""

import gc
import importlib
import os
import sys
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from tdkt_parse import batch
from tdkt_parse.exceptions import ExitCode, MissingDependency, TdktError, Unreadable, UsageError
from tdkt_parse.sandbox import InHand, Limits, Outcome, Task, Work, is_standing_by
from tdkt_parse.settings import Settings


def gather(
    paths: Sequence[str], *, plans: bool = False
) -> tuple[list[Task], list[tuple[str, TdktError]]]:
    """
    What is to be read, and what of the arguments cannot be.

    With ``plans`` a folder without documents may hold Plans in JSON instead.
    """
    if paths.count("-") > 1:
        raise UsageError("Standard input (-) can be read once only.")
    tasks: dict[str, Task] = {}
    failures: list[tuple[str, TdktError]] = []
    for path in paths:
        try:
            if path == "-":
                tasks["-"] = Task(read_standard_input())
                continue
            for found in _find(path, plans=plans):
                tasks.setdefault(os.path.realpath(found), Task(os.fspath(found)))
        except TdktError as error:
            failures.append((path, error))
    return list(tasks.values()), failures


def _find(path: str, *, plans: bool) -> list[Path]:
    try:
        return batch.find_documents([path])
    except Unreadable:
        if plans:
            with suppress(Unreadable):
                return batch.find_documents([path], [".json"])
        raise


def read_standard_input() -> bytes:
    """The bytes that are piped in, no more than the largest document may have."""
    load = _import("tdkt_parse.readers").load
    data: bytes = load(sys.stdin.buffer if sys.stdin is not None else b"")[0]
    return data


def outcomes_of(
    tasks: Iterable[Task],
    to_do: Work,
    settings: Settings,
    options: dict[str, Any],
    *,
    on_outcome: Callable[[Outcome], None],
    on_tick: Callable[[list[InHand]], None],
) -> Generator[Outcome, None, None]:
    """What becomes of each, in order; ``on_outcome`` and ``on_tick`` are told how far it is."""
    # What is imported stays: workers share it, and no collection need look at it again.
    gc.freeze()
    gc.enable()
    outcomes = batch.run_in_order(
        tasks,
        to_do,
        limits=_limits(settings),
        jobs=settings.jobs,
        options=options,
        on_outcome=on_outcome,
        on_tick=on_tick,
    )
    with closing(outcomes):
        yield from outcomes


def _limits(settings: Settings) -> Limits:
    return Limits(settings.timeout, settings.page_timeout, settings.memory)


def share_imports(tasks: Sequence[Task], *modules: str) -> None:
    """
    Import what the workers will need, so that those forked from now on have it.

    For one document that is not worth it where a worker stands by, which has imported it itself.
    """
    if len(tasks) > 1 or (tasks and not is_standing_by()):
        for module in modules:
            _import(module)
        if any(task.label.lower().endswith(".pdf") for task in tasks):
            _import("tdkt_parse.readers.pdf.document")


def _import(module: str) -> Any:
    """Import a module of ours; a package that it misses is an error with the command to type."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "tdkt_parse":
            raise
        raise MissingDependency(
            f"The Python package {error.name} is not installed.", hint="Type: tdkt doctor"
        ) from error


def exit_code_of(errors: Sequence[TdktError], total: int, warnings: Sequence[TdktError]) -> int:
    """The code of one document; of several, whether some failed, or were read in part only."""
    if not errors and not warnings:
        return ExitCode.OK
    if total == 1:
        return (*errors, *warnings)[0].exit_code
    return ExitCode.ALL_FAILED if len(errors) == total else ExitCode.SOME_FAILED


def reading_of(settings: Settings) -> dict[str, Any]:
    """How documents are read."""
    return {"changes": settings.changes, "password": settings.password, "ocr": settings.ocr}
