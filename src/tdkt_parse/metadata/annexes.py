"""
The line that says which document something is attached to: ``(Kèm theo Kế hoạch số …)``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tdkt_parse.docnumber import NumberMatch, find_docnumbers, find_letterhead_number
from tdkt_parse.models import PartialDate
from tdkt_parse.passage import Passage
from tdkt_parse.periods import find_dates
from tdkt_parse.segment.openings import is_annex_line
from tdkt_parse.spelling import key


def is_annex(text: str) -> bool:
    """Whether a line says which document this is attached to."""
    return is_annex_line(text[:60])


@dataclass(frozen=True, slots=True)
class Annex:
    """What a line ``(Kèm theo Kế hoạch số … ngày …)`` says of the document it belongs to."""

    passage: Passage
    kind: str | None
    number: NumberMatch | None
    date: tuple[PartialDate, int, int] | None


def annex_of(passage: Passage, kinds: Sequence[str]) -> Annex:
    """Read an annex line; ``kinds`` are the names of types of document."""
    text = passage.text
    numbers = find_docnumbers(text)
    number = numbers[-1] if numbers else find_letterhead_number(text)
    dates = find_dates(text)
    before = key(text[: number.start] if number else text)
    named = sorted(((before.rfind(key(kind)), kind) for kind in kinds), reverse=True)
    kind = named[0][1] if named and named[0][0] >= 0 else None
    after = [d for d in dates if number is None or d.start >= number.end]
    date = (after[0].date, after[0].start, after[0].end) if after else None
    return Annex(passage, kind, number, date)
