"""
What a Word file prints of a paragraph and of its number in old encodings.
"""

from collections.abc import Sequence

from tdkt_parse.legacy import decode, find_legacy, font_table, is_of
from tdkt_parse.readers.docx.styles import Look
from tdkt_parse.readers.old_letters import OldLetters
from tdkt_parse.readers.old_pieces import to_unicode
from tdkt_parse.readers.story import Piece

SOFT_HYPHEN = "\u00ad"
"""A letter of TCVN3 (ư), which Word writes as an element of its own; else it prints nothing."""


def convert_pieces(pieces: Sequence[Piece], old: OldLetters) -> list[Piece]:
    """The pieces of a paragraph in Unicode, as they are printed."""
    finished = map(_finished, to_unicode(pieces, old))
    return [piece for piece in finished if piece.kind != "text" or piece.text]


def convert_label(label: str, look: Look, old: OldLetters) -> str:
    """The number of a paragraph in Unicode: its list has the font of the paragraph's style."""
    if label.isascii():
        return label
    table = font_table(look.font) if look.font else None
    if table is not None and is_of(label, table):
        return decode(label, table.encoding, capitals=table.capitals)
    return old.put(label, find_legacy(label, old.prior)) if old.by_words else label


def _finished(piece: Piece) -> Piece:
    """A piece as it is printed: its capitals, and no soft hyphen."""
    if piece.kind != "text":
        return piece
    text = piece.text
    if piece.old is None and SOFT_HYPHEN in text:
        text = "" if text == SOFT_HYPHEN else text
    if piece.capitals:
        capitals = text.upper()
        text = capitals if len(capitals) == len(text) else text
    return piece if text == piece.text else piece._replace(text=text)
