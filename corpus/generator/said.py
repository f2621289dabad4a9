"""
Words with the documents they cite: what is printed and what it says are built together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

Citation = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of text, and the citations in it in their order."""

    text: str
    citations: tuple[Citation, ...] = ()

    def __add__(self, other: "Said | str") -> "Said":
        if isinstance(other, str):
            return Said(self.text + other, self.citations)
        return Said(self.text + other.text, self.citations + other.citations)


def fill(template: str, slots: Mapping[str, "Said | str"]) -> Said:
    """A template with its ``{slots}`` filled in; ``KeyError`` for one that is not known."""
    found = Said("")
    for literal, name, _, _ in Formatter().parse(template):
        found += literal
        if name:
            found += slots[name]
    return found


def slots_of(template: str) -> list[str]:
    """The names of the slots of a template, in their order."""
    return [name for _, name, _, _ in Formatter().parse(template) if name]


def join(parts: Iterable[Said], between: str) -> Said:
    """Pieces with something between them."""
    found: Said | None = None
    for part in parts:
        found = part if found is None else found + between + part
    return found or Said("")


def capital(said: Said) -> Said:
    """With a capital letter at its beginning."""
    return Said(said.text[:1].upper() + said.text[1:], said.citations)


def small(text: str) -> str:
    """With a small letter at its beginning."""
    return text[:1].lower() + text[1:]
