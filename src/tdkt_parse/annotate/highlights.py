"""
What is said of a plan, as highlights with notes in a copy of its PDF.

A highlight (ISO 32000-1, 12.5.6.10) is an annotation of a page: the places it covers, its colour
and its note. It brings its own look (12.5.5) for viewers that draw none. The copy is the file as it
is with an update behind it, so that a digital signature still covers the bytes that it covered.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from pypdfium2 import raw

from tdkt_parse.annotate.annotations import Note, finished, name_of_last, write
from tdkt_parse.annotate.quads import quad_of
from tdkt_parse.annotate.remarks import Commented, Placing, Remark, clean
from tdkt_parse.annotate.updates import PRINT_IT, append, is_sound, prints_of, update_of
from tdkt_parse.exceptions import DocumentError, Encrypted, Unreadable
from tdkt_parse.models import Box, Evidence
from tdkt_parse.readers.pdf.pdfium import Pdf, open_page, open_pdf, shape_of

MOST_NOTES = 32_767
"""Highlights put into a file at once, as many as Word takes comments."""
LONGEST = 32_767
"""Characters of a note; what is longer is cut, and ends in ``…``."""


def highlighted(
    data: bytes, remarks: Sequence[Remark], password: str | None, when: datetime | None
) -> Commented:
    """The copy with its highlights; see :func:`tdkt_parse.annotate.highlight_pdf`."""
    with open_pdf(data, password) as pdf:
        pages = _by_page(remarks, pdf.pages)
        placed: list[tuple[int, int]] = []
        if pages:
            _demand_leave(pdf)
            before = prints_of(pdf)
            called = f"tdkt-{hashlib.sha256(data).hexdigest()[:16]}-"
            placed = list(_put(pdf, remarks, pages, called, when))
        if placed:
            on = {page for page, _ in placed}
            for whole in (False, True):
                copy = append(data, finished(update_of(pdf, before, data, whole=whole), called))
                if _shows(copy, password, on, called):
                    break
            else:
                raise Unreadable("The PDF is too broken for a copy with notes.", hint=PRINT_IT)
            data = copy
    done = {number for _, number in placed}
    return Commented(data, tuple(_placing(number in done) for number in range(len(remarks))))


def _placing(placed: bool) -> Placing:
    return "exact" if placed else "nowhere"


def _shows(copy: bytes, password: str | None, pages: Iterable[int], called: str) -> bool:
    """
    Whether the copy opens and these pages end with highlights that are called so.

    A table that is broken within is found out only when something is behind it.
    """
    try:
        with open_pdf(copy, password) as pdf:
            return is_sound(pdf) and all(_last_name(pdf, page).startswith(called) for page in pages)
    except DocumentError:
        return False


def _last_name(pdf: Pdf, page: int) -> str:
    with open_page(pdf, page - 1) as address:
        return name_of_last(address) if address else ""


NOTES_ALLOWED = 0x20
"""Bit 6 of what the owner of an encrypted file allows (7.6.3.2, Table 22)."""


def _demand_leave(pdf: Pdf) -> None:
    if not raw.FPDF_GetDocPermissions(pdf.document) & NOTES_ALLOWED:
        raise Encrypted(
            "The PDF is protected: its owner allows no notes in it.",
            hint="Give the owner's password, or save the file without protection.",
        )


def _by_page(remarks: Sequence[Remark], pages: int) -> dict[int, dict[int, list[Box]]]:
    """For each page, the boxes on it of each remark; of no more remarks than fit."""
    found: dict[int, dict[int, list[Box]]] = {}
    left = MOST_NOTES
    for number, remark in enumerate(remarks):
        boxes = remark.place.boxes if isinstance(remark.place, Evidence) else []
        wanted = {box.page for box in boxes}
        left -= len(wanted)
        if left < 0:
            break
        if all(1 <= page <= pages for page in wanted):
            for box in boxes:
                found.setdefault(box.page, {}).setdefault(number, []).append(box)
    return dict(sorted(found.items()))


def _put(
    pdf: Pdf,
    remarks: Sequence[Remark],
    pages: Mapping[int, Mapping[int, Sequence[Box]]],
    called: str,
    when: datetime | None,
) -> Iterator[tuple[int, int]]:
    """
    Put the highlights into the file in memory; of each its page and the number of its remark.

    ``called`` is how their names begin, each its own among all of the file.
    """
    date = (when or datetime.now(UTC)).astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
    for page, of_remarks in pages.items():
        with open_page(pdf, page - 1) as address:
            if not address:
                continue
            shape = shape_of(address)
            for number, boxes in of_remarks.items():
                quads = [quad for box in boxes if (quad := quad_of(shape, box)) is not None]
                if quads:
                    remark = remarks[number]
                    name, author = (
                        f"{called}{page}-{number}",
                        " ".join(_held(remark.author).split()),
                    )
                    if write(address, Note(name, quads, _held(remark.text), author, date)):
                        yield page, number


def _held(text: str) -> str:
    """A text of no more than so many characters, cleaned."""
    held = clean(text[:LONGEST])
    return held if len(text) <= LONGEST else held[:-1] + "…"
