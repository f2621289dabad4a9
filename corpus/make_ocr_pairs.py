"""
Write ``src/tdkt_parse/data/ocr_pairs.csv``: which word follows which in administrative Vietnamese.

    python corpus/make_ocr_pairs.py

From the project's own texts alone: the plans of ``corpus/``, the tables of ``data/``, and made-up
plans of the development split, whose phrases are the generator's. A pair is counted once a text,
however often it stands there; the same call gives the same file. Those plans have few words beside
the language of offices: the words of ``data/compounds.csv`` are counted as if they stood in
``OFTEN`` texts.
"""

import csv
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "corpus")]

from generator.compose import compose  # noqa: E402
from generator.writers.text import to_text  # noqa: E402
from tdkt_parse.repair.pairs import pairs_of  # noqa: E402
from tdkt_parse.spelling import bare  # noqa: E402

DATA = ROOT / "src" / "tdkt_parse" / "data"
PLANS = 300
FIRST = 900_000
"""The seed of the first made-up plan, far from those that are measured on."""
OFTEN = 20
"""Texts in which a pair stands that others are misprints of."""
Pair = tuple[str, str]
TABLES = {
    "instruments.csv": ("kind", "title", "aliases", "issuer"),
    "laws.csv": None,
    "document_types.csv": ("name",),
    "agencies.csv": ("name",),
    "legislatures.csv": None,
}
"""Columns that hold words; None, all."""
WORDS = (
    "headings.toml",
    "kinds.toml",
    "offices.toml",
    "openers.toml",
    "columns.toml",
    "units.toml",
)


def texts() -> Iterator[str]:
    """Every text that is counted."""
    for path in sorted((ROOT / "corpus").glob("*.txt")):
        yield path.read_text(encoding="utf-8")
    for name, columns in TABLES.items():
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield "\n".join(v for k, v in row.items() if v and (not columns or k in columns))
    for name in WORDS:
        yield "\n".join(_strings(tomllib.loads((DATA / name).read_text(encoding="utf-8"))))
    for seed in range(FIRST, FIRST + PLANS):
        yield to_text(compose("dev", seed).paper, Random(seed))


def compounds() -> frozenset[Pair]:
    """The pairs of the words of the language of offices."""
    with (DATA / "compounds.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(pair for row in csv.DictReader(file) for pair in pairs_of(row["words"]))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def without_misprints(counts: Counter[Pair]) -> Counter[Pair]:
    """
    Without pairs seen once that differ by marks alone from one that is seen often.

    The plans of the corpus were typed by people, and some read by OCR: ``KÉ HOẠCH`` is in them.
    """
    often = {_letters(pair) for pair, count in counts.items() if count >= OFTEN}
    return Counter({p: n for p, n in counts.items() if n > 1 or _letters(p) not in often})


def _letters(pair: Pair) -> tuple[str, str]:
    """A pair without its marks, and without the letters that stand for tones in a key."""
    return (_without_tone(pair[0]), _without_tone(pair[1]))


def _without_tone(word: str) -> str:
    return bare(word.rstrip("fsrxj"))


def count_pairs() -> Counter[Pair]:
    """How often two words stand side by side in what the project writes itself."""
    counts: Counter[Pair] = Counter()
    for text in texts():
        counts.update({pair for line in text.splitlines() for pair in pairs_of(line)})
    counts = without_misprints(counts)
    for pair in compounds():
        counts[pair] = max(counts[pair], OFTEN)
    return counts


def main() -> None:
    counts = count_pairs()
    with (DATA / "ocr_pairs.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("first", "second", "count"))
        writer.writerows((*pair, count) for pair, count in sorted(counts.items()))
    print(f"{len(counts)} pairs")


if __name__ == "__main__":
    main()
