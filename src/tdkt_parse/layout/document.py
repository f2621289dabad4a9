"""
What a reader returns: a Document of lines and tables over one reading text.

``Document.text`` is the text as read, before any repair; everything else points into it by
half-open ranges of code points. A reader knows pages, lines, words, tables and markup, and nothing
of plans.

Characters of ``text`` that are no content (page numbers, running heads, markup such as ``**``,
the bars of a pipe table, ruling lines of dashes) are *furniture*: they stay in ``text`` and are
listed, so that nothing is lost and nothing of it gets into a value.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from tdkt_parse.layout.words import Words

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """
    One line of text as laid out.

    ``spans`` are the slices of content in it, furniture cut out, never empty. ``gap`` is true when
    blank space stands between this line and the one before, ``bold`` and ``italic`` when all of
    its content is so. ``notes`` are the slices of footnote marks in it, which ``spans`` leave out.
    """

    spans: tuple[Span, ...]
    page: int | None = None
    gap: bool = False
    bold: bool = False
    italic: bool = False
    notes: tuple[Span, ...] = ()

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]


class Cell(NamedTuple):
    """A cell of a table: its lines, and how many rows and columns it covers."""

    lines: tuple[Line, ...] = ()
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """
    A table: rows of cells in reading order, each cell where its top left corner stands.

    ``repeated`` are the numbers of rows that only repeat the header after a page break;
    ``continued`` those that begin a part of the table that went on without its header. ``header``
    is how many rows at the top the file itself says are its header.
    """

    rows: tuple[tuple[Cell, ...], ...]
    span: Span
    page: int | None = None
    repeated: frozenset[int] = frozenset()
    continued: frozenset[int] = frozenset()
    header: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote's body: the mark and the lines of its text, apart from the text it interrupts."""

    marker: str
    lines: tuple[Line, ...]


class Margin(NamedTuple):
    """
    What stands apart from the text, all of it furniture.

    ``kind`` is header, footer, contents, stamp (of a signature) or unseen (words nobody sees).
    """

    kind: str
    lines: tuple[Line, ...]


class Notice(NamedTuple):
    """What the reader saw that the user should know: a diagnostic's name, where, its words."""

    rule: str
    span: Span | None = None
    words: tuple[tuple[str, str], ...] = ()


class Recognition(NamedTuple):
    """What read the pages that are pictures: the engine with its version, and the language."""

    engine: str
    language: str


class Repair(NamedTuple):
    """
    What OCR misread: ``text[start:end]`` was taken for ``put``, by which rule.

    What was read is never empty, and stands within one line; ``put`` is empty for a speck. The text
    as read is not changed.
    """

    start: int
    end: int
    put: str
    rule: str


class OldText(NamedTuple):
    """
    What stood in the file in an old encoding and is in Unicode in the text, and where there.

    ``raw`` are its characters as the file has them, lines that follow one another together;
    ``font`` that by which the encoding was known, ``None`` where its letters told.
    """

    start: int
    end: int
    raw: str
    encoding: str
    font: str | None


class Stamp(NamedTuple):
    """A digital signature as the file has it: who signed, and when, as written there."""

    signer: str | None
    time: str | None


class Paragraph(NamedTuple):
    """
    A paragraph of a Word file: where it stands in the text, and its path in the file.

    ``added`` are the slices that are not the paragraph's own characters, in order: its automatic
    number, the marks of notes that the program counts itself.
    """

    start: int
    end: int
    path: str
    added: tuple[Span, ...] = ()

    def place(self, start: int, end: int) -> tuple[int, int]:
        """A range of the text as a range of the paragraph's own characters."""
        end = min(end, self.end)
        if not self.added:
            return start - self.start, end - self.start
        return self._own(start), self._own(end)

    def _own(self, at: int) -> int:
        return at - self.start - sum(min(at, e) - s for s, e in self.added if s < at)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read."""

    text: str
    blocks: tuple[Line | Table, ...]
    sha256: str
    media_type: str
    reader: str
    name: str | None = None
    pages: int | None = None
    furniture: tuple[Span, ...] = ()
    notes: tuple[Note, ...] = ()
    margins: tuple[Margin, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    """Of a Word file, in the order of the text."""
    words: Words = field(default_factory=Words, repr=False)
    """Of a format with pages."""
    signatures: tuple[Stamp, ...] = ()
    """The digital signatures of a PDF."""
    ocr: Recognition | None = None
    """Of a document of which a page at least was read by OCR."""
    notices: tuple[Notice, ...] = ()
    by_ocr: bool = False
    """Whether the text was read off pictures, so that letters of it may be misread."""
    repairs: tuple[Repair, ...] = ()
    """What of it was taken for something else, in the order of the text, none overlapping."""
    old_texts: tuple[OldText, ...] = ()
    """What of it was in an old encoding, in the order of the text, none overlapping."""
    furniture_starts: tuple[int, ...] = field(default=(), compare=False, repr=False)
    paragraph_starts: tuple[int, ...] = field(default=(), compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "furniture_starts", tuple(s for s, _ in self.furniture))
        object.__setattr__(self, "paragraph_starts", tuple(p.start for p in self.paragraphs))

    def is_blank(self, start: int, end: int) -> bool:
        """Whether only white space and furniture stand in ``text[start:end]``."""
        if end - start < 64 and not self.text[start:end].strip():
            return True
        at = start
        index = max(bisect_right(self.furniture_starts, start) - 1, 0)
        while at < end:
            if index < len(self.furniture) and self.furniture[index][0] <= at:
                at = max(at, self.furniture[index][1])
                index += 1
                continue
            stop = min(end, self.furniture[index][0]) if index < len(self.furniture) else end
            if self.text[at:stop].strip():
                return False
            at = stop
        return True


def trim_spans(text: str, spans: Iterable[Span], offset: int = 0) -> list[Span]:
    """
    Slices without white space at the outer edges, and no blank one there; ``text`` begins at
    ``offset``.

    >>> trim_spans("a b ", [(10, 12), (12, 14)], 10), trim_spans("  ", [(0, 2)])
    ([(10, 12), (12, 13)], [])
    """
    kept = [*spans]
    while kept and not text[kept[0][0] - offset : kept[0][1] - offset].strip():
        del kept[0]
    while kept and not text[kept[-1][0] - offset : kept[-1][1] - offset].strip():
        del kept[-1]
    if kept:
        start, end = kept[0]
        kept[0] = (end - len(text[start - offset : end - offset].lstrip()), end)
        start, end = kept[-1]
        kept[-1] = (start, start + len(text[start - offset : end - offset].rstrip()))
    return kept


def paragraph_at(document: Document, at: int) -> Paragraph | None:
    """The paragraph of a Word file that holds a code point of the text."""
    index = bisect_right(document.paragraph_starts, at) - 1
    if index < 0 or document.paragraphs[index].end <= at:
        return None
    return document.paragraphs[index]
