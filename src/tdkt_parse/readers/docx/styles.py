"""
What the styles of a Word file say of a run or a paragraph: how it looks, and the list it is in.

Only what a reader needs is kept: bold, italic, capitals, hidden, and the numbering. A style says
what the style that it is based on says, but for what it says itself (ECMA-376-1, 17.7).
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from tdkt_parse.legacy import font_table
from tdkt_parse.readers.docx.names import VAL, W, number, value
from tdkt_parse.readers.docx.package import Package

_CONTENTS = ("toc ", "contents ")
"""How the names begin of the styles that Word and LibreOffice give to a table of contents."""
DEEPEST = 32
"""Styles based on one another; Word stops at 11."""


class Look(NamedTuple):
    """What is said of a run or a paragraph; ``None`` where nothing is."""

    bold: bool | None = None
    italic: bool | None = None
    capitals: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    list_id: str | None = None
    depth: int | None = None
    font: str | None = None
    """The name of a font of an old encoding; none of one that is not."""

    def over(self, below: "Look") -> "Look":
        """This, and where it says nothing what ``below`` says."""
        if self is PLAIN or (self is ORDINARY and not below.font) or self == PLAIN:
            return below
        return Look(
            below.bold if self.bold is None else self.bold,
            below.italic if self.italic is None else self.italic,
            below.capitals if self.capitals is None else self.capitals,
            below.hidden if self.hidden is None else self.hidden,
            below.raised if self.raised is None else self.raised,
            below.list_id if self.list_id is None else self.list_id,
            below.depth if self.depth is None else self.depth,
            below.font if self.font is None else self.font,
        )


PLAIN = Look()
ORDINARY = Look(font="")
"""Of most runs no more is said than a font, and that one of no old encoding."""


class Styles:
    """The styles of a document by their id, each worked out when it is first asked for."""

    def __init__(self, root: etree._Element | None) -> None:
        self.own: dict[str, tuple[str | None, Look]] = {}
        self.lists: dict[str, str] = {}
        """The list that a numbering style refers to."""
        self.contents: set[str] = set()
        """The styles of the lines of a table of contents."""
        self.default: str | None = None
        self.base = PLAIN
        self.known: dict[str, Look] = {}
        if root is None:
            return
        self.base, _ = read_look(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for row in root.iterfind(W + "style"):
            identity, kind = row.get(W + "styleId"), row.get(W + "type")
            if identity is None:
                continue
            numbered = row.find(f"{W}pPr/{W}numPr")
            list_id, depth = value(numbered, "numId"), value(numbered, "ilvl")
            look = read_look(row.find(W + "rPr"))[0]._replace(
                list_id=list_id, depth=None if depth is None else number(depth)
            )
            self.own.setdefault(identity, (value(row, "basedOn"), look))
            if (value(row, "name") or "").lower().startswith(_CONTENTS):
                self.contents.add(identity)
            if kind == "numbering" and list_id:
                self.lists[identity] = list_id
            if kind == "paragraph" and row.get(W + "default") in ("1", "true", "on"):
                self.default = identity

    def look(self, style: str | None) -> Look:
        """What a style says, with what it is based on."""
        if style is None:
            return PLAIN
        known = self.known.get(style)
        if known is None:
            known = PLAIN
            at: str | None = style
            for _ in range(DEEPEST):
                if at is None or at not in self.own:
                    break
                at, own = self.own[at]
                known = known.over(own)
            self.known[style] = known
        return known

    def paragraph(self, style: str | None) -> Look:
        """What a paragraph's style says, the document's defaults below it."""
        chosen = style if style in self.own else self.default
        return self.look(chosen).over(self.base)

    def bearers_of_list(self, style: str | None) -> Iterator[str]:
        """A style and those it is based on, down to the one that brings the list."""
        at = style if style in self.own else self.default
        for _ in range(DEEPEST):
            if at is None or at not in self.own:
                return
            yield at
            below, own = self.own[at]
            if own.list_id is not None:
                return
            at = below


_FLAGS = {W + "b": "bold", W + "i": "italic", W + "caps": "capitals", W + "vanish": "hidden"}
_ALIGNED = W + "vertAlign"
FONTS = W + "rFonts"
_HIGH, _ASCII, _THEME = W + "hAnsi", W + "ascii", W + "hAnsiTheme"
_MAY_BE_OLD = ".vV"
"""How names of old fonts begin: nearly all others are told by that."""
_OFF = frozenset({"0", "false", "off", "none"})


def read_look(
    properties: Iterable[etree._Element] | None,
) -> tuple[Look, dict[str, etree._Element]]:
    """What run properties (``w:rPr``) say, and those of them that say nothing of the look."""
    said: dict[str, bool] = {}
    font = None
    others: dict[str, etree._Element] = {}
    for child in () if properties is None else properties:
        tag = child.tag
        if tag in _FLAGS:
            said[_FLAGS[tag]] = child.get(VAL) not in _OFF
        elif tag == _ALIGNED:
            said["raised"] = child.get(VAL) == "superscript"
        else:
            others[tag] = child
            if tag == FONTS:
                font = old_font(child)
    if not said:
        if not font:
            return (PLAIN if font is None else ORDINARY), others
        return Look(font=font), others
    get = said.get
    look = Look(
        get("bold"), get("italic"), get("capitals"), get("hidden"), get("raised"), font=font
    )
    return look, others


def old_font(fonts: etree._Element) -> str | None:
    """The font of letters above ASCII (``w:rFonts``) if of an old encoding, none of another one."""
    name = fonts.get(_HIGH) or fonts.get(_ASCII)
    if not name:
        return "" if fonts.get(_THEME) else None
    if name[0] not in _MAY_BE_OLD or fonts.get(_THEME) or not font_table(name):
        return ""
    return name


_KEPT: OrderedDict[bytes, Styles] = OrderedDict()
_MOST_KEPT = 8
_MOST_STYLES = 1000
"""Of a sheet that is kept; Word itself brings 400. One of 100,000 would hold 100 MB for good."""


def styles_of(package: Package, name: str | None) -> Styles:
    """
    The styles of a package.

    A style sheet is a third of a megabyte and the same in every file from one template, so the last
    few are kept, known by all of their bytes.
    """
    if name is None:
        return Styles(None)
    packed = package.packed(name)
    known = _KEPT.get(packed)
    if known is None:
        known = Styles(package.xml(name, aside=True))
        if len(known.own) <= _MOST_STYLES:
            _KEPT[packed] = known
        if len(_KEPT) > _MOST_KEPT:
            _KEPT.popitem(last=False)
    else:
        _KEPT.move_to_end(packed)
    return known
