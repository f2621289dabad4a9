"""
``tdkt audit``: what an inspector would remark on in plans, printed in one of several ways.

Documents are read and audited by workers; what comes back is a sheet of each. Here the sheets are
printed, counted and put beside one another, and the exit code is made.
"""

import json
import os
import sys
from base64 import b64decode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from tdkt_parse import __version__, batch, work
from tdkt_parse.audit.labels import LEVELS, counted, word
from tdkt_parse.audit.linter import lines_of
from tdkt_parse.audit.rules import rule_rows
from tdkt_parse.audit.selection import UNCHECKED, choose_ignores, choose_rules
from tdkt_parse.audit.sheets import Sheet
from tdkt_parse.dispatch import (
    PLAN_FILES,
    Pieces,
    exit_code_of,
    gather,
    outcomes_of,
    reading_of,
    share_imports,
)
from tdkt_parse.exceptions import ExitCode, TdktError, UsageError
from tdkt_parse.intake import Choice, Intake, labels_in
from tdkt_parse.output import (
    check_output,
    file_key,
    format_of_suffix,
    make_folder,
    open_sink,
    write_file,
)
from tdkt_parse.progress import Reporter
from tdkt_parse.register import open_register
from tdkt_parse.render.terminal import JSON_SHOWN, SHOWN, clean
from tdkt_parse.sandbox import Task, Work
from tdkt_parse.settings import Settings, load_settings, register_to_read
from tdkt_parse.streams import is_terminal, write_error, write_out

Format = Literal["text", "json", "jsonl", "sarif", "html"]
FORMATS: tuple[Format, ...] = get_args(Format)
SUFFIXES: dict[str, Format] = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".sarif": "sarif",
    ".html": "html",
    ".htm": "html",
    ".txt": "text",
}


def audit_documents(
    paths: Sequence[str],
    *,
    flags: Mapping[str, str | None],
    format_: Format | None = None,
    output: str | None = None,
    annotated: str | None = None,
    quiet: bool = False,
) -> int:
    """``tdkt audit``; ``annotated``: the file for a copy of the document with comments in it."""
    settings = load_settings(flags)
    check_output(output, folder=False)
    run = _begin(paths, settings, quiet=quiet)
    if annotated is not None:
        _check_copy(paths, annotated, output)
    chosen = format_ or format_of_suffix(output, SUFFIXES) or "text"
    one = (
        len(paths) == 1
        and not batch.is_folder(paths[0])
        and not any(map(_several, run.tasks.tasks))
    )
    sheets = _annotated(run, annotated) if annotated is not None else _sheets(run)
    safe = output is None and is_terminal(sys.stdout)
    with open_sink(output, "", one=True, inputs=run.labels) as sink:
        for piece in _printed(sheets, chosen, run, one=one):
            run.reporter.clear()
            sink.put("", piece.translate(JSON_SHOWN) if safe and chosen != "text" else piece)
        if run.tally.documents:
            sink.commit()
    return _end(run)


def report_on(
    paths: Sequence[str], folder: str, *, flags: Mapping[str, str | None], quiet: bool = False
) -> int:
    """``tdkt audit --report``: what is cited, by whom, when and how, as tables and a page."""
    from tdkt_parse.audit import report_rows
    from tdkt_parse.audit.report import Report
    from tdkt_parse.audit.report_page import report_page

    settings = load_settings(flags)
    lang = settings.lang
    run = _begin(paths, settings, quiet=quiet)
    make_folder(folder)
    report = Report()
    with ExitStack() as stack:
        sinks = {
            name: stack.enter_context(
                open_sink(os.path.join(folder, name), "", one=True, inputs=run.labels)  # noqa: PTH118
            )
            for name in (*report_rows.HEADS, "index.html")
        }

        def put(name: str, rows: Iterable[Sequence[report_rows.Cell]]) -> None:
            for row in rows:
                sinks[name].put("", report_rows.csv_line(row))

        for name, heads in report_rows.HEADS.items():
            sinks[name].put("", report_rows.BOM + report_rows.csv_line(heads))
        for sheet in _sheets(run):
            report.take(sheet)
            put("citations.csv", report_rows.citation_rows(sheet))
            put("findings.csv", report_rows.finding_rows(sheet.path, sheet.findings, lang))
        copied = list(report.copied())
        put("instruments.csv", report_rows.instrument_rows(report))
        put("issuers.csv", report_rows.issuer_rows(report))
        put("variants.csv", report_rows.variant_rows(report))
        put("copied.csv", map(report_rows.copied_row, copied))
        rows = rule_rows().values()
        for piece in report_page(report, copied, rows, lang, failed=run.failures):
            sinks["index.html"].put("", piece)
        if report.documents:
            for sink in sinks.values():
                sink.commit()
    run.reporter.clear()
    if report.documents:
        for line in report_rows.table_of(report, lang):
            write_out(f"{line.translate(SHOWN)}\n")
    return _end(run)


def print_rules(lang: str | None) -> int:
    """``tdkt audit --rules``: each rule, its level, what it is about and what it rests on."""
    lang = load_settings({"lang": lang}).lang
    for row in rule_rows().values():
        title = row.title_vi if lang == "vi" else row.title_en
        level = word(row.level, lang)
        write_out(clean(f"{row.id} {row.name} ({level}): {title} [{row.locator}]") + "\n")
    return ExitCode.OK


# -- a run over documents


@dataclass(slots=True)
class _Tally:
    """What is counted while the sheets go by."""

    documents: int = 0
    levels: Counter[str] = field(default_factory=Counter)
    """All findings of the rules that were asked."""
    told: Counter[str] = field(default_factory=Counter)
    """Those of them that say more than that something could not be checked."""
    unchecked: int = 0
    baseless: int = 0
    """Documents in which no basis was made out, of which little can be said."""

    def take(self, sheet: Sheet) -> None:
        self.documents += 1
        self.levels.update(one.level for one in sheet.findings)
        self.told.update(one.level for one in sheet.findings if one.rule != UNCHECKED)
        self.unchecked += len(sheet.unchecked)
        self.baseless += not sheet.bases


@dataclass(slots=True)
class _Run:
    """
    Documents to audit, how, and what became of them so far.

    ``labels`` are those of all there is to read, archives walked through.
    """

    tasks: Pieces
    labels: list[str]
    settings: Settings
    reporter: Reporter
    options: dict[str, Any]
    failures: list[tuple[str, TdktError]]
    total: int
    warnings: list[TdktError] = field(default_factory=list)
    tally: _Tally = field(default_factory=_Tally)


def _begin(paths: Sequence[str], settings: Settings, *, quiet: bool) -> _Run:
    rows = rule_rows()
    register = register_to_read(settings)
    options = {
        "rules": choose_rules(rows, settings.select, settings.ignore),
        "ignores": choose_ignores(rows, settings.per_file_ignores),
        "register": None if register is None else str(register),
        **reading_of(settings),
    }
    # One that cannot be used is one mistake, not one of each document.
    open_register(register)
    found, failures = gather(paths, plans=PLAN_FILES, archives=True)
    labels, empty = labels_in(found)
    failures += empty
    tasks = Pieces(found)
    total = len(labels) + len(tasks) - len(found) + len(failures)
    reporter = Reporter(total, quiet=quiet)
    for where, error in failures:
        reporter.failed(where, error)
    return _Run(tasks, labels, settings, reporter, options, failures, total)


def _several(task: Task) -> bool:
    """Whether a file holds several documents: an archive, or a list of Plans."""
    if isinstance(task.source, str) and task.source.lower().endswith(".zip"):
        return labels_in([task])[0] != [task.label]
    return work.holds_plans(task.source) and work.holds_list(task.source)


def _end(run: _Run) -> int:
    """Say what was found in all; documents that failed go before findings in the exit code."""
    run.reporter.clear()
    write_error(_summary(run))
    code = exit_code_of([error for _, error in run.failures], run.total, run.warnings)
    if code == ExitCode.OK and _fails(run.tally, run.settings):
        return ExitCode.FINDINGS
    return code


def _fails(tally: _Tally, settings: Settings) -> bool:
    """Whether there are findings; what could not be checked is one only where it was asked for."""
    if settings.fail_on == "never":
        return False
    grave = LEVELS[: [str(level) for level in LEVELS].index(settings.fail_on) + 1]
    counted = tally.levels if UNCHECKED in settings.select else tally.told
    return any(counted[level] for level in grave)


def _summary(run: _Run) -> str:
    lang, tally = run.settings.lang, run.tally
    found = ", ".join(counted(level, tally.told[level], lang) for level in LEVELS)
    name = "summary_of_one" if tally.documents == 1 else "summary"
    said = word(name, lang).format(documents=tally.documents, found=found)
    if run.failures:
        said += " " + word("summary_failed", lang).format(n=len(run.failures))
    if tally.unchecked:
        said += " " + word("summary_unchecked", lang).format(n=tally.unchecked)
        if UNCHECKED not in run.options["rules"]:
            said += f" (--select {UNCHECKED})"
    if tally.baseless:
        said += " " + word("summary_baseless", lang).format(n=tally.baseless)
    return said


def _outcomes(
    run: _Run, to_do: Work, options: Mapping[str, Any] | None = None
) -> Iterator[tuple[str, str]]:
    """
    What the work gave of each document, in order, behind where it was met; what failed is said and
    kept apart.
    """
    share_imports(
        run.tasks.tasks, "tdkt_parse.quickstart", "tdkt_parse.pipeline", "tdkt_parse.audit"
    )
    if len(run.labels) > 1:
        batch.warm_up()

    def fail(label: str, error: TdktError) -> None:
        run.failures.append((label, error))
        run.reporter.failed(label, error)

    intake = Intake({}, Choice(once=False), lambda *_: None, fail)
    for outcome in outcomes_of(
        intake.sift(run.tasks),
        to_do,
        run.settings,
        {**run.options, **(options or {})},
        on_outcome=run.reporter.finished,
        on_tick=run.reporter.tick,
    ):
        intake.take(outcome)
        if outcome.error is not None:
            run.failures.append((outcome.path, outcome.error))
        else:
            run.warnings += outcome.warnings[:1]
            yield outcome.path, outcome.result or ""


def _sheets(run: _Run) -> Iterator[Sheet]:
    for label, result in _outcomes(run, work.audit_document):
        for line in result.split("\n"):
            sheet = Sheet.model_validate_json(line)
            if ".zip!" in label.lower():  # The worker knows but the name in the archive.
                said = os.fsencode(label).decode(errors="backslashreplace")
                sheet = sheet.model_copy(update={"path": said})
            run.tally.take(sheet)
            yield sheet


# -- printing


def _printed(sheets: Iterable[Sheet], chosen: Format, run: _Run, *, one: bool) -> Iterator[str]:
    """The sheets in a format, piece by piece as they come; nothing where there is none."""
    lang = run.settings.lang
    if chosen == "text":
        for sheet in sheets:
            each = UNCHECKED in run.settings.select
            yield "".join(f"{line}\n" for line in lines_of(sheet, lang, each=each))
    elif chosen == "jsonl":
        for sheet in sheets:
            yield f"{sheet.model_dump_json()}\n"
    elif chosen == "json":
        yield from _json(sheets, one=one)
    elif chosen == "html":
        from tdkt_parse.audit.page import page_of

        pieces = page_of(sheets, lang, failed=run.failures)
        yield from (piece for piece in pieces if run.tally.documents)
    else:
        from tdkt_parse.audit.sarif import sarif_of

        log = sarif_of(sheets, rule_rows(), __version__, lang, failed=run.failures)
        if run.tally.documents:
            yield json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _json(sheets: Iterable[Sheet], *, one: bool) -> Iterator[str]:
    """An object for one document, an array for several."""
    before, after = ("", "\n") if one else ("[\n", "\n]\n")
    none = True
    for sheet in sheets:
        yield before + sheet.model_dump_json(indent=2)
        before, none = ",\n", False
    if not none:
        yield after
    elif not one:
        yield "[]\n"


# -- the copy with comments


def _check_copy(paths: Sequence[str], annotated: str, output: str | None) -> None:
    """Before any work: one document, and a name for the copy that is not its own."""
    if len(paths) != 1 or batch.is_folder(paths[0]):
        raise UsageError("--annotate is for one document.", hint="Give one Word file or PDF.")
    check_output(annotated, folder=False, option="--annotate")
    if paths[0] != "-" and work.holds_plans(paths[0]):
        raise UsageError(
            "A Plan in JSON has no words to put comments at.", hint="Give the document itself."
        )
    if paths[0] != "-" and file_key(paths[0]) == file_key(annotated):
        raise UsageError(
            f"--annotate {annotated} is the document to be read.", hint="Give another name."
        )
    ending = Path(paths[0]).suffix.lower()
    if paths[0] != "-" and (Path(annotated).suffix.lower() != ending or ending == ".zip"):
        from tdkt_parse.readers import html, office, text

        written = html.SUFFIXES | text.SUFFIXES
        if ending in {".zip", *written} or any(ending in kind.suffixes for kind in office.KINDS):
            raise UsageError(
                f"No comment is put into a file like {paths[0]}.",
                hint="Save the document as .docx and annotate that.",
            )
        raise UsageError(
            f"--annotate {annotated} is to be a copy of {paths[0]}.", hint=f"End it in {ending}."
        )
    if output is not None and file_key(output) == file_key(annotated):
        raise UsageError(f"--annotate {annotated} is the output too.", hint="Give another name.")


def _annotated(run: _Run, annotated: str) -> Iterator[Sheet]:
    for _, result in _outcomes(run, work.annotate_document, {"lang": run.settings.lang}):
        told = json.loads(result)
        sheet = Sheet.model_validate(told["sheet"])
        write_file(Path(annotated), b64decode(told["copy"]))
        run.tally.take(sheet)
        yield sheet
        _tell_comments(sheet, told["placings"], run.settings.lang)


def _tell_comments(sheet: Sheet, placings: Sequence[str], lang: str) -> None:
    lost = [one for one, at in zip(sheet.findings, placings, strict=True) if at == "nowhere"]
    write_error(word("comments", lang).format(n=len(placings) - len(lost)))
    for one in lost:
        message = one.message if lang == "vi" else one.message_en
        write_error(word("no_comment", lang).format(rule=one.rule), message)
