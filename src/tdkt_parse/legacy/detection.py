"""
The parts of a text that are in an old encoding, told by their letters.

Of a text that may be old by its ``first_look`` the words are asked, line by line, by which tables
they are Vietnamese (``counts``). A line is old where nearly all of its words are so
by one table, and most of them are nothing in Unicode; of a line with words of both kinds each goes
its own way. What is not certain stays as it is, and is told of.

Of a long text some lines are asked first. Where they say the same, each line of which all words are
by that table is old (``whole``), and only the others are looked at closely.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from tdkt_parse.legacy.counts import Line, count_line, words_of
from tdkt_parse.legacy.decoding import TIMEOUT, Decoded, decode_aligned
from tdkt_parse.legacy.first_look import (
    LONG,
    SHORT,
    has_old_signs,
    has_signs,
    may_be_legacy,
    may_be_typed,
)
from tdkt_parse.legacy.fonts import FontTable
from tdkt_parse.legacy.tables import Encoding
from tdkt_parse.legacy.typed import STRONG_WORDS, TYPED_WORDS, typed_counts
from tdkt_parse.legacy.whole import Lines, sort_lines
from tdkt_parse.legacy.words import BITS, COMMON, UNICODE

FEWEST = 2
"""Words of a line that only an old table explains, below which it says nothing alone."""
CLOSE = 2
"""By how much another encoding has to explain a line better than that of the document."""
MOST_FOREIGN = 0.35
"""Of the words without a mark in a line: more that are no syllable, and it is another language."""
FEW = 3
"""Words of a line that is old for a single one of them, if nothing speaks against it."""
MIXED = 4
"""Of a line that has words in Unicode too."""
ENOUGH = 0.75
"""Of the words with a mark, that the table has to explain."""
PURE = 20
"""Old words for each one in Unicode, of a document that is old as a whole."""
MANY = 12
"""Words of a line of which nobody asks whether they are always the same."""


class Part(NamedTuple):
    """Some characters in an old encoding; ``capitals``: of a font that shows small ones so."""

    start: int
    end: int
    encoding: Encoding
    capitals: bool = False

    def moved(self, by: int) -> "Part":
        """The same characters in a text that begins so much earlier."""
        return self._replace(start=self.start + by, end=self.end + by)

    def decode(self, text: str) -> Decoded:
        """The part of ``text`` in Unicode, with the way back to the part."""
        return decode_aligned(text[self.start : self.end], self.encoding, capitals=self.capitals)


@dataclass(slots=True)
class Prior:
    """What was found in a document so far: how many words of each encoding."""

    words: Counter[Encoding] = field(default_factory=Counter)
    likely: Encoding | None = None
    """The encoding of most of what was old."""
    old: int = 0
    modern: int = 0
    """Words in Unicode that no table of old explains."""
    unclear: int = 0
    """Lines that look old and were left as they are."""

    def add(self, encoding: Encoding, words: int) -> None:
        """Some more words of an encoding."""
        self.words[encoding] += words
        self.old += words
        if self.likely is None or self.words[encoding] > self.words[self.likely]:
            self.likely = encoding

    @property
    def is_pure(self) -> bool:
        """Whether hardly a word is in Unicode, so that a line that says nothing is old too."""
        return self.modern * PURE < self.old - 4


def find_legacy(text: str, prior: Prior | None = None) -> list[Part]:
    """
    The parts of a text in an old encoding, in order, none across the end of a line.

    ``prior``: what was found in the same document before; it is told what is found here.

    >>> find_legacy("C¨n cø LuËt Tæ chøc")
    [Part(start=0, end=19, encoding='tcvn3', capitals=False)]
    >>> find_legacy("Le café où naïve Müller déjà vu")
    []
    """
    return in_order(*find_lines(text, prior))


def in_order(lines: Lines | None, parts: Sequence[Part]) -> list[Part]:
    """Lines that are old as a whole and parts of others as what they are, parts of a text."""
    if lines is None:
        return [*parts]
    are_old = [*lines.are_old]
    for row in lines.also:
        are_old[row] = True
    whole: list[Part] = []
    new = tuple.__new__  # In half the time that a call of the class takes.
    start = 0
    for size, is_old in zip(lines.sizes, are_old, strict=True):
        end = start + size
        if is_old:
            whole.append(new(Part, (start, end, lines.encoding, False)))
        start = end + 1
    return sorted([*whole, *parts]) if parts else whole


def find_lines(
    text: str, prior: Prior | None = None, *, reading: bool = False
) -> tuple[Lines | None, list[Part]]:
    """
    The same: the lines that are old as a whole, and the parts of others in order.

    ``reading``: they are to be put into Unicode.
    """
    prior = Prior() if prior is None else prior
    if prior.likely is None and not may_be_legacy(text):
        return None, []
    known = prior.likely is not None
    sure = prior.likely or _of_samples(text)
    whole = sort_lines(text, sure, reading=reading) if sure else None
    spans = [*(whole.spans(whole.rows) if whole else _lines(text))]
    if whole and not any(whole.are_old):
        whole = None
    if whole:
        prior.add(whole.encoding, whole.old)
    if not spans:
        return whole, []
    gated = spans
    if not known:
        # In a long text there are lines with more than the signs of short ones.
        may_be = may_be_legacy if len(text) < SHORT else has_signs
        gated = [(start, end) for start, end in spans if may_be(text[start:end])]
    lines = {start: count_line(text, start, end) for start, end in gated}
    likely = prior.likely or _most_likely(lines.values())
    found = {start: _parts(text, line, prior, likely) for start, line in lines.items()}
    if prior.likely is None:
        prior.unclear += sum(line.looks_old for line in lines.values())
        return None, []
    if not known:
        # What is old is known now: what was not sure of itself is looked at again, with that.
        for start, end in spans:
            if not found.get(start):
                line = lines.get(start) or count_line(text, start, end)
                prior.modern += line.modern(prior.likely)
                lines[start] = line
        for start, _ in spans:
            if not found.get(start):
                found[start] = _parts(text, lines[start], prior, prior.likely)
    if whole:
        also: list[int] = []
        for row, (start, end) in zip(whole.rows, spans, strict=True):
            if found[start] == [(start, end, whole.encoding, False)]:
                also.append(row)
                found[start] = []
        whole = whole._replace(also=also)
    return whole, [part for start, _ in spans for part in found[start]]


SAMPLES = 32
"""Lines of a long text that are asked first."""
MOST_SAMPLED = 1_000


def _of_samples(text: str) -> Encoding | None:
    """The encoding of a long text, if some lines of it are in one."""
    if len(text) < LONG:
        return None
    step = len(text) // SAMPLES
    lines: dict[int, Line] = {}
    for place in range(0, step * SAMPLES, step):
        start = text.find("\n", place) + 1
        said = text[start : start + MOST_SAMPLED]
        start += len(said) - len(said.lstrip())
        end = text.find("\n", start, start + MOST_SAMPLED)
        lines[start] = count_line(text, start, end if end > 0 else start + MOST_SAMPLED)
    prior = Prior()
    likely = _most_likely(lines.values())
    for line in lines.values():
        _parts(text, line, prior, likely)
    if len(prior.words) != 1 or (prior.likely == "viqr" and has_old_signs(text)):
        return None
    return prior.likely


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end > start:
            yield start, end
        start = end + 1


def _most_likely(lines: Iterable[Line]) -> Encoding | None:
    """The encoding that explains most of the words of some lines."""
    whole = Line(0, 0, sum(line.counted for line in lines))
    scores = whole.scores()
    best = max(scores, key=scores.__getitem__)
    return best if whole.count("words") else None


def _parts(text: str, line: Line, prior: Prior, likely: Encoding | None) -> list[Part]:
    """The old parts of a line."""
    known = prior.likely
    total = line.count("words")
    if known == "viqr" or not total:
        if known and known != "viqr":
            return []
        may_be = known or may_be_typed(text[line.start : line.end])
        return _typed_parts(text, line, prior) if may_be else []
    if known and line.of("fits", known) == total and line.of("old", known):
        prior.add(known, line.of("old", known))
        return [Part(line.start, line.end, known)]
    if (
        known
        and line.of("fits", known) == total
        # As much as another could have, of which each is a common one.
        and line.of("common", known) + CLOSE >= total
        and prior.is_pure
    ):
        return [Part(line.start, line.end, known)]
    best = _best(line, known or likely)
    if best is None:
        return []
    kept, old = line.of("kept", best), line.of("old", best)
    if best == known and not kept and prior.is_pure:
        prior.add(best, old)
        return [Part(line.start, line.end, best)]
    if best == known and not old and _is_rather(text, line, best):
        return [Part(line.start, line.end, best)]
    if not old or line.of("fits", best) < ENOUGH * (total - kept):
        return []
    plain, foreign = line.count("plain"), line.count("foreign")
    different = _different(text, line, best) if old < MANY else old
    if best == known:
        if foreign > MOST_FOREIGN * plain + different:
            return []
    elif not _is_whole(text, line, best) and (
        different < (MIXED if kept else FEWEST) or 2 * foreign >= different + (plain - foreign) / 2
    ):
        return []
    prior.add(best, old)
    return _by_words(text, line, best) if kept else [Part(line.start, line.end, best)]


def _different(text: str, line: Line, encoding: Encoding) -> int:
    """How many different words of a line are by a table and not in Unicode."""
    bit = BITS[encoding]
    words = words_of(text, line)
    return len({text[a:b].casefold() for a, b, v in words if v & bit and not v & UNICODE})


def _is_whole(text: str, line: Line, encoding: Encoding) -> bool:
    """Whether a table explains all words of a line, one of them a common one and not in Unicode."""
    bit = BITS[encoding]
    total = line.count("words")
    return (
        not line.count("foreign")
        and total + line.count("plain") >= FEW
        and line.of("fits", encoding) == total
        and any(v & bit << COMMON and not v & UNICODE for *_, v in words_of(text, line))
    )


def _is_rather(text: str, line: Line, encoding: Encoding) -> bool:
    """
    Whether all words of a line, which are Vietnamese by a table and in Unicode, are common ones by
    the table and none is in Unicode: ``Sè: 12/KH-UBND`` in a document with old parts.
    """
    bit = BITS[encoding] << COMMON
    words = words_of(text, line)
    return not line.count("foreign") and all(
        v & bit and not v & UNICODE << COMMON for *_, v in words
    )


def _best(line: Line, likely: Encoding | None) -> Encoding | None:
    """The encoding that explains a line best; the likely one, if no other does much better."""
    scores = line.scores()
    best = max(scores, key=scores.__getitem__)
    if likely in scores and scores[likely] + CLOSE >= scores[best]:
        best = likely
    return best if scores[best] or best == likely else None


def _by_words(text: str, line: Line, encoding: Encoding) -> list[Part]:
    """The runs of old words of a line that has both kinds; a word of either goes with the last."""
    bit = BITS[encoding]
    parts: list[Part] = []
    old = False
    began = last = 0
    for start, end, found in words_of(text, line):
        is_old = bool(found & bit) and (old or not found & UNICODE)
        if is_old and not old:
            began = start
        if old and not is_old:
            parts.append(Part(began, last, encoding))
        old, last = is_old, end
    if old:
        parts.append(Part(began, last, encoding))
    return parts


# -- VIQR


def _typed_parts(text: str, line: Line, prior: Prior) -> list[Part]:
    """The whole of a line that is in VIQR, or nothing."""
    said = text[line.start : line.end].replace("\t", " ")
    counted = sum(map(TYPED_WORDS.__getitem__, said.split(" ")))
    good, strong, marked, plain, foreign = typed_counts(counted)
    if not strong and good < sum(map(_has_letters_above, said.split(" "))):
        return []  # A point behind a vowel of Unicode (``I. ĐẶC``, ``tạo.``) is none of its tones.
    known = prior.likely == "viqr"
    if not known and FEWEST <= strong < MANY:
        strong = len(frozenset().union(*map(STRONG_WORDS.__getitem__, said.split(" "))))
    if known and prior.is_pure:
        enough = good * 2 >= marked > 0
    else:
        enough = (
            strong > 0
            and _are_enough(good, marked, plain, foreign)
            and (
                known
                or (strong >= FEWEST and good > FEWEST)
                or (good == marked >= FEWEST and not foreign and good + plain >= FEW)
            )
        )
    if not enough:
        return []
    prior.add("viqr", good)
    return [Part(line.start, line.end, "viqr")]


def _has_letters_above(chunk: str) -> bool:
    """Whether a letter that ASCII lacks stands in it; VIQR has none."""
    return not chunk.isascii() and any(sign.isalpha() and sign > "\x7f" for sign in chunk)


def _are_enough(good: int, marked: int, plain: int, foreign: int) -> bool:
    return good >= ENOUGH * marked and 2 * foreign <= good + (plain - foreign) / 2


# -- a text of whose font the encoding is known


def is_of(text: str, table: FontTable) -> bool:
    """
    Whether a text in a font of an old encoding is in that, and not in Unicode after all.

    Word keeps the name of a font whose letters it takes from another one.

    >>> is_of("LuËt", FontTable("tcvn3", False)), is_of("Luật", FontTable("tcvn3", False))
    (True, False)
    """
    if text.isascii():
        return True
    if max(text) >= "\u0100" and _MODERN.search(text, timeout=TIMEOUT):
        return False
    line = count_line(text, 0, len(text))
    return line.of("old", table.encoding) >= line.of("kept", table.encoding)


_MODERN = regex.compile(
    "[\u0300-\u036f\u1e00-\u1eff]"
    "|(?![\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u02c9\u0110])[\u0100-\u02ff]"
)
"""Characters above Latin-1 of Unicode, and not such as bytes are shown as."""
