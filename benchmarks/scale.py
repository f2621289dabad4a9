"""
How many documents a machine reads, typed and scanned, and what a million pages take.

    python benchmarks/scale.py [--files N] [--scans N] [--jobs N] [--write FILE...]

Folders of files are read by ``tdkt parse FOLDER --jobs J --format jsonl``, once with one worker and
once with as many as ``--jobs`` says; a start of the program is in each time. What is read:

- ``text``, ``word``, ``pdf``: the plans of ``corpus/`` again and again, ``--files`` in all;
- ``scans``: those of ``ocr_scans.py``, the corpus's PDFs as pictures at 300 dots an inch, clean and
  worn, ``--scans`` in all.

Seconds of the processor are those of all processes, by the system's own count. They hardly depend
on what else the machine does, so what a million pages take is computed from them. Beside the gain
of several workers stands that of as many processes of plain Python, which tells how many cores were
free. ``--write`` puts the table into pages between its marks.
"""

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import ocr_scans
from datasets import CORPUS
from speed_pdf import plain, plain_loops

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
MILLION = 1_000_000
VARIANTS = ("clean300", "worn300")


class Run(NamedTuple):
    """One reading of a folder: seconds by the clock and of the processor, files and pages read."""

    wall: float
    cpu: float
    files: int
    pages: int


class Kind(NamedTuple):
    """A kind of documents, read by one worker and by several."""

    name: str
    one: Run
    many: Run


def folders(files: int, scans: int) -> Iterator[tuple[str, list[Path]]]:
    """Each kind, and files of it."""
    for name, pattern in (("text", "*.txt"), ("word", "*.docx"), ("pdf", "*.pdf")):
        found = sorted(CORPUS.glob(pattern))
        yield name, [found[number % len(found)] for number in range(files)]
    if scans:
        made = [
            case.document
            for some in ocr_scans.made("test", VARIANTS)
            for case in some.dataset.cases
        ]
        yield "scans", [made[number * len(made) // scans % len(made)] for number in range(scans)]


def read(paths: Sequence[Path], jobs: int) -> Run:
    """A folder of copies read by the program itself."""
    tdkt = Path(sysconfig.get_path("scripts")) / "tdkt"
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place, "in"), Path(place, "out.jsonl")
        folder.mkdir()
        for number, path in enumerate(paths):
            shutil.copyfile(path, folder / f"{number:05}{path.suffix}")
        command = [tdkt, "parse", folder, "--jobs", str(jobs), "-f", "jsonl", "-o", out, "-q"]
        before, began = _cpu(), time.perf_counter()
        subprocess.run([*map(str, command), "--timeout", "600"], check=True)
        wall, cpu = time.perf_counter() - began, _cpu() - before
        plans = [json.loads(line) for line in out.read_bytes().splitlines()]
    if len(plans) != len(paths):
        raise RuntimeError(f"{len(paths)} files gave {len(plans)} plans")
    return Run(wall, cpu, len(plans), sum(plan["source"]["pages"] or 1 for plan in plans))


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def free_cores(jobs: int) -> float:
    """How many times faster so many processes of plain Python are than one."""
    loops = plain_loops(seconds=1.0)
    times = []
    for shares in ([jobs * loops], [loops] * jobs):
        began = time.perf_counter()
        plain(*shares)
        times.append(time.perf_counter() - began)
    return times[0] / times[1]


def core_hours(run: Run, pages: int = MILLION) -> float:
    """
    Hours of one core for so many pages, as those that were read are.

    >>> core_hours(Run(wall=10.0, cpu=36.0, files=5, pages=10))
    1000.0
    """
    return pages * run.cpu / run.pages / 3600


def table(kinds: Sequence[Kind]) -> str:
    """
    The figures as a table of Markdown; the core-hours are of a million pages.

    >>> run = Run(wall=10.0, cpu=36.0, files=5, pages=10)
    >>> print(table([Kind("pdf", run, run._replace(wall=5.0))]).splitlines()[-1])
    | pdf | 5 / 10 | 1.00 | 2.00 | 2.00 | 3.600 | 1,000 |
    """
    lines = [
        "| | files / pages | pages/s, 1 worker | pages/s, N | gain | CPU s a page | core-hours |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, one, many in kinds:
        lines.append(
            f"| {name} | {one.files} / {one.pages} | {one.pages / one.wall:.2f} |"
            f" {many.pages / many.wall:.2f} | {one.wall / many.wall:.2f} |"
            f" {one.cpu / one.pages:.3f} | {core_hours(one):,.0f} |"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().partition("\n")[0])
    parser.add_argument("--files", type=int, default=200, metavar="N", help="typed files (200)")
    parser.add_argument("--scans", type=int, default=10, metavar="N", help="scans (10); 0: none")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="workers (2)")
    parser.add_argument("--write", nargs="+", type=Path, default=[], metavar="FILE")
    options = parser.parse_args(arguments)
    load = os.getloadavg()[0]
    free = free_cores(options.jobs)
    kinds = []
    for name, paths in folders(options.files, options.scans):
        kinds.append(Kind(name, read(paths, 1), read(paths, options.jobs)))
        print(table(kinds[-1:]).splitlines()[-1], flush=True)
    command = "python benchmarks/scale.py " + " ".join(
        f"--{key} {value}" for key, value in vars(options).items() if key != "write"
    )
    said = (
        f"`{command}`: Python {platform.python_version()}, {os.cpu_count()} cores, a load of"
        f" {load:.1f} before it; N = {options.jobs}, and {options.jobs} plain processes gained"
        f" {free:.2f} times."
    )
    text = f"{table(kinds)}\n\n{said}"
    print(text)
    for path in options.write:
        page = path.read_text(encoding="utf-8")
        head, _, rest = page.partition(BEGIN)
        tail = rest.partition(END)[2]
        path.write_text(f"{head}{BEGIN}\n\n{text}\n\n{END}{tail}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
