"""
The keys under which two ways of writing a number, a title or an organ meet.

For comparison only: what the register holds is written as its source writes it.
"""

import unicodedata
from functools import lru_cache

import regex

from tdkt_parse.spelling import key

_NUMBER = {
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    ord("⁄"): "/",
    ord("đ"): "d",
    ord("ð"): "d",
}


def number_key(number: str) -> str:
    """
    The key of a number: case, the bar of Đ, spaces and zeros before the serial do not matter.

    >>> number_key("06/2022/QH15"), number_key("6/2022/qh15"), number_key("98/2023/ND - CP")
    ('6/2022/qh15', '6/2022/qh15', '98/2023/nd-cp')
    """
    folded = unicodedata.normalize("NFC", number).casefold().translate(_NUMBER)
    return "".join(folded.split()).lstrip("0")


_PUNCTUATION = regex.compile(r"[^\w]|_")
_ALONE = regex.compile(r"((?:qu|ngh|[cgknpt]h|tr|ng|gi|[bcdđghklmnprstvx])?)y([fsrxj]?)")
"""*y* that is the whole vowel of its syllable, which some write *i*: kỷ, kỉ; quy, qui; y tế."""

_ABOUT = ("về việc ", "v v ", "về ")


def title_key(title: str) -> str:
    """
    The key of a title: case, the place of a tone mark, *i* or *y*, punctuation do not matter.

    Nor does "về (việc)" before it, which a citation has or has not.

    >>> title_key("Về việc quy định tổ chức ngày Kỷ niệm, thi đua - khen thưởng")
    'qui đinhj tôr chưcs ngayf kir niêmj thi đua khen thươngr'
    """
    folded = words_key(title)
    for about in _ABOUT_KEYS:
        if folded.startswith(about):
            return folded[len(about) :]
    return folded


def words_key(text: str) -> str:
    """
    The key of words, whatever they are: an alias, an organ, what somebody looks for.

    >>> words_key("UỶ BAN nhân dân tỉnh Phú-Yên") == words_key("Ủy ban nhân dân tỉnh Phú Yên")
    True
    """
    return " ".join(filter(None, map(_word_key, text.split())))


@lru_cache(maxsize=32768)
def _word_key(word: str) -> str:
    if word.isalnum():
        return _syllable_key(word)
    parts = _PUNCTUATION.sub(" ", unicodedata.normalize("NFC", word), timeout=2).split()
    return " ".join(map(_syllable_key, parts))


def _syllable_key(word: str) -> str:
    folded = key(word)
    alone = _ALONE.fullmatch(folded, timeout=2) if "y" in folded else None
    return f"{alone[1]}i{alone[2]}" if alone else folded


_ABOUT_KEYS = tuple(words_key(about) + " " for about in _ABOUT)
