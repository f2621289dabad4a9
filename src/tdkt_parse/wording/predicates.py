"""
Where the name of one who acts ends, and what that one does begins (``data/units.toml``).
"""

from functools import cache

from tdkt_parse.wording.phrases import by_first_word, word_at
from tdkt_parse.wording.units import is_actor, unit_rows


@cache
def _predicate_words() -> dict[str, list[str]]:
    words = [word for row in unit_rows().predicate for word in row.words]
    # The mark of "oa" stands on either vowel, as schools or the press have it.
    return by_first_word({*words, *(word.replace("óa", "oá") for word in words)})


_NO_PREDICATE_AFTER = ("các ", "những ", "mỗi ", "của ", "cho ", "công tác ", "và ")


@cache
def _named_by_work() -> tuple[frozenset[str], tuple[str, ...]]:
    """Names of units, and what stands within such names."""
    words = [word for row in unit_rows().named_by_work for word in row.words]
    whole = frozenset(word for word in words if is_actor(word))
    return whole, tuple(word for word in words if word not in whole)


def find_predicate(text: str, begin: int = 0, end: int | None = None) -> int | None:
    """
    Where what someone does begins: the first of the wordings in small letters, as whole words.

    >>> text = "Phòng Nội vụ tham mưu UBND huyện"
    >>> text[find_predicate(text):]
    'tham mưu UBND huyện'
    >>> find_predicate("Phòng Kế hoạch tổng hợp") is None
    True
    """
    end = len(text) if end is None else min(end, len(text))
    at = begin
    while 0 <= at < end:
        if text[at].islower() and (not at or text[at - 1] in " ,)\n"):
            for wording in _predicate_words().get(word_at(text, at), ()):
                after = at + len(wording)
                if after > end or not text.startswith(wording, at):
                    continue
                if text[after : after + 1] not in " ,:;.\n":
                    continue
                before = text[begin:after].casefold()
                if not at or before[: at - begin].endswith(_NO_PREDICATE_AFTER):
                    continue
                if _begins_before(text, at, wording):
                    continue
                if text.endswith(", ", 0, at) and _is_noun(text, at):
                    break
                if names_field(text, at):
                    break
                whole, within = _named_by_work()
                if _last_of(before) not in whole and not before.endswith(within):
                    return at
                break
        at = text.find(" ", at, end) + 1 or end
    return None


@cache
def _nouns() -> tuple[str, ...]:
    return tuple(word for row in unit_rows().noun for word in row.words)


def _is_noun(text: str, at: int) -> bool:
    """Whether a noun stands at a place that begins as a predicate does: ``tổ chức, cá nhân``."""
    return any(
        text.startswith(noun, at) and not text[at + len(noun) : at + len(noun) + 1].isalpha()
        for noun in _nouns()
    )


@cache
def _fields() -> tuple[str, ...]:
    return tuple(word for row in unit_rows().field for word in row.words)


_REPORTS = (" báo", " tin", " qua")
"""What makes the second word of a field a verb's own: ``giao thông báo``."""


def names_field(text: str, at: int) -> bool:
    """Whether a field of work stands at a place: ``Ban An toàn giao thông``, no giving."""
    return any(
        text.startswith(field, at)
        and not text[at + len(field) : at + len(field) + 1].isalpha()
        and not text.startswith(_REPORTS, at + len(field))
        for field in _fields()
    )


def _last_of(names: str) -> str:
    """The last name of a list of them, without the word for several."""
    for joint in ("; ", ", ", " và ", " - ", " – "):
        names = names.rsplit(joint, 1)[-1]
    return names.strip().removeprefix("các ")


def _begins_before(text: str, at: int, wording: str) -> bool:
    """Whether the word before makes it the end of a name: ``Văn phòng Đăng ký đất đai``."""
    last = text[:at].rsplit(maxsplit=1)[-1:]
    if not last or not last[0][:1].isupper():
        return False
    first = last[0].lower()
    return f"{first} {wording}" in _predicate_words().get(first, ())
