"""
The command line: arguments, one call, print, exit code.

The commands find the documents, hand them to workers (``work`` says what those do) and put what
comes back where it belongs.
"""

import gc
import importlib
import os
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer

from tdkt_parse import work
from tdkt_parse.exceptions import ExitCode, MissingDependency, TdktError, UsageError
from tdkt_parse.render.terminal import clean
from tdkt_parse.settings import Settings, load_settings
from tdkt_parse.streams import is_terminal, write_error, write_out

if TYPE_CHECKING:
    from tdkt_parse.progress import Reporter
    from tdkt_parse.sandbox import Limits, Outcome, Task, Work

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
    from tdkt_parse.output import check_output, choose_format, open_sink
    from tdkt_parse.progress import Reporter

    flags = {"jobs": jobs, "timeout": timeout, "memory": memory, "format": format_, "lang": lang}
    settings = load_settings(flags)
    one = len(paths) == 1 and not batch.is_folder(paths[0])
    chosen = choose_format(format_, output, settings)
    check_output(output, folder=chosen != "jsonl")
    tasks, failures = _gather(paths)
    sink = open_sink(output, chosen, one=one, inputs=[task.label for task in tasks])
    reporter = Reporter(len(tasks) + len(failures), quiet=quiet)
    for where, error in failures:
        reporter.failed(where, error)
    errors = [error for _, error in failures]
    _share(tasks, "tdkt_parse.pipeline")
    if len(tasks) > 1:
        batch.warm_up()
    with sink:
        for outcome in _outcomes(
            tasks, work.print_plan, settings, reporter, _look(chosen, settings)
        ):
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
    _run_one(path, "tdkt_parse.readers", work.print_text, settings, output, {})


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
    _run_one(path, "tdkt_parse.pipeline", work.print_explanation, settings, output, options)


@app.command()
def schema(output: OutputOption = None) -> None:
    """
    Print the JSON Schema of a Plan.

    It describes what parse prints with --format json; its titles are Vietnamese.
    """
    import json

    from tdkt_parse.models import Plan
    from tdkt_parse.output import check_output, open_sink

    check_output(output, folder=False)
    with open_sink(output, "json", one=True, inputs=()) as sink:
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
        write_out(f"{signs[check.level]:8}{check.name:12} {clean(check.found)}\n")
        if check.remedy:
            write_out(f"{'':20} -> {clean(check.remedy)}\n")
    raise typer.Exit(ExitCode.MISSING_DEPENDENCY if missing else ExitCode.OK)


def main() -> None:
    """The program ``tdkt``: as :data:`app`, with errors as one line and an exit code."""
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", None)):
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _leave)
    try:
        app(prog_name="tdkt")
    except TdktError as error:
        write_error(str(error))
        sys.exit(int(error.exit_code))
    except Exception as error:
        if os.environ.get("TDKT_DEBUG"):
            raise
        # Its own words may be the document's.
        write_error(f"A defect of tdkt stopped it ({type(error).__name__}).", "Please report it.")
        sys.exit(int(ExitCode.CRASHED))


# -- documents through workers


def _gather(paths: Sequence[str]) -> tuple[list["Task"], list[tuple[str, TdktError]]]:
    """What is to be read, and what of the arguments cannot be."""
    from tdkt_parse import batch
    from tdkt_parse.sandbox import Task

    if paths.count("-") > 1:
        raise UsageError("Standard input (-) can be read once only.")
    tasks: dict[str, Task] = {}
    failures: list[tuple[str, TdktError]] = []
    for path in paths:
        try:
            if path == "-":
                tasks["-"] = Task(_read_standard_input())
                continue
            for found in batch.find_documents([path]):
                tasks.setdefault(os.path.realpath(found), Task(os.fspath(found)))
        except TdktError as error:
            failures.append((path, error))
    return list(tasks.values()), failures


def _read_standard_input() -> bytes:
    load = _import("tdkt_parse.readers").load
    data: bytes = load(sys.stdin.buffer if sys.stdin is not None else b"")[0]
    return data


def _outcomes(
    tasks: Sequence["Task"],
    to_do: "Work",
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
        to_do,
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
    to_do: "Work",
    settings: Settings,
    output: str | None,
    options: dict[str, Any],
) -> NoReturn:
    """A command that prints one document."""
    from tdkt_parse.batch import is_folder
    from tdkt_parse.output import check_output, open_sink
    from tdkt_parse.progress import Reporter

    if path != "-" and is_folder(path):
        raise UsageError(f"{path} is a folder.", hint="Give one file.")
    check_output(output, folder=False)
    with open_sink(output, "text", one=True, inputs=[path]) as sink:
        tasks, failures = _gather([path])
        reporter = Reporter(1, quiet=True)
        for where, error in failures:
            reporter.failed(where, error)
        errors = [error for _, error in failures]
        _share(tasks, needed)
        terminal = output is None and is_terminal(sys.stdout)
        for outcome in _outcomes(tasks, to_do, settings, reporter, {**options, "safe": terminal}):
            reporter.clear()
            if outcome.error is not None:
                errors.append(outcome.error)
            else:
                sink.put(outcome.path, outcome.result or "")
                sink.commit()
    raise typer.Exit(_exit_code(errors, 1))


def _share(tasks: Sequence["Task"], module: str) -> None:
    """
    Import what the workers will need, so that those forked from now on have it.

    For one document that is not worth it where a worker stands by, which has imported it itself.
    """
    from tdkt_parse.sandbox import is_standing_by

    if len(tasks) > 1 or (tasks and not is_standing_by()):
        _import(module)


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


def _exit_code(errors: Sequence[TdktError], total: int) -> int:
    if not errors:
        return ExitCode.OK
    if total == 1:
        return errors[0].exit_code
    return ExitCode.ALL_FAILED if len(errors) == total else ExitCode.SOME_FAILED


def _look(format_: str, settings: Settings) -> dict[str, Any]:
    terminal = is_terminal(sys.stdout)
    width = shutil.get_terminal_size((80, 24)).columns if terminal else 80
    return {
        "format": format_,
        "lang": settings.lang,
        "width": min(max(width, 40), 100),
        "safe": terminal,
        "bold": terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb",
    }


def _leave(number: int, _frame: object) -> NoReturn:
    """End by way of all that has to be cleared away: the workers, unfinished files."""
    sys.exit(128 + number)
