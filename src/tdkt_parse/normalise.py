"""
Repairs of text.

A fixer replaces what its pattern finds. Each change is local, so the way back from repaired to
read characters is known exactly: :func:`fix_aligned` returns it. Nothing here knows of plans.

What is guaranteed after :func:`fix`:

1. the text is in Unicode's composed form (NFC), cluster by cluster;
2. Đ and đ are the Vietnamese letters, never the Icelandic or African look-alikes;
3. no control, zero-width or soft-hyphen characters;
4. white space is single U+0020 between words, none at either end;
5. the slash is U+002F, the hyphen U+002D;
6. letters, figures and signs are those of one width, a Roman numeral is letters.

:func:`fix` is idempotent.
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import regex

TIMEOUT = 5.0
"""Seconds any one search over document text may take."""


Change = tuple[int, int, str]
"""A range of a text, and what is put there."""


class Fixer(NamedTuple):
    """One repair: its name, what it finds, what it puts there."""

    name: str
    pattern: regex.Pattern[str]
    replace: Callable[[str], str]


def compose(cluster: str) -> str:
    """
    Put letters and their marks together (NFC).

    Word on macOS and some scanners write a letter and its marks apart; both look the same.

    >>> compose("e\\u0302\\u0301") == "ế"
    True
    """
    return unicodedata.normalize("NFC", cluster)


def latin_d(letter: str) -> str:
    """
    Put the Vietnamese Đ where a font or an OCR engine gave the Icelandic or African one.

    They look alike in print, but ``N\\u00d0-CP`` is in no table.

    >>> latin_d("\\u00d0")
    'Đ'
    """
    return "đ" if letter == "\u00f0" else "Đ"


def of_one_width(letters: str) -> str:
    """
    Put ordinary letters, figures and signs for the wide ones of East Asian fonts.

    They come with a keyboard or a font of those languages, and with Roman numerals that are picked
    from a table of signs.

    >>> of_one_width("\u2162"), of_one_width("\uff1a"), of_one_width("\uff11\uff12")
    ('III', ':', '12')
    """
    return unicodedata.normalize("NFKC", letters)


FIXERS: tuple[Fixer, ...] = (
    Fixer("invisible", regex.compile(r"(?:\p{Cf}|\p{Cs}|(?!\s)\p{Cc})+"), lambda _: ""),
    Fixer("compose", regex.compile(r"\X"), compose),
    Fixer("latin_d", regex.compile("[\u00d0\u00f0\u0189]"), latin_d),
    Fixer("solidus", regex.compile("[\u2044\u2215]"), lambda _: "/"),
    Fixer("hyphen", regex.compile("[\u2010\u2011\u2212\ufe63]"), lambda _: "-"),
    Fixer("width", regex.compile("[\u2160-\u217f\uff01-\uff5e]+"), of_one_width),
    Fixer("space", regex.compile(r"\s+"), lambda _: " "),
)
"""The repairs of a passage, in order."""

_LOOK_ALIKES = "\u00d0\u00f0\u0189\u2044\u2215\u2010\u2212"
_WIDE = regex.compile("[\u2011\ufe63\u2160-\u217f\uff01-\uff5e]")
"""What Unicode itself holds for another form of ordinary characters (NFKC)."""


def _has_look_alike(text: str) -> bool:
    """A few quick searches: a set would look at every letter of the text."""
    for letter in _LOOK_ALIKES:
        if letter in text:
            return True
    if unicodedata.is_normalized("NFKC", text):
        return False
    return _WIDE.search(text, timeout=TIMEOUT) is not None


def is_clean(text: str) -> bool:
    """Whether the text needs no repair at all; most lines do not."""
    if text.isascii():
        return text.isprintable() and "  " not in text and text.strip() == text
    return (
        text.isprintable()
        and unicodedata.is_normalized("NFC", text)
        and "  " not in text
        and text.strip() == text
        and not _has_look_alike(text)
    )


def fix_aligned(text: str, changes: Sequence[Change] = ()) -> tuple[str, list[int] | None]:
    """
    The repaired text, and for each of its characters the index in ``text`` it stands for.

    ``changes`` are repairs that somebody who knows more than letters found, in order; they are
    made first.

    The list has one more entry than the text has characters, the end; ``None`` means that nothing
    changed. White space at the ends is cut.
    """
    if not changes and is_clean(text):
        return text, None
    origin = list(range(len(text) + 1))
    if changes:
        text, origin = _changed(text, origin, changes)
    for fixer in FIXERS:
        if not _may_need(fixer.name, text):
            continue
        text, origin = _apply(fixer, text, origin)
    begin = len(text) - len(text.lstrip(" "))
    end = len(text.rstrip(" "))
    return text[begin:end], [*origin[begin:end], origin[end] if end > begin else origin[begin]]


def _may_need(name: str, text: str) -> bool:
    """Whether a fixer can find anything, by a test that costs next to nothing."""
    match name:
        case "compose":
            return not unicodedata.is_normalized("NFC", text)
        case "latin_d" | "solidus" | "hyphen" | "width":
            return _has_look_alike(text)
        case "invisible":
            return not text.replace("\t", " ").replace("\n", " ").isprintable()
        case _:
            return True


def _apply(fixer: Fixer, text: str, origin: list[int]) -> tuple[str, list[int]]:
    found = list(fixer.pattern.finditer(text, timeout=TIMEOUT))
    changes = ((*match.span(), fixer.replace(match.group())) for match in found)
    return _changed(text, origin, changes)


def _changed(text: str, origin: list[int], changes: Iterable[Change]) -> tuple[str, list[int]]:
    parts: list[str] = []
    index: list[int] = []
    at = 0
    for start, end, put in changes:
        if put == text[start:end]:
            continue
        parts += (text[at:start], put)
        index += origin[at:start]
        index += [origin[start + min(k, end - start - 1)] for k in range(len(put))]
        at = end
    if not at:
        return text, origin
    parts.append(text[at:])
    index += origin[at:]
    return "".join(parts), index


def fix(text: str) -> str:
    """
    The repaired text alone.

    >>> fix("98\\u20442023/N\\u00d0\\u00a0- CP ")
    '98/2023/NĐ - CP'
    """
    return fix_aligned(text)[0]
