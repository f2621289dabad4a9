"""
PDF files: reading beside what else reads them, large files, and two at once.
"""

import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from pdf_peers import PEERS, Peer
from processes import NotMeasured, Process, Reading
from rounds import Report, in_turn, one_core, side_by_side, times_over, together

PROGRAM = "pdf_subject.py"
PAGES, READ, PLAN, BARE, RIVAL = "pages", "document", "plan", "pypdfium2", "pdfplumber"
"""The subjects whose ratios are held."""

SLOW = 20.0
"""Seconds: what takes longer for one reading is measured by one reading."""

HEAD = (
    f"{'':28}{'version':>12}{'ms/page':>9}{'CPU ms':>9}{'pages/s':>9}"
    f"{'× plumber':>11}{'peak MB':>9}{'characters':>12}"
)

SIZES = (125, 250, 500)
"""Pages of the large files."""

COPIES = 300
"""Documents that ``tdkt parse --jobs`` reads: so many that its start counts for little."""

FREE = 1.9
"""What two plain processes have to gain in a round, for that round to say something of jobs."""

ENOUGH = 3
"""So many rounds in which both cores were free."""


def measure(files: Sequence[Path], rounds: int) -> Report:
    """All that is measured of PDF files."""
    with one_core():
        parts = [compared(files, rounds), grown(files)]
    return together([*parts, at_once(files)])


def compared(files: Sequence[Path], rounds: int) -> Report:
    """The table of all that read these files, and our ratios in it."""
    pages = sum(map(count_pages, files))
    with ExitStack() as stack:
        readings, versions, absent = {}, {}, {}
        asked: dict[str, Callable[[], Reading]] = {}
        for peer in PEERS:
            try:
                home = peer.subject if peer.apart else None
                process = stack.enter_context(Process(PROGRAM, peer.subject, home))
                first = process.read(files)
            except NotMeasured as reason:
                absent[peer.subject] = str(reason)
                continue
            versions[peer.subject] = process.version
            if first.wall > SLOW:
                readings[peer.subject] = [first]
            else:
                asked[peer.subject] = partial(process.read, files)
        rows = in_turn(asked, rounds)
    readings |= {subject: [row[subject] for row in rows] for subject in asked}
    lines = [f"{len(files)} PDF files, {pages} pages, one core", HEAD]
    for peer in PEERS:
        if peer.subject in absent:
            lines.append(f"{peer.label:28}no figure: {absent[peer.subject]}")
        else:
            taken, rival = readings[peer.subject], readings.get(RIVAL)
            lines.append(row_of(peer, versions[peer.subject], taken, rival, pages))
    return Report(ratios(readings), tuple(lines))


def row_of(
    peer: Peer, version: str, taken: list[Reading], rival: list[Reading] | None, pages: int
) -> str:
    """What the table says of one of them."""
    wall = median(reading.wall for reading in taken) / pages
    busy = median(reading.cpu for reading in taken) / pages
    faster = ""
    if rival and len(rival) == len(taken):
        faster = f"{times_over([r.cpu for r in rival], [r.cpu for r in taken]):.2f}"
    elif rival:
        faster = f"{median(r.cpu for r in rival) / pages / busy:.2f}"
    count = "" if peer.subject == PLAN else str(taken[-1].amount)
    most = max(reading.peak for reading in taken) / 1e6
    return (
        f"{peer.label:28}{version:>12}{1000 * wall:9.2f}{1000 * busy:9.2f}{1 / wall:9.1f}"
        f"{faster:>11}{most:9.0f}{count:>12}{'' if len(taken) > 1 else '  (one reading)'}"
    )


def ratios(readings: Mapping[str, list[Reading]]) -> dict[str, float]:
    """What is held: pairs of the same round, by processor time and by the clock."""
    figures: dict[str, float] = {}
    for name, above, below in (
        ("PDF words, boxes, fonts, ruled tables / pypdfium2 text", PAGES, BARE),
        ("PDF Document / pypdfium2 text", READ, BARE),
        ("PDF to Plan, pages/s over pdfplumber's", RIVAL, PLAN),
    ):
        if above not in readings or below not in readings:
            continue
        one, other = readings[above], readings[below]
        figures[name] = times_over([r.cpu for r in one], [r.cpu for r in other])
        figures[f"{name}, wall"] = times_over([r.wall for r in one], [r.wall for r in other])
    return figures


class Grown(NamedTuple):
    """A large file to JSON in a fresh process: seconds of processor; bytes at the peak, and over
    what the imports took."""

    cpu: float
    peak: int
    over: int


def grown(files: Sequence[Path], rounds: int = 3) -> Report:
    """Time and memory of large files, each time in a process that has read but one small file."""
    most = max(SIZES)
    with tempfile.TemporaryDirectory() as folder:
        large = {f"{size} pages": Path(folder, f"{size}.pdf") for size in SIZES}
        for size, path in zip(SIZES, large.values(), strict=True):
            bind(files, size, path)
        alike = Path(folder, "alike.pdf")
        bind(files, most, alike, shared=True)
        large[f"{most} pages, fonts shared"] = alike

        def run(path: Path) -> Grown:
            with Process(PROGRAM, "json") as process:
                process.read(files[:1])
                reading = process.read([path])
                return Grown(reading.cpu, reading.peak, reading.peak - process.imported)

        try:
            subjects = {name: partial(run, path) for name, path in large.items()}
            rows = in_turn(subjects, rounds, warm=False)
            few, many = f"{min(SIZES)} pages", f"{most} pages"
            # The machine's own pace changes in a minute: the small file is read on both sides.
            flanked = [[run(large[name]).cpu for name in (few, many, few)] for _ in range(5)]
        except NotMeasured as reason:
            return Report({}, (f"large PDF files: no figure: {reason}",))
    figures: dict[str, float] = {}
    for name in large:
        pages = int(name.split()[0])
        figures[f"PDF of {name}, CPU ms a page"] = median(1000 * r[name].cpu / pages for r in rows)
        figures[f"PDF of {name}, peak MB"] = max(r[name].peak for r in rows) / 1e6
        figures[f"PDF of {name}, MB over the imports"] = max(r[name].over for r in rows) / 1e6
    times = most / min(SIZES)
    figures[f"a page of {most} / a page of {min(SIZES)}"] = median(
        2 * whole / (before + after) / times for before, whole, after in flanked
    )
    return Report(figures)


def bind(files: Sequence[Path], pages: int, to: Path, *, shared: bool = False) -> None:
    """
    Write a file of so many pages, made of the files' pages over and over.

    Each copy has fonts and content of its own, as in plans bound together, which is the harder
    case; ``shared`` makes one set for all copies of a file, as in one long document.
    """
    import pypdfium2

    bound = pypdfium2.PdfDocument.new()
    rest = pages
    while rest > 0:
        for number, path in enumerate(files):
            with pypdfium2.PdfDocument(path) as pdf:
                share = -(-rest // (len(files) - number)) if shared else min(rest, len(pdf))
                if share:
                    bound.import_pages(pdf, [at % len(pdf) for at in range(share)])
                rest -= share
    bound.save(to)
    bound.close()


def count_pages(path: Path) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf)


PLAIN = "import sys\nx = 0\nfor i in range(int(sys.argv[1])):\n    x = (x * 31 + i) % 1000003\n"


def at_once(
    files: Sequence[Path],
    rounds: int = 5,
    *,
    copies: int = COPIES,
    name: str = "tdkt parse, --jobs 2 over --jobs 1",
) -> Report:
    """
    ``tdkt parse`` with two jobs and with one, beside plain Python in two processes and in one.

    Only the rounds in which the two plain processes had a core each say something of the jobs.
    """
    tdkt = Path(sysconfig.get_path("scripts")) / "tdkt"
    with tempfile.TemporaryDirectory() as folder:
        for number in range(copies):
            shutil.copyfile(files[number % len(files)], Path(folder, f"{number:03}.pdf"))
        out = Path(folder, "out.jsonl")

        def jobs(count: int) -> None:
            options = ["--jobs", str(count), "--format", "jsonl", "-o", str(out), "--quiet"]
            subprocess.run([tdkt, "parse", folder, *options], check=True, capture_output=True)

        loops = plain_loops(seconds=1.0)
        subjects = {
            "one job": lambda: jobs(1),
            "two jobs": lambda: jobs(2),
            "one process": lambda: plain(2 * loops),
            "two processes": lambda: plain(loops, loops),
        }
        try:
            times = side_by_side(subjects, rounds, warm=False)
        except subprocess.CalledProcessError as error:
            words = error.stderr.decode().strip().partition("\n")[0].removeprefix(f"{folder}/")
            return Report({}, (f"{name}: no figure: {words}",))
    control = [a / b for a, b in zip(times["one process"], times["two processes"], strict=True)]
    gains = [a / b for a, b in zip(times["one job"], times["two jobs"], strict=True)]
    good = [gain for gain, free in zip(gains, control, strict=True) if free >= FREE]
    figures = {
        "two plain processes over one": median(control),
        "rounds with two free cores": float(len(good)),
        "tdkt parse --jobs 1, ms a file": 1000 * median(times["one job"]) / copies,
    }
    if len(good) >= ENOUGH:
        return Report({**figures, name: median(good)})
    reason = (
        f"{name}: cannot be measured now: in {rounds - len(good)} of {rounds} rounds two processes"
        f" of plain Python gained less than {FREE} times ({median(control):.2f} in the median),"
        f" so there were no two free cores; the jobs gained {median(gains):.2f} times"
    )
    return Report(figures, (reason,), frozenset({name}))


def plain(*loops: int) -> None:
    """Processes of plain Python, all at once, each with its number of loops."""
    started = [subprocess.Popen([sys.executable, "-c", PLAIN, str(n)]) for n in loops]
    for process in started:
        process.wait()


def plain_loops(seconds: float) -> int:
    """How many loops take so long."""
    some = 1_000_000
    start = time.perf_counter()
    plain(some)
    return int(some * seconds / (time.perf_counter() - start))
