"""
Words that OCR misread, by what stands beside them: ``tố chức``, ``chi đạo``, ``phố biến``.

A word is mended only where neither the pair with the word before it nor the one with the word
after it was ever seen, and one word alone, one confusion away, makes a pair that was. A word that
is one of the language needs more: both pairs, or one that is seen often where the other side is
open. Only its marks are mended then: ``lại`` and ``tại`` are two words; so are ``chi`` and ``chỉ``,
but those are what OCR confuses. Some pairs no one writes, whatever stands beside them.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tdkt_parse.layout import Repair
from tdkt_parse.repair.confusions import Reading, alone, never_said, readings, said_too
from tdkt_parse.repair.pairs import company, known_pairs, known_words, share_after, share_before
from tdkt_parse.repair.tokens import Token
from tdkt_parse.spelling import key
from tdkt_parse.syllables import is_syllable, lacks_tone

RULE = "ocr_word"
KNOWN, SUPPOSED = 4, 10
"""Texts in which the two pairs of a word stand that is put for another word of the language, by a
confusion that was counted, or one that is only said."""
OFTEN = 20
"""Texts in which a pair stands that is trusted alone for such a word."""
FIRST = 4
"""Times as many pairs as a word of the language another makes that it is taken for where nothing
stands before it."""
RARE = 3
"""Pairs of a word of the language that is mended all the same by a confusion that was counted but
once: ``hăng tháng``."""
ALONE = 1
"""Pairs of a word of the language that is said in one other word alone: *tiêm* in *tiêm chủng*."""
USUAL = 4
"""Pairs of a word that another is taken for that no one can say."""
BOUND = 0.3
"""The share of a pair in all of its neighbour's from which the other side need not be open."""
HOOKS = 17
"""How often a confusion was counted for that: hooks over circumflexes. Of words that differ by the
tone of an i both are often said of the same: chi tiêu, chỉ tiêu."""
COMMON = 10
"""How often a confusion was counted by which such a word is mended."""
NEARLY, ALWAYS = 0.8, 10
"""Of what stands before a word, the share of one that is expected there, and in how many texts."""
LONGEST = 12
"""Letters of two words read as one."""
SYLLABLES = 3
"""Of a name that is whole, at least; none of another run has so many capitals."""
TWICE = 2
"""Texts in which a pair stands that is trusted for what is no word of these texts as read."""


def find_words(tokens: Sequence[Token]) -> list[Repair]:
    """The repairs of the words of one run of lines."""
    words = [key(token.text) for token in tokens]
    found: dict[int, Repair] = {}
    # Each goes by what those before it have mended.
    for find in (_led_by_q, _alone, _bound, _never):
        for at, repair in [*find(tokens, words)]:
            found[at] = repair
            words[at] = key(repair.put)
    names = _names(tokens)
    odd = {at for at in _odd(tokens, words) if at not in found and at not in names}
    for _ in range(2):  # what a neighbour was mended to may tell the next
        for at in sorted(odd):
            better = _better(tokens, words, at, odd)
            if better:
                token = tokens[at]
                words[at] = key(better)
                found[at] = Repair(token.start, token.end, _cased(better, token.text), RULE)
        odd = {at for at in _odd(tokens, words) if at not in found and at not in names}
        if not found or not odd:
            break
    return [*found.values()]


def _names(tokens: Sequence[Token]) -> set[int]:
    """The places of words of names of persons, which no pair tells: ``Phạm Thị Thanh Trà``."""
    found: set[int] = set()
    run: list[int] = []
    for at, token in enumerate(tokens):
        is_name = token.text.istitle() and is_syllable(token.text)
        run = ([*run, at] if token.near else [at]) if is_name else []
        found.update(run if len(run) >= SYLLABLES else ())
    return found


def _led_by_q(tokens: Sequence[Token], words: Sequence[str]) -> Iterator[tuple[int, Repair]]:
    """Words whose q an ư follows, which nothing but u does: ``Qưý``."""
    for at, (token, word) in enumerate(zip(tokens, words, strict=True)):
        put = f"qu{token.text[2:].casefold()}"
        if (
            word[:1] == "q"
            and token.text[1:2].casefold() == "ư"
            and not token.joined
            and is_syllable(put)
        ):
            yield at, Repair(token.start, token.end, _cased(put, token.text), RULE)


def _bound(tokens: Sequence[Token], words: Sequence[str]) -> Iterator[tuple[int, Repair]]:
    """
    Words before one that nearly always has another before it: ``nghiệp vụ thị đua``.

    Whatever they make with the word before them; only their marks are mended, by a confusion that
    was counted.
    """
    pairs, too = known_pairs(), said_too()
    for at, token in enumerate(tokens[:-1]):
        pair = words[at], words[at + 1]
        after = tokens[at + 1]
        if not after.near or token.joined or pair in pairs or pair in too:
            continue
        if token.text.istitle() and after.text.istitle():
            continue  # A name may be: Trương Tiểu Long.
        found = [
            one
            for one in readings(token.text.casefold())
            if one.marks
            and one.seen
            and pairs.get((one.key, pair[1]), 0) >= ALWAYS
            and share_before(one.key, pair[1]) >= NEARLY
        ]
        if len(found) == 1 and token.text.isalpha():
            yield at, Repair(token.start, token.end, _cased(found[0].text, token.text), RULE)


def _never(tokens: Sequence[Token], words: Sequence[str]) -> Iterator[tuple[int, Repair]]:
    """Words of pairs that no one writes: ``chỉ cục``; not those of names."""
    known = never_said()
    for at, (token, after) in enumerate(pairwise(tokens)):
        row = known.get((words[at], words[at + 1]))
        if row is None or not after.near or token.joined or after.joined:
            continue
        if after.text.istitle() or token.text.isupper() != after.text.isupper():
            continue
        beyond = tokens[at + 2 : at + 3]
        behind = beyond[0].text.casefold() if beyond and beyond[0].near else ""
        before = tokens[at - 1].text.casefold() if at and token.near else ""
        if behind in row.not_before or before in row.not_after:
            continue
        for place, one, put in zip((at, at + 1), (token, after), row.printed.split(), strict=True):
            if key(put) != words[place]:
                yield place, Repair(one.start, one.end, _cased(put, one.text), RULE)


def _alone(tokens: Sequence[Token], words: Sequence[str]) -> Iterator[tuple[int, Repair]]:
    """Words that stand in few others, within sentences and in none of those: ``đề xảy ra``."""
    rows = alone()
    for at, token in enumerate(tokens):
        row = rows.get(token.text)
        if row is None or token.joined:
            continue
        after = tokens[at + 1] if at + 1 < len(tokens) and tokens[at + 1].near else None
        if row.not_before and not (after and after.text.islower() and is_syllable(after.text)):
            continue
        behind = words[at - 1] if at and token.near else ""
        if behind not in row.behind and not (after and after.text in row.not_before):
            yield at, Repair(token.start, token.end, row.printed, RULE)


def find_splits(tokens: Sequence[Token]) -> Iterator[Repair]:
    """Two words read as one that is none: ``LAOĐỘNG``, where only one place parts them."""
    pairs, known = known_pairs(), known_words()
    for token in tokens:
        text = token.text
        if token.joined or not 4 <= len(text) <= LONGEST or not text.isalpha():
            continue
        if not (text.isupper() or text.islower()) or key(text) in known:
            continue
        places = [
            at
            for at in range(2, len(text) - 1)
            if pairs.get((key(text[:at]), key(text[at:])), 0) >= OFTEN
        ]
        if len(places) == 1:
            put = f"{text[: places[0]]} {text[places[0] :]}"
            yield Repair(token.start, token.end, put, RULE)


def _odd(tokens: Sequence[Token], words: Sequence[str]) -> set[int]:
    """The places of words that make no known pair with either neighbour, and have one."""
    pairs, too = known_pairs(), said_too()
    found: set[int] = set()
    links = known = False
    for at, token in enumerate(tokens):
        follows = at + 1 < len(tokens) and tokens[at + 1].linked
        pair = (words[at], words[at + 1]) if follows else ("", "")
        is_pair = follows and (pair in pairs or pair in too)
        if (
            not (known or is_pair)
            and (links or follows)
            and not token.joined
            and any(map(str.isalpha, token.text))
        ):
            found.add(at)
        links, known = follows, is_pair
    return found


def _better(tokens: Sequence[Token], words: Sequence[str], at: int, odd: set[int]) -> str | None:
    """What a word was, if that is sure."""
    text = tokens[at].text
    pairs = known_pairs()
    before = words[at - 1] if at and tokens[at].linked else ""
    after = words[at + 1] if at + 1 < len(words) and tokens[at + 1].linked else ""
    known = words[at] in known_words() and text.isalpha()
    found: list[tuple[int, int, Reading]] = []
    for reading in readings(text.casefold()):
        if known and not reading.marks:
            continue
        left, right = pairs.get((before, reading.key), 0), pairs.get((reading.key, after), 0)
        if left or right:
            found.append((left, right, reading))
    both = [one for one in found if one[0] and one[1]]
    if len(both) > 1 or (len(found) > 1 and not both):
        return None
    if not found:
        return _spoken(text)
    left, right, reading = (both or found)[0]
    if both:
        enough = 0 if not known else KNOWN if reading.seen else SUPPOSED
        return reading.text if left + right >= enough else None
    if not known:
        return reading.text if left + right >= TWICE else None
    if at and tokens[at].near and text.istitle():
        return None  # Within a sentence a name may be: anh Bình.
    if not before and right >= KNOWN and reading.seen >= HOOKS:
        # A cell or an item begins so: ``Tố chuyên môn``.
        first = company(words[at]) * FIRST <= company(reading.key) and at == 0
        if first and not tokens[1].text.istitle():
            return reading.text
    rare = company(words[at]) <= RARE
    if (reading.seen < COMMON and not (rare and reading.seen)) or left + right < OFTEN:
        return None
    share = share_after(before, reading.key) if left else share_before(reading.key, after)
    side = at + 1 if left else at - 1
    near = 0 <= side < len(tokens) and tokens[max(at, side)].near
    is_open = not near or (side in odd and bool(readings(tokens[side].text.casefold())))
    bound = share >= BOUND and reading.seen >= HOOKS
    alone = company(words[at]) <= ALONE and reading.seen >= HOOKS
    return reading.text if is_open or bound or alone else None


def _spoken(text: str) -> str | None:
    """What a word was that no one can say, whatever stands beside it: ``kêt``, ``ngoàải``."""
    if not text.islower() or text.isascii() or not (lacks_tone(text) or not is_syllable(text)):
        return None
    marked = [reading for reading in readings(text) if reading.marks]
    found = [reading for reading in marked if reading.seen] or marked
    return found[0].text if len(found) == 1 and company(found[0].key) >= USUAL else None


def _cased(word: str, read: str) -> str:
    """A word with the capitals of what was read; I is a small l there, and 5 a capital S."""
    letters = [letter for letter in read if letter.isalpha()]
    if len(read) > 1 and all(map(str.isupper, letters)) and (len(letters) > 1 or read[0] == "5"):
        return word.upper()
    if read[0] == "I" and word[0] == "l":
        return word
    return word[:1].upper() + word[1:] if read[0].isupper() or read[0] == "5" else word
