"""
What a reader remembers of the old encodings of a document while it turns them into Unicode.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tdkt_parse.layout import Notice, OldText
from tdkt_parse.legacy import (
    ENCODINGS,
    FontTable,
    Lines,
    Part,
    Prior,
    decode,
    find_legacy,
    find_lines,
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
    by_letters: set[Encoding] = field(default_factory=set)
    """Those that letters told."""
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
        whole = (
            ((start, end, lines.encoding, shown) for start, end, shown in lines.stretches())
            if lines
            else ()
        )
        return self._put(text, sorted([*whole, *_read(text, parts)]))

    def put(self, text: str, parts: Sequence[Part]) -> str:
        """A text of which some parts are put into Unicode, and noted."""
        return self._put(text, _read(text, parts)) if parts else text

    def _put(self, text: str, stretches: Iterable[tuple[int, int, Encoding, str]]) -> str:
        """A text of which some stretches are so in Unicode; where a line of them is another."""
        made: list[str] = []
        at = size = 0
        for start, end, encoding, shown in stretches:
            made += (text[at:start], shown)
            size += start - at
            at = end
            raw = text[start:end]
            if raw != shown:
                first, last = _alike(raw, shown)
                old = raw[first : len(raw) - last]
                span = size + first, size + len(shown) - last
                self.texts.append(OldText(*span, old, encoding, None))
                self.by_letters.add(encoding)
            size += len(shown)
        return "".join([*made, text[at:]])

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
        for encoding in ENCODINGS:
            if encoding in self.by_letters and encoding not in self.fonts:
                yield Notice("legacy_encoding_letters", None, (("encoding", ENCODINGS[encoding]),))
        if self.prior.unclear:
            yield Notice("legacy_unclear", None, (("lines", str(self.prior.unclear)),))


@lru_cache(maxsize=1024)
def _name_of(font: str) -> str:
    """The name of a font without its style."""
    return plain_name(font).partition(",")[0]


def _read(text: str, parts: Sequence[Part]) -> Iterator[tuple[int, int, Encoding, str]]:
    """Parts of a text in Unicode: start, end, encoding, and so."""
    for start, end, encoding, capitals in _runs(text, parts):
        yield start, end, encoding, decode(text[start:end], encoding, capitals=capitals)


def _alike(raw: str, shown: str) -> tuple[int, int]:
    """
    How many characters the first lines have, and the last ones, that are the same in both; they
    are not the same as a whole.

    >>> _alike("a\\nb\\nc\\n", "a\\nB\\nc\\n"), _alike("a", "aa")
    ((2, 3), (0, 0))
    """
    first = last = 0
    while (end := raw.find("\n", first)) >= 0 and shown.startswith(raw[first : end + 1], first):
        first = end + 1
    while (begin := raw.rfind("\n", first, len(raw) - last)) >= 0 and shown.endswith(
        raw[begin : len(raw) - last], first, len(shown) - last
    ):
        last = len(raw) - begin
    return first, last


def _runs(text: str, parts: Sequence[Part]) -> Iterator[Part]:
    """
    Parts that can be read together, in one encoding and nothing between but ends of lines.

    To read a document at once takes a fifth of the time of reading it line by line.
    """
    run: Part | None = None
    for part in parts:
        if run and (
            part.encoding == run.encoding
            and part.capitals == run.capitals
            and not text[run.end : part.start].strip("\n")
            and part.start > run.end
        ):
            run = run._replace(end=part.end)
        else:
            if run:
                yield run
            run = part
    if run:
        yield run
