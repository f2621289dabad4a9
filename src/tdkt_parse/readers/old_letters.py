"""
What a reader remembers of the old encodings of a document while it turns them into Unicode.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tdkt_parse.layout import Notice, OldText
from tdkt_parse.legacy import ENCODINGS, FontTable, Part, Prior, decode, find_legacy
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
        return self.put(text, find_legacy(text, self.prior))

    def put(self, text: str, parts: Sequence[Part]) -> str:
        """A text of which some parts are put into Unicode, and noted."""
        if not parts:
            return text
        made: list[str] = []
        at = size = 0
        for run in _runs(text, parts):
            start, end, encoding, capitals = run[0].start, run[-1].end, *run[0][2:]
            self.by_letters[encoding] += len(run)
            whole = decode(text[start:end], encoding, capitals=capitals)
            made += (text[at:start], whole)
            size += start - at
            at = end
            # No letter goes over the end of a line, so that those of the two are the same ones.
            for raw, shown in zip(text[start:end].split("\n"), whole.split("\n"), strict=True):
                if shown != raw:
                    self.texts.append(OldText(size, size + len(shown), raw, encoding, None))
                size += len(shown) + 1
            size -= 1
        return "".join([*made, text[at:]])

    def note_font(self, table: FontTable, font: str) -> None:
        """That a text was in a font of an old encoding."""
        self.fonts.setdefault(table.encoding, Counter())[plain_name(font).partition(",")[0]] += 1

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


def _runs(text: str, parts: Sequence[Part]) -> Iterator[list[Part]]:
    """
    Parts that can be read together: in one encoding, and nothing between but ends of lines.

    To read a document at once takes a fifth of the time of reading it line by line.
    """
    run: list[Part] = []
    for part in parts:
        if run and (part[2:] != run[-1][2:] or text[run[-1].end : part.start].strip("\n")):
            yield run
            run = []
        run.append(part)
    if run:
        yield run
