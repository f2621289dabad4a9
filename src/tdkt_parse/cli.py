"""
The command line.

The commands find the documents, hand them to workers and put what comes back where it belongs;
what is printed of a document is made in its worker too (``print_plan``, ``print_text``,
``print_explanation``), so that this process needs neither the document nor its Plan, and a
document that breaks the printing breaks only itself.

Whatever stands in a document is cleaned of control characters before it reaches a terminal.
"""

import contextlib
import gc
import importlib
import io
import os
import shutil
import signal
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, Literal, NoReturn, Self

import typer

from tdkt_parse.exceptions import ExitCode, MissingDependency, TdktError, UsageError
from tdkt_parse.settings import Settings, load_settings

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from tdkt_parse.models import (
        Citation,
        DocNumber,
        Implementation,
        PartialDate,
        Plan,
        Section,
        TableRead,
        Task,
    )
    from tdkt_parse.sandbox import Limits, Outcome, Work
    from tdkt_parse.sandbox import Task as Job

EXIT_CODES = """\b
Exit codes:
   0  done                      10  unreadable: missing, empty, no document
   2  wrong use                 11  encrypted
   3  a package is missing      12  needs OCR
   4  some documents failed     13  took too long
   5  all documents failed      14  took too much memory
 130  interrupted               15  its process crashed
One document gives its own code, several give 0, 4 or 5."""

app = typer.Typer(
    name="tdkt",
    help="Read Vietnamese administrative plans into typed values.",
    epilog=EXIT_CODES,
    rich_markup_mode=None,  # Plain help: it is there in half the time.
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Format = Literal["summary", "json", "jsonl", "md"]
Language = Literal["vi", "en"]
SUFFIX = {"summary": ".txt", "json": ".json", "jsonl": ".jsonl", "md": ".md"}

PathsArgument = Annotated[
    list[str], typer.Argument(metavar="PATH", help="Files, folders, or - for standard input.")
]
PathArgument = Annotated[
    str, typer.Argument(metavar="PATH", help="A file, or - for standard input.")
]
TimeoutOption = Annotated[
    str | None,
    typer.Option("--timeout", metavar="SECONDS", help="Time a document may take. [60, +2 a page]"),
]
MemoryOption = Annotated[
    str | None,
    typer.Option("--memory", metavar="SIZE", help="Memory a document may take, as 512M. [1G]"),
]
LangOption = Annotated[
    Language | None, typer.Option("--lang", help="Language of the labels. [vi]", show_choices=True)
]
OutputOption = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Write here.")
]


# -- commands


def _print_version(wanted: bool) -> None:
    if wanted:
        from tdkt_parse import __version__

        typer.echo(f"tdkt {__version__}")
        raise typer.Exit


@app.callback()
def root(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Read Vietnamese administrative plans into typed values."""


@app.command(epilog=EXIT_CODES)
def parse(
    paths: PathsArgument,
    format_: Annotated[
        Format | None, typer.Option("--format", "-f", help="What to print. [summary]")
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE|DIR",
            help="Write to this file, or one file for each document into this folder.",
        ),
    ] = None,
    jobs: Annotated[
        str | None,
        typer.Option("--jobs", "-j", metavar="N", help="Processes. [one a processor]"),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only errors on stderr.")] = False,
    timeout: TimeoutOption = None,
    memory: MemoryOption = None,
    lang: LangOption = None,
) -> None:
    """
    Read plans and print what they say.

    A file is printed as one JSON object, folders and several files as an array in the order given.
    """
    from tdkt_parse import batch

    flags = {"jobs": jobs, "timeout": timeout, "memory": memory, "format": format_, "lang": lang}
    settings = load_settings(flags)
    one = len(paths) == 1 and not batch.is_folder(paths[0])
    chosen = _choose_format(format_, output, settings)
    _check_output(output, folder=chosen != "jsonl")
    tasks, failures = _gather(paths)
    sink = _open_sink(output, chosen, one=one, inputs=[task.label for task in tasks])
    reporter = Reporter(len(tasks) + len(failures), quiet=quiet)
    for where, error in failures:
        reporter.failed(where, error)
    errors = [error for _, error in failures]
    if tasks:
        _import("tdkt_parse.pipeline")
    if len(tasks) > 1:
        batch.warm_up()
    with sink:
        for outcome in _outcomes(tasks, print_plan, settings, reporter, _look(chosen, settings)):
            if outcome.error is not None:
                errors.append(outcome.error)
            elif outcome.result is not None:
                reporter.clear()
                sink.put(outcome.path, outcome.result)
        if len(errors) < len(tasks) + len(failures) or (not one and output is None):
            sink.commit()
    reporter.clear()
    raise typer.Exit(_exit_code(errors, len(tasks) + len(failures)))


@app.command()
def text(
    path: PathArgument,
    output: OutputOption = None,
    timeout: TimeoutOption = None,
    memory: MemoryOption = None,
) -> None:
    """
    Print the reading text of a document.

    All evidence points into it. It is printed to the character, without a line feed of ours; in a
    terminal control characters are shown as U+FFFD.
    """
    settings = load_settings({"timeout": timeout, "memory": memory})
    _run_one(path, "tdkt_parse.readers", print_text, settings, output, {})


@app.command()
def explain(
    path: PathArgument,
    output: OutputOption = None,
    timeout: TimeoutOption = None,
    memory: MemoryOption = None,
    lang: LangOption = None,
) -> None:
    """
    Print which rule read what.

    First each line with the zone it was put into, then each value with its place.
    """
    settings = load_settings({"timeout": timeout, "memory": memory, "lang": lang})
    options = {"lang": settings.lang}
    _run_one(path, "tdkt_parse.pipeline", print_explanation, settings, output, options)


@app.command()
def schema(output: OutputOption = None) -> None:
    """
    Print the JSON Schema of a Plan.

    It describes what parse prints with --format json; its titles are Vietnamese.
    """
    import json

    from tdkt_parse.models import Plan

    _check_output(output, folder=False)
    with _open_sink(output, "json", one=True, inputs=()) as sink:
        sink.put("schema", json.dumps(Plan.model_json_schema(), ensure_ascii=False, indent=2))
        sink.commit()


@app.command()
def doctor() -> None:
    """
    Say what is installed and what is missing.

    With each thing that is missing comes the command that mends it.
    """
    from tdkt_parse.doctor import examine

    signs = {"ok": "ok", "note": "note", "missing": "MISSING"}
    missing = False
    for check in examine():
        missing = missing or check.level == "missing"
        _write_out(f"{signs[check.level]:8}{check.name:12} {clean(check.found)}\n")
        if check.remedy:
            _write_out(f"{'':20} -> {clean(check.remedy)}\n")
    raise typer.Exit(ExitCode.MISSING_DEPENDENCY if missing else ExitCode.OK)


def main() -> None:
    """The program ``tdkt``: as :data:`app`, with errors as one line and an exit code."""
    _prepare_streams()
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", None)):
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _leave)
    try:
        app(prog_name="tdkt")
    except TdktError as error:
        _write_error(str(error))
        sys.exit(int(error.exit_code))
    except Exception as error:
        if os.environ.get("TDKT_DEBUG"):
            raise
        # Its own words may be the document's.
        _write_error(f"A defect of tdkt stopped it ({type(error).__name__}).", "Please report it.")
        sys.exit(int(ExitCode.CRASHED))


# -- documents through workers


def _gather(paths: Sequence[str]) -> tuple[list["Job"], list[tuple[str, TdktError]]]:
    """What is to be read, and what of the arguments cannot be."""
    from tdkt_parse import batch
    from tdkt_parse.sandbox import Task as Job

    if paths.count("-") > 1:
        raise UsageError("Standard input (-) can be read once only.")
    jobs: dict[str, Job] = {}
    failures: list[tuple[str, TdktError]] = []
    for path in paths:
        try:
            if path == "-":
                jobs["-"] = Job(_read_standard_input())
                continue
            for found in batch.find_documents([path]):
                jobs.setdefault(os.path.realpath(found), Job(os.fspath(found)))
        except TdktError as error:
            failures.append((path, error))
    return list(jobs.values()), failures


def _read_standard_input() -> bytes:
    load = _import("tdkt_parse.readers").load
    data: bytes = load(sys.stdin.buffer if sys.stdin is not None else b"")[0]
    return data


def _outcomes(
    tasks: Sequence["Job"],
    work: "Work",
    settings: Settings,
    reporter: "Reporter",
    options: dict[str, Any],
) -> Iterator["Outcome"]:
    from tdkt_parse import batch

    # What is imported stays: workers share it, and no collection need look at it again.
    gc.freeze()
    gc.enable()
    outcomes = batch.run_in_order(
        tasks,
        work,
        limits=_limits(settings),
        jobs=settings.jobs,
        options=options,
        on_outcome=reporter.finished,
        on_tick=reporter.tick,
    )
    with closing(outcomes):
        yield from outcomes


def _limits(settings: Settings) -> "Limits":
    from tdkt_parse.sandbox import Limits

    return Limits(settings.timeout, settings.page_timeout, settings.memory)


def _run_one(
    path: str,
    needed: str,
    work: "Work",
    settings: Settings,
    output: str | None,
    options: dict[str, Any],
) -> NoReturn:
    """A command that prints one document."""
    from tdkt_parse.batch import is_folder

    if path != "-" and is_folder(path):
        raise UsageError(f"{path} is a folder.", hint="Give one file.")
    _check_output(output, folder=False)
    with _open_sink(output, "text", one=True, inputs=[path]) as sink:
        tasks, failures = _gather([path])
        reporter = Reporter(1, quiet=True)
        for where, error in failures:
            reporter.failed(where, error)
        errors = [error for _, error in failures]
        if tasks:
            _import(needed)
        terminal = output is None and _is_terminal(sys.stdout)
        for outcome in _outcomes(tasks, work, settings, reporter, {**options, "safe": terminal}):
            reporter.clear()
            if outcome.error is not None:
                errors.append(outcome.error)
            else:
                sink.put(outcome.path, outcome.result or "")
                sink.commit()
    raise typer.Exit(_exit_code(errors, 1))


def _import(module: str) -> Any:
    """Import what the workers will need, so that they share it; a missing package says so."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "tdkt_parse":
            raise
        raise MissingDependency(
            f"The Python package {error.name} is not installed.", hint="Type: tdkt doctor"
        ) from error


def _exit_code(errors: Sequence[TdktError], total: int) -> int:
    if not errors:
        return ExitCode.OK
    if total == 1:
        return errors[0].exit_code
    return ExitCode.ALL_FAILED if len(errors) == total else ExitCode.SOME_FAILED


def _look(format_: str, settings: Settings) -> dict[str, Any]:
    terminal = _is_terminal(sys.stdout)
    width = shutil.get_terminal_size((80, 24)).columns if terminal else 80
    return {
        "format": format_,
        "lang": settings.lang,
        "width": min(max(width, 40), 100),
        "safe": terminal,
        "bold": terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb",
    }


class Reporter:
    """
    Tells on stderr how far the work is, by file name, and what failed and why.

    In a terminal a bar, once the work takes longer than the blink of an eye; elsewhere a line a
    file. ``quiet`` leaves only the failures.
    """

    def __init__(self, total: int, *, quiet: bool) -> None:
        self._total = total
        self._done = 0
        self._quiet = quiet
        self._terminal = _is_terminal(sys.stderr)
        self._bar: tuple[Progress, TaskID] | None = None
        self._shown = False
        self._next = _clock() + 0.4

    def failed(self, path: str, error: TdktError) -> None:
        """One line: the path, the reason, what to do."""
        self._done += 1
        self.clear()
        message = str(error)
        where = "stdin" if path == "-" else path
        _write_error(message if message.startswith(f"{where}: ") else f"{where}: {message}")

    def finished(self, outcome: "Outcome") -> None:
        """A document is done."""
        if outcome.error is not None:
            self.failed(outcome.path, outcome.error)
            return
        self._done += 1
        if not (self._quiet or self._terminal):
            place = f"[{self._done}/{self._total}]"
            _write_error(f"{place} {outcome.path}: {outcome.seconds:.2f} s")

    def tick(self, paths: list[str]) -> None:
        """Show which documents are in hand; cheap enough to be called at any time."""
        if self._quiet or not self._terminal or not paths or _clock() < self._next:
            return
        self._next = _clock() + 0.1
        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            # No thread that refreshes it: a process with threads cannot be forked safely.
            progress = Progress(
                BarColumn(bar_width=20),
                MofNCompleteColumn(),
                TextColumn("{task.description}", markup=False),
                console=Console(stderr=True),
                auto_refresh=False,
                transient=True,
            )
            self._bar = progress, progress.add_task("", total=self._total)
        progress, task = self._bar
        if not self._shown:
            progress.start()
            self._shown = True
        name = clean(Path(paths[0]).name) or "stdin"
        more = f" +{len(paths) - 1}" if len(paths) > 1 else ""
        progress.update(task, completed=self._done, description=name + more, refresh=True)

    def clear(self) -> None:
        """Take the bar away, before anything else is written to the terminal."""
        if self._bar is not None and self._shown:
            self._bar[0].stop()
            self._shown = False


def _clock() -> float:
    import time

    return time.monotonic()


# -- where output goes


class Sink:
    """
    Where the printed documents go; a context manager.

    Nothing that was there before is replaced until :meth:`commit`, and then in one step.
    """

    def put(self, path: str, printed: str) -> None:
        """Take what was printed of the document at ``path``."""
        raise NotImplementedError

    def commit(self) -> None:
        """Everything was put."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing unfinished behind."""


class StreamSink(Sink):
    """One after another, as an array where JSON is asked for several; ``write`` does the rest."""

    def __init__(self, write: Callable[[str], None], format_: str, *, one: bool) -> None:
        self._write = write
        self._separators = {
            "json": ("", "", "\n") if one else ("[\n", ",\n", "\n]\n"),
            "jsonl": ("", "\n", "\n"),
            "summary": ("", "\n\n", "\n"),
            "md": ("", "\n\n---\n\n", "\n"),
        }.get(format_, ("", "", ""))
        self._begun = False

    def put(self, path: str, printed: str) -> None:  # noqa: ARG002 - others go by it
        self._write(self._separators[1 if self._begun else 0] + printed)
        self._begun = True

    def commit(self) -> None:
        if not self._begun and self._separators[0]:
            self._write(self._separators[0].rstrip("\n"))
        if self._begun or self._separators[0]:
            self._write(self._separators[2])


class FileSink(StreamSink):
    """The same into a file beside the one wanted, which takes its place at the end."""

    def __init__(self, path: Path, format_: str, *, one: bool) -> None:
        self._path = Path(os.path.realpath(path))
        self._temporary, self._file = _open_beside(self._path)
        super().__init__(self._save, format_, one=one)

    def _save(self, printed: str) -> None:
        with _output_errors(self._path):
            self._file.write(printed)

    def commit(self) -> None:
        super().commit()
        with _output_errors(self._path):
            self._file.close()
            if self._temporary is not None:
                self._temporary.replace(self._path)

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._file.close()
        if self._temporary is not None:
            self._temporary.unlink(missing_ok=True)


class FolderSink(Sink):
    """A file for each document; two of one name get a number, and no input is overwritten."""

    def __init__(self, folder: Path, format_: str, inputs: Sequence[str]) -> None:
        with _output_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
        self._targets = _names_for(inputs, folder, SUFFIX[format_])

    def put(self, path: str, printed: str) -> None:
        target = self._targets[path]
        with FileSink(target, "", one=True) as file:
            file.put(path, printed + "\n")
            file.commit()


def _names_for(inputs: Sequence[str], folder: Path, suffix: str) -> dict[str, Path]:
    """A file of its own in ``folder`` for each input, the same on every run."""
    taken = {_file_key(path) for path in inputs if path != "-"}
    targets: dict[str, Path] = {}
    for path in inputs:
        stem = "stdin" if path == "-" else Path(path).stem
        number = 1
        while True:
            target = folder / ((stem if number == 1 else f"{stem}-{number}") + suffix)
            if _file_key(target) not in taken:
                break
            number += 1
        taken.add(_file_key(target))
        targets[path] = target
    return targets


def _file_key(path: str | Path) -> str:
    """Some file systems know neither case nor how a letter is composed."""
    return unicodedata.normalize("NFC", os.path.realpath(path)).casefold()


def _choose_format(flag: str | None, output: str | None, settings: Settings) -> str:
    """The format asked for, else what the name of the output says, else the setting's."""
    if flag is None and output is not None:
        if _is_folder(output) and settings.format in (None, "summary"):
            return "json"
        for format_, suffix in SUFFIX.items():
            if format_ != "summary" and output.lower().endswith(suffix):
                return format_
    return settings.format or "summary"


def _is_folder(output: str) -> bool:
    from tdkt_parse.batch import is_folder

    return output.endswith(("/", os.sep)) or is_folder(output)


def _check_output(output: str | None, *, folder: bool) -> None:
    """Before any work: a folder only where one file for each document is meant."""
    if output is not None and _is_folder(output) and not folder:
        raise UsageError(f"-o {output} is a folder.", hint="Give the name of a file.")


def _open_sink(output: str | None, format_: str, *, one: bool, inputs: Sequence[str]) -> Sink:
    if output is None or output == "-":
        return StreamSink(_write_out, format_, one=one)
    if _is_folder(output):
        return FolderSink(Path(output), format_, inputs)
    if _file_key(output) in {_file_key(path) for path in inputs if path != "-"}:
        raise UsageError(f"-o {output} is a document to be read.", hint="Give another name.")
    return FileSink(Path(output), format_, one=one)


def _open_beside(path: Path) -> tuple[Path | None, IO[str]]:
    """
    A new file in the folder of ``path``, to be put in its place.

    For a device or a pipe that is itself, and no path.
    """
    with _output_errors(path):
        if path.exists() and not path.is_file():
            return None, path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
        beside = path.with_name(f".{path.name[:100]}.{os.urandom(4).hex()}.tmp")
        return beside, beside.open("x", encoding="utf-8", errors="backslashreplace", newline="\n")


@contextlib.contextmanager
def _output_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such name is possible"
        raise UsageError(f"{path} cannot be written: {reason}.") from error


def _write_out(printed: str) -> None:
    try:
        sys.stdout.write(printed)
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()
        raise typer.Exit(128 + 13) from None  # As a program that SIGPIPE ended.
    except OSError as error:
        _forget_stdout()
        raise UsageError(f"The output cannot be written: {error.strerror}.") from error


def _forget_stdout() -> None:
    """Let nothing be written there when the interpreter ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write_error(*sentences: str) -> None:
    with contextlib.suppress(OSError):
        sys.stderr.write(clean(" ".join(sentences)) + "\n")
        sys.stderr.flush()


def _prepare_streams() -> None:
    """UTF-8 whatever the console's code page, and a place to write to if there is none."""
    for name, number in (("stdout", 1), ("stderr", 2)):
        stream = getattr(sys, name)
        if stream is None:
            stream = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
        elif isinstance(getattr(stream, "buffer", None), io.RawIOBase):
            # PYTHONUNBUFFERED: of a text that a pipe takes in part the rest would be lost.
            stream = os.fdopen(number, "w", closefd=False)
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
        setattr(sys, name, stream)


def _is_terminal(stream: IO[str] | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def _leave(number: int, _frame: object) -> NoReturn:
    """End by way of all that has to be cleared away: the workers, unfinished files."""
    sys.exit(128 + number)


# -- what a document prints; in its worker


def print_plan(
    source: str | bytes,
    name: str | None = None,
    *,
    format: str,  # noqa: A002 - the option's name
    lang: str,
    width: int,
    safe: bool,
    bold: bool,
) -> str:
    """The work of ``tdkt parse``: the Plan in one of the formats; ``safe`` for a terminal."""
    plan: Plan = _import("tdkt_parse.pipeline").parse(source, name=name)
    if format in ("json", "jsonl"):
        printed = plan.to_json(indent=2 if format == "json" else None)
        return printed.translate(_JSON_SHOWN) if safe else printed
    if format == "md":
        return markdown(plan, lang=lang)
    path = source if isinstance(source, str) else "-"
    return summary(plan, path=path, lang=lang, width=width, bold=bold)


def print_text(source: str | bytes, name: str | None = None, *, safe: bool) -> str:
    """The work of ``tdkt text``; ``safe`` for a terminal."""
    text: str = _import("tdkt_parse.readers").read(source, name=name).text
    return text.translate(_SHOWN) if safe else text


def print_explanation(
    source: str | bytes, name: str | None = None, *, lang: str, safe: bool
) -> str:
    """The work of ``tdkt explain``."""
    del safe  # It is cleaned in any case.
    explanation = _import("tdkt_parse.pipeline").explain(source, name=name)
    lines = [LABELS["lines"][lang]]
    zones = max((len(line.zone) for line in explanation.lines), default=0)
    for line in explanation.lines:
        score = "" if line.score is None else f" {line.score:.2f}"
        head = f"{line.number:5}  {line.zone:{zones}}  {line.rule}{score}"
        lines.append(f"{head}\n{'':7}{_shorten(clean(line.text), 70)}")
    lines += ["", LABELS["values"][lang]]
    for path, value in _values(explanation.plan, ""):
        spans = " ".join(f"{start}:{end}" for start, end in value.spans)
        lines.append(f"{path}  [{spans}]  {value.rule or '-'}")
        lines.append(f"{'':7}{_shorten(clean(value.text), 70)}")
    return "\n".join(lines) + "\n"


def _values(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every evidence in a Plan, with the path of the value it belongs to."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _values(item, f"{path}[{number}]")
    elif hasattr(value, "spans"):
        yield path.removesuffix(".evidence"), value
    elif hasattr(type(value), "model_fields"):
        for name in (
            "evidence",
            *(name for name in type(value).model_fields if name != "evidence"),
        ):
            inner = getattr(value, name, None)
            yield from _values(inner, f"{path}.{name}" if path else name)


# -- a Plan as text


LABELS: dict[str, dict[str, str]] = {
    "lines": {"vi": "CÁC DÒNG", "en": "LINES"},
    "values": {"vi": "CÁC GIÁ TRỊ", "en": "VALUES"},
    "document": {"vi": "Văn bản", "en": "Document"},
    "date": {"vi": "Ngày", "en": "Date"},
    "issuer": {"vi": "Cơ quan", "en": "Issuer"},
    "title": {"vi": "Trích yếu", "en": "Title"},
    "years": {"vi": "Năm", "en": "Years"},
    "urgency": {"vi": "Độ khẩn, mật", "en": "Urgency"},
    "addressees": {"vi": "Kính gửi", "en": "To"},
    "bases": {"vi": "Căn cứ", "en": "Legal bases"},
    "purpose": {"vi": "Mục đích", "en": "Purpose"},
    "requirements": {"vi": "Yêu cầu", "en": "Requirements"},
    "tasks": {"vi": "Nội dung theo quý", "en": "Tasks by quarter"},
    "quarter": {"vi": "Quý", "en": "Quarter"},
    "no_quarter": {"vi": "Không ghi quý", "en": "No quarter given"},
    "number": {"vi": "TT", "en": "No."},
    "content": {"vi": "Nội dung", "en": "Content"},
    "lead": {"vi": "Chủ trì", "en": "Lead"},
    "support": {"vi": "Phối hợp", "en": "Support"},
    "timing": {"vi": "Thời gian", "en": "When"},
    "implementation": {"vi": "Tổ chức thực hiện", "en": "Implementation"},
    "budget": {"vi": "Kinh phí", "en": "Budget"},
    "recipients": {"vi": "Nơi nhận", "en": "Recipients"},
    "signature": {"vi": "Người ký", "en": "Signed by"},
    "appendices": {"vi": "Phụ lục", "en": "Appendices"},
    "diagnostics": {"vi": "Ghi nhận khi đọc", "en": "Noted while reading"},
    "error": {"vi": "lỗi", "en": "errors"},
    "warning": {"vi": "cảnh báo", "en": "warnings"},
    "info": {"vi": "thông tin", "en": "notes"},
    "none": {"vi": "không có", "en": "none"},
    "unknown": {"vi": "không rõ", "en": "not known"},
    "no_number": {"vi": "không rõ số", "en": "number not known"},
    "of": {"vi": "thuộc", "en": "of"},
}

_CONTROLS = [*range(32), *range(127, 160), 0x200E, 0x200F, *range(0x2028, 0x202F)]
_CONTROLS += [*range(0x2066, 0x206A), 0xFEFF, *range(0xD800, 0xE000)]
_CLEAN = dict.fromkeys(_CONTROLS, "\ufffd") | dict.fromkeys(
    [9, 10, 11, 12, 13, 0x85, 0x2028, 0x2029], " "
)
_JSON_SHOWN = {code: f"\\u{code:04x}" for code in _CONTROLS if code > 31}
_SHOWN = {key: value for key, value in _CLEAN.items() if key not in (9, 10)} | {13: "\ufffd"}


def clean(text: str) -> str:
    """One line of text that can do nothing to a terminal: no controls, no turning of direction."""
    return " ".join(text.translate(_CLEAN).split())


def summary(plan: "Plan", *, path: str, lang: str, width: int = 80, bold: bool = False) -> str:
    """What the plan is, what it rests on, and who does what in which quarter, for a reader."""

    def label(name: str) -> str:
        return LABELS[name][lang]

    def strong(text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if bold else text

    def entry(name: str, value: str | None) -> list[str]:
        head = f"  {label(name) + ':':21}"
        return _wrap(clean(value), width, head, " " * len(head)) if value else []

    lines = [strong("stdin" if path == "-" else clean(path))]
    kind = clean(plan.kind or label("document"))
    lines += entry("document", f"{kind} {_number(plan.number) or '(' + label('no_number') + ')'}")
    lines += entry("date", _date(plan.date, blanks=True) or label("unknown"))
    issuer = plan.issuer
    if issuer is not None and issuer.parent:
        lines += entry("issuer", f"{issuer.name} ({label('of')} {issuer.parent})")
    else:
        lines += entry("issuer", issuer.name if issuer is not None else label("unknown"))
    lines += entry("title", plan.title.text if plan.title is not None else label("unknown"))
    lines += entry("years", ", ".join(map(str, plan.years)))
    lines += entry("urgency", ", ".join(filter(None, (plan.urgency, plan.secrecy))))
    lines += entry("addressees", "; ".join(item.text for item in plan.addressees))
    lines += ["", "  " + strong(f"{label('bases')} ({len(plan.legal_bases)})")]
    for basis in plan.legal_bases:
        cited = [plan.citations[index] for index in basis.citations]
        names = [_citation(one) for one in cited if not one.nested]
        text = "; ".join(names) or _shorten(clean(basis.text), 150)
        lines += _wrap(text, width, "    - ", "      ")
    lines += ["", "  " + strong(f"{label('tasks')} ({len(plan.tasks)})")]
    for quarters, tasks in _by_quarter(plan.tasks):
        lines.append(f"    {_quarters(quarters, lang)} ({len(tasks)})")
        for task in tasks:
            head = f"      {clean(task.ordinal).rstrip('.') + '.' if task.ordinal else '-'} "
            lines += _wrap(_shorten(clean(task.content), 200), width, head, " " * 9)
            who = _who_and_when(task, lang)
            lines += _wrap(who, width, " " * 9, " " * 11) if who else []
    counts = [
        f"{count} {label(level)}"
        for level in ("error", "warning", "info")
        if (count := sum(one.level == level for one in plan.diagnostics))
    ]
    lines += ["", *entry("diagnostics", ", ".join(counts) or label("none"))]
    return "\n".join(lines)


def markdown(plan: "Plan", *, lang: str) -> str:
    """The plan as Markdown: head, bases, purpose, tasks by quarter as tables, and the rest."""

    def label(name: str) -> str:
        return LABELS[name][lang]

    head = " ".join(filter(None, (plan.kind or label("document"), _number(plan.number))))
    lines = [f"# {_md(head)}", ""]
    if plan.title is not None:
        lines += [f"**{_md(plan.title.text)}**", ""]
    facts = [
        ("issuer", plan.issuer.name if plan.issuer is not None else None),
        ("date", _date(plan.date, blanks=True)),
        ("years", ", ".join(map(str, plan.years))),
        ("urgency", ", ".join(filter(None, (plan.urgency, plan.secrecy)))),
        ("addressees", "; ".join(item.text for item in plan.addressees)),
    ]
    lines += [f"- {label(name)}: {_md(value)}" for name, value in facts if value]
    lists = [
        ("bases", [one.text for one in plan.legal_bases]),
        ("purpose", [one.text for one in plan.purpose]),
        ("requirements", [one.text for one in plan.requirements]),
    ]
    for name, items in lists:
        lines += _md_list(label(name), items)
    if plan.tasks:
        lines += ["", f"## {label('tasks')}"]
    columns = [label(name) for name in ("number", "content", "lead", "support", "timing")]
    for quarters, tasks in _by_quarter(plan.tasks):
        lines += ["", f"### {_quarters(quarters, lang)}", ""]
        rows = [
            [
                task.ordinal or "",
                task.content,
                "; ".join(task.lead),
                "; ".join(task.support),
                task.timing.text if task.timing is not None else "",
            ]
            for task in tasks
        ]
        lines += _md_table([columns, *rows])
    for section in plan.sections:
        lines += _md_section(section, 2, with_content=not plan.tasks)
    lists = [
        ("implementation", [_implementation(one) for one in plan.implementation]),
        ("budget", [one.text for one in plan.budget]),
        ("recipients", [one.text for one in plan.recipients]),
        (
            "appendices",
            [" – ".join(filter(None, (one.label, one.title))) for one in plan.appendices],
        ),
        ("diagnostics", [one.message for one in plan.diagnostics]),
    ]
    for name, items in lists[:2]:
        lines += _md_list(label(name), items)
    if plan.signature is not None:
        signed = plan.signature
        parts = (signed.capacity, signed.on_behalf_of, signed.role, signed.signer)
        lines += _md_list(label("signature"), [", ".join(filter(None, parts))])
    for name, items in lists[2:]:
        lines += _md_list(label(name), items)
    return "\n".join(lines)


def _number(number: "DocNumber | None") -> str | None:
    if number is None:
        return None
    return number.canonical or (f"…/{number.symbol}" if number.symbol else None)


def _date(date: "PartialDate | None", *, blanks: bool = False) -> str | None:
    """
    ``05/01/2024``, ``15/3/2024``, ``3/2024``: noughts where the decree wants them.

    With ``blanks`` what is missing in front is shown too: ``…/01/2024``.
    """
    if date is None or (date.year, date.month, date.day) == (None, None, None):
        return None
    parts = [
        f"{date.day:02}" if date.day is not None else "…",
        (f"{date.month:02}" if date.month < 3 else str(date.month)) if date.month else "…",
        str(date.year) if date.year is not None else "…",
    ]
    while not blanks and parts[0] == "…":
        parts.pop(0)
    return "/".join(parts)


def _citation(citation: "Citation") -> str:
    number = _number(citation.number)
    name = f"{citation.kind} {number or _shorten(clean(citation.title or ''), 100)}"
    date = _date(citation.date)
    return clean(f"{name} ({date})" if date else name)


def _by_quarter(tasks: Sequence["Task"]) -> list[tuple[tuple[int, ...], list["Task"]]]:
    """Tasks of the same quarters together, in the order of the year, those of none last."""
    groups: dict[tuple[int, ...], list[Task]] = {}
    for task in tasks:
        groups.setdefault(tuple(task.quarters), []).append(task)
    return sorted(groups.items(), key=lambda group: (not group[0], group[0]))


def _quarters(quarters: Sequence[int], lang: str) -> str:
    if not quarters:
        return LABELS["no_quarter"][lang]
    names = ("", "I", "II", "III", "IV")
    return f"{LABELS['quarter'][lang]} " + ", ".join(names[quarter] for quarter in quarters)


def _who_and_when(task: "Task", lang: str) -> str:
    parts = [
        ("lead", "; ".join(task.lead)),
        ("support", "; ".join(task.support)),
        ("timing", task.timing.text if task.timing is not None else ""),
    ]
    return " | ".join(f"{LABELS[name][lang]}: {clean(value)}" for name, value in parts if value)


def _implementation(item: "Implementation") -> str:
    """With its actor in front, where its own words do not name it."""
    actors = "; ".join(item.actors)
    return item.text if all(one in item.text for one in item.actors) else f"{actors}: {item.text}"


def _shorten(text: str, limit: int) -> str:
    """Not more characters than ``limit``, cut between words where there are any."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"


def _columns(text: str) -> int:
    """Columns of a terminal that a text takes: marks none, wide letters two."""
    if text.isascii():
        return len(text)
    taken = (0 if unicodedata.combining(c) else 1 for c in text)
    return sum(taken) + sum(unicodedata.east_asian_width(c) in "WF" for c in text)


def _wrap(text: str, width: int, first: str, others: str) -> list[str]:
    """Lines of at most ``width`` columns; a word that is longer is cut."""
    lines: list[str] = []
    line, used = first, _columns(first)
    fresh = True
    for word in text.split():
        rest = word
        while True:
            size = _columns(rest)
            if used + (not fresh) + size <= width:
                line += rest if fresh else " " + rest
                used += (not fresh) + size
                fresh = False
                break
            if fresh:
                room = max(width - used, 1)
                lines.append(line + rest[:room])
                rest = rest[room:]
            else:
                lines.append(line)
            line, used, fresh = others, _columns(others), True
            if not rest:
                break
    if not fresh or not lines:
        lines.append(line)
    return lines


_MD_ESCAPES = {ord(c): "\\" + c for c in "\\`*_[]|~#$!"}
_MD_ESCAPES |= {ord("<"): "&lt;", ord(">"): "&gt;", ord("&"): "&amp;"}


def _md(text: str) -> str:
    """Text that Markdown shows as it is."""
    escaped = clean(text).translate(_MD_ESCAPES)
    if escaped[:1] in ("-", "+", "="):
        return "\\" + escaped
    digits = len(escaped) - len(escaped.lstrip("0123456789"))
    if digits and escaped[digits : digits + 1] in (".", ")"):
        return escaped[:digits] + "\\" + escaped[digits:]
    return escaped


def _md_list(heading: str, items: Sequence[str]) -> list[str]:
    return ["", f"## {heading}", "", *(f"- {_md(item)}" for item in items)] if items else []


def _md_table(rows: Sequence[Sequence[str]]) -> list[str]:
    """A table whose first row is its header."""
    size = max(map(len, rows), default=0)
    full = [[*map(_md, row), *[""] * (size - len(row))] for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in full]
    return [*lines[:1], "|" + " --- |" * size, *lines[1:]] if size else []


def _md_section(section: "Section", level: int, *, with_content: bool) -> list[str]:
    """A section that the lists of values do not show."""
    shown = {"solutions", "other"} | ({"content", "quarter"} if with_content else set())
    if section.role not in shown:
        return []
    heading = " ".join(filter(None, (section.label, section.heading)))
    lines = ["", f"{'#' * min(level, 6)} {_md(heading)}"] if heading else []
    for paragraph in section.paragraphs:
        lines += ["", _md(" ".join(filter(None, (paragraph.label, paragraph.text))))]
    for table in section.tables:
        lines += ["", *_md_read_table(table)]
    for child in section.children:
        lines += _md_section(child, level + 1, with_content=with_content)
    return lines


def _md_read_table(table: "TableRead") -> list[str]:
    rows = table.rows if table.header_rows else [[""] * max(map(len, table.rows), default=0)]
    return _md_table(rows if table.header_rows else [*rows, *table.rows])
