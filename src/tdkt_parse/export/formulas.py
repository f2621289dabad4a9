"""
Cells of CSV that no sheet program takes for a formula, and the way back.

Excel, LibreOffice and others run what begins with ``=``, ``+``, ``-`` or ``@``, quoted or not, and
some cut blanks, tabs and line breaks off before they look (OWASP, CSV Injection). Here such cells
are ordinary: ``- UBND xã`` is an item of a list. So one apostrophe is put before them, and after a
``;``, tab or line break inside a cell where such a sign follows, since a program that separates
columns by those begins a cell there. Nothing else is changed: what was put can be taken out again
to the character, for any text.
"""

import regex

from tdkt_parse.normalise import TIMEOUT

_BLANK = r"\s\p{Cc}\p{Cf};'"
_SIGN = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212"
"""With the signs of other widths, which some programs take for the plain ones."""
_BEFORE_SIGN = regex.compile(rf"(?<![{_BLANK}])([{_BLANK}]*+)[{_SIGN}]")
_BREAKS = ";\t\r\n"


def guard(text: str) -> str:
    r"""
    The text with an apostrophe wherever a cell with a formula could begin.

    >>> guard("=1+1"), guard("- UBND xã"), guard("Số 3/KH-UBND"), guard("xong; =cmd|' /C calc'!A0")
    ("'=1+1", "'- UBND xã", 'Số 3/KH-UBND', "xong;' =cmd|' /C calc'!A0")
    """
    return _edited(text, put=True)


def unguard(text: str) -> str:
    """
    The text that :func:`guard` was given.

    >>> unguard("'=1+1"), unguard("'nháy'"), unguard(guard("'=1+1"))
    ('=1+1', "'nháy'", "'=1+1")
    """
    return _edited(text, put=False)


def _edited(text: str, *, put: bool) -> str:
    """
    One apostrophe more or less at each place.

    The places are the same before and after: an apostrophe is among what may stand before a sign.
    """
    parts: list[str] = []
    done = 0
    for at in _places(text):
        parts.append(text[done:at])
        done = at
        if put:
            parts.append("'")
        elif text[at : at + 1] == "'":
            done += 1
    return "".join((*parts, text[done:])) if parts else text


def _places(text: str) -> list[int]:
    """Where a program may begin a cell that is a formula, or that begins with a break."""
    places = {0} if text.lstrip("'")[:1] in {"\t", "\r", "\n"} else set()
    for match in _BEFORE_SIGN.finditer(text, timeout=TIMEOUT):
        begin, end = match.span(1)
        if begin == 0:
            places.add(0)
        last = max(text.rfind(sign, begin, end) for sign in _BREAKS)
        if last >= 0:
            places.add(last + 1)
    return sorted(places)
