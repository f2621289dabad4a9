"""
What stands in every list of recipients, misread: ``(b/€)``, ``Lưu: VI, TCCB``.

Beside a slash a small c is read as many things, or not at all; a document is kept by the clerks
(*văn thư*) of whoever made it, and no other letters begin with a V and a stroke there.
"""

from collections.abc import Iterator, Sequence

import regex

from tdkt_parse.layout import Repair
from tdkt_parse.repair.tokens import Slice

TIMEOUT = 2.0
RULE = "ocr_remark"

_TO_REPORT = regex.compile(
    r"\((?P<for>[đdĐ][ểếêềeẻ]\s)?b\s?(?:[/⁄]\s?[c€eo©œ¢]?|[íìï1lI|]\s?[c€©¢])\)"
)
_KEPT = regex.compile(r"(?<=^\W{0,4}Lưu\s?[:.,]?\s?)(?P<clerks>V[I1l|ÏÍÌỊÎ]|v[T])(?=[,.;:]|\s*$)")

_COLON = regex.compile(r"(?<=^\W{0,4}Lưu)[.,](?=\s?V[TP][,.;])")


def find_remarks(slices: Sequence[Slice]) -> Iterator[Repair]:
    """The repairs of one line."""
    for one in slices:
        for found in _TO_REPORT.finditer(one.text, timeout=TIMEOUT):
            put = "(để b/c)" if found["for"] else "(b/c)"
            if found.group() != put:
                yield Repair(*one.place(*found.span()), put, RULE)
        colon = _COLON.search(one.text, timeout=TIMEOUT)
        if colon:
            yield Repair(*one.place(*colon.span()), ":", RULE)
        kept = _KEPT.search(one.text, timeout=TIMEOUT)
        if kept:
            yield Repair(*one.place(*kept.span("clerks")), "VT", RULE)
