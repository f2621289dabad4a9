"""
Text that was decoded wrongly: the letters of one table read by another.

TCVN3 and VNI shown as Western letters, UTF-8 taken for Windows-1252, question marks where
Vietnamese letters were: each has signs that Vietnamese in Unicode hardly has.
"""

import regex

from tdkt_parse.exceptions import WrongEncoding

TIMEOUT = 5.0

_DOUBLE_ENCODED = regex.compile(
    "á[»º][\\S]|Ã[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¡-¿]|Ä[\u0090\u0091‘’]|Æ[°¡\u00af]"
)
_TCVN3 = regex.compile("[®§][\\p{L}µ¸¶·¹]|[\\p{L}][µ¸¶·¹¨©ª«¬­®]|[µ¸¶·¹][\\p{L}\\s]")
_VNI = regex.compile("(?i)[aeouơư][ùøûõïäàáåâãéèêëòóôöìíîðñüú]\\b|öô|öù|aâ|eâ|oâ")
_VIETNAMESE = regex.compile(
    "[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹĂĐƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰ]"
)


_FOREIGN = "»®µ¸¶¹øûäïëöðþÞ©¬ª«¨§ñüîÿçÆÄÅ¼½¾¿¡£¥€‰†‡™¯¢\ufffd"
"""Letters and signs that Vietnamese in Unicode hardly has, and a wrong decoding is full of."""
_LOST = regex.compile(r"\p{L}\?+\p{L}|\s\?\p{L}")


def refuse_mojibake(text: str) -> None:
    """Raise ``WrongEncoding`` for text whose letters were read by the wrong table."""
    sample = text[:200_000]
    signs = set("".join(set(sample.split(" "))))  # Words come again: it is fewer letters.
    foreign = sum(map(sample.count, signs.intersection(_FOREIGN)))
    if max(signs, default="") > "\u2e80":
        foreign += sum("\u2e80" < sign < "\ue000" for sign in sample)
    lost = _count(_LOST, sample) if sample.count("?") > 2 else 0
    if max(foreign, lost) <= 2:
        return
    letters = sum(map(str.isalpha, sample))
    if max(foreign, lost) <= 2 + letters / 200:
        return
    if _count(_DOUBLE_ENCODED, sample) > max(5, letters / 50):
        raise WrongEncoding(
            "The text was decoded wrongly before it was saved (UTF-8 taken for Windows-1252).",
            hint="Save it again from the original as UTF-8.",
        )
    good = _count(_VIETNAMESE, sample)
    for name, signs in (("TCVN3 (ABC, fonts .VnTime)", _TCVN3), ("VNI", _VNI)):
        if _count(signs, sample) > max(5, letters / 20, good):
            raise WrongEncoding(
                f"The text is in the old {name} encoding, shown as Western letters.",
                hint="Convert it to Unicode first, for example with UniKey (Ctrl+Shift+F6).",
            )
    if max(foreign, lost) > max(2, letters / 50, good / 2):
        raise WrongEncoding(
            "The text was decoded wrongly before it was saved: letters of other languages, or "
            "question marks, stand where Vietnamese letters were.",
            hint="Save it again from the original as UTF-8 (Unicode).",
        )


def _count(pattern: regex.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text, timeout=TIMEOUT))
