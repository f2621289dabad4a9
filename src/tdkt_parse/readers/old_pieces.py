"""
Pieces of text in old encodings, to Unicode: run by run by their fonts, or by their letters.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, repeat
from operator import sub

from tdkt_parse.legacy import Decoded, Part, decode_aligned, find_legacy, font_table, is_of
from tdkt_parse.readers.old_letters import OldLetters
from tdkt_parse.readers.story import Old, Piece


def to_unicode(pieces: Sequence[Piece], old: OldLetters) -> list[Piece]:
    """
    The pieces of a paragraph in Unicode, each in its place, of some nothing may be left.

    Pieces side by side in one encoding are read together, for a letter may be cut in two.
    """
    made: list[Piece] = []
    for kind, group in groupby(pieces, key=_kind):
        if kind:
            made += _by_font([*group], kind, old)
        elif kind is None or not old.by_words:
            made += group
        else:
            made += _by_letters([*group], old)
    return made


def _kind(piece: Piece) -> str | None:
    """The font of a piece of text, none for one that says nothing; ``None`` for marks."""
    return piece.font if piece.kind == "text" else None


def _by_font(pieces: list[Piece], font: str, old: OldLetters) -> Iterable[Piece]:
    table = font_table(font)
    text = "".join([piece.text for piece in pieces])
    if table is None or not is_of(text, table):
        return _by_letters(pieces, old) if old.by_words else pieces
    found = decode_aligned(text, table.encoding, capitals=table.capitals)
    if found.text != text:
        old.note_font(table, font)
    return _put(pieces, found, table.encoding, font)


def _by_letters(pieces: list[Piece], old: OldLetters) -> Iterable[Piece]:
    text = "".join([piece.text for piece in pieces])
    parts = find_legacy(text, old.prior)
    if not parts:
        return pieces
    for part in parts:
        old.by_letters.add(part.encoding)
    return _put(pieces, _in_parts(text, parts), parts[0].encoding, None)


def _in_parts(text: str, parts: Sequence[Part]) -> Decoded:
    """A text of which some parts are turned into Unicode."""
    shown: list[str] = []
    origin: list[int] = []
    at = 0
    for part in parts:
        found = part.decode(text)
        shown += (text[at : part.start], found.text)
        origin += range(at, part.start)
        origin += (part.start + place for place in found.origin[:-1])
        at = part.end
    return Decoded("".join([*shown, text[at:]]), [*origin, *range(at, len(text) + 1)])


def _put(
    pieces: Sequence[Piece], found: Decoded, encoding: str, font: str | None
) -> Iterator[Piece]:
    """The pieces with what their characters turned out to be."""
    if len(pieces) == 1:
        yield _as_read(pieces[0], found.text, encoding, font, tuple(found.origin))
        return
    start = first = 0
    for piece in pieces:
        end = start + len(piece.text)
        last = bisect_left(found.origin, end, first, len(found.text))
        places = tuple(map(sub, (*found.origin[first:last], end), repeat(start)))
        yield _as_read(piece, found.text[first:last], encoding, font, places)
        start, first = end, last


def _as_read(
    piece: Piece, shown: str, encoding: str, font: str | None, places: tuple[int, ...]
) -> Piece:
    if shown == piece.text:
        return piece
    return piece._replace(text=shown, old=Old(piece.text, encoding, font, places))
