"""
The parts of a text that are in an old encoding, told by their letters.

Nearly every text is asked and nearly none is old, so that the first question costs next to nothing:
whether a character stands in it that Vietnamese in Unicode hardly has. Then line by line the words
are asked by which tables they are Vietnamese. A line is old where nearly all of its words are so
by one table, and most of them are nothing in Unicode; of a line with words of both kinds each goes
its own way. What is not certain stays as it is, and is told of.

Of a long text some lines are asked first. Where they say the same, each line of which all words are
by that table is old, which is soon counted, and only the others are looked at closely.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from tdkt_parse.legacy.decoding import (
    TIMEOUT,
    Decoded,
    decode,
    decode_aligned,
    western,
    western_bytes,
)
from tdkt_parse.legacy.fonts import FontTable
from tdkt_parse.legacy.recall import Recall
from tdkt_parse.legacy.tables import Encoding
from tdkt_parse.legacy.words import (
    ALL,
    BITS,
    COMMON,
    LONGEST,
    UNICODE,
    by_table,
    in_unicode,
    is_word,
    verdict,
)
from tdkt_parse.syllables import is_syllable

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


_ORDINARY = (
    bytes([*range(0x20, 0x7F)]).decode()
    + "\t\n\r\x0b\x0c\x7f\u00a0áàâãéèêùúõìíòóôýÁÀÂÃÉÈÊÙÚÕÌÍÒÓÔÝ“”‘’–—…•"
).encode("cp1252")
"""What Vietnamese in Unicode has of Windows-1252. The rest is in every text of an old encoding of
some length, though VNI has many of these letters too: in a short one a vowel before is the sign."""
_SHORT = 400
_PAIRS = regex.compile(
    "[aA][áàâãéèêùúõÁÀÂÃÉÈÊÙÚÕìòÌÒ]|[eE][áàâãùõìòÁÀÂÃÙÕÌÒ]|[oO][âùõìÂÙÕÌ]|[uUyY][ùõìòÙÕÌÒ]"
    "|[ôõýÔÕÝ][ùõìòÙÕÌÒ]|[iI][ìÌ]|[êâÊÂ][ìòÌÒ]"
)
_TYPED = regex.compile(
    r"[\^~`+(](?<=[aeoAEO]\^|[oOuU]\+|[aeiouyAEIOUY][~`]|[aA]\()(?=[`'?~.+\w]|$|\s)"
)


def has_old_signs(text: str) -> bool:
    """Whether a text has letters of Latin-1 that Vietnamese in Unicode has not; the quickest."""
    return not text.isascii() and bool(text.encode("latin-1", "ignore").translate(None, _ORDINARY))


def may_be_legacy(text: str) -> bool:
    """
    Whether a text has signs of an old encoding at all; nearly all have none.

    >>> may_be_legacy("Căn cứ Luật"), may_be_legacy("C¨n cø LuËt"), may_be_legacy("Coäng")
    (False, True, True)
    """
    if not text.isascii() or not text.isprintable():
        # Two steps without a look at each letter: a search would take ten times as long.
        shown = text.encode("cp1252" if len(text) < _SHORT else "latin-1", "ignore")
        if shown.translate(None, _ORDINARY):
            return True
        if len(text) < _SHORT and not text.isascii() and _PAIRS.search(text, timeout=TIMEOUT):
            return True
    return _may_be_typed(text)


def _has_signs(line: str) -> bool:
    return has_old_signs(line) or not line.isprintable() or _may_be_typed(line)


def _may_be_typed(text: str) -> bool:
    if "^" not in text and (len(text) >= _SHORT or not ("`" in text or "~" in text or "+" in text)):
        return False
    return _TYPED.search(text, timeout=TIMEOUT) is not None


def find_legacy(text: str, prior: Prior | None = None) -> list[Part]:
    """
    The parts of a text in an old encoding, in order, none across the end of a line.

    ``prior``: what was found in the same document before; it is told what is found here.

    >>> find_legacy("C¨n cø LuËt Tæ chøc")
    [Part(start=0, end=19, encoding='tcvn3', capitals=False)]
    >>> find_legacy("Le café où naïve Müller déjà vu")
    []
    """
    prior = Prior() if prior is None else prior
    if prior.likely is None and not may_be_legacy(text):
        return []
    known = prior.likely is not None
    sure = prior.likely or _of_samples(text)
    whole, spans = _whole_lines(text, sure, prior) if sure else ([], [*_lines(text)])
    if not spans:
        return whole
    gated = spans
    if not known:
        # In a long text there are lines with more than the signs of short ones.
        may_be = may_be_legacy if len(text) < _SHORT else _has_signs
        gated = [(start, end) for start, end in spans if may_be(text[start:end])]
    lines = {start: _count(text, start, end) for start, end in gated}
    likely = prior.likely or _most_likely(lines.values())
    found = {start: _parts(text, line, prior, likely) for start, line in lines.items()}
    if prior.likely is None:
        prior.unclear += sum(line.looks_old for line in lines.values())
        return []
    if not known:
        # What is old is known now: what was not sure of itself is looked at again, with that.
        for start, end in spans:
            if not found.get(start):
                line = lines.get(start) or _count(text, start, end)
                prior.modern += line.modern(prior.likely)
                lines[start] = line
        for start, _ in spans:
            if not found.get(start):
                found[start] = _parts(text, lines[start], prior, prior.likely)
    rest = [part for start, _ in spans for part in found[start]]
    return sorted([*whole, *rest]) if whole and rest else whole or rest


SAMPLES = 32
"""Lines of a long text that are asked first."""
LONG = 4_000
"""Characters."""
MOST_SAMPLED = 1_000


def _of_samples(text: str) -> Encoding | None:
    """The encoding of a long text, if some lines of it are in one."""
    if len(text) < LONG:
        return None
    step = len(text) // SAMPLES
    lines: dict[int, _Line] = {}
    for place in range(0, step * SAMPLES, step):
        start = text.find("\n", place) + 1
        said = text[start : start + MOST_SAMPLED]
        start += len(said) - len(said.lstrip())
        end = text.find("\n", start, start + MOST_SAMPLED)
        lines[start] = _count(text, start, end if end > 0 else start + MOST_SAMPLED)
    prior = Prior()
    likely = _most_likely(lines.values())
    for line in lines.values():
        _parts(text, line, prior, likely)
    if len(prior.words) != 1 or (prior.likely == "viqr" and has_old_signs(text)):
        return None
    return prior.likely


MOST_OF_LINE = 1_000_000
"""Characters of a line whose words can be counted in the fields of a small number."""


def _whole_lines(
    text: str, encoding: Encoding, prior: Prior
) -> tuple[list[Part], list[tuple[int, int]]]:
    """The lines all of whose words are by a table that is known; and others that may be old."""
    whole: list[Part] = []
    rest: list[tuple[int, int]] = []
    old = start = 0
    for length, found in zip(*_counts_of_lines(text, encoding), strict=True):
        end = start + length
        if found:
            if found < _AGAINST and found & _SMALL_FIELD and length < MOST_OF_LINE:
                whole.append(_new_part(Part, (start, end, encoding, False)))
                old += found & _SMALL_FIELD
            else:
                rest.append((start, end))
        start = end + 1
    if whole:
        prior.add(encoding, old)
    return whole, rest


_new_part = tuple.__new__
"""A tuple of a class of its own, in half the time that its own call takes."""


def _counts_of_lines(text: str, encoding: Encoding) -> tuple[list[int], list[int]]:
    """The length of each line, and what is counted in it: by bytes, if all characters have one."""
    data = western_bytes(text)
    if data is None:
        counted = _small_counts(encoding).__getitem__
        lines = text.replace("\t", " ").replace("\u00a0", " ").split("\n")
        return [*map(len, lines)], [
            0
            if line.isascii() and line.isprintable() and encoding != "viqr"
            else sum(map(counted, line.split(" ")))
            for line in lines
        ]
    counted_bytes = _small_counts_of_bytes(encoding).__getitem__
    skips = encoding not in _BELOW_128
    parts = data.replace(b"\xa0", b" ").split(b"\n")
    return [*map(len, parts)], [
        0 if not part or (skips and part.isascii()) else sum(map(counted_bytes, part.split()))
        for part in parts
    ]


_BELOW_128 = frozenset({"viqr", "viscii", "vps"})
"""Encodings with letters among ASCII and its control characters."""


_SMALL_WIDTH = 20
_SMALL_FIELD = (1 << _SMALL_WIDTH) - 1
_AGAINST = 1 << 2 * _SMALL_WIDTH


@cache
def _small_counts(encoding: Encoding) -> Recall[str, int]:
    """
    Of what stands between white space: words that only this table explains, all, those that speak
    against it. As one number that a machine adds in one step.
    """

    def count(chunk: str) -> int:
        if encoding == "viqr":
            good, old, words, _, foreign = _typed_counts(_TYPED_WORDS[chunk])
            against = words - good + foreign
        else:
            marked = [word for word in _WORDS.findall(chunk, timeout=TIMEOUT) if _has_marks(word)]
            fits = [word for word in marked if len(word) <= LONGEST and by_table(word, encoding)]
            old, words = len(fits) - sum(map(bool, map(in_unicode, fits))), len(marked)
            against = words - len(fits)
        return old | (words | against << _SMALL_WIDTH) << _SMALL_WIDTH

    return Recall(count)


@cache
def _small_counts_of_bytes(encoding: Encoding) -> Recall[bytes, int]:
    """The same by the bytes of what stands there, which are found in less time."""
    counts = _small_counts(encoding)

    def count(chunk: bytes) -> int:
        return counts.make(western(chunk))

    return Recall(count)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end > start:
            yield start, end
        start = end + 1


# -- encodings of bytes

# Control characters are letters of VISCII and VPS.
_WORDS = regex.compile("[^ \t\r\n\x0b\x0c\u00a0\u2028\u2029\u2000-\u200b!-@\\[-`{-~]+")
_FIELDS = ("words", "plain", "foreign", "odd", "new")
_BY_TABLE = ("fits", "common", "old", "kept")
_WIDTH = 25  # Some 30 million words.
_AT = {name: _WIDTH * place for place, name in enumerate(_FIELDS)} | {
    (name, encoding): _WIDTH * (len(_FIELDS) + len(_BY_TABLE) * row + column)
    for row, encoding in enumerate(BITS)
    for column, name in enumerate(_BY_TABLE)
}
_MASK = (1 << _WIDTH) - 1


class _Line(NamedTuple):
    """
    A line, and what is counted in it, as one number of many fields: sums of such are quick.

    ``words`` are those with signs above ASCII, ``plain`` others and ``foreign`` those of them that
    are no syllable; ``odd`` are words by some old table and not in Unicode. By each table: those
    that it explains, the common ones, those that Unicode does not (``old``), and those of Unicode
    that it does not (``kept``).
    """

    start: int
    end: int
    counted: int

    def count(self, name: str) -> int:
        """A count of the line."""
        return self.counted >> _AT[name] & _MASK

    def of(self, name: str, encoding: Encoding) -> int:
        """A count by a table."""
        return self.counted >> _AT[name, encoding] & _MASK

    def score(self, encoding: Encoding) -> int:
        """How many words a table explains, common ones twice."""
        return self.of("fits", encoding) + self.of("common", encoding)

    def modern(self, encoding: Encoding) -> int:
        """How many words are Vietnamese in Unicode and not by a table."""
        return self.count("new") if encoding == "viqr" else self.of("kept", encoding)

    @property
    def looks_old(self) -> bool:
        """Whether it has words that some old table explains and Unicode does not."""
        odd = self.count("odd")
        return odd > 1 and odd * 2 > self.count("words")


def _count(text: str, start: int, end: int) -> _Line:
    line = text[start:end].replace("\t", " ").replace("\u00a0", " ")
    return _Line(start, end, sum(map(_counted, line.split(" "))))


@lru_cache(maxsize=32768)
def _counted(chunk: str) -> int:
    """What is counted of what stands between spaces."""
    total = 0
    for match in _WORDS.finditer(chunk, timeout=TIMEOUT):
        word = match.group()
        if word.isascii() and word.isprintable():
            if _is_spelt(chunk, word, match.start()):
                total += 1 << _AT["plain"]
                if not is_syllable(word):
                    total += 1 << _AT["foreign"]
        elif _has_marks(word):
            total += _of_verdict(verdict(word))
    return total


def _has_marks(word: str) -> bool:
    """Whether a word has letters, and signs above ASCII or control characters among its own."""
    return not (word.isascii() and word.isprintable()) and any(map(str.isalpha, word))


def _of_verdict(found: int) -> int:
    total = 1 << _AT["words"]
    new = found & UNICODE
    if new:
        total += 1 << _AT["new"]
    elif found & ALL:
        total += 1 << _AT["odd"]
    for encoding, bit in BITS.items():
        if found & bit:
            total += 1 << _AT["fits", encoding]
            if not new:
                total += 1 << _AT["old", encoding]
            if found & bit << COMMON:
                total += 1 << _AT["common", encoding]
        elif new:
            total += 1 << _AT["kept", encoding]
    return total


def _is_spelt(chunk: str, word: str, at: int) -> bool:
    """Whether a word of ASCII is no symbol (``CTr``) and no mark of HTML."""
    return (
        len(word) > 1
        and word[1:].islower()
        and chunk[at - 1 : at] not in _JOINTS
        and chunk[at + len(word) : at + len(word) + 1] not in _JOINTS
    )


_JOINTS = frozenset("/<>-_@")


def _words_of(text: str, line: _Line) -> list[tuple[int, int, int]]:
    """The words of a line with signs above ASCII: where each stands, and its verdict."""
    found = _WORDS.finditer(text, line.start, line.end, timeout=TIMEOUT)
    return [(*match.span(), verdict(match.group())) for match in found if _has_marks(match.group())]


def _most_likely(lines: Iterable[_Line]) -> Encoding | None:
    """The encoding that explains most of the words of some lines."""
    whole = _Line(0, 0, sum(line.counted for line in lines))
    scores = {encoding: whole.score(encoding) for encoding in BITS}
    best = max(scores, key=scores.__getitem__)
    return best if whole.count("words") else None


def _parts(text: str, line: _Line, prior: Prior, likely: Encoding | None) -> list[Part]:
    """The old parts of a line."""
    known = prior.likely
    total = line.count("words")
    if known == "viqr" or not total:
        if known and known != "viqr":
            return []
        said = text[line.start : line.end]
        may_be = _MARKED.search(said, timeout=TIMEOUT) if known else _may_be_typed(said)
        return _typed_parts(text, line, prior) if may_be else []
    if known and line.of("fits", known) == total and line.of("old", known):
        prior.add(known, line.of("old", known))
        return [Part(line.start, line.end, known)]
    best = _best(line, known or likely)
    if best is None:
        return []
    kept, old = line.of("kept", best), line.of("old", best)
    whole = [Part(line.start, line.end, best)]
    if best == known and not kept and prior.is_pure:
        prior.add(best, old)
        return whole
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
    return _by_words(text, line, best) if kept else whole


def _different(text: str, line: _Line, encoding: Encoding) -> int:
    """How many different words of a line are by a table and not in Unicode."""
    bit = BITS[encoding]
    words = _words_of(text, line)
    return len({text[a:b].casefold() for a, b, v in words if v & bit and not v & UNICODE})


def _is_whole(text: str, line: _Line, encoding: Encoding) -> bool:
    """Whether a table explains all words of a line, one of them a common one and not in Unicode."""
    bit = BITS[encoding]
    total = line.count("words")
    return (
        not line.count("foreign")
        and total + line.count("plain") >= FEW
        and line.of("fits", encoding) == total
        and any(v & bit << COMMON and not v & UNICODE for *_, v in _words_of(text, line))
    )


def _best(line: _Line, likely: Encoding | None) -> Encoding | None:
    """The encoding that explains a line best; the likely one, if no other does much better."""
    scores = {encoding: line.score(encoding) for encoding in BITS}
    best = max(scores, key=scores.__getitem__)
    if likely in scores and scores[likely] + CLOSE >= scores[best]:
        best = likely
    return best if scores[best] or best == likely else None


def _by_words(text: str, line: _Line, encoding: Encoding) -> list[Part]:
    """The runs of old words of a line that has both kinds; a word of either goes with the last."""
    bit = BITS[encoding]
    parts: list[Part] = []
    old = False
    began = last = 0
    for start, end, found in _words_of(text, line):
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

_TOKENS = regex.compile(r"[^\s/,;:!\"\[\]{}<>=_|&@#$%]+")
_MARKED = regex.compile(r"[aeoAEO]\^|[aA]\(|[oOuU]\+|[aeiouyAEIOUY][`'?~.]|[dD][dD]")
_STRONG = regex.compile(r"[aeoAEO]\^|[aA]\((?!.*\))|[oOuU]\+|[aeiouyAEIOUY][`~]|\b[dD][dD][aeiouy]")


def _typed_parts(text: str, line: _Line, prior: Prior) -> list[Part]:
    """The whole of a line that is in VIQR, or nothing."""
    said = text[line.start : line.end].replace("\t", " ")
    counted = sum(map(_TYPED_WORDS.__getitem__, said.split(" ")))
    good, strong, marked, plain, foreign = _typed_counts(counted)
    if FEWEST <= strong < MANY:
        strong = len(frozenset().union(*map(_STRONG_WORDS.__getitem__, said.split(" "))))
    known = prior.likely == "viqr"
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


_TYPED_WIDTH = 25
_TYPED_FIELD = (1 << _TYPED_WIDTH) - 1


def _count_typed(chunk: str) -> int:
    """
    What is counted of what stands between spaces, as one number.

    Words with marks that are Vietnamese, those of them with a sure mark, and all; words without
    a mark, and those of them that are no syllable.
    """
    good = strong = marked = plain = foreign = 0
    for match in _TOKENS.finditer(chunk, timeout=TIMEOUT):
        token = match.group()
        if not _MARKED.search(token, timeout=TIMEOUT):
            bare = token.strip("().'?-*\\")
            if len(bare) > 1 and bare.isascii() and bare.isalpha() and bare[1:].islower():
                plain += 1
                foreign += not is_syllable(bare)
            continue
        words = [word for word in _PARTED.split(decode(token, "viqr")) if word]
        if not words or all(map(_is_abbreviation, words)):
            continue
        marked += 1
        if all(map(is_word, words)):
            good += 1
            strong += _STRONG.search(token, timeout=TIMEOUT) is not None
    total = 0
    for number in (foreign, plain, marked, strong, good):
        total = total << _TYPED_WIDTH | number
    return total


_TYPED_WORDS = Recall(_count_typed)


def _typed_counts(counted: int) -> list[int]:
    return [counted >> _TYPED_WIDTH * place & _TYPED_FIELD for place in range(5)]


def _are_enough(good: int, marked: int, plain: int, foreign: int) -> bool:
    return good >= ENOUGH * marked and 2 * foreign <= good + (plain - foreign) / 2


def _find_strong(chunk: str) -> frozenset[str]:
    """The words with a sure mark that are Vietnamese in what stands between spaces."""
    if not _typed_counts(_TYPED_WORDS[chunk])[1]:
        return frozenset()
    return frozenset(
        token.casefold()
        for token in _TOKENS.findall(chunk, timeout=TIMEOUT)
        if _STRONG.search(token, timeout=TIMEOUT) and _typed_counts(_TYPED_WORDS[token])[1]
    )


_STRONG_WORDS = Recall(_find_strong)


_PARTED = regex.compile(r"[^\p{L}]+")


def _is_abbreviation(word: str) -> bool:
    return word.isupper() and not is_syllable(word)


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
    line = _count(text, 0, len(text))
    return line.of("old", table.encoding) >= line.of("kept", table.encoding)


_MODERN = regex.compile(
    "[\u0300-\u036f\u1e00-\u1eff]"
    "|(?![\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u02c9\u0110])[\u0100-\u02ff]"
)
"""Characters above Latin-1 of Unicode, and not such as bytes are shown as."""
