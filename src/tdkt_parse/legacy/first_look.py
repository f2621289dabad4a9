"""
Whether a text may be in an old encoding at all.

Nearly every text is asked and nearly none is old, so that the question costs next to nothing:
whether a character stands in it that Vietnamese in Unicode hardly has.
"""

import regex

from tdkt_parse.legacy.decoding import TIMEOUT

_ORDINARY = (
    bytes([*range(0x20, 0x7F)]).decode()
    + "\t\n\r\x0b\x0c\x7f\u00a0áàâãéèêùúõìíòóôýÁÀÂÃÉÈÊÙÚÕÌÍÒÓÔÝ“”‘’–—…•"
).encode("cp1252")
"""What Vietnamese in Unicode has of Windows-1252. The rest is in every text of an old encoding of
some length, though VNI has many of these letters too: in a short one a vowel before is the sign."""
SHORT = 400
"""Characters of a text in which every sign of an old encoding is looked for."""
LONG = 4_000
"""Characters."""
_HEAD = 1_000
_PAIRS = regex.compile(
    "[aA][áàâãéèêùúõÁÀÂÃÉÈÊÙÚÕìòÌÒ]|[eE][áàâãùõìòÁÀÂÃÙÕÌÒ]|[oO][âùõìÂÙÕÌ]|[uUyY][ùõìòÙÕÌÒ]"
    "|[ôõýÔÕÝ][ùõìòÙÕÌÒ]|[iI][ìÌ]|[êâÊÂ][ìòÌÒ]"
)
_TYPED = regex.compile(
    r"[\^~`+(](?<=[aeoAEO]\^|[oOuU]\+|[aeiouyAEIOUY][~`]|[aA]\()(?=[`'?~.+\w]|$|\s)"
)


def has_old_signs(text: str) -> bool:
    """Whether a text has letters of Latin-1 that Vietnamese in Unicode has not; the quickest."""
    return not text.isascii() and bool(text.encode("latin-1", "ignore").translate(None, _ORDINARY))


def may_be_legacy(text: str) -> bool:
    """
    Whether a text has signs of an old encoding at all; nearly all have none.

    >>> may_be_legacy("Căn cứ Luật"), may_be_legacy("C¨n cø LuËt"), may_be_legacy("Coäng")
    (False, True, True)
    """
    if len(text) > LONG and has_old_signs(text[:_HEAD]):
        return True
    if not text.isascii() or not text.isprintable():
        # Two steps without a look at each letter: a search would take ten times as long.
        shown = text.encode("cp1252" if len(text) < SHORT else "latin-1", "ignore")
        if shown.translate(None, _ORDINARY):
            return True
        if len(text) < SHORT and not text.isascii() and _PAIRS.search(text, timeout=TIMEOUT):
            return True
    return may_be_typed(text)


def has_signs(line: str) -> bool:
    """The same of a line of a long text, in which there is more than the signs of short ones."""
    return has_old_signs(line) or not line.isprintable() or may_be_typed(line)


def may_be_typed(text: str) -> bool:
    """Whether a text has a vowel with the signs that VIQR puts behind it."""
    if "^" not in text and (len(text) >= SHORT or not ("`" in text or "~" in text or "+" in text)):
        return False
    return _TYPED.search(text, timeout=TIMEOUT) is not None
