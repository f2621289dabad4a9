"""
What a Vietnamese syllable can be: its initial, its rhyme, and one tone at most.

By this alone text that is Vietnamese is told from what a program for another language read off a
picture (``COng hda xd hQi``), or what a font without a table of its letters gave. Initials and
rhymes after Đoàn Thiện Thuật, *Ngữ âm tiếng Việt* (1977), in the spelling of today.
"""

import unicodedata
from functools import lru_cache

import regex

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_NO_TONES = dict.fromkeys(map(ord, _TONES))

_INITIAL = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|b|c|d|đ|g|h|k|l|m|n|p|q|r|s|t|v|x"
_RHYME = (
    "a(?:ch?|i|m|ng?|nh|o|p|t|u|y)?|ă(?:c|m|ng?|p|t)|â(?:c|m|ng?|p|t|u|y)"
    "|e(?:c|m|ng?|o|p|t)?|ê(?:ch?|m|ng?|nh|p|t|u)?"
    "|i(?:ch?|m|ng?|nh|p|t|u|a)?|iê(?:c|m|ng?|p|t|u)"
    "|oo(?:c|ng)|o(?:c|i|m|ng?|p|t)?|oa(?:ch?|i|m|ng?|nh|o|p|t|y)?|oă(?:c|m|ng?|t)"
    "|oe(?:n|o|t)?|ô(?:c|i|m|ng?|p|t)?|ơ(?:i|m|n|p|t)?"
    "|u(?:c|i|m|ng?|p|t|a)?|uâ(?:ng?|t|y)|uê(?:ch|nh|n)?|uô(?:c|i|m|ng?|t)|uơ(?:n)?"
    "|uy(?:a|ch|n|nh|p|t|u)?|uyê(?:n|t)"
    "|ư(?:c|i|m|ng?|t|u|a)?|ươ(?:c|i|m|ng?|p|t|u)|y|yê(?:m|ng?|t|u)"
)
_SYLLABLE = regex.compile(f"(?:{_INITIAL})?(?:{_RHYME})|g[iì]n?|gi[êe]ng?")
TIMEOUT = 1.0


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """
    Whether a word can be a Vietnamese syllable; case and the place of the tone do not matter.

    >>> [is_syllable(word) for word in ("thưởng", "Nghị", "QUYẾT", "hoà", "H4nh", "phric", "and")]
    [True, True, True, True, False, False, False]
    """
    if len(word) > 7:
        return False
    spread = unicodedata.normalize("NFD", word.casefold())
    bare = spread.translate(_NO_TONES)
    if len(spread) - len(bare) > 1:
        return False
    return bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare), timeout=TIMEOUT))


_STOPS = ("c", "ch", "p", "t")
_OF_STOPS = frozenset("\u0301\u0323")
"""Sắc and nặng: no other tone, and none at all, goes with an end that stops the voice."""


@lru_cache(maxsize=16384)
def lacks_tone(word: str) -> bool:
    """
    Whether a word would be a syllable but for its tone: one that ends in a stop has sắc or nặng.

    >>> [lacks_tone(word) for word in ("kêt", "kết", "kệt", "kền", "sách", "xuât", "chăc")]
    [True, False, False, False, False, True, True]
    """
    spread = unicodedata.normalize("NFD", word.casefold())
    return spread.endswith(_STOPS) and _OF_STOPS.isdisjoint(spread) and is_syllable(word)


_VOWELS = "aăâeêioôơuưy"
_ONSET = regex.compile("(?:gi(?=[aăâeêoôơuư])|qu(?=[aăâeêioơy]))")
_NUCLEUS = regex.compile(f"[{_VOWELS}]+")


@lru_cache(maxsize=16384)
def is_well_toned(word: str) -> bool:
    """
    Whether a word can be a syllable and its tone, if any, stands on a vowel that may bear it.

    Both ways of writing ``hòa`` and ``hoà`` are right.

    >>> [is_well_toned(word) for word in ("tôi", "tôị", "hoà", "hòa", "haị", "giá", "quý", "tạ")]
    [True, False, True, True, False, True, True, True]
    """
    if not is_syllable(word):
        return False
    spread = unicodedata.normalize("NFD", word.casefold())
    bare = unicodedata.normalize("NFC", spread.translate(_NO_TONES))
    whole = unicodedata.normalize("NFC", spread)
    place: int | None = next(
        (k for k, (a, b) in enumerate(zip(bare, whole, strict=True)) if a != b), None
    )
    if place is None:
        return True
    onset = _ONSET.match(bare, timeout=TIMEOUT)
    nucleus = _NUCLEUS.search(bare, onset.end() if onset else 0, timeout=TIMEOUT)
    if nucleus is None:
        return True
    start: int = nucleus.start()
    end: int = nucleus.end()
    vowels: str = nucleus.group()
    marked: list[int] = [start + k for k, vowel in enumerate(vowels) if vowel in "ăâêôơư"]
    if marked:
        return place == marked[-1]
    if len(vowels) == 1:
        return place == start
    if len(vowels) > 2 or end < len(bare):
        return place == start + 1
    return place == start or (vowels in ("oa", "oe", "uy") and place == start + 1)
