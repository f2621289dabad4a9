"""
The marks of footnotes and endnotes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from tdkt_parse.readers.docx.inline import NoteMark
from tdkt_parse.readers.docx.numbering import Level, write

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def shown_mark(marker: str) -> str:
    """A note's mark as the page shows it: raised where it is a number."""
    return marker.translate(_SUPERSCRIPT)


@dataclass(slots=True)
class Markers:
    """The marks of notes, counted as they are met."""

    formats: Callable[[], dict[str, tuple[str, int]]]
    """For footnotes and endnotes the format and the first number, asked for when one is met."""
    counts: dict[str, int] = field(default_factory=dict)
    met: dict[tuple[str, str], str] = field(default_factory=dict)
    known: dict[str, tuple[str, int]] = field(default_factory=dict)
    typed: set[tuple[str, str]] = field(default_factory=set)
    """Notes whose mark somebody typed."""

    def show(self, mark: NoteMark, written: str) -> str:
        """The mark that the page shows for a reference, raised."""
        if not mark.own_mark:
            self.known = self.known or self.formats()
            form, first = self.known[mark.story]
            count = self.counts[mark.story] = self.counts.get(mark.story, first - 1) + 1
            written = write(count, Level(form))
        else:
            self.typed.add((mark.story, mark.identity))
        self.met.setdefault((mark.story, mark.identity), written.strip())
        return shown_mark(written)
