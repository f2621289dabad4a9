"""
Accuracy has a floor: fail when a field is read worse than ``baseline.json`` says.

    python benchmarks/gate.py             compare; exit 1 when a field is below its floor
    python benchmarks/gate.py --update    pin what is reached now, which may only rise

The floors are of the corpus and of a quick slice of generated plans, set by set. A floor is lowered
with ``--update --allow-regression REASON`` alone; the reason is kept beside the floors. Each set is
pinned by a SHA-256: documents or answers that changed must be pinned anew, for floors of other
documents say nothing.
"""

import argparse
import json
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from compare import Score
from datasets import fingerprint
from evaluate import quick, report
from measure import Figures, measure

BASELINE = Path(__file__).resolve().parent / "baseline.json"
TOTAL = "micro F1"

Json = dict[str, Any]


def reached(score: Score) -> dict[str, float]:
    """
    F1 of each field and of all, cut to one decimal so that a floor is never above its figure.

    Of what must not be guessed, the share that is not wrong as well.

    >>> from compare import Tally
    >>> reached(Score({"title": Tally(right=2, missed=1)}))
    {'title': 80.0, 'micro F1': 80.0}
    """
    figures = {name: tally.f1 for name, tally in score.tallies.items()}
    for name, ends in score.ends.items():
        figures[f"{name}, not wrong"] = 100 - 100 * ends["wrong"] / ends.total()
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


def pinned(figures: Figures) -> Json:
    """A set as it is pinned."""
    return {
        "documents": len(figures.dataset.cases),
        "fingerprint": fingerprint(figures.dataset),
        "floors": dict(sorted(reached(figures.soft).items())),
    }


def check(baseline: Json, now: Mapping[str, Json]) -> int:
    """Say what is below its floor; the exit code."""
    wrong = []
    for name in sorted({*baseline["sets"], *now}):
        old, new = baseline["sets"].get(name), now.get(name)
        if old is None or new is None:
            wrong.append(f"{name}: {'not measured' if new is None else 'no floors yet'}")
        elif old["fingerprint"] != new["fingerprint"]:
            wrong.append(f"{name}: not the documents that the floors were pinned on")
        else:
            wrong += [f"{name}: {line}" for line in below(old["floors"], new["floors"])]
    for line in wrong:
        print(f"below its floor: {line}")
    if wrong:
        print("`make eval-quick` lists what differs; gate.py --update pins what is new.")
        return 1
    totals = ", ".join(f"{name} {one['floors'][TOTAL]}" for name, one in now.items())
    print(f"all figures at or above their floors; {TOTAL}: {totals}")
    return 0


def update(path: Path, baseline: Json, now: Mapping[str, Json], *, reason: str | None) -> int:
    """Pin what is reached now; refused where it is less, but for a reason."""
    worse = [
        f"{name}, {line}"
        for name, old in baseline["sets"].items()
        for line in lowered(old["floors"], now.get(name, {"floors": {}})["floors"])
    ]
    for line in worse:
        print(f"refused to lower: {line}" if reason is None else f"floor lowered: {line}")
    if worse and reason is None:
        print("--allow-regression REASON lowers them all the same, and keeps the reason.")
        return 1
    reasons = list(baseline.get("reasons", []))
    if worse:
        reasons.append(reason)
    text = json.dumps({"sets": now, "reasons": reasons}, ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
    print(f"{sum(len(one['floors']) for one in now.values())} floors pinned")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    summary = (__doc__ or "").strip().partition("\n")[0]
    parser = argparse.ArgumentParser(description=summary)
    parser.add_argument("--baseline", type=Path, default=BASELINE, metavar="FILE")
    parser.add_argument("--update", action="store_true", help="pin what is reached now")
    parser.add_argument(
        "--allow-regression", metavar="REASON", help="… even where it is lower, and why"
    )
    parser.add_argument("--verbose", "-v", action="store_true", help="list what differs")
    options = parser.parse_args(arguments)
    if options.allow_regression is not None and not options.update:
        parser.error("--allow-regression goes with --update")
    if options.allow_regression is not None and not options.allow_regression.strip():
        parser.error("--allow-regression wants the reason in words")
    now = {}
    for dataset in quick():
        figures = measure(dataset)
        report(figures, verbose=options.verbose)
        now[dataset.name] = pinned(figures)
    baseline = json.loads(options.baseline.read_text(encoding="utf-8"))
    if options.update:
        return update(options.baseline, baseline, now, reason=options.allow_regression)
    return check(baseline, now)


if __name__ == "__main__":
    sys.exit(main())
