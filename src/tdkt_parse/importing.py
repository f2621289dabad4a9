"""
``tdkt import``: documents into the database, each read by a worker and put in as soon as it is.

What is there already, read by this version, is not read again; the same content under another name
is read once.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_parse import __version__, batch, store, work
from tdkt_parse.audit.findings import Finding
from tdkt_parse.dispatch import exit_code_of, gather, outcomes_of, reading_of, share_imports
from tdkt_parse.exceptions import StorageError, TdktError
from tdkt_parse.models import Model, Plan
from tdkt_parse.progress import Reporter
from tdkt_parse.register import open_register
from tdkt_parse.sandbox import Outcome, Task
from tdkt_parse.settings import Settings, database_of, load_settings, register_to_read
from tdkt_parse.streams import write_error

if TYPE_CHECKING:
    from tdkt_parse.register import Register
    from tdkt_parse.store import Run, Store

_CHUNK = 1 << 20
_COUNTED = {"new": "added", "changed": "changed", "unchanged": "unchanged", "older": "unchanged"}


class Imported(Model):
    """What a worker gives of a document: ``work.store_document``."""

    plan: Plan
    findings: list[Finding]


def import_documents(
    paths: Sequence[str],
    *,
    flags: Mapping[str, str | None],
    force: bool = False,
    quiet: bool = False,
) -> int:
    """``tdkt import``; ``force``: read again what is there."""
    settings = load_settings(flags)
    register = register_to_read(settings)
    known = open_register(register)
    with store.open_store(database_of(settings), create=True) as database:
        tasks, failures = gather(paths)
        reporter = Reporter(len(tasks) + len(failures), quiet=quiet)
        for where, error in failures:
            reporter.failed(where, error)
        intake = Intake(database, known, reporter, force=force)
        intake.errors += [error for _, error in failures]
        share_imports(tasks, "tdkt_parse.quickstart", "tdkt_parse.pipeline", "tdkt_parse.audit")
        if len(tasks) > 1:
            batch.warm_up()
        options = {
            "register": None if register is None else str(register),
            **reading_of(settings),
        }
        try:
            outcomes = outcomes_of(
                intake.sift(tasks),
                work.store_document,
                settings,
                options,
                on_outcome=lambda _: None,
                on_tick=reporter.tick,
            )
            with closing(outcomes):
                for outcome in outcomes:
                    intake.take(outcome)
        finally:
            reporter.clear()
        intake.finish()
    write_error(_summary(intake.counts, settings, database.where))
    return exit_code_of(intake.errors, len(tasks) + len(failures), intake.warnings)


@dataclass(slots=True)
class Intake:
    """Documents on their way into a database, and what became of them so far."""

    database: "Store"
    register: "Register"
    reporter: Reporter
    force: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    errors: list[TdktError] = field(default_factory=list)
    warnings: list[TdktError] = field(default_factory=list)
    run: "Run" = field(default_factory=store.Run)
    _in_hand: dict[str, list[str]] = field(default_factory=dict)
    """Where each content that is being read was met."""
    _contents: list[str | None] = field(default_factory=list)
    """Of each task handed over its content, as far as it could be read."""

    def sift(self, tasks: Sequence[Task]) -> Iterator[Task]:
        """The tasks that have to be read, as they are asked for; of others the place is noted."""
        for task in tasks:
            content = content_of(task)
            path = path_of(task)
            if content is not None:
                if content in self._in_hand:
                    self._in_hand[content].append(path)
                    self._skip(task)
                    continue
                if not self.force:
                    version = store.known_contents(self.database, [content]).get(content)
                    if version == __version__:
                        store.put_path(self.database, content, path)
                        self._skip(task)
                        continue
                self._in_hand[content] = [path]
            self._contents.append(content)
            yield task

    def _skip(self, task: Task) -> None:
        self.counts["unchanged"] += 1
        self.reporter.finished(Outcome(0, task.label, None, None, 0.0))

    def take(self, outcome: Outcome) -> None:
        """Put in what was read; raises StorageError where the database cannot go on."""
        content = self._contents[outcome.index]
        paths = self._in_hand.pop(content, []) if content is not None else []
        if outcome.error is None:
            try:
                self._put(outcome, paths)
            except StorageError as error:
                # One document that the database refuses is no reason to stop.
                if type(error) is not StorageError:
                    raise
                outcome = Outcome(outcome.index, outcome.path, None, error, outcome.seconds)
        if outcome.error is not None:
            self.counts["failed"] += 1
            self.errors.append(outcome.error)
        self.warnings += outcome.warnings[:1]
        self.reporter.clear()
        self.reporter.finished(outcome)

    def _put(self, outcome: Outcome, paths: Sequence[str]) -> None:
        read = Imported.model_validate_json(outcome.result or "")
        change = store.put(
            self.database,
            read.plan,
            read.findings,
            path=paths[0] if paths else outcome.path,
            run=self.run,
            register=self.register,
        )
        for path in paths[1:]:
            store.put_path(self.database, read.plan.source.sha256, path)
        self.counts[_COUNTED[change]] += 1

    def finish(self) -> None:
        """Write down what the run did, if it changed anything."""
        store.finish_run(self.database, self.run, self.counts)


def path_of(task: Task) -> str:
    """Where a document was met, in a form that a database takes; absolute."""
    if not isinstance(task.source, str):
        return task.label
    return os.fsencode(os.path.abspath(task.source)).decode(errors="backslashreplace")  # noqa: PTH100


def content_of(task: Task) -> str | None:
    """The SHA-256 of a document's content; ``None`` if it cannot be read: reading will say so."""
    if isinstance(task.source, bytes):
        return hashlib.sha256(task.source).hexdigest()
    digest = hashlib.sha256()
    try:
        with Path(task.source).open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except (OSError, ValueError):
        return None
    return digest.hexdigest()


def _summary(counts: Mapping[str, int], settings: Settings, where: str) -> str:
    new, changed, same, failed = (
        counts.get(name, 0) for name in ("added", "changed", "unchanged", "failed")
    )
    if settings.lang == "vi":
        said = f"{new} văn bản mới, {changed} đọc lại có thay đổi, {same} không đổi, {failed} lỗi"
    else:
        said = f"{new} new, {changed} changed, {same} unchanged, {failed} failed"
    return f"{where}: {said}"
