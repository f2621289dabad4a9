"""
What each command does: find the documents, hand them to workers, put what comes back in its place.

Each returns the exit code. Nothing here reads arguments, so that a program that has them already
needs not load what reads them.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tdkt_parse import batch, work
from tdkt_parse.dispatch import (
    FailOn,
    exit_code_of,
    gather,
    outcomes_of,
    read_standard_input,
    reading_of,
    share_imports,
)
from tdkt_parse.exceptions import ExitCode, TdktError, Unreadable, UsageError
from tdkt_parse.intake import Choice, Intake, Reason, labels_in, manifest_options, open_manifest
from tdkt_parse.output import (
    SUFFIX,
    check_output,
    choose_format,
    file_beside,
    file_key,
    is_output_folder,
    names_for,
    open_sink,
    write_file,
)
from tdkt_parse.progress import Reporter
from tdkt_parse.render.terminal import clean
from tdkt_parse.sandbox import Work
from tdkt_parse.settings import Settings, load_settings, register_to_read
from tdkt_parse.streams import is_terminal, write_error, write_out

if TYPE_CHECKING:
    from tdkt_parse.models import Plan


def parse_documents(
    paths: Sequence[str],
    *,
    flags: Mapping[str, str | None],
    output: str | None = None,
    quiet: bool = False,
    manifest: str | None = None,
    choice: Choice | None = None,
    dry_run: bool = False,
    fail_on: FailOn = "any",
) -> int:
    """``tdkt parse``; ``flags`` are the settings given on the command line."""
    settings = load_settings(flags)
    one = len(paths) == 1 and not batch.is_folder(paths[0])
    chosen = choose_format(flags.get("format"), output, settings)
    check_output(output, folder=chosen != "jsonl")
    tasks, failures = gather(paths, archives=True)
    labels, empty = labels_in(tasks)
    failures += empty
    one = one and (not tasks or labels == [tasks[0].label])  # An archive is as a folder.
    if manifest is not None and output not in (None, "-") and not is_output_folder(str(output)):
        raise UsageError(
            f"-o {output} would hold only what this run reads.",
            hint="With --manifest give a folder, -o FOLDER/, or nothing.",
        )
    reporter = Reporter(len(labels) + len(failures), quiet=quiet)
    for where, error in failures:
        reporter.failed(where, error)
    errors = [error for _, error in failures]
    warnings: list[TdktError] = []
    read = 0

    def fail(label: str, error: TdktError) -> None:
        errors.append(error)
        reporter.failed(label, error)

    def skip(label: str, _path: str, _content: str, reason: Reason) -> None:
        reporter.skipped()
        if dry_run:
            write_out(f"{reason:10} {clean(label)}\n")

    targets: Mapping[str, Path] = {}
    if manifest is not None and output not in (None, "-"):
        targets = names_for(labels, Path(str(output)), SUFFIX[chosen])
    look = _look(chosen, settings)
    with open_manifest(manifest, read_only=dry_run) as kept:
        intake = Intake(
            manifest_options(
                settings,
                register=look["register"],
                format=chosen,
                lang=settings.lang,
                # What was written elsewhere is not done here.
                output=None if output is None else os.path.abspath(output),  # noqa: PTH100
            ),
            (choice or Choice())._replace(once=kept is not None),
            skip,
            fail,
            kept,
            is_there=(lambda label: targets[label].exists()) if targets else None,
        )
        if dry_run:
            for task in intake.sift(tasks):
                write_out(f"{'read':10} {clean(task.label)}\n")
            return ExitCode.OK
        sink = open_sink(output, chosen, one=one, inputs=labels)
        if settings.engine == "process":
            share_imports(tasks, "tdkt_parse.quickstart", "tdkt_parse.pipeline")
            if len(labels) > 1:
                batch.warm_up()
        with sink:
            outcomes = outcomes_of(
                intake.sift(tasks),
                work.print_plan,
                settings,
                look,
                on_outcome=reporter.finished,
                on_tick=reporter.tick,
                engine=settings.engine,
            )
            for outcome in outcomes:
                taken = intake.take(outcome)
                if outcome.error is not None:
                    errors.append(outcome.error)
                    intake.settle(taken, outcome, "read")
                elif outcome.result is not None:
                    reporter.clear()
                    sink.put(outcome.path, outcome.result)
                    intake.settle(taken, outcome, "write")
                    read += 1
                    warnings += outcome.warnings[:1]
            if len(errors) < len(labels) + len(failures) or (not one and output is None):
                sink.commit()
    reporter.clear()
    if not quiet:
        if manifest is not None:
            write_error(_summary(read, len(errors), intake.counts, settings.lang))
        for line in intake.told(settings.lang):
            write_error(line)
    return exit_code_of(
        errors,
        len(labels) + len(failures),
        warnings,
        before=intake.counts["failed"],
        fail_on=fail_on,
    )


def _summary(read: int, failed: int, passed: Mapping[Reason, int], lang: str) -> str:
    counts = (read, passed["unchanged"], passed["duplicate"], failed + passed["failed"])
    if lang == "vi":
        words = ("đã đọc", "không đổi", "trùng nội dung", "lỗi")
    else:
        words = ("read", "unchanged", "duplicate", "failed")
    return ", ".join(f"{count} {word}" for count, word in zip(counts, words, strict=True))


def print_text(path: str, *, flags: Mapping[str, str | None], output: str | None) -> int:
    """``tdkt text``."""
    settings = load_settings(flags)
    return _run_one(
        path, "tdkt_parse.readers", work.print_text, settings, output, reading_of(settings)
    )


def write_searchable(
    path: str, copy: str, *, flags: Mapping[str, str | None], output: str | None
) -> int:
    """``tdkt text --searchable``; ``copy``: the PDF to be written; the text goes to ``output``."""
    settings = load_settings(flags)
    if path != "-" and batch.is_folder(path):
        raise UsageError(f"{path} is a folder.", hint="Give one file.")
    check_output(output, folder=False)
    check_output(copy, folder=False, option="--searchable")
    if path != "-" and file_key(copy) == file_key(path):
        raise UsageError(f"--searchable {copy} is the document to be read.", hint=_ANOTHER)
    if output is not None and file_key(copy) == file_key(output):
        raise UsageError("--searchable and -o are one file.", hint=_ANOTHER)
    tasks, failures = gather([path])
    reporter = Reporter(1, quiet=False, lines=False)
    for where, error in failures:
        reporter.failed(where, error)
    errors = [error for _, error in failures]
    warnings: list[TdktError] = []
    share_imports(tasks, "tdkt_parse.readers")
    with file_beside(Path(copy)) as beside:
        outcomes = outcomes_of(
            tasks,
            work.write_searchable,
            settings,
            {**reading_of(settings), "copy": str(beside)},
            on_outcome=reporter.finished,
            on_tick=reporter.tick,
        )
        for outcome in outcomes:
            reporter.clear()
            if outcome.error is not None:
                errors.append(outcome.error)
            else:
                done = json.loads(outcome.result or "{}")
                if output is not None:
                    with open_sink(output, "text", one=True, inputs=[path]) as sink:
                        sink.put(outcome.path, done["text"])
                        sink.commit()
                warnings += outcome.warnings[:1]
                write_error(f"{copy}: {_told(done)}")
    return exit_code_of(errors, 1, warnings)


_ANOTHER = "Give another name."


def _told(done: Mapping[str, Sequence[int]]) -> str:
    """What became of the pages of a searchable copy."""
    written, typed, doubled = (len(done[key]) for key in ("written", "typed", "doubled"))
    said = [f"{written or 'no'} page{'' if written == 1 else 's'} got a layer of words"]
    if typed:
        said.append(f"{typed} had {'its' if typed == 1 else 'their'} own")
    if doubled:
        have = "has" if doubled == 1 else "have"
        said.append(f"{doubled} still {have} other words beneath, which are not believed")
    return "; ".join(said) + "."


def explain_document(
    path: str,
    *,
    flags: Mapping[str, str | None],
    output: str | None,
    image: str | None = None,
) -> int:
    """``tdkt explain``; ``image``: the folder for pictures of the pages."""
    settings = load_settings(flags)
    options = {"lang": settings.lang, "image": image, **reading_of(settings)}
    return _run_one(path, "tdkt_parse.pipeline", work.print_explanation, settings, output, options)


def render_plan(path: str, output: str) -> int:
    """``tdkt render``; ``output``: the file, by whose suffix the form is chosen."""
    from tdkt_parse import render

    forms: dict[str, Callable[[Plan], str | bytes]] = {
        ".docx": render.render_docx,
        ".md": render.render_markdown,
        ".markdown": render.render_markdown,
        ".html": render.render_html,
        ".htm": render.render_html,
    }
    form = forms.get(Path(output).suffix.lower())
    if form is None:
        raise UsageError(
            f"-o {output} does not say what to write.", hint="End it in .docx, .md or .html."
        )
    check_output(output, folder=False)
    if path != "-" and os.path.realpath(path) == os.path.realpath(output):
        raise UsageError(f"-o {output} is the Plan to be read.", hint="Give another name.")
    called = "Standard input" if path == "-" else path
    data = read_standard_input() if path == "-" else _read_file(path)
    printed = form(render.read_plan(data, called))
    write_file(Path(output), printed.encode() if isinstance(printed, str) else printed)
    return ExitCode.OK


def _read_file(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such name is possible"
        raise Unreadable(f"{path} cannot be read: {reason}.") from error


def print_schema(output: str | None) -> int:
    """``tdkt schema``."""
    from tdkt_parse.models import Plan

    check_output(output, folder=False)
    with open_sink(output, "json", one=True, inputs=()) as sink:
        sink.put("schema", json.dumps(Plan.model_json_schema(), ensure_ascii=False, indent=2))
        sink.commit()
    return ExitCode.OK


def print_checks() -> int:
    """``tdkt doctor``."""
    from tdkt_parse.doctor import examine

    signs = {"ok": "ok", "note": "note", "missing": "MISSING"}
    missing = False
    for check in examine():
        missing = missing or check.level == "missing"
        write_out(f"{signs[check.level]:8}{check.name:12} {clean(check.found)}\n")
        if check.remedy:
            write_out(f"{'':20} -> {clean(check.remedy)}\n")
    return ExitCode.MISSING_DEPENDENCY if missing else ExitCode.OK


# -- one document


def _run_one(
    path: str,
    needed: str,
    to_do: Work,
    settings: Settings,
    output: str | None,
    options: dict[str, Any],
) -> int:
    """A command that prints one document."""
    if path != "-" and batch.is_folder(path):
        raise UsageError(f"{path} is a folder.", hint="Give one file.")
    check_output(output, folder=False)
    with open_sink(output, "text", one=True, inputs=[path]) as sink:
        tasks, failures = gather([path])
        reporter = Reporter(1, quiet=False, lines=False)
        for where, error in failures:
            reporter.failed(where, error)
        errors = [error for _, error in failures]
        warnings: list[TdktError] = []
        share_imports(tasks, needed)
        terminal = output is None and is_terminal(sys.stdout)
        for outcome in outcomes_of(
            tasks,
            to_do,
            settings,
            {**options, "safe": terminal},
            on_outcome=reporter.finished,
            on_tick=reporter.tick,
        ):
            reporter.clear()
            if outcome.error is not None:
                errors.append(outcome.error)
            else:
                sink.put(outcome.path, outcome.result or "")
                sink.commit()
                warnings += outcome.warnings[:1]
    return exit_code_of(errors, 1, warnings)


def _own_register(settings: Settings) -> str | None:
    """The register that citations are resolved by, if it is not the packaged one; it must open."""
    path = register_to_read(settings)
    if path is None:
        return None
    from tdkt_parse.register import open_register

    open_register(path)
    return str(path)


def _look(format_: str, settings: Settings) -> dict[str, Any]:
    terminal = is_terminal(sys.stdout)
    width = shutil.get_terminal_size((80, 24)).columns if terminal else 80
    return {
        "format": format_,
        "register": _own_register(settings),
        **reading_of(settings),
        "lang": settings.lang,
        "width": min(max(width, 40), 100),
        "safe": terminal,
        "bold": terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb",
    }
