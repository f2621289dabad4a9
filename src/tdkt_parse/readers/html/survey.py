"""
A page walked once: its lines, what they are, and the boxes that are none of a document's.

A box is known by its name, its role, by how much of it is links, or by properties that it lists.
One that holds the form of a document stays, whatever it is called.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import regex
from lxml import etree

from tdkt_parse.readers.html.look import Look, look_of, sheet_of
from tdkt_parse.readers.html.note_links import find_note_links
from tdkt_parse.readers.html.signs import STRONG, is_property, part_words, sign_of

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
"""Elements that begin and end lines (HTML, 15.3)."""
NEVER = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "video",
        "audio",
        "svg",
        "canvas",
        "map",
        "input",
        "textarea",
        "button",
        "head",
        "link",
        "meta",
        "noframes",
        "frameset",
        "frame",
        "applet",
        "select",
        "option",
        "datalist",
        "math",
    ]
)
"""Elements whose content is no text of the page."""
_AROUND = frozenset(["nav", "aside", "footer", "button", "dialog", "menu"])
_ROLES = frozenset(
    [
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "dialog",
        "alertdialog",
        "menu",
        "menubar",
        "toolbar",
        "tooltip",
        "tablist",
        "alert",
        "button",
    ]
)
_BOXES = frozenset(
    [
        "div",
        "section",
        "ul",
        "ol",
        "dl",
        "table",
        "td",
        "nav",
        "aside",
        "footer",
        "header",
        "form",
        "article",
        "span",
        "dialog",
        "menu",
        "tr",
    ]
)
_WORD = regex.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
TIMEOUT = 2.0

MOST_LINKS = 0.6
"""Of the characters of a box: above it, and with some links, it is a list of them."""
MOST_LINKS_OF_FEW = 0.85
_WHOLE = frozenset({"motto", "recipients", "signing", "note"})


@dataclass(slots=True, eq=False)
class Scrap:
    """A line of the page: the box in which it stands, and the places of its text in the tree."""

    box: etree._Element
    nodes: list[tuple[etree._Element, bool]] = field(default_factory=list)
    """Elements whose own text (false), or the text behind them (true), is part of the line."""
    text: str = ""
    linked: int = 0
    sign: str | None = None
    gone: bool = False
    tabular: bool = False


@dataclass(slots=True)
class Tally:
    """What a box holds so far, from which of the lines on."""

    first: int
    lines: int = 0
    characters: int = 0
    linked: int = 0
    links: int = 0
    properties: int = 0
    kinds: set[str] = field(default_factory=set)

    def add(self, scrap: Scrap) -> None:
        self.lines += 1
        self.characters += len(scrap.text)
        self.linked += scrap.linked
        self.properties += is_property(scrap.text)
        if scrap.sign:
            self.kinds.add(scrap.sign)

    def merge(self, inner: "Tally") -> None:
        self.lines += inner.lines
        self.characters += inner.characters
        self.linked += inner.linked
        self.links += inner.links
        self.properties += inner.properties
        self.kinds |= inner.kinds

    def holds_form(self) -> bool:
        """Whether a document's form stands in the box, which then is no box of the page."""
        return bool(self.kinds & _WHOLE) or len(self.kinds & STRONG) > 1

    def is_of_links(self) -> bool:
        if self.kinds:
            return False
        return (self.links > 2 and self.linked > MOST_LINKS * self.characters) or (
            self.links > 1 and self.linked > MOST_LINKS_OF_FEW * self.characters
        )

    def is_of_properties(self) -> bool:
        return self.lines <= 80 and self.properties > 2 and self.properties * 5 >= self.lines


Ranges = dict[etree._Element, tuple[int, int]]  # noqa: SLF001 - the only name of the type
"""The first line in a box, and the first one behind it."""


class Survey:
    """One walk over a page."""

    def __init__(self, root: etree._Element, *, unhide: bool) -> None:
        body = root if root.tag == "body" else root.find(".//body")
        self.top = root if body is None else body
        self.sheet = sheet_of(root)
        self.unhide = unhide
        self.scraps: list[Scrap] = []
        self.ranges: dict[etree._Element, tuple[int, int]] = {}
        self.tallies: list[Tally] = []
        self.hidden = 0
        _, self.notes = find_note_links(self.top)
        self.noted = False
        self.open: Scrap | None = None
        self.pieces: list[str] = []
        self.linked = 0

    def walk(self) -> None:
        looks: list[Look] = [Look()]
        boxes: list[etree._Element] = []
        tallies = self.tallies
        starts: list[int] = []
        links = tables = 0
        unseen: list[etree._Element] = []
        walk = etree.iterwalk(self.top, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if not isinstance(tag, str) or tag in NEVER:
                    walk.skip_subtree()
                    looks.append(looks[-1])
                    unseen.append(element)
                    continue
                look = look_of(element, looks[-1], self.sheet)
                looks.append(look)
                if look.hidden and not self.unhide:
                    self.hidden += len(" ".join("".join(_texts(element)).split()))
                    walk.skip_subtree()
                    unseen.append(element)
                    continue
                if tag in BLOCKS:
                    self._end_line()
                    boxes.append(element)
                    starts.append(len(self.scraps))
                elif tag == "br":
                    self._end_line()
                if tag in _BOXES:
                    self._end_line_of_span(tag, element)
                    tallies.append(Tally(len(self.scraps)))
                self.noted |= tag == "a" and element in self.notes
                if _leads(element):
                    links += 1
                    if tallies:
                        tallies[-1].links += 1
                tables += tag in ("td", "th")
                self._add(element, element.text, boxes, links, tables, behind=False)
                continue
            looks.pop()
            if unseen and unseen[-1] is element:
                unseen.pop()
            else:
                if tag in BLOCKS:
                    self._end_line()
                    boxes.pop()
                    self.ranges[element] = (starts.pop(), len(self.scraps))
                if tag in _BOXES:
                    self._end_line_of_span(tag, element)
                    tally = tallies.pop()
                    self._judge(element, tally)
                    if tallies:
                        tallies[-1].merge(tally)
                links -= _leads(element)
                tables -= tag in ("td", "th")
            if element is not self.top:
                self._add(element, element.tail, boxes, links, tables, behind=True)
        self._end_line()

    def _end_line_of_span(self, tag: str, element: etree._Element) -> None:
        """A span that is a box of the page stands on a line of its own."""
        if tag == "span" and is_named_around(element):
            self._end_line()

    def _add(
        self,
        element: etree._Element,
        text: str | None,
        boxes: list[etree._Element],
        links: int,
        tables: int,
        *,
        behind: bool,
    ) -> None:
        if not text or not boxes:
            return
        if self.open is None:
            if text.isspace():
                return
            self.open = Scrap(boxes[-1], tabular=tables > 0)
        self.open.nodes.append((element, behind))
        self.pieces.append(text)
        if links:
            self.linked += len(text.strip())

    def _end_line(self) -> None:
        scrap = self.open
        if scrap is None:
            return
        scrap.text = " ".join("".join(self.pieces).split())
        scrap.linked = min(self.linked, len(scrap.text))
        self.open, self.pieces, self.linked = None, [], 0
        if not scrap.text:
            return
        # A line that is one link is a way to another page, whatever it says.
        if scrap.linked * 5 < len(scrap.text) * 4 or len(scrap.text) > 200:
            scrap.sign = sign_of(scrap.text)
        if self.noted:
            scrap.sign, self.noted = "note", False
        self.scraps.append(scrap)
        if self.tallies:
            self.tallies[-1].add(scrap)

    def _judge(self, element: etree._Element, tally: Tally) -> None:
        """Leave out a box that is none of a document's."""
        tag = element.tag
        if element is self.top or not tally.lines or tally.holds_form():
            return
        named = is_named_around(element)
        if tag == "span":
            around = named
        else:
            around = (
                named
                or tag in _AROUND
                or element.get("role") in _ROLES
                or tally.is_of_links()
                or tally.is_of_properties()
            )
        if around:
            for scrap in self.scraps[tally.first :]:
                scrap.gone = True
            # It says nothing of the boxes around it.
            tally.kinds.clear()


def _leads(element: etree._Element) -> bool:
    """Whether an element is a link; an anchor that has but a name is a place to be led to."""
    return element.tag == "a" and "href" in element.attrib


def _texts(element: etree._Element) -> Iterator[str]:
    """The texts of an element that are no program's."""
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        if event == "start":
            if not isinstance(one.tag, str) or one.tag in NEVER:
                walk.skip_subtree()
            elif one.text:
                yield one.text
        elif one is not element and one.tail:
            yield one.tail


def is_named_around(element: etree._Element) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    if names == " ":
        return False
    words = part_words()
    for name in names.split():
        if name.lower() in words:
            return True
        split = [word.lower() for word in _WORD.findall(name, timeout=TIMEOUT)]
        if not words.isdisjoint(split):
            return True
        if any(f"{a}-{b}" in words or a + b in words for a, b in pairwise(split)):
            return True
    return False
