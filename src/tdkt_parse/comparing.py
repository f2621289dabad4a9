"""
``tdkt diff`` and ``tdkt graph``: plans beside one another.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from tdkt_parse import batch
from tdkt_parse.compare import chain_of, compare_plans
from tdkt_parse.dispatch import PLAN_FILES, Pieces, exit_code_of, gather, plans_of
from tdkt_parse.exceptions import ExitCode, TdktError, UsageError
from tdkt_parse.models import Plan
from tdkt_parse.output import check_output, format_of_suffix, open_sink
from tdkt_parse.progress import Reporter
from tdkt_parse.register import open_register
from tdkt_parse.render.terminal import JSON_SHOWN, SHOWN
from tdkt_parse.settings import Settings, load_settings, register_to_read
from tdkt_parse.streams import is_terminal

DiffFormat = Literal["text", "json", "md"]
GraphFormat = Literal["table", "json", "dot", "svg", "graphml"]

_DIFF_SUFFIXES: dict[str, DiffFormat] = {".txt": "text", ".json": "json", ".md": "md"}
_GRAPH_SUFFIXES: dict[str, GraphFormat] = {
    ".txt": "table",
    ".json": "json",
    ".dot": "dot",
    ".gv": "dot",
    ".svg": "svg",
    ".graphml": "graphml",
}


def diff_plans(
    old: str,
    new: str,
    *,
    flags: Mapping[str, str | None],
    format_: DiffFormat | None,
    output: str | None,
    tell: bool,
) -> int:
    """``tdkt diff``; ``tell``: by the exit code whether they differ."""
    from tdkt_parse.compare.said import lines_of, markdown_of

    settings = load_settings(flags)
    check_output(output, folder=False)
    for path in (old, new):
        if path != "-" and batch.is_folder(path):
            raise UsageError(f"{path} is a folder.", hint="Give one file.")
    chosen = format_ or format_of_suffix(output, _DIFF_SUFFIXES) or "text"
    read = _Read(settings, quiet=True)
    plans = list(read.plans([old, new]))
    if old == new and len(plans) == 1:
        plans *= 2  # A file that is named twice is read once.
    if read.errors:
        # Of two plans one is no comparison: its own reason is the answer.
        return read.errors[0].exit_code
    if len(plans) != 2:
        raise UsageError("Two plans are compared.", hint="Give files that hold one Plan each.")
    (first, one), (second, other) = plans
    register = open_register(register_to_read(settings))
    found = compare_plans(one, other, register, paths=(first, second))
    if chosen == "json":
        printed = found.model_dump_json(indent=2) + "\n"
    else:
        lines = (lines_of if chosen == "text" else markdown_of)(found, settings.lang)
        printed = "\n".join(lines) + "\n"
    _print(printed, output, [old, new], json_=chosen == "json")
    code = exit_code_of([], 2, read.warnings)
    return ExitCode.DIFFERENT if code == ExitCode.OK and tell and found.differs else code


def graph_plans(
    paths: Sequence[str],
    *,
    flags: Mapping[str, str | None],
    format_: GraphFormat | None,
    output: str | None,
    all_: bool,
    quiet: bool,
) -> int:
    """``tdkt graph``; ``all_``: with cited documents that are no plans."""
    from tdkt_parse.compare import drawing, graphs

    settings = load_settings(flags)
    check_output(output, folder=False)
    chosen = format_ or format_of_suffix(output, _GRAPH_SUFFIXES) or "table"
    read = _Read(settings, quiet=quiet)
    chain = chain_of(read.plans(paths), all_kinds=all_)
    if chain.nodes or not read.errors:
        if chosen == "json":
            printed = json.dumps(chain.to_dict(), ensure_ascii=False, indent=2) + "\n"
        elif chosen == "svg":
            printed = drawing.svg_of(chain, settings.lang)
        elif chosen == "dot":
            printed = graphs.dot_of(chain, settings.lang)
        elif chosen == "graphml":
            printed = graphs.graphml_of(chain, settings.lang)
        else:
            printed = "".join(f"{line}\n" for line in graphs.table_of(chain, settings.lang))
        _print(printed, output, read.inputs, json_=chosen == "json")
    return exit_code_of(read.errors, read.total, read.warnings)


class _Read:
    """Plans as they are read, and what went wrong on the way."""

    def __init__(self, settings: Settings, *, quiet: bool) -> None:
        self._settings, self._quiet = settings, quiet
        self.errors: list[TdktError] = []
        self.warnings: list[TdktError] = []
        self.inputs: list[str] = []
        self.total = 0

    def plans(self, paths: Sequence[str]) -> Iterator[tuple[str, Plan]]:
        """The name of each file and its Plan, in order."""
        found, failures = gather(paths, plans=PLAN_FILES)
        self.inputs = [task.label for task in found]
        tasks = Pieces(found)
        self.total = len(tasks) + len(failures)
        reporter = Reporter(self.total, quiet=self._quiet)
        for where, error in failures:
            reporter.failed(where, error)
            self.errors.append(error)
        for outcome, filed in plans_of(
            tasks,
            self._settings,
            audited=False,
            on_outcome=reporter.finished,
            on_tick=reporter.tick,
        ):
            if outcome.error is not None:
                self.errors.append(outcome.error)
                continue
            self.warnings += outcome.warnings[:1]
            yield from ((one.path, one.plan) for one in filed)
        reporter.clear()


def _print(printed: str, output: str | None, inputs: Sequence[str], *, json_: bool) -> None:
    if output in (None, "-") and is_terminal(sys.stdout):
        printed = printed.translate(JSON_SHOWN if json_ else SHOWN)
    with open_sink(output, "", one=True, inputs=inputs) as sink:
        sink.put("", printed)
        sink.commit()
