"""
Which of several titles a title means that OCR or a typist spoilt, if one stands clear.

The register never holds all instruments, and titles are made of the same phrases: the title of an
instrument that it does not hold often differs from one that it does by one name (Bộ Tài chính, Bộ
Tư pháp; giai đoạn 2016-2020, 2021-2025). How many letters are alike says little then. So two
titles are one only if word for word they can be one reading: a word without its marks is the same,
or what was read is no syllable at all and is near to it. Numbers must be the same.
"""

from collections.abc import Sequence
from itertools import pairwise

from tdkt_parse.register.keys import bare_words, title_words
from tdkt_parse.syllables import is_syllable

ALIKE = 80.0
"""Below this (rapidfuzz's ratio, without marks) nobody asks whether two titles are one."""

WORDS = 4
"""Words of the shortest title that is read with errors: of fewer, one letter makes another law."""

SPOILT = 0.34
"""The share of words that may be misread; more, and it could be anything."""

MARGIN = 4.0
"""By how much the best must be more alike than the next that may be meant."""


def choose(title: str, candidates: Sequence[str]) -> int | None:
    """
    The place of the candidate that a title means; ``None`` if none does, or more than one may.

    >>> laws = ["Thi đua, khen thưởng", "Tổ chức chính quyền địa phương", "Tổ chức Chính phủ"]
    >>> choose("TỔ CHỨC CHÍNH QUYỂN DlA PHƯƠNG", laws), choose("Tổ chức chính quyền đô thị", laws)
    (1, None)
    """
    from rapidfuzz import fuzz, process

    # Without their marks, which are misread most and which some do not type at all.
    bare = [" ".join(bare_words(candidate)) for candidate in candidates]
    wanted = " ".join(bare_words(title))
    words = title_words(title)
    found = process.extract(wanted, bare, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=8)
    may = [
        (score, place)
        for _, score, place in found
        if may_be_one(words, title_words(candidates[place]))
    ]
    if not may or (len(may) > 1 and may[0][0] - may[1][0] < MARGIN):
        return None
    return may[0][1]


def may_be_one(read: Sequence[str], known: Sequence[str]) -> bool:
    """
    Whether words as read can be known words, misread.

    >>> title = title_words("chi tiết Luật Thi đua, khen thưởng")
    >>> [may_be_one(title_words(text), title) for text in (
    ...     "chi tiẽt Luat Thi dua khen thuởng", "chi tiết Luật Thiđua, khen thướng",
    ...     "chi tiết Luật Thi đua, khen chê", "chi tiết Luật Thi đua, khen tlurởng")]
    [True, True, False, True]
    """
    if len(known) < WORDS:
        return False
    if "".join(map(_bare, read)) == "".join(map(_bare, known)):
        return True  # Spaces lost or put in, marks misread.
    if len(read) != len(known) or any(
        one != other
        for one, other in zip(read, known, strict=True)
        if one.isdigit() or other.isdigit()
    ):
        return False
    spoilt = 0
    for one, other in zip(read, known, strict=True):
        if _bare(one) != _bare(other):
            spoilt += 1
            far = 1 if len(other) < 3 else 2
            if is_syllable(one) or _distance(_bare(one), _bare(other)) > far:
                return False
    return spoilt <= SPOILT * len(known)


def _distance(one: str, other: str) -> int:
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(one, other, score_cutoff=2)


def _bare(word: str) -> str:
    return " ".join(bare_words(word))


def pairs_of(title: str) -> list[str]:
    """
    The words of a title in pairs, without marks: what titles are looked up by.

    Single words are in too many titles; and the last stands with nothing.

    >>> pairs_of("Thi đua, khen thưởng")
    ['thi_dua', 'dua_khen', 'khen_thuong', 'thuong_']
    """
    words = bare_words(title)
    return list(map("_".join, pairwise([*words, ""]))) if words else []
