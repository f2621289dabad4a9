"""
The document in a page: what stands around it is taken out of the tree.

The document is in the smallest box around all signs of a form (``signs``), and goes up from there
as long as text of a document, and not of a page, comes with it. Boxes of the page in it are left
out (``survey``), and so is what a heading heads that stands below documents, and what the page says
before the head of the document and after its end.
"""

from dataclasses import dataclass
from itertools import accumulate

from lxml import etree

from tdkt_parse.readers.html.look import Sheet
from tdkt_parse.readers.html.signs import (
    STRONG,
    asks_to_sign_in,
    heads,
    is_control,
    is_following,
    is_remark,
)
from tdkt_parse.readers.html.survey import Ranges, Scrap, Survey

PROSE = 100
"""Characters of a line that is text and no caption."""
MOST_OF_LETTERHEAD = 40
"""Lines of a table that holds a letterhead; one with more lays out the page."""
MOST_HEADINGS = 200
"""Headings of what stands below documents that are looked at."""


@dataclass(slots=True)
class Page:
    """A page as found: the element that holds the document, and what was left out around it."""

    root: etree._Element
    sheet: Sheet
    found: bool
    """Whether a document's form stands in it."""
    around: int = 0
    """Characters that are shown and belong to no document."""
    hidden: int = 0
    sign_in: bool = False
    links: int = 0
    text: int = 0
    """Characters of the document."""


def find_document(root: etree._Element, *, unhide: bool = False) -> Page:
    """
    The document of a page; the tree is left with nothing else below ``Page.root``.

    ``unhide``: what the page does not show counts as shown, as tabs that nobody opened.
    """
    survey = Survey(root, unhide=unhide)
    survey.walk()
    scraps = survey.scraps
    ranges = survey.ranges
    headings = 0
    for index, scrap in enumerate(scraps):
        if scrap.sign or scrap.gone:
            continue
        if not scrap.tabular and is_control(scrap.text):
            scrap.gone = True
        elif is_following(scrap.text) and headings < MOST_HEADINGS:
            headings += 1
            _cut_below(scraps, index, ranges)
    kinds = {scrap.sign for scrap in scraps if scrap.sign and not scrap.gone}
    strong = kinds & STRONG
    found = (
        len(strong) > 1
        or (bool(strong & {"type", "recipients", "signing"}) and bool(kinds & {"basis", "clause"}))
        or (bool(strong) and len(kinds) > 2)
        or ("titled" in kinds and bool(kinds & {"basis", "clause", "date"}))
    )
    signed = [n for n, scrap in enumerate(scraps) if scrap.sign and not scrap.gone]
    top = survey.top
    if found:
        box = _common(signed[0], signed[-1], scraps[signed[0]].box, ranges)
        top = _climb(box, scraps, top, ranges)
        begin, end = ranges[top]
        for scrap in (*scraps[:begin], *scraps[end:]):
            scrap.gone = True
        _trim(scraps, ranges)
    kept = [scrap for scrap in scraps if not scrap.gone]
    _clear(scraps, top, ranges)
    return Page(
        top,
        survey.sheet,
        found,
        around=sum(len(scrap.text) for scrap in scraps if scrap.gone),
        hidden=survey.hidden,
        sign_in=any(asks_to_sign_in(scrap.text) for scrap in scraps),
        links=sum(scrap.linked for scrap in scraps),
        text=sum(len(scrap.text) for scrap in kept),
    )


def _clear(scraps: list[Scrap], top: etree._Element, ranges: Ranges) -> None:
    """Take what is left out of the tree: its text, and boxes in which nothing is left."""
    for scrap in scraps:
        if scrap.gone:
            for element, behind in scrap.nodes:
                if behind:
                    element.tail = None
                else:
                    element.text = None
    left = [0, *accumulate(not scrap.gone for scrap in scraps)]
    for element, (begin, end) in ranges.items():
        gone = begin < end and left[begin] == left[end]
        if gone and element.tag == "table" and element is not top:
            tail = element.tail
            element.clear()
            element.tail = tail


def _cut_below(scraps: list[Scrap], index: int, ranges: Ranges) -> None:
    """What a heading heads that stands below documents, to the end of the box around it."""
    heading = scraps[index]
    holder = heading.box
    above = holder.getparent()
    # The heading may stand in boxes of its own.
    while above is not None and above.tag != "body":
        if holder.getprevious() is not None or holder.getnext() is not None:
            break
        holder, above = above, above.getparent()
    while above is not None and above not in ranges:
        above = above.getparent()
    end = ranges[above][1] if above is not None else index + 1
    held = scraps[index:end]
    if any(scrap.sign in STRONG or scrap.sign in ("annex", "clause") for scrap in held):
        held = held[:1]
    for scrap in held:
        scrap.gone = True


def _common(first: int, last: int, box: etree._Element, ranges: Ranges) -> etree._Element:
    """The smallest box around some lines, the first of which stands in ``box``; no table's part."""
    while True:
        begin, end = ranges.get(box, (0, 0))
        if begin <= first and last < end and box.tag not in _PARTS:
            return box
        above = box.getparent()
        if above is None:
            return box
        box = above


_PARTS = frozenset(["tr", "tbody", "thead", "tfoot", "p", "li", "table"])


def _climb(
    box: etree._Element, scraps: list[Scrap], top: etree._Element, ranges: Ranges
) -> etree._Element:
    """The box, or one around it to which text belongs that has no sign of a form."""
    above: etree._Element | None = box
    while box is not top and above is not None:
        above = above.getparent()
        if above is None or above not in ranges:
            continue
        begin, end = ranges[box]
        first, last = ranges[above]
        more = prose = 0
        for scrap in (*scraps[first:begin], *scraps[end:last]):
            if scrap.gone:
                continue
            more += len(scrap.text)
            if len(scrap.text) >= PROSE and scrap.linked * 3 < len(scrap.text):
                prose += len(scrap.text)
        if more and prose * 2 < more:
            break
        box = above
    return box


def _begin_of_table(scraps: list[Scrap], kept: list[Scrap], head: int, ranges: Ranges) -> int:
    """The first line of the table in which the head of a document stands, if it is no page's."""
    table = next(kept[head].box.iterancestors("table"), None)
    begin, end = ranges.get(table, (0, 0)) if table is not None else (0, 0)
    if not 0 < end - begin <= MOST_OF_LETTERHEAD:
        return head
    held = scraps[begin:end]
    return head - sum(
        1 for scrap in kept[max(head - MOST_OF_LETTERHEAD, 0) : head] if scrap in held
    )


def _trim(scraps: list[Scrap], ranges: Ranges) -> None:
    """Leave out what a page says before the head of a document and after its end."""
    kept = [scrap for scrap in scraps if not scrap.gone]
    signs = [n for n, scrap in enumerate(kept) if scrap.sign]
    head = next(
        (n for n in signs if kept[n].sign in ("motto", "number", "date", "type", "titled")), None
    )
    if head is not None and not any(n < head for n in signs):
        first = head
        while first and head - first < 12 and heads(kept[first - 1].text):
            first -= 1
        first = min(first, _begin_of_table(scraps, kept, head, ranges))
        for scrap in kept[:first]:
            scrap.gone = True
    last = max((n for n in signs if kept[n].sign != "date"), default=0)
    for n in range(last + 1, len(kept)):
        if is_remark(kept[n].text):
            for scrap in kept[n:]:
                scrap.gone = True
            break
