"""
The name of an instrument as a URN: ``urn:lex:vn:quoc.hoi:luat:2022-06-15;06-2022-qh15``.

RFC 9676: country, authority, type and details (day of issue; number), in small letters without
marks, words joined by full stops, and a hyphen for the slash of a number (sections 4 and 5).
"""

import unicodedata
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=4096)
def urn_lex(kind: str, number: str, issuer: str | None, issued: date | None) -> str | None:
    """
    The URN of an instrument; ``None`` while its issuer or its day of issue is not known.

    >>> urn_lex("Nghị định", "98/2023/NĐ-CP", "Chính phủ", date(2023, 12, 31))
    'urn:lex:vn:chinh.phu:nghi.dinh:2023-12-31;98-2023-nd-cp'
    >>> urn_lex("Nghị định", "98/2023/NĐ-CP", "Chính phủ", None)
    """
    if not issuer or not issued:
        return None
    return f"urn:lex:vn:{_dotted(issuer)}:{_dotted(kind)}:{issued.isoformat()};{_plain(number)}"


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
