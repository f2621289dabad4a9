"""
Which of the recognised words are believed: print, and not what specks, rules, seals and pens left.

An engine reads whatever is dark, and says of each word how sure it is of it. That alone tells
little: print is read with doubt and strokes of a pen are read surely. How high a word is and where
it stands (:mod:`.words`), what stands about it, and whether it is a word of the language tell more.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import regex

from tdkt_parse.readers.scan.engine import Recognised
from tdkt_parse.readers.scan.words import FEW, SAME_SIZE, measure
from tdkt_parse.syllables import is_syllable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TIMEOUT = 1.0
PALE, BLACK = 185, 120
"""Of 255: what is not darker anywhere is grain of paper, on a page whose print is as dark."""
UNSURE = 0.3
"""Confidence under which a word has to be one of the language, a number or a label."""
NOISE = 0.6
"""Confidence under which a word that has no letter or figure is a speck or a piece of a rule."""
DASHES = frozenset("-–—+")
DASH = 0.3
"""The same of what an item of a list begins with."""
SURE, SURER = 0.7, 0.85
"""Confidence that one word at least of a line of ``FEW`` letters has; of one letter."""
ALONE = frozenset("FJWZfjwzqrpklhtuươ")
"""Letters that number nothing and are no word: alone on a line one is a stroke of a pen."""
SCRIBBLE = 0.75
"""How sure the engine is of what a pen drew, at most."""
LAST = 4
"""Letters of a word that alone is a line and is believed though the engine was not sure of it."""
SCRAPS = "_|¦~^\\‘`°"
"""What specks and pieces of rules at the edge of a word are read as."""
SPECKS = frozenset((*".,'’´·", *SCRAPS, "||", "._", "_.", "..", ".:", "',"))
APART = 1.2
"""Of the height of a line's words: how far a speck in a cell stands from every word."""
SURE_SIGN = 0.8
"""The same of a sign by itself in a cell, whose edges leave specks."""
LONGEST_SPECK = 3
MODIFIERS = "ˆˇ˜ˊˋ"
"""Letters by Unicode, and by no plan: marks without what they stand over."""
STROKES = frozenset(("l", "I", "1", "i", "t", "f", "j", "ị", "J"))
LOW = 0.4
"""Of the height of the words of a line: a stroke that is lower is a speck."""
_NUMERAL = regex.compile(r"(?:I{1,3}|I?VI{0,3}|I?XI{0,3})[.)/-]")


def believed(
    lines: Iterable[Sequence[Recognised]], resolution: float
) -> Iterator[list[Recognised]]:
    """The lines of a page that stand in no table, without what only looks like words."""
    before: Sequence[Recognised] = ()
    for line in lines:
        if _ends_number(before, line):
            yield [*line]
        else:
            parts = [kept for part in _columns(line) if (kept := _believed(part, 72 / resolution))]
            yield from [[word for part in parts for word in part]] if _is_one_line(parts) else parts
        before = line


def inked(
    words: Sequence[Recognised], grey: "NDArray[np.uint8]", others: Iterable[Recognised] = ()
) -> list[Recognised]:
    """
    The words of a page without those where the picture has no ink: grain at the edges of a scan.

    An engine tells ink from paper place by place, and where nothing is printed reads the paper.
    Of a page of pale print, or of which nothing was surely read, all is left; ``others`` are of
    the same page.
    """
    import numpy as np

    darkest = [_darkest(grey, word) for word in words]
    pale = [dark > PALE for dark in darkest]
    if not any(pale):
        return [*words]
    sure = [dark for dark, word in zip(darkest, words, strict=True) if word.confidence >= SURER]
    sure += [_darkest(grey, word) for word in others if word.confidence >= SURER]
    if not sure or np.median(sure) > BLACK:
        return [*words]
    return [word for word, is_pale in zip(words, pale, strict=True) if not is_pale]


def _darkest(grey: "NDArray[np.uint8]", word: Recognised) -> int:
    x0, y0, x1, y1 = (round(edge) for edge in word[1:5])
    return int(grey[max(y0, 0) : y1, max(x0, 0) : x1].min(initial=255))


_OPEN = regex.compile(r"\d/\p{Lu}[\p{Lu}&]*(?:\s?[-–]\s?\p{Lu}[\p{Lu}&]*)*\s?[-–]")
_REST = regex.compile(r"\p{Lu}[\p{L}&]*\p{Lu}[.,;:)]*")
LEFT_OUT = 2.0
"""Of the height of a word: how far below a line the next one of its paragraph begins at most."""


def _ends_number(before: Sequence[Recognised], line: Sequence[Recognised]) -> bool:
    """Whether a word alone is the rest of a number that was broken: ``98/2023/NĐ -`` / ``CP.``"""
    if not before or len(line) != 1 or not _REST.fullmatch(line[0].text, timeout=TIMEOUT):
        return False
    word, last = line[0], before[-1]
    said = " ".join(one.text for one in before[-4:])
    open_ = [*_OPEN.finditer(said, timeout=TIMEOUT)]
    high = word.y1 - word.y0
    return (
        bool(open_)
        and open_[-1].end() == len(said)
        and word.confidence >= UNSURE
        and 0 < word.y0 - last.y1 < LEFT_OUT * high
        and word.x1 < last.x0
    )


COLUMNS_APART = 2.5
"""Type sizes between words that stand in two columns."""


def _columns(line: Sequence[Recognised]) -> list[Sequence[Recognised]]:
    """The parts of what an engine takes for one line: recipients and a signature beside them."""
    size, _ = measure(line)
    cuts = [k for k in range(1, len(line)) if line[k].x0 - line[k - 1].x1 > COLUMNS_APART * size]
    return [line[a:b] for a, b in pairwise((0, *cuts, len(line)))]


def _is_one_line(parts: Sequence[Sequence[Recognised]]) -> bool:
    """Whether parts stand on one height and are of one type size, as those of a line are."""
    told = [measure(part) for part in parts]
    if len(told) < 2:
        return bool(told)
    size, base = told[0]
    return all(
        abs(one - size) <= SAME_SIZE * size and abs(height - base) <= SAME_SIZE * size
        for one, height in told
    )


def sure_of(words: Sequence[Recognised]) -> float:
    """How sure the engine was of some words, by their length."""
    total = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / total if total else 0.0


def _believed(line: Sequence[Recognised], dot: float) -> list[Recognised]:
    """The words of a line without what specks, rules, seals and strokes of a pen were read as."""
    heights = [word.y1 - word.y0 for word in line if _says(word.text)]
    usual = median(heights) if heights else 0.0
    held = set(_held(line))
    kept: list[Recognised] = []
    for word in line:
        if word in held:
            kept.append(word)
            continue
        word = word._replace(text=word.text.strip(SCRAPS) if _says(word.text) else word.text)
        high, wide = (word.y1 - word.y0) * dot, (word.x1 - word.x0) * dot
        if wide < 0.6 or high < 0.6 or (high > 30 and high > 3 * usual * dot):
            continue
        if word.text in STROKES and high < LOW * usual * dot:
            continue
        if not _says(word.text.strip(MODIFIERS)):
            least = DASH if word.text in DASHES else NOISE
            speck = word.text.strip(MODIFIERS) in ("", *SPECKS) and not _is_comma(word, line)
            if speck or word.confidence < least:
                continue
        elif (
            word.confidence < UNSURE
            and not _is_label(word.text, first=not kept)
            and (len(word.text) < 3 or not _may_be_word(word.text))
            and not _names_quarter([word])
        ):
            continue
        kept.append(word)
    sure = max((word.confidence for word in kept if _says(word.text)), default=0.0)
    letters = sum(sum(map(str.isalnum, word.text)) for word in kept)
    doubted = letters <= FEW and sure < (SURE if letters > 1 else SURER)
    if len(kept) == 1 and _is_ornament(kept[0].text):
        return kept
    if _is_scribble(kept) and not _names_quarter(kept):
        return []
    if letters == 1 and {w.text for w in kept if _says(w.text)} <= ALONE:
        return []
    if doubted and not _is_last_word(kept) and not _names_quarter(kept):
        if any(_DATE.fullmatch(word.text, timeout=TIMEOUT) for word in kept):
            return kept
        # A stroke of a pen; but for what stands alone in a cell, or numbers a page.
        return (
            []
            if sure < NOISE or letters == 0
            else [w for w in kept if w.text.strip(".)-").isdecimal()]
        )
    return kept


HELD, NEIGHBOUR = 0.6, 0.4
"""Type sizes between words of a line at most; how sure the engine is of those about a word."""
SLASHES = frozenset("/⁄¡!|")
"""What a slash is read as."""


def _held(line: Sequence[Recognised]) -> Iterator[Recognised]:
    """
    The words that stand between two others as words do, whatever the engine thinks of them.

    Without ``TTg`` of ``1779/QĐ- TTg ngày``, or the hyphen of ``4966/CT - VP``, a hole would be
    left where the picture has print. Specks, strokes of a pen and pieces of seals do not stand on
    the line, between two words, as far from both as words are.
    """
    if len(line) < 3:
        return
    size, base = measure(line)
    for before, word, after in zip(line, line[1:], line[2:], strict=False):
        if (
            _is_between(word, before, after)
            and 0.0 < word.x0 - before.x1 <= HELD * size
            and 0.0 < after.x0 - word.x1 <= HELD * size
            and _stands(word, size, base)
        ):
            yield word


def _is_between(word: Recognised, before: Recognised, after: Recognised) -> bool:
    """Whether the engine is sure enough of what stands about a word, or about a sign."""
    low, high = sorted((before.confidence, after.confidence))
    if _says(word.text):
        return low >= NEIGHBOUR
    # Of a sign alone it doubts the word beside it, too.
    return _says(before.text) and _says(after.text) and (low >= NEIGHBOUR or high >= SURER)


def _stands(word: Recognised, size: float, base: float) -> bool:
    """Whether a word, a slash or a dash is as high as one, and where one is."""
    up, down, wide = (base - word.y0) / size, (word.y1 - base) / size, (word.x1 - word.x0) / size
    if word.text.strip("-–—~") == "":
        return wide > 0.2 and 0.0 < up + down < 0.15 and 0.15 < up < 0.45
    if word.text in SLASHES:
        return wide < 0.6 and 0.5 < up < 0.85 and -0.05 < down < 0.25
    return _says(word.text) and wide > 0.2 and 0.4 < up < 0.95 and -0.1 < down < 0.3


_DATE = regex.compile(r"\d{1,2}/\d{1,2}/(?:19|20)\d\d[.,;]?")


def _is_scribble(kept: Sequence[Recognised]) -> bool:
    """
    Whether words are what a signature was read as: ``/MưM VN``, ``X 7 IVAVA``.

    None is a word of the language, a name or a number, and the engine doubted them.
    """
    told = [word for word in kept if _says(word.text)]
    sure = [word for word in told if word.confidence > SURER]
    return (
        len(told) > max(1, 2 * len(sure) - 1)
        and sure_of(told) < SCRIBBLE
        and not any(_tells(word.text) and word.confidence >= UNSURE for word in told)
    )


def _tells(text: str) -> bool:
    """Whether a word may say something by itself: a syllable, a name, a symbol, or figures."""
    bare = text.strip(".,;:()*“”‘’\"'/")
    if sum(map(str.isdigit, bare)) > 1 or (len(bare) > 3 and "-" in bare[1:-1]):
        return True
    is_name = len(bare) > 2 and bare.isalpha() and bare.istitle()
    is_cased = bare.islower() or bare.isupper() or bare.istitle()
    return is_name or (len(bare) > 1 and is_cased and is_syllable(bare))


def _is_ornament(text: str) -> bool:
    """``-------`` or ``***``, as :mod:`tdkt_parse.readers.scan.ornaments` finds them."""
    return len(text) > 2 and text[0] in "-*=" and text == text[0] * len(text)


def without_specks(line: Sequence[Recognised]) -> list[Recognised]:
    """
    The words of a line in a cell without specks.

    A sign by itself is one unless the engine is sure of it; a letter it doubts, where it stands
    apart from every word: in a cell over several columns it would look like one of another column.
    """
    heights = [word.y1 - word.y0 for word in line if _says(word.text)]
    if not heights or len(line) < 2:
        return [*line]
    apart = APART * median(heights)
    kept: list[Recognised] = []
    for number, word in enumerate(line):
        before = word.x0 - line[number - 1].x1 if number else apart + 1
        after = line[number + 1].x0 - word.x1 if number + 1 < len(line) else apart + 1
        if not _says(word.text.strip(MODIFIERS)):
            least = DASH if word.text in DASHES else SURE_SIGN
            speck = word.confidence < least and len(word.text) <= LONGEST_SPECK
            speck = speck or word.text in SPECKS or not word.text.strip(MODIFIERS)
            speck = speck and not _is_comma(word, line)
        else:
            doubted = len(word.text) == 1 and not word.text.isdigit() and word.confidence < UNSURE
            speck = doubted and before > apart and after > apart
        if not speck:
            kept.append(word)
    return kept


def _is_comma(word: Recognised, line: Sequence[Recognised]) -> bool:
    """
    Whether a comma is one that was typed with a space before it: ``xét , suy tôn``.

    It hangs on the line between two words, as low and as small as a comma is.
    """
    if word.text != "," or word.confidence < NOISE:
        return False
    at = line.index(word)
    if not 0 < at < len(line) - 1 or not all(_says(one.text) for one in line[at - 1 : at + 2 : 2]):
        return False
    size, base = measure(line)
    return (
        base - COMMA_HIGH * size < word.y0 < base < word.y1 < base + COMMA_LOW * size
        and line[at + 1].x0 - line[at - 1].x1 < COMMA_ROOM * size
    )


COMMA_HIGH, COMMA_LOW, COMMA_ROOM = 0.28, 0.3, 1.6
"""Type sizes: how high above its line a comma begins, how low it ends, between how near words."""


def _is_last_word(kept: Sequence[Recognised]) -> bool:
    """Whether a line is one word that a paragraph may end with: no pen writes its marks."""
    if len(kept) != 1 or kept[0].confidence < UNSURE:
        return False
    bare = kept[0].text.rstrip(".;,:")
    return (
        len(bare) >= LAST
        and not bare.isascii()
        and (bare.islower() or bare.istitle())
        and is_syllable(bare)
    )


_QUARTER = regex.compile(r"(?:[-+*•]\s?)?(?:\S{1,5}?\s?)?(?i:qu[ýíyỷỳ])\S{0,3}(?:\s\S{1,4})?")


def _names_quarter(kept: Sequence[Recognised]) -> bool:
    """Whether a line is the short heading of a quarter: ``I. QUÝ I``."""
    said = " ".join(word.text for word in kept)
    return bool(_QUARTER.fullmatch(said)) and any(word.confidence > UNSURE / 2 for word in kept)


def _may_be_word(text: str) -> bool:
    """Whether what was read with doubt is a word or number all the same, and no stroke of a pen."""
    bare = text.strip(".,;:()-–*“”‘’\"'")
    return is_syllable(bare) or any(map(str.isdigit, bare)) or bare.isupper()


def _is_label(text: str, *, first: bool) -> bool:
    """Whether a word is the numeral with which a heading begins: those are read with doubt."""
    return first and _NUMERAL.fullmatch(text) is not None


def _says(text: str) -> bool:
    return any(map(str.isalnum, text))
