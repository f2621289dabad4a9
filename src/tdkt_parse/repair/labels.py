"""
Labels of items and parts with a speck before them, or on them: ``-a)``, ``.a)``, ``ạ)``, ``- B.``.

No list is labelled so; which letter it is, the label before says, or the one after.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from tdkt_parse.layout import Repair
from tdkt_parse.repair.tokens import Slice
from tdkt_parse.spelling import bare

TIMEOUT = 2.0
RULE = "ocr_label"
_LABEL = regex.compile(
    r"(?P<speck>[-–.,'’·:~*]\s?)?(?P<letter>\p{L})(?P<mark>[.)/])(?=\s?[\p{Lu}“])"
)
_ORDER = "abcdđeghiklmnopqrstuvxy"
"""The letters by which lists count; f, j, w and z, and vowels with marks, are none of them."""


class _Item(NamedTuple):
    slice: Slice
    found: "regex.Match[str]"
    place: int
    """Of its letter, as it is without a mark; -1 for none."""

    @property
    def kind(self) -> tuple[str, bool]:
        """Lists that differ in this are others."""
        return self.found["mark"], self.found["letter"].isupper()

    @property
    def is_clean(self) -> bool:
        return not self.found["speck"] and self.found["letter"].casefold() in _ORDER


def find_labels(lines: Sequence[Sequence[Slice]]) -> Iterator[Repair]:
    """The repairs of labels that are letters, over all lines of the body."""
    items = [
        _Item(slices[0], found, _place_of(found["letter"]))
        for slices in lines
        if slices and (found := _LABEL.match(slices[0].text, timeout=TIMEOUT))
    ]
    for before, item, after in zip(
        _beside(items), items, reversed([*_beside(items[::-1])]), strict=True
    ):
        if item.is_clean or item.place < 0:
            continue
        follows = before is not None and before.is_clean and before.place == item.place - 1
        leads = after is not None and after.is_clean and after.place == item.place + 1
        if not (follows or leads):
            continue
        letter = _ORDER[item.place]
        put = letter.upper() if item.found["letter"].isupper() else letter
        end = item.found.end("letter")
        yield Repair(*item.slice.place(0, end), put, RULE)


def _beside(items: Sequence[_Item]) -> Iterator[_Item | None]:
    """Of each item the one of its kind that comes last before it."""
    last: dict[tuple[str, bool], _Item] = {}
    for item in items:
        yield last.get(item.kind)
        last[item.kind] = item


def _place_of(letter: str) -> int:
    small = letter.casefold()
    return _ORDER.find(small if small in _ORDER else bare(small))
