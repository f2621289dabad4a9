"""
A page in an old encoding, to Unicode: by the fonts that it names, else by its letters.

This comes before all else is asked of a page, for what a document is known by is words. The text in
the tree is changed in place; what it was is kept for the Document.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import regex
from lxml import etree

from tdkt_parse.legacy import find_legacy, font_table, has_old_signs
from tdkt_parse.legacy.fonts import families
from tdkt_parse.readers.html.look import Look, look_of, sheet_of
from tdkt_parse.readers.html.survey import BLOCKS, NEVER
from tdkt_parse.readers.html.white_space import fold
from tdkt_parse.readers.old_letters import OldLetters
from tdkt_parse.readers.old_pieces import to_unicode
from tdkt_parse.readers.story import Old, Piece

TIMEOUT = 5.0
MOST_ASKED = 400_000
"""Characters of a page whose letters say what it is in. The longest plan met had so many."""


class Place(NamedTuple):
    """The text of an element, or what stands behind it."""

    element: etree._Element
    behind: bool


_FONTS = regex.compile(
    r"""(?i)\b(?:face\s*=|font-family\s*:|font\s*:[^;<>{}]{0,40}?\d(?:p[tx]|em|%))
    (?:["'\s]|&quot;)*+([^;"'<>{},&]{2,60})""",
    regex.VERBOSE,
)
_TAGS = regex.compile("<[a-zA-Z/!][^<>]*+>")


def names_old_font(text: str) -> bool:
    """Whether a page names a font of an old encoding anywhere."""
    small = text.casefold()
    return any(row.prefix in small for row in families())


def is_in_old_letters(text: str) -> bool:
    """
    Whether bytes shown as Western letters are a page in an old encoding.

    Windows-1258 is none here: pages name it, and it is decoded as they say.
    """
    found = find_legacy(_TAGS.sub("\n", text, timeout=TIMEOUT)[:MOST_ASKED])
    if found:
        size = sum(part.end - part.start for part in found)
        windows = sum(part.end - part.start for part in found if part.encoding == "cp1258")
        return windows * 2 < size
    return any(map(font_table, _FONTS.findall(text, timeout=TIMEOUT)))


def convert_page(root: etree._Element, text: str, old: OldLetters) -> Mapping[Place, Old]:
    """
    Put the text of a page's tree into Unicode; what was in an old encoding, by where it stands.

    ``text``: the page as it is written, which nearly always says that there is nothing to do.
    """
    if not (has_old_signs(text) or names_old_font(text) or "&#" in text):
        return {}
    blocks = [*_blocks(root)]
    whole = "\n".join("".join(piece.text for _, piece in block) for block in blocks)
    old.look_over(whole[:MOST_ASKED])
    found: dict[Place, Old] = {}
    for block in blocks:
        if not old.by_words and not any(piece.font for _, piece in block):
            continue
        made = to_unicode([piece for _, piece in block], old)
        for (place, _), piece in zip(block, made, strict=True):
            if piece.old is None:
                continue
            if place.behind:
                place.element.tail = piece.text
            else:
                place.element.text = piece.text
            found[place] = piece.old
    return found


def _blocks(root: etree._Element) -> Iterator[list[tuple[Place, Piece]]]:
    """The texts of each block of a page, with the fonts of old encodings they are in."""
    sheet = sheet_of(root)
    looks = [Look()]
    block: list[tuple[Place, Piece]] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if tag in BLOCKS or tag == "br":
            if block:
                yield block
            block = []
        if event == "start":
            looks.append(look_of(element, looks[-1], sheet))
            if not isinstance(tag, str) or tag in NEVER:
                walk.skip_subtree()
            elif element.text:
                block.append((Place(element, behind=False), _piece(element.text, looks[-1])))
            continue
        looks.pop()
        if element.tail and element is not root:
            block.append((Place(element, behind=True), _piece(element.tail, looks[-1])))
    if block:
        yield block


def _piece(text: str, look: Look) -> Piece:
    font = look.font if look.font and font_table(look.font) else ""
    return Piece("text", text if look.kept else fold(text), font=font)
