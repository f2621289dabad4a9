"""
Citations: found and resolved, beside what does that for other languages; and the audit of a plan.

Others read English and German made for this (``citation_texts.py``), of as many bytes as the plans
that we read, and citing as often. So the ratios say how fast texts of one size are done with, not
that the tasks are alike.

Generated plans are short, and cite four times as often in as many words as real documents do, which
are measured by themselves where there are some (``TDKT_REAL``).
"""

import json
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from citation_places import places_in, size_of
from citation_texts import written
from datasets import generated, real_files
from processes import NotMeasured, Process, Reading
from rounds import Report, in_turn, one_core, side_by_side, times_over, together
from tdkt_parse import parse
from tdkt_parse.audit import audit_plan
from tdkt_parse.exceptions import DocumentError
from tdkt_parse.register import packaged_register

PROGRAM = "citation_subject.py"
PLANS = 120
"""Generated plans, besides those of the corpus."""
OURS = "tdkt"
CITATIONS, OF_REAL = "citations", "citations of real documents"
"""What is measured, as its figures are called."""


class Rival(NamedTuple):
    """What finds citations: its row, its subject, the text it reads, its environment."""

    label: str
    subject: str
    language: str
    environment: str | None = None


RIVALS = (
    Rival("tdkt, found", "tdkt_find", "Vietnamese"),
    Rival("tdkt, found and resolved", OURS, "Vietnamese"),
    Rival("eyecite, found and resolved", "eyecite", "English", "eyecite"),
    Rival("refex, found and resolved", "refex", "German", "legal-reference-extraction"),
)

HEAD = f"{'':28}{'text':>12}{'version':>10}{'MB/s':>8}{'CPU MB/s':>10}{'citations':>11}{'a kB':>7}"


def measure(corpus: Sequence[Path], rounds: int) -> Report:
    """All that is measured of citations and of the audit."""
    (made,) = generated(["text"], PLANS, split="dev", seed=1)
    plans = [*corpus, *(case.document for case in made.cases)]
    with one_core():
        found = compared(CITATIONS, plans, rounds)
        typed = [path for path in real_files() if _is_typed(path)]
        if typed:
            of_real = compared(OF_REAL, typed, rounds)
        else:
            missing = (f"{OF_REAL}, {rate}" for rate in ("MB/s", *map(_over, _rivals())))
            of_real = Report({}, ("no real documents: TDKT_REAL names none",), frozenset(missing))
        audited = Report(auditing(corpus, rounds))
    return together([found, of_real, audited])


def _is_typed(path: Path) -> bool:
    try:
        places_in(path)
    except DocumentError:  # A scan, or what needs a program that is not there.
        return False
    return True


def compared(name: str, plans: Sequence[Path], rounds: int) -> Report:
    """The table of all that find citations, and our ratios in it."""
    size = sum(size_of(places_in(path)[1]) for path in plans)
    lines = [
        f"{name}: {len(plans)} documents, {size / 1e6:.2f} MB of passages",
        "other texts as large; one core",
    ]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        files = {"Vietnamese": _listed(Path(folder, "vi.json"), [str(path) for path in plans])}
        first: dict[str, Reading] = {}
        versions: dict[str, str] = {}
        asked: dict[str, Callable[[], Reading]] = {}
        absent: dict[str, str] = {}
        for rival in RIVALS:
            if rival.language not in files:
                every = size / first[OURS].amount
                texts = written(rival.language, size, every)
                files[rival.language] = _listed(Path(folder, f"{rival.subject}.json"), texts)
            try:
                process = stack.enter_context(Process(PROGRAM, rival.subject, rival.environment))
                first[rival.subject] = process.read([files[rival.language]])
            except NotMeasured as reason:
                absent[rival.subject] = str(reason)
                continue
            versions[rival.subject] = process.version
            asked[rival.subject] = partial(process.read, [files[rival.language]])
        rows = in_turn(asked, rounds)
    lines.append(HEAD)
    for rival in RIVALS:
        label = f"{rival.label:28}{rival.language:>12}"
        if rival.subject in absent:
            lines.append(f"{label}  no figure: {absent[rival.subject]}")
            continue
        taken = [row[rival.subject] for row in rows]
        count = taken[-1].amount
        lines.append(
            f"{label}{versions[rival.subject]:>10}"
            f"{size / 1e6 / median(one.wall for one in taken):8.2f}"
            f"{size / 1e6 / median(one.cpu for one in taken):10.2f}"
            f"{count:11}{1000 * count / size:7.2f}"
        )
    excused = frozenset(f"{name}, {_over(subject)}" for subject in absent)
    return Report(_figures(name, rows, size), tuple(lines), excused)


def _over(subject: str) -> str:
    return f"MB/s over {subject}'s"


def _rivals() -> list[str]:
    return [rival.subject for rival in RIVALS if rival.environment]


def _figures(name: str, rows: Sequence[dict[str, Reading]], size: int) -> dict[str, float]:
    """Megabytes a second, and over the others' of the same round, by processor time."""
    ours = [row[OURS].cpu for row in rows]
    figures = {f"{name}, MB/s": size / 1e6 / median(ours)}
    for subject in _rivals():
        if subject in rows[0]:
            theirs = [row[subject].cpu for row in rows]
            figures[f"{name}, {_over(subject)}"] = times_over(theirs, ours)
    return figures


def _listed(path: Path, texts: Sequence[str]) -> Path:
    path.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
    return path


def auditing(corpus: Sequence[Path], rounds: int) -> dict[str, float]:
    """Milliseconds that the audit of a plan takes, once it is read."""
    plans, register = [parse(path) for path in corpus], packaged_register()
    times = side_by_side({"audit": lambda: [audit_plan(plan, register) for plan in plans]}, rounds)
    return {"audit, ms a plan": 1000 * median(times["audit"]) / len(plans)}
