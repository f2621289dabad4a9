"""
One page: its rows of print in columns, its tables, what stands in its margins.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import cos, radians, sin
from typing import NamedTuple

from tdkt_parse.readers.pdf.cells import PageTable, put_in_cell, read_table, words_by_table
from tdkt_parse.readers.pdf.columns import Strip, find_columns
from tdkt_parse.readers.pdf.furniture import peel
from tdkt_parse.readers.pdf.glyphs import STAMP, TURNED, UNSEEN, OldWord, PageWords
from tdkt_parse.readers.pdf.lattice import find_lattices
from tdkt_parse.readers.pdf.notes import PageNote, split_notes
from tdkt_parse.readers.pdf.open_tables import find_open_table, rule_families
from tdkt_parse.readers.pdf.pdfium import Shape
from tdkt_parse.readers.pdf.rows import (
    Row,
    Segment,
    find_rows,
    in_file_order,
    make_row,
    runs_in_file,
)
from tdkt_parse.readers.pdf.rulings import Drawn, Rule


class Tilt(NamedTuple):
    """How a page was levelled: turned by ``degrees`` to the left about its middle, in points."""

    degrees: float
    x: float
    y: float

    def back(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """
        A small rectangle of the levelled page where it stands on the page as shown.

        >>> Tilt(0.0, 300.0, 400.0).back((10.0, 20.0, 40.0, 30.0))
        (10.0, 20.0, 40.0, 30.0)
        """
        x0, y0, x1, y1 = box
        a, b = cos(radians(self.degrees)), sin(radians(self.degrees))
        x, y = (x0 + x1) / 2 - self.x, (y0 + y1) / 2 - self.y
        dx, dy = self.x + a * x - b * y - (x0 + x1) / 2, self.y + b * x + a * y - (y0 + y1) / 2
        return x0 + dx, y0 + dy, x1 + dx, y1 + dy


@dataclass(slots=True)
class Page:
    """A page as laid out: columns and tables from the top down, and what stands apart."""

    number: int
    shape: Shape
    """As its words stand, which may be turned from how it is shown."""
    turn: int = 0
    """By how many quarters to the right it is turned for that."""
    tilt: Tilt | None = None
    """Of a page that was levelled, and whose words stand as on the level one."""
    blocks: list[Strip | PageTable] = field(default_factory=list)
    tops: list[Row] = field(default_factory=list)
    """Rows at the top and the foot that may be a running head, a page number or a running foot."""
    feet: list[Row] = field(default_factory=list)
    aside: list[Row] = field(default_factory=list)
    """Turned words, the stamps of signatures."""
    unseen: list[Row] = field(default_factory=list)
    """Words that nobody sees on the page."""
    notes: list[PageNote] = field(default_factory=list)
    old: dict[tuple[float, str], OldWord] = field(default_factory=dict)
    """What words were in an old encoding, by their left edge and what they are now."""


def lay_out(
    number: int, shape: Shape, words: PageWords, drawn: Drawn, open_: Strip | None = None
) -> Page:
    """A page from its words and lines; ``open_``: the column that may go on from before."""
    page = Page(number, shape, words.turn, old=words.old)
    upright: Sequence[int] | None = None
    aside: list[Row] = []
    if words.any_look(TURNED | STAMP | UNSEEN):
        upright = [k for k, look in enumerate(words.looks) if not look & (TURNED | STAMP | UNSEEN)]
        unseen = [k for k, look in enumerate(words.looks) if look & UNSEEN]
        page.unseen = [make_row(number, line) for line in find_rows(words, unseen)]
        turned = [k for k, look in enumerate(words.looks) if look & TURNED and not look & UNSEEN]
        stamps = [
            k for k, look in enumerate(words.looks) if look & (TURNED | STAMP | UNSEEN) == STAMP
        ]
        aside = [in_file_order(number, words, run) for run in runs_in_file(words, turned)]
        page.aside = [
            make_row(number, [segment])
            for group in _side_by_side(find_rows(words, stamps))
            for segment in group
        ]
    lattices = [lattice for lattice in find_lattices(drawn) if len(lattice.xs) > 2]
    inside: list[list[int]] = []
    if lattices:
        every = range(len(words)) if upright is None else upright
        upright, inside = words_by_table(words, every, lattices)
    lines = find_rows(words, upright)
    lines, page.tops, page.feet = peel(number, shape, lines, [table.box for table in lattices])
    separators = [
        rule
        for rule in drawn.level
        if 40 < rule.end - rule.start < 0.5 * shape.width
        and not any(t.ys[0] - 3 <= rule.at <= t.ys[-1] + 3 for t in lattices)
    ]
    lines, page.notes = split_notes(number, lines, separators, _usual_size(words))
    at = 0
    families = rule_families([r for r in drawn.level if r not in separators], shape.width)
    families = [
        rule
        for rule in families
        if not any(t.ys[0] - 3 <= rule.at <= t.ys[-1] + 3 for t in lattices)
    ]
    middle = _middle_of(lines, shape.width)
    for lattice, held in zip(lattices, inside, strict=True):
        stop = at
        while stop < len(lines) and _height(lines[stop]) < lattice.ys[0]:
            stop += 1
        page.blocks += _in_blocks(number, lines[at:stop], middle, families, open_)
        open_ = None
        table = read_table(number, lattice, words, held)
        aside = [row for row in aside if not put_in_cell(table, row)]
        page.blocks.append(table)
        at = stop
    page.blocks += _in_blocks(number, lines[at:], middle, families, open_)
    page.aside += aside
    return page


def _side_by_side(lines: Sequence[Sequence[Segment]]) -> list[list[Segment]]:
    """The segments of stamps, stamp by stamp: those below one another are of one."""
    groups: list[list[Segment]] = []
    for line in lines:
        for segment in line:
            for group in groups:
                if any(segment.x0 < s.x1 and s.x0 < segment.x1 for s in group):
                    group.append(segment)
                    break
            else:
                groups.append([segment])
    return groups


def _in_blocks(
    number: int,
    lines: list[list[Segment]],
    middle: float,
    rules: Sequence[Rule],
    open_: Strip | None,
) -> Iterator[Strip | PageTable]:
    """Lines between two ruled tables as columns, and tables that have no upright rules."""
    at = first = 0
    while at < len(lines):
        found = find_open_table(number, lines, at, rules) if len(lines[at]) > 1 else None
        if found is None:
            at += 1
            continue
        yield from find_columns(number, lines[first:at], middle, open_=open_)
        open_ = None
        first = at = found[0]
        yield found[1]
    yield from find_columns(number, lines[first:], middle, open_=open_)


def _height(line: Sequence[Segment]) -> float:
    return (line[0].y0 + line[0].y1) / 2


def _middle_of(lines: Sequence[Sequence[Segment]], width: float) -> float:
    """The middle between the edges of a page's text; of the page, where little stands on it."""
    left = min((line[0].x0 for line in lines), default=0.0)
    right = max((line[-1].x1 for line in lines), default=width)
    return (left + right) / 2 if right - left > 0.5 * width else width / 2


def _usual_size(words: PageWords) -> float:
    """The type size of most of a page."""
    sizes = sorted(words.sizes)
    return sizes[len(sizes) // 2] if sizes else 0.0
