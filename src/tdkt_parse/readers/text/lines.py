"""
The lines of a text, as their ends part them.
"""

from collections.abc import Iterator
from typing import NamedTuple


class RawLine(NamedTuple):
    """A line between two line ends: where its text begins and ends, white space cut."""

    start: int
    end: int
    page: int | None


PRINTED_END = "\\r\\n"
"""A line end that some program printed as four characters."""


def split_lines(text: str) -> Iterator[RawLine]:
    """The lines of a text, blank ones too; a form feed begins a new page."""
    page = 1 if "\f" in text else None
    at = 0
    for line in text.splitlines(keepends=True):
        first = at
        if PRINTED_END in line:
            *parts, line = line.split(PRINTED_END)
            for part in parts:
                yield _trim(part, first, page)
                first += len(part) + len(PRINTED_END)
        yield _trim(line, first, page)
        at = first + len(line)
        if page and line[-1] == "\f":
            page += 1


_INVISIBLE = "\ufeff\u200b\u200e\u200f\u2060"
_SPACE = " \u00a0\u3000\u2003\u2002\u2009" + _INVISIBLE
_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


def _trim(line: str, at: int, page: int | None) -> RawLine:
    """A line that begins at a code point, without its end and the spaces around it."""
    kept = line.rstrip(_ENDS)
    left = kept.lstrip(_SPACE)
    start = at + len(kept) - len(left)
    return RawLine(start, start + len(left.rstrip(_SPACE)), page)
