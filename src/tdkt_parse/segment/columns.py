"""
Two columns of a letterhead or a signature, as lines one below the other.

Word makes them with a table without rules, typists with runs of spaces.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from tdkt_parse.docnumber import find_letterhead_number
from tdkt_parse.layout import Document, Line, Table
from tdkt_parse.normalise import compose
from tdkt_parse.passage import read_line
from tdkt_parse.periods import find_letterhead_date
from tdkt_parse.segment.broken_lines import ENDS
from tdkt_parse.segment.labels import find_label
from tdkt_parse.segment.signing import is_name, is_signing
from tdkt_parse.spelling import BULLETS, is_upper, key
from tdkt_parse.wording import MOTTO, is_agency, opener, signed_words, squeezed, without_rank


def flatten(document: Document) -> Iterator[Line | Table]:
    """
    Lines and tables, the tables that only lay out a letterhead or a signature as lines.

    Word makes the two columns of a letterhead with a table without rules. Where they are made with
    spaces, a line that goes on the left one is put before what stands on the right.
    """
    left: Line | None = None
    beside: list[Line] = []
    for block in document.blocks:
        if isinstance(block, Line):
            first, *right = split_columns(document.text, block)
            if left and not _goes_on_left(document.text, left, beside[0], first):
                yield from beside
                left, beside = None, []
            yield first
            if left or right:
                left, beside = first, [*beside, *right]
            continue
        yield from beside
        left, beside = None, []
        if not _lays_out(document, block):
            yield block
            continue
        for row in block.rows:
            for cell in row:
                for number, line in enumerate(cell.lines):
                    yield line if number else replace(line, gap=True)
    yield from beside


def _goes_on_left(text: str, left: Line, right: Line, line: Line) -> bool:
    """
    Whether a line goes on the left one of two columns: in a small letter, and not below the right.

    ``- Các Bộ, cơ quan``, ``(Đã ký)`` beside it, and ``thuộc Chính phủ`` on the next line.
    """
    if line.gap or not text[line.start].islower() or text[left.end - 1] in ENDS:
        return False
    column = right.start - text.rfind("\n", 0, right.start)
    return line.start - text.rfind("\n", 0, line.start) < column


_WIDE = regex.compile(r"[\p{Zs}]{3,}|\p{Zs}*\t[\t\p{Zs}]*")
_GAPS = ("   ", "\t", "\u00a0\u00a0\u00a0", "\u2002\u2002\u2002", "\u2003\u2003\u2003")


def split_columns(text: str, line: Line) -> Iterator[Line]:
    """
    A line of a letterhead or a signature that holds two columns, as two lines.

    Runs of spaces also stand in forms and after labels; only where a part is what stands in such
    a column (the motto, an office, a name, ``Nơi nhận``) are they taken for its edge.
    """
    raw = text[line.start : line.end]
    if len(raw) > 400 or not any(map(raw.__contains__, _GAPS)):
        yield line
        return
    cuts = [0]
    for gap in list(_WIDE.finditer(raw, timeout=2.0)):
        if raw[: gap.start()].strip() not in _BULLETS:  # Behind one stands its own item.
            cuts += gap.span()
    cuts.append(len(raw))
    parts = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if raw[a:b].strip(" -*")]
    texts = [compose(raw[a:b].strip(" *")) for a, b in parts]
    listed = raw.lstrip()[:1] in _BULLETS
    if not 2 <= len(parts) <= 3 or not _are_columns(
        texts, apart=parts[-1][0] - parts[-2][1], listed=listed
    ):
        yield line
        return
    for number, (begin, end) in enumerate(parts):
        spans = tuple(
            (max(s, line.start + begin), min(e, line.start + end))
            for s, e in line.spans
            if s < line.start + end and e > line.start + begin
        )
        if spans:
            yield replace(line, spans=spans, gap=line.gap or number > 0)


FAR = 16
"""Spaces between a recipient that goes on from the line above and the name beside it."""


_BULLETS = frozenset(BULLETS)


def _are_columns(parts: Sequence[str], *, apart: int, listed: bool) -> bool:
    if find_label(parts[0] + " x") and len(parts[0]) <= 6:
        return False
    if all(len(word) == 1 for part in parts for word in part.split()):
        return False  # K Ế   H O Ạ C H
    if all(is_upper(part) for part in parts):
        return True
    if opener("recipients").start_of(key(parts[0])):
        return True
    last = parts[-1]
    if not {key(last), key(last).strip("()[] .")}.isdisjoint(signed_words()):
        return True
    letters = squeezed(last)
    if any(motto in letters for motto in MOTTO[1:]) or is_signing(last):
        return True
    first = parts[0]
    if _is_beside_recipient(first, last, apart):
        return True
    if not is_name(without_rank(last)):
        return False
    goes_on = apart >= FAR and first[0].islower() and first[-1] != ":"
    return goes_on or listed or first[0] == "(" or is_name(first) or first[-1] in ";.,"


BESIDE = 8
"""Spaces between a recipient and a line of the signature that begins as no office does."""


def _is_beside_recipient(first: str, last: str, apart: int) -> bool:
    """Whether capitals stand beside one of a list: ``- Các Phó Giám đốc;         ĐIỆN TỬ``."""
    listed = first.startswith(("-", "+")) and first[-1] in ";."
    words = last.split()
    named = len(words) > 1 and max(map(len, words)) > 2 and last[-1] not in ".;,:"
    return listed and apart >= BESIDE and named and is_upper(last)


def _lays_out(document: Document, table: Table) -> bool:
    """Whether a table holds a letterhead, addressees or a signature block, or is one cell alone."""
    if len(table.rows) == 1 and len(table.rows[0]) == 1:
        return True
    if len(table.rows) > 8 or max((len(row) for row in table.rows), default=0) > 4:
        return False
    start, end = table.span
    text = document.text[start : min(end, start + 3000)]
    letters = squeezed(text)
    if any(motto in letters for motto in MOTTO[1:]):
        return True
    lines = [
        read_line(document.text, line, document.repairs).text
        for row in table.rows
        for cell in row
        for line in cell.lines
    ]
    if any(opener("recipients").start_of(key(line)) for line in lines):
        return True
    if len(table.rows) <= 4 and lines and opener("addressees").start_of(key(lines[0])):
        return True
    if len(lines) <= 6 and any(find_letterhead_number(line) for line in lines if len(line) < 80):
        return True
    # The Party and its unions have no motto: an agency in capitals beside the place and the date.
    if (
        len(lines) <= 8
        and any(map(is_agency, filter(is_upper, lines)))
        and any(map(_is_dated, lines))
    ):
        return True
    return len(lines) <= 12 and any(is_signing(line) for line in lines)


def _is_dated(text: str) -> bool:
    """Whether a line is a place and a date: ``Na Rì, ngày 12 tháng 3 năm 2024``."""
    found = find_letterhead_date(text) if len(text) < 80 else None
    return found is not None and found.place is not None
