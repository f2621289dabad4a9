"""
The characters of a page in old encodings, to Unicode, each where it stands.

The fonts of a page say which of its characters are in which encoding; of those in other fonts the
letters tell. This comes before anything else is made of the characters: a letter of TCVN3 is a soft
hyphen, others are raised figures.
"""

from collections.abc import Iterator
from itertools import groupby
from unicodedata import normalize

import regex

from tdkt_parse.legacy import FontTable, find_legacy, font_table, in_place, is_of, may_be_legacy
from tdkt_parse.readers.old_letters import OldLetters
from tdkt_parse.readers.pdf.pdfium import Face, Handle, Pdf, face_at, object_finder
from tdkt_parse.syllables import is_syllable

TIMEOUT = 5.0
Stretch = tuple[int, int, str, str | None]
"""Characters from and to, their encoding, and the font that told it."""

_HYPHEN = "\x02"
"""What pdfium makes of a hyphen at the end of a line; of a soft one too."""
_BEFORE = regex.compile(r"\p{L}+$")


def convert_page(pdf: Pdf, text: Handle, said: str, old: OldLetters) -> tuple[str, list[Stretch]]:
    """The characters of a page in Unicode, as many as they were, and which of them were old."""
    if not old.fonts and not may_be_legacy(said):
        return said, []
    signs = [*said]
    stretches: list[Stretch] = []
    rest = [*said]
    for start, end, font, table in _by_font(pdf, text, said):
        raw = said[start:end]
        if not is_of(raw.replace(_HYPHEN, "-"), table):
            continue
        old.note_font(table, font)
        signs[start:end] = _decoded(raw, table)
        rest[start:end] = [sign if sign in "\r\n" else " " for sign in raw]
        stretches.append((start, end, table.encoding, font))
    left = "".join(rest)
    for part in find_legacy(left, old.prior) if may_be_legacy(left) or old.prior.likely else ():
        if part.encoding == "viqr":
            continue
        old.by_letters[part.encoding] += 1
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
    if table.encoding == "tcvn3" and _HYPHEN in raw:
        raw = _with_hyphens(raw, table)
    return in_place(raw, table.encoding, capitals=table.capitals)


def _with_hyphens(raw: str, table: FontTable) -> str:
    """Hyphens at ends of lines told from the letter ư that TCVN3 has in the place of soft ones."""
    signs = [*raw]
    for at, sign in enumerate(raw):
        if sign == _HYPHEN:
            shown = in_place("".join(signs[max(at - 8, 0) : at]), table.encoding)
            before = _BEFORE.search(shown, timeout=TIMEOUT)
            syllable = (before.group() if before else "") + "ư"
            signs[at] = "\u00ad" if is_syllable(normalize("NFC", syllable)) else "-"
    return "".join(signs)
