"""
The numbers of lists, as a page shows them before their items (HTML, 4.4.5).
"""

from dataclasses import dataclass

from lxml import etree

from tdkt_parse.numerals import write_letters, write_roman

BULLET = "• "
MOST = 1_000_000
_TYPES = {
    "1": "1", "a": "a", "A": "A", "i": "i", "I": "I", "decimal": "1", "decimal-leading-zero": "01",
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A",
    "lower-roman": "i", "upper-roman": "I",
}  # fmt: skip


@dataclass(slots=True)
class Counter:
    """A list that is open: how its items are marked, and the next number."""

    ordered: bool
    form: str | None
    at: int = 1
    step: int = 1

    def label(self, item: etree._Element) -> str:
        """The mark of the next item, with the space behind it; empty if the page shows none."""
        form = _form_of(item) or self.form
        if not self.ordered:
            return "" if form == "none" else BULLET
        said = _number(item.get("value"))
        count = self.at if said is None else said
        self.at = count + self.step
        return "" if form == "none" else f"{write(count, form or '1')}. "


def counter_of(element: etree._Element) -> Counter:
    """The counter of an ``ol``, ``ul`` or ``menu``."""
    ordered = element.tag == "ol"
    start = _number(element.get("start"))
    down = ordered and "reversed" in element.attrib
    if start is None:
        start = sum(1 for _ in element.iterchildren("li")) if down else 1
    return Counter(ordered, _form_of(element), start, -1 if down else 1)


def write(count: int, form: str) -> str:
    """
    A number as a list of this type writes it.

    >>> write(3, "a"), write(4, "I"), write(0, "i"), write(7, "01")
    ('c', 'IV', '0', '07')
    """
    if form == "01":
        return str(count).zfill(2)
    if form == "1" or not 0 < count < 4000:
        return str(count)
    written = write_letters(count) if form in "aA" else write_roman(count)
    return written.upper() if form in "AI" else written.lower()


def _form_of(element: etree._Element) -> str | None:
    for declaration in (element.get("style") or "")[:500].split(";"):
        name, _, value = declaration.partition(":")
        if name.strip().lower() in ("list-style", "list-style-type"):
            words = value.lower().split()
            if "none" in words:
                return "none"
            found = next((_TYPES[word] for word in words if word in _TYPES), None)
            if found:
                return found
    kind = element.get("type")
    return _TYPES.get(kind.strip()) if kind else None


def _number(text: str | None) -> int | None:
    try:
        found = int((text or "")[:12])
    except ValueError:
        return None
    return found if abs(found) <= MOST else None
