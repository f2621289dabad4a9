"""
The reading text of a Word file or a page of HTML while it is written, and the lines in it.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from tdkt_parse.exceptions import TooLarge
from tdkt_parse.layout import Line, Notice, OldText, Paragraph, Span, trim_spans
from tdkt_parse.spelling import is_rule

MOST_BLOCKS = 100_000
"""Lines, rows and cells of a document, empty ones too. A plan with a table of 2,000 rows and 15
columns has 62,000; what is made of each takes some 2 kB until the Plan is there."""
MOST_TEXT = 10_000_000
"""Characters: some 4,000 pages."""


class Old(NamedTuple):
    """
    What a piece was in an old encoding: its characters, and how that was known.

    ``places``: for each character of the piece now where it begins among those, and the end.
    """

    text: str
    encoding: str
    font: str | None
    places: tuple[int, ...]


class Piece(NamedTuple):
    """
    A run of characters that look alike, or a mark: ``kind`` is text, break, page, note or aside.

    ``element`` is what it was read from: ``w:t``, ``w:tab``, ``w:br`` …, all of it. ``font`` is
    named where it is of an old encoding, and ``capitals`` are still to be made then.
    """

    kind: str
    text: str
    element: etree._Element | None = None
    bold: bool = False
    italic: bool = False
    raised: bool = False
    font: str = ""
    capitals: bool = False
    old: Old | None = None


@dataclass(slots=True)
class Story:
    """What has been read so far: the text and what stands where in it."""

    parts: list[str] = field(default_factory=list)
    at: int = 0
    furniture: list[Span] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    old_texts: list[OldText] = field(default_factory=list)
    raised: list[Span] = field(default_factory=list)
    """What stands above the line."""
    blocks: int = 0
    """How many lines, rows and cells."""

    def count(self, blocks: int) -> None:
        """Of what the text is made, so much more; raises ``TooLarge`` at the limits."""
        self.blocks += blocks
        if self.blocks > MOST_BLOCKS or self.at > MOST_TEXT:
            most = (
                f"{MOST_BLOCKS:,} lines and cells"
                if self.blocks > MOST_BLOCKS
                else f"{MOST_TEXT:,} characters"
            )
            raise TooLarge(
                f"The text of the file has more than {most}.",
                hint="A plan has a hundredth of that: divide it, or check that it is one.",
            )

    def note_old(self, piece: Piece, start: int) -> None:
        """What a piece that stands here was in an old encoding, if it was."""
        if piece.old is not None:
            raw, encoding, font, _ = piece.old
            self.old_texts.append(OldText(start, start + len(piece.text), raw, encoding, font))

    def write(self, text: str) -> Span:
        """Put characters at the end of the text; where they stand."""
        start = self.at
        self.parts.append(text)
        self.at += len(text)
        return start, self.at


class Lines:
    """Writes the lines of one paragraph."""

    def __init__(self, story: Story, *, gap: bool) -> None:
        self.story = story
        self.gap = gap
        """Whether blank space stands before the next line."""
        self.made: list[Line] = []
        self._open()

    def _open(self) -> None:
        self.begin = self.at = self.story.at
        self.texts: list[str] = []
        self.spans: list[Span] = []
        self.notes: list[Span] = []
        self.bold = self.italic = True

    def put(self, piece: Piece) -> Span:
        """Write content."""
        if not piece.text.isspace():
            self.bold = self.bold and piece.bold
            self.italic = self.italic and piece.italic
        self.texts.append(piece.text)
        span = self.story.write(piece.text)
        self.story.note_old(piece, span[0])
        if piece.raised:
            raised = self.story.raised
            if raised and raised[-1][1] == span[0]:
                raised[-1] = (raised[-1][0], span[1])
            else:
                raised.append(span)
        return span

    def mark(self, text: str) -> Span:
        """Write the mark of a note, which is no content."""
        span = self._aside(text)
        self.notes.append(span)
        return span

    def leave_out(self, text: str) -> Span:
        """Write what the page shows and no value has."""
        span = self._aside(text)
        self.story.furniture.append(span)
        return span

    def _aside(self, text: str) -> Span:
        self.spans.append((self.at, self.story.at))
        self.texts.append(text)
        span = self.story.write(text)
        self.at = self.story.at
        return span

    def end(self, *, page: bool = False) -> None:
        """A line break within the paragraph."""
        self._close()
        self.story.write("\n")
        self.gap = self.gap or page
        self._open()

    def finish(self) -> list[Line]:
        """The lines, the last one ended."""
        self._close()
        return self.made

    def _close(self) -> None:
        spans = [*self.spans, (self.at, self.story.at)]
        text = "".join(self.texts)
        spans = trim_spans(text, spans, self.begin)
        if spans and is_rule(text.strip()):
            self.story.furniture.append((self.begin, self.story.at))
            return
        if not spans:
            # Nothing but marks: the page shows them, and no value has them.
            self.story.furniture += self.notes
            return
        self.made.append(
            Line(
                tuple(spans),
                None,
                self.gap,
                bold=self.bold,
                italic=self.italic,
                notes=tuple(self.notes),
            )
        )
        self.gap = False
