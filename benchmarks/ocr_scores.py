"""
A page as it was read beside the page as it was typed: characters, words, and cells of tables.

Texts are compared in NFC with one space where there is white space. A page may be read across or
column by column, and an engine may mix both: what it read is taken in its own order and by where
the words stand, and that which has fewest errors counts. Whether columns and cells were kept apart
is for the figures of tables and of Plans to say.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Self

import regex
from rapidfuzz.distance import Levenshtein

DRAWN = regex.compile(r"(?<!\S)[|¦_]+(?!\S)|_{2,}")
"""Lines drawn or ruled, and what an engine makes of them."""

SAME_IN_PRINT = str.maketrans("Ðð", "Đđ")
"""The Latin eth, which old keyboards gave for the Vietnamese letter: nobody sees which it is."""

AKIN = 0.4
"""Words that are less alike are not one word misread, but one lost and another read."""


class Placed(NamedTuple):
    """A word and its place: points from the top left of its page."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def centre(self) -> complex:
        return complex((self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2)


class Cell(NamedTuple):
    """A cell of a grid: its first column, the columns and rows it covers, what stands in it."""

    column: int
    columns: int
    rows: int
    text: str


class Row(NamedTuple):
    """A row of a table, and the page on which it begins."""

    page: int
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class Share:
    """So many wrong of so many."""

    wrong: int = 0
    whole: int = 0

    @property
    def percent(self) -> float:
        """
        >>> Share(1, 8).percent, Share().percent
        (12.5, 0.0)
        """
        return 100 * self.wrong / self.whole if self.whole else 0.0

    def __iadd__(self, other: "Share") -> Self:
        self.wrong += other.wrong
        self.whole += other.whole
        return self


@dataclass(slots=True)
class Counted:
    """What was counted over some pages."""

    characters: Share = field(default_factory=Share)
    """Of the text that values are made of, in which is mended what was surely misread."""
    as_read: Share = field(default_factory=Share)
    """Of the text as it was read."""
    words: Share = field(default_factory=Share)
    cells: Share = field(default_factory=Share)
    grids: Share = field(default_factory=Share)
    swaps: Counter[tuple[str, str]] = field(default_factory=Counter)
    """What was typed and what was read instead, by how often."""
    lost: Counter[str] = field(default_factory=Counter)
    """Words that were typed and of which nothing was read."""
    noise: Counter[str] = field(default_factory=Counter)
    """Words that were read where nothing is typed."""
    unlike: list[tuple[str, str]] = field(default_factory=list)
    """Cells as typed and as read."""

    def __iadd__(self, other: "Counted") -> Self:
        self.characters += other.characters
        self.as_read += other.as_read
        self.words += other.words
        self.cells += other.cells
        self.grids += other.grids
        self.swaps += other.swaps
        self.lost += other.lost
        self.noise += other.noise
        self.unlike += other.unlike
        return self


def plain(text: str) -> str:
    """
    A text as it is compared; lines drawn or ruled are no text, and an eth is printed as a Đ is.

    >>> plain(" Kế \\n | hoạch ____ số "), len(plain("ê\\u0301")), plain("NÐ") == plain("NĐ")
    ('Kế hoạch số', 1, True)
    """
    text = unicodedata.normalize("NFC", DRAWN.sub(" ", text)).translate(SAME_IN_PRINT)
    return " ".join(text.split())


def across(words: Iterable[Placed]) -> str:
    """
    Words in the order of the eye: line by line over the whole page.

    >>> across([Placed("b", 9, 1, 12, 11), Placed("c", 0, 20, 5, 30), Placed("a", 0, 0, 5, 10)])
    'a b c'
    """
    lines: list[list[Placed]] = []
    for word in sorted(words, key=lambda one: one.centre.imag):
        middle = word.centre.imag
        last = lines[-1] if lines else None
        if last and middle - sum(w.centre.imag for w in last) / len(last) < _half(last[0]):
            last.append(word)
        else:
            lines.append([word])
    return plain(" ".join(w.text for line in lines for w in sorted(line, key=lambda w: w.x0)))


def _half(word: Placed) -> float:
    return max((word.y1 - word.y0) / 2, 2.0)


def score_text(orders: Sequence[str], read: Sequence[str]) -> Counted:
    """
    A page's characters and words, by the orders, as typed and as read, in which fewest are wrong.

    >>> score_text(["Kế hoạch năm 2025"], ["Kể hoạch 2025"]).characters
    Share(wrong=5, whole=17)
    """
    pairs = ((plain(one), plain(other)) for one in orders for other in read)
    wanted, got = min(pairs, key=lambda pair: Levenshtein.distance(*pair))
    ones, others = wanted.split(), got.split()
    counted = Counted(
        characters=Share(Levenshtein.distance(wanted, got), len(wanted)),
        words=Share(Levenshtein.distance(ones, others), len(ones)),
    )
    _explain(counted, ones, others)
    return counted


def _explain(counted: Counted, ones: Sequence[str], others: Sequence[str]) -> None:
    """Count what was lost, read where nothing is, and taken for something else."""
    for op in Levenshtein.opcodes(ones, others):
        wanted = ones[op.src_start : op.src_end]
        got = others[op.dest_start : op.dest_end]
        one, other = " ".join(wanted), " ".join(got)
        if wanted == got:
            continue
        if Levenshtein.normalized_similarity(one, other) < AKIN:
            counted.lost.update(wanted)
            counted.noise.update(got)
            continue
        for letters in Levenshtein.opcodes(one, other):
            a = one[letters.src_start : letters.src_end]
            b = other[letters.dest_start : letters.dest_end]
            if a != b:
                counted.swaps[a, b] += 1


def score_tables(wanted: Sequence[Row], got: Sequence[Row]) -> Counted:
    """
    Cells that are as typed letter by letter, and pages whose rows are divided as they are typed.

    Rows that are lost or made up shift those below: rows are paired so that most cells are right.
    """
    counted = Counted()
    for row, other in _paired(wanted, got):
        known = {cell.column: plain(cell.text) for cell in (other.cells if other else ())}
        for cell in row.cells:
            text = plain(cell.text)
            counted.cells.whole += 1
            if known.get(cell.column) != text:
                counted.cells.wrong += 1
                counted.unlike.append((text, known.get(cell.column, "(no such cell)")))
    for page in sorted({row.page for row in wanted} | {row.page for row in got}):
        counted.grids.whole += 1
        counted.grids.wrong += _grid(wanted, page) != _grid(got, page)
    return counted


def _grid(rows: Iterable[Row], page: int) -> list[list[tuple[int, int, int]]]:
    return [[(c.column, c.columns, c.rows) for c in row.cells] for row in rows if row.page == page]


def _paired(wanted: Sequence[Row], got: Sequence[Row]) -> list[tuple[Row, Row | None]]:
    """Each wanted row with the one read for it, in their order."""
    gain = [[0.0] * (len(got) + 1) for _ in range(len(wanted) + 1)]
    for i in range(len(wanted) - 1, -1, -1):
        for j in range(len(got) - 1, -1, -1):
            both = _alike(wanted[i], got[j]) + gain[i + 1][j + 1]
            gain[i][j] = max(both, gain[i + 1][j], gain[i][j + 1])
    pairs: list[tuple[Row, Row | None]] = []
    j = 0
    for i, row in enumerate(wanted):
        while j < len(got) and gain[i][j] == gain[i][j + 1] and gain[i][j] > gain[i + 1][j]:
            j += 1
        taken = j < len(got) and gain[i][j] > max(gain[i + 1][j], gain[i][j + 1])
        pairs.append((row, got[j] if taken else None))
        j += taken
    return pairs


def _alike(row: Row, other: Row) -> float:
    """How many cells are the same; a little for those that are nearly so."""
    known = {cell.column: plain(cell.text) for cell in other.cells}
    return (
        sum(
            1.0
            if known[cell.column] == text
            else 0.5 * Levenshtein.normalized_similarity(known[cell.column], text)
            for cell in row.cells
            if cell.column in known
            for text in (plain(cell.text),)
        )
        + 0.001
    )


def fit(ones: Sequence[Placed], others: Sequence[Placed]) -> tuple[complex, complex]:
    """
    The turn and shift that bring words of a scan, ``others``, to where they are typed, ``ones``.

    ``place * turn + shift``, both found by least squares from the words that either page has once,
    and again without those that lie far off.

    >>> typed = [Placed(name, x, y, x, y) for name, x, y in (("a", 0, 0), ("b", 9, 0), ("c", 0, 9))]
    >>> scan = [word._replace(x0=word.x0 + 2, x1=word.x1 + 2) for word in typed]
    >>> turn, shift = fit(typed, scan)
    >>> round(turn.real, 6), round(shift.real, 6)
    (1.0, -2.0)
    """
    left, right = _single(ones), _single(others)
    pairs = [(right[text], left[text]) for text in left if text in right]
    turn, shift = complex(1), complex(0)
    for _ in range(3):
        if len(pairs) < 3:
            break
        turn, shift = _least(pairs)
        off = sorted(abs(a * turn + shift - b) for a, b in pairs)
        most = max(3 * off[len(off) // 2], 1e-6)
        pairs = [(a, b) for a, b in pairs if abs(a * turn + shift - b) <= most]
    return turn, shift


def moved(words: Iterable[Placed], turn: complex, shift: complex) -> list[Placed]:
    """Words where ``fit`` brings them, each as large as it was."""
    found = []
    for word in words:
        by = word.centre * turn + shift - word.centre
        text, x0, y0, x1, y1 = word
        found.append(Placed(text, x0 + by.real, y0 + by.imag, x1 + by.real, y1 + by.imag))
    return found


def _single(words: Iterable[Placed]) -> dict[str, complex]:
    count: Counter[str] = Counter()
    places = {}
    for word in words:
        count[word.text] += 1
        places[word.text] = word.centre
    return {text: place for text, place in places.items() if count[text] == 1}


def _least(pairs: Sequence[tuple[complex, complex]]) -> tuple[complex, complex]:
    before = sum(a for a, _ in pairs) / len(pairs)
    after = sum(b for _, b in pairs) / len(pairs)
    spread = sum(abs(a - before) ** 2 for a, _ in pairs)
    if not spread:
        return complex(1), after - before
    turn = sum((a - before).conjugate() * (b - after) for a, b in pairs) / spread
    return turn, after - turn * before
