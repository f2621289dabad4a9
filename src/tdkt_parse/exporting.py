"""
``tdkt export``: plans as files of other programs.
"""

import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from tdkt_parse.dispatch import PLAN_FILES, Pieces, exit_code_of, gather, plans_of
from tdkt_parse.exceptions import TdktError, UsageError
from tdkt_parse.export import Filed, export_plans, exporter_for
from tdkt_parse.export.exporters import Exporter, Options
from tdkt_parse.output import check_output, file_beside, file_key
from tdkt_parse.progress import Reporter
from tdkt_parse.render.terminal import JSON_SHOWN, SHOWN
from tdkt_parse.settings import load_settings
from tdkt_parse.streams import is_terminal, write_error, write_out


def export_documents(
    paths: Sequence[str],
    *,
    flags: Mapping[str, str | None],
    format_: str | None,
    output: str | None,
    options: Mapping[str, Any],
    quiet: bool = False,
) -> int:
    """``tdkt export``; ``options``: what to write, and how, as ``export`` has them."""
    settings = load_settings(flags)
    exporter = exporter_for(format_, output)
    chosen = Options(lang=settings.lang, **options)
    check_output(output, folder=False)
    if output in (None, "-") and not exporter.text:
        raise UsageError(f"{exporter.name} is no text.", hint="Give a file: -o FILE.")
    found, failures = gather(paths, plans=PLAN_FILES)
    if output not in (None, "-"):
        _check_inputs(str(output), [task.label for task in found])
    tasks = Pieces(found)
    total = len(tasks) + len(failures)
    reporter = Reporter(total, quiet=quiet)
    for where, error in failures:
        reporter.failed(where, error)
    errors = [error for _, error in failures]
    warnings: list[TdktError] = []

    def plans() -> Iterator[Filed]:
        for outcome, filed in plans_of(
            tasks,
            settings,
            audited=exporter.needs_audit(chosen.what),
            on_outcome=reporter.finished,
            on_tick=reporter.tick,
        ):
            if outcome.error is not None:
                errors.append(outcome.error)
            else:
                reporter.clear()
                warnings.extend(outcome.warnings[:1])
                yield from filed

    with _opened(output, exporter) as out:
        met = export_plans(plans(), exporter, out, chosen)
        if len(errors) == total and out.seekable():
            out.seek(0)
            out.truncate()  # With nothing in it, what was there stays.
    reporter.clear()
    for line in met.lines(settings.lang):
        write_error(line)
    return exit_code_of(errors, total, warnings)


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
