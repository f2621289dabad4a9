"""
Plain text and Markdown.

Lines, tables by tabs or bars, and the inline marks that OCR services and converters write:
``**bold**``, ``*italic*``, ``<i>``, ``<b>``, ``<sup>``, ``<br>``, Markdown headings. The marks,
ruling lines, page numbers and running heads are furniture.

Text comes in UTF-8 or UTF-16, with a byte order mark or without, or in an old encoding of
Vietnamese (TCVN3, VNI, VISCII, VPS, VIQR, Windows-1258), which its words tell, whether the file has
its bytes or the Western letters as which somebody saved them. What is none of these is refused with
a clear error; so is UTF-8 made from text decoded wrongly before (``á»¦Y BAN NHÃ‚N``).
"""

import codecs
import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, count, filterfalse
from operator import not_
from typing import NamedTuple

import regex

from tdkt_parse.exceptions import Unreadable, WrongEncoding
from tdkt_parse.layout import (
    Cell,
    Document,
    Line,
    Note,
    Notice,
    Span,
    Table,
    join_tables,
    trim_spans,
)
from tdkt_parse.legacy import Lines, Part, Prior, begins, find_legacy, find_lines, in_order
from tdkt_parse.legacy.decoding import western
from tdkt_parse.readers.formats import format_of
from tdkt_parse.readers.html.signs import begins_document, names_property
from tdkt_parse.readers.mojibake import refuse_mojibake
from tdkt_parse.readers.old_letters import OldLetters
from tdkt_parse.readers.stacked import Row, begins_table, find_rows

SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text"})
LIMIT = 20_000_000
"""Bytes. The longest plan met, appendices included, had 0.4 MB of text."""
TIMEOUT = 5.0


_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def is_text(data: bytes) -> bool:
    """Whether the bytes are some text: a byte order mark, no NUL, or the NULs of UTF-16."""
    if any(data.startswith(mark) for mark, _ in _MARKS):
        return True
    if format_of(data):
        return False
    head = data[:65536]
    if b"\x00" in head:
        return _utf16_order(head) is not None
    controls = len(head.translate(None, bytes(range(32, 256)) + b"\t\n\r\x0c\x0b\x1b\x85"))
    return controls * 50 <= len(head)


def _utf16_order(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark, by which half of the pairs holds the zeros."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    pairs = max(len(data) // 2, 1)
    if odd * 3 > pairs and even * 20 < pairs:
        return "utf-16-le"
    if even * 3 > pairs and odd * 20 < pairs:
        return "utf-16-be"
    return None


def decode(data: bytes, old: OldLetters | None = None) -> str:
    """
    The text of the bytes; :class:`WrongEncoding` if they are in no encoding that is known.

    ``old`` is told of what was in an old encoding of Vietnamese. Never mojibake: what decodes but
    shows the signs of a wrong decoding is refused as well.
    """
    old = OldLetters() if old is None else old
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if encoding is None:
        encoding = (_utf16_order(data[:65536]) if b"\x00" in data[:65536] else None) or "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        found = _decode_old(data, old) if encoding == "utf-8" else None
        if found is not None:
            refuse_mojibake(found)
            return found
        if error.start >= len(data) - 4:
            raise Unreadable(
                f"The text breaks off in the middle of a character (byte {error.start}).",
                hint="The file was cut short; copy it again.",
            ) from error
        said = encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be").upper()
        raise WrongEncoding(
            f"The text is not in Unicode: byte {error.start} is no {said}.",
            hint="Open it in the program that wrote it and save it as UTF-8 (Unicode).",
        ) from error
    text = old.convert(text)
    refuse_mojibake(text)
    return text


def _decode_old(data: bytes, old: OldLetters) -> str | None:
    """
    The text of bytes that are no Unicode, line by line; ``None`` if a line is nothing known.

    Lines of UTF-8 may stand between those of an old encoding, where texts were put together.
    """
    text, strange = _western_lines(data)
    lines, parts = find_lines(text, old.prior, reading=True)
    if (lines is None and not parts) or old.prior.likely is None:
        return None
    # Of a line that is no Unicode so much is known.
    sure = Prior(likely=old.prior.likely, old=len(text))
    lost, added = 0, list[Part]()
    for start, end in _left(text, strange, lines, parts):
        more = [part.moved(start) for part in find_legacy(text[start:end], sure)]
        added += more
        lost += not more and any(map(str.isalpha, filterfalse(str.isascii, text[start:end])))
    if lost * 50 > len(strange):
        return None
    if added:
        return old.put(text, sorted([*in_order(lines, parts), *added]))
    return old.put_found(text, lines, parts)


def _left(
    text: str, rows: Sequence[int], lines: Lines | None, parts: Sequence[Part]
) -> Iterator[tuple[int, int]]:
    """Where those lines begin and end of which nothing was found to be old."""
    sizes = lines.sizes if lines else [*map(len, text.split("\n"))]
    if lines:
        also = frozenset(lines.also)
        rows = [row for row in rows if not (lines.are_old[row] or row in also)]
    ends = [part.end for part in parts]
    for row, start in begins(sizes, rows):
        end = start + sizes[row]
        index = bisect_left(ends, start + 1)
        if index == len(ends) or parts[index].start >= end:
            yield start, end


_UTF8 = regex.compile(rb"[\xc2-\xf4][\x80-\xbf]")
"""Where a character of UTF-8 may begin; in old encodings hardly two letters stand so."""


def _western_lines(data: bytes) -> tuple[str, list[int]]:
    """Bytes as text, those of lines that are no UTF-8 as Western characters; and which."""
    if not _UTF8.search(data, timeout=TIMEOUT):
        text = western(data)
        return text, [*compress(count(), map(not_, map(str.isascii, text.split("\n"))))]
    lines: list[str] = []
    strange: list[int] = []
    for row, line in enumerate(data.split(b"\n")):
        said = _of_unicode(line)
        if said is None:
            said = western(line)
            strange.append(row)
        lines.append(said)
    return "\n".join(lines), strange


_LATIN = regex.compile("[\x00-\u024f\u0300-\u036f\u1e00-\u1eff\u2000-\u27bf\ufeff]*")


def _of_unicode(line: bytes) -> str | None:
    """A line that is UTF-8, of letters that a plan may have; ``None`` for one that is not."""
    try:
        said = line.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return said if said.isascii() or _LATIN.fullmatch(said, timeout=TIMEOUT) else None


def read(data: bytes, name: str | None = None) -> Document:
    """Read the bytes of a text or Markdown file."""
    old = OldLetters()
    text = decode(data, old)
    raw = list(split_lines(text))
    marks = find_markup(text, raw)
    furniture, blocks, notes = _assemble(text, raw, marks)
    first, last = _listed_properties(text, raw)
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


class RawLine(NamedTuple):
    """A line between two line ends: where its text begins and ends, white space cut."""

    start: int
    end: int
    page: int | None


PRINTED_END = "\\r\\n"
"""A line end that some program printed as four characters."""


def split_lines(text: str) -> Iterator[RawLine]:
    """The lines of a text, blank ones too; a form feed begins a new page."""
    page = 1 if "\f" in text else None
    at = 0
    for line in text.splitlines(keepends=True):
        first = at
        if PRINTED_END in line:
            *parts, line = line.split(PRINTED_END)
            for part in parts:
                yield _trim(part, first, page)
                first += len(part) + len(PRINTED_END)
        yield _trim(line, first, page)
        at = first + len(line)
        if page and line[-1] == "\f":
            page += 1


_INVISIBLE = "\ufeff\u200b\u200e\u200f\u2060"
_SPACE = " \u00a0\u3000\u2003\u2002\u2009" + _INVISIBLE


_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


def _trim(line: str, at: int, page: int | None) -> RawLine:
    """A line that begins at a code point, without its end and the spaces around it."""
    kept = line.rstrip(_ENDS)
    left = kept.lstrip(_SPACE)
    start = at + len(kept) - len(left)
    return RawLine(start, start + len(left.rstrip(_SPACE)), page)


# ---------------------------------------------------------------- markup


@dataclass(frozen=True, slots=True)
class Markup:
    """Slices of a text that are marks and no content, in order, and what they mean."""

    furniture: tuple[Span, ...] = ()
    notes: tuple[Span, ...] = ()
    breaks: tuple[Span, ...] = ()
    bold: tuple[Span, ...] = ()
    italic: tuple[Span, ...] = ()


_MARK = regex.compile(
    r"""
      (?P<br> <br\s{0,3}/?> )
    | (?P<sup> <sup>\s*(?P<note>[\d*]{1,3}|\([\d*]{1,3}\))\s*</sup> )
    | (?P<tag> </?(?:b|i|u|em|strong|sup|sub|span|p|div|font|center)(?:\s[^<>]{0,200})?> )
    | (?P<ref> \[\^[\w-]{1,12}\](?!:) )
    | (?P<super> (?<![kcdm]?m|\bha|\d)[¹²³⁴⁵⁶⁷⁸⁹⁰]+ )
    | (?P<star> (?<!\*)\*{1,3}(?!\*) )
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_MARK_SIGNS = frozenset("*<[¹²³⁴⁵⁶⁷⁸⁹⁰")
_HASHES = regex.compile(r"#{1,6}\s+(?=\S)|>\s+(?=\S)")


def find_markup(text: str, lines: Sequence[RawLine]) -> Markup:
    """
    The inline marks of a text.

    A star is a mark only as one of a pair in the same block of lines; a star before a space is a
    bullet, alone it is what was printed.
    """
    furniture: list[Span] = []
    notes: list[Span] = []
    breaks: list[Span] = []
    styled: dict[str, list[Span]] = {"bold": [], "italic": []}
    for start, end in _blocks_of(text, lines):
        opened: dict[int, regex.Match[str]] = {}
        tags: dict[str, int] = {}
        for mark in list(_MARK.finditer(text, start, end, timeout=TIMEOUT)):
            span = mark.span()
            match mark.lastgroup:
                case "br":
                    breaks.append(span)
                    furniture.append(span)
                case "sup":
                    notes.append(mark.span("note"))
                    furniture += [(span[0], mark.start("note")), (mark.end("note"), span[1])]
                case "ref" | "super":
                    notes.append(span)
                case "tag":
                    furniture.append(span)
                    name = mark.group().strip("</>").split()[0].lower()
                    style = (
                        "bold"
                        if name in {"b", "strong"}
                        else "italic"
                        if name in {"i", "em"}
                        else None
                    )
                    if style and mark.group()[1] != "/":
                        tags[style] = span[1]
                    elif style and style in tags:
                        styled[style].append((tags.pop(style), span[0]))
                case _:
                    _pair(text, mark, opened, furniture, styled, start, end)
    return Markup(
        tuple(sorted(furniture)),
        tuple(sorted(notes)),
        tuple(breaks),
        tuple(styled["bold"]),
        tuple(styled["italic"]),
    )


def _pair(
    text: str,
    mark: regex.Match[str],
    opened: dict[int, regex.Match[str]],
    furniture: list[Span],
    styled: dict[str, list[Span]],
    start: int,
    end: int,
) -> None:
    before = text[mark.start() - 1] if mark.start() > start else "\n"
    after = text[mark.end()] if mark.end() < end else "\n"
    size = len(mark.group())
    if size in opened and not before.isspace():
        first = opened.pop(size)
        furniture += [first.span(), mark.span()]
        inside = (first.end(), mark.start())
        if size >= 2:
            styled["bold"].append(inside)
        if size != 2:
            styled["italic"].append(inside)
    elif not after.isspace() and not before.isalnum():
        opened[size] = mark


def _blocks_of(text: str, lines: Sequence[RawLine]) -> Iterator[Span]:
    """Runs of lines with no blank one between, those that hold a mark at all."""
    start = end = -1
    for line in lines:
        if line.start == line.end:
            if start >= 0 and _may_hold_marks(text[start:end]):
                yield start, end
            start = -1
        else:
            start = line.start if start < 0 else start
            end = line.end
    if start >= 0 and _may_hold_marks(text[start:end]):
        yield start, end


def _may_hold_marks(text: str) -> bool:
    return not _MARK_SIGNS.isdisjoint(text)


# ---------------------------------------------------------------- lines and tables


class _Cutter:
    """Cuts marks out of ranges of text, which must be asked for in order."""

    def __init__(self, text: str, marks: Markup) -> None:
        self.text = text
        self.marks = marks
        self.cuts = sorted([*marks.furniture, *marks.notes])
        self.at = 0

    def line(self, start: int, end: int, page: int | None, *, gap: bool) -> Line | None:
        """The line of a range; ``None`` if nothing but marks and space is in it."""
        while self.at < len(self.cuts) and self.cuts[self.at][1] <= start:
            self.at += 1
        spans: list[Span] = []
        at, index = start, self.at
        while index < len(self.cuts) and self.cuts[index][0] < end:
            if self.cuts[index][0] > at:
                spans.append((at, self.cuts[index][0]))
            at = max(at, self.cuts[index][1])
            index += 1
        if at < end:
            spans.append((at, end))
        if index == self.at:
            return Line(((start, end),), page, gap) if self.text[start:end].strip() else None
        spans = trim_spans(self.text, spans)
        if not spans:
            return None
        inside = (spans[0][0], spans[-1][1])
        return Line(
            tuple(spans),
            page,
            gap,
            bold=_within(self.marks.bold, inside),
            italic=_within(self.marks.italic, inside),
            notes=tuple(n for n in self.marks.notes if start <= n[0] < end)
            if self.marks.notes
            else (),
        )


def _within(ranges: Iterable[Span], span: Span) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in ranges)


_BAR_RULE = regex.compile(r"[\s|:+=-]*-[\s|:+=-]*")
_LABEL_CELL = regex.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,3}|[A-Za-zĐđ]|[IVXL]{1,7})[.)/:-]|[-+*•–·]")
_WITHOUT_MARKS = str.maketrans("", "", "¹²³⁴⁵⁶⁷⁸⁹⁰")


def _says_nothing(line: str) -> bool:
    """Whether a line is signs alone, be it with marks of notes among them."""
    said = line.translate(_WITHOUT_MARKS).strip()
    return not any(map(str.isalnum, said or line))


_NOTE_LINE = regex.compile(r"([¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[\^[\w-]{1,12}\]:)\s*(?=\S)")
_NOTE_SIGNS = frozenset("[¹²³⁴⁵⁶⁷⁸⁹⁰")
_PAGE_NUMBER = regex.compile(
    r"(?:[-–—]\s?|Trang\s|trang\s|Page\s)?(\d{1,3})(?:\s?[-–—]|\s?/\s?\d{1,3})?"
)
_RUNNING_HEAD = regex.compile(
    r"(?:\d{1,4}\s+)?CÔNG BÁO\s?/\s?Số\s?[\d+ ]+/\s?Ngày\s?[\d/ -]{6,12}(?:\s?\d{1,4})?"
)


def _assemble(
    text: str, raw: Sequence[RawLine], marks: Markup
) -> tuple[list[Span], list[Line | Table], list[Note]]:
    furniture = list(marks.furniture)
    blocks: list[Line | Table] = []
    notes: list[Note] = []
    cutter = _Cutter(text, marks)
    pages = _page_numbers(text, raw)
    listed = _listed_properties(text, raw)
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
        width = _table_rows(text, raw, index)
        if width:
            blocks.append(_table(text, raw[index : index + width], cutter, furniture))
            index += width
            gap = False
            continue
        stacked = _stacked_rows(text, raw, index)
        if stacked:
            last = index + stacked[-1].lines[-1]
            blocks.append(_stacked_table(raw, index, stacked, cutter))
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
        for begin, stop in _between_breaks(start, line.end, marks):
            piece = cutter.line(begin, stop, line.page, gap=gap)
            if piece:
                blocks.append(piece)
                gap = False
        index += 1
    return furniture, blocks, notes


def _note(
    text: str, raw: Sequence[RawLine], index: int, start: int, cutter: _Cutter
) -> tuple[list[Line], int]:
    """A footnote's lines, from its mark to the next blank line or the next mark."""
    found: list[Line] = []
    while index < len(raw) and raw[index].end > raw[index].start:
        begin = start if not found else raw[index].start
        if found and _NOTE_LINE.match(text, begin, raw[index].end, timeout=TIMEOUT):
            break
        piece = cutter.line(begin, raw[index].end, raw[index].page, gap=False)
        if piece:
            found.append(piece)
        index += 1
    return found, index


TOP = 40
"""Lines at the top of a text among which a page's list of properties stands."""


def _listed_properties(text: str, raw: Sequence[RawLine]) -> tuple[int, int]:
    """
    The lines of a list of the document's properties, or of related documents, that was copied with
    it from a page.

    ``Số hiệu: 45/KH-UBND  Loại văn bản: Kế hoạch`` / ``Ngày ban hành: 05/3/2023`` …: three at
    least, one below the other, each with its value, above the letterhead.
    """
    first = 0
    for index in range(min(len(raw), TOP) + 1):
        content = text[raw[index].start : raw[index].end] if index < len(raw) else ""
        if content and (names_property(content) or _RELATED.match(content, timeout=TIMEOUT)):
            continue
        if index - first >= LISTED or (index > first and _is_glued(text, raw[first:index])):
            return 0, index
        if content and begins_document(content):
            break
        first = index + 1
    return 0, 0


LISTED = 3
"""Fewer are enough where the numbers touch the words, as no typist has them."""


def _is_glued(text: str, lines: Sequence[RawLine]) -> bool:
    """``- 1Luật Thi đua, khen thưởng 2022``, in every line."""
    return all(_GLUED.match(text, line.start, line.end, timeout=TIMEOUT) for line in lines)


_GLUED = regex.compile(r"[-•] ?\d{1,2}(?=\p{Lu}\p{Ll})")
_RELATED = regex.compile(
    r"[-•] ?\d{1,2} ?"
    r"(?:Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị|Thông|Quyết|Chỉ thị|Kế hoạch|Công|Văn)\b"
)
"""An item of a page's list of related documents, with dash and number: ``- 2 Luật … 2015``."""


def _page_numbers(text: str, raw: Sequence[RawLine]) -> frozenset[int]:
    """
    Lines that hold only a page number or the gazette's running head.

    A lone number counts where blank lines or the page's edge stand on both sides of it, and where
    it goes up by one from the last: a number of a list or table is never so.
    """
    found: set[int] = set()
    last = 0
    for index, line in enumerate(raw):
        length = line.end - line.start
        if not length or length > 60:
            continue
        content = text[line.start : line.end]
        if not content.isascii() and "CÔNG BÁO" in content:
            if _RUNNING_HEAD.fullmatch(content, timeout=TIMEOUT):
                found.add(index)
            continue
        if length > 12 or not any(map(str.isdigit, content)):
            continue
        match = _PAGE_NUMBER.fullmatch(content, timeout=TIMEOUT)
        alone = _is_edge(raw, index - 1, line) and _is_edge(raw, index + 1, line)
        if not match or not (alone or _is_between(text, raw, index)):
            continue
        number = int(match.group(1))
        if number == last + 1 or (not last and number <= 3):
            found.add(index)
            last = number
    return frozenset(found)


def _is_between(text: str, raw: Sequence[RawLine], index: int) -> bool:
    """Whether a sentence goes on from the line before to the line after."""
    if not 0 < index < len(raw) - 1:
        return False
    before, after = raw[index - 1], raw[index + 1]
    told = text[before.start : before.end]
    return (
        len(told) > 30
        and told[-1] not in ".;:!?|\t"
        and text[after.start : after.end][:1].islower()
    )


def _is_edge(raw: Sequence[RawLine], index: int, line: RawLine) -> bool:
    if not 0 <= index < len(raw):
        return True
    return raw[index].start == raw[index].end or raw[index].page != line.page


def _table_rows(text: str, raw: Sequence[RawLine], index: int) -> int:
    """How many lines from this one on are the rows of one table; 0 for none."""
    mark = _column_mark(text, raw[index])
    if not mark:
        return 0
    end = index
    rows = 0
    while end < len(raw) and raw[end].end > raw[end].start:
        line = raw[end]
        if mark in text[line.start : line.end]:
            rows += 1
        elif mark == "|" or not _goes_on(text, raw, end):
            break
        end += 1
    widths = [_cells_in(text, line, mark) for line in raw[index:end]]
    if mark == "|":
        return end - index if max(widths) > 1 or rows > 1 or text[raw[index].start] == "|" else 0
    if max(widths) < 2 or (rows == 1 and max(widths) < 3):
        return 0
    if max(widths) == 2 and all(_is_labelled(text, line) for line in raw[index:end]):
        return 0
    return end - index


def _column_mark(text: str, line: RawLine) -> str | None:
    content = text[line.start : line.end]
    if "\t" in content.rstrip("\t") or ("\t" in content and content.strip("\t")):
        return "\t"
    bars = content.count("|")
    if bars >= 2 or (bars and content[0] == "|"):
        return "|"
    return None


def _cells_in(text: str, line: RawLine, mark: str) -> int:
    content = text[line.start : line.end]
    return len(content.strip("|").split("|")) if mark == "|" else content.count("\t") + 1


def _goes_on(text: str, raw: Sequence[RawLine], index: int) -> bool:
    """A line without tabs, between two rows or a small letter after one, belongs to the table."""
    line = raw[index]
    follows = index + 1 < len(raw) and "\t" in text[raw[index + 1].start : raw[index + 1].end]
    return follows or text[line.start].islower()


def _is_labelled(text: str, line: RawLine) -> bool:
    first = text[line.start : line.end].split("\t", maxsplit=1)[0].strip()
    return not first or bool(_LABEL_CELL.fullmatch(first, timeout=TIMEOUT))


def _table(text: str, raw: Sequence[RawLine], cutter: _Cutter, furniture: list[Span]) -> Table:
    rows: list[list[Cell]] = []
    mark = _column_mark(text, raw[0]) or "\t"
    for line in raw:
        content = text[line.start : line.end]
        if mark == "|":
            furniture += [
                (line.start + k, line.start + k + 1) for k, c in enumerate(content) if c == "|"
            ]
            if _BAR_RULE.fullmatch(content, timeout=TIMEOUT):
                furniture.append((line.start, line.end))
                continue
        elif mark not in content:
            extra = cutter.line(line.start, line.end, line.page, gap=False)
            if extra and rows and content[0].islower():
                last = next((k for k in range(len(rows[-1]) - 1, -1, -1) if rows[-1][k].lines), 0)
                rows[-1][last] = Cell((*rows[-1][last].lines, extra))
            elif extra:
                rows.append([Cell((extra,))])
            continue
        rows.append(_row(text, line, mark, cutter))
    width = max((len(row) for row in rows), default=0)
    for row in rows:
        if row and not any(cell.lines for cell in row[1:]) and len(row) < width:
            row[0] = Cell(row[0].lines, columns=width - len(row) + 1)
        else:
            row += [Cell()] * (width - len(row))
    return Table(tuple(map(tuple, rows)), (raw[0].start, raw[-1].end), raw[0].page)


def _stacked_rows(text: str, raw: Sequence[RawLine], index: int) -> list[Row]:
    """The rows of a table that begins at a line, each cell on a line of its own; or none."""
    if not begins_table(text[raw[index].start : raw[index].end]):
        return []
    size = FIRST_LOOK
    while True:
        lines = [text[line.start : line.end] for line in raw[index : index + size]]
        rows = find_rows(lines)
        near = len(lines) - 2 * len(rows[0].lines) if rows else 0
        if not rows or len(lines) < size or rows[-1].lines[-1] < near:
            return rows
        size *= 4


FIRST_LOOK = 64
"""Lines in which such a table is looked for first; a longer one is looked for again."""


def _stacked_table(
    raw: Sequence[RawLine], index: int, rows: Sequence[Row], cutter: _Cutter
) -> Table:
    """A table of which every cell stands on a line of its own."""
    width = len(rows[0].lines)
    found: list[tuple[Cell, ...]] = []
    for row in rows:
        lines = [raw[index + number] for number in row.lines]
        pieces = [cutter.line(line.start, line.end, line.page, gap=False) for line in lines]
        cells = [Cell((piece,) if piece else ()) for piece in pieces]
        if row.alone:
            cells = [Cell(cells[0].lines, columns=width)]
        found.append((*cells, *[Cell()] * (width - len(cells))) if not row.alone else (*cells,))
    span = raw[index].start, raw[index + rows[-1].lines[-1]].end
    return Table(tuple(found), span, raw[index].page)


def _row(text: str, line: RawLine, mark: str, cutter: _Cutter) -> list[Cell]:
    start, end = line.start, line.end
    if mark == "|":
        start += text[start] == "|"
        end -= text[end - 1] == "|" and end > start
    found: list[Cell] = []
    at = start
    while True:
        stop = text.find(mark, at, end)
        stop = end if stop < 0 else stop
        found.append(Cell(tuple(_cell_lines(text, at, stop, line.page, cutter))))
        if stop == end:
            return found
        at = stop + 1


def _between_breaks(start: int, end: int, marks: Markup) -> Iterator[Span]:
    """The parts of a line or cell that ``<br>`` parts."""
    first = bisect_left(marks.breaks, (start, 0))
    for begin, stop in marks.breaks[first : bisect_left(marks.breaks, (end, 0))]:
        yield start, begin
        start = stop
    yield start, end


TICKS = frozenset("✓✔√☑☒●•○◯×+*")
"""Signs that mark a cell, as a cross under a quarter does; a dash says that there is nothing."""


def _cell_lines(
    text: str, start: int, end: int, page: int | None, cutter: _Cutter
) -> Iterator[Line]:
    for begin, stop in _between_breaks(start, end, cutter.marks):
        content = text[begin:stop]
        first = begin + len(content) - len(content.lstrip())
        last = first + len(content.strip())
        said = text[first:last]
        if any(map(str.isalnum, said)) or (said and TICKS.issuperset(said)):
            piece = cutter.line(first, last, page, gap=False)
            if piece:
                yield piece
