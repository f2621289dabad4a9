"""
Pieces of WordprocessingML.
"""

from collections.abc import Mapping

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def put(node: etree._Element, name: str, value: str) -> None:
    """Set an attribute by its short name (``w:val``)."""
    node.set(qn(name), value)


def element(
    tag: str,
    attributes: Mapping[str, str] | None = None,
    *children: etree._Element,
    text: str | None = None,
) -> etree._Element:
    """An element by its short name, with attributes, children and text."""
    made: etree._Element = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        put(made, name, value)
    for child in children:
        made.append(child)
    if text is not None:
        made.text = text
        made.set(_SPACE, "preserve")
    return made


def run(
    text: str,
    *,
    size: float,
    bold: bool = False,
    italic: bool = False,
    raised: bool = False,
    boxed: bool = False,
) -> etree._Element:
    """A run of text of one look."""
    properties = element("w:rPr")
    if bold:
        properties.append(element("w:b"))
    if italic:
        properties.append(element("w:i"))
    half_points = str(round(size * 2))
    properties.append(element("w:sz", {"w:val": half_points}))
    properties.append(element("w:szCs", {"w:val": half_points}))
    if boxed:
        border = {"w:val": "single", "w:sz": "6", "w:space": "0", "w:color": "auto"}
        properties.append(element("w:bdr", border))
    if raised:
        properties.append(element("w:vertAlign", {"w:val": "superscript"}))
    made = element("w:r", {}, properties)
    if text:
        made.append(element("w:t", text=text))
    return made
