"""
Footnotes: small print at the foot of a page, below a short line, that begins with a raised mark.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from tdkt_parse.readers.pdf.glyphs import TIMEOUT
from tdkt_parse.readers.pdf.rows import Row, Segment, make_row

SMALLER = 0.9
"""Points by which the type of notes is smaller than that of the text, where no line is drawn."""

_MARKER = regex.compile(r"\(?(\d{1,3}|\*{1,3})\)?")


@dataclass(slots=True)
class PageNote:
    """A note: its mark, and its rows."""

    mark: str
    """As printed."""
    rows: list[Row] = field(default_factory=list)

    @property
    def marker(self) -> str:
        """Its number or star."""
        return marker_of(self.mark)


def split_notes(
    page: int,
    lines: list[list[Segment]],
    separators: Sequence[tuple[float, float, float]],
    size: float,
) -> tuple[list[list[Segment]], list[PageNote]]:
    """
    The lines of a page above its notes, and the notes.

    ``separators``: short level lines, by their height and ends; ``size``: that of the text.
    """
    first = None
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if not _begins(line):
            continue
        above = lines[index - 1][0].y1 if index else 0.0
        word = line[0] if len(line[0].texts) > 1 else line[1]
        ruled = any(
            above - 3 <= at <= word.y0 + 4 and abs(start - line[0].x0) < 60
            for at, start, _ in separators
        )
        if ruled or (word.size < size - SMALLER and _is_small_print(lines[index:], size)):
            first = index
            if ruled:
                break
    if first is None:
        return lines, []
    type_of_note = lines[first][-1].size
    last = first
    while last < len(lines) and lines[last][-1].size < type_of_note + SMALLER:
        last += 1
    notes: list[PageNote] = []
    for line in lines[first:last]:
        if _begins(line):
            notes.append(PageNote(line[0].texts[0]))
            line = [line[0].rest, *line[1:]] if len(line[0].texts) > 1 else line[1:]
        if line and notes:
            notes[-1].rows.append(make_row(page, line))
    return lines[:first] + lines[last:], [note for note in notes if note.rows]


def _is_small_print(lines: Sequence[Sequence[Segment]], size: float) -> bool:
    """Whether all that stands from a line on to the foot of the page is smaller than the text."""
    return all(segment.size < size - SMALLER for line in lines for segment in line)


def marker_of(mark: str) -> str:
    """
    The number or star of a mark as printed.

    >>> marker_of("(2)"), marker_of("¹")
    ('2', '1')
    """
    said = unicodedata.normalize("NFKC", mark)
    found = _MARKER.match(said, timeout=TIMEOUT)
    return found.group(1) if found else said


def _begins(line: list[Segment]) -> bool:
    """Whether a line begins with a raised mark and says something behind it."""
    return 0 in line[0].marks and (len(line[0].texts) > 1 or len(line) > 1)
