"""
Where each word of a document stands on its pages.

A document of 500 pages has 200,000 words, of which a Plan asks for the boxes of its values only:
the places are kept as columns of numbers, 20 bytes a word, and made into boxes when asked for.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import isnan, nan
from operator import add
from typing import NamedTuple, TypeVar

Made = TypeVar("Made")


class Box(NamedTuple):
    """A rectangle: page from 1, PDF points from the top left of the page as shown."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


class Word(NamedTuple):
    """
    A word: its range of the text, its place, and how sure the OCR engine was of it, 0 to 1.

    ``raw`` are the characters of a legacy encoding, where they are others than in the text.
    """

    start: int
    end: int
    box: Box
    confidence: float | None = None
    raw: str | None = None


@dataclass(slots=True)
class Words:
    """
    The words of a document in the order of its text; words side by side share a row.

    ``put`` them in that order, each row with its page and its upper and lower edge.
    """

    starts: "array[int]" = field(default_factory=lambda: array("I"))
    ends: "array[int]" = field(default_factory=lambda: array("I"))
    lefts: "array[float]" = field(default_factory=lambda: array("f"))
    rights: "array[float]" = field(default_factory=lambda: array("f"))
    rows: "array[int]" = field(default_factory=lambda: array("I"))
    """The row of each word."""
    firsts: "array[int]" = field(default_factory=lambda: array("I"))
    """The first word of each row, its page, and its edges."""
    pages: "array[int]" = field(default_factory=lambda: array("I"))
    tops: "array[float]" = field(default_factory=lambda: array("d"))
    bottoms: "array[float]" = field(default_factory=lambda: array("d"))
    confidences: "array[float]" = field(default_factory=lambda: array("f"))
    """One for each word, not a number where the engine says nothing of it; or none at all."""
    raw: dict[int, str] = field(default_factory=dict)
    """The characters of words in an old encoding, by the number of the word."""

    @classmethod
    def of(cls, words: Iterable[Word]) -> "Words":
        """Some words as columns; those that follow one another at one height are a row."""
        made = cls()
        raw: dict[int, str] = {}
        for word in words:
            box = word.box
            at = len(made.pages) - 1
            if at < 0 or (made.pages[at], made.tops[at], made.bottoms[at]) != (
                box.page,
                round(box.y0, 2),
                round(box.y1, 2),
            ):
                made.begin_row(box.page, box.y0, box.y1)
            made.put(word.start, word.end, box.x0, box.x1)
            made.confidences.append(nan if word.confidence is None else word.confidence)
            if word.raw is not None:
                raw[len(made) - 1] = word.raw
        made.raw = raw
        return made

    def begin_row(self, page: int, top: float, bottom: float) -> None:
        """The words put from now on stand in a new row."""
        self.firsts.append(len(self.starts))
        self.pages.append(page)
        self.tops.append(round(top, 2))
        self.bottoms.append(round(bottom, 2))

    def put(self, start: int, end: int, left: float, right: float) -> None:
        """The next word of the row."""
        self.starts.append(start)
        self.ends.append(end)
        self.lefts.append(left)
        self.rights.append(right)
        self.rows.append(len(self.firsts) - 1)

    def put_all(
        self,
        starts: Sequence[int],
        lengths: Sequence[int],
        lefts: Iterable[float],
        rights: Iterable[float],
    ) -> None:
        """The next words of the row: where each begins, how long it is, and its edges."""
        self.starts.extend(starts)
        self.ends.extend(map(add, starts, lengths))
        self.lefts.extend(lefts)
        self.rights.extend(rights)
        self.rows.extend([len(self.firsts) - 1] * len(starts))

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, index: int) -> Word:
        row = self.rows[index]
        box = Box(
            self.pages[row],
            round(self.lefts[index], 2),
            self.tops[row],
            round(self.rights[index], 2),
            self.bottoms[row],
        )
        sure = self.confidences[index] if self.confidences else nan
        known = None if isnan(sure) else round(sure, 4)
        return Word(self.starts[index], self.ends[index], box, known, self.raw.get(index))

    def within(self, start: int, end: int) -> range:
        """The numbers of the words of which a range of the text holds something."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))

    def boxes(
        self,
        spans: Iterable[tuple[int, int]],
        make: Callable[[int, float, float, float, float], Made],
    ) -> list[Made]:
        """
        One box for each row in which some ranges of the text have words.

        ``make`` makes it of its page and its left, upper, right and lower edge.
        """
        found: list[Made] = []
        last, left, right = -1, 0.0, 0.0
        rows, firsts, lefts, rights = self.rows, self.firsts, self.lefts, self.rights
        pages, tops, bottoms = self.pages, self.tops, self.bottoms
        for start, end in spans:
            at, most = bisect_right(self.ends, start), bisect_left(self.starts, end)
            bottom = rows[most - 1] if at < most else -1
            while at < most:
                row = rows[at]
                stop = most if row == bottom else firsts[row + 1]
                first, final = round(lefts[at], 2), round(rights[stop - 1], 2)
                if row == last:
                    found.pop()
                    left, right = min(first, left), max(final, right)
                else:
                    last, left, right = row, first, final
                found.append(make(pages[row], left, tops[row], right, bottoms[row]))
                at = stop
        return found

    def confidence(self, spans: Iterable[tuple[int, int]]) -> float | None:
        """How sure the engine was of the words of some ranges, weighted by their length."""
        if not self.confidences:
            return None
        words = {at for start, end in spans for at in self.within(start, end)}
        known = [at for at in words if not isnan(self.confidences[at])]
        lengths = {at: self.ends[at] - self.starts[at] for at in known}
        total = sum(lengths.values())
        if not total:
            return None
        return round(sum(self.confidences[at] * lengths[at] for at in known) / total, 4)
