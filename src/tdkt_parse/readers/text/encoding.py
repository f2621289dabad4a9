"""
The bytes of a text to characters.

UTF-8 or UTF-16, with a byte order mark or without, or an old encoding of Vietnamese (TCVN3, VNI,
VISCII, VPS, VIQR, Windows-1258), which its words tell, whether the file has its bytes or the
Western letters as which somebody saved them. What is none of these is refused with a clear error;
so is UTF-8 made from text decoded wrongly before (``á»¦Y BAN NHÃ‚N``).
"""

import codecs
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import compress, count, filterfalse
from operator import not_

import regex

from tdkt_parse.exceptions import Unreadable, WrongEncoding
from tdkt_parse.legacy import Lines, Part, Prior, begins, find_legacy, find_lines, in_order
from tdkt_parse.legacy.one_byte import western
from tdkt_parse.readers.formats import format_of
from tdkt_parse.readers.mojibake import refuse_mojibake
from tdkt_parse.readers.old_letters import OldLetters

TIMEOUT = 5.0
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks, and what they are of."""


def is_text(data: bytes) -> bool:
    """Whether the bytes are some text: a byte order mark, no NUL, or the NULs of UTF-16."""
    if any(data.startswith(mark) for mark, _ in MARKS):
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
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), None)
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
