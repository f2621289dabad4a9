"""
Documents handed to workers: which they are, how they are read, and the exit code of it all.
"""

import gc
import importlib
import os
import sys
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from tdkt_parse import batch, sandbox, work
from tdkt_parse.exceptions import ExitCode, MissingDependency, TdktError, Unreadable, UsageError
from tdkt_parse.sandbox import InHand, Limits, Outcome, Task, Work, is_standing_by
from tdkt_parse.settings import Engine, Settings, register_to_read

if TYPE_CHECKING:
    from tdkt_parse.export import Filed


def gather(
    paths: Sequence[str], *, plans: Collection[str] = (), archives: bool = False
) -> tuple[list[Task], list[tuple[str, TdktError]]]:
    """
    What is to be read, and what of the arguments cannot be.

    ``plans`` are the suffixes of files of Plans, which a folder without documents may hold instead;
    with ``archives`` it may hold those, too.
    """
    if paths.count("-") > 1:
        raise UsageError("Standard input (-) can be read once only.")
    tasks: list[Task] = []
    failures: list[tuple[str, TdktError]] = []
    met: set[bytes] = set()
    for path in paths:
        try:
            if path == "-":
                tasks.append(Task(read_standard_input()))
                continue
            tasks += (Task(os.fspath(one)) for one in _find(path, plans, met, archives=archives))
        except TdktError as error:
            failures.append((path, error))
    return tasks, failures


def _find(path: str, plans: Collection[str], met: set[bytes], *, archives: bool) -> Iterator[Path]:
    suffixes: Collection[str] | None = None
    if archives and batch.is_folder(path):
        from tdkt_parse.archives import SUFFIX

        suffixes = _import("tdkt_parse.readers").SUFFIXES | {SUFFIX}
    try:
        yield from batch.walk([path], suffixes, met)
    except Unreadable:
        if plans:
            with suppress(Unreadable):
                yield from batch.walk([path], plans, met)
                return
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
    engine: Engine = "process",
) -> Generator[Outcome, None, None]:
    """
    What becomes of each, in order; ``on_outcome`` and ``on_tick`` are told how far it is.

    ``engine``: who does the work, processes of this machine or a cluster of Ray.
    """
    run: batch.Run = sandbox.run_all
    if engine == "ray":
        from tdkt_parse import cluster

        run = partial(cluster.run_all, address=settings.ray_address)
    # What is imported stays: workers share it, and no collection need look at it again.
    gc.freeze()
    gc.enable()
    outcomes = batch.run_in_order(
        tasks,
        to_do,
        run=run,
        limits=_limits(settings),
        jobs=settings.jobs,
        options=options,
        on_outcome=on_outcome,
        on_tick=on_tick,
    )
    with closing(outcomes):
        yield from outcomes


FailOn = Literal["any", "all", "never"]
"""How many documents have to fail for an exit code other than 0."""
PLAN_LINES = (".jsonl", ".ndjson")
PLAN_FILES = (".json", *PLAN_LINES)
"""Suffixes of files that hold Plans, those with one on each line first."""
PIECE = 2_000_000
"""Bytes of a file of JSON Lines that one worker reads at a time; some seventy Plans."""


class Pieces:
    """
    Documents to hand to workers, a large file of JSON Lines in pieces.

    A piece is read when its turn comes; before it stand as many empty lines as there are lines
    before it in the file, so that what is said of a line names the right one.
    """

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.tasks = tasks
        self._cut = [_cuts(task) for task in tasks]

    def __len__(self) -> int:
        return sum(max(len(cuts), 1) for cuts in self._cut)

    def __iter__(self) -> Iterator[Task]:
        for task, cuts in zip(self.tasks, self._cut, strict=True):
            if not cuts:
                yield task
                continue
            with Path(task.label).open("rb") as file:
                for start, end, line in cuts:
                    file.seek(start)
                    yield Task(b"\n" * line + file.read(end - start), task.label)


def _cuts(task: Task) -> list[tuple[int, int, int]]:
    """Where each piece of a file begins and ends, and the lines before it; none of a small one."""
    path = task.source
    if not isinstance(path, str) or not path.lower().endswith(PLAN_LINES):
        return []
    cuts: list[tuple[int, int, int]] = []
    with suppress(OSError, ValueError):  # The worker says what is wrong with it.
        if not Path(path).is_file() or Path(path).stat().st_size <= PIECE:
            return []
        start = at = lines = before = 0
        with Path(path).open("rb") as file:
            while line := file.readline(LONGEST_LINE):
                at += len(line)
                lines += line.endswith(b"\n")
                if at - start >= PIECE and line.endswith(b"\n"):
                    cuts.append((start, at, before))
                    start, before = at, lines
        if at > start:
            cuts.append((start, at, before))
    return cuts


LONGEST_LINE = 1 << 20
"""Bytes that are looked at at once; a longer line is looked at in parts."""


def plans_of(
    tasks: Pieces,
    settings: Settings,
    *,
    audited: bool,
    on_outcome: Callable[[Outcome], None],
    on_tick: Callable[[list[InHand]], None],
) -> "Iterator[tuple[Outcome, list[Filed]]]":
    """What became of each file, in order, and its Plans, ``audited`` with their findings."""
    from tdkt_parse.export import Filed

    register = register_to_read(settings)
    if register is not None:
        # One that cannot be used is one mistake, not one of each document.
        _import("tdkt_parse.register").open_register(register)
    share_imports(tasks.tasks, "tdkt_parse.quickstart", "tdkt_parse.pipeline", "tdkt_parse.audit")
    if len(tasks) > 1:
        batch.warm_up()
    options = {
        "audited": audited,
        "register": None if register is None else str(register),
        **reading_of(settings),
    }
    for outcome in outcomes_of(
        tasks, work.hand_over, settings, options, on_outcome=on_outcome, on_tick=on_tick
    ):
        lines = outcome.result.split("\n") if outcome.result else []
        yield outcome, [Filed.model_validate_json(line) for line in lines]


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


def exit_code_of(
    errors: Sequence[TdktError],
    total: int,
    warnings: Sequence[TdktError],
    *,
    before: int = 0,
    fail_on: FailOn = "any",
) -> int:
    """
    The code of one document; of several, whether some failed, or were read in part only.

    ``before``: how many failed in an earlier run and were not tried again; ``fail_on``: how many
    have to fail for a code other than 0.
    """
    failed = len(errors) + before
    if fail_on == "never" or (fail_on == "all" and failed < max(total, 1)):
        return ExitCode.OK
    if before:
        return ExitCode.ALL_FAILED if failed >= total else ExitCode.SOME_FAILED
    if not errors and not warnings:
        return ExitCode.OK
    if total == 1:
        return (*errors, *warnings)[0].exit_code
    return ExitCode.ALL_FAILED if len(errors) == total else ExitCode.SOME_FAILED


def reading_of(settings: Settings) -> dict[str, Any]:
    """How documents are read."""
    return {"changes": settings.changes, "password": settings.password, "ocr": settings.ocr}
