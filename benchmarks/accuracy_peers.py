"""
What other programs find in the same plans, each of them run, in an environment of its own.

    python benchmarks/accuracy_peers.py [--documents DIR] [--gold DIR] [--peers A,B] [--json FILE]

None of the others makes a Plan, so each is asked for what it can do: a blank is something a program
does not do, and what should have a figure and has none is named with the reason below the tables.
Programs that read text alone are given the text that our readers read. ``make peers`` installs the
others under ``.peers``; nothing of them is imported here.
"""

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Self

from rapidfuzz.fuzz import partial_ratio

from compare import ALIKE, LONG, Json, Tally, day_of, fold, number_of
from datasets import CORPUS, GOLD

HERE = Path(__file__).resolve().parent
ENVIRONMENTS = HERE.parent / ".peers"

FORMATS = ("txt", "md", "docx", "pdf")

PATIENCE = 120.0
"""Seconds that a document may take."""

START = 180.0
"""Seconds until a program has imported what it needs."""

GIVE_UP = 3
"""Documents of a format that a program fails before the others of that format are left out."""


class Peer(NamedTuple):
    """What is measured: its name in the table and in ``accuracy_subject.py``."""

    label: str
    subject: str
    home: str = ""
    """Its folder under ``.peers``; ours need none."""
    reads_text: bool = False
    note: str = ""


OURS = (Peer("tdkt, as read", "tdkt read"), Peer("tdkt, Plan", "tdkt plan"))
"""These are always run: the first gives the text for those that read no files."""

PEERS = (
    Peer("regex of ten lines", "regex", reads_text=True),
    Peer(
        "refex",
        "refex",
        home="legal-reference-extraction",
        reads_text=True,
        note="cannot be pointed at Vietnamese: its reference to a law must begin with § or Art. and"
        " its case is a German file number; only the abbreviations of laws can be set (here NĐ-CP"
        " and the like), with which it reads “§ 7 NĐ-CP” but not “Nghị định số 98/2023/NĐ-CP”; its"
        " figures are of a run with them set",
    ),
    Peer("underthesea", "underthesea", home="underthesea", reads_text=True),
    Peer("docling", "docling", home="docling"),
    Peer("markitdown", "markitdown", home="markitdown"),
)


# What is counted. Each function takes what the gold says and what the program says of one thing.


def key_of(serial: object, year: object, symbol: object) -> tuple[object, ...]:
    """
    A number as it is compared.

    >>> key_of("03", None, "CT/TW") == key_of("3", None, "CT - TW")
    True
    """
    bare = str(symbol or "").replace("/", "-").replace(" ", "")
    return str(serial or "").lstrip("0"), year or None, fold(bare)


def key_in(gold: Json) -> tuple[object, ...] | None:
    """The number in a gold; ``None`` where it is blank."""
    number = number_of(gold)
    return key_of(*map(number.get, ("serial", "year", "symbol"))) if number.get("serial") else None


def numbers(gold: Json, got: Sequence[Sequence[Any]]) -> Tally:
    """
    Numbers of the documents cited, each mention for itself; those without number do not count.

    >>> gold = {"citations": [{"kind": "Luật", "number": None},
    ...     {"kind": "Nghị định", "number": "98", "year": 2023, "symbol": "NĐ-CP"}]}
    >>> numbers(gold, [["98", 2023, "NĐ-CP"], ["98", 2023, "NĐ-CP"]])
    Tally(right=1, extra=1, missed=0)
    """
    cited = gold.get("citations")
    if cited is None:
        return Tally()
    wanted = Counter(key for one in cited if not one.get("optional") and (key := key_in(one)))
    free = {key_in(one) for one in cited if one.get("optional")}
    found = Counter(key_of(*one) for one in got)
    right = (wanted & found).total()
    extra = Counter({key: n for key, n in (found - wanted).items() if key not in free}).total()
    # A gold of the legal bases alone says nothing of what is cited elsewhere.
    extra = 0 if gold.get("citations_scope") == "legal_bases" else extra
    return Tally(right, extra, wanted.total() - right)


def single(wanted: Sequence[object], got: object) -> Tally:
    """
    One value, of which any that is wanted is right; a wrong one is both extra and missed.

    >>> single(["a", "b"], "b"), single(["a"], "c")
    (Tally(right=1, extra=0, missed=0), Tally(right=0, extra=1, missed=1))
    """
    if got is not None and got in wanted:
        return Tally(right=1)
    return Tally(extra=int(got is not None), missed=int(any(one is not None for one in wanted)))


def own_number(gold: Json, got: Sequence[Any] | None) -> Tally:
    return single([key_in(gold)], key_of(*got) if got else None) if "number" in gold else Tally()


def own_date(gold: Json, got: Sequence[Any] | None) -> Tally:
    if "date" not in gold:
        return Tally()
    return single([day_of(one) for one in choices(gold["date"])], tuple(got) if got else None)


def choices(value: Any) -> list[Any]:
    """Where the gold gives a list for one value, each of them is right."""
    return value if isinstance(value, list) else [value]


def share(wanted: Iterable[Any], found: Callable[[Any], bool]) -> Tally:
    """How many of these are found; whatever else a program says does not count."""
    answers = [any(map(found, choices(one))) for one in wanted if one]
    return Tally(right=sum(answers), missed=len(answers) - sum(answers))


def issuer(gold: Json, got: Sequence[str] | None) -> Tally:
    """Whether the issuer is among what is named."""
    named = set(map(fold, got or ()))
    return share([gold.get("issuer")], lambda one: fold(one) in named)


def leads(gold: Json, got: Sequence[str] | None) -> Tally:
    """The different units in charge of a task that are among what is named."""
    named = set(map(fold, got or ()))
    units = {fold(unit) for task in gold.get("tasks", ()) for unit in task["lead"]}
    return share(units, named.__contains__)


def texts_in(gold: Json) -> list[Any]:
    """The title, and the paragraphs whose words the gold gives."""
    texts = [gold.get("title")]
    for name in ("legal_bases", "purpose", "requirements", "implementation", "recipients"):
        texts += [one.get("text") if isinstance(one, dict) else one for one in gold.get(name, ())]
    return [*texts, *(task["content"] for task in gold.get("tasks", ()))]


def needle(text: str) -> str:
    """A text of the gold as it is sought; one that ends in … gives the beginning."""
    return fold(text.removesuffix("…")) or ""


def texts(gold: Json, got: str | None) -> Tally:
    """
    Texts that stand in one piece in the text of the program, white space and markup apart.

    >>> texts({"title": "Công tác năm 2024"}, "KẾ HOẠCH\\nCông tác\\nnăm 2024\\n")
    Tally(right=1, extra=0, missed=0)
    """
    whole = fold(got) or ""
    return share(texts_in(gold), lambda one: needle(one) in whole)


def texts_alike(gold: Json, got: str | None) -> Tally:
    """The same, but a long text may differ by as many edits as a field of a Plan may."""
    whole = fold(got) or ""

    def found(one: str) -> bool:
        sought = needle(one)
        if sought in whole or not LONG < len(sought) <= len(whole):
            return sought in whole
        return partial_ratio(sought, whole, score_cutoff=ALIKE) > 0

    return share(texts_in(gold), found)


def rows(gold: Json, got: Sequence[Sequence[str]] | None) -> Tally:
    """
    Tasks whose content, units in charge and time stand in the cells of one row.

    Only tasks with a unit or a time beside their words count: the others may be prose.

    >>> task = {"content": "Sơ kết", "lead": ["UBND xã"], "timing": {"text": "Quý II"}}
    >>> rows({"tasks": [task]}, [["1", "Sơ kết", "UBND xã", ""], ["Quý II"]])
    Tally(right=0, extra=0, missed=1)
    """
    table = [[fold(cell) or "" for cell in row] for row in got or ()]

    def stands(task: Json) -> bool:
        sought = [needle(text) for text in [task["content"], *beside(task)]]
        return any(all(any(one in cell for cell in row) for one in sought) for row in table)

    return share((task for task in gold.get("tasks", ()) if beside(task)), stands)


def beside(task: Json) -> list[str]:
    """What is said of a task outside its own words."""
    said = [*task["lead"], (task["timing"] or {}).get("text")]
    return [one for one in said if one and needle(one) not in needle(task["content"])]


class Figure(NamedTuple):
    """A figure: its heading, the key of an answer that it needs, how one document is counted."""

    heading: str
    key: str
    tally: Callable[[Json, Any], Tally]
    of_all: bool = False
    """It is a share of what the gold has; else F1 with the extra ones counted."""


FIGURES = {
    "numbers": Figure("numbers cited", "numbers", numbers),
    "number": Figure("own number", "number", own_number),
    "date": Figure("own date", "date", own_date),
    "issuer": Figure("issuer", "organisations", issuer, of_all=True),
    "issuer_any": Figure("… of any kind", "names", issuer, of_all=True),
    "leads": Figure("lead units", "organisations", leads, of_all=True),
    "leads_any": Figure("… of any kind", "names", leads, of_all=True),
    "texts": Figure("texts", "text", texts, of_all=True),
    "texts_alike": Figure("… nearly", "text", texts_alike, of_all=True),
    "rows": Figure("rows of tasks", "rows", rows, of_all=True),
}
TABLES = (tuple(FIGURES)[:7], tuple(FIGURES)[7:])
"""The figures are printed in two tables: what is named, and the words and tables."""

NOTHING: Json = {"numbers": [], "text": ""}
"""What a document says that a program failed on, where that is not ``None``."""


# The programs, each in its process.


class NotMeasured(Exception):
    """Why something has no figure, in words."""


class Process:
    """A program that is asked for one document after the other, and begun again when it ends."""

    def __init__(self, peer: Peer, patience: float) -> None:
        self._peer, self._patience = peer, patience
        home = ENVIRONMENTS / peer.home / "bin" / "python"
        if peer.home and not home.exists():
            raise NotMeasured("not installed; `make peers` does it")
        self._interpreter = str(home) if peer.home else sys.executable
        try:
            self._process = self._started()
        except OSError as error:
            raise NotMeasured(f"it cannot be started: {error}") from error
        self.version = str(self._answer(START)["version"])

    def _started(self) -> "subprocess.Popen[str]":
        # -P, for else the modules of this folder would stand before those that it has installed.
        return subprocess.Popen(
            [self._interpreter, "-P", str(HERE / "accuracy_subject.py"), self._peer.subject],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            start_new_session=True,
        )

    def ask(self, path: Path, text: str | None) -> Json:
        """What it can tell of a document, whose text those get that read no files."""
        if self._peer.reads_text and text is None:
            raise NotMeasured("our readers gave it no text")
        if self._process.poll() is not None:
            self.end()
            self._process = self._started()
            self._answer(START)
        asked = json.dumps({"path": str(path), "text": text if self._peer.reads_text else ""})
        return self._answer(self._patience, asked + "\n")

    def _answer(self, seconds: float, asked: str = "") -> Json:
        """What it says next; it is ended when it takes too long or says what nobody can read."""
        since = time.monotonic()
        late = threading.Timer(seconds, self._kill)
        late.start()
        line = ""
        with contextlib.suppress(OSError, UnicodeDecodeError):
            if self._process.stdin and self._process.stdout:
                self._process.stdin.write(asked)
                self._process.stdin.flush()
                line = self._process.stdout.readline()
        late.cancel()
        try:
            said: Json = json.loads(line)
        except ValueError:
            self.end()
            if time.monotonic() - since >= seconds:
                raise NotMeasured(f"it took longer than {seconds:g} s") from None
            raise NotMeasured(f"it ended, and the last it said is {line[:40]!r}") from None
        if "error" in said:
            raise NotMeasured(said["error"])
        return said

    def _kill(self) -> None:
        """With whatever it has started itself, which may hold the other end of the pipe."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        if self._process.poll() is None:
            self._kill()
        with contextlib.suppress(OSError, ValueError):
            self._process.communicate()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()


class Document(NamedTuple):
    """A file, and the gold of what stands in it."""

    path: Path
    gold: Json

    @property
    def format(self) -> str:
        return self.path.suffix[1:]


@dataclass(slots=True)
class Result:
    """What a program did with the documents of one format."""

    answers: dict[Path, Json] = field(default_factory=dict)
    failed: dict[Path, str] = field(default_factory=dict)
    untried: list[Path] = field(default_factory=list)

    @property
    def reason(self) -> str | None:
        """Why there is no figure; ``None`` if there is one."""
        return None if self.answers else Counter(self.failed.values()).most_common(1)[0][0]

    def figures(self, documents: Sequence[Document]) -> dict[str, Tally]:
        """What it did, counted; a document that it failed on has everything missed."""
        done = {key for answer in self.answers.values() for key in answer}
        found = {}
        for name, figure in FIGURES.items():
            if figure.key in done:
                found[name] = Tally()
                for one in documents:
                    said = self.answers.get(one.path, NOTHING).get(figure.key)
                    found[name] += figure.tally(one.gold, said)
        return found


def measure(
    process: Process, documents: Sequence[Document], texts: dict[Path, str]
) -> dict[str, Result]:
    """Ask a program for every document, by format."""
    results: dict[str, Result] = {}
    for path, _ in documents:
        result = results.setdefault(path.suffix[1:], Result())
        if not result.answers and len(result.failed) >= GIVE_UP:
            result.untried.append(path)
            continue
        try:
            result.answers[path] = process.ask(path, texts.get(path))
        except NotMeasured as error:
            result.failed[path] = str(error)
    return results


def documents_of(folder: Path, gold: Path) -> list[Document]:
    """The files that have a gold of their name; SystemExit if there are none."""
    found = [
        Document(path, json.loads(answer.read_text(encoding="utf-8")))
        for name in FORMATS
        for path in sorted(folder.glob(f"*.{name}"))
        if (answer := gold / f"{path.stem}.json").exists()
    ]
    if not found:
        raise SystemExit(f"{folder} holds no document with an answer in {gold}")
    return found


@dataclass(slots=True)
class Run:
    """One program: its version, and what it did by format or why it did nothing."""

    peer: Peer
    version: str | None = None
    results: dict[str, Result] = field(default_factory=dict)
    reason: str | None = None


def run_all(peers: Sequence[Peer], documents: Sequence[Document], patience: float) -> list[Run]:
    """Every program with every document, one after the other; ours first, for the text."""
    runs, texts = [], dict[Path, str]()
    for peer in (*OURS, *peers):
        run = Run(peer)
        runs.append(run)
        try:
            with Process(peer, patience) as process:
                run.version = process.version
                run.results = measure(process, documents, texts)
        except NotMeasured as error:
            run.reason = str(error)
        if peer in OURS[:1]:
            answers = [result.answers for result in run.results.values()]
            texts = {path: said["text"] for one in answers for path, said in one.items()}
    return runs


# What is printed.


def as_json(runs: Sequence[Run], documents: Sequence[Document]) -> Json:
    """All figures, with versions, and reasons where there is none."""
    kinds = {kind: [one for one in documents if one.format == kind] for kind in FORMATS}

    def of_format(result: Result, kind: str) -> Json:
        figures = {} if result.reason else result.figures(kinds[kind])
        return {
            "figures": {name: counted(FIGURES[name], tally) for name, tally in figures.items()},
            "reason": result.reason,
            "failed": {path.name: why for path, why in result.failed.items()},
            "untried": [path.name for path in result.untried],
        }

    return {
        "documents": {kind: len(some) for kind, some in kinds.items() if some},
        "programs": {
            run.peer.label: {
                "version": run.version,
                "note": run.peer.note or None,
                "reason": run.reason,
                "formats": {kind: of_format(one, kind) for kind, one in run.results.items()},
            }
            for run in runs
        },
    }


def counted(figure: Figure, tally: Tally) -> Json:
    """A figure with its counts; none where there was nothing to find."""
    counts = {"right": tally.right, "extra": tally.extra, "missed": tally.missed}
    if not sum(counts.values()):
        return counts | {"percent": None}
    of_all = 100 * tally.right / (tally.right + tally.missed) if figure.of_all else tally.f1
    return counts | {"percent": round(of_all, 1)}


def cell(name: str, one: Json | None) -> str:
    """
    A figure in the table: F1 with right/extra/missed, or the share with right/all.

    >>> cell("rows", {"right": 3, "extra": 0, "missed": 1, "percent": 75.0})
    '75.0 3/4'
    """
    if one is None or one["percent"] is None:
        return "" if one is None else "–"
    right, extra, missed = one["right"], one["extra"], one["missed"]
    counts = f"{right}/{right + missed}" if FIGURES[name].of_all else f"{right}/{extra}/{missed}"
    return f"{one['percent']:.1f} {counts}"


def table_of(programs: Json, kind: str, names: Sequence[str]) -> list[list[str]]:
    """The programs that have some of these figures for this format, below a head; [] if none."""
    shown = {
        label: one["formats"].get(kind, {}).get("figures", {}) for label, one in programs.items()
    }
    rows = [
        [label, *(cell(name, figures.get(name)) for name in names)]
        for label, figures in shown.items()
        if any(name in figures for name in names)
    ]
    return [["", *(FIGURES[name].heading for name in names)], *rows] if rows else []


def tables_of(report: Json, layout: Callable[[list[list[str]]], Iterator[str]]) -> Iterator[str]:
    """Two tables a format, and between them blank lines."""
    for kind, count in report["documents"].items():
        yield f"{kind}, documents: {count}"
        yield ""
        for names in TABLES:
            if table := table_of(report["programs"], kind, names):
                yield from layout(table)
                yield ""


def aligned(table: list[list[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        yield "  ".join(map(str.ljust, row, widths)).rstrip()


def in_markdown(table: list[list[str]]) -> Iterator[str]:
    head, *rows = ("| " + " | ".join(row) + " |" for row in table)
    yield from (head, "|---|" + "---:|" * (len(table[0]) - 1), *rows)


def remarks(report: Json) -> Iterator[str]:
    """Of each program its version, what is to be said of it, and what it failed on."""
    for label, one in report["programs"].items():
        said = f"; {one['note']}" if one["note"] else ""
        yield f"- {label}: {one['version'] or 'no figure: ' + one['reason']}{said}"
        for kind, result in one["formats"].items():
            if result["reason"]:
                yield f"  - {kind}, no figure: {result['reason']}"
            elif result["failed"]:
                why = Counter(result["failed"].values()).most_common(1)[0][0]
                yield f"  - {kind}, failed and counted as missed: {len(result['failed'])}, as {why}"


LEGEND = """\
Numbers cited, own number and own date: F1, and how many were right/extra/missed. Numbers are
compared by serial, year and symbol, each mention for itself; documents cited without a number do
not count. The others: what of the gold was found, with found/all. The issuer and the units in
charge of tasks are sought, letter case apart, among what a program calls organisations, then among
whatever it names. A text is found where it stands in one piece, white space and markup apart, or
nearly, if it is long and 3 % of its letters differ. A row of tasks is found where content, units in
charge and time stand in one row of a table; in plain text a table is lines with tabs, which are a
table for us alone. Programs that read text are given the text that our readers read."""


def lines_of(report: Json) -> Iterator[str]:
    """What is printed."""
    yield from tables_of(report, aligned)
    yield from (*LEGEND.splitlines(), "")
    yield from remarks(report)


def page_of(report: Json) -> list[str]:
    """The same in Markdown."""
    tables = tables_of(report, in_markdown)
    return [*LEGEND.splitlines(), "", *tables, *remarks(report)]


def main(arguments: Sequence[str] | None = None) -> int:
    summary = (__doc__ or "").strip().partition("\n")[0]
    parser = argparse.ArgumentParser(description=summary)
    parser.add_argument("--documents", type=Path, default=CORPUS, metavar="DIR", help="the files")
    parser.add_argument("--gold", type=Path, default=GOLD, metavar="DIR", help="the answers")
    names = [peer.subject for peer in PEERS]
    parser.add_argument("--peers", metavar="A,B", help="these alone, of " + ", ".join(names))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures to this file")
    parser.add_argument(
        "--patience", type=float, default=PATIENCE, metavar="S", help="seconds a document may take"
    )
    options = parser.parse_args(arguments)
    wanted = names if options.peers is None else [one for one in options.peers.split(",") if one]
    if unknown := set(wanted) - set(names):
        parser.error(f"no such program: {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    documents = documents_of(options.documents, options.gold)
    peers = [peer for peer in PEERS if peer.subject in wanted]
    report = as_json(run_all(peers, documents, options.patience), documents)
    for line in lines_of(report):
        print(line)
    if options.json:
        text = json.dumps(report | {"page": page_of(report)}, ensure_ascii=False, indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
