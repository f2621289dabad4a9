"""
The keys under which two ways of writing a number, a title or an organ meet.

For comparison only: what the register holds is written as its source writes it.
"""

import unicodedata
from functools import lru_cache

import regex

from tdkt_parse.spelling import bare, key

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


def title_words(title: str) -> list[str]:
    """
    The words of a title in small letters with their marks, without "về (việc)" before them.

    >>> title_words("Về việc Thi đua - khen thưởng")
    ['thi', 'đua', 'khen', 'thưởng']
    """
    folded = unicodedata.normalize("NFC", title).casefold()
    folded = str(_PUNCTUATION.sub(" ", folded, timeout=2))
    for about in _ABOUT:
        folded = folded.lstrip().removeprefix(about)
    return folded.split()


def bare_words(text: str) -> list[str]:
    """
    The words without any mark, which is what OCR reads most surely.

    >>> bare_words("Thi đua - khen thưởng, 2021-2025")
    ['thi', 'dua', 'khen', 'thuong', '2021', '2025']
    """
    return [part for word in text.split() for part in _bare_parts(word)]


@lru_cache(maxsize=32768)
def _bare_parts(word: str) -> tuple[str, ...]:
    word = bare(unicodedata.normalize("NFC", word))
    return (word,) if word.isalnum() else tuple(_PUNCTUATION.sub(" ", word, timeout=2).split())


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


def same_organ(one: str, other: str) -> bool:
    """
    Whether two organs may be one: the words of one stand in the other, in their order.

    >>> same_organ("UBND tỉnh Phú Yên", "Ủy ban nhân dân tỉnh Phú Yên")
    True
    >>> same_organ("UBND tỉnh Phú Yên", "UBND tỉnh Thái Nguyên")
    False
    """
    if one == other:
        return True
    first, second = _organ_key(one), _organ_key(other)
    return first in second or second in first


@lru_cache(maxsize=1024)
def _organ_key(organ: str) -> str:
    key_ = words_key(organ)
    for name, short in _SHORT.items():
        key_ = key_.replace(name, short)
    return f" {key_} "


_SHORT = {words_key("ủy ban nhân dân"): "ubnd", words_key("hội đồng nhân dân"): words_key("HĐND")}

_WITH_YEAR = regex.compile(r"\w+[-/]\d{4}/")


def is_same(one: tuple[str, str, str], other: tuple[str, str, str]) -> bool:
    """
    Whether number, organ and day of issue of two rows are of one instrument; blanks leave it open.

    The number is the same already. One without a year (``05-CT/TW``, ``19/CT-TTg``) is given again
    in another year or term; one with a year is given once by each organ, whatever day a row says.

    >>> is_same(("05-CT/TW", "", "2016-05-15"), ("05-CT/TW", "Bộ Chính trị", "2021-06-01"))
    False
    """
    if one[1] and other[1] and not same_organ(one[1], other[1]):
        return False
    if one[2] and other[2] and one[2][:4] != other[2][:4]:
        return bool(_WITH_YEAR.match(one[0], timeout=2))
    return True
