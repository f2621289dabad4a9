"""
The letters of a page: what its bytes mean.

A page says itself how it is encoded, and the saying is often wrong: what is valid UTF-8 beyond
ASCII is UTF-8, whatever is said. Bytes in an old encoding of Vietnamese, which no page names, are
taken for the Western letters as which browsers show them (``old_letters``). Only tables that
Vietnamese pages use are known; no other name reaches Python's codecs, which have some that unpack.
"""

import regex

from tdkt_parse.exceptions import WrongEncoding
from tdkt_parse.legacy.one_byte import western
from tdkt_parse.readers.html.old_letters import is_in_old_letters
from tdkt_parse.readers.mojibake import refuse_mojibake
from tdkt_parse.readers.text.encoding import MARKS

TIMEOUT = 2.0
HEAD = 8192
MOST_BROKEN = 1000
"""Bytes among which one may be broken, in a page that says it is UTF-8."""

_SAID = regex.compile(
    rb"""(?ix) <(?:meta\b[^<>]{0,300}?charset | \?xml\b[^<>]{0,100}?encoding)
    \s*=\s*["']?\s*([a-z0-9_:.-]{2,40})"""
)
_KNOWN = {
    "utf-8": "utf-8", "utf8": "utf-8", "unicode": "utf-8", "utf-16": "utf-8", "us-ascii": "utf-8",
    "ascii": "utf-8", "windows-1258": "cp1258", "cp1258": "cp1258", "x-cp1258": "cp1258",
    "windows-1252": "cp1252", "cp1252": "cp1252", "iso-8859-1": "cp1252", "latin1": "cp1252",
}  # fmt: skip
"""Names as pages write them. What says in ASCII that it is UTF-16 is UTF-8 (HTML, 13.2.3)."""

_TONES = regex.compile(
    rb"[A-Za-z\xc2\xca\xd4\xe2\xea\xf4\xe3\xc3\xf5\xd5\xfd\xdd][\xcc\xec\xd2\xf2\xde]"
)
"""A vowel of Windows-1258 and a tone behind it."""


def decode(data: bytes, said: str | None = None) -> tuple[str, int]:
    """
    The text of a page and how many of its bytes are broken.

    ``said``: the encoding that a part of an archive names. Raises ``WrongEncoding`` for what is in
    no table that is known.
    """
    marked = next((name for mark, name in MARKS if data.startswith(mark)), None)
    marked = marked or _wide(data)
    if marked is not None:
        text = data.decode(marked, "replace")
        broken = text.count("\ufffd")
        if broken * MOST_BROKEN > len(text):
            raise _unknown(marked)
        return text, broken
    named = _said(data[:HEAD]) or said
    table = _KNOWN.get((named or "").strip("\"' ").lower())
    try:
        return data.decode("utf-8"), 0
    except UnicodeDecodeError:
        pass
    shown = western(data)
    if table in ("cp1258", "cp1252"):
        text = shown if is_in_old_letters(shown) else data.decode(table, "replace")
        return text, text.count("\ufffd")
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count("\ufffd".encode())
    if broken * MOST_BROKEN <= len(data) or (table == "utf-8" and broken * 100 <= len(data)):
        return text, broken
    if is_in_old_letters(shown):
        return shown, 0
    tones = len(_TONES.findall(data[:200_000], timeout=TIMEOUT))
    if table is None and tones * 50 > len(data[:200_000]) / 4:
        text = data.decode("cp1258", "replace")
        refuse_mojibake(text)
        return text, text.count("\ufffd")
    raise _unknown(named)


def _said(head: bytes) -> str | None:
    found = _SAID.search(head, timeout=TIMEOUT)
    return found.group(1).decode("ascii") if found else None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: a page begins with ASCII, so half of its first bytes are zeros."""
    head = data[:64]
    if b"\x00" not in head or len(head) < 4:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) // 3 and not even:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) // 3 and not odd else None


def _unknown(named: str | None) -> WrongEncoding:
    said = f", though it says {named}" if named else " and does not say what it is in"
    return WrongEncoding(
        f"The page is not in Unicode{said}.",
        hint="Open it in a browser and save it again, or save its text as UTF-8 (Unicode).",
    )
