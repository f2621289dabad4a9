"""
Signs that OCR made of one, or of nothing: ``TĐÐKT``, ``phòng —- Thống kê``, ``'TT``.

The Latin letter eth (U+00D0) is no Vietnamese one, so beside a Đ both are that Đ read twice. No
plan is written with a dash as long as an em; two dashes side by side are one. An apostrophe or an
accent with no second one on its line is a speck at the edge of a word. A round figure before *tháng
đầu năm* is the six of a half-year, a six and a G before *tháng* are one six. The slash of a date is
read twice, and so is the hook of *uỷ*: no syllable has two. A bracket that closes behind capitals
and was not opened is a piece of the D before it: ``UBND)``. Of organs in symbols some are read so
often that they are told: ``CT/IW``. No Vietnamese word has an n with a tilde: ``Ñgô``.
"""

from collections.abc import Iterator, Sequence

import regex

from tdkt_parse.layout import Repair
from tdkt_parse.repair.tokens import Slice
from tdkt_parse.syllables import is_syllable

TIMEOUT = 2.0
RULE = "ocr_sign"

_TWICE = regex.compile(r"ĐÐ|ÐĐ|đð|ðđ|ÐÐ|ðð")
_DASH = regex.compile(r"(?<=\p{L} )(?:—-?|[–-]—|–-|-–|——)(?= ?\p{Lu})|(?<=\p{L})[–-]?—(?= ?\p{Lu})")
_SPECK = regex.compile(
    r"(?<![\p{L}\p{N}])['´`‘’](?P<letter>\p{L})|(?P<letter>[\p{L}\p{N}])['´`‘’](?![\p{L}\p{N}])"
)
_MARKS = frozenset("'´`‘’")
_SIX = regex.compile(r"(?<![\p{L}\p{N}])[§óÓ](?=\s(?i:tháng\s(?:đầu|cuối)\s(?:năm|nhiệm\ kỳ))\b)")
_SIX_TWICE = regex.compile(r"(?<![\p{L}\p{N}/.-])6G(?=\stháng\s(?:\d|đầu|cuối))")
_SLASHES = regex.compile(
    r"(?<=[IVX\d])[/⁄]{2}(?=(?:19|20)\d\d(?!\d))"
    r"|(?<=(?<![/⁄.\d])\d{1,2})[/⁄]{2}(?=\d{1,2}[/⁄]{1,2}(?:19|20)\d\d(?!\d))"
)
_HOOKS = regex.compile(r"(?P<letter>[Ủủ])[ỷỶ](?=\s)")
_BRACKET = regex.compile(r"(?<=(?<!\([^()]{0,60})\p{Lu}{3})\)(?=\s\p{Ll})")
_ORGANS = {
    "IW": "TW",
    "TVW": "TW",
    "ITW": "TW",
    "MLIW": "MTTW",
    "MTIW": "MTTW",
    "MIIW": "MTTW",
    "HDĐND": "HĐND",
}
_ORGAN = regex.compile(rf"(?<=[-–/⁄]\s?)(?:{'|'.join(_ORGANS)})(?![\p{{L}}\p{{N}}])")
_BULLET = regex.compile(r"¬(?=\s\p{L})|[»›°¢®©øse](?=\s\p{Lu}\p{Ll})")
"""
The sign for *not*, which stands in no plan, is a hyphen with a speck under it; a quotation mark or
a letter that is no word, before a sentence, is a dot.
"""
_TILDE = regex.compile(r"(?<!\p{L})(?P<letter>[Ññ])(?P<rest>\p{L}+)")
_STOP = regex.compile(r"[.,·](?P<letter>\p{Lu})(?=\p{Lu})")


def find_signs(text: str, slices: Sequence[Slice]) -> Iterator[Repair]:
    """The repairs of one line; ``text`` is the document's as read."""
    for one in slices:
        raw = text[one.start : one.place(len(one.text) - 1, len(one.text))[1]]
        for found in _TWICE.finditer(raw, timeout=TIMEOUT):
            put = "Đ" if found.group().isupper() else "đ"
            yield Repair(one.start + found.start(), one.start + found.end(), put, RULE)
        for found in _DASH.finditer(raw, timeout=TIMEOUT):
            yield Repair(one.start + found.start(), one.start + found.end(), "–", RULE)
    marks = sum(sign in _MARKS for one in slices for sign in one.text)
    if marks == 1:
        for one in slices:
            for found in _SPECK.finditer(one.text, timeout=TIMEOUT):
                yield Repair(*one.place(*found.span()), found["letter"], RULE)
    for one in slices:
        for found in _SLASHES.finditer(one.text, timeout=TIMEOUT):
            yield Repair(*one.place(*found.span()), "/", RULE)
        for found in _BRACKET.finditer(one.text, timeout=TIMEOUT):
            yield Repair(*one.place(*found.span()), "", RULE)
        for found in _ORGAN.finditer(one.text, timeout=TIMEOUT):
            yield Repair(*one.place(*found.span()), _ORGANS[found.group()], RULE)
        for found in _HOOKS.finditer(one.text, timeout=TIMEOUT):
            put = ("U" if found["letter"].isupper() else "u") + found.group()[1]
            yield Repair(*one.place(*found.span()), put, RULE)
        for found in _TILDE.finditer(one.text, timeout=TIMEOUT):
            put = "N" if found["letter"] == "Ñ" else "n"
            if is_syllable(put + found["rest"]):
                yield Repair(*one.place(*found.span("letter")), put, RULE)
        for found in _SIX_TWICE.finditer(one.text, timeout=TIMEOUT):
            yield Repair(*one.place(*found.span()), "6", RULE)
        for found in _SIX.finditer(one.text, timeout=TIMEOUT):
            yield Repair(*one.place(*found.span()), "6", RULE)
    if slices:
        first = slices[0]
        bullet = _BULLET.match(first.text, timeout=TIMEOUT)
        if bullet:
            sign = "-" if bullet.group() == "¬" else "•"
            yield Repair(*first.place(*bullet.span()), sign, RULE)
        stop = _STOP.match(first.text, timeout=TIMEOUT)
        if stop:
            yield Repair(*first.place(*stop.span()), stop["letter"], RULE)
