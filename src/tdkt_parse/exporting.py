"""
``tdkt export``: plans as files of other programs.
"""

import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from tdkt_parse import store
from tdkt_parse.dispatch import PLAN_FILES, Pieces, exit_code_of, gather, plans_of
from tdkt_parse.exceptions import ExitCode, TdktError, UsageError
from tdkt_parse.export import Filed, export_plans, exporter_for
from tdkt_parse.export.exporters import Exporter, Options
from tdkt_parse.output import check_output, file_beside, file_key
from tdkt_parse.progress import Reporter
from tdkt_parse.render.terminal import JSON_SHOWN, SHOWN
from tdkt_parse.settings import Settings, database_of, load_settings, register_to_read
from tdkt_parse.streams import is_terminal, write_error, write_out
from tdkt_parse.work import file_plan

if TYPE_CHECKING:
    from tdkt_parse.store import Query


def export_documents(
    paths: Sequence[str],
    *,
    flags: Mapping[str, str | None],
    format_: str | None,
    output: str | None,
    options: Mapping[str, Any],
    query: "Query | None" = None,
    quiet: bool = False,
) -> int:
    """
    ``tdkt export``; ``options``: what to write, and how, as ``export`` has them.

    The plans are those of ``paths``, or, where there are none, those of the database that
    ``query`` asks for, all of them where it asks for nothing.
    """
    settings = load_settings(flags)
    exporter = exporter_for(format_, output)
    chosen = Options(lang=settings.lang, **options)
    check_output(output, folder=False)
    if output in (None, "-") and not exporter.text:
        raise UsageError(f"{exporter.name} is no text.", hint="Give a file: -o FILE.")
    audited = exporter.needs_audit(chosen.what)
    if not paths:
        return _export(_Stored(settings, query, audited=audited), exporter, output, chosen)
    found, failures = gather(paths, plans=PLAN_FILES)
    if output not in (None, "-"):
        _check_inputs(str(output), [task.label for task in found])
    read = _Read(Pieces(found), failures, settings, audited=audited, quiet=quiet)
    return _export(read, exporter, output, chosen)


def _export(
    plans: "_Read | _Stored", exporter: Exporter, output: str | None, chosen: Options
) -> int:
    """Plans, wherever they are from, into a file or to standard output."""
    with _opened(output, exporter) as out:
        met = export_plans(iter(plans), exporter, out, chosen)
        if plans.is_vain() and out.seekable():
            out.seek(0)
            out.truncate()  # With nothing in it, what was there stays.
    for line in met.lines(chosen.lang):
        write_error(line)
    return plans.exit_code()


class _Read:
    """The plans of files, each read by a worker; what went wrong."""

    def __init__(
        self,
        tasks: Pieces,
        failures: Sequence[tuple[str, TdktError]],
        settings: Settings,
        *,
        audited: bool,
        quiet: bool,
    ) -> None:
        self._tasks = tasks
        self._settings = settings
        self._audited = audited
        self._total = len(tasks) + len(failures)
        self._reporter = Reporter(self._total, quiet=quiet)
        for where, error in failures:
            self._reporter.failed(where, error)
        self._errors = [error for _, error in failures]
        self._warnings: list[TdktError] = []

    def __iter__(self) -> Iterator[Filed]:
        for outcome, filed in plans_of(
            self._tasks,
            self._settings,
            audited=self._audited,
            on_outcome=self._reporter.finished,
            on_tick=self._reporter.tick,
        ):
            if outcome.error is not None:
                self._errors.append(outcome.error)
            else:
                self._reporter.clear()
                self._warnings.extend(outcome.warnings[:1])
                yield from filed
        self._reporter.clear()

    def is_vain(self) -> bool:
        """Whether nothing could be read."""
        return len(self._errors) == self._total

    def exit_code(self) -> int:
        return exit_code_of(self._errors, self._total, self._warnings)


class _Stored:
    """The plans of the database that a question asks for, with people's corrections."""

    def __init__(self, settings: Settings, query: "Query | None", *, audited: bool) -> None:
        self._settings = settings
        self._query = query
        self._audited = audited
        self._count = 0

    def __iter__(self) -> Iterator[Filed]:
        register = register_to_read(self._settings)
        with store.open_store(database_of(self._settings)) as database:
            contents = store.every_content(database, self._query) if self._query else None
            for stored in store.load_all(database, contents):
                self._count += 1
                yield file_plan(
                    stored.paths[0] if stored.paths else stored.sha256,
                    stored.plan,
                    audited=self._audited,
                    register=None if register is None else str(register),
                )
        if not self._count:
            write_error("Không tìm thấy." if self._settings.lang == "vi" else "Nothing was found.")

    def is_vain(self) -> bool:
        """A table without rows is an answer."""
        return False

    def exit_code(self) -> int:
        return ExitCode.OK


def _check_inputs(output: str, inputs: Sequence[str]) -> None:
    if file_key(output) in {file_key(path) for path in inputs if path != "-"}:
        raise UsageError(f"-o {output} is a document to be read.", hint="Give another name.")


@contextmanager
def _opened(output: str | None, exporter: Exporter) -> Iterator[IO[bytes]]:
    """What is written to: standard output, or a file that takes its place when all is written."""
    if output is None or output == "-":
        with io.BufferedWriter(_StandardOutput(exporter.name), 1 << 16) as out:
            yield out
        return
    with file_beside(Path(output)) as beside:
        try:
            with beside.open("r+b") as file:
                yield file
        except OSError as error:
            # Of what documents are read from nothing is an OSError any more.
            raise UsageError(f"{output} cannot be written: {error.strerror or error}.") from error


class _StandardOutput(io.RawIOBase):
    """Standard output for those who write bytes; in a terminal with no control characters."""

    def __init__(self, format_: str) -> None:
        super().__init__()
        self._rest = b""
        shown = JSON_SHOWN if format_ == "jsonl" else SHOWN
        self._shown: Mapping[int, str] = shown if is_terminal(sys.stdout) else {}

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        taken = bytes(data)
        whole = self._rest + taken
        # A letter of which bytes are still to come waits for them.
        text = whole.decode("utf-8", errors="ignore")
        self._rest = whole[len(text.encode("utf-8")) :]
        write_out(text.translate(self._shown))
        return len(taken)
