"""
VIQR: a letter, then its marks, typed as signs of ASCII.
"""

from functools import cache, lru_cache

import regex

from tdkt_parse.legacy.tables import letters
from tdkt_parse.syllables import is_well_toned

TIMEOUT = 5.0


@cache
def _letters() -> dict[str, str]:
    found = {row.viqr: row.letter for row in letters()}
    return found | {"Dd": "Đ"}


_TYPED = regex.compile(
    r"""
      \\(?P<plain>.)
    | (?P<letter> DD | Dd | dd
        | (?: [aA][\^(]? | [eE]\^? | [oO][\^+]? | [uU]\+? | [iIyY] ) [`'?~.]? )
    """,
    regex.VERBOSE,
)
_TOKEN = regex.compile(r"\S+")
_LAST = regex.compile(r"[\p{L}\p{M}]+$")


def placed_letters(text: str) -> list[tuple[int, str]]:
    """The characters of a text in VIQR, each with where it begins there."""
    made: list[tuple[int, str]] = []
    at = 0
    for token in _TOKEN.finditer(text, timeout=TIMEOUT):
        start, end = token.span()
        made += [(at + k, sign) for k, sign in enumerate(text[at:start])]
        made += [(start + k, sign) for k, sign in _word(token.group())]
        at = end
    made += [(at + k, sign) for k, sign in enumerate(text[at:])]
    return made


def decode_viqr(text: str) -> str:
    """A text in VIQR in Unicode."""
    return "".join(sign for _, sign in placed_letters(text))


@lru_cache(maxsize=16384)
def _word(word: str) -> tuple[tuple[int, str], ...]:
    """
    A word in VIQR; a mark at its end that cannot be a tone is punctuation.

    A point or a question mark is that behind what is no syllable either way, too.

    >>> ["".join(sign for _, sign in _word(word)) for word in ("to^i.", "II.", "ta.o", "WTO?")]
    ['tôi.', 'II.', 'tạo', 'WTO?']
    """
    whole = _typed(word)
    if word[-1] in "`'?~." and len(word) > 1 and word[-2] != "\\":
        bare = _typed(word[:-1])
        if not _is_toned_word(whole) and (word[-1] in "?." or _is_toned_word(bare)):
            return (*bare, (len(word) - 1, word[-1]))
    return whole


def _typed(word: str) -> tuple[tuple[int, str], ...]:
    known = _letters()
    made: list[tuple[int, str]] = []
    at = 0
    for match in _TYPED.finditer(word, timeout=TIMEOUT):
        start, end = match.span()
        made += [(at + k, sign) for k, sign in enumerate(word[at:start])]
        found = match["plain"] or match["letter"]
        made.append((start, known.get(found, found)))
        at = end
    made += [(at + k, sign) for k, sign in enumerate(word[at:])]
    return tuple(made)


def _is_toned_word(signs: tuple[tuple[int, str], ...]) -> bool:
    found = _LAST.search("".join(sign for _, sign in signs), timeout=TIMEOUT)
    return found is not None and is_well_toned(found.group())


def encode_viqr(text: str) -> str:
    """A text as VIQR types it; a backslash before a sign that would be a mark there."""
    typed = {ord(row.letter): row.viqr for row in letters()}
    made: list[str] = []
    before = ""
    for sign in text:
        code = typed.get(ord(sign))
        if code is None:
            joins = (
                sign == "\\"
                or (sign in "^(+" and before != "" and before in "aeiouyAEIOUY")
                or (sign in "`'?~." and _takes_tone(before))
                or (sign in "dD" and before in ("d", "D"))
            )
            code = f"\\{sign}" if joins else sign
        elif code[0] in "dD" and before in ("d", "D"):
            made[-1] = f"\\{before}"
        made.append(code)
        before = code
    return "".join(made)


def _takes_tone(typed: str) -> bool:
    """Whether a letter as typed may have a tone behind it."""
    return typed != "" and typed[0] in "aeiouyAEIOUY" and typed[-1] not in "`'?~."
