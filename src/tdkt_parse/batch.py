"""
A folder through many processes, in order.

Documents are found in a fixed order and their outcomes are given in that order, however the
workers finish, so that two runs over the same files print the same. An outcome that comes early
waits for those before it; no document is begun while one ``AHEAD`` places before it is unfinished,
which bounds what waits.
"""

import os
import stat
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from tdkt_parse import sandbox
from tdkt_parse.exceptions import Unreadable, UsageError
from tdkt_parse.sandbox import InHand, Limits, Outcome, Task, Work
from tdkt_parse.settings import Changes, OcrMode

AHEAD = 256

Run = Callable[..., Generator[Outcome, None, None]]
"""What has tasks done, and gives their outcomes as they come: ``sandbox.run_all``, or its like."""
Paths = Iterable[str | os.PathLike[str]]


def find_documents(paths: Paths, suffixes: Collection[str] | None = None) -> list[Path]:
    """
    The files named, and in the folders named all documents, at any depth.

    A file that is named is taken whatever its suffix; in folders those count that end in one of
    ``suffixes`` (small letters with the dot; by default what the readers read), but for hidden
    ones and the lock files of Word (``~$…``). The order is that of the arguments, in a folder by
    name; a file that is met twice comes once; loops of links end. A folder inside that may not be
    opened is in the list too, so that reading it says so. Raises ``Unreadable``, naming it, for a
    folder that holds no document.
    """
    return list(walk(paths, suffixes))


def walk(
    paths: Paths, suffixes: Collection[str] | None = None, met: set[bytes] | None = None
) -> Iterator[Path]:
    """
    As :func:`find_documents`, one after another.

    What is in ``met`` was met before; what is met is put in.
    """
    met = set() if met is None else met
    for given in paths:
        if not os.fspath(given):
            raise UsageError("An empty path was given.", hint="Give the path of a file or folder.")
        path = Path(given)
        if not is_folder(path):
            if _is_new(path, met):
                yield path
            continue
        if suffixes is None:
            from tdkt_parse.readers import SUFFIXES

            suffixes = SUFFIXES
        empty = True
        for one in _look_into(path, suffixes):
            empty = False
            if _is_new(one, met):
                yield one
        if empty:
            raise Unreadable(
                f"{path}: the folder holds no document.",
                hint=f"Documents end in {', '.join(sorted(suffixes))}.",
            )


def parse_many(
    paths: Paths,
    *,
    jobs: int | None = None,
    limits: Limits | None = None,
    changes: Changes = "accept",
    password: str | None = None,
    ocr: OcrMode = "auto",
    by_ocr: bool = False,
    progress: Callable[[Outcome, int], None] | None = None,
) -> Generator[Outcome, None, None]:
    """
    Parse the documents at ``paths``, folders included, each in a killable process.

    Yields one outcome a document, in the order of :func:`find_documents`; ``result`` is the Plan's
    JSON. ``changes``, ``password`` and ``by_ocr`` are as for ``parse``. ``progress`` is called with
    each outcome as soon as it is there, which may be before its turn, and the number of all
    documents. Raises ``Unreadable`` for a folder without documents.
    """
    tasks = [Task(os.fspath(path)) for path in find_documents(paths)]
    tell = (lambda outcome: progress(outcome, len(tasks))) if progress else None
    if len(tasks) > 1:
        warm_up()
    options = {"changes": changes, "password": password, "ocr": ocr, "by_ocr": by_ocr}
    yield from run_in_order(tasks, jobs=jobs, limits=limits, options=options, on_outcome=tell)


def run_in_order(
    tasks: Iterable[Task],
    work: Work = sandbox.parse_document,
    *,
    limits: Limits | None = None,
    jobs: int | None = None,
    options: Mapping[str, Any] | None = None,
    on_outcome: Callable[[Outcome], None] | None = None,
    on_tick: Callable[[list[InHand]], None] | None = None,
    run: Run = sandbox.run_all,
) -> Generator[Outcome, None, None]:
    """
    As :func:`tdkt_parse.sandbox.run_all`, in the order of the tasks.

    ``run`` has them done elsewhere: :func:`tdkt_parse.cluster.run_all`.
    """
    early: dict[int, Outcome] = {}
    turn = 0
    outcomes = run(
        tasks, work, limits=limits, jobs=jobs, options=options, ahead=AHEAD, on_tick=on_tick
    )
    with closing(outcomes):
        for outcome in outcomes:
            if on_outcome is not None:
                on_outcome(outcome)
            early[outcome.index] = outcome
            while turn in early:
                yield early.pop(turn)
                turn += 1


def warm_up() -> None:
    """
    Parse a few words here, so that workers forked afterwards share what the first parse builds.

    A worker that replaces another then begins at once with its document.
    """
    if sandbox.safe_start() != "fork":
        return
    from tdkt_parse.pipeline import parse

    # What is wrong here is wrong with each document, and is said there.
    with suppress(Exception):
        parse("KẾ HOẠCH\nCông tác năm 2024\n\nI. MỤC ĐÍCH\n".encode()).to_json()


def is_folder(path: str | os.PathLike[str]) -> bool:
    """Whether it is a folder; what may not be looked at is none."""
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def _is_new(path: Path, met: set[bytes]) -> bool:
    key = os.fsencode(_identity(path))
    if key in met:
        return False
    met.add(key)
    return True


def _identity(path: Path) -> str:
    """What two names of one file have in common."""
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return os.fspath(path)


def _look_into(folder: Path, suffixes: Collection[str]) -> Iterator[Path]:
    seen: set[str] = set()
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if not is_folder(path):
            # A link to nowhere and a file that may not be seen are for the reader to report.
            suffix = path.suffix.lower()
            if suffix in suffixes and not _is_special(path) and not _is_own_page(path, suffix):
                yield path
            continue
        identity = _identity(path)
        if identity in seen:
            continue
        seen.add(identity)
        try:
            names = sorted((one.name for one in path.iterdir()), reverse=True)
        except OSError:
            yield path
            continue
        waiting += [path / name for name in names if not name.startswith((".", "~$"))]


def _is_own_page(path: Path, suffix: str) -> bool:
    """Whether it is a page on what was found, which this program wrote beside the documents."""
    if not suffix.startswith((".htm", ".xht")):
        return False
    from tdkt_parse.audit.page_style import MADE_BY

    try:
        with path.open("rb") as file:
            return MADE_BY.encode() in file.read(500)
    except OSError:
        return False


def _is_special(path: Path) -> bool:
    """Whether it is a pipe, a socket or a device, which a search must not open."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False
