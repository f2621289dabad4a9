"""
A text or Markdown file to a Document.
"""

import hashlib
from collections.abc import Sequence

import regex

from tdkt_parse.layout import Document, Line, Note, Notice, Span, Table, join_tables
from tdkt_parse.readers.old_letters import OldLetters
from tdkt_parse.readers.text.encoding import decode
from tdkt_parse.readers.text.furniture import listed_properties, page_numbers
from tdkt_parse.readers.text.lines import PRINTED_END, RawLine, split_lines
from tdkt_parse.readers.text.markup import Cutter, Markup, between_breaks, find_markup
from tdkt_parse.readers.text.one_line import parted
from tdkt_parse.readers.text.tables import count_rows, ruled_table, stacked_rows, stacked_table

TIMEOUT = 5.0


def read_document(data: bytes, name: str | None = None) -> Document:
    """Read the bytes of a text or Markdown file."""
    old = OldLetters()
    text = decode(data, old)
    raw = parted(text, list(split_lines(text)))
    marks = find_markup(text, raw)
    furniture, blocks, notes = _assemble(text, raw, marks)
    first, last = listed_properties(text, raw)
    around = sum(line.end - line.start for line in raw[first:last])
    at = text.find(PRINTED_END)
    while at >= 0:
        furniture.append((at, at + len(PRINTED_END)))
        at = text.find(PRINTED_END, at + len(PRINTED_END))
    return Document(
        text=text,
        blocks=tuple(join_tables(text, blocks)),
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/markdown"
        if (name or "").lower().endswith((".md", ".markdown"))
        else "text/plain",
        reader="text",
        name=name,
        pages=raw[-1].page if raw and raw[-1].page else None,
        furniture=tuple(sorted(furniture)),
        notes=tuple(notes),
        old_texts=tuple(old.texts),
        notices=(
            *([Notice("around_document", None, (("count", str(around)),))] if around else ()),
            *old.notices(),
        ),
    )


_WITHOUT_MARKS = str.maketrans("", "", "¹²³⁴⁵⁶⁷⁸⁹⁰")


def _says_nothing(line: str) -> bool:
    """Whether a line is signs alone, be it with marks of notes among them."""
    said = line.translate(_WITHOUT_MARKS).strip()
    return not any(map(str.isalnum, said or line))


_HASHES = regex.compile(r"#{1,6}\s+(?=\S)|>\s+(?=\S)")
_NOTE_LINE = regex.compile(r"([¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[\^[\w-]{1,12}\]:)\s*(?=\S)")
_NOTE_SIGNS = frozenset("[¹²³⁴⁵⁶⁷⁸⁹⁰")


def _assemble(
    text: str, raw: Sequence[RawLine], marks: Markup
) -> tuple[list[Span], list[Line | Table], list[Note]]:
    furniture = list(marks.furniture)
    blocks: list[Line | Table] = []
    notes: list[Note] = []
    cutter = Cutter(text, marks)
    pages = page_numbers(text, raw)
    listed = listed_properties(text, raw)
    furniture += [(line.start, line.end) for line in raw[listed[0] : listed[1]]]
    gap = False
    index = 0
    while index < len(raw):
        line = raw[index]
        content = text[line.start : line.end]
        if not content.strip() or listed[0] <= index < listed[1]:
            gap = True
            index += 1
            continue
        if "\t" not in content and (index in pages or _says_nothing(content)):
            furniture.append((line.start, line.end))
            gap = True
            index += 1
            continue
        width = count_rows(text, raw, index)
        if width:
            blocks.append(ruled_table(text, raw[index : index + width], cutter, furniture))
            index += width
            gap = False
            continue
        stacked = stacked_rows(text, raw, index)
        if stacked:
            last = index + stacked[-1].lines[-1]
            blocks.append(stacked_table(raw, index, stacked, cutter))
            index = last + 1
            gap = False
            continue
        note = _NOTE_LINE.match(content, timeout=TIMEOUT) if content[0] in _NOTE_SIGNS else None
        if note:
            body, after = _note(text, raw, index, line.start + note.end(), cutter)
            if body:
                index = after
                notes.append(Note(note.group(1).strip("[]^:"), tuple(body)))
                furniture.append((line.start, line.start + note.end(1)))
                gap = True
                continue
        start = line.start + len(content) - len(content.lstrip("\t"))
        hashes = (
            _HASHES.match(text, start, line.end, timeout=TIMEOUT) if text[start] in "#>" else None
        )
        if hashes:
            furniture.append(hashes.span())
            start = hashes.end()
        for begin, stop in between_breaks(start, line.end, marks):
            piece = cutter.line(begin, stop, line.page, gap=gap)
            if piece:
                blocks.append(piece)
                gap = False
        index += 1
    return furniture, blocks, notes


_NUMBERED = regex.compile(
    r"\s*(?:[IVX]{1,5}[.)-]|\d{1,2}(?:\.\d{1,2}){0,3}[.)]|[a-zđ]\)|(?:Điều|Chương|Phần|Mục)\s[\dIVX]+"
    r"[.:]?)\s*\p{Lu}"
)


def _ends_note(line: str, before: str) -> bool:
    """Whether a line of the body follows a note, whose sentence the line before ended."""
    if before[-2:].strip()[-1:] not in (".", "!", "?"):
        return False
    return _NUMBERED.match(line, timeout=TIMEOUT) is not None


def _note(
    text: str, raw: Sequence[RawLine], index: int, start: int, cutter: Cutter
) -> tuple[list[Line], int]:
    """
    A footnote's lines, from its mark to the next blank line, mark or page, or to a numbered line
    of the body under its last sentence.
    """
    found: list[Line] = []
    page = raw[index].page
    while index < len(raw) and raw[index].end > raw[index].start and raw[index].page == page:
        begin = start if not found else raw[index].start
        if found and _NOTE_LINE.match(text, begin, raw[index].end, timeout=TIMEOUT):
            break
        if found and _ends_note(text[begin : raw[index].end], text[: raw[index - 1].end]):
            break
        piece = cutter.line(begin, raw[index].end, raw[index].page, gap=False)
        if piece:
            found.append(piece)
        index += 1
    return found, index
