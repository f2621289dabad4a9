"""
What a digital signature prints on a page: who signed, for whom, when; and what it fills in.

The programs of the Government's certificate office print ``Người ký: … Email: … Thời gian ký: …``
in the appearance of the signature's field. The number and the day of a document, which are given
when it is signed, are printed so too, and are part of the text.
"""

from array import array
from collections import Counter

import regex

from tdkt_parse.readers.pdf.glyphs import STAMP, TIMEOUT, Glyphs, PageWords, read_words
from tdkt_parse.readers.pdf.pdfium import Handle, Pdf, Shape, api, open_page, open_text
from tdkt_parse.readers.pdf.rows import find_rows

SMALL = 11.0
"""Points: the type of stamps is smaller."""
MOST_FIELDS = 200
"""Annotations of a page above which they are not looked at."""

_FILLED_IN = regex.compile(
    r"\d{1,5}[a-z]?(?:\s\d{1,4})*(?:\s?/(?:(?:19|20)\d\d/)?\p{Lu}[\p{Lu}\d&-]*(?:\s?-\s?\p{Lu}[\p{Lu}\d&-]*)*)?"
    r"|(?:\p{Lu}[\p{L} ]*,\s)?ngày\s\d{1,2}\stháng\s\d{1,2}\snăm\s\d{4}"
)
_SIGNED = regex.compile(r"(?:[Kk]ý|[Ss]ign)")
REACH = 60.0
"""Points from what says that something was signed to the rest of its stamp."""
_CAPTION = regex.compile(
    r"(?:(?:Được\s)?[Kk]ý\s(?:số\s)?bởi|Người ký|Chữ ký số|Ký ngày|Ngày ký|Thời gian ký|Email"
    r"|Cơ quan|Tổ chức|Signed by|Digitally signed by|Signing time|Date|Reason|Location)\s?:.*"
    r"|Signature [Vv]alid|Digitally signed by.*",
)
_SIGNER = regex.compile(
    r"(?:(?:Được )?[Kk]ý (?:số )?bởi|Người ký|(?:Digitally s|S)igned by)\s?:?\s*(.+)"
)


def add_words_of_fields(
    pdf: Pdf, index: int, page: Handle, shape: Shape, words: PageWords, *, signed: bool
) -> None:
    """
    Put the words that the fields of a page, and what is typed on it, print above its own to those.

    They are made part of the page, in memory; what is there then and was not before is theirs. In a
    file that is ``signed`` they are a stamp's, but for a number or a day.
    """
    say = api()
    if not _has_fields(page) or say.FPDFPage_Flatten(page, 0) != 1:
        return
    with open_page(pdf, index) as flat:
        if not flat:
            return
        with open_text(flat) as text:
            both = read_words(pdf, text, shape, words.turn) if text else PageWords()
    known = Counter(_place(words, k) for k in range(len(words)))
    found: list[int] = []
    for k in range(len(both)):
        place = _place(both, k)
        if known[place]:
            known[place] -= 1
        else:
            found.append(k)
    lines = [(line, " ".join(t for s in line for t in s.texts)) for line in find_rows(both, found)]
    stamped = signed or any(_CAPTION.fullmatch(said, timeout=TIMEOUT) for _, said in lines)
    for line, said in lines:
        filled_in = not stamped or _FILLED_IN.fullmatch(said, timeout=TIMEOUT)
        words.breaks.append(len(words))
        for segment in line:
            for printed, x0, x1 in zip(segment.texts, segment.lefts, segment.rights, strict=True):
                look = segment.look | (0 if filled_in else STAMP)
                words.put(Glyphs(x0, segment.y0, x1, segment.y1, segment.size, look, printed))


def _has_fields(page: Handle) -> bool:
    """Whether a page has fields or typed words, and not so many that it was made to do harm."""
    say = api()
    count = say.FPDFPage_GetAnnotCount(page)
    return 0 < count <= MOST_FIELDS and any(_is_field(page, k) for k in range(count))


_FREE_TEXT, _WIDGET = 3, 20
_RECT = array("f", bytes(16))


def _is_field(page: Handle, index: int) -> bool:
    say = api()
    annotation = say.FPDFPage_GetAnnot(page, index)
    if not annotation:
        return False
    try:
        if say.FPDFAnnot_GetSubtype(annotation) not in (_FREE_TEXT, _WIDGET):
            return False
        known = say.FPDFAnnot_GetRect(annotation, _RECT.buffer_info()[0])
        left, top, right, bottom = _RECT
        return bool(known) and right > left and top != bottom
    finally:
        say.FPDFPage_CloseAnnot(annotation)


def _place(words: PageWords, index: int) -> tuple[str, int, int]:
    return words.texts[index], round(words.lefts[index]), round(words.tops[index])


def tell_printed(words: PageWords) -> None:
    """Tell of the words of a stamp that is part of the page; it has two captions at least."""
    if min(words.sizes, default=SMALL) >= SMALL:
        return
    small = [
        k
        for k, text in enumerate(words.texts)
        if words.sizes[k] < SMALL and (text[-1] == ":" or text == "Signature")
    ]
    if len(small) < 2:
        return
    rest = [k for k, look in enumerate(words.looks) if not look & STAMP]
    said = [
        segment
        for line in find_rows(words, rest)
        for segment in line
        if segment.size < SMALL and _CAPTION.fullmatch(" ".join(segment.texts), timeout=TIMEOUT)
    ]
    signs = [s for s in said if _SIGNED.search(" ".join(s.texts), timeout=TIMEOUT)]
    said = [
        segment
        for segment in said
        if any(
            abs(segment.y0 - sign.y0) < REACH and segment.x0 < sign.x1 and sign.x0 < segment.x1
            for sign in signs
        )
    ]
    if len(said) < 2:
        return
    theirs = {
        (text, left)
        for segment in said
        for text, left in zip(segment.texts, segment.lefts, strict=True)
    }
    for k in rest:
        if (words.texts[k], words.lefts[k]) in theirs:
            words.looks[k] |= STAMP


def signer_in(text: str) -> str | None:
    """
    Who signed, by a row of a stamp.

    >>> signer_in("Người ký: CỔNG THÔNG TIN ĐIỆN TỬ"), signer_in("Email: a@b.vn")
    ('CỔNG THÔNG TIN ĐIỆN TỬ', None)
    """
    found = _SIGNER.fullmatch(text, timeout=TIMEOUT)
    return found.group(1).strip() if found else None
