"""
Which word follows which in administrative Vietnamese: ``data/ocr_pairs.csv``.

The table is made by ``corpus/make_ocr_pairs.py`` from the project's own texts.
"""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import regex

from tdkt_parse.exceptions import LexiconError
from tdkt_parse.lexicon import DATA
from tdkt_parse.spelling import key

TIMEOUT = 2.0
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_LINK = " ,–-\t\u00a0"

FILE = "ocr_pairs.csv"


def is_link(between: str) -> bool:
    """
    Whether two words between which this stands are a pair: a comma or a dash does not part them.

    >>> is_link(" "), is_link(", "), is_link(". ")
    (True, True, False)
    """
    return between == " " or (0 < len(between) <= 4 and not between.strip(_LINK))


def pairs_of(line: str) -> Iterator[tuple[str, str]]:
    """
    The pairs of words of a line, under their keys.

    >>> [*pairs_of("Thi đua, khen thưởng. Năm 2024")]
    [('thi', 'đua'), ('đua', 'khen'), ('khen', 'thươngr')]
    """
    for one, two in pairwise(_WORD.finditer(line, timeout=TIMEOUT)):
        if is_link(line[one.end() : two.start()]):
            yield key(one.group()), key(two.group())


@cache
def known_pairs() -> dict[tuple[str, str], int]:
    """How many texts each pair was counted in."""
    lines = (DATA / FILE).read_text(encoding="utf-8").splitlines()[1:]
    found: dict[tuple[str, str], int] = {}
    for line in lines:
        first, second, count = line.split(",")
        found[first, second] = int(count)
    if not found:
        message = f"data/{FILE}: no rows"
        raise LexiconError(message)
    return found


@cache
def known_words() -> frozenset[str]:
    """Every word of the pairs."""
    return frozenset(word for pair in known_pairs() for word in pair)


@cache
def _sums() -> tuple[dict[str, int], dict[str, int]]:
    firsts: dict[str, int] = {}
    seconds: dict[str, int] = {}
    for (first, second), count in known_pairs().items():
        firsts[first] = firsts.get(first, 0) + count
        seconds[second] = seconds.get(second, 0) + count
    return firsts, seconds


def share_before(first: str, second: str) -> float:
    """Of what stands before the second word, how much is the first: nearly all of *đổi* *mới*."""
    return known_pairs().get((first, second), 0) / (_sums()[1].get(second) or 1)


def share_after(first: str, second: str) -> float:
    """Of what stands after the first word, how much is the second."""
    return known_pairs().get((first, second), 0) / (_sums()[0].get(first) or 1)


@cache
def _company() -> dict[str, int]:
    found: dict[str, int] = {}
    for pair in known_pairs():
        for word in pair:
            found[word] = found.get(word, 0) + 1
    return found


def company(word: str) -> int:
    """How many pairs a word makes: *hăng* stands beside *hái* and hardly another."""
    return _company().get(word, 0)
