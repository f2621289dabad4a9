"""
The keys under which two spellings of one wording meet.

Vietnamese is spelt in two ways where the tone mark of *oa, oe, uy* goes (``hoà``, ``hòa``),
capitals come and go, dashes are of many lengths. Texts are compared under a key, never rewritten.
"""

import unicodedata
from functools import cache, lru_cache

import regex

_TONES = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
"""The combining tones and the letters that the Telex way of typing gives them."""

_NO_MARKS = {
    ord(letter): base
    for base, letters in {
        "a": "àáảãạăằắẳẵặâầấẩẫậ",
        "e": "èéẻẽẹêềếểễệ",
        "i": "ìíỉĩịï",
        "o": "òóỏõọôồốổỗộơờớởỡợ",
        "u": "ùúủũụưừứửữự",
        "y": "ỳýỷỹỵ",
        "d": "đð",
    }.items()
    for letter in letters
}
BULLETS = "-–—−+*•·●○▪▫►➢➔➲❖◆◇■□◻❑❒⬧✓✔☑⁃∙→⇨"
"""Signs that begin an item of a list; a hyphen first, as a class of a pattern needs it."""

_RULE_SIGNS = frozenset("_-–—=*·…─━═~. ")


def is_rule(words: str) -> bool:
    """Whether a line is nothing but a rule drawn with signs: ``________``, ``---***---``."""
    return len(words) > 2 and _RULE_SIGNS.issuperset(words)


_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_FOLDED = {**_DASHES, **dict.fromkeys(map(ord, "“”„‟\"'‘’«»*_"), None)}
_BARED = {**_DASHES, **_NO_MARKS}


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """
    The key under which spellings of one wording meet: case, tone-mark place, dashes, spacing.

    Marks stay, but a tone belongs to its syllable and not to a letter: it goes to the syllable's
    end as a Telex letter, so that ``hoà`` and ``hòa``, ``Uỷ`` and ``Ủy`` are one. For comparison
    only; text is never rewritten.

    >>> key("ỦY BAN NHÂN DÂN") == key("Uỷ ban nhân  dân")
    True
    >>> key("hoàn") == key("hòan"), key("bán") == key("ban")
    (True, False)
    """
    return " ".join(filter(None, map(_syllable, text.casefold().split())))


@lru_cache(maxsize=16384)
def _syllable(word: str) -> str:
    """The key of a word in small letters; nothing, of quotation marks alone."""
    word = word.translate(_FOLDED)
    if word.isascii():
        return word
    out: list[str] = []
    tones = ""
    for letter in unicodedata.normalize("NFD", word):
        tone = _TONES.get(letter)
        if tone:
            tones += tone
            continue
        if tones and not (letter.isalpha() or unicodedata.combining(letter)):
            out.append(tones)
            tones = ""
        out.append(letter)
    return unicodedata.normalize("NFC", "".join(out) + tones)


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """
    Small letters without any mark, for what OCR may have marked wrongly.

    >>> bare("KÉ HOẠCH"), bare("Đắk Hà")
    ('ke hoach', 'dak ha')
    """
    return " ".join(map(_bare_word, text.casefold().split()))


@lru_cache(maxsize=16384)
def _bare_word(word: str) -> str:
    return word.translate(_BARED)


def any_marks(bared: str) -> str:
    """
    A pattern that matches every spelling of a word, given as :func:`bare` makes it.

    >>> regex.search(any_marks("dua"), "Phong trào THI ĐUA").span()
    (15, 18)
    """
    return "".join(map(_spellings, bared))


@cache
def _spellings(sign: str) -> str:
    """A class of the capitals and small letters that are one letter when their marks are gone."""
    same = {sign, *(chr(code) for code, plain in _BARED.items() if plain == sign)}
    both = {each for one in same for each in (one, one.upper()) if len(each) == 1}
    return f"[{''.join(map(regex.escape, sorted(both)))}]"


def is_upper(text: str) -> bool:
    """Whether every letter that has a case is a capital, and there are two at least."""
    return text.isupper() and sum(map(str.isalpha, text)) > 1
