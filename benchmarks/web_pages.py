"""
What of a document in a web page is read, and what of the page around it, beside trafilatura.

    python benchmarks/web_pages.py [--plans N] [--seed N] [--write FILE...]

Generated plans of the test split stand in pages of every shape (``corpus/generator/writers``), each
in every way of writing them; the pages marked ``*`` were not looked at while the reader was
written. Of the words of the document counts how many come out, of the words that come out how many
are none of its; both by characters, as often as each word stands there, whatever the order.
trafilatura has an environment of its own, which ``make peers`` makes; what is not there has no
figures.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "corpus"))

from generator.compose import compose  # noqa: E402 - the corpus is no package
from generator.paper import Columns, Line, Paper, Table  # noqa: E402
from generator.writers.html import STYLES, to_html  # noqa: E402
from generator.writers.site import HELD_OUT, PAGES  # noqa: E402
from processes import ENVIRONMENTS  # noqa: E402

SUBJECTS = ("tdkt", "trafilatura", "trafilatura, recall", "lxml")
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


class Page(NamedTuple):
    """A page: its shape, its markup, and the words of the document in it."""

    site: str
    markup: str
    words: Counter[str]


class Tally(NamedTuple):
    """Characters of documents, those that came out, and those that came out besides."""

    whole: int = 0
    kept: int = 0
    foreign: int = 0
    given: int = 0


def together(tallies: Iterable[Tally]) -> Tally:
    """Several as one."""
    return Tally(*map(sum, zip(Tally(), *tallies, strict=True)))


def words_of(paper: Paper) -> Iterator[str]:
    """The words of a paper, as often as they stand there."""
    for block in paper.blocks:
        match block:
            case Line():
                yield from block.text.split()
            case Columns():
                for line in (*block.left, *block.right):
                    yield from line.text.split()
            case Table():
                for row in block.rows:
                    for cell in row:
                        yield from " ".join(cell.lines).split()
    for note in paper.notes:
        yield from note.text.split()


def pages(plans: int, seed: int) -> Iterator[Page]:
    """Each plan in each shape, in each way of writing it."""
    for number in range(seed, seed + plans):
        paper = compose("test", number).paper
        words = Counter(words_of(paper))
        for style in STYLES:
            text = to_html(paper, style)
            for name, site in (*PAGES.items(), *HELD_OUT.items()):
                shape = f"{name}*" if name in HELD_OUT else name
                yield Page(shape, site(text, Random(number)), words)  # noqa: S311 - had again


def measure(subject: str, made: Sequence[Page]) -> Mapping[str, Tally] | None:
    """The figures of a subject by shape; ``None`` if it is not installed."""
    apart = subject.startswith("trafilatura")
    python = ENVIRONMENTS / "trafilatura" / "bin" / "python" if apart else Path(sys.executable)
    if not python.exists():
        return None
    command = [str(python), str(HERE / "web_pages_subject.py"), subject]
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}.html") for number in range(len(made))]
        for path, page in zip(paths, made, strict=True):
            path.write_text(page.markup, encoding="utf-8")
        asked = "".join(f"{path}\n" for path in paths)
        done = subprocess.run(
            command, input=asked, check=True, stdout=subprocess.PIPE, encoding="utf-8"
        )
    tallies: dict[str, list[Tally]] = {}
    for page, line in zip(made, done.stdout.splitlines(), strict=True):
        tallies.setdefault(page.site, []).append(compared(page.words, json.loads(line) or ""))
    return {site: together(some) for site, some in tallies.items()}


def compared(words: Counter[str], text: str) -> Tally:
    """A document's words beside those that came out."""
    given = Counter(_worded(text.split()))
    words = Counter({word: count for word, count in words.items() if any(map(str.isalnum, word))})

    def size(counted: Counter[str]) -> int:
        return sum(len(word) * count for word, count in counted.items())

    return Tally(size(words), size(words & given), size(given - words), size(given))


def _worded(words: Sequence[str]) -> Iterator[str]:
    """Words that have letters or figures: bars and dashes of tables are nobody's."""
    return (word for word in words if any(map(str.isalnum, word)))


def table(figures: Mapping[str, Mapping[str, Tally]], made: Sequence[Page]) -> str:
    """The figures as a table of Markdown."""
    lines = ["| | " + " | ".join(figures) + " |", "|---|" + "---|" * len(figures)]
    sites = list(dict.fromkeys(page.site for page in made))
    for site in sites:
        cells = (shown(tallies[site]) for tallies in figures.values())
        lines.append(f"| {site.replace('*', chr(92) + '*')} | " + " | ".join(cells) + " |")
    whole = (shown(together(tallies.values())) for tallies in figures.values())
    lines.append("| **all** | " + " | ".join(whole) + " |")
    return "\n".join(lines)


def shown(tally: Tally) -> str:
    kept = 100 * tally.kept / max(tally.whole, 1)
    return f"{kept:.2f} / {100 * tally.foreign / max(tally.given, 1):.2f}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().partition("\n")[0])
    parser.add_argument("--plans", type=int, default=10, metavar="N", help="plans (10)")
    parser.add_argument(
        "--seed", type=int, default=7000, metavar="N", help="the first one's (7000)"
    )
    parser.add_argument("--write", nargs="+", type=Path, default=[], metavar="FILE")
    options = parser.parse_args(arguments)
    made = list(pages(options.plans, options.seed))
    figures = {}
    for subject in SUBJECTS:
        tallies = measure(subject, made)
        if tallies is None:
            print(f"{subject}: not installed; `make peers` does it")
        else:
            figures[subject] = tallies
    text = table(figures, made)
    print(f"{len(made)} pages\n{text}")
    for path in options.write:
        page = path.read_text(encoding="utf-8")
        head, _, rest = page.partition(BEGIN)
        tail = rest.partition(END)[2]
        path.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
