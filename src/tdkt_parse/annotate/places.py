"""
Where a value stands in the tree of the file that was read: the elements at its edges.
"""

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from lxml import etree

from tdkt_parse.annotate.remarks import Placing
from tdkt_parse.layout import Document, Paragraph
from tdkt_parse.models import CellPlace, Evidence
from tdkt_parse.readers.docx.body import Trace
from tdkt_parse.readers.docx.names import W
from tdkt_parse.readers.story import Piece


class Seat(NamedTuple):
    """An edge of a range: at an element, or so many characters within its text."""

    element: etree._Element
    at: int | None = None


class Range(NamedTuple):
    first: Seat
    last: Seat
    placing: Placing


class Edge(NamedTuple):
    """An edge among the pieces of a paragraph: its element, and the next one outside the range."""

    element: etree._Element
    at: int | None = None
    beyond: etree._Element | None = None


_P = W + "p"
_RUN = W + "r"
_FIELD = W + "fldChar"
_CONTROL = W + "sdt"
_TEXTS = frozenset({W + "t", W + "delText"})
_OPEN = frozenset(
    W + name
    for name in (
        "hyperlink", "smartTag", "customXml", "bdo", "dir", "fldSimple", "sdtContent",
        "ins", "del", "moveTo", "moveFrom",
    )
)  # fmt: skip
"""What holds runs in a paragraph and may hold the edges of ranges (EG_RangeMarkupElements)."""

_NOTES = {W + "footnote": W + "footnoteReference", W + "endnote": W + "endnoteReference"}


def main_of(trace: Trace) -> etree._Element | None:
    """The root of the part with the text, ``None`` if no paragraph was read from it."""
    for paragraph, _ in trace.values():
        root = paragraph.getroottree().getroot()
        return root if root.tag == W + "document" else None
    return None


def find_range(
    document: Document, trace: Trace, main: etree._Element, place: Evidence | CellPlace
) -> Range | None:
    """The range of a place; ``None`` if it is none of this file."""
    found = (
        _of_evidence(document, trace, place)
        if isinstance(place, Evidence)
        else _of_cell(trace, place)
    )
    if found is None:
        return None
    first, last, placing = found
    one, other = _settle(first, main, last=False), _settle(last, main, last=True)
    if one is None or other is None:
        first, last = _whole(*next(iter(trace.values())))
        one, other = _settle(first, main, last=False), _settle(last, main, last=True)
        return one and other and Range(one[0], other[0], "top")
    said = {one[1], other[1]}
    if "anchor" in said:
        placing = "anchor"
    elif "wider" in said and placing == "exact":
        placing = "wider"
    return Range(one[0], other[0], placing)


def _of_evidence(
    document: Document, trace: Trace, evidence: Evidence
) -> tuple[Edge, Edge, Placing] | None:
    text = "\n".join(document.text[start:end] for start, end in evidence.spans)
    if not evidence.spans or text != evidence.text:
        return None
    start, end = evidence.spans[0][0], evidence.spans[-1][1]
    covered = _covered(document.paragraphs, start, end)
    if not covered:
        return None
    kept = [(paragraph.path, a, b) for paragraph, a, b in covered if a < b]
    if not kept:
        return *_whole(*trace[covered[0][0].path]), "paragraph"
    between = [
        _own_text(trace[paragraph.path][1])[a:b]
        for (_, left), (right, _) in itertools.pairwise(evidence.spans)
        for paragraph, a, b in _covered(document.paragraphs, left, right)
    ]
    (path, start, _), (other, _, end) = kept[0], kept[-1]
    first, last = _first(trace[path][1], start), _last(trace[other][1], end)
    if first is None or last is None:
        return None
    return first, last, "wider" if "".join(between).strip() else "exact"


def _of_cell(trace: Trace, place: CellPlace) -> tuple[Edge, Edge, Placing] | None:
    if place.path not in trace:
        return None
    element, pieces = trace[place.path]
    if not 0 <= place.start <= place.end <= len(_own_text(pieces)):
        return None
    first, last = _first(pieces, place.start), _last(pieces, place.end)
    if place.start == place.end or first is None or last is None:
        return *_whole(element, pieces), "paragraph"
    return first, last, "exact"


def _covered(
    paragraphs: Sequence[Paragraph], start: int, end: int
) -> list[tuple[Paragraph, int, int]]:
    """The paragraphs of a range of the text, each with the range of its own characters."""
    covered = []
    for index in range(bisect_right(paragraphs, start, key=_end), len(paragraphs)):
        paragraph = paragraphs[index]
        if paragraph.start >= end:
            break
        first, last = paragraph.place(start, end)
        covered.append((paragraph, max(first, 0), last))
    return covered


_end = attrgetter("end")


def _own(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces that are a paragraph's own characters: marks of notes are not."""
    return [piece for piece in pieces if piece.kind != "note" and piece.element is not None]


def _own_text(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in _own(pieces))


def _whole(paragraph: etree._Element, pieces: Sequence[Piece]) -> tuple[Edge, Edge]:
    """All that is in a paragraph; of one without a character, a point in it."""
    elements = [piece.element for piece in _own(pieces) if piece.element is not None]
    if not elements:
        return Edge(paragraph), Edge(paragraph)
    return Edge(elements[0]), Edge(elements[-1])


def _first(pieces: Sequence[Piece], start: int) -> Edge | None:
    """The edge before a character."""
    upto = 0
    before: etree._Element | None = None
    for piece in _own(pieces):
        if start < upto + len(piece.text) and piece.element is not None:
            return Edge(piece.element, _within(piece, start - upto), before)
        upto += len(piece.text)
        before = piece.element
    return None


def _last(pieces: Sequence[Piece], end: int) -> Edge | None:
    """The edge behind a character."""
    upto = 0
    pieces = _own(pieces)
    for piece, after in itertools.zip_longest(pieces, pieces[1:]):
        upto += len(piece.text)
        if end <= upto and piece.element is not None:
            at = _within(piece, end - upto + len(piece.text))
            return Edge(piece.element, at, after.element if after else None)
    return None


def _within(piece: Piece, at: int) -> int | None:
    """Characters of an element's text before an edge of its piece; ``None`` at its own edges."""
    if at in (0, len(piece.text)):
        return None
    if piece.old is not None:
        at = piece.old.places[at]
        if at in (0, len(piece.old.text)):
            return None
    raw = "" if piece.element is None else piece.element.text or ""
    length = len(piece.text) if piece.old is None else len(piece.old.text)
    # Read without the white space around it where that is the indent of the file's own lines.
    indent = len(raw) - len(raw.lstrip()) if len(raw) > length else 0
    return at + indent


def _settle(edge: Edge, main: etree._Element, *, last: bool) -> tuple[Seat, Placing] | None:
    """Where an edge can stand in the text; ``None`` for one in a header or a footer."""
    element = edge.element
    if element.getroottree().getroot() is not main:
        mark = _mark_of_note(element, main)
        return None if mark is None else (Seat(_seat(mark)[0]), "anchor")
    seat, boxed = _seat(element)
    if boxed:
        return Seat(seat), "anchor"
    if seat.tag == _FIELD:
        return Seat(_end_of_field(seat) if last else seat), "wider"
    if seat is element and (edge.at is None or seat.tag in _TEXTS):
        return Seat(seat, edge.at), "exact"
    beyond = edge.beyond
    shared = beyond is not None and (beyond is seat or seat in beyond.iterancestors(seat.tag))
    return Seat(seat), "wider" if shared or edge.at is not None else "exact"


def _seat(element: etree._Element) -> tuple[etree._Element, bool]:
    """
    What of a paragraph an element is in: something in a run, or something beside the runs where no
    range may begin inside; and whether the element is in a paragraph of its own, in a text box.
    """
    chain = [element, *element.iterancestors()]
    paragraphs = [number for number, one in enumerate(chain) if one.tag == _P]
    boxed = len(paragraphs) > 1
    inside = None
    for child in reversed(chain[: paragraphs[-1]] if paragraphs else []):
        if inside == _RUN or not (child.tag == _RUN or child.tag in _OPEN or _is_free(child)):
            return child, boxed
        inside = child.tag
    return element, boxed


def _is_free(element: etree._Element) -> bool:
    """Whether this is a control whose text is its own: Word writes that of a bound one anew."""
    return element.tag == _CONTROL and element.find(f"{W}sdtPr/{W}dataBinding") is None


def _mark_of_note(element: etree._Element, main: etree._Element) -> etree._Element | None:
    for note in element.iterancestors(*_NOTES):
        identity = note.get(W + "id")
        marks = main.iter(_NOTES[str(note.tag)])
        return next((mark for mark in marks if mark.get(W + "id") == identity), None)
    return None


def _end_of_field(begin: etree._Element) -> etree._Element:
    """The end of a form field (17.16.18), which shows its value from where it begins."""
    paragraph = next(begin.iterancestors(_P))
    depth = 0
    for mark in itertools.dropwhile(lambda one: one is not begin, paragraph.iter(_FIELD)):
        kind = mark.get(W + "fldCharType")
        depth += (kind == "begin") - (kind == "end")
        if depth == 0:
            return mark
    return begin
