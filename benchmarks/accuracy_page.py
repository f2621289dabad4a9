"""
The page that says how well plans are read, written from what was measured.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from compare import Score
from datasets import ROOT, SEED
from measure import Figures

PEERS = ROOT / "benchmarks" / "accuracy_peers.json"
HEADER = (
    "kind",
    "number.serial",
    "number.symbol",
    "number.canonical",
    "issuer",
    "place",
    "date",
    "title",
    "years",
)
"""Fields of the head of a document."""
WHOLES = {
    "whole header": HEADER,
    "all bases": ("legal_bases",),
    "all citations": ("citations",),
    "all tasks": ("tasks", "task.row"),
    "all sections": ("sections",),
}
"""What is asked of a document as a whole: that nothing of it is wrong."""


class Aim(NamedTuple):
    """A figure that is to be reached: on which datasets, of what, how much."""

    what: str
    figure: Callable[[Figures], float]
    bars: dict[str, float]
    most: bool = False
    """The bars are what the figure may be at most."""

    def is_reached(self, figure: float, bar: float) -> bool:
        return figure <= bar if self.most else figure >= bar


def f1(figures: Figures, *fields: str, strict: bool = False) -> float:
    """F1 over some fields together."""
    score = figures.strict if strict else figures.soft
    some = Score({name: score.tallies[name] for name in fields if name in score.tallies})
    return some.total.f1


def settled(figures: Figures, *fields: str) -> Counter[str]:
    """How values ended that must not be guessed, over some fields together."""
    return sum((figures.soft.ends.get(name, Counter()) for name in fields), Counter[str]())


def right_ids(figures: Figures, *fields: str) -> float:
    """Of the documents cited that the register has, those resolved to it, in per cent."""
    ends = settled(figures, *fields)
    known = ends["right"] + ends["open"] + ends["wrong"]
    return 100 * ends["right"] / known if known else 100.0


def wrong_ids(figures: Figures, *fields: str) -> float:
    """Of all documents cited, those resolved to another than is meant, in per cent."""
    ends = settled(figures, *fields)
    return 100 * ends["wrong"] / ends.total() if ends else 0.0


def share(figures: Figures, what: str) -> float:
    """Documents in per cent of which a whole part is right, letter by letter."""
    right, count = figures.strict.faultless(WHOLES[what])
    return 100 * right / count if count else 100.0


def _typed(text: float, docx: float | None = None, pdf: float | None = None) -> dict[str, float]:
    return {
        "generated text": text,
        "generated docx": text if docx is None else docx,
        "generated pdf": text if pdf is None else pdf,
    }


RESOLVED = {"corpus": 98.0, **_typed(98)}
IDS = ("citation.resolved", "reference.resolved")

AIMS = (
    Aim(
        "citations, their exact words, F1",
        lambda f: f1(f, "citation.span"),
        _typed(99, 98, 98),
    ),
    Aim("bases with the right citations, F1", lambda f: f1(f, "legal_bases"), _typed(98)),
    Aim("header fields, strict F1", lambda f: f1(f, *HEADER, strict=True), _typed(99)),
    Aim("whole header right, % of documents", lambda f: share(f, "whole header"), _typed(95)),
    Aim("section tree, F1", lambda f: f1(f, "sections"), _typed(98)),
    Aim("tasks, whole row, F1", lambda f: f1(f, "task.row"), _typed(97)),
    Aim("implementation items, F1", lambda f: f1(f, "implementation"), _typed(97)),
    Aim(
        "citations under noise, F1",
        lambda f: f1(f, "citations"),
        {"generated ocr2": 95, "generated ocr5": 88},
    ),
    Aim("citations resolved to the right act, %", lambda f: right_ids(f, *IDS), RESOLVED),
    Aim(
        "… to a wrong act, % (at most)",
        lambda f: wrong_ids(f, *IDS),
        dict.fromkeys(RESOLVED, 0.3),
        most=True,
    ),
    Aim("bases in force on the plan's day or not, F1", lambda f: f1(f, "verdict"), RESOLVED),
    Aim("which citation belongs to which, F1", lambda f: f1(f, "relation"), _typed(95)),
)

INTRODUCTION = f"""\
# Accuracy

Written by `make eval`; the figures are those of its last run. Nothing here is estimated.

**What is measured.** The *corpus* are the five plans of `corpus/`, as scanned text, as Word files
and as PDF. They were looked at while rules were written: figures over them say that nothing got
worse, no more. *Generated* plans are made up by `corpus/generate.py` from phrase tables of its own,
with their answers; those measured here are of the test split (seed {SEED}), whose wordings,
headings and layouts of tables the development split does not show. `ocr1`, `ocr2` and `ocr5` are
the same texts with 1, 2 and 5 % of their characters misread as OCR does. *Real* documents are of
other agencies and not in the repository.

**How values are compared.** *Soft*, as a careful reader would: case, white space, markup and
punctuation at the ends are no difference, and a text of more than 40 characters may differ by 3 %
of edits. *Strict*: letter by letter, white space aside. A wrong value is both extra and missed. F1
is computed from the counts.

**Acts.** A citation is *resolved* to the act of the register that it means; the share that is right
is of those which the register has, the share that is wrong of all. A citation of a basis has a
*verdict*: whether that act was in force on the plan's day; it is wrong where the act is, or the
plan's date. The facts of acts in the generator's tables are those of the register (a test holds
both together); the rules by which they give a verdict were written twice. Words that point back at
a document (`Nghị định này`) are no citations here, and are counted by what they resolve to.

**Confidence.** Values of files with words of their own carry none: `confidence` is an OCR engine's.
"""


def write_page(path: Path, measured: Sequence[Figures]) -> None:
    """Write the page."""
    parts = [
        INTRODUCTION,
        "\n".join(_aims(measured)),
        "\n".join(_by_field("F1 by field, soft", [(f, f.soft) for f in measured])),
        "\n".join(_by_field("F1 by field, strict", [(f, f.strict) for f in measured])),
        "\n".join(_ids(measured)),
        "\n".join(_rates(measured)),
        "\n".join(_counts(measured)),
        "\n".join(_unread(measured)),
        "\n".join(_causes(measured)),
        "\n".join(_peers()),
    ]
    path.write_text("\n\n".join(part.rstrip() for part in parts if part) + "\n", encoding="utf-8")


def markdown_table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|---|" + "---:|" * (len(head) - 1)
    for row in rows:
        yield "| " + " | ".join(map(str, row)) + " |"


def _aims(measured: Sequence[Figures]) -> Iterator[str]:
    known = {figures.dataset.name: figures for figures in measured}
    rows = [
        (aim.what, name, bar, f"{reached:.1f}", "yes" if aim.is_reached(reached, bar) else "**no**")
        for aim in AIMS
        for name, bar in aim.bars.items()
        if name in known
        for reached in (aim.figure(known[name]),)
    ]
    if rows:
        yield "## What was to be reached\n"
        yield from markdown_table(("figure", "on", "bar", "reached", "enough"), rows)


def _by_field(title: str, scores: Sequence[tuple[Figures, Score]]) -> Iterator[str]:
    names = dict.fromkeys(name for _, score in scores for name in score.tallies)
    yield f"## {title}\n"
    heads = [f"{f.dataset.name} ({len(f.dataset.cases)})" for f, _ in scores]
    rows = [
        (name, *(f"{s.tallies[name].f1:.1f}" if name in s.tallies else "" for _, s in scores))
        for name in names
    ]
    total = ("**all, micro**", *(f"**{score.total.f1:.1f}**" for _, score in scores))
    yield from markdown_table(("field", *heads), [*rows, total])


ENDS = {
    "right": "the act that is meant",
    "wrong": "another",
    "open": "left open, though the register has it",
    "excused": "left open, as the paper does not say which",
    "none": "rightly none: the register does not have it",
}
"""How resolving a citation may end."""


def _ids(measured: Sequence[Figures]) -> Iterator[str]:
    """What citations were resolved to, and words that point back at one."""
    for field, what in (
        ("citation.resolved", "Citations, by what they were resolved to"),
        ("reference.resolved", "Words that point back at a document (Nghị định số 98, Luật này)"),
    ):
        shown = [f for f in measured if field in f.soft.ends]
        if not shown:
            continue
        yield f"## {what}\n"
        rows: list[tuple[object, ...]] = [
            (said, *(f.soft.ends[field][end] for f in shown)) for end, said in ENDS.items()
        ]
        rows.append(("**right, %**", *(f"**{right_ids(f, field):.1f}**" for f in shown)))
        rows.append(("**wrong, %**", *(f"**{wrong_ids(f, field):.2f}**" for f in shown)))
        yield from markdown_table(("", *(f.dataset.name for f in shown)), rows)
        yield ""


def _rates(measured: Sequence[Figures]) -> Iterator[str]:
    yield "## Documents without a fault, strict\n"
    rows = []
    for what, fields in WHOLES.items():
        cells = []
        for figures in measured:
            right, count = figures.strict.faultless(fields)
            cells.append(f"{right} of {count}" if count else "")
        rows.append((what, *cells))
    yield from markdown_table(("", *(f.dataset.name for f in measured)), rows)


def _counts(measured: Sequence[Figures]) -> Iterator[str]:
    yield "## Counts: right / extra / missed, soft\n"
    names = dict.fromkeys(name for f in measured for name in f.soft.tallies)
    rows = []
    for name in names:
        cells = []
        for figures in measured:
            tally = figures.soft.tallies.get(name)
            cells.append(f"{tally.right} / {tally.extra} / {tally.missed}" if tally else "")
        rows.append((name, *cells))
    yield from markdown_table(("field", *(f.dataset.name for f in measured)), rows)


def _unread(measured: Sequence[Figures]) -> Iterator[str]:
    unread = [(f.dataset.name, name, why) for f in measured for name, why in f.unread]
    if unread:
        yield "## Not read, and in no figure above\n"
        yield from (f"- {dataset}, {name}: {why}" for dataset, name, why in unread)


FEWEST = 8
"""Papers that show a trait, below which nothing is said of it."""


def _causes(measured: Sequence[Figures]) -> Iterator[str]:
    """Where generated plans are read badly: fields, and what the papers have in common."""
    for figures in measured:
        traits = {case.name: case.traits for case in figures.dataset.cases}
        if not any(traits.values()) or not figures.soft.misses:
            continue
        yield f"## Where we do badly: {figures.dataset.name}\n"
        fields = Counter(miss.field for miss in figures.soft.misses)
        wrong = {miss.document for miss in figures.soft.misses}
        yield "Differences by field: " + ", ".join(
            f"{name} {count}" for name, count in fields.most_common(12)
        )
        yield ""
        if figures.causes:
            yield "Citations and tasks, in what the nearest differs: " + ", ".join(
                f"{cause} {count}" for cause, count in figures.causes.most_common(12)
            )
            yield ""
        shown = Counter(trait for some in traits.values() for trait in some)
        faulty = Counter(trait for name in wrong for trait in traits[name])
        rows = sorted(
            (
                (trait, faulty[trait], count, faulty[trait] / count)
                for trait, count in shown.items()
                if count >= FEWEST
            ),
            key=lambda row: -row[3],
        )
        yield from markdown_table(
            ("what the paper shows", "papers with a fault", "papers"),
            [row[:3] for row in rows[:15]],
        )
        yield ""


def _peers() -> Iterator[str]:
    """What else reads such documents, on the same ones."""
    if not PEERS.exists():
        return
    said: dict[str, Any] = json.loads(PEERS.read_text(encoding="utf-8"))
    yield "## Beside others, on 60 of the generated plans\n"
    yield from said["page"]
