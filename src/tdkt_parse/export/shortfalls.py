"""
What a format could not take whole, counted, so that whoever reads the file is told.
"""

from collections import Counter
from typing import Literal

Shortfall = Literal["cut", "too_long", "too_many", "controls", "more_sheets", "no_day", "recurring"]
"""
A text cut to what a cell holds; whole texts and rows of a CSV that are more than Excel takes;
characters that a format has no place for; rows that go on on another sheet; tasks without a day,
and those that come again and again, left out of a calendar.
"""

ROWS = 1_048_576
"""Rows of a sheet, the heading too (Excel specifications and limits, Microsoft)."""
LENGTH = 32_767
"""UTF-16 units of a cell (the same)."""

_SAID: dict[Shortfall, dict[str, str]] = {
    "cut": {
        "vi": "{n} ô dài hơn 32.767 ký tự (giới hạn của Excel) đã bị cắt, có dấu … ở cuối; ô đầu"
        " tiên: {where}. Bản đầy đủ: --format jsonl hoặc csv.",
        "en": "{n} cells are longer than 32,767 characters, Excel's limit, and were cut, with … at"
        " the end; the first: {where}. The whole is in --format jsonl or csv.",
    },
    "too_long": {
        "vi": "{n} ô dài hơn 32.767 ký tự; tệp ghi đủ, nhưng Excel sẽ cắt khi mở; ô đầu tiên:"
        " {where}.",
        "en": "{n} cells are longer than 32,767 characters: they are whole in the file, but Excel"
        " cuts them; the first: {where}.",
    },
    "too_many": {
        "vi": "{n} dòng vượt quá 1.048.576 dòng mà Excel mở được; tệp ghi đủ; dòng đầu tiên:"
        " {where}.",
        "en": "{n} rows are more than the 1,048,576 that Excel opens; they are in the file; the"
        " first: {where}.",
    },
    "controls": {
        "vi": "{n} ô có ký tự điều khiển mà định dạng này không chứa được, đã thay bằng �; ô đầu"
        " tiên: {where}.",
        "en": "{n} cells have control characters that the format cannot hold; � stands for them;"
        " the first: {where}.",
    },
    "more_sheets": {
        "vi": "Trang tính đầy 1.048.576 dòng (giới hạn của Excel): phần sau nằm ở {n} trang tính"
        " tiếp theo; trang đầu tiên: {where}.",
        "en": "A sheet is full with 1,048,576 rows, Excel's limit: the rest is on {n} more; the"
        " first: {where}.",
    },
    "no_day": {
        "vi": "{n} nhiệm vụ không có ngày hạn cụ thể, không có trong lịch; ví dụ: {where}.",
        "en": "{n} tasks have no day on which they are due and are not in the calendar: {where} …",
    },
    "recurring": {
        "vi": "{n} nhiệm vụ lặp lại hoặc thường xuyên, không có trong lịch; ví dụ: {where}.",
        "en": "{n} tasks come again or go on all the time and are not in the calendar: {where} …",
    },
}


class Shortfalls:
    """
    Counts, and where each kind was met first.

    >>> met = Shortfalls()
    >>> met.add("cut", "Tasks!H2"); met.add("cut", "Tasks!H9")
    >>> [line[:46] for line in met.lines("en")]
    ['2 cells are longer than 32,767 characters, Exc']
    """

    def __init__(self) -> None:
        self.counts: Counter[Shortfall] = Counter()
        self._first: dict[Shortfall, str] = {}

    def add(self, kind: Shortfall, where: str) -> None:
        """One more of a kind, and where."""
        self.counts[kind] += 1
        self._first.setdefault(kind, where)

    def lines(self, lang: str) -> list[str]:
        """A sentence for each kind that was met."""
        return [
            said[lang].format(n=self.counts[kind], where=self._first[kind])
            for kind, said in _SAID.items()
            if self.counts[kind]
        ]
