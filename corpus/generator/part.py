"""
A part of a paper: its blocks, what they say, and the documents they cite.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from generator.paper import Block, Note
from generator.said import Citation, Said


@dataclass(frozen=True, slots=True)
class Part:
    """Lists of the answer are joined where parts follow each other."""

    blocks: tuple[Block, ...] = ()
    answer: dict[str, Any] = field(default_factory=dict)
    citations: tuple[Citation, ...] = ()
    notes: tuple[Note, ...] = ()

    def then(self, other: "Part") -> "Part":
        """This part with another below it."""
        answer = dict(self.answer)
        for key, value in other.answer.items():
            answer[key] = [*answer.get(key, []), *value] if isinstance(value, list) else value
        return Part(
            self.blocks + other.blocks,
            answer,
            self.citations + other.citations,
            self.notes + other.notes,
        )


def cited(texts: Iterable[Said], where: str) -> tuple[Citation, ...]:
    """The citations of some texts, with the part of the document they stand in."""
    return tuple({**one, "where": where} for said in texts for one in said.citations)


def in_one(parts: Iterable[Part]) -> Part:
    """Parts from top to bottom."""
    whole = Part()
    for part in parts:
        whole = whole.then(part)
    return whole
