"""
Scans read by each subject, and what came out beside what is typed.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from datasets import Case
from measure import Figures, add
from ocr_pages import Typed, typed
from ocr_scans import Scans
from ocr_scores import Cell, Counted, Placed, Row, across, fit, moved, score_tables, score_text
from processes import NotMeasured, Process
from tdkt_parse.models import Plan
from tdkt_parse.pipeline import parse

PROGRAM = "ocr_subject.py"
OURS, PLAIN = "tdkt", "tesseract"


@dataclass(slots=True)
class Taken:
    """What one subject read of one set, and what that took."""

    subject: str
    scans: Scans
    counted: Counted = field(default_factory=Counted)
    pages: int = 0
    wall: float = 0.0
    cpu: float = 0.0
    peak: int = 0
    """Bytes."""
    each: dict[str, Counted] = field(default_factory=dict)
    """By document."""
    plans: Figures | None = None
    """The Plans that were made of it beside what is known, of documents with answers."""
    unread: list[tuple[str, str]] = field(default_factory=list)


class Reader(Process):
    """A subject that says what it read."""

    def __init__(self, subject: str) -> None:
        super().__init__(PROGRAM, subject)

    def pages(self, path: Path) -> dict[str, Any]:
        if self._process.stdin is None or self._process.poll() is not None:
            raise NotMeasured("it ended")
        self._process.stdin.write(json.dumps(str(path)) + "\n")
        self._process.stdin.flush()
        return self._answer()


def side_by_side(scans: Scans, subjects: Sequence[str]) -> Iterator[Taken | tuple[str, str]]:
    """
    Each subject over the same scans, file by file in turn; why, where one cannot be measured.

    Each has a process of its own, so that its peak of memory is its own.
    """
    with ExitStack() as stack:
        taken: dict[str, tuple[Reader, Taken]] = {}
        for subject in subjects:
            try:
                taken[subject] = stack.enter_context(Reader(subject)), Taken(subject, scans)
            except NotMeasured as reason:
                yield subject, str(reason)
        pairs = zip(scans.dataset.cases, scans.typed, strict=True)
        for number, (case, source) in enumerate(pairs):
            known = typed(source)
            order = list(taken)
            shift = number % max(len(order), 1)
            for subject in order[shift:] + order[:shift]:
                reader, mine = taken[subject]
                try:
                    _add(mine, case, known, reader.pages(case.document))
                except NotMeasured as reason:
                    mine.unread.append((case.name, str(reason)))
        yield from (mine for _, mine in taken.values())


def _add(mine: Taken, case: Case, known: Typed, answer: dict[str, Any]) -> None:
    if "failed" in answer:
        mine.unread.append((case.name, answer["failed"]))
        counted = judge(known, [], [], ())
    else:
        mine.pages += len(known.orders)
        mine.wall += answer["wall"]
        mine.cpu += answer["cpu"]
        mine.peak = max(mine.peak, answer["peak"])
        words = _placed(known, answer["words"])
        if case.gold:
            mine.plans = mine.plans or Figures(mine.scans.dataset)
            add(mine.plans, case, _plan(answer))
        rows = (
            [Row(page, tuple(Cell(*cell) for cell in cells)) for page, cells in answer["rows"]]
            if "rows" in answer
            else by_place(known, words)
        )
        counted = judge(known, answer["texts"], words, rows)
        if "as_read" in answer:
            texts, placed = answer["as_read"]
            counted.as_read = judge(known, texts, _placed(known, placed), ()).characters
    mine.each[case.name] = counted
    mine.counted += counted


def _plan(answer: dict[str, Any]) -> Plan:
    """The Plan that a subject made, or ours of the text of one that makes none."""
    if "plan" in answer:
        return Plan.from_json(answer["plan"])
    return parse("\n".join(answer["texts"]).encode() or b".", name="text.txt")


def _placed(known: Typed, words: Sequence[Sequence[Sequence[Any]]]) -> list[list[Placed]]:
    return laid(known, [[Placed(*word) for word in page] for page in words])


def laid(known: Typed, words: Sequence[Sequence[Placed]]) -> list[list[Placed]]:
    """The words of each page where they would be, did it lie as the typed one."""
    return [moved(mine, *fit(page, mine)) for page, mine in zip(known.words, words, strict=False)]


def judge(
    known: Typed,
    texts: Sequence[str],
    words: Sequence[Sequence[Placed]],
    rows: Sequence[Row],
) -> Counted:
    """What was read beside what is typed; a page not read has nothing on it."""
    counted = Counted()
    for number, orders in enumerate(known.orders):
        read = (texts[number], across(words[number])) if number < len(texts) else ("",)
        counted += score_text(orders, read)
    counted.as_read = replace(counted.characters)
    if known.rows or rows:
        counted += score_tables(known.rows, rows)
    return counted


def by_place(known: Typed, words: Sequence[Sequence[Placed]]) -> list[Row]:
    """Rows of who knows no tables: his words in the typed page's own cells, by their places."""
    rows = []
    for row, areas in zip(known.rows, known.areas, strict=True):
        cells = []
        for cell, some in zip(row.cells, areas, strict=True):
            inside = [
                word.text
                for area in some
                for word in words[area.page - 1]
                if area.holds(word.centre)
            ]
            cells.append(cell._replace(text=" ".join(inside)))
        rows.append(Row(row.page, tuple(cells)))
    return rows
