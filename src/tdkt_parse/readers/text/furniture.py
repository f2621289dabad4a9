"""
Lines of a text that are of its pages: their numbers and running heads, lists of a site.
"""

from collections.abc import Sequence

import regex

from tdkt_parse.readers.html.signs import (
    begins_document,
    is_control,
    is_following,
    names_property,
)
from tdkt_parse.readers.text.lines import RawLine

TIMEOUT = 5.0
TOP = 40
"""Lines at the top of a text among which a page's list of properties stands."""


def listed_properties(text: str, raw: Sequence[RawLine]) -> tuple[int, int]:
    """
    The lines of a list of the document's properties, or of related documents, that was copied with
    it from a page.

    ``Số hiệu: 45/KH-UBND  Loại văn bản: Kế hoạch`` / ``Ngày ban hành: 05/3/2023`` …: three at
    least, one below the other, each with its value, above the letterhead. Or of its buttons:
    ``Tải văn bản`` / ``• Thuộc tính`` / ``• Lược đồ``.
    """
    first = 0
    for index in range(min(len(raw), TOP) + 1):
        content = text[raw[index].start : raw[index].end] if index < len(raw) else ""
        if content and (names_property(content) or _RELATED.match(content, timeout=TIMEOUT)):
            continue
        if index - first >= LISTED or (index > first and _is_glued(text, raw[first:index])):
            return 0, index
        if content and begins_document(content):
            return 0, _end_of_buttons(text, raw[:index])
        first = index + 1
    return 0, 0


def _end_of_buttons(text: str, lines: Sequence[RawLine]) -> int:
    """How many lines above a letterhead are the buttons of a page: three at least, and what they
    stand among."""
    said = [text[line.start : line.end].strip(_BULLETS) for line in lines]
    buttons = [index for index, line in enumerate(said) if is_control(line) or is_following(line)]
    return buttons[-1] + 1 if len(buttons) >= LISTED else 0


_BULLETS = " \t•●·*-–"


LISTED = 3
"""Fewer are enough where the numbers touch the words, as no typist has them."""


def _is_glued(text: str, lines: Sequence[RawLine]) -> bool:
    """``- 1Luật Thi đua, khen thưởng 2022``, in every line."""
    return all(_GLUED.match(text, line.start, line.end, timeout=TIMEOUT) for line in lines)


_GLUED = regex.compile(r"[-•] ?\d{1,2}(?=\p{Lu}\p{Ll})")
_RELATED = regex.compile(
    r"[-•] ?\d{1,2} ?"
    r"(?:Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị|Thông|Quyết|Chỉ thị|Kế hoạch|Công|Văn)\b"
)
"""An item of a page's list of related documents, with dash and number: ``- 2 Luật … 2015``."""
_PAGE_NUMBER = regex.compile(
    r"(?:[-–—]\s?|Trang\s|trang\s|Page\s)?(\d{1,3})(?:\s?[-–—]|\s?/\s?\d{1,3})?"
)
_RUNNING_HEAD = regex.compile(
    r"(?:\d{1,4}\s+)?CÔNG BÁO\s?/\s?Số\s?[\d+ ]+/\s?Ngày\s?[\d/ -]{6,12}(?:\s?\d{1,4})?"
)


def page_numbers(text: str, raw: Sequence[RawLine]) -> frozenset[int]:
    """
    Lines that hold only a page number or the gazette's running head.

    A lone number counts where blank lines or the page's edge stand on both sides of it, and where
    it goes up by one from the last: a number of a list or table is never so.
    """
    found: set[int] = set()
    last = 0
    for index, line in enumerate(raw):
        length = line.end - line.start
        if not length or length > 60:
            continue
        content = text[line.start : line.end]
        if not content.isascii() and "CÔNG BÁO" in content:
            if _RUNNING_HEAD.fullmatch(content, timeout=TIMEOUT):
                found.add(index)
            continue
        if length > 12 or not any(map(str.isdigit, content)):
            continue
        match = _PAGE_NUMBER.fullmatch(content, timeout=TIMEOUT)
        alone = _is_edge(raw, index - 1, line) and _is_edge(raw, index + 1, line)
        if not match or not (alone or _is_between(text, raw, index)):
            continue
        number = int(match.group(1))
        if number == last + 1 or (not last and number <= 3):
            found.add(index)
            last = number
    return frozenset(found)


def _is_between(text: str, raw: Sequence[RawLine], index: int) -> bool:
    """Whether a sentence goes on from the line before to the line after."""
    if not 0 < index < len(raw) - 1:
        return False
    before, after = raw[index - 1], raw[index + 1]
    told = text[before.start : before.end]
    return (
        len(told) > 30
        and told[-1] not in ".;:!?|\t"
        and text[after.start : after.end][:1].islower()
    )


def _is_edge(raw: Sequence[RawLine], index: int, line: RawLine) -> bool:
    if not 0 <= index < len(raw):
        return True
    return raw[index].start == raw[index].end or raw[index].page != line.page
