"""
The head of a document in the old form, as passages: type, authority, number and date, title.

What such a head is, and where its parts begin and end, ``segment.old_heads`` knows.
"""

from dataclasses import dataclass

from tdkt_parse.metadata.annexes import is_annex
from tdkt_parse.models import DocNumber, PartialDate
from tdkt_parse.passage import Passage, join
from tdkt_parse.segment import Parts
from tdkt_parse.segment.old_heads import read_old_head
from tdkt_parse.wording import type_of_line


@dataclass(frozen=True, slots=True)
class OldForm:
    """What a head in the old form says (``segment.old_heads``), as passages."""

    kind: str
    blocks: frozenset[int]
    authority: list[Passage]
    """One, or none."""
    number: tuple[DocNumber, Passage, bool] | None
    date: tuple[PartialDate, Passage] | None
    title: list[Passage]
    marks: list[tuple[str, Passage]]


def read_old_form(parts: Parts) -> OldForm | None:
    """The head of a document that names its authority, number and date under the type."""
    if not parts.type:
        return None
    block = parts.type[0]
    known = type_of_line(block.text)
    if known is None:
        return None
    length = len(" ".join(block.text.split()[: known[1]]))
    below = [b for b in parts.title if b.passage.start > block.passage.start]
    annexes = [b.passage for b in below if is_annex(b.text)]
    lines = [block.passage.cut(length, len(block.text)), *(b.passage for b in below)]
    whole = join([line for line in lines if line and line not in annexes])
    head = read_old_head(whole.text, known[0]) if whole else None
    if head is None:
        return None
    number = head.number
    marks = [("type", block.passage.cut(0, length))]
    words = [whole.cut(*span) for span in head.words]
    marks += [("word", word) for word in words if any(map(str.isalnum, word.text))]
    title = whole.cut(head.rest, len(whole.text))
    return OldForm(
        known[0],
        frozenset(map(id, below)),
        [whole.cut(*head.authority)] if head.authority else [],
        (number.number, whole.cut(number.start, number.end), number.damaged) if number else None,
        (head.date[0], whole.cut(*head.date[1:])) if head.date else None,
        [*([title] if title else []), *annexes],
        marks,
    )
