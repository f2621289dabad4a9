"""
Capitals of TCVN3, which has none with a tone.

Who had no font of capitals at hand typed small letters among them (``QUYếT ĐịNH``). A word is of
capitals for its own letters, or for the words beside it in its line.
"""

import codecs
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import takewhile
from typing import Any

import regex

from tdkt_parse.legacy.one_byte import bytes_to_letters, letters_of_bytes
from tdkt_parse.legacy.recall import BREAK, Recall
from tdkt_parse.legacy.tables import letters, part_tone
from tdkt_parse.syllables import is_syllable

TIMEOUT = 5.0


@cache
def _only_small() -> str:
    return "".join(
        row.letter for row in letters() if row.letter.islower() and part_tone(row.letter)[1]
    )


_CAPITAL = "A-ZĂÂÊÔƠƯĐ"


@cache
def _tcvn3_to_bytes() -> Any:
    return codecs.charmap_build(bytes_to_letters("tcvn3"))


@cache
def _class_of_bytes() -> bytes:
    return "".join(map(_class_of, bytes_to_letters("tcvn3"))).encode("ascii")


def _class_of(sign: str) -> str:
    if sign in _only_small():
        return "a"
    if "a" <= sign <= "z":
        return "z"
    if not regex.match(r"\p{L}", sign, timeout=TIMEOUT):
        return sign if sign in " \n" else "-"
    return "A" if regex.match(f"[{_CAPITAL}]", sign, timeout=TIMEOUT) else "x"


class _Classes(dict[int, str]):
    """The class of a character, made when it is asked for."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _class_of(chr(code))
        return found


_CLASS_OF = _Classes()


@cache
def _mixed() -> regex.Pattern[str]:
    small = _only_small()
    return regex.compile(rf"(?<!\p{{L}})(?=[{_CAPITAL}]*[{small}])[{_CAPITAL}{small}]+(?!\p{{L}})")


def raise_capitals(text: str, data: bytes | None = None) -> str:
    """
    Make capitals of the small letters in words of capitals; ``data``: its bytes in TCVN3.

    A word that may be one of either kind (``Bộ``) goes with the words beside it.

    >>> raise_capitals("QUYếT ĐịNH của Bộ"), raise_capitals("ủY BAN"), raise_capitals("Số QĐ")
    ('QUYẾT ĐỊNH của Bộ', 'ỦY BAN', 'Số QĐ')
    >>> raise_capitals("Về VIệC TổNG KếT"), raise_capitals("Về việc"), raise_capitals("Sở Y tế")
    ('VỀ VIỆC TỔNG KẾT', 'Về việc', 'Sở Y tế')
    """
    classes = _classes(text) if data is None else data.translate(_class_of_bytes())
    for letters_beside, other in _NO_CAPITALS:
        classes = classes.replace(letters_beside, other)
    made: list[str] = []
    at = line = line_end = 0
    place = classes.find(b"a")
    while place >= 0:
        if place >= line_end:
            line = classes.rfind(b"\n", at, place) + 1 or at
            line_end = classes.find(b"\n", place)
            line_end = len(text) if line_end < 0 else line_end
        start = classes.rfind(b" ", max(at, line), place) + 1 or line
        end = classes.find(b" ", place, line_end)
        end = line_end if end < 0 else end
        chunk = text[start:end]
        found = _RAISED[chunk]
        if found == _UNSURE:
            found = _raise_among(text, start, end)
        if found != chunk:
            made += (text[at:start], found)
            at = end
        place = classes.find(b"a", end)
    return "".join([*made, text[at:]]) if made else text


def raise_lines(lines: Sequence[str]) -> list[str]:
    """The same of lines of which most have such words, each word as it was met before."""
    words = BREAK.join(lines).split(" ")
    raised = [*map(_RAISED.__getitem__, words)]
    for place in _places(raised, _UNSURE):
        word = words[place]
        letters, sign = (word, "") if word.isalpha() else (word[:-1], word[-1])
        found = None
        if not sign or (letters.isalpha() and sign not in _BETWEEN):
            after = "" if sign or place + 1 == len(words) else _AS_NEXT[words[place + 1]]
            before = _AS_LAST[words[place - 1]] if place else ""
            found = _among(before, after)
        if found is None:
            before = " ".join([*words[max(place - _MOST_BESIDE, 0) : place], ""])
            after = " ".join(["", *words[place + 1 : place + 1 + _MOST_BESIDE]])
            raised[place] = _raise_beside(before, word, after)
        else:
            raised[place] = letters.upper() + sign if found else word
    return " ".join(raised).split(BREAK)


def _places(words: Sequence[str], word: str) -> Iterator[int]:
    """Where a word stands among others; it may be changed there."""
    place = -1
    try:
        while True:
            place = words.index(word, place + 1)
            yield place
    except ValueError:
        return


_MOST_BESIDE = 16
"""What stands between spaces on each side that is asked: four words, and what is between them."""


_NO_CAPITALS = (
    (b"za", b"zx"),
    (b"az", b"xz"),
    (b"xa", b"xx"),
    (b"ax", b"xx"),
    (b" Aa z", b" Ax z"),
    (b"\nAa z", b"\nAx z"),
)
"""
Small letters with a tone whose word is surely none of capitals: they stand beside other small ones,
or before a word of such (``Kế hoạch``). Few are left; a pattern would take ten times as long.
"""


def _classes(text: str) -> bytes:
    """
    A byte for each character: ``A`` for a capital that TCVN3 has, ``a`` for a small letter with a
    tone, ``z`` for one of ASCII, ``x`` for another letter, a dash for all else but white space.
    """
    try:
        data, _ = codecs.charmap_encode(text, "strict", _tcvn3_to_bytes())
    except UnicodeEncodeError:
        return text.translate(_CLASS_OF).encode("ascii")
    return data.translate(_class_of_bytes())


_UNSURE = "\0"


def _raised(word: str) -> str:
    """What stands between two spaces with its capitals, or ``_UNSURE``."""
    found = _mixed().findall(word, timeout=TIMEOUT)
    if all(map(_is_raised, found)):
        raised: str = _mixed().sub(_as_capitals, word, timeout=TIMEOUT)
        return raised
    return _UNSURE


_RAISED = Recall(_raised)


def _as_capitals(word: "regex.Match[str]") -> str:
    raised: str = word.group().upper()
    return raised


def _case_of_letters(letters: str, *, near: str) -> str:
    """
    What a word says of one beside it: ``capitals``, ``small``, nothing, or ``ask``.

    ``letters`` are those of it that are nearest, and ``near`` its nearest character.
    """
    if not letters:
        return "ask" if near in _BETWEEN else ""
    if len(letters) > _NEAR // 2:
        return "ask"
    found = _are_capitals([letters])
    if found is None:
        return "ask" if is_syllable(letters) else ""
    return "capitals" if found else "small"


def _as_next(word: str) -> str:
    return _case_of_letters("".join(takewhile(str.isalpha, word)), near=word[:1])


def _as_last(word: str) -> str:
    last = "".join(takewhile(str.isalpha, reversed(word)))[::-1]
    return _case_of_letters(last, near=word[-1:])


_AS_NEXT, _AS_LAST = Recall(_as_next), Recall(_as_last)


def _among(before: str, after: str) -> bool | None:
    """Whether a word is of capitals as the two beside it say; ``None``: ask further words."""
    if after == "small":
        return False
    if "ask" in (before, after):
        return None
    return before != "small" if after else before == "capitals"


def _raise_among(text: str, start: int, end: int) -> str:
    """One of the words of a text, of capitals if those beside it in its line say so."""
    return _raise_beside(
        text[max(start - _BESIDE, 0) : start], text[start:end], text[end : end + _BESIDE]
    )


def _raise_beside(before: str, word: str, after: str) -> str:
    before = before[-_BESIDE:].rpartition("\n")[2]
    after = after[:_BESIDE].partition("\n")[0]
    return _raise_between(before, word, after)


@lru_cache(maxsize=4096)
def _raise_between(before: str, word: str, after: str) -> str:
    near = f"{before}{word}{after}"

    def put(match: "regex.Match[str]") -> str:
        found: str = match.group()
        start, end = (len(before) + place for place in match.span())
        return found.upper() if _is_raised(found) or _is_among_capitals(near, start, end) else found

    made: str = _mixed().sub(put, word, timeout=TIMEOUT)
    return made


def case_of_word(word: bytes) -> str:
    """
    What is known of what stands between spaces in TCVN3, without what is beside it.

    ``raised``: some letters of it are to be made capitals. ``unsure``: its last word alone may be
    of capitals, as those beside it say; ``mixed``: another one may be. ``small``: none of it is,
    nor such a word before it.

    >>> [case_of_word(word.encode("latin-1")) for word in ("VIÖC", "Bé", "Bé/x", "Néi", "12")]
    ['raised', 'unsure', 'mixed', 'small', '']
    """
    classes = word.translate(_class_of_bytes())
    for letters_beside, other in _NO_CAPITALS:
        classes = classes.replace(letters_beside, other)
    if b"a" in classes:
        shown = letters_of_bytes(word, "tcvn3")
        found = [*_mixed().finditer(shown, timeout=TIMEOUT)]
        if found:
            if all(_is_raised(match.group()) for match in found):
                return "raised"
            alone = len(found) == 1 and found[0].end() == len(shown)
            return "unsure" if alone else "mixed"
    head = classes[: _NEAR // 2]
    return "small" if b"z" in head[: len(head) - len(head.lstrip(b"Aaxz"))] else ""


def _is_raised(word: str) -> bool:
    """Whether a word of capitals and small letters with a tone can only be one of capitals."""
    capitals = sum(map(str.isupper, word))
    return capitals > 1 or (capitals == 1 and word[0].islower())


def _is_among_capitals(text: str, start: int, end: int) -> bool:
    after = _AFTER.match(text, end, end + _NEAR, timeout=TIMEOUT)
    following = _are_capitals(after.captures(1)) if after else None
    if following is False:
        return False
    before = _BEFORE.match(text, max(start - _NEAR, 0), start, timeout=TIMEOUT)
    leading = _are_capitals(before.captures(1)) if before else None
    return leading is True if following is None else leading is not False


_BETWEEN = " ,–-"
_AFTER = regex.compile(r"(?:[ ,–-]{1,3}(\p{L}++)){1,4}")
_BEFORE = regex.compile(r"(?r)(?:(?<!\p{L})(\p{L}++)[ ,–-]{1,3}){1,4}")
_NEAR = 40
_BESIDE = 48
"""Code points on each side that are asked."""


def _are_capitals(words: Sequence[str]) -> bool | None:
    """Whether words beside are of capitals: the first that is sure says it (``SỞ Y TẾ TỈNH``)."""
    for word in words:
        if any(sign.islower() and sign not in _only_small() for sign in word):
            return False
        if not is_syllable(word):
            return None
        if _is_raised(word):
            return True
    return None
