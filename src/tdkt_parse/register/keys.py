"""
The keys under which two ways of writing a number, a title or an organ meet.

For comparison only: what the register holds is written as its source writes it.
"""

import unicodedata
import zlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple, TypeVar

import regex

from tdkt_parse.spelling import bare, key

T = TypeVar("T")

_NUMBER = {
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    ord("⁄"): "/",
    ord("đ"): "d",
    ord("ð"): "d",
}


@lru_cache(maxsize=4096)
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


def title_hash(key_: str) -> int:
    """What titles are indexed by, since they are long: the same for the same key."""
    return zlib.crc32(key_.encode())


def words_key(text: str) -> str:
    """
    The key of words, whatever they are: an alias, an organ, what somebody looks for.

    >>> words_key("UỶ BAN nhân dân tỉnh Phú-Yên") == words_key("Ủy ban nhân dân tỉnh Phú Yên")
    True
    """
    joined = " ".join(map(_KEYS.__getitem__, text.split()))
    if "  " in joined or joined[:1] == " " or joined[-1:] == " ":  # A word of signs alone.
        return " ".join(joined.split())
    return joined


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
    return " ".join(map(_BARE.__getitem__, text.split())).split()


class _Kept(dict[str, str]):
    """
    What was made of each word, so that it is made once.

    Hundreds of thousands of titles have some thousand words; of what else they hold (numbers,
    days) not more is kept than ``MOST``.
    """

    MOST = 50_000

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> str:
        made = self._make(word)
        if len(self) < self.MOST:
            self[word] = made
        return made


def _word_key(word: str) -> str:
    if word.isalnum():
        return _syllable_key(word)
    parts = _PUNCTUATION.sub(" ", unicodedata.normalize("NFC", word), timeout=2).split()
    return " ".join(map(_syllable_key, parts))


def _syllable_key(word: str) -> str:
    folded = key(word)
    alone = _ALONE.fullmatch(folded, timeout=2) if "y" in folded else None
    return f"{alone[1]}i{alone[2]}" if alone else folded


def _bare_word(word: str) -> str:
    word = bare(unicodedata.normalize("NFC", word))
    return word if word.isalnum() else str(_PUNCTUATION.sub(" ", word, timeout=2))


_KEYS = _Kept(_word_key)
_BARE = _Kept(_bare_word)

_ABOUT_KEYS = tuple(words_key(about) + " " for about in _ABOUT)


def same_organ(one: str, other: str) -> bool:
    """
    Whether two organs may be one: the words of one stand in the other, in their order.

    >>> same_organ("UBND tỉnh Phú Yên", "Ủy ban nhân dân tỉnh Phú Yên")
    True
    >>> same_organ("UBND tỉnh Phú Yên", "UBND tỉnh Thái Nguyên")
    False
    """
    first, second = organ_key(one), organ_key(other)
    return first in second or second in first


@lru_cache(maxsize=4096)
def organ_key(organ: str) -> str:
    """The key of an organ, with spaces about it; of none, a space, which is in every other."""
    key_ = words_key(organ)
    for name, short in _SHORT.items():
        key_ = key_.replace(name, short)
    return f" {key_} " if key_ else " "


_SHORT = {words_key("ủy ban nhân dân"): "ubnd", words_key("hội đồng nhân dân"): words_key("HĐND")}


class Name(NamedTuple):
    """What an instrument is told from others of its number by: organ (its key) and day of issue."""

    organ: str
    issued: str


def same_of(name: Name, others: Iterable[tuple[Name, T]], *, with_year: bool) -> list[T]:
    """
    What belongs to the names that can be of one instrument with a name; a blank leaves it open.

    A number without a year (``05-CT/TW``, ``19/CT-TTg``) is given again in another year or term;
    one ``with_year`` is given once by each organ, whatever day a row says.

    >>> known = [(Name(organ_key("Bộ Chính trị"), "2016-05-15"), "of 2016")]
    >>> new = Name(organ_key(""), "2021-06-01")
    >>> same_of(new, known, with_year=False), same_of(new, known, with_year=True)
    ([], ['of 2016'])
    """
    organ, issued = name
    return [
        it
        for (its, day), it in others
        if (organ in its or its in organ)
        and (with_year or not day or not issued or day[:4] == issued[:4])
    ]


def has_year(key_: str) -> bool:
    """Whether the number of a key carries its year."""
    parts = key_.split("/")
    return len(parts) > 2 and len(parts[1]) == 4 and parts[1].isdecimal()
