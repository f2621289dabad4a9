"""
The reading text of a PDF while it is written, with the lines, tables and places of words in it.

Each paragraph is a line of the text, each row of a table one with tabs between its cells, as in the
text of a Word file. The rows of print of a paragraph are joined by a space; by nothing where a word
was broken behind a hyphen or a stroke of its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import nan

from tdkt_parse.exceptions import TooLarge
from tdkt_parse.layout import Cell, Line, Margin, OldText, Span, Table, Words, trim_spans
from tdkt_parse.readers.pdf.cells import PageCell
from tdkt_parse.readers.pdf.flow import FlowTable
from tdkt_parse.readers.pdf.glyphs import OldWord
from tdkt_parse.readers.pdf.notes import marker_of
from tdkt_parse.readers.pdf.page import Tilt
from tdkt_parse.readers.pdf.paragraphs import Paragraph
from tdkt_parse.readers.pdf.pdfium import Shape
from tdkt_parse.readers.pdf.rows import Row
from tdkt_parse.spelling import is_rule
from tdkt_parse.syllables import is_syllable

MOST_BLOCKS = 200_000
"""Rows of print and cells of a document."""
NEARLY = 1.5
"""Points that words on a levelled page may be above or below where their box says."""
_JOINTS = frozenset("-/\u2010")


@dataclass(slots=True)
class Story:
    """What has been written so far."""

    parts: list[str] = field(default_factory=list)
    at: int = 0
    furniture: list[Span] = field(default_factory=list)
    words: Words = field(default_factory=Words)
    noted: Mapping[int, frozenset[str]] = field(default_factory=dict)
    """The marks of the notes at the foot of each page."""
    turned: Mapping[int, tuple[Shape, int]] = field(default_factory=dict)
    """Pages whose words stand turned: as they were read, and by how many quarters."""
    tilts: Mapping[int, Tilt] = field(default_factory=dict)
    """Pages that were levelled."""
    old: Mapping[int, Mapping[tuple[float, str], OldWord]] = field(default_factory=dict)
    """Of each page what words were in an old encoding."""
    old_texts: list[OldText] = field(default_factory=list)
    raised: list[Span] = field(default_factory=list)
    """Marks in the text whose notes stand at no foot."""
    blocks: int = 0

    def write(self, text: str) -> Span:
        """Put characters at the end of the text; where they stand."""
        start = self.at
        self.parts.append(text)
        self.at += len(text)
        return start, self.at

    def count(self, blocks: int) -> None:
        """So many more rows and cells; raises ``TooLarge`` at the limit."""
        self.blocks += blocks
        if self.blocks > MOST_BLOCKS:
            raise TooLarge(
                f"The PDF has more than {MOST_BLOCKS:,} lines and cells.",
                hint="A plan has a hundredth of that: divide it, or check that it is one.",
            )

    def paragraph(self, paragraph: Paragraph, *, end: str = "\n") -> Line | None:
        """Write a paragraph; ``None`` if it is nothing but a rule of signs."""
        rows = paragraph.rows
        first, first_part = self.at, len(self.parts)
        marks: list[Span] = []
        for number, row in enumerate(rows):
            if number:
                self.write(joint(rows[number - 1].text, row.text))
            marks += self._row(row)
        span = (first, self.at)
        self.write(end)
        if all(is_rule(row.text) for row in rows):
            self.furniture.append(span)
            return None
        return self._line(span, marks, paragraph, first_part)

    def _row(self, row: Row) -> list[Span]:
        """Write a row of print; where marks of notes stand in it."""
        self.count(1)
        start = self.at
        self.write(row.text)
        begins = begins_of(row, start)
        if row.page in self.old:
            self._note_old(row, begins)
        if row.sures:
            self._put_sures(row.sures)
        if row.places or row.page in self.turned or row.page in self.tilts:
            self._put_each(row, begins)
        else:
            self.words.begin_row(row.page, row.y0, row.y1)
            self.words.put_all(begins, row.lengths, row.lefts, row.rights)
        if not row.marks:
            return []
        marks: list[Span] = []
        for a, b in row.marks:
            known = marker_of(row.text[a:b]) in self.noted.get(row.page, ())
            (marks if known else self.raised).append((start + a, start + b))
        return marks

    def _note_old(self, row: Row, begins: Sequence[int]) -> None:
        """What the next words are in the file, of those in an old encoding."""
        known = self.old[row.page]
        first = len(self.words)
        start = self.at - len(row.text)
        for number, (begin, length, left) in enumerate(
            zip(begins, row.lengths, row.lefts, strict=True)
        ):
            word = row.text[begin - start : begin - start + length]
            found = known.get((left, word))
            if found is not None:
                self.words.raw[first + number] = found.raw
                self.old_texts.append(OldText(begin, begin + length, *found))

    def _put_sures(self, sures: Sequence[float]) -> None:
        """How sure the engine was of the next words; of those before them it said nothing."""
        confidences = self.words.confidences
        confidences.extend([nan] * (len(self.words) - len(confidences)))
        confidences.extend(sures)

    def end(self) -> str:
        """The whole text, when nothing more is to be written."""
        if self.words.confidences:
            self._put_sures(())
        return "".join(self.parts)

    def _put_each(self, row: Row, begins: Sequence[int]) -> None:
        """Put the words of a row where each is shown: of turned words, or a turned page."""
        tilt = self.tilts.get(row.page)
        if tilt is not None and row.page not in self.turned:
            self._put_tilted(row, begins, tilt)
            return
        places = row.places or [
            (left, row.y0, right, row.y1) for left, right in zip(row.lefts, row.rights, strict=True)
        ]
        for first, length, place in zip(begins, row.lengths, places, strict=True):
            if tilt is not None:
                place = tilt.back(place)
            if row.page in self.turned:
                place = turned_back(place, *self.turned[row.page])
            x0, y0, x1, y1 = place
            self.words.begin_row(row.page, y0, y1)
            self.words.put(first, first + length, x0, x1)

    def _put_tilted(self, row: Row, begins: Sequence[int], tilt: Tilt) -> None:
        """Put the words of a row of a levelled page: as many at one height as nearly stand so."""
        at = nan
        for first, length, x0, x1 in zip(begins, row.lengths, row.lefts, row.rights, strict=True):
            place = tilt.back((x0, row.y0, x1, row.y1))
            if not abs(place[1] - at) < NEARLY:
                at = place[1]
                self.words.begin_row(row.page, place[1], place[3])
            self.words.put(first, first + length, place[0], place[2])

    def _line(
        self, span: Span, marks: Sequence[Span], paragraph: Paragraph, first_part: int
    ) -> Line | None:
        rows = paragraph.rows
        spans: list[Span] = [span]
        if marks:
            spans, at = [], span[0]
            for start, end in marks:
                spans.append((at, start))
                at = end
            spans.append((at, span[1]))
            text = "".join(self.parts[first_part:])
            spans = trim_spans(text, [s for s in spans if s[0] < s[1]], span[0])
            if not spans:
                self.furniture += marks
                return None
        return Line(
            tuple(spans),
            rows[0].page,
            paragraph.gap,
            bold=all(row.bold for row in rows),
            italic=all(row.italic for row in rows),
            notes=tuple(marks),
        )

    def paragraphs(self, paragraphs: Iterable[Paragraph]) -> list[Line]:
        """Write some paragraphs, each on a line of the text."""
        made = (self.paragraph(paragraph) for paragraph in paragraphs)
        return [line for line in made if line is not None]

    def table(self, table: FlowTable) -> Table:
        """Write a table row by row."""
        start = self.at
        covered = [0] * max(len(table.xs) - 1, 1)
        rows = [tuple(self._cells(row, covered)) for row in table.rows]
        return Table(
            tuple(rows),
            (start, max(self.at - 1, start)),
            table.pages[0],
            continued=frozenset(table.continued),
        )

    def _cells(self, row: Sequence[PageCell], covered: list[int]) -> Iterable[Cell]:
        """
        The cells of a row, with a blank one at each column that has none.

        ``covered``: of each column, how many rows from this one on a cell of a row above covers.
        """
        column = 0
        for number, cell in enumerate(row):
            yield from _blanks(covered[column : cell.column])
            column = cell.column + cell.columns
            covered[cell.column : column] = [cell.rows] * cell.columns
            if number:
                self.furniture.append(self.write("\t"))
            self.count(1)
            lines: list[Line] = []
            for k, paragraph in enumerate(cell.paragraphs):
                if k:
                    self.write("\n")
                line = self.paragraph(paragraph, end="")
                if line is not None:
                    lines.append(line)
            yield Cell(tuple(lines), cell.rows, cell.columns)
        yield from _blanks(covered[column:])
        covered[:] = [max(rows - 1, 0) for rows in covered]
        self.write("\n")

    def margin(self, kind: str, rows: Iterable[Row]) -> Margin | None:
        """Write what stands apart from the text, all of it furniture; ``None`` for nothing."""
        start = self.at
        lines = self.paragraphs(Paragraph([row]) for row in rows)
        if self.at > start:
            self.furniture.append((start, self.at))
        return Margin(kind, tuple(lines)) if lines else None


def begins_of(row: Row, start: int) -> list[int]:
    """Where the words of a row begin, whose text begins at a code point."""
    if row.starts is not None:
        return [start + at for at in row.starts]
    return [*accumulate([length + 1 for length in row.lengths[:-1]], initial=start)]


def _blanks(covered: Sequence[int]) -> Iterable[Cell]:
    """A cell for each column of a row that no cell covers."""
    return (Cell() for rows in covered if not rows)


def turned_back(
    box: tuple[float, float, float, float], shape: Shape, quarters: int
) -> tuple[float, float, float, float]:
    """
    A rectangle of a page that was turned to the right by some quarters, as it is shown.

    >>> page = Shape(842.0, 595.0, 0, 1, 1, 0, 0, 0)
    >>> turned_back((10.0, 20.0, 30.0, 25.0), page, 1)
    (20.0, 812.0, 25.0, 832.0)
    """
    width, height = shape.width, shape.height
    x0, y0, x1, y1 = box
    for _ in range(quarters):
        x0, y0, x1, y1 = y0, width - x1, y1, width - x0
        width, height = height, width
    return x0, y0, x1, y1


def joint(before: str, after: str) -> str:
    """
    What stands between two rows of a paragraph: a space, or nothing within a word.

    >>> [joint("364/TTr-BNG-", "NVVH"), joint("giai đoạn 2021 -", "2030"), joint("Thi", "đua")]
    ['', ' ', ' ']
    >>> [joint("In thườn", "g"), joint("11", "."), joint("15/3/202", "4"), joint("Nghiên", "cứu")]
    ['', '', '', ' ']
    """
    if before[-1] in _JOINTS and len(before) > 1 and before[-2].isalnum() and after[0].isalnum():
        return ""
    head = after.partition(" ")[0]
    if len(head) <= LONGEST_REST and _is_rest(before.rpartition(" ")[2], head):
        return ""
    return " "


LONGEST_REST = 3
"""Letters of a word that a narrow column pushed to the next row."""


def _is_rest(tail: str, head: str) -> bool:
    """Whether a row begins with the rest of a word that its column was too narrow for."""
    if head in (".", ",", ";", ":", ")"):
        return True
    bare = head.rstrip(".,;:)")
    if bare.isdigit():
        # A year that was broken: ``15/3/202`` / ``4``.
        day, _, year = tail.rpartition("/")
        return "/" in day and year.isdigit() and len(year + bare) == 4
    return bare.islower() and not is_syllable(bare) and is_syllable(tail + bare)
