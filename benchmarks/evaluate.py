"""
How well plans are read: parsed documents beside what is known to stand in them.

For each field the values that are right, extra and missed are counted, with F1 from those counts;
the last line is the micro F1 over all of them.

    python benchmarks/evaluate.py             the corpus
    python benchmarks/evaluate.py quick       … and some generated plans, in under two minutes
    python benchmarks/evaluate.py all         … and 500 generated plans in every format with words
    python benchmarks/evaluate.py --gold DIR --documents DIR

``--verbose`` lists every difference, ``--write FILE`` writes the figures as a page.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from accuracy_page import write_page
from compare import Score
from datasets import CORPUS, GOLD, NOISY, TYPED, Dataset, generated, in_folders, real
from measure import Figures, measure

QUICK = {"text": 120, "docx": 40}
"""Generated plans of a quick run, by format."""
WHOLE = 500
"""Generated plans of a whole run, in each format."""


def evaluate(gold: Path = GOLD, documents: Path = CORPUS) -> Score:
    """The documents of a folder compared softly."""
    return measure(in_folders("corpus", gold, documents)).soft


def quick() -> Iterator[Dataset]:
    """The corpus, and some generated plans."""
    yield in_folders("corpus")
    for one, count in QUICK.items():
        yield from generated([one], count)


def whole() -> Iterator[Dataset]:
    """The corpus, generated plans in every format that has words, real documents where they are."""
    yield in_folders("corpus")
    yield from generated([*TYPED, *NOISY], WHOLE)
    found = real()
    if found is not None:
        yield found


def report(figures: Figures, *, verbose: bool) -> None:
    """Print the table, and the misses if they are wanted."""
    score, strict = figures.soft, figures.strict
    print(f"{figures.dataset.name}, {len(figures.dataset.cases)} documents")
    print(f"{'field':24}{'right':>6}{'extra':>6}{'missed':>7}{'F1':>8}{'strict':>8}")
    for name, tally in score.tallies.items():
        print(
            f"{name:24}{tally.right:6}{tally.extra:6}{tally.missed:7}{tally.f1:8.1f}"
            f"{strict[name].f1:8.1f}"
        )
    for name, ends in score.ends.items():
        print(f"{name}: " + ", ".join(f"{count} {end}" for end, count in sorted(ends.items())))
    if verbose:
        for miss in score.misses:
            print(f"- {miss}")
    for name, reason in figures.unread:
        print(f"not read: {name}: {reason}")
    total = score.total
    print(f"micro F1 {total.f1:.1f} over {total.right + total.missed} values\n")


def chosen(options: argparse.Namespace) -> Iterable[Dataset]:
    """The datasets that are asked for."""
    match options.set:
        case "quick":
            return quick()
        case "all":
            return whole()
        case _:
            return [in_folders("corpus", options.gold, options.documents)]


def main(arguments: Sequence[str] | None = None) -> int:
    summary = (__doc__ or "").strip().partition("\n")[0]
    parser = argparse.ArgumentParser(description=summary)
    parser.add_argument("set", nargs="?", choices=("corpus", "quick", "all"), default="corpus")
    parser.add_argument("--gold", type=Path, default=GOLD, metavar="DIR", help="the answers")
    parser.add_argument("--documents", type=Path, default=CORPUS, metavar="DIR", help="the files")
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="FIELD",
        help="leave a field out of the count",
    )
    parser.add_argument("--verbose", "-v", action="store_true", help="list what differs")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the figures as a page")
    options = parser.parse_args(arguments)
    measured = []
    for dataset in chosen(options):
        figures = measure(dataset, options.without)
        report(figures, verbose=options.verbose)
        measured.append(figures)
    if options.write:
        write_page(options.write, measured)
    return 0


if __name__ == "__main__":
    sys.exit(main())
