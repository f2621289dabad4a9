"""
The ranges of comments in the tree of the file that is written, and the runs split for them.
"""

import itertools
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

from tdkt_parse.annotate.places import Range, Seat


def carry(
    ranges: Sequence[Range | None], read: etree._Element, written: etree._Element
) -> list[Range | None]:
    """The ranges of the tree that was read in the one to be written, each in reading order."""
    wanted = {seat.element for r in ranges if r for seat in (r.first, r.last)}
    copies: dict[etree._Element, tuple[int, etree._Element]] = {}
    pairs = zip(read.iter("{*}*"), written.iter("{*}*"), strict=True)
    for number, (one, other) in enumerate(pairs):
        if one in wanted:
            copies[one] = number, other
    carried: list[Range | None] = []
    for r in ranges:
        if r is None:
            carried.append(None)
            continue
        placing = r.placing
        (before, one), (after, other) = copies[r.first.element], copies[r.last.element]
        first, last = Seat(one, r.first.at), Seat(other, r.last.at)
        if after < before:
            # A note, or a box that is anchored before the words that it is read after.
            first = last = Seat(one)
        # An XML comment or an instruction within the text: such an element is not split.
        if (first.at is not None and len(one)) or (last.at is not None and len(other)):
            first, last = Seat(first.element), Seat(last.element)
            placing = "wider" if placing == "exact" else placing
        carried.append(Range(first, last, placing))
    return carried


def hold(ranges: Iterable[Range | None], most: int) -> list[Range | None]:
    """No more ranges than so many."""
    held: list[Range | None] = []
    for r in ranges:
        most -= r is not None
        held.append(r if most >= 0 else None)
    return held


START, END, REFERENCE = "commentRangeStart", "commentRangeEnd", "commentReference"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SILENT = frozenset({
    "bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "proofErr", START, END,
    "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "fldData",
})  # fmt: skip
"""What may stand between two edges that are at the same place of the text."""


def space_of(element: etree._Element) -> str:
    """The namespace of an element, in braces: that of Strict files is another than ``W``."""
    return f"{{{etree.QName(element).namespace}}}"


def mark_ranges(text: etree._Element, ranges: Sequence[Range], identities: Iterable[str]) -> None:
    """Put the ranges into the text, with their references."""
    space = space_of(text)
    parts = _split_texts(ranges)
    for r, identity in zip(ranges, identities, strict=True):
        start, end = (
            etree.Element(space + name, {f"{space}id": identity}) for name in (START, END)
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
    space = space_of(element)
    return element.tag == space + END or element.find(space + REFERENCE) is not None


def _reference(space: str, identity: str) -> etree._Element:
    """The run that ties a range to its comment (17.13.4.5)."""
    run = etree.Element(f"{space}r")
    look = etree.SubElement(run, f"{space}rPr")
    etree.SubElement(look, f"{space}rStyle", {f"{space}val": "CommentReference"})
    etree.SubElement(run, f"{space}{REFERENCE}", {f"{space}id": identity})
    return run


def _split_texts(ranges: Iterable[Range]) -> dict[etree._Element, dict[int, etree._Element]]:
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
    parts: dict[etree._Element, dict[int, etree._Element]], seat: Seat, *, last: bool
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
    look = run.find(f"{space_of(run)}rPr")
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
    while (parent := element.getparent()) is not None and parent.tag != f"{space_of(parent)}p":
        beside = element.itersiblings(preceding=not last)
        if any(_is_tag(one) and etree.QName(one).localname not in _SILENT for one in beside):
            break
        element = parent
    return element


def _is_tag(node: Any) -> bool:
    """Whether a node is an element: comments and instructions have no name."""
    return isinstance(node.tag, str)
