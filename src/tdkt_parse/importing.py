"""
``tdkt import`` and ``tdkt watch``: documents into the database, each read by a worker and put in as
soon as it is.

What is there already, read by this version, is not read again; the same content under another name
is read once.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from tdkt_parse import __version__, batch, store, work
from tdkt_parse.audit.findings import Finding
from tdkt_parse.dispatch import (
    FailOn,
    exit_code_of,
    gather,
    outcomes_of,
    reading_of,
    share_imports,
)
from tdkt_parse.exceptions import ExitCode, StorageError, StorageGone, TdktError, UsageError
from tdkt_parse.intake import Choice, Intake, Reason, labels_in, manifest_options, open_manifest
from tdkt_parse.interrupts import held_back
from tdkt_parse.models import Model, Plan
from tdkt_parse.progress import Reporter
from tdkt_parse.register import open_register
from tdkt_parse.render.terminal import clean
from tdkt_parse.sandbox import Outcome, Task
from tdkt_parse.settings import Settings, database_of, load_settings, register_to_read
from tdkt_parse.settling import Settling
from tdkt_parse.streams import write_error, write_out

if TYPE_CHECKING:
    from tdkt_parse.register import Register
    from tdkt_parse.store import Run, Store

_COUNTED = {"new": "added", "changed": "changed", "unchanged": "unchanged", "older": "unchanged"}


class Imported(Model):
    """What a worker gives of a document: ``work.store_document``."""

    plan: Plan
    findings: list[Finding]


def import_documents(
    paths: Sequence[str],
    *,
    flags: Mapping[str, str | None],
    quiet: bool = False,
    manifest: str | None = None,
    choice: Choice | None = None,
    dry_run: bool = False,
    fail_on: FailOn = "any",
) -> int:
    """``tdkt import``."""
    settings = load_settings(flags)
    choice = choice or Choice()
    if dry_run:
        return _tell_what_would_be_done(paths, settings, manifest, choice)
    with _opened(settings, manifest, choice) as importer:
        tasks, failures = gather(paths, archives=True)
        labels, empty = labels_in(tasks)
        failures += empty
        importer.reporter = Reporter(len(labels) + len(failures), quiet=quiet)
        for where, error in failures:
            importer.fail(where, error)
        with _ended(importer):
            importer.work_through(tasks)
    return exit_code_of(
        importer.errors,
        len(labels) + len(failures),
        importer.warnings,
        before=importer.intake.counts["failed"],
        fail_on=fail_on,
    )


def watch_folders(
    folders: Sequence[str],
    *,
    flags: Mapping[str, str | None],
    quiet: bool = False,
    manifest: str | None = None,
    interval: float = 5.0,
    settle: float = 2.0,
) -> int:
    """
    ``tdkt watch``: until it is interrupted; ``interval`` and ``settle`` in seconds.

    Raises ``UsageError`` for what is no folder, ``StorageError`` where the database cannot go on.
    """
    settings = load_settings(flags)
    for folder in folders:
        if not batch.is_folder(folder):
            raise UsageError(f"{folder} is no folder.", hint="Give folders to watch.")
    from tdkt_parse.readers import SUFFIXES

    settling = Settling(folders, SUFFIXES | {".zip"}, settle)
    with _opened(settings, manifest, Choice()) as importer:
        if not quiet:
            write_error(_WATCHING[settings.lang].format(", ".join(folders)))
        with _ended(importer):
            while True:
                ready = [Task(path) for path in settling.look()]
                if ready:
                    labels, _ = labels_in(ready)
                    importer.reporter = Reporter(len(labels), quiet=quiet)
                    importer.work_through(ready)
                time.sleep(interval)


_WATCHING = {
    "vi": "Đang theo dõi {}. Ctrl-C để dừng.",
    "en": "Watching {}. Ctrl-C ends it.",
}


@contextmanager
def _opened(settings: Settings, manifest: str | None, choice: Choice) -> "Iterator[Importer]":
    """What puts documents into the database of the settings."""
    register = register_to_read(settings)
    known = open_register(register)
    with ExitStack() as stack:
        database = stack.enter_context(store.open_store(database_of(settings), create=True))
        kept = stack.enter_context(open_manifest(manifest))
        importer = Importer(settings, database, known, None if register is None else str(register))
        importer.intake = Intake(
            manifest_options(settings, register=importer.own_register),
            choice,
            importer.skip,
            importer.fail,
            kept,
            importer.is_known,
        )
        yield importer


@contextmanager
def _ended(importer: "Importer") -> Iterator[None]:
    """Whatever ends it, Ctrl-C too, what was done is written down and told."""
    try:
        yield
    except StorageError:
        raise  # There is nowhere to write it.
    except BaseException:
        _end(importer)
        raise
    _end(importer)


def _end(importer: "Importer") -> None:
    with held_back():
        importer.finish()
        importer.tell()


def _tell_what_would_be_done(
    paths: Sequence[str], settings: Settings, manifest: str | None, choice: Choice
) -> int:
    """``--dry-run``: nothing is read, written or made."""
    register = register_to_read(settings)
    tasks, failures = gather(paths, archives=True)
    with ExitStack() as stack:
        database: Store | None = None
        try:
            database = stack.enter_context(store.open_store(database_of(settings)))
        except StorageGone:
            if "://" in database_of(settings):
                raise  # A file that is not there is to be made, a server is to answer.
        kept = stack.enter_context(open_manifest(manifest, read_only=True))

        def say(word: str, label: str) -> None:
            write_out(f"{word:10} {clean(label)}\n")

        def skip(label: str, _path: str, _content: str, reason: Reason) -> None:
            say(reason, label)

        def fail(label: str, error: TdktError) -> None:
            write_error(f"{label}: {error}")

        for where, error in failures:
            fail(where, error)
        known: Callable[[str], bool] = (
            partial(_is_known, database) if database is not None else lambda _: False
        )
        options = manifest_options(settings, register=None if register is None else str(register))
        intake = Intake(options, choice, skip, fail, kept, known)
        count = 0
        for task in intake.sift(tasks):
            say("read", task.label)
            count += 1
        said = "{} để đọc" if settings.lang == "vi" else "{} to be read"
        write_error(said.format(count))
        for line in intake.told(settings.lang):
            write_error(line)
    return ExitCode.OK


def _is_known(database: "Store", content: str) -> bool:
    return store.known_contents(database, [content]).get(content) == __version__


@dataclass(slots=True)
class Importer:
    """Documents on their way into a database, and what became of them so far."""

    settings: Settings
    database: "Store"
    register: "Register"
    own_register: str | None
    intake: Intake = field(init=False)
    reporter: Reporter = field(default_factory=lambda: Reporter(0, quiet=True))
    counts: Counter[str] = field(default_factory=Counter)
    errors: list[TdktError] = field(default_factory=list)
    warnings: list[TdktError] = field(default_factory=list)
    run: "Run" = field(default_factory=store.Run)

    def work_through(self, tasks: Sequence[Task]) -> None:
        """Have documents read, and put them in."""
        if self.settings.engine == "process":
            share_imports(tasks, "tdkt_parse.quickstart", "tdkt_parse.pipeline", "tdkt_parse.audit")
            if len(tasks) > 1:
                batch.warm_up()
        options: dict[str, Any] = {"register": self.own_register, **reading_of(self.settings)}
        try:
            outcomes = outcomes_of(
                self.intake.sift(tasks),
                work.store_document,
                self.settings,
                options,
                on_outcome=lambda _: None,
                on_tick=self.reporter.tick,
                engine=self.settings.engine,
            )
            with closing(outcomes):
                for outcome in outcomes:
                    with held_back():
                        self._take(outcome)
        finally:
            self.reporter.clear()

    def is_known(self, content: str) -> bool:
        return _is_known(self.database, content)

    def skip(self, _label: str, path: str, content: str, reason: Reason) -> None:
        """A document that need not be read; where it was met is noted if it is there."""
        if reason != "failed" and self.is_known(content):
            store.put_path(self.database, content, path)
        self.reporter.skipped()

    def fail(self, label: str, error: TdktError) -> None:
        """A document that cannot be opened."""
        self.counts["failed"] += 1
        self.errors.append(error)
        self.reporter.failed(label, error)

    def _take(self, outcome: Outcome) -> None:
        """Put in what was read; raises StorageError where the database cannot go on."""
        taken = self.intake.take(outcome)
        if outcome.error is None:
            try:
                self._put(outcome, [taken.path, *taken.copies])
            except StorageError as error:
                # One document that the database refuses is no reason to stop.
                if type(error) is not StorageError:
                    raise
                outcome = Outcome(outcome.index, outcome.path, None, error, outcome.seconds)
        read = outcome.error is None or isinstance(outcome.error, StorageError)
        self.intake.settle(taken, outcome, "store" if read else "read")
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
            path=paths[0],
            run=self.run,
            register=self.register,
            audit=self._audit,
        )
        for path in paths[1:]:
            store.put_path(self.database, read.plan.source.sha256, path)
        self.counts[_COUNTED[change]] += 1

    def _audit(self, plan: Plan) -> Sequence[Finding]:
        """What is to be found fault with in a plan that people corrected."""
        from tdkt_parse.audit import audit_plan

        return audit_plan(plan, self.register)

    def finish(self) -> None:
        """Write down what the run did, if it changed anything."""
        store.finish_run(self.database, self.run, self.counts)

    def tell(self) -> None:
        """What was done, in a line or two."""
        intake = self.intake
        counts = Counter(self.counts)
        counts["unchanged"] += intake.counts["unchanged"]
        counts["duplicate"] += intake.counts["duplicate"]
        counts["failed"] += intake.counts["failed"]
        names = ("added", "changed", "unchanged", "duplicate", "failed")
        words = _SUMMARY[self.settings.lang]
        said = ", ".join(f"{counts[name]} {words[name]}" for name in names)
        write_error(f"{self.database.where}: {said}")
        for line in intake.told(self.settings.lang):
            write_error(line)


_SUMMARY = {
    "vi": {
        "added": "văn bản mới",
        "changed": "đọc lại có thay đổi",
        "unchanged": "không đổi",
        "duplicate": "trùng nội dung",
        "failed": "lỗi",
    },
    "en": {
        "added": "new",
        "changed": "changed",
        "unchanged": "unchanged",
        "duplicate": "duplicate",
        "failed": "failed",
    },
}
