"""
Lines all of whose words are Vietnamese by a table that is known: told and read in one step.

Most of a text in an old encoding are such. What a word says is found when it is first met, as a
sign; the signs of all words of some lines are put together in few steps of the machine, and where
an encoding is read by words, these in Unicode with them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import compress, count, repeat
from operator import and_, contains, gt, itemgetter, ne, not_
from typing import Generic, NamedTuple, TypeVar

from tdkt_parse.legacy.decoding import (
    READ,
    TIMEOUT,
    blocks,
    case_of_word,
    decode,
    letters_of_bytes,
    raise_lines,
    western,
    western_bytes,
)
from tdkt_parse.legacy.recall import LONGEST as LONGEST_KEPT
from tdkt_parse.legacy.recall import MOST, Recall
from tdkt_parse.legacy.tables import Encoding
from tdkt_parse.legacy.typed import TYPED_WORDS, typed_counts
from tdkt_parse.legacy.words import LONGEST, WORDS, by_table, has_marks, in_unicode

MOST_OF_LINE = 1_000_000
"""Characters of a line whose words can be counted in the fields of a small number."""


class Lines(NamedTuple):
    """
    The lines of a text, and which are old as a whole, by a table that is known.

    ``sizes``: how long they are. ``old``: how many words of those that are old only the table
    explains. ``rows``: which others may be old in part; ``also``: those of them that turned out to
    be old as a whole. ``read``: the text as the table reads it, its lines apart, or as one where
    each line is as long as it was.
    """

    text: str
    encoding: Encoding
    sizes: list[int]
    are_old: list[bool]
    old: int
    rows: list[int]
    read: Callable[[], str | list[str]]
    also: Sequence[int] = ()

    def spans(self, rows: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Where some lines begin and end."""
        for row, start in begins(self.sizes, rows):
            yield start, start + self.sizes[row]

    def put(self, made: Mapping[int, str]) -> "Put":
        """The text, its lines that are old in Unicode; ``made``: what others are made to."""
        shown, raw = self.read(), self.text.split("\n")
        if isinstance(shown, str):
            return self._put_in(shown, raw, made)
        are_new = self.are_old
        if self.encoding == "viqr":
            # ``toi~`` is a word of it, and is read as it is.
            are_new = [*map(and_, are_new, map(ne, raw, shown))]
        elif self.also:
            are_new = [*are_new]
        also = frozenset(self.also)
        for row in self._not_old():
            if row in also:
                are_new[row] = shown[row] != raw[row]
            else:
                shown[row] = made.get(row, raw[row])
        return Put("\n".join(shown), raw, [*map(len, shown)], are_new)

    def _put_in(self, shown: str, raw: list[str], made: Mapping[int, str]) -> "Put":
        """The same, where each line of the text is as long as it was."""
        are_new, also = [*self.are_old], frozenset(self.also)
        new = dict(made)
        # A line of ASCII is read as it is, but for control characters.
        strange = [row for row in self._not_old() if not _is_plain(raw[row])]
        for row, start in begins(self.sizes, strange):
            line = raw[row]
            if row not in new and shown[start : start + len(line)] != line:
                if row in also:
                    are_new[row] = True
                else:
                    new[row] = line
        sizes = [*self.sizes] if made else self.sizes
        for row, line in made.items():
            sizes[row] = len(line)
        return Put(self._spliced(shown, new), raw, sizes, are_new)

    def _spliced(self, shown: str, new: Mapping[int, str]) -> str:
        """A text whose lines are as long as these, with others in the place of some."""
        made: list[str] = []
        at = 0
        for row, start in begins(self.sizes, sorted(new)):
            made += (shown[at:start], new[row])
            at = start + self.sizes[row]
        return "".join([*made, shown[at:]]) if made else shown

    def _not_old(self) -> Iterator[int]:
        """Which lines are not old of those that are not empty."""
        are_not = [*map(not_, self.are_old)]
        return compress(compress(count(), are_not), compress(self.sizes, are_not))


def _is_plain(line: str) -> bool:
    return line.isascii() and line.isprintable()


class Put(NamedTuple):
    """A text of which lines were put into Unicode: they before, their sizes, which are new."""

    text: str
    raw: list[str]
    sizes: list[int]
    are_new: list[bool]


def begins(sizes: Sequence[int], rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Where some lines of a text begin, whose lines are so long."""
    start = passed = 0
    for row in rows:
        start += sum(sizes[passed:row]) + row - passed
        passed = row
        yield row, start


def sort_lines(text: str, encoding: Encoding, *, reading: bool = False) -> Lines:
    """
    Which lines of a text are old as a whole, and which others may be in part.

    ``reading``: the text is going to be read; its words are looked up once for both.
    """
    data = western_bytes(text)
    if data is None:
        return _sort_text(text, encoding)
    return _sort_bytes(text, data, encoding, reading=reading)


def _sort_text(text: str, encoding: Encoding) -> Lines:
    """The same of a text that has characters of Unicode, line by line."""
    counted = _counts(encoding).__getitem__
    are_old: list[bool] = []
    rows: list[int] = []
    old = 0
    lines = text.replace("\t", " ").replace("\u00a0", " ").split("\n")
    for row, line in enumerate(lines):
        plain = line.isascii() and line.isprintable() and encoding != "viqr"
        found = 0 if plain else sum(map(counted, line.split(" ")))
        is_old = found < _AGAINST and found & _FIELD > 0 and len(line) < MOST_OF_LINE
        if is_old:
            old += found & _FIELD
        elif found:
            rows.append(row)
        are_old.append(is_old)

    def read() -> list[str]:
        return decode(text, encoding).split("\n")

    return Lines(text, encoding, [*map(len, lines)], are_old, old, rows, read)


_WIDTH = 20
_FIELD = (1 << _WIDTH) - 1
_AGAINST = 1 << 2 * _WIDTH


@cache
def _counts(encoding: Encoding) -> Recall[str, int]:
    """
    Of what stands between white space: words that only this table explains, all, those that speak
    against it. As one number that a machine adds in one step.
    """

    def counted(chunk: str) -> int:
        if encoding == "viqr":
            good, old, words, _, foreign = typed_counts(TYPED_WORDS[chunk])
            against = words - good + foreign
        else:
            marked = [word for word in WORDS.findall(chunk, timeout=TIMEOUT) if has_marks(word)]
            fits = [word for word in marked if len(word) <= LONGEST and by_table(word, encoding)]
            old, words = len(fits) - sum(map(bool, map(in_unicode, fits))), len(marked)
            against = words - len(fits)
        return old | (words | against << _WIDTH) << _WIDTH

    return Recall(counted)


# -- what is known of words

Known = TypeVar("Known", str, bytes)


class Lexicon(Generic[Known]):
    """What is known of each word that was met, of no more than so many."""

    def __init__(self, make: Callable[[bytes], Known]) -> None:
        self._make: Callable[[bytes], Known] = make
        self._known: dict[bytes, Known] = {}

    def of(self, words: "Words") -> Iterable[Known]:
        """What is known of some words."""
        try:
            return words.found_in(self._known)
        except KeyError:
            pass
        met = {word: self._make(word) for word in {*words.each}.difference(self._known)}
        if len(self._known) > MOST - len(met):
            self._known.clear()
        self._known |= met
        found = words.found_in(self._known)
        for word in met:
            if len(word) > LONGEST_KEPT:
                del self._known[word]
        if len(self._known) > MOST:
            self._known.clear()
        return found


class Words:
    """Words that are looked up together."""

    def __init__(self, each: list[bytes]) -> None:
        self.each = each
        # In fewer steps than one after the other, and than a class of dictionaries takes.
        self._get = itemgetter(*each) if 1 < len(each) < _MOST_AT_ONCE else None

    def found_in(self, known: Mapping[bytes, Known]) -> Iterable[Known]:
        """What is said of them there; ``KeyError`` if one is missing."""
        if self._get is None:
            return [known[word] for word in self.each]
        found: tuple[Known, ...] = self._get(known)
        return found


_MOST_AT_ONCE = 100_000
_APART = (b"\n", b"\t", b"\xa0")
"""White space before which a space is put, so that it begins a word."""


def _words(block: bytes) -> list[bytes]:
    """What stands between spaces, and before it the other white space that is there."""
    for space in _APART:
        block = block.replace(space, b" " + space)
    if b"\r" in block:
        block = block.replace(b"\r \n", b" \r\n")
    return block.split(b" ")


def _parted(chunk: bytes) -> tuple[bytes, bytes]:
    """The white space before a word, and the word."""
    word = chunk.lstrip(b"\r\n\t\xa0")
    return chunk[: len(chunk) - len(word)], word


_BELOW_128 = frozenset({"viqr", "viscii", "vps"})
"""Encodings with letters among ASCII and its control characters."""


# -- the words of a text, and what they say

_OLD, _AND_OLD, _FITS, _AGAINST_IT = b"o+fx"
"""
What is said of a word: that it has one which only a table explains, behind that each further one,
that all are by the table, that one is against it.
"""
_CASES = ("", "small", "unsure", "odd")
_SIGNS = bytes(range(0x40, 0x54))
"""What is said and, of TCVN3, what is known of its capitals: a sign for both."""
_TO_SAID = bytes.maketrans(_SIGNS, b"....oooo++++ffffxxxx")
_TO_CASE = bytes.maketrans(_SIGNS, 5 * b".suo")
_MORE = _SIGNS[8:9]


@cache
def _signs(encoding: Encoding) -> Lexicon[bytes]:
    """What a word says for a table, and of its capitals; and whether it begins a line."""
    counts = _counts(encoding)

    def sign(chunk: bytes) -> bytes:
        space, word = _parted(chunk)
        counted = counts[western(word)]
        old = counted & _FIELD
        said = 4 if counted >= _AGAINST else 1 if old else 3 if counted else 0
        case = _CASES.index(case_of_word(word)) if encoding == "tcvn3" else 0
        if space and _CASES[case] == "small":
            case = 0  # It is not beside the word before.
        place = 4 * said + case
        more = _MORE * (old - 1) if said == 1 else b""
        return (b"\n" if b"\n" in space else b"") + _SIGNS[place : place + 1] + more

    return Lexicon(sign)


@cache
def _read_words(encoding: Encoding) -> Lexicon[str]:
    """A word in Unicode, with the white space before it."""
    read = READ[encoding]

    def shown(chunk: bytes) -> str:
        space, word = _parted(chunk)
        return (western(space) or " ") + read(western(word))

    return Lexicon(shown)


def _sort_bytes(text: str, data: bytes, encoding: Encoding, *, reading: bool) -> Lines:
    """The same of the bytes of a text, block by block."""
    lexicon = _signs(encoding)
    reader = _read_words(encoding) if reading and encoding in READ else None
    found: list[bytes] = []
    shown: list[str] = []
    for block in blocks(data):
        words = Words(_words(block))
        found.append(b"".join(lexicon.of(words)))
        if reader:
            shown.append("".join(reader.of(words))[1:])
    signs = b"\n".join(found)
    all_said = signs.translate(_TO_SAID, _SIGNS[:4])
    said = all_said.split(b"\n")
    sizes = [*map(len, data.split(b"\n"))]
    are_old = [*map(contains, said, repeat(_OLD))]
    if _AGAINST_IT in all_said:
        for row in compress(count(), map(contains, said, repeat(_AGAINST_IT))):
            are_old[row] = False
    if len(data) >= MOST_OF_LINE:
        are_old = [*map(and_, are_old, map(gt, repeat(MOST_OF_LINE), sizes))]
    old = all_said.count(_OLD) + all_said.count(_AND_OLD)
    are_not = [*map(not_, are_old)]
    rows = [*compress(compress(count(), are_not), compress(said, are_not))]
    for row in rows:
        old -= said[row].count(_OLD) + said[row].count(_AND_OLD)
    if encoding not in _BELOW_128:
        # A control character is against it only beside letters of the encoding.
        rows = [
            row
            for row, start in begins(sizes, rows)
            if not data[start : start + sizes[row]].replace(b"\xa0", b" ").isascii()
        ]

    def read() -> str | list[str]:
        if encoding in READ:
            return "\n".join(shown).split("\n")
        letters = letters_of_bytes(data, encoding)
        return _raised(letters, signs) if encoding == "tcvn3" else letters

    return Lines(text, encoding, sizes, are_old, old, rows, read)


def _raised(shown: str, signs: bytes) -> list[str]:
    """The lines of a text in TCVN3 with its capitals, the signs of its words known."""
    # A word that may be of capitals is none before one that surely is not.
    cases = signs.translate(_TO_CASE, _MORE).replace(b"us", b".s").translate(None, b".s")
    lines = shown.split("\n")
    rows = [*compress(count(), cases.split(b"\n"))]
    if rows:
        # Titles stand in the middle, behind spaces that are words of nothing.
        raised = raise_lines([lines[row].lstrip(" ") for row in rows])
        for row, line in zip(rows, raised, strict=True):
            lines[row] = line.rjust(len(lines[row]))
    return lines
