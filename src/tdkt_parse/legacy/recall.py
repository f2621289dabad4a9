"""
What was made of the words of texts, kept for when they come again.

A text has few different words, and the next one has mostly the same: to look one up costs a tenth
of what it costs to read it.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

Word = TypeVar("Word", bound=str | bytes)
Made = TypeVar("Made")

MOST = 32_768
"""Words kept; the longest plan met has 4,000 different ones."""
LONGEST = 64
"""Characters of a word that is kept."""
BREAK = " \n "
"""A line end as a word of its own, where words are what stands between spaces."""


class Recall(dict[Word, Made], Generic[Word, Made]):
    """
    A mapping that makes what it does not hold, of no more than so many words.

    >>> sizes = Recall(len)
    >>> sizes["đua"], sizes
    (3, {'đua': 3})
    """

    __slots__ = ("make",)

    def __init__(self, make: Callable[[Word], Made]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, word: Word) -> Made:
        """What is made of a word that was not met, or long ago."""
        made = self.make(word)
        if len(word) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[word] = made
        return made
