"""
Rows of wordings, and phrases that are found by how a text begins.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict

from tdkt_parse.spelling import key


class Row(BaseModel):
    """A row of a table of wordings: lines as printed that it is for, and such as it is not for."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    examples: list[str]
    negatives: list[str] = []


class Starts(Row):
    """Wordings known by how they begin."""

    starts: list[str]


class Words(Row):
    """Wordings that stand for themselves."""

    words: list[str]


_MARKS = (",", ";", ":", ".", "/")


@dataclass(frozen=True, slots=True)
class Phrases:
    """A set of phrases under their keys, found by how a text begins; the longest wins."""

    by_word: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    initials: frozenset[str] = frozenset()

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Phrases":
        by_word: dict[str, list[tuple[str, str]]] = {}
        for phrase, value in pairs:
            folded = key(phrase)
            by_word.setdefault(folded.split()[0], []).append((folded, value))
        for found in by_word.values():
            found.sort(key=lambda pair: -len(pair[0]))
        return cls(by_word, frozenset(word[0] for word in by_word))

    def start_of(self, folded: str) -> tuple[str, str] | None:
        """The longest phrase that the folded text begins with, as (phrase, value)."""
        if folded[:1] not in self.initials:
            return None
        first = folded.partition(" ")[0]
        pairs = self.by_word.get(first)
        if pairs is None and first.endswith(_MARKS):
            pairs = self.by_word.get(first.rstrip(",;:./"))
        for pair in pairs or ():
            if folded.startswith(pair[0]) and not folded[len(pair[0]) : len(pair[0]) + 1].isalnum():
                return pair
        return None


def by_first_word(words: Iterable[str]) -> dict[str, list[str]]:
    """Wordings by their first word, the longest first: quicker to make than a pattern."""
    found: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        found.setdefault(word.split()[0], []).append(word)
    return found


LONGEST_WORD = 12
"""Letters after which no space is looked for; the longest of Vietnamese words has seven."""


def word_at(text: str, at: int) -> str:
    """The word of letters that begins at a place."""
    space = text.find(" ", at, at + LONGEST_WORD)
    if space > at and text[at:space].isalpha():
        return text[at:space]
    stop = at
    while stop < len(text) and text[stop].isalpha():
        stop += 1
    return text[at:stop]
