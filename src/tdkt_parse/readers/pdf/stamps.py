"""
What a digital signature prints on a page: who signed, for whom, when; and what it fills in.

The programs of the Government's certificate office print ``Người ký: … Email: … Thời gian ký: …``
in the appearance of the signature's field. The number and the day of a document, which are given
when it is signed, are printed so too, and are part of the text.
"""

from collections import Counter
from collections.abc import Sequence

import regex

from tdkt_parse.readers.pdf.glyphs import STAMP, TIMEOUT, Glyphs, read_words
from tdkt_parse.readers.pdf.pdfium import Handle, Pdf, Shape, api, open_page, open_text
from tdkt_parse.readers.pdf.rows import find_rows

SMALL = 11.0
"""Points: the type of stamps is smaller."""
MOST_FIELDS = 200
"""Annotations of a page above which they are not looked at."""

_FILLED_IN = regex.compile(r"\d{1,5}[a-z]?")
_CAPTION = regex.compile(
    r"(?:(?:Được\s)?[Kk]ý\s(?:số\s)?bởi|Người ký|Chữ ký số|Ký ngày|Ngày ký|Thời gian ký|Email"
    r"|Cơ quan|Tổ chức|Signed by|Digitally signed by|Signing time|Date|Reason|Location)\s?:.*"
    r"|Signature [Vv]alid|Digitally signed by.*",
)
_SIGNER = regex.compile(
    r"(?:(?:Được )?[Kk]ý (?:số )?bởi|Người ký|(?:Digitally s|S)igned by)\s?:?\s*(.+)"
)


def words_of_fields(
    pdf: Pdf, index: int, page: Handle, shape: Shape, words: Sequence[Glyphs]
) -> list[Glyphs]:
    """
    The words that the fields of a page print above its own; ``words`` are those.

    The fields are made part of the page, in memory; what is there then and was not before is
    theirs.
    """
    say = api()
    if not 0 < say.FPDFPage_GetAnnotCount(page) <= MOST_FIELDS:
        return []
    if say.FPDFPage_Flatten(page, 0) != 1:
        return []
    with open_page(pdf, index) as flat:
        if not flat:
            return []
        with open_text(flat) as text:
            both = read_words(pdf, text, shape) if text else []
    known = Counter((word.text, round(word.x0), round(word.y0)) for word in words)
    found: list[Glyphs] = []
    for word in both:
        place = word.text, round(word.x0), round(word.y0)
        if known[place]:
            known[place] -= 1
        else:
            found.append(word)
    return [word for line in find_rows(found) for word in _told(line)]


def _told(line: Sequence[Sequence[Glyphs]]) -> list[Glyphs]:
    """The words of a row, as part of the text if they only fill in a number."""
    words = [word for segment in line for word in segment]
    if all(_FILLED_IN.fullmatch(word.text, timeout=TIMEOUT) for word in words):
        return words
    return [word._replace(look=word.look | STAMP) for word in words]


def mark_printed(words: Sequence[Glyphs]) -> list[Glyphs]:
    """Words, those of a stamp that is part of the page told so; it has two captions at least."""
    small = [w for w in words if w.size < SMALL and (w.text[-1] == ":" or w.text == "Signature")]
    if len(small) < 2:
        return list(words)
    said = [
        segment
        for line in find_rows([word for word in words if not word.look & STAMP])
        for segment in line
        if _CAPTION.fullmatch(" ".join(word.text for word in segment), timeout=TIMEOUT)
        and segment[0].size < SMALL
    ]
    if len(said) < 2:
        return list(words)
    theirs = {id(word) for segment in said for word in segment}
    return [w._replace(look=w.look | STAMP) if id(w) in theirs else w for w in words]


def signer_in(text: str) -> str | None:
    """
    Who signed, by a row of a stamp.

    >>> signer_in("Người ký: CỔNG THÔNG TIN ĐIỆN TỬ"), signer_in("Email: a@b.vn")
    ('CỔNG THÔNG TIN ĐIỆN TỬ', None)
    """
    found = _SIGNER.fullmatch(text, timeout=TIMEOUT)
    return found.group(1).strip() if found else None
