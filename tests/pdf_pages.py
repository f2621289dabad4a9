"""
A little typesetter: paragraphs, columns, ruled tables and pages, as PDF files.

Its letters are those of ``pdf_by_hand``, as wide as those of a usual font; a space is a quarter of
an em unless a row is drawn out to both margins. Places are points from the top left of the page as
it is read.

A file is made of blocks, one below the other: ``pdf(p("Căn cứ …"), table((85, 300, 553), …))``.
Within a text ``^1^`` is raised and small, and ``|`` is a place where a row may end without a space.
"""

import itertools
import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import Literal, NamedTuple

from pdf_by_hand import CATALOG, FREE, PAGES, coded, font, letters_of, page

from pdf_objects import put, stream

Face = Literal["", "b", "i", "bi", "?"]
"""Plain, bold, italic, both; ``?``: a font that does not say what its signs mean."""
Align = Literal["justified", "left", "centre", "right"]
How = Literal["spaced", "words", "letters", "kerned"]
"""What a program writes: rows with spaces, each word or each letter alone, no spaces but gaps."""
Style = Literal["lines", "rects", "frames", "double", "dotted", "level", "shading", "none"]
"""How the edges of cells are drawn."""

LEFT, MARGIN = 85.0, 42.0
TOP, FOOT = 57.0, 57.0
RIGHT = 595 - MARGIN
SIZE = 14.0
SPACE = 0.25
INDENT = 36.0

_NAMES = {"": "F", "b": "B", "i": "I", "bi": "C", "?": "U"}
_FONTS = {"F": "Plan", "B": "Plan-Bold", "I": "Plan-Italic", "C": "Plan-BoldItalic", "U": "Plan"}
_FIRST_FONT = 4
_IMAGE, _WIDTHS = 3, 30
_RANGES = [f"<{k:02x}00> <{k:02x}ff> <{k:02x}00>" for k in (0, 1, 2, 3, 0x1E, 0x20, 0x25)]
_LETTERS = letters_of("\n".join([*_RANGES, "<fb01> <fb01> <00660069>"]), len(_RANGES) + 1)
_UNKNOWN = letters_of("\n".join(f"{one[:13]} <e000>" for one in _RANGES), len(_RANGES))

LETTER, CAPITAL = 0.53, 0.72
_WIDE = {
    **dict.fromkeys("oôbp", 0.56), **dict.fromkeys("0123456789", 0.64),
    **dict.fromkeys("mM%", 0.88), **dict.fromkeys("wW@…—", 1.0),
}  # fmt: skip
RAISED = 0.6
"""Of the type size: that of the marks of notes."""


@dataclass
class Leaf:
    """A page while it is set: its size as it is read, and how it lies in the file."""

    width: float = 595.0
    height: float = 842.0
    rotate: int = 0
    """Degrees by which the file asks to turn the page; its contents are drawn to stand upright."""
    turn: int = 0
    """Degrees by which a reader has to turn it; the file does not ask."""
    crop: tuple[float, float] | None = None
    """How much larger the paper is than what is shown of it, left and below."""
    low: float = FOOT
    """How much is left blank below the text."""
    drawn: list[str] = field(default_factory=list)
    fields: list[int] = field(default_factory=list)
    objects: list[str] = field(default_factory=list)

    @property
    def right(self) -> float:
        return self.width - MARGIN

    @property
    def bottom(self) -> float:
        return self.height - self.low


class Paper:
    """The pages so far: which one is written on, and the height of the next row."""

    def __init__(self, leaf: Leaf, how: How) -> None:
        self.leaves = [leaf]
        self.index = 0
        self.y = TOP
        self.how = how
        self.objects: dict[int, bytes] = {}

    @property
    def leaf(self) -> Leaf:
        return self.leaves[self.index]

    def turn_over(self, leaf: Leaf | None = None) -> None:
        """Go on at the top of the next page."""
        self.index += 1
        if self.index == len(self.leaves):
            self.leaves.append(leaf or Leaf(self.leaf_before.width, self.leaf_before.height))
        self.y = TOP

    @property
    def leaf_before(self) -> Leaf:
        return self.leaves[self.index - 1]

    def need(self, height: float) -> None:
        """Turn over if so much has no place on the page."""
        if self.y + height > self.leaf.bottom:
            self.turn_over()

    def new(self, body: bytes) -> int:
        """One more object of the file; its number."""
        number = FREE + 20 + len(self.objects)
        self.objects[number] = body
        return number


Block = Callable[[Paper], None]
Text = str | Sequence[tuple[Face, str]]
Said = str | tuple[Face, str] | float
"""In a column: a paragraph, or so much blank."""


# ---------------------------------------------------------------- rows of print


class Placed(NamedTuple):
    """A word of a row: where it begins, and whether a space stands before it."""

    x: float
    text: str
    face: Face
    spaced: bool


def ems(letter: str) -> float:
    """How wide a letter is, in ems: no narrower than what pdfium draws for it without its font."""
    return _WIDE.get(letter, CAPITAL if letter.isupper() else LETTER)


def width_of(word: str, size: float) -> float:
    """How wide a word is, marks of notes within it small."""
    parts = word.split("^")
    full = sum(ems(one) for part in parts[::2] for one in part)
    small = sum(ems(one) for part in parts[1::2] for one in part)
    return size * (full + RAISED * small)


def broken(
    text: Text, x0: float, x1: float, *, size: float, align: Align, indent: float = 0.0,
    hang: float = 0.0, face: Face = "",
) -> list[list[Placed]]:  # fmt: skip
    """A text as rows between two edges: as many words on each as have their place."""
    parts: Sequence[tuple[Face, str]] = [(face, text)] if isinstance(text, str) else text
    words = [
        (piece, look, not number)
        for look, said in parts
        for word in said.split()
        for number, piece in enumerate(word.split("|"))
    ]
    rows: list[list[tuple[str, Face, bool]]] = [[]]
    room = x1 - x0 - indent
    used = 0.0
    for word, look, spaced in words:
        need = width_of(word, size) + (SPACE * size if spaced and rows[-1] else 0.0)
        if rows[-1] and used + need > room + 0.01:
            rows.append([])
            used, room = 0.0, x1 - x0 - hang
            need = width_of(word, size)
        rows[-1].append((word, look, spaced))
        used += need
    return [
        _spread(
            row, x0 + (hang if number else indent), x1, size,
            "left" if align == "justified" and number == len(rows) - 1 else align,
        )
        for number, row in enumerate(rows)
    ]  # fmt: skip


_PHRASE = "và các cơ quan ở trong toàn huyện cùng những tổ chức đoàn thể của thôn xã"
_FILLING = _PHRASE.split()


def turning(before: str, after: str, *, indent: float = INDENT, size: float = SIZE) -> str:
    """
    A text of two parts with words before the last of the first, so that the second begins a row.

    Where the second part has a place for a break, ``|``, the row begins there.
    """
    start = [word for one in after.split()[:2] for word in one.split("|")][-2:]
    for text in _filled(before, after):
        rows = broken(text, LEFT, RIGHT, size=size, align="justified", indent=indent)
        if any([one.text for one in row[:2]] == start for row in rows[1:]) or (
            "|" in after and any(row[0].text == start[0] for row in rows[1:])
        ):
            return text
    raise ValueError(before)


def brimming(before: str, after: str, *, indent: float = INDENT, size: float = SIZE) -> str:
    """A text of two parts with words between, so that its last row is full but for a letter."""
    for text in _filled(before, after):
        rows = broken(text, LEFT, RIGHT, size=size, align="left", indent=indent)
        last = rows[-1][-1]
        if len(rows) > 1 and RIGHT - last.x - width_of(last.text, size) < size / 2 + 1:
            return text
    raise ValueError(before)


def _filled(before: str, after: str) -> Iterator[str]:
    *words, last = before.split()
    for count, start in itertools.product(range(len(_FILLING)), repeat=2):
        yield " ".join([*words, *(_FILLING[start:] + _FILLING)[:count], last, after])


def _spread(
    row: Sequence[tuple[str, Face, bool]], x0: float, x1: float, size: float, align: Align
) -> list[Placed]:
    """The words of a row in their places."""
    widths = [width_of(word, size) for word, _, _ in row]
    gaps = sum(1 for number, (_, _, spaced) in enumerate(row) if spaced and number)
    space = SPACE * size
    free = x1 - x0 - sum(widths) - space * gaps
    if align == "justified" and gaps:
        space += free / gaps
    x = x0 + {"centre": free / 2, "right": free}.get(align, 0.0)
    placed = []
    for number, ((word, look, spaced), width) in enumerate(zip(row, widths, strict=True)):
        if spaced and number:
            x += space
        placed.append(Placed(x, word, look, spaced and number > 0))
        x += width
    return placed


def print_row(paper: Paper, row: Sequence[Placed], y: float, size: float, mode: int = 0) -> None:
    """Write a row whose upper edge is at a height."""
    base = paper.leaf.height - y - 0.8 * size
    drawn = paper.leaf.drawn
    if paper.how == "spaced":
        first = 0
        while first < len(row):
            stop = first + 1
            while (
                stop < len(row)
                and row[stop].face == row[first].face
                and not any("^" in one.text for one in row[first : stop + 1])
            ):
                stop += 1
            if "^" in row[first].text:
                drawn += _marked(row[first], base, size, mode)
            else:
                drawn.append(_together(row[first:stop], base, size, mode, last=stop == len(row)))
            first = stop
        return
    for word in row:
        if "^" in word.text:
            drawn += _marked(word, base, size, mode)
        elif paper.how == "words":
            drawn.append(_show(word.x, base, size, word.face, f"<{coded(word.text)}> Tj", mode))
        elif paper.how == "letters":
            drawn += [
                _show(
                    word.x + width_of(word.text[:k], size), base, size, word.face,
                    f"<{coded(one)}> Tj", mode,
                )
                for k, one in enumerate(word.text)
            ]  # fmt: skip
        else:
            kerns = [30, -40, 20, -10]
            shown = "".join(f"<{coded(c)}>{kerns[k % 4]}" for k, c in enumerate(word.text))
            drawn.append(_show(word.x, base, size, word.face, f"[{shown}] TJ", mode))


def _together(row: Sequence[Placed], base: float, size: float, mode: int, *, last: bool) -> str:
    """Words of one font as one operator, with a space behind each but the last."""
    shown = []
    for number, word in enumerate(row):
        end = word.x + width_of(word.text, size)
        if number + 1 < len(row):
            after = row[number + 1]
            space = " " if after.spaced else ""
            shift = (end + width_of(space, size) - after.x) / size * 1000
            shown.append(f"<{coded(word.text + space)}>{shift:.3f}")
        else:
            shown.append(f"<{coded(word.text + ('' if last else ' '))}>")
    return _show(row[0].x, base, size, row[0].face, f"[{''.join(shown)}] TJ", mode)


def _marked(word: Placed, base: float, size: float, mode: int) -> list[str]:
    """A word with raised parts."""
    shown = []
    x = word.x
    for number, part in enumerate(word.text.split("^")):
        raised = number % 2 == 1
        own = size * (RAISED if raised else 1)
        if part:
            lift = 0.35 * size if raised else 0
            shown.append(_show(x, base + lift, own, word.face, f"<{coded(part)}> Tj", mode))
        x += width_of(part, own)
    return shown


def _show(x: float, base: float, size: float, face: Face, what: str, mode: int = 0) -> str:
    how = f"{mode} Tr " if mode else ""
    back = " 0 Tr" if mode else ""
    return f"BT /{_NAMES[face]} {size:g} Tf {how}{x:.3f} {base:.3f} Td {what}{back} ET\n"


# ---------------------------------------------------------------- blocks


def p(
    text: Text, *, face: Face = "", size: float = SIZE, align: Align = "justified",
    indent: float = INDENT, hang: float = 0.0, before: float = 6.0, leading: float = 1.25,
    left: float = LEFT, right: float | None = None, mode: int = 0,
) -> Block:  # fmt: skip
    """A paragraph below what is there."""

    def block(paper: Paper) -> None:
        edge = paper.leaf.right if right is None else right
        centred = align in {"centre", "right"}
        rows = broken(
            text, left, edge, size=size, align=align, indent=0.0 if centred else indent,
            hang=hang, face=face,
        )  # fmt: skip
        if paper.y > TOP:
            paper.y += before
        for row in rows:
            paper.need(size)
            print_row(paper, row, paper.y, size, mode)
            paper.y += leading * size

    return block


def title(*lines: str, size: float = SIZE, before: float = 12.0) -> Block:
    """Bold rows in the middle, one paragraph each."""
    blocks = [
        p(line, face="b", align="centre", size=size, before=0 if number else before)
        for number, line in enumerate(lines)
    ]
    return together(*blocks)


def at(x: float, y: float, text: str, *, face: Face = "", size: float = SIZE,
       mode: int = 0, turn: int = 0) -> Block:  # fmt: skip
    """Words from a place on: the upper left corner of the first; ``turn``: degrees to the left."""

    def block(paper: Paper) -> None:
        if not turn:
            row = broken(text, x, math.inf, size=size, align="left", face=face)[0]
            print_row(paper, row, y, size, mode)
            return
        a, b = round(math.cos(math.radians(turn)), 4), round(math.sin(math.radians(turn)), 4)
        place = f"{a:g} {b:g} {-b:g} {a:g} {x:g} {paper.leaf.height - y:g} Tm"
        paper.leaf.drawn.append(f"BT /{_NAMES[face]} {size:g} Tf {place} <{coded(text)}> Tj ET\n")

    return block


def gapped(*parts: tuple[float, str], size: float = SIZE, face: Face = "",
           before: float = 6.0) -> Block:  # fmt: skip
    """A row of words at set places, as a tab or a blank to be filled in leaves them."""

    def block(paper: Paper) -> None:
        paper.y += before
        paper.need(size)
        for x, text in parts:
            at(x, paper.y, text, size=size, face=face)(paper)
        paper.y += 1.25 * size

    return block


def item(label: str, text: str, *, x: float = LEFT, tab: float = INDENT, size: float = SIZE,
         before: float = 6.0) -> Block:  # fmt: skip
    """An item of a list: its number, a tab, and its words, whose rows all begin behind the tab."""

    def block(paper: Paper) -> None:
        paper.y += before
        paper.need(size)
        at(x, paper.y, label, size=size)(paper)
        p(text, indent=0, left=x + tab, size=size, before=0)(paper)

    return block


def skip(points: float = 0.0, *, to: float | None = None) -> Block:
    """Leave blank so much, or all down to a height."""

    def block(paper: Paper) -> None:
        paper.y = paper.y + points if to is None else to

    return block


def leaf(width: float = 595.0, height: float = 842.0, *, rotate: int = 0, turn: int = 0) -> Block:
    """Go on at the top of a new page."""

    def block(paper: Paper) -> None:
        paper.turn_over(Leaf(width, height, rotate, turn))

    return block


def placed(y: float, *blocks: Block) -> Block:
    """Blocks from a height on; what follows goes on where it would have."""

    def block(paper: Paper) -> None:
        here, paper.y = paper.y, y
        for one in blocks:
            one(paper)
        paper.y = here

    return block


def together(*blocks: Block) -> Block:
    """Some blocks as one."""

    def block(paper: Paper) -> None:
        for one in blocks:
            one(paper)

    return block


class Column(NamedTuple):
    """One of the columns that stand side by side."""

    x0: float
    x1: float
    lines: Sequence[Said]
    align: Align
    size: float
    down: float
    leading: float


def col(
    x0: float, x1: float, *lines: Said, align: Align = "centre",
    size: float = 13.0, down: float = 0.0, leading: float = 1.2,
) -> Column:  # fmt: skip
    """
    A column: paragraphs, each broken where its row is full; a number is so much blank.

    ``down``: how much lower than its neighbour it begins.
    """
    return Column(x0, x1, lines, align, size, down, leading)


def beside(*columns: Column) -> Block:
    """Columns side by side; what has no place on the page goes on at the top of the next."""

    def block(paper: Paper) -> None:
        first, top = paper.index, paper.y
        ends = []
        for column in columns:
            paper.index, paper.y = first, top + column.down
            for line in column.lines:
                if isinstance(line, int | float):
                    paper.y += line
                    continue
                parts: Text = line if isinstance(line, str) else [line]
                for row in broken(
                    parts, column.x0, column.x1, size=column.size, align=column.align
                ):
                    paper.need(column.size)
                    print_row(paper, row, paper.y, column.size)
                    paper.y += column.leading * column.size
            ends.append((paper.index, paper.y))
        paper.index, paper.y = max(ends)

    return block


# ---------------------------------------------------------------- what is drawn


def line(x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> Block:
    """A stroke."""

    def block(paper: Paper) -> None:
        high = paper.leaf.height
        paper.leaf.drawn.append(f"{width:g} w {x0:g} {high - y0:g} m {x1:g} {high - y1:g} l S\n")

    return block


def separator(y: float | None = None) -> Block:
    """The short line above the notes of a page; at the next row unless a height is given."""

    def block(paper: Paper) -> None:
        high = paper.y + 4 if y is None else y
        line(LEFT, high, LEFT + 144, high)(paper)
        paper.y = high + 4

    return block


def picture(x0: float = 0.0, y0: float = 0.0, x1: float = 595.0, y1: float = 842.0) -> Block:
    """A picture over a rectangle, a whole page by default."""

    def block(paper: Paper) -> None:
        place = f"{x1 - x0:g} 0 0 {y1 - y0:g} {x0:g} {paper.leaf.height - y1:g}"
        paper.leaf.drawn.append(f"q {place} cm /Pic Do Q\n")

    return block


def outlines(count: int) -> Block:
    """Letters turned into so many little curves."""

    def block(paper: Paper) -> None:
        for k in range(count):
            x, y = 85 + 8 * (k % 50), 700 - 16 * (k // 50)
            paper.leaf.drawn.append(f"{x} {y} m {x + 2} {y + 9} {x + 4} {y + 9} {x + 6} {y} c f\n")

    return block


def form(*blocks: Block, matrix: str = "1 0 0 1 0 0") -> Block:
    """Blocks as a picture of operators, which the page shows once."""

    def block(paper: Paper) -> None:
        own = paper.leaf
        kept, own.drawn = own.drawn, []
        for one in blocks:
            one(paper)
        box = f"/BBox[0 0 {own.width:g} {own.height:g}]"
        entries = f"/Type/XObject/Subtype/Form{box}/Resources<<{_RESOURCES}>>"
        number = paper.new(stream("".join(own.drawn).encode(), entries.encode()))
        own.drawn = kept
        own.objects.append(f"/X{number} {number} 0 R")
        own.drawn.append(f"q {matrix} cm /X{number} Do Q\n")

    return block


def signed(
    x: float, y: float, *lines: str, width: float = 170.0, size: float = 8.0, hidden: bool = False
) -> Block:
    """The field of a digital signature, which prints some rows."""

    def block(paper: Paper) -> None:
        height = 1.3 * size * len(lines) + 4
        rows = "".join(
            _show(2, height - 1.3 * size * (k + 1), size, "", f"<{coded(said)}> Tj")
            for k, said in enumerate(lines)
        )
        entries = f"/Subtype/Form/BBox[0 0 {width:g} {height:g}]/Resources<<{_RESOURCES}>>"
        look = paper.new(stream(rows.encode(), entries.encode()))
        low = paper.leaf.height - y - height
        rect = f"{x:g} {low:g} {x + width:g} {low + height:g}"
        paper.leaf.fields.append(
            paper.new(
                f"<</Type/Annot/Subtype/Widget/FT/Sig/T(S{look})/Rect[{rect}]"
                f"/F {6 if hidden else 4}/AP<</N {look} 0 R>>>>".encode()
            )
        )

    return block


# ---------------------------------------------------------------- tables


class Field(NamedTuple):
    """A cell: its paragraphs, and how many columns and rows it covers."""

    text: Sequence[str]
    columns: int = 1
    rows: int = 1
    face: Face = ""
    align: Align = "left"
    fill: float | None = None


def c(
    *text: str, columns: int = 1, rows: int = 1, face: Face = "", align: Align = "left",
    fill: float | None = None,
) -> Field:  # fmt: skip
    """A cell; ``fill`` is the grey of its ground, 1 for white."""
    return Field(text, columns, rows, face, align, fill)


class Set(NamedTuple):
    """A cell with its text as rows of print."""

    column: int
    cell: Field
    rows: list[list[Placed]]


@dataclass
class Strip:
    """A row of cells, or the part of one that stands on a page."""

    cells: list[Set]
    y0: float = 0.0
    y1: float = 0.0


def table(
    xs: Sequence[float], *rows: Sequence[str | Field], style: Style = "lines", header: int = 0,
    cut: bool = False, size: float = 12.0, without: Sequence[str | int] = (), middle: bool = False,
    ground: bool = False, before: float = 6.0, shift: float = 0.0,
) -> Block:  # fmt: skip
    """
    A table with its columns between ``xs``.

    ``header``: rows that are printed again on each page; ``cut``: a row may go on on the next page;
    ``without``: edges that are not drawn, by side, or by the number of the inner line; ``ground``:
    a white one under each row of print; ``shift``: how far right each page moves it.
    """
    pad, pitch = 5.4, 1.2 * size

    def block(paper: Paper) -> None:
        paper.y += before
        made = [
            Strip([
                Set(column, cell, [
                    row
                    for said in cell.text
                    for row in broken(said, xs[column] + pad, xs[column + cell.columns] - pad,
                                      size=size, align=cell.align, face=cell.face)
                ])
                for column, cell in cells
            ])
            for cells in in_columns(rows)
        ]  # fmt: skip
        heights = _heights(made, pitch)
        part: list[Strip] = []
        moved = 0.0

        def put_in(strip: Strip, height: float) -> None:
            strip.y0, strip.y1 = paper.y, paper.y + height
            paper.y += height
            part.append(strip)

        def turn_over() -> None:
            nonlocal moved
            _paint(paper, part, [x + moved for x in xs], style, without, size, moved,
                   middle=middle, ground=ground)  # fmt: skip
            part.clear()
            paper.turn_over()
            moved += shift
            for k in range(header):
                put_in(Strip(made[k].cells), heights[k])

        for number, strip in enumerate(made):
            height = heights[number]
            while paper.y + height > paper.leaf.bottom:
                fit = int((paper.leaf.bottom - paper.y - 4) / pitch)
                if cut and fit > 0:
                    put_in(
                        Strip([one._replace(rows=one.rows[:fit]) for one in strip.cells]),
                        fit * pitch + 4,
                    )
                    strip = Strip([one._replace(rows=one.rows[fit:]) for one in strip.cells])
                    height -= fit * pitch
                turn_over()
            put_in(strip, height)
        _paint(paper, part, [x + moved for x in xs], style, without, size, moved,
               middle=middle, ground=ground)  # fmt: skip

    return block


def in_columns(rows: Sequence[Sequence[str | Field]]) -> list[list[tuple[int, Field]]]:
    """The cells of rows with the columns in which they begin."""
    taken: dict[int, int] = {}
    found = []
    for number, row in enumerate(rows):
        cells = []
        column = 0
        for one in row:
            while taken.get(column, 0) > number:
                column += 1
            cell = Field((one,) if one else ()) if isinstance(one, str) else one
            cells.append((column, cell))
            for k in range(column, column + cell.columns):
                taken[k] = number + cell.rows
            column += cell.columns
        found.append(cells)
    return found


def _heights(made: Sequence[Strip], pitch: float) -> list[float]:
    heights = [
        max([1, *(len(one.rows) for one in strip.cells if one.cell.rows == 1)]) * pitch + 4
        for strip in made
    ]
    for number, strip in enumerate(made):
        for one in strip.cells:
            last = number + one.cell.rows
            lacking = len(one.rows) * pitch + 4 - sum(heights[number:last])
            heights[last - 1] += max(lacking, 0)
    return heights


def _paint(
    paper: Paper, part: Sequence[Strip], xs: Sequence[float], style: Style,
    without: Sequence[str | int], size: float, moved: float, *, middle: bool, ground: bool,
) -> None:  # fmt: skip
    """Draw the rows of a table that stand on one page."""
    if not part:
        return
    pitch = 1.2 * size
    drawn = paper.leaf.drawn
    high = paper.leaf.height
    edges: dict[tuple[float, float, float, float], None] = {}
    left_out = {xs[k] for k in without if isinstance(k, int)}
    sides = {
        "left": (xs[0], None), "right": (xs[-1], None),
        "top": (None, part[0].y0), "bottom": (None, part[-1].y1),
    }  # fmt: skip
    gone = [sides[k] for k in without if isinstance(k, str)]
    for number, strip in enumerate(part):
        for column, cell, rows in strip.cells:
            x0, x1 = xs[column], xs[column + cell.columns]
            y0, y1 = strip.y0, part[min(number + cell.rows, len(part)) - 1].y1
            if cell.fill is not None or style == "shading":
                grey = 0.85 if cell.fill is None else cell.fill
                slit = 0.5 if style == "shading" else 0.0
                drawn.append(
                    f"{grey:g} g {x0 + slit:g} {high - y1 + slit:.2f} {x1 - x0 - 2 * slit:g} "
                    f"{y1 - y0 - 2 * slit:.2f} re f 0 g\n"
                )
            if style == "frames":
                drawn.append(f"0.5 w {x0:g} {high - y1:.2f} {x1 - x0:g} {y1 - y0:.2f} re S\n")
            for edge in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
                if not (edge[0] == edge[2] and edge[0] in left_out) and not any(
                    edge[0] == edge[2] == x or edge[1] == edge[3] == y for x, y in gone
                ):
                    edges[edge] = None
            free = y1 - y0 - 4 - len(rows) * pitch
            y = y0 + 2 + (free / 2 if middle else 0.0)
            for row in rows:
                shifted = [one._replace(x=one.x + moved) for one in row]
                if ground:
                    drawn.append(
                        f"1 g {x0 + 5.4:g} {high - y - pitch:.2f} {x1 - x0 - 10.8:g} "
                        f"{pitch:.2f} re f 0 g\n"
                    )
                print_row(paper, shifted, y, size)
                y += pitch
    if style not in {"frames", "shading", "none"}:
        drawn += [_edge(edge, style, high) for edge in edges]


def _edge(edge: tuple[float, float, float, float], style: Style, high: float) -> str:
    x0, y0, x1, y1 = edge
    upright = x0 == x1
    if style == "level" and upright:
        return ""
    if style == "rects":
        wide, tall = (0.48, y1 - y0) if upright else (x1 - x0 + 0.48, 0.48)
        return f"{x0:g} {high - y1 - (0 if upright else 0.48):.2f} {wide:g} {tall:.2f} re f\n"
    if style == "double":
        return "".join(
            f"0.4 w {x0 + (d if upright else 0):g} {high - y0 + (0 if upright else d):.2f} m "
            f"{x1 + (d if upright else 0):g} {high - y1 + (0 if upright else d):.2f} l S\n"
            for d in (-0.8, 0.8)
        )
    dash = "[1 2] 0 d " if style == "dotted" else ""
    back = "[] 0 d " if dash else ""
    return f"{dash}0.5 w {x0:g} {high - y0:.2f} m {x1:g} {high - y1:.2f} l S {back}\n"


# ---------------------------------------------------------------- files

_RESOURCES = (
    "/Font<<"
    + "".join(f"/{name} {_FIRST_FONT + 4 * k} 0 R" for k, name in enumerate(_FONTS))
    + ">>"
)


class Running(NamedTuple):
    """What stands at the head or the foot of each page; ``{n}`` is its number, ``{of}`` of all."""

    text: str
    align: Align = "centre"
    first: int = 1
    """The first page that has it."""
    size: float = 12.0
    far: float = 26.0
    """How far from the edge of the page."""


def pdf(
    *blocks: Block, head: Running | None = None, foot: Running | None = None,
    how: How = "spaced", shuffled: bool = False, first: Leaf | None = None,
) -> Callable[[], bytes]:  # fmt: skip
    """A file, made when it is asked for; ``shuffled``: what is written comes in any order."""
    return partial(make, blocks, head, foot, how, first, shuffled=shuffled)


def make(
    blocks: Sequence[Block], head: Running | None, foot: Running | None, how: How,
    first: Leaf | None, *, shuffled: bool,
) -> bytes:  # fmt: skip
    """The bytes of a file."""
    start = replace(first, drawn=[], fields=[], objects=[]) if first else Leaf()
    paper = Paper(start, how)
    for block in blocks:
        block(paper)
    for number, own in enumerate(paper.leaves, 1):
        paper.index = number - 1
        for running, y in ((head, None), (foot, own.height)):
            if running is None or number < running.first:
                continue
            said = running.text.format(n=number, of=len(paper.leaves))
            high = running.far if y is None else y - running.far - running.size
            (row,) = broken(said, LEFT, own.right, size=running.size, align=running.align)
            print_row(paper, row, high, running.size)
        if shuffled:
            random.Random(number).shuffle(own.drawn)  # noqa: S311 - the same on each run
    return put(_objects(paper))


def _objects(paper: Paper) -> dict[int, bytes]:
    last = FREE + 20 + len(paper.objects)
    kids = [last + 2 * k for k in range(len(paper.leaves))]
    objects = {
        CATALOG: f"<</Type/Catalog/Pages {PAGES} 0 R>>".encode(),
        PAGES: (
            f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{k} 0 R' for k in kids)}]>>".encode()
        ),
        _IMAGE: stream(
            b"\xc0\xc0\xc0",
            b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceRGB/BitsPerComponent 8",
        ),
        _WIDTHS: _widths(),
        **paper.objects,
    }
    for k, (name, called) in enumerate(_FONTS.items()):
        own = font(_FIRST_FONT + 4 * k, _UNKNOWN if name == "U" else _LETTERS)
        for number, body in own.items():
            own_body = body.replace(b"/BaseFont/Plan", b"/BaseFont/" + called.encode())
            objects[number] = own_body.replace(
                b"/DW 500", b"/DW %d/W %d 0 R" % (1000 * LETTER, _WIDTHS)
            )
    for number, own_leaf in zip(kids, paper.leaves, strict=True):
        objects[number] = _page(own_leaf, number + 1)
        objects[number + 1] = stream(_contents(own_leaf).encode())
    return objects


@lru_cache(maxsize=1)
def _widths() -> bytes:
    """The widths of the letters that are not half an em wide."""
    codes = [*range(0x20, 0x250), *range(0x1E00, 0x1F00), 0x2014, 0x2026]
    odd = [(code, ems(chr(code))) for code in codes if ems(chr(code)) != LETTER]
    return f"[{' '.join(f'{code}[{round(1000 * wide)}]' for code, wide in odd)}]".encode()


def _page(own: Leaf, contents: int) -> bytes:
    turned = (own.rotate + own.turn) % 180 != 0
    width, height = (own.height, own.width) if turned else (own.width, own.height)
    more = f"/Rotate {own.rotate}" if own.rotate else ""
    box = f"0 0 {width:g} {height:g}"
    if own.crop:
        left, below = own.crop
        box = f"0 0 {width + 2 * left:g} {height + 2 * below:g}"
        more += f"/CropBox[{left:g} {below:g} {width + left:g} {height + below:g}]"
    if own.fields:
        more += f"/Annots[{' '.join(f'{k} 0 R' for k in own.fields)}]"
    objects = f"/XObject<</Pic {_IMAGE} 0 R{''.join(own.objects)}>>"
    fonts = _RESOURCES.removeprefix("/Font<<").removesuffix(">>")
    return page(more, box=box, fonts=fonts, resources=objects, contents=f"{contents} 0 R")


def _contents(own: Leaf) -> str:
    width, height = own.width, own.height
    matrix = {
        90: f"0 1 -1 0 {height:g} 0",
        180: f"-1 0 0 -1 {width:g} {height:g}",
        270: f"0 -1 1 0 0 {width:g}",
    }.get((own.rotate + own.turn) % 360, "")
    if own.crop:
        left, below = own.crop
        matrix = f"1 0 0 1 {left:g} {below:g}{' cm ' if matrix else ''}{matrix}"
    drawn = "".join(own.drawn)
    return f"q {matrix} cm\n{drawn}Q\n" if matrix else drawn
