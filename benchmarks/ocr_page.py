"""
The page that says how well scans are read, written from what was measured.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from accuracy_page import markdown_table
from ocr_aims import Aim, Result, per_page
from ocr_measure import OURS
from ocr_scans import SEEDS
from ocr_scores import Counted

INTRODUCTION = f"""\
# Reading scans

Written by `make ocr-bench`; the figures are those of its last run. Nothing here is estimated.

**What is read.** `clean` and `worn` are the PDFs of `corpus/` made into pictures of 300 and of
200 dots an inch, the worn ones turned by up to 1.5°, blurred, with noise, specks, uneven grey,
a red seal and a blue signature, and squeezed as JPEG (`benchmarks/ocr_scans.py`). `given` are
scans in a folder that is not in the repository. `generated` are plans of the test split (seed
{SEEDS["test"]}) as the generator scans them, clean or worn by chance. How pages are prepared
was chosen on scans of the development split, which are none of these.

**Beside what.** `tesseract` is plain Tesseract with its model for Vietnamese, one open handle
that is given the pictures of the same pages in the same run, page segmentation 3. Its time is
that of recognising alone; ours is the whole way from the file to the Plan. It knows no tables:
its words are put into the typed page's own cells by their places, and its Plan is read from its
text.

**What is counted.** *CER* and *WER* are the edits from what is typed, in per cent of its
characters or words: NFC, one space for white space, lines drawn or ruled left out. Counted is the
text that the values of a Plan are made of, in which is mended what was surely misread; *as read*
is the CER of the text before that, which is kept beside it. A page may
be read across or column by column: the order with fewer errors counts. *Cells* are those of
ruled tables, exact to the letter but for white space. A *grid* is right where each row of a
page has the cells it is typed with. *Plan F1* is the soft micro F1 of
[accuracy.md](accuracy.md). Times are of the processor; the peak of memory is that of the
process.
"""

HEAD = (
    "set",
    "subject",
    "pages",
    "CER %",
    "as read",
    "WER %",
    "cells %",
    "grids",
    "Plan F1",
    "ms",
    "MB",
)
SHOWN = 12


def row_of(result: Result) -> Iterator[tuple[str, ...]]:
    """The lines of the table for one set and subject: the whole, and each kind of pages."""
    taken = result.taken
    yield (
        taken.scans.name,
        taken.subject,
        str(taken.pages),
        *_counted(taken.counted, given=taken.subject != OURS),
        f"{taken.plans.soft.total.f1:.1f}" if taken.plans else "",
        f"{1000 * per_page(taken):.0f}",
        f"{taken.peak / 1e6:.0f}",
    )
    for name, counted in result.degrees.items():
        figures = _counted(counted, given=taken.subject != OURS)
        yield (name, taken.subject, "", *figures, "", "", "")


def _counted(counted: Counted, *, given: bool) -> tuple[str, ...]:
    cells, grids = counted.cells, counted.grids
    right = "given" if given else f"{grids.whole - grids.wrong}/{grids.whole}"
    return (
        f"{counted.characters.percent:.2f}",
        f"{counted.as_read.percent:.2f}",
        f"{counted.words.percent:.2f}",
        f"{100 - cells.percent:.1f}" if cells.whole else "",
        right if cells.whole else "",
    )


def causes(result: Result) -> Iterator[str]:
    """What was misread most, by kind."""
    counted = result.taken.counted
    swaps = (f"{a or '∅'}→{b or '∅'} {n}" for (a, b), n in counted.swaps.most_common(2 * SHOWN))
    yield "misread: " + ", ".join(swaps)
    yield "lost: " + _most(counted.lost)
    yield "read where nothing is: " + _most(counted.noise)
    for typed, read in counted.unlike[:SHOWN]:
        yield f"cell: {typed!r} as {read!r}"
    worst = sorted(result.taken.each.items(), key=lambda one: -one[1].characters.percent)
    yield "worst: " + ", ".join(f"{name} {c.characters.percent:.2f}" for name, c in worst[:5])
    plans = result.taken.plans
    if plans:
        fields = Counter(miss.field for miss in plans.soft.misses)
        yield "Plan, differences: " + ", ".join(f"{f} {n}" for f, n in fields.most_common(SHOWN))
        yield from (f"Plan: {miss}" for miss in plans.soft.misses)


def _most(words: Counter[str]) -> str:
    return ", ".join(f"{word} {count}" for word, count in words.most_common(2 * SHOWN))


def write_page(
    path: Path, results: Sequence[Result], found: Sequence[Aim], lines: Sequence[str]
) -> None:
    """Write the page."""
    parts = [
        INTRODUCTION,
        "## What was to be reached\n\n" + "\n".join(_aims(found)),
        "## All figures\n\n"
        + "\n".join(markdown_table(HEAD, [row for one in results for row in row_of(one)])),
        *("\n".join(_misread(one)) for one in results if one.taken.subject == OURS),
        *lines,
    ]
    path.write_text("\n\n".join(part.rstrip() for part in parts if part) + "\n", encoding="utf-8")


def _aims(found: Sequence[Aim]) -> Iterator[str]:
    rows = []
    for aim in found:
        reached = "" if aim.reached is None else f"{aim.reached:.2f}"
        bar = f"{'≤' if aim.most else '≥'} {aim.bar:g}"
        rows.append((aim.what, aim.on, bar, reached, "yes" if aim.is_reached else "**no**"))
    yield from markdown_table(("figure", "on", "bar", "reached", "enough"), rows)


def _cell(characters: str) -> str:
    """
    Characters as a cell of a table of Markdown.

    >>> _cell("a"), _cell("|"), _cell("`"), _cell(" "), _cell("")
    ('`a`', '`\\\\|`', '`` ` ``', 'space', 'nothing')
    """
    if not characters.strip():
        return "space" if characters else "nothing"
    shown = characters.replace("|", "\\|")
    return f"`` {shown} ``" if "`" in shown else f"`{shown}`"


def _misread(result: Result) -> Iterator[str]:
    """The characters and words that were misread most."""
    counted = result.taken.counted
    yield f"## What was misread: {result.taken.scans.name}\n"
    rows = [(_cell(a), _cell(b), n) for (a, b), n in counted.swaps.most_common(SHOWN)]
    if rows:
        yield from markdown_table(("typed", "read", "times"), rows)
        yield ""
    yield f"Words lost: {_most(counted.lost) or 'none'}."
    yield ""
    yield f"Read where nothing is typed: {_most(counted.noise) or 'nothing'}."
    for name, why in result.taken.unread:
        yield f"\nNot read: {name}: {why}"
