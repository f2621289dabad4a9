"""
The characters of a page in old encodings, to Unicode, each where it stands.

The fonts of a page say which of its characters are in which encoding; of those in other fonts the
letters tell. This comes before anything else is made of the characters: a letter of TCVN3 is a soft
hyphen, others are raised figures.
"""

from collections.abc import Iterator
from itertools import groupby

import regex

from tdkt_parse.legacy import FontTable, find_legacy, font_table, in_place, is_of, may_be_legacy
from tdkt_parse.readers.old_letters import OldLetters
from tdkt_parse.readers.pdf.pdfium import Face, Handle, Pdf, face_at, object_finder
from tdkt_parse.syllables import is_syllable

TIMEOUT = 5.0
Stretch = tuple[int, int, str, str | None]
"""Characters from and to, their encoding, and the font that told it."""

_AT_END = "\x02\ufffe"
"""What pdfium makes of a hyphen at the end of a line; of a soft one too."""
_HYPHENS = regex.compile(f"[-{_AT_END}]")
_BEFORE = regex.compile(r"\p{L}+$")
_AFTER = regex.compile(r"\p{L}+")
LONGEST = 7
"""Letters of a syllable."""


def convert_page(pdf: Pdf, text: Handle, said: str, old: OldLetters) -> tuple[str, list[Stretch]]:
    """The characters of a page in Unicode, as many as they were, and which of them were old."""
    if not old.fonts and not may_be_legacy(said):
        return said, []
    signs = [*said]
    stretches: list[Stretch] = []
    rest = [*said]
    for start, end, font, table in _by_font(pdf, text, said):
        raw = said[start:end]
        if not is_of(_HYPHENS.sub("-", raw, timeout=TIMEOUT), table):
            continue
        old.note_font(table, font)
        signs[start:end] = _decoded(raw, table)
        rest[start:end] = [sign if sign in "\r\n" else " " for sign in raw]
        stretches.append((start, end, table.encoding, font))
    left = "".join(rest)
    parts = find_legacy(left, old.prior) if may_be_legacy(left) or old.prior.likely else []
    if any(part.encoding == "tcvn3" for part in parts):
        left = with_soft_hyphens(left)
        parts = find_legacy(left, old.prior)
    for part in parts:
        if part.encoding == "viqr":
            continue
        old.by_letters.add(part.encoding)
        signs[part.start : part.end] = _decoded(
            left[part.start : part.end], FontTable(part.encoding, capitals=False)
        )
        stretches.append((part.start, part.end, part.encoding, None))
    return "".join(signs), sorted(stretches)


def _by_font(pdf: Pdf, text: Handle, said: str) -> Iterator[tuple[int, int, str, FontTable]]:
    """The stretches of a page in one font of an old encoding each."""
    item_at = object_finder(text)
    fonts: dict[Handle | None, str] = {}

    def font_at(index: int) -> str:
        item = item_at(index)
        font = fonts.get(item)
        if font is None:
            face = face_at(pdf, item) if item else Face("", bold=False, italic=False)
            font = fonts[item] = face.name if font_table(face.name) else ""
        return font

    last = ""
    names = []
    for index, sign in enumerate(said):
        if not sign.isspace():
            last = font_at(index)
        names.append(last)
    at = 0
    for font, group in groupby(names):
        size = sum(1 for _ in group)
        table = font_table(font) if font else None
        if table is not None:
            yield at, at + size, font, table
        at += size


def _decoded(raw: str, table: FontTable) -> str:
    """Old characters in Unicode, as many as they were."""
    if table.encoding == "tcvn3":
        raw = with_soft_hyphens(raw)
    return in_place(raw, table.encoding, capitals=table.capitals)


def with_soft_hyphens(raw: str) -> str:
    """
    Characters of TCVN3 with its letter ư where a file says no more than that a hyphen is printed.

    The letter has the place of the soft hyphen, of which the table of Western letters of PDF makes
    a hyphen. It is one where it makes a syllable of what stands around it.

    >>> with_soft_hyphens("th-ëng, -íc, ®Çu t-\\r\\nc- Q§-UBND") == (
    ...     "th\xadëng, \xadíc, ®Çu t\xad\\r\\nc- Q§-UBND")
    True
    """
    signs = [*raw]
    for match in _HYPHENS.finditer(raw, timeout=TIMEOUT):
        at = match.start()
        shown = in_place("".join(signs[max(at - LONGEST, 0) : at + 1 + LONGEST]), "tcvn3")
        middle = min(at, LONGEST)
        before = _BEFORE.search(shown[:middle], timeout=TIMEOUT)
        after = _AFTER.match(shown[middle + 1 :], timeout=TIMEOUT)
        head = before.group() if before else ""
        tail = after.group() if after and raw[at] == "-" else ""
        label = len(head) == 1 and not tail and raw[max(at - 2, 0) : at - 1] in ("", "\n")
        letter = (head or tail) and not label and is_syllable(f"{head}ư{tail}")
        signs[at] = "\u00ad" if letter else "-"
    return "".join(signs)
