"""
How a piece of a page looks: bold, italic, raised, in capitals, not shown at all.

What an element says itself counts, and what the page's own style sheet says of its class or id by a
plain selector. Style sheets beside the page are not there.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import regex
from lxml import etree

from tdkt_parse.legacy import font_table

TIMEOUT = 2.0
MOST_SHEET = 1_000_000
MOST_RULES = 20_000


class Look(NamedTuple):
    """What is said of an element and all in it."""

    bold: bool = False
    italic: bool = False
    raised: bool = False
    capitals: bool = False
    hidden: bool = False
    kept: bool = False
    """Line ends and spaces stand as they are written."""
    font: str | None = None
    """Of signs or of an old encoding."""


_TAGS: dict[str, dict[str, Any]] = {
    name: {said: True}
    for names, said in (
        ("b strong th h1 h2 h3 h4 h5 h6", "bold"),
        ("i em cite dfn var address", "italic"),
        ("sup", "raised"),
        ("pre listing xmp", "kept"),
    )
    for name in names.split()
}
_UNSEEN = frozenset({"d-none", "hidden", "visually-hidden", "sr-only", "screen-reader-text"})
"""Classes of Bootstrap 3 to 5 and WordPress for what the page does not show."""

_RULE = regex.compile(r"([^{}]{1,400})\{([^{}]{0,4000})\}")
_AT_RULE = regex.compile(r"@[\w-]+[^{};]*+\{(?:[^{}]++|\{[^{}]*+\})*+\}")
_REMARK = regex.compile(r"(?s)/\*.*?\*/|<!--|-->")
_SELECTOR = regex.compile(r"(?:[a-z][a-z0-9]{0,9})?([.#][\w-]{1,80})")

Sheet = Mapping[str, str]
"""What is said of a class (``.name``) or an id (``#name``)."""


def sheet_of(root: etree._Element) -> Sheet:
    """The rules of a page's own style sheets that a plain selector has, for the screen."""
    found: dict[str, str] = {}
    size = 0
    for style in root.iter("style"):
        text = style.text or ""
        size += len(text)
        if size > MOST_SHEET or "print" in (style.get("media") or ""):
            continue
        text = _AT_RULE.sub("", _REMARK.sub("", text, timeout=TIMEOUT), timeout=TIMEOUT)
        for rule in _RULE.finditer(text, timeout=TIMEOUT):
            for one in rule.group(1).split(","):
                plain = _SELECTOR.fullmatch(one.strip(), timeout=TIMEOUT)
                if plain and len(found) < MOST_RULES:
                    name = plain.group(1)
                    found[name] = f"{found.get(name, '')};{rule.group(2)}"[:8000]
    return found


def look_of(element: etree._Element, above: Look, sheet: Sheet) -> Look:
    """How an element looks that stands in one that looks so."""
    look = above
    tag = element.tag
    if tag in _TAGS:
        look = look._replace(**_TAGS[tag])
    elif tag == "font":
        face = element.get("face")
        look = look._replace(font=_first(face)) if face else look
    if not element.attrib:
        return look
    said = ""
    classes, identity = element.get("class"), element.get("id")
    if sheet and (classes or identity):
        said = ";".join(
            sheet[key]
            for key in (*(f".{name}" for name in (classes or "").split()), f"#{identity}")
            if key in sheet
        )
    style = element.get("style")
    if style or said:
        changes = _declared(f"{said};{style or ''}"[:8000])
        if changes:
            look = look._replace(**changes)
    if (
        "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or (classes and not _UNSEEN.isdisjoint(classes.split()))
    ):
        look = look._replace(hidden=True)
    return look


@lru_cache(maxsize=4096)
def _declared(style: str) -> dict[str, Any]:
    """What declarations say of the look."""
    changes: dict[str, Any] = {}
    for declaration in style.split(";"):
        name, _, written = declaration.partition(":")
        name = name.strip().lower()
        value = written.strip().lower().removesuffix("!important").strip()
        match name:
            case "display" | "visibility":
                if value in ("none", "hidden", "collapse"):
                    changes["hidden"] = True
            case "mso-hide":
                if value == "all":
                    changes["hidden"] = True
            case "font-weight":
                changes["bold"] = value in ("bold", "bolder", "600", "700", "800", "900")
            case "font-style":
                changes["italic"] = value in ("italic", "oblique")
            case "text-transform":
                changes["capitals"] = value == "uppercase"
            case "vertical-align":
                changes["raised"] = value == "super"
            case "white-space":
                changes["kept"] = value.startswith(("pre", "break-spaces"))
            case "font-family" | "font":
                known = [f for f in ("wingdings", "symbol") if f in value]
                if known:
                    changes["font"] = known[0].capitalize()
                elif name == "font-family" or (named := _NAMED.search(written, timeout=TIMEOUT)):
                    font = _first(written if name == "font-family" else named.group(1))
                    changes["font"] = font if font_table(font) else None
    return changes


_NAMED = regex.compile(r"\d(?:pt|px|em|rem|ex|%|cm|mm|in|pc)(?:\s*/\s*[\w.%]+)?\s+(\S.*)")
"""In ``font: bold 13.0pt/150% ".VnTime"`` what stands behind the size."""


def _first(fonts: str) -> str:
    """The first of some fonts, as it is written: a capital at its end may tell one of capitals."""
    return fonts.partition(",")[0].partition("!")[0].strip(" \t\r\n\"'")
