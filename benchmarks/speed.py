"""
How fast plans are read, beside what it is measured against, in one run.

Figures of two runs, or of two machines, cannot be compared; so everything here is run side by
side: each round runs every subject once, in turn, and the medians over the rounds are compared.

    python benchmarks/speed.py [--rounds N] [--json FILE] [--gate]

Reading, in this process, on one core, over ``corpus/*.txt``:

- ``parse``: file to Plan;
- ``peer: lines``: the least that any reader does: the file read, decoded, NFC, cut into lines;
- ``peer: dumps``: ``json.dumps`` of the Plans that came out, which is what printing them costs;

and over ``corpus/*.docx``:

- ``word``: file to Plan;
- ``peer: python-docx``: the same file's text by bare python-docx, paragraphs and cells in order.

A table of 2,000 rows beside one of 500, each of five columns, read and parsed: four times the rows
may take four times the time, and a little.

Starting, each in a process of its own: ``python -c pass``, ``tdkt --help``, ``tdkt parse`` of one
text. What counts is the time over ``python -c pass`` of the same round. Python may keep compiled
modules here, whatever the environment says, as it does where a package is installed.
"""

import argparse
import copy
import gc
import io
import json
import os
import platform
import subprocess
import sys
import sysconfig
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from tdkt_parse import parse

CORPUS = Path(__file__).resolve().parent.parent / "corpus"

FLOORS = {"plans per second": 200.0, "word, documents/s over python-docx's": 0.8}
CEILINGS = {
    "tdkt --help, ms over python": 120.0,
    "tdkt parse, ms over python": 250.0,
    "word, 2000 rows / 500 rows": 5.0,
}
"""What ``--gate`` holds, for plans of the corpus's size (8 kB of text in the median)."""

Subject = Callable[[], object]


def side_by_side(subjects: Mapping[str, Subject], rounds: int) -> dict[str, list[float]]:
    """
    Seconds that each subject took in each round, the subjects run in turn.

    Each round begins with another subject, so that none always runs after the same neighbour.

    >>> times = side_by_side({"a": list, "b": dict}, rounds=3)
    >>> [len(times[name]) for name in ("a", "b")]
    [3, 3]
    """
    names = list(subjects)
    times: dict[str, list[float]] = {name: [] for name in names}
    for subject in subjects.values():
        subject()  # The first time is the file cache's, and that of what is built on first use.
    for number in range(rounds):
        shift = number % len(names)
        for name in names[shift:] + names[:shift]:
            start = time.perf_counter()
            subjects[name]()
            times[name].append(time.perf_counter() - start)
    return times


def reading(documents: Sequence[Path], rounds: int) -> dict[str, float]:
    """Milliseconds a plan for each subject, and plans per second."""
    plans = [parse(path).to_dict() for path in documents]

    def lines() -> None:
        for path in documents:
            unicodedata.normalize("NFC", path.read_bytes().decode()).splitlines()

    times = side_by_side(
        {
            "parse": lambda: [parse(path) for path in documents],
            "peer: lines": lines,
            "peer: dumps": lambda: [json.dumps(plan, ensure_ascii=False) for plan in plans],
        },
        rounds,
    )
    figures = {name: 1000 * median(taken) / len(documents) for name, taken in times.items()}
    return {
        **{f"{name}, ms a plan": figure for name, figure in figures.items()},
        "parse / peer: lines": figures["parse"] / figures["peer: lines"],
        "parse / peer: dumps": figures["parse"] / figures["peer: dumps"],
        "plans per second": 1000 / figures["parse"],
    }


def reading_word(documents: Sequence[Path], rounds: int) -> dict[str, float]:
    """Milliseconds a Word file, beside bare python-docx, and how time grows with a table."""
    import docx

    def bare() -> None:
        for path in documents:
            texts: list[str] = []
            for block in docx.Document(str(path)).iter_inner_content():
                if isinstance(block, docx.table.Table):
                    texts += [cell.text for row in block.rows for cell in row.cells]
                else:
                    texts.append(block.text)

    small, large = table_of(500), table_of(2000)
    times = side_by_side(
        {
            "word": lambda: [parse(path) for path in documents],
            "peer: python-docx": bare,
        },
        rounds,
    )
    tables = side_by_side({"small": lambda: parse(small), "large": lambda: parse(large)}, 3)
    figures = {name: 1000 * median(taken) / len(documents) for name, taken in times.items()}
    rivals = zip(times["peer: python-docx"], times["word"], strict=True)
    grown = zip(tables["large"], tables["small"], strict=True)
    return {
        **{f"{name}, ms a file": figure for name, figure in figures.items()},
        "word, documents/s over python-docx's": median(theirs / ours for theirs, ours in rivals),
        "word, 2000 rows / 500 rows": median(one / other for one, other in grown),
    }


def table_of(rows: int) -> bytes:
    """A Word file with a plan whose table of tasks has so many rows."""
    import docx

    document = docx.Document()
    for line in ("KẾ HOẠCH", "Công tác thi đua năm 2026", "I. NỘI DUNG"):
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=5)
    row = table.add_row()._tr  # noqa: SLF001 - cells by their objects take quadratic time
    texts = ("TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian")
    for cell, text in zip(row.tc_lst, texts, strict=True):
        cell.p_lst[0].add_r().text = text
    for number in range(1, rows + 1):
        texts = (
            str(number),
            f"Tổ chức phong trào thi đua {number}",
            "Phòng Nội vụ",
            "Công an",
            "Quý I",
        )
        copied = copy.deepcopy(row)
        for cell, text in zip(copied.tc_lst, texts, strict=True):
            cell.p_lst[0].r_lst[0].text = text
        row.getparent().append(copied)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def starting(document: Path, rounds: int) -> dict[str, float]:
    """Milliseconds of each program from start to end, and over ``python -c pass``."""
    program = Path(sysconfig.get_path("scripts")) / "tdkt"
    environment = {**os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def run(*command: str | Path) -> Subject:
        return lambda: subprocess.run(command, check=True, capture_output=True, env=environment)

    bare = "python -c pass"
    times = side_by_side(
        {
            bare: run(sys.executable, "-c", "pass"),
            "tdkt --help": run(program, "--help"),
            "tdkt parse": run(program, "parse", document),
        },
        rounds,
    )
    figures = {f"{name}, ms": 1000 * median(taken) for name, taken in times.items()}
    for name in ("tdkt --help", "tdkt parse"):
        over = [one - base for one, base in zip(times[name], times[bare], strict=True)]
        figures[f"{name}, ms over python"] = 1000 * median(over)
    return figures


def failures(figures: Mapping[str, float]) -> list[str]:
    """
    What is slower than it may be.

    >>> fine = {**FLOORS, **CEILINGS}
    >>> failures({**fine, "plans per second": 150.0, "tdkt parse, ms over python": 251.0})
    ['plans per second: 150.0, at least 200.0', 'tdkt parse, ms over python: 251.0, at most 250.0']
    """
    slow = [
        f"{name}: {figures[name]:.1f}, at least {floor}"
        for name, floor in FLOORS.items()
        if figures[name] < floor
    ]
    return slow + [
        f"{name}: {figures[name]:.1f}, at most {ceiling}"
        for name, ceiling in CEILINGS.items()
        if figures[name] > ceiling
    ]


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    summary = (__doc__ or "").strip().partition("\n")[0]
    parser = argparse.ArgumentParser(description=summary)
    parser.add_argument("--rounds", type=int, default=15, metavar="N", help="rounds (15)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    parser.add_argument("--gate", action="store_true", help="exit 1 when a figure is too slow")
    options = parser.parse_args(arguments)
    documents = sorted(CORPUS.glob("*.txt"))
    word_files = sorted(CORPUS.glob("*.docx"))
    if not documents or not word_files or options.rounds < 1:
        counts = f"{len(documents)} texts, {len(word_files)} Word files, {options.rounds} rounds"
        parser.error(f"nothing to measure: {counts}")
    # What is imported is no subject's garbage; the command does the same before it reads.
    gc.freeze()
    if hasattr(os, "sched_setaffinity"):
        cores = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {min(cores)})
        figures = reading(documents, options.rounds)
        figures |= reading_word(word_files, options.rounds)
        os.sched_setaffinity(0, cores)
    else:
        figures = reading(documents, options.rounds)
        figures |= reading_word(word_files, options.rounds)
    figures |= starting(documents[0], options.rounds)
    for name, figure in figures.items():
        print(f"{name:40}{figure:10.2f}")
    if options.json:
        record = {"machine": machine(), "rounds": options.rounds, "figures": figures}
        options.json.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    slow = failures(figures)
    for line in slow:
        print(f"too slow: {line}")
    return 1 if options.gate and slow else 0


if __name__ == "__main__":
    sys.exit(main())
