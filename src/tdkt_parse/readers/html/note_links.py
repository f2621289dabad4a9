"""
Footnotes of a page: a mark that leads to a note, and the mark of the note, which leads back.

So Word writes them (``href="#_ftn1" name="_ftnref1"``), and sites that took their text from it.
"""

from collections.abc import Iterator
from itertools import islice

import regex
from lxml import etree

TIMEOUT = 1.0
ABOVE = 3
"""Elements around a link whose names may mean it."""

Marks = dict[etree._Element, str]  # noqa: SLF001 - the only name of the type
_MARK = regex.compile(r"[\[(]?\s*([\d*†‡¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}|[ivxl]{1,5})\s*[\])]?")


def marker_of(anchor: etree._Element) -> str | None:
    """The mark that a link shows, without its brackets; ``None`` if it is none."""
    text = ""
    for piece in anchor.itertext():
        text += str(piece)
        if len(text) > 40:
            return None
    found = _MARK.fullmatch(text.strip(), timeout=TIMEOUT)
    return found.group(1) if found else None


def _names_of(anchor: etree._Element) -> Iterator[str]:
    """What leads to a link: its own names, and those of what it opens."""
    for name in (anchor.get("name"), anchor.get("id")):
        if name:
            yield name
    for above in islice(anchor.iterancestors(), ABOVE):
        name = above.get("id")
        if name:
            yield name


def find_note_links(root: etree._Element) -> tuple[Marks, Marks]:
    """The marks of notes in the text, and those before the notes themselves, each what it shows."""
    named: dict[str, etree._Element] = {}
    links: list[tuple[etree._Element, str]] = []
    for anchor in root.iter("a"):
        href = anchor.get("href") or ""
        at = href.rfind("#")
        if at < 0:
            continue
        for name in _names_of(anchor):
            named.setdefault(name, anchor)
        links.append((anchor, href[at + 1 :]))
    marks: dict[etree._Element, str] = {}
    bodies: dict[etree._Element, str] = {}
    leads = dict(links)
    for anchor, target in links:
        other = named.get(target)
        if other is None or anchor in bodies or other is anchor:
            continue
        if named.get(leads.get(other, "")) is not anchor:
            continue
        marker = marker_of(anchor)
        if marker and other not in bodies and marker_of(other):
            marks[anchor] = marker
            bodies[other] = marker
    return marks, bodies
