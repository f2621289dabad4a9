"""
The name of an instrument as a URN: ``urn:lex:vn:quoc.hoi:luat:2022-06-15;06-2022-qh15``.

RFC 9676: country, authority, type and details (day of issue; number), in small letters without
marks, words joined by full stops, authorities by a plus, and a hyphen for the slash of a number
(sections 4 and 5). Acronyms of organs are written out, so that an instrument has one name however
its issuer is written.
"""

import unicodedata
from datetime import date
from functools import lru_cache

import regex

_WRITTEN_OUT = {"ubnd": "uy.ban.nhan.dan", "hdnd": "hoi.dong.nhan.dan"}
_BETWEEN = regex.compile(r"\s*;\s*|(?:\s+-|,)\s+(?=Bộ\s)")
"""What stands between the names of several issuers; *Bộ Lao động - Thương binh …* is one."""


@lru_cache(maxsize=4096)
def urn_lex(kind: str, number: str, issuer: str | None, issued: date | None) -> str | None:
    """
    The URN of an instrument; ``None`` while its type, issuer or day of issue is not known.

    >>> urn_lex("Nghị định", "98/2023/NĐ-CP", "Chính phủ", date(2023, 12, 31))
    'urn:lex:vn:chinh.phu:nghi.dinh:2023-12-31;98-2023-nd-cp'
    >>> urn_lex("Nghị định", "98/2023/NĐ-CP", "Chính phủ", None)
    >>> urn_lex("Quyết định", "5/QĐ-UBND", "UBND xã Tân Lập", date(2024, 1, 2))
    'urn:lex:vn:uy.ban.nhan.dan.xa.tan.lap:quyet.dinh:2024-01-02;5-qd-ubnd'
    """
    composed = unicodedata.normalize("NFC", issuer or "")
    organs = list(filter(None, map(_organ, regex.split(_BETWEEN, composed, timeout=2))))
    type_ = _dotted(kind)
    if not organs or not type_ or not issued:
        return None
    return f"urn:lex:vn:{'+'.join(organs)}:{type_}:{issued.isoformat()};{_plain(number)}"


def _organ(name: str) -> str:
    return ".".join(_WRITTEN_OUT.get(word, word) for word in _dotted(name).split("."))


def _dotted(name: str) -> str:
    return ".".join(filter(None, _plain(name, ".").replace("-", ".").split(".")))


def _plain(text: str, space: str = "-") -> str:
    """Small letters without marks, and ``space`` for all that is neither letter nor digit."""
    folded = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    kept = (
        c if c.isascii() and c.isalnum() else "-" if c == "/" else space
        for c in folded
        if not unicodedata.combining(c)
    )
    return "".join(kept).replace("/", "-")
