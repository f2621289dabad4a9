"""
How well scans are read, and how fast: beside plain Tesseract, on the same pages in one run.

    python benchmarks/ocr.py                 the corpus's PDFs as scans, and generated plans
    python benchmarks/ocr.py --given DIR     … and NAME_scan_VARIANT.pdf beside NAME.pdf in a folder
    python benchmarks/ocr.py --split dev     scans of other plans: to choose and to try by
    python benchmarks/ocr.py --quick         the scans of the corpus alone

``--verbose`` says what was misread, ``--gate`` ends with 1 where a figure is below its bar, and
``--write FILE`` writes the figures as a page.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import speed_pdf
from ocr_aims import JOBS, Aim, Result, aims
from ocr_measure import OURS, PLAIN, Taken, side_by_side
from ocr_page import causes, row_of, write_page
from ocr_scans import PLANS, VARIANTS, Scans, degree_of, in_folder, made, printed
from ocr_scores import Counted
from tdkt_parse.sandbox.worker import ONE_THREAD

HEAD = (
    f"{'set':26}{'subject':11}{'pages':>6}{'CER %':>8}{'as read':>9}{'WER %':>8}{'cells %':>9}"
    f"{'grids':>9}{'Plan F1':>9}{'ms/page':>9}{'peak MB':>9}"
)
GAIN = "tdkt parse of scans, --jobs 2 over --jobs 1"
COPIES = 16
"""
Scans that are read by one worker and by two. Of eight, whose pages are as they are, two workers
with nothing else to wait for would gain 1.875 times: one is done while the other reads the last.
"""


def sets(options: argparse.Namespace) -> Iterator[Scans]:
    """The scans that are asked for."""
    wanted = options.variant or VARIANTS
    given = in_folder(options.given, wanted) if options.given else iter(())
    count = PLANS[options.split] if options.plans is None else options.plans
    own = iter(()) if options.quick or not count else printed(options.split, count)
    yield from made(options.split, wanted)
    yield from given
    yield from own


def by_degree(taken: Taken) -> dict[str, Counted]:
    """Of generated scans, which are clean or worn by chance, what was counted of either."""
    name = taken.scans.name
    if not name.startswith("generated"):
        return {}
    found: dict[str, Counted] = {}
    for case in taken.scans.dataset.cases:
        degree = f"{name}, {degree_of(case)}"
        if case.name in taken.each:
            found.setdefault(degree, Counted())
            found[degree] += taken.each[case.name]
    return dict(sorted(found.items()))


def workers(split: str) -> tuple[dict[str, float], frozenset[str], tuple[str, ...]]:
    """What two workers gain over one; excused where the machine has no two cores free."""
    files = [case.document for scans in made(split, ["worn300"]) for case in scans.dataset.cases]  # type: ignore[arg-type]
    report = speed_pdf.at_once(files[:COPIES], rounds=3, copies=COPIES, name=GAIN)
    found = {name: figure for name, figure in report.figures.items() if name == GAIN}
    return found, report.excused, report.lines


def report(found: Sequence[Aim], excused: frozenset[str]) -> int:
    """Print what is not reached; how much that is."""
    missed = [aim for aim in found if not aim.is_reached and aim.what not in excused]
    for aim in missed:
        figure = "no figure" if aim.reached is None else f"{aim.reached:.2f}"
        bound = "at most" if aim.most else "at least"
        print(f"not reached: {aim.on}: {aim.what}: {figure}, {bound} {aim.bar:g}")
    print(f"{len(found) - len(missed)} of {len(found)} figures reached")
    return len(missed)


def main(arguments: Sequence[str] | None = None) -> int:
    summary = (__doc__ or "").strip().partition("\n")[0]
    parser = argparse.ArgumentParser(description=summary)
    parser.add_argument("--split", choices=("test", "dev"), default="test", help="which pages")
    parser.add_argument("--given", type=Path, metavar="DIR", help="a folder of scans to read too")
    parser.add_argument(
        "--variant", action="append", choices=VARIANTS, help="only scans that are so"
    )
    parser.add_argument("--subject", action="append", choices=(OURS, PLAIN), help="only this one")
    parser.add_argument("--plans", type=int, metavar="N", help="how many generated plans")
    parser.add_argument("--quick", action="store_true", help="no generated plans, no jobs")
    parser.add_argument("--verbose", "-v", action="store_true", help="say what was misread")
    parser.add_argument("--gate", action="store_true", help="fail below a bar")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the figures as a page")
    options = parser.parse_args(arguments)
    os.environ |= dict.fromkeys(ONE_THREAD, "1")  # As for every worker that reads.
    subjects = options.subject or (OURS, PLAIN)
    results = []
    print(HEAD)
    for scans in sets(options):
        for taken in side_by_side(scans, subjects):
            if not isinstance(taken, Taken):
                print(f"{scans.name:26}{taken[0]:11}no figure: {taken[1]}")
                continue
            result = Result(taken, by_degree(taken))
            results.append(result)
            for row in row_of(result):
                print("".join(f"{cell:{width}}" for cell, width in zip(row, WIDTHS, strict=True)))
            for name, why in taken.unread:
                print(f"  not read: {name}: {why}")
            if options.verbose:
                print("\n".join(f"  {line}" for line in causes(result)))
            sys.stdout.flush()
    gains: dict[str, float] = {}
    excused, lines = frozenset[str](), tuple[str, ...]()
    if not options.quick and OURS in subjects:
        gains, excused, lines = workers(options.split)
        print(*lines, *(f"{name}: {gain:.2f}" for name, gain in gains.items()), sep="\n")
    found = aims(results, gains)
    if not gains and not options.quick and GAIN not in excused:
        found.append(Aim(GAIN, "worn scans", JOBS, most=False, reached=None))
    missed = report(found, excused)
    if options.write:
        write_page(options.write, results, found, lines)
    return 1 if options.gate and missed else 0


WIDTHS = ("<26", "<11", ">6", ">8", ">9", ">8", ">9", ">9", ">9", ">9", ">9")


if __name__ == "__main__":
    sys.exit(main())
