"""
Short forms of what a Word file is written in: elements, characters, the look of a run.
"""

from collections.abc import Iterator
from typing import cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

NOTE_MARK = "FootnoteReference"
"""The style of a footnote's mark: LibreOffice raises no mark that is without it."""


def element(name: str, *children: BaseOxmlElement, **attributes: str) -> BaseOxmlElement:
    """An element of WordprocessingML, whose attributes are of it too."""
    made = cast("BaseOxmlElement", OxmlElement(name))
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    made.extend(children)
    return made


def characters(text: str) -> BaseOxmlElement:
    """The characters of a run, spaces at their ends kept."""
    made = element("w:t")
    made.text = text
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def text_of(text: str) -> Iterator[BaseOxmlElement]:
    """The contents of a run: characters, and tabs between them."""
    for number, part in enumerate(text.split("\t")):
        if number:
            yield element("w:tab")
        if part:
            yield characters(part)


def look(size: float, *, bold: bool = False, italic: bool = False) -> BaseOxmlElement:
    """How a run looks; the size is in points."""
    half_points = str(round(size * 2))
    return element(
        "w:rPr",
        *([element("w:b")] if bold else []),
        *([element("w:i")] if italic else []),
        element("w:sz", val=half_points),
        element("w:szCs", val=half_points),
    )


def raised(size: float) -> BaseOxmlElement:
    """How the mark of a note looks in a text of this size."""
    properties = look(size)
    properties.insert(0, element("w:rStyle", val=NOTE_MARK))
    properties.append(element("w:vertAlign", val="superscript"))
    return properties
