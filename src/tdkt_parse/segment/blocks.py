"""
Lines into blocks: whole paragraphs, and tables.

The columns of a letterhead or a signature are lines one below the other (``columns``), and lines
are put together again where one goes on the other (``broken_lines``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tdkt_parse.layout import Document, Line, Table
from tdkt_parse.passage import EMPTY, Passage, join, read_line
from tdkt_parse.segment.broken_lines import goes_on, right_margin
from tdkt_parse.segment.columns import flatten
from tdkt_parse.segment.labels import Label, find_label, is_next
from tdkt_parse.spelling import is_upper, key

LONGEST_LABELLED = 4000
"""Code points of a paragraph of which the beginning is looked at."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a table (then ``passage`` is empty)."""

    passage: Passage
    table: Table | None = None
    gap: bool = False
    bold: bool = False
    label: Label | None = None
    folded: str = ""
    """The first 200 code points under their key."""
    upper: bool = False
    rest: Passage = EMPTY
    """The paragraph without its label."""
    text: str = field(init=False, repr=False)
    """That of the passage, for which every rule asks more than once."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.passage.text)


def find_blocks(document: Document) -> list[Block]:
    """The paragraphs and tables of a document, in order."""
    flat = [*flatten(document)]
    lines = [block for block in flat if isinstance(block, Line)]
    read = [read_line(document.text, line, document.repairs) for line in lines]
    margin = right_margin(lines, read)
    blocks: list[Block] = []
    first = last = 0
    for block in flat:
        if isinstance(block, Line):
            last += 1
            continue
        blocks += paragraphs(lines[first:last], read[first:last], margin)
        first = last
        blocks.append(Block(EMPTY, block))
    return without_initials(blocks + paragraphs(lines[first:], read[first:], margin))


def without_initials(blocks: list[Block]) -> list[Block]:
    """
    Blocks of which ``C. Mác`` and ``V. I. Lênin`` begin none of a list.

    A capital letter is a label only as the first of its list, or after the one before it.
    """
    found: list[Block] = []
    seen: dict[str, Label] = {}
    for block in blocks:
        label = block.label
        if label and label.style == "upper":
            if label.value == 1 or any(is_next(label, before) for before in seen.values()):
                seen[label.text] = label
            else:
                block = replace(block, label=None, rest=block.passage)
        elif label and label.style == "roman" and block.rest.text[1:2] == ".":
            block = replace(block, label=None, rest=block.passage)
        found.append(block)
    return found


def make_block(passage: Passage, *, gap: bool, bold: bool) -> Block:
    """A paragraph with what its beginning shows."""
    text = passage.text
    label = find_label(text if len(text) < LONGEST_LABELLED else text[:LONGEST_LABELLED])
    rest = passage.cut(label.end, len(text)) if label else passage
    return Block(passage, None, gap, bold, label, key(text[:200]), is_upper(text[:400]), rest)


def paragraphs(lines: Sequence[Line], read: Sequence[Passage], margin: int | None) -> list[Block]:
    """The paragraphs that some lines make; ``read`` are their passages."""
    groups: list[list[int]] = []
    for index, passage in enumerate(read):
        if not passage:
            continue
        if groups and goes_on(
            read[groups[-1][-1]], passage, lines[index], lines[groups[-1][-1]], margin
        ):
            groups[-1].append(index)
        else:
            groups.append([index])
    return [
        make_block(
            join([read[k] for k in group]),
            gap=lines[group[0]].gap,
            bold=all(lines[k].bold for k in group),
        )
        for group in groups
    ]
