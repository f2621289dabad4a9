"""
Names of WordprocessingML, and the values of its attributes (ECMA-376-1, 17).
"""

from lxml import etree

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

VAL = W + "val"

_OFF = frozenset({"0", "false", "off", "none"})


def value(parent: etree._Element | None, name: str) -> str | None:
    """The ``w:val`` of a child element, ``None`` where there is none."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(VAL)


def children(parent: etree._Element | None) -> dict[str, etree._Element]:
    """The children of an element by their names, the last where there are several."""
    return {} if parent is None else {child.tag: child for child in parent}


def number(text: str | None, default: int = 0) -> int:
    """
    A whole number as an attribute writes it, held within 32 bits.

    >>> number("12"), number("x", 1), number("-9e9", 3)
    (12, 1, 3)
    """
    try:
        found = int(text or "")
    except ValueError:
        return default
    return found if -(1 << 31) <= found < 1 << 31 else default


def is_on(element: etree._Element) -> bool:
    """Whether a property that is on or off (``w:b``) is on: it is unless its value says not."""
    return element.get(VAL) not in _OFF
