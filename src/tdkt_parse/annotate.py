"""
What is said of a plan, as comments in a copy of its Word file.

A comment (ECMA-376-1, 17.13.4) stands in two places: its text in a part of its own, and in the text
of the document the range it is about, from ``w:commentRangeStart`` to ``w:commentRangeEnd``, with a
reference behind it. Nothing else of the file is changed: a run in which a range begins or ends
becomes two that look alike. python-docx writes the comments; the package is written here, because
python-docx opens no Strict file and none with macros, and writes every part anew.
"""

import io
import itertools
import posixpath
import zipfile
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from copy import copy, deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, Literal, NamedTuple

import regex
from lxml import etree

from tdkt_parse.exceptions import Encrypted, Unreadable, UnsupportedFormat
from tdkt_parse.layout import Document, Paragraph
from tdkt_parse.models import CellPlace, Evidence
from tdkt_parse.readers import too_large
from tdkt_parse.readers.docx import LIMIT, is_docx
from tdkt_parse.readers.docx.body import Trace
from tdkt_parse.readers.docx.document import read_document
from tdkt_parse.readers.docx.inline import Piece
from tdkt_parse.readers.docx.names import W
from tdkt_parse.readers.docx.package import BROKEN, COPY_AGAIN, Package, open_package
from tdkt_parse.readers.formats import format_of, is_encrypted
from tdkt_parse.settings import Changes

Placing = Literal["exact", "wider", "paragraph", "anchor", "top", "nowhere"]
"""
Where the range of a comment is.

``exact``: the characters of the value and no others. ``wider``: more than these, since one range
cannot leave out what stands between the parts of a value, nor begin within a formula, a form field
or a control that shows data kept elsewhere. ``paragraph``: all of the paragraph, for a value
without characters of its own: an automatic number. ``anchor``: the mark of the note, or the drawing
with the text box, that the value stands in; Word ignores a range in there ([MS-OI29500], 2.1.315).
``top``: the first paragraph of the text, for a value in a header or a footer, where Word ignores it
too. ``nowhere``: there is no comment, as the place is none of this file, or Word would not open a
file with so many.
"""

MOST_RANGES = 32_767
"""Ranges of comments in a file; Word opens none with more ([MS-OI29500], 2.1.315)."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of a value, and who says it; each line of the text becomes a paragraph."""

    place: Evidence | CellPlace
    text: str
    author: str
    initials: str = ""


class Commented(NamedTuple):
    """The bytes of the copy, and for each remark, in order, where its comment is."""

    data: bytes
    placings: tuple[Placing, ...]


def comment_docx(
    data: bytes,
    remarks: Sequence[Remark],
    *,
    changes: Changes = "accept",
    when: datetime | None = None,
) -> Commented:
    """
    A copy of a Word file with a comment for each remark.

    ``changes`` is as the file was read when the places were found, ``when`` the time that the
    comments bear, now if it is ``None``. Characters that XML cannot hold become U+FFFD.

    Every part of the file stays as it is, byte for byte, but for four: the text, equal as canonical
    XML once the new comments are taken out and the runs that were split are joined; the comments,
    of which there are more; the relations of the text and the list of content types, which gain a
    row where the file had no comments. The comments of the file stay. A digital signature of the
    file holds no longer. Without a comment to write, the bytes are those that were given.

    Raises ``UnsupportedFormat`` if the bytes are no Word file, else what reading them raises.
    """
    if not is_docx(data):
        raise _refusal(data)
    if len(data) > LIMIT:
        raise too_large(len(data), LIMIT)
    trace: Trace = {}
    document = read_document(data, None, changes, trace)
    main = _main_of(trace)
    if main is None:
        return Commented(data, tuple(_placing(None) for _ in remarks))
    package = open_package(data)
    text = package.whole(package.main)
    there = sum(1 for _ in text.iter(f"{_space(text)}{_START}"))
    found = (_find(document, trace, main, remark.place) for remark in remarks)
    ranges = _hold(_carry([*found], main, text), MOST_RANGES - there)
    kept = [(r, remark) for r, remark in zip(ranges, remarks, strict=True) if r is not None]
    if kept:
        data = _packed(package, _parts_with(package, text, kept, when))
    return Commented(data, tuple(_placing(r) for r in ranges))


def _refusal(data: bytes) -> Exception:
    if is_encrypted(data):
        return Encrypted(
            "The file is protected by a password.", hint="Save it without one and try again."
        )
    called = format_of(data)
    return UnsupportedFormat(
        f"This is {called}, in which no comment is put." if called else "This is no Word file.",
        hint="Save the document as .docx.",
    )


def _placing(placed: "_Range | None") -> Placing:
    return "nowhere" if placed is None else placed.placing


# -- where a value stands in the tree that was read


class _Seat(NamedTuple):
    """An edge of a range: at an element, or so many characters within its text."""

    element: etree._Element
    at: int | None = None


class _Range(NamedTuple):
    first: _Seat
    last: _Seat
    placing: Placing


class _Edge(NamedTuple):
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


def _main_of(trace: Trace) -> etree._Element | None:
    """The root of the part with the text, ``None`` if no paragraph was read from it."""
    for paragraph, _ in trace.values():
        root = paragraph.getroottree().getroot()
        return root if root.tag == W + "document" else None
    return None


def _find(
    document: Document, trace: Trace, main: etree._Element, place: Evidence | CellPlace
) -> _Range | None:
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
        return one and other and _Range(one[0], other[0], "top")
    said = {one[1], other[1]}
    if "anchor" in said:
        placing = "anchor"
    elif "wider" in said and placing == "exact":
        placing = "wider"
    return _Range(one[0], other[0], placing)


def _of_evidence(
    document: Document, trace: Trace, evidence: Evidence
) -> tuple[_Edge, _Edge, Placing] | None:
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


def _of_cell(trace: Trace, place: CellPlace) -> tuple[_Edge, _Edge, Placing] | None:
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


def _whole(paragraph: etree._Element, pieces: Sequence[Piece]) -> tuple[_Edge, _Edge]:
    """All that is in a paragraph; of one without a character, a point in it."""
    elements = [piece.element for piece in _own(pieces) if piece.element is not None]
    if not elements:
        return _Edge(paragraph), _Edge(paragraph)
    return _Edge(elements[0]), _Edge(elements[-1])


def _first(pieces: Sequence[Piece], start: int) -> _Edge | None:
    """The edge before a character."""
    upto = 0
    before: etree._Element | None = None
    for piece in _own(pieces):
        if start < upto + len(piece.text) and piece.element is not None:
            return _Edge(piece.element, _within(piece, start - upto), before)
        upto += len(piece.text)
        before = piece.element
    return None


def _last(pieces: Sequence[Piece], end: int) -> _Edge | None:
    """The edge behind a character."""
    upto = 0
    pieces = _own(pieces)
    for piece, after in itertools.zip_longest(pieces, pieces[1:]):
        upto += len(piece.text)
        if end <= upto and piece.element is not None:
            at = _within(piece, end - upto + len(piece.text))
            return _Edge(piece.element, at, after.element if after else None)
    return None


def _within(piece: Piece, at: int) -> int | None:
    """Characters of an element's text before an edge of its piece; ``None`` at its own edges."""
    if at in (0, len(piece.text)):
        return None
    raw = "" if piece.element is None else piece.element.text or ""
    # Read without the white space around it where that is the indent of the file's own lines.
    indent = len(raw) - len(raw.lstrip()) if len(raw) > len(piece.text) else 0
    return at + indent


def _settle(edge: _Edge, main: etree._Element, *, last: bool) -> tuple[_Seat, Placing] | None:
    """Where an edge can stand in the text; ``None`` for one in a header or a footer."""
    element = edge.element
    if element.getroottree().getroot() is not main:
        mark = _mark_of_note(element, main)
        return None if mark is None else (_Seat(_seat(mark)[0]), "anchor")
    seat, boxed = _seat(element)
    if boxed:
        return _Seat(seat), "anchor"
    if seat.tag == _FIELD:
        return _Seat(_end_of_field(seat) if last else seat), "wider"
    if seat is element and (edge.at is None or seat.tag in _TEXTS):
        return _Seat(seat, edge.at), "exact"
    beyond = edge.beyond
    shared = beyond is not None and (beyond is seat or seat in beyond.iterancestors(seat.tag))
    return _Seat(seat), "wider" if shared or edge.at is not None else "exact"


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


# -- the same place in the tree that is written


def _carry(
    ranges: Sequence[_Range | None], read: etree._Element, written: etree._Element
) -> list[_Range | None]:
    """The ranges of the tree that was read in the one to be written, each in reading order."""
    wanted = {seat.element for r in ranges if r for seat in (r.first, r.last)}
    copies: dict[etree._Element, tuple[int, etree._Element]] = {}
    pairs = zip(read.iter("{*}*"), written.iter("{*}*"), strict=True)
    for number, (one, other) in enumerate(pairs):
        if one in wanted:
            copies[one] = number, other
    carried: list[_Range | None] = []
    for r in ranges:
        if r is None:
            carried.append(None)
            continue
        placing = r.placing
        (before, one), (after, other) = copies[r.first.element], copies[r.last.element]
        first, last = _Seat(one, r.first.at), _Seat(other, r.last.at)
        if after < before:
            # A note, or a box that is anchored before the words that it is read after.
            first = last = _Seat(one)
        # An XML comment or an instruction within the text: such an element is not split.
        if (first.at is not None and len(one)) or (last.at is not None and len(other)):
            first, last = _Seat(first.element), _Seat(last.element)
            placing = "wider" if placing == "exact" else placing
        carried.append(_Range(first, last, placing))
    return carried


def _hold(ranges: Iterable[_Range | None], most: int) -> list[_Range | None]:
    """No more ranges than so many."""
    held: list[_Range | None] = []
    for r in ranges:
        most -= r is not None
        held.append(r if most >= 0 else None)
    return held


_START, _END, _REFERENCE = "commentRangeStart", "commentRangeEnd", "commentReference"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SILENT = frozenset({
    "bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "proofErr", _START, _END,
    "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "fldData",
})  # fmt: skip
"""What may stand between two edges that are at the same place of the text."""


def _space(element: etree._Element) -> str:
    """The namespace of an element, in braces: that of Strict files is another than ``W``."""
    return f"{{{etree.QName(element).namespace}}}"


def _mark(text: etree._Element, ranges: Sequence[_Range], identities: Iterable[str]) -> None:
    """Put the ranges into the text, with their references."""
    space = _space(text)
    parts = _split_texts(ranges)
    for r, identity in zip(ranges, identities, strict=True):
        start, end = (
            etree.Element(space + name, {f"{space}id": identity}) for name in (_START, _END)
        )
        reference = _reference(space, identity)
        if r.first.element.tag == f"{space}p":
            r.first.element.extend((start, end, reference))
            continue
        first, last = _part(parts, r.first, last=False), _part(parts, r.last, last=True)
        _outermost(_run_from(first), last=False).addprevious(start)
        at = _outermost(_run_upto(last), last=True)
        while (beside := at.getnext()) is not None and _is_end(beside):
            at = beside
        at.addnext(end)
        end.addnext(reference)


def _is_end(element: etree._Element) -> bool:
    """Whether a range ends here, or this is its reference: the next comment comes behind it."""
    if not _is_tag(element):
        return False
    space = _space(element)
    return element.tag == space + _END or element.find(space + _REFERENCE) is not None


def _reference(space: str, identity: str) -> etree._Element:
    """The run that ties a range to its comment (17.13.4.5)."""
    run = etree.Element(f"{space}r")
    look = etree.SubElement(run, f"{space}rPr")
    etree.SubElement(look, f"{space}rStyle", {f"{space}val": "CommentReference"})
    etree.SubElement(run, f"{space}{_REFERENCE}", {f"{space}id": identity})
    return run


def _split_texts(ranges: Iterable[_Range]) -> dict[etree._Element, dict[int, etree._Element]]:
    """Split each text at the edges within it; its parts by where in it each begins."""
    edges: dict[etree._Element, set[int]] = {}
    for r in ranges:
        for element, at in (r.first, r.last):
            if at is not None:
                edges.setdefault(element, set()).add(at)
    return {element: _split_text(element, found) for element, found in edges.items()}


def _split_text(element: etree._Element, edges: set[int]) -> dict[int, etree._Element]:
    text = element.text or ""
    shown, upto = 0, len(text)
    if element.get(_SPACE) != "preserve":
        # White space at the ends of such a text is not shown, and stays apart so that it is not.
        shown, upto = upto - len(text.lstrip()), len(text.rstrip())
    tail, element.tail = element.tail, None
    model = deepcopy(element)
    parts: dict[int, etree._Element] = {}
    last = element
    for start, end in itertools.pairwise(sorted({0, len(text), shown, upto} | edges)):
        part = deepcopy(model) if parts else element
        part.text = text[start:end]
        if shown <= start and end <= upto and part.text != part.text.strip():
            part.set(_SPACE, "preserve")
        if parts:
            last.addnext(part)
        parts[start] = last = part
    last.tail = tail
    return parts


def _part(
    parts: dict[etree._Element, dict[int, etree._Element]], seat: _Seat, *, last: bool
) -> etree._Element:
    """The part of a split text at an edge."""
    split = parts.get(seat.element)
    if split is None:
        return seat.element
    begins = [*split]
    number = len(begins) * last if seat.at is None else begins.index(seat.at)
    return split[begins[number - last]]


def _run_from(element: etree._Element) -> etree._Element:
    """The run that begins with an element, split off if need be; what is in no run, itself."""
    run = element.getparent()
    if run is None or etree.QName(run).localname != "r":
        return element
    look = run.find(f"{_space(run)}rPr")
    before = element.itersiblings(preceding=True)
    if not any(_is_tag(one) and one is not look for one in before):
        return run
    part = deepcopy(run)
    del part[:]
    part.text = None
    if look is not None:
        part.append(deepcopy(look))
        part[0].tail = None
    part.extend([element, *element.itersiblings()])
    part.tail, run.tail = run.tail, None
    run.addnext(part)
    return part


def _run_upto(element: etree._Element) -> etree._Element:
    """The run that ends with an element; what is in no run, itself."""
    run = element.getparent()
    if run is None or etree.QName(run).localname != "r":
        return element
    after = next((one for one in element.itersiblings() if _is_tag(one)), None)
    if after is not None:
        _run_from(after)
    return run


def _outermost(element: etree._Element, *, last: bool) -> etree._Element:
    """
    What an element begins (or ends, ``last``): a link, a control, a tracked insertion.

    An edge that need not be inside stands outside, so that a comment does not go with a field that
    is made anew or an insertion that is rejected.
    """
    while (parent := element.getparent()) is not None and parent.tag != f"{_space(parent)}p":
        beside = element.itersiblings(preceding=not last)
        if any(_is_tag(one) and etree.QName(one).localname not in _SILENT for one in beside):
            break
        element = parent
    return element


def _is_tag(node: Any) -> bool:
    """Whether a node is an element: comments and instructions have no name."""
    return isinstance(node.tag, str)


# -- the comments


def _identities(*roots: etree._Element) -> set[str]:
    """The ids of comments that are in use, as whole numbers are written."""
    names = {"comment", _START, _END, _REFERENCE}
    found = set()
    for root in roots:
        for element in root.iter("{*}*"):
            if etree.QName(element).localname in names:
                identity = element.get(f"{_space(element)}id", "")
                found.add(identity.strip().removeprefix("+").lstrip("0") or "0")
    return found


_NO_XML = regex.compile(r"[^\t\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document can hold (2.2, Char), line ends apart."""
TIMEOUT = 2.0


def _clean(text: str) -> str:
    lines = (_NO_XML.sub("\ufffd", line, timeout=TIMEOUT) for line in text.splitlines())
    return "\n".join(lines)


AT_ONCE = 200
"""Comments added to one part: python-docx looks through all of them for the id of the next."""


def _rows(
    remarks: Sequence[Remark], identities: Iterable[str], when: datetime | None, space: str
) -> list[etree._Element]:
    """The ``w:comment`` of each remark, in the namespace of the file."""
    some = (remarks[at : at + AT_ONCE] for at in range(0, len(remarks), AT_ONCE))
    blobs = (_blob(batch).replace(W[1:-1].encode(), space.encode()) for batch in some)
    rows = [row for blob in blobs for row in etree.fromstring(blob)]
    date = (when or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for row, identity in zip(rows, identities, strict=True):
        row.set(f"{{{space}}}id", identity)
        row.set(f"{{{space}}}date", date)
    return rows


def _blob(remarks: Iterable[Remark]) -> bytes:
    """A part with these comments, as python-docx writes it."""
    import docx

    document = docx.Document()
    for remark in remarks:
        author, initials = (" ".join(_clean(s).split()) for s in (remark.author, remark.initials))
        document.comments.add_comment(_clean(remark.text), author, initials or None)
    return document.part.part_related_by(_COMMENTS_KIND).blob


# -- the package


def _parts_with(
    package: Package,
    text: etree._Element,
    placed: Sequence[tuple[_Range, Remark]],
    when: datetime | None,
) -> dict[str, bytes]:
    """The parts that comments change, written anew."""
    space = _space(text)
    there = package.related(package.main, "comments")
    name = there[0] if there else _free_name(package)
    comments = (
        package.whole(name)
        if there
        else etree.Element(f"{space}comments", nsmap={"w": space[1:-1]})
    )
    taken = _identities(text, comments)
    fresh = (str(number) for number in itertools.count() if str(number) not in taken)
    identities = list(itertools.islice(fresh, len(placed)))
    _mark(text, [r for r, _ in placed], identities)
    comments.extend(_rows([remark for _, remark in placed], identities, when, space[1:-1]))
    parts = {package.main: _written(text), name: _written(comments)}
    return parts if there else parts | _announced(package, name, strict=space != W)


_SIZES_FOLLOW = 0x08
"""Flag of a zip entry whose sizes stand behind it; here they are known before."""
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_NO_RELATIONS = f'<Relationships xmlns="{_RELATIONS[1:-1]}"/>'
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_TYPES_PART = "[Content_Types].xml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_COMMENTS_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_COMMENTS_KIND_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"


def _written(root: etree._Element) -> bytes:
    out = io.BytesIO()
    root.getroottree().write(out, encoding="UTF-8", xml_declaration=True, standalone=True)
    return out.getvalue()


def _free_name(package: Package) -> str:
    """A name for a new part of comments, beside the text."""
    folder = posixpath.dirname(package.main)
    types = _types(package)
    named = {str(row.get("PartName", "")).lstrip("/").lower() for row in types}
    names = (posixpath.join(folder, f"comments{n or ''}.xml") for n in itertools.count())
    return next(name for name in names if name not in package and name.lower() not in named)


def _types(package: Package) -> etree._Element:
    if _TYPES_PART not in package:
        raise Unreadable(f"{BROKEN}: the list of its parts is missing.", hint=COPY_AGAIN)
    return package.whole(_TYPES_PART)


def _announced(package: Package, name: str, *, strict: bool) -> dict[str, bytes]:
    """The list of content types and the relations of the text, each with a row for the comments."""
    types = _types(package)
    row = {"PartName": f"/{name}", "ContentType": _COMMENTS_TYPE}
    etree.SubElement(types, f"{_TYPES}Override", row)
    folder, main = posixpath.split(package.main)
    where = posixpath.join(folder, "_rels", f"{main}.rels")
    relations = package.whole(where) if where in package else etree.fromstring(_NO_RELATIONS)
    taken = {row.get("Id") for row in relations}
    identity = next(i for n in itertools.count(1) if (i := f"rId{n}") not in taken)
    kind = _COMMENTS_KIND_STRICT if strict else _COMMENTS_KIND
    row = {"Id": identity, "Type": kind, "Target": posixpath.basename(name)}
    etree.SubElement(relations, f"{_RELATIONS}Relationship", row)
    return {_TYPES_PART: _written(types), where: _written(relations)}


def _packed(package: Package, parts: dict[str, bytes]) -> bytes:
    """
    The package with some parts written anew or added.

    The others are copied as they are packed and never unpacked, so that they stay equal and none
    can swell.
    """
    changed = {name.lower(): name for name in parts}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for key, entry in package.entries.items():
            if key in changed:
                info = zipfile.ZipInfo(entry.filename, entry.date_time)
                archive.writestr(info, parts[changed.pop(key)], zipfile.ZIP_DEFLATED)
            else:
                _copy(package, key, archive, out)
        for name in changed.values():
            archive.writestr(zipfile.ZipInfo(name), parts[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _copy(package: Package, key: str, archive: zipfile.ZipFile, out: io.BytesIO) -> None:
    entry, packed = copy(package.entries[key]), package.packed(key)
    if len(packed) != entry.compress_size:
        raise Unreadable(f"{BROKEN}: its part {entry.filename} is cut.", hint=COPY_AGAIN)
    entry.header_offset = out.tell()
    entry.flag_bits &= ~_SIZES_FOLLOW
    entry.extra = b""
    out.write(entry.FileHeader(zip64=False) + packed)
    archive.filelist.append(entry)
    archive.NameToInfo[entry.filename] = entry
    archive.start_dir = out.tell()
