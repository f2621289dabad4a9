"""
Accuracy has a floor: fail when a field of the corpus is read worse than ``baseline.json`` says.

    python benchmarks/gate.py             compare; exit 1 when a field is below its floor
    python benchmarks/gate.py --update    pin what is reached now, which may only rise

A floor is lowered with ``--update --allow-regression`` alone, and the reason stands in the commit.
The corpus is pinned by its SHA-256: documents or answers that changed must be pinned anew, for
floors of another corpus say nothing.
"""

import argparse
import hashlib
import json
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluate import CORPUS, GOLD, LATER, Score, evaluate, pairs

BASELINE = Path(__file__).resolve().parent / "baseline.json"
TOTAL = "micro F1"


def fingerprint(gold: Path = GOLD, documents: Path = CORPUS) -> str:
    """SHA-256 over the names and bytes of documents and answers."""
    digest = hashlib.sha256()
    for path in sorted(path for pair in pairs(gold, documents) for path in pair):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def reached(score: Score) -> dict[str, float]:
    """
    F1 of each field and of all, cut to one decimal so that a floor is never above its figure.

    >>> from evaluate import Tally
    >>> reached(Score({"title": Tally(right=2, missed=1)}))
    {'title': 80.0, 'micro F1': 80.0}
    """
    figures = {name: tally.f1 for name, tally in score.tallies.items()}
    figures[TOTAL] = score.total.f1
    return {name: math.floor(round(figure, 6) * 10) / 10 for name, figure in figures.items()}


def below(floors: Mapping[str, float], now: Mapping[str, float]) -> list[str]:
    """
    What is wrong with the figures of now, each in one line.

    >>> below({"title": 90.0, "date": 100.0}, {"title": 95.0, "date": 99.0, "place": 10.0})
    ['date: 99.0, floor 100.0', 'place: 10.0, no floor yet']
    >>> below({"title": 90.0}, {})
    ['title: not measured, floor 90.0']
    """
    wrong = []
    for name in sorted({*floors, *now}):
        if name not in now:
            wrong.append(f"{name}: not measured, floor {floors[name]}")
        elif name not in floors:
            wrong.append(f"{name}: {now[name]}, no floor yet")
        elif now[name] < floors[name]:
            wrong.append(f"{name}: {now[name]}, floor {floors[name]}")
    return wrong


def lowered(floors: Mapping[str, float], now: Mapping[str, float]) -> list[str]:
    """
    Floors that pinning the figures of now would lower or drop.

    >>> lowered({"title": 90.0, "date": 100.0}, {"title": 95.0, "place": 10.0})
    ['date: from 100.0 to none']
    """
    return [
        f"{name}: from {floor} to {now.get(name, 'none')}"
        for name, floor in sorted(floors.items())
        if now.get(name, -1.0) < floor
    ]


def check(baseline: Mapping[str, Any], now: Mapping[str, float], corpus: str) -> int:
    if baseline["corpus"] != corpus:
        print("The corpus is not the one the floors were pinned on: gate.py --update pins it anew.")
        return 1
    wrong = below(baseline["floors"], now)
    for line in wrong:
        print(f"below its floor: {line}")
    if wrong:
        print("`make eval` lists what differs. New fields are pinned by gate.py --update.")
        return 1
    print(f"{len(now)} figures at or above their floors; {TOTAL} {now[TOTAL]}")
    return 0


def update(
    path: Path, baseline: Mapping[str, Any], now: Mapping[str, float], corpus: str, *, force: bool
) -> int:
    worse = lowered(baseline["floors"], now)
    for line in worse:
        print(f"floor lowered: {line}" if force else f"refused to lower: {line}")
    if worse and not force:
        print("--allow-regression lowers them all the same; say why in the commit.")
        return 1
    documents = len(pairs(GOLD, CORPUS))
    pinned = {"corpus": corpus, "documents": documents, "floors": dict(sorted(now.items()))}
    path.write_text(json.dumps(pinned, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"{len(now)} floors pinned")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    summary = (__doc__ or "").strip().partition("\n")[0]
    parser = argparse.ArgumentParser(description=summary)
    parser.add_argument("--baseline", type=Path, default=BASELINE, metavar="FILE")
    parser.add_argument("--update", action="store_true", help="pin what is reached now")
    parser.add_argument("--allow-regression", action="store_true", help="… even where it is lower")
    options = parser.parse_args(arguments)
    if options.allow_regression and not options.update:
        parser.error("--allow-regression goes with --update")
    score = evaluate()
    score.leave_out(LATER)
    now = reached(score)
    baseline = json.loads(options.baseline.read_text(encoding="utf-8"))
    corpus = fingerprint()
    if options.update:
        return update(options.baseline, baseline, now, corpus, force=options.allow_regression)
    return check(baseline, now, corpus)


if __name__ == "__main__":
    sys.exit(main())
