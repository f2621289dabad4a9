"""
What a reader remembers of the old encodings of a document while it turns them into Unicode.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from operator import itemgetter, ne

from tdkt_parse.layout import Notice, OldText
from tdkt_parse.legacy import (
    ENCODINGS,
    FontTable,
    Lines,
    Part,
    Prior,
    begins,
    decode,
    find_legacy,
    find_lines,
    in_order,
)
from tdkt_parse.legacy.fonts import plain_name
from tdkt_parse.legacy.tables import Encoding


@dataclass(slots=True)
class OldLetters:
    """What was found so far, and how each encoding was known."""

    prior: Prior = field(default_factory=Prior)
    texts: list[OldText] = field(default_factory=list)
    """What was turned into Unicode, with its own characters."""
    fonts: dict[Encoding, Counter[str]] = field(default_factory=dict)
    by_letters: Counter[Encoding] = field(default_factory=Counter)
    by_words: bool = False
    """Whether the letters of what has no such font are asked at all."""

    def look_over(self, text: str) -> None:
        """
        Ask the whole of a text, which is then read in pieces, for what is in it.

        A heading of two words says nothing alone.
        """
        find_legacy(text, self.prior)
        self.by_words = self.prior.likely is not None

    def convert(self, text: str) -> str:
        """A text of which no font is known, its old parts in Unicode, and noted."""
        return self.put_found(text, *find_lines(text, self.prior, reading=True))

    def put_found(self, text: str, lines: Lines | None, parts: Sequence[Part]) -> str:
        """A text whose old lines and parts of others are put into Unicode, and noted."""
        if lines is None or any(part.encoding != lines.encoding for part in parts):
            return self.put(text, in_order(lines, parts))
        return self._put_lines(lines, parts)

    def put(self, text: str, parts: Sequence[Part]) -> str:
        """A text of which some parts are put into Unicode, and noted."""
        if not parts:
            return text
        made: list[str] = []
        at = size = 0
        for start, end, number, encoding, capitals in _runs(text, parts):
            self.by_letters[encoding] += number
            raw = text[start:end]
            shown = decode(raw, encoding, capitals=capitals)
            made += (text[at:start], shown)
            size += start - at
            at = end
            # No letter goes over the end of a line, so that those of the two are the same ones.
            old, new = raw.split("\n"), shown.split("\n")
            sizes, are_new = [*map(len, new)], [*map(ne, old, new)]
            self.texts += _old_lines(old, sizes, are_new, encoding, size)
            size += len(shown)
        return "".join([*made, text[at:]])

    def _put_lines(self, lines: Lines, parts: Sequence[Part]) -> str:
        """A text of which lines are put into Unicode, and parts of others, in one encoding."""
        self.by_letters[lines.encoding] += sum(lines.are_old) + len(lines.also)
        made: dict[int, str] = {}
        noted: dict[int, list[OldText]] = {}
        known = len(self.texts)
        spans = [*lines.spans(lines.rows)] if parts else []
        starts = [start for start, _ in spans]
        for place, some in groupby(parts, lambda part: bisect_right(starts, part.start) - 1):
            row, (start, end) = lines.rows[place], spans[place]
            moved = [part.moved(-start) for part in some]
            made[row] = self.put(lines.text[start:end], moved)
            noted[row] = self.texts[known:]
            del self.texts[known:]
        put = lines.put(made)
        texts = _old_lines(put.raw, put.sizes, put.are_new, lines.encoding)
        for row, start in begins(put.sizes, noted):
            texts += (
                old._replace(start=old.start + start, end=old.end + start) for old in noted[row]
            )
        self.texts += sorted(texts, key=itemgetter(0)) if noted else texts
        return put.text

    def note_font(self, table: FontTable, font: str) -> None:
        """That a text was in a font of an old encoding."""
        if table.encoding not in self.fonts:
            self.fonts[table.encoding] = Counter()
        self.fonts[table.encoding][_name_of(font)] += 1

    def notices(self) -> Iterator[Notice]:
        """What is said of it to the user."""
        for encoding, fonts in self.fonts.items():
            names = ", ".join(sorted(fonts))
            words = (("encoding", ENCODINGS[encoding]), ("fonts", names))
            yield Notice("legacy_encoding_font", None, words)
        for encoding in self.by_letters:
            if encoding not in self.fonts:
                yield Notice("legacy_encoding_letters", None, (("encoding", ENCODINGS[encoding]),))
        if self.prior.unclear:
            yield Notice("legacy_unclear", None, (("lines", str(self.prior.unclear)),))


@lru_cache(maxsize=1024)
def _name_of(font: str) -> str:
    """The name of a font without its style."""
    return plain_name(font).partition(",")[0]


def _old_lines(
    raw: Sequence[str],
    sizes: Sequence[int],
    are_new: Sequence[bool],
    encoding: Encoding,
    start: int = 0,
) -> list[OldText]:
    """Lines that are others in Unicode, so long there, where the first begins at ``start``."""
    new = tuple.__new__  # In half the time that a call of the class takes.
    found: list[OldText] = []
    for old, size, is_new in zip(raw, sizes, are_new, strict=True):
        end = start + size
        if is_new:
            found.append(new(OldText, (start, end, old, encoding, None)))
        start = end + 1
    return found


def _runs(text: str, parts: Sequence[Part]) -> Iterator[tuple[int, int, int, Encoding, bool]]:
    """
    Parts that can be read together, in one encoding and nothing between but ends of lines: start
    and end, how many they are, what is known of them.

    To read a document at once takes a fifth of the time of reading it line by line.
    """
    start, end, encoding, capitals = parts[0]
    number = 0
    for part in parts:
        if (
            part.encoding != encoding
            or part.capitals != capitals
            or (part.start > end + 1 and text[end : part.start].strip("\n"))
            or (part.start == end + 1 and text[end] != "\n")
        ):
            yield start, end, number, encoding, capitals
            start, encoding, capitals, number = part.start, part.encoding, part.capitals, 0
        end = part.end
        number += 1
    yield start, end, number, encoding, capitals
