"""
Highlights in a copy of a PDF: that each is on its words, and that the file before it is untouched.
"""

import ctypes
import hashlib
import io
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pypdfium2
import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from pypdfium2 import raw

from tdkt_parse import annotate
from tdkt_parse.annotate import Commented, Remark, highlight_pdf, highlights
from tdkt_parse.exceptions import (
    DocumentError,
    Encrypted,
    TooLarge,
    Unreadable,
    UnsupportedFormat,
)
from tdkt_parse.models import Box, CellPlace, Evidence
from tdkt_parse.readers import pdf as reader

WHEN = datetime(2024, 1, 15, 8, 30, tzinfo=UTC)
NOTE = "Đối chiếu với sổ công văn: č, Ċ, “15/KH-UBND”.\nXem (lại) \\ 😀"


# -- files

Objects = dict[int, bytes]
WORDS = b"BT /F 20 Tf 72 700 Td (Ke hoach) Tj 0 -60 Td (thi dua) Tj ET"
FREE = 20
"""The first number that no object of a plain file has."""


def plain(pages: Sequence[str] = ("",), **more: bytes) -> Objects:
    """A file of some pages with the same words; what is given for a page are entries of it."""
    kids = " ".join(f"{10 + k} 0 R" for k in range(len(pages)))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]/MediaBox[0 0 595 842]>>".encode(),
        3: stream(WORDS),
        4: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    for k, entries in enumerate(pages):
        objects[10 + k] = (
            f"<</Type/Page/Parent 2 0 R/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>{entries}>>"
        ).encode()
    return objects | {int(name.removeprefix("_")): text for name, text in more.items()}


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), entries, content)


def put(
    objects: Mapping[int, bytes],
    trailer: bytes = b"",
    *,
    generations: Mapping[int, int] | None = None,
    header: bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
) -> bytes:
    """A file with a table of its objects."""
    out, places = header, {}
    start = header.index(b"%PDF")
    told = generations or {}
    for number, text in objects.items():
        places[number] = len(out) - start
        out += b"%d %d obj\n%s\nendobj\n" % (number, told.get(number, 0), text)
    at = len(out) - start
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in sorted(places.items()):
        out += b"%d 1\n%010d %05d n \n" % (number, place, told.get(number, 0))
    end = b"trailer\n<</Size %d/Root 1 %d R%s>>\n" % (max(objects) + 1, told.get(1, 0), trailer)
    return out + end + b"startxref\n%d\n%%%%EOF\n" % at


def packed(objects: Mapping[int, bytes]) -> bytes:
    """A file whose objects are in one stream, and whose table is another."""
    inside = {number: text for number, text in objects.items() if b"stream\n" not in text}
    holder, table = max(objects) + 1, max(objects) + 2
    heads, body = "", b""
    for number, text in inside.items():
        heads += f"{number} {len(body)} "
        body += text + b"\n"
    content = zlib.compress(heads.encode() + body)
    entries = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(inside), len(heads))
    outside = {n: text for n, text in objects.items() if n not in inside}
    outside[holder] = stream(content, entries)
    out, rows = b"%PDF-1.7\n", {0: struct.pack(">BIH", 0, 0, 65535)}
    for number, text in outside.items():
        rows[number] = struct.pack(">BIH", 1, len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    for place, number in enumerate(inside):
        rows[number] = struct.pack(">BIH", 2, holder, place)
    rows[table] = struct.pack(">BIH", 1, len(out), 0)
    empty = struct.pack(">BIH", 0, 0, 65535)
    lines = b"".join(rows.get(number, empty) for number in range(table + 1))
    entries = b"/Type/XRef/W[1 4 2]/Root 1 0 R/Size %d" % (table + 1)
    at = len(out)
    out += b"%d 0 obj\n%s\nendobj\n" % (table, stream(lines, entries))
    return out + b"startxref\n%d\n%%%%EOF\n" % at


PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
NAME = bytes(range(16))
"""What an encrypted file is called: its key depends on it."""


def arcfour(key: bytes, text: bytes) -> bytes:
    """What is encrypted so is decrypted in the same way."""
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i = j = 0
    out = bytearray()
    for letter in text:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(letter ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def md5(text: bytes) -> bytes:
    return hashlib.md5(text, usedforsecurity=False).digest()


def locked(objects: Objects, user: bytes, *, allowed: int = -4, apart: bool = True) -> bytes:
    """
    A file that a password opens (ISO 32000-1, 7.6.3, revision 2); that of its owner is ``owner``.

    ``apart``: whether what says how it is encrypted is an object or stands in the trailer.
    """
    owner = arcfour(md5((b"owner" + PADDING)[:32])[:5], (user + PADDING)[:32])
    rights = struct.pack("<i", allowed)
    key = md5((user + PADDING)[:32] + owner + rights + NAME)[:5]
    told = b"<</Filter/Standard/V 1/R 2/P %d/O<%s>/U<%s>>>" % (
        allowed,
        owner.hex().encode(),
        arcfour(key, PADDING).hex().encode(),
    )
    sealed = dict(objects)
    own = md5(key + struct.pack("<I", 3)[:3] + b"\0\0")[:10]
    sealed[3] = stream(arcfour(own, WORDS))
    names = b"/ID[<%s><%s>]/Encrypt " % (NAME.hex().encode(), NAME.hex().encode())
    if apart:
        return put(sealed | {9: told}, names + b"9 0 R")
    return put(sealed, names + told)


# -- what a result says


class Highlight(NamedTuple):
    """A highlight as pdfium reads it."""

    page: int
    quads: list[list[float]]
    texts: dict[str, str]
    flags: int
    look: str


@contextmanager
def opened(data: bytes, password: str | None = None) -> Iterator[Any]:
    document = pypdfium2.PdfDocument(data, password=password)
    try:
        yield document
    finally:
        document.close()


KEYS = ("NM", "Contents", "T", "CreationDate", "M")


def highlights_of(data: bytes, password: str | None = None) -> list[Highlight]:
    with opened(data, password) as document:
        return [
            found for index in range(len(document)) for found in on_page(document[index], index + 1)
        ]


def on_page(page: Any, number: int) -> Iterator[Highlight]:
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_HIGHLIGHT:
            texts = {key: text_of(annotation, key.encode()) for key in KEYS}
            quads = [
                quad_of(annotation, which)
                for which in range(raw.FPDFAnnot_CountAttachmentPoints(annotation))
            ]
            look = wide_of(lambda *to, a=annotation: raw.FPDFAnnot_GetAP(a, 0, *to))
            yield Highlight(number, quads, texts, raw.FPDFAnnot_GetFlags(annotation), look)
        raw.FPDFPage_CloseAnnot(annotation)


def quad_of(annotation: Any, which: int) -> list[float]:
    points = raw.FS_QUADPOINTSF()
    assert raw.FPDFAnnot_GetAttachmentPoints(annotation, which, points)
    return [getattr(points, f"{axis}{corner}") for corner in range(1, 5) for axis in "xy"]


def text_of(annotation: Any, key: bytes) -> str:
    return wide_of(lambda *to: raw.FPDFAnnot_GetStringValue(annotation, key, *to))


def wide_of(ask: Callable[..., int]) -> str:
    size = ask(None, 0)
    buffer = ctypes.create_string_buffer(size)
    ask(ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def listed(update: bytes, start: int) -> dict[int, int]:
    """The table of an update: for each object its place in the file."""
    table = update[int(update.split()[-2]) - start :]
    assert table.startswith(b"xref\n"), table[:20]
    places = {}
    for part in regex.finditer(rb"(\d+) \d+\n((?:\d{10} \d{5} [nf]\r\n)+)", table, timeout=5):
        for number, row in enumerate(part[2].splitlines(), int(part[1])):
            places[number] = int(row.split()[0])
    del places[0]
    return places


def drawn(data: bytes, page: int = 1, password: str | None = None) -> Image.Image:
    with opened(data, password) as document:
        image: Image.Image = document[page - 1].render(scale=2).to_pil().convert("RGB")
        return image


def remark(*boxes: Box, text: str = NOTE, author: str = "Văn thư") -> Remark:
    return Remark(Evidence(spans=[], text="", boxes=[*boxes]), text, author)


def box(x0: float, y0: float, x1: float, y1: float, page: int = 1) -> Box:
    return Box(page=page, x0=x0, y0=y0, x1=x1, y1=y1)


WORD = box(70, 125, 160, 148)
"""Around the first words of a plain page."""


def highlighted(data: bytes, *remarks: Remark, password: str | None = None) -> Commented:
    done = highlight_pdf(data, remarks or [remark(WORD)], password=password, when=WHEN)
    assert done.data.startswith(data)
    return done


# -- where

PAGES = {
    "as it is": "",
    "turned right": "/Rotate 90",
    "upside down": "/Rotate 180",
    "turned left": "/Rotate 270",
    "turned left, said with a minus": "/Rotate -90",
    "cut": "/CropBox[50 600 400 800]",
    "cut and turned right": "/CropBox[50 600 400 800]/Rotate 90",
    "cut and upside down": "/CropBox[50 600 400 800]/Rotate 180",
    "cut and turned left": "/CropBox[50 600 400 800]/Rotate 270",
    "cut from the other corner": "/CropBox[400 800 50 600]/Rotate 90",
    "with its zero elsewhere": "/MediaBox[-100 -50 500 800]/Rotate 270",
    "cut wider than it is": "/CropBox[-50 -50 5000 5000]",
    "in a unit of its own": "/UserUnit 2/Rotate 90",
}


def word_on(page: Any) -> tuple[list[float], Box]:
    """The first word in the page's own space (left, bottom, right, top), and its box as shown."""
    text = page.get_textpage()
    boxes = [text.get_charbox(index) for index in range(2)]
    left, bottom = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, top = max(b[2] for b in boxes), max(b[3] for b in boxes)
    fine = 1000
    width, height = (round(size * fine) for size in page.get_size())
    corners = []
    for x, y in ((left, bottom), (right, top)):
        at = ctypes.c_int(), ctypes.c_int()
        assert raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, *at)
        corners.append([value.value / fine for value in at])
    (x0, x1), (y0, y1) = (sorted(values) for values in zip(*corners, strict=True))
    return [left, bottom, right, top], box(x0, y0, x1, y1)


@pytest.mark.parametrize("entries", PAGES.values(), ids=PAGES.keys())
def test_a_highlight_is_on_its_word(entries: str) -> None:
    data = put(plain([entries]))
    with opened(data) as document:
        (left, bottom, right, top), shown = word_on(document[0])
        done = highlighted(data, remark(shown))
    assert done.placings == ("exact",)
    [found] = highlights_of(done.data)
    [quad] = found.quads
    xs, ys = quad[::2], quad[1::2]
    assert [min(xs), min(ys), max(xs), max(ys)] == pytest.approx(
        [left, bottom, right, top], abs=0.01
    )


@pytest.mark.parametrize("entries", PAGES.values(), ids=PAGES.keys())
def test_corners_go_from_the_upper_left_as_shown(entries: str) -> None:
    data = put(plain([entries]))
    with opened(data) as document:
        _, shown = word_on(document[0])
    [found] = highlights_of(highlighted(data, remark(shown)).data)
    [quad] = found.quads
    with opened(data) as document:
        page = document[0]
        width, height = (round(size * 100) for size in page.get_size())
        for point, x, y in zip(
            pairs(quad),
            (shown.x0, shown.x1, shown.x0, shown.x1),
            (shown.y0, shown.y0, shown.y1, shown.y1),
            strict=True,
        ):
            at = ctypes.c_int(), ctypes.c_int()
            assert raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, *point, *at)
            assert [value.value / 100 for value in at] == pytest.approx([x, y], abs=0.03)


def pairs(values: Sequence[float]) -> Iterator[tuple[float, float]]:
    return zip(values[::2], values[1::2], strict=True)


@pytest.mark.parametrize("entries", PAGES.values(), ids=PAGES.keys())
def test_only_the_word_turns_yellow(entries: str) -> None:
    data = put(plain([entries]))
    with opened(data) as document:
        _, shown = word_on(document[0])
    before, after = drawn(data), drawn(highlighted(data, remark(shown)).data)
    changed = ImageChops.difference(before, after).getbbox()
    assert changed == pytest.approx(
        [2 * v for v in (shown.x0, shown.y0, shown.x1, shown.y1)], abs=1.5
    )
    x, y = round(shown.x0 + shown.x1), round(shown.y0 + shown.y1)
    inside = [
        (before.getpixel((x + i, y + j)), after.getpixel((x + i, y + j)))
        for i in range(-8, 9)
        for j in range(-8, 9)
    ]
    paper: list[Any] = [now for was, now in inside if was == (255, 255, 255)]
    letters: list[Any] = [now for was, now in inside if was == (0, 0, 0)]
    assert paper
    assert letters
    assert all(red > 240 and green > 220 and blue < 160 for red, green, blue in paper)
    assert all(max(now) < 8 for now in letters), "words are seen through the colour"


def test_a_value_of_several_lines_has_one_highlight() -> None:
    data = put(plain())
    done = highlighted(data, remark(WORD, box(70, 185, 160, 208)))
    [found] = highlights_of(done.data)
    assert len(found.quads) == 2
    assert found.quads[1][:2] == pytest.approx([70, 842 - 185])
    assert found.look.split().count("f") == 1, "no darker where lines overlap"


def test_a_value_over_two_pages_has_a_highlight_on_each() -> None:
    data = put(plain(["", "/Rotate 90", ""]))
    done = highlighted(data, remark(box(72, 700, 300, 720, 1), box(72, 60, 200, 80, 2)))
    assert done.placings == ("exact",)
    found = highlights_of(done.data)
    assert [one.page for one in found] == [1, 2]
    assert {one.texts["Contents"] for one in found} == {NOTE}
    assert len({one.texts["NM"] for one in found}) == 2


def test_what_is_off_the_page_is_left_out() -> None:
    data = put(plain())
    done = highlighted(data, remark(box(500, 10, 700, 30), box(600, 10, 700, 30)))
    assert done.placings == ("exact",)
    [found] = highlights_of(done.data)
    assert found.quads == [pytest.approx([500, 832, 595, 832, 500, 812, 595, 812])]


NOWHERE = {
    "no box": remark(),
    "a page after the last": remark(box(10, 10, 20, 20, 2)),
    "one of its pages after the last": remark(WORD, box(10, 10, 20, 20, 2)),
    "page 0": remark(box(10, 10, 20, 20, 0)),
    "a page before the first": remark(box(10, 10, 20, 20, -1)),
    "right of the page": remark(box(600, 10, 620, 20)),
    "above the page": remark(box(10, -20, 20, -5)),
    "no height": remark(box(10, 10, 20, 10)),
    "inside out": remark(box(20, 20, 10, 10)),
    "no number": remark(box(float("nan"), 10, 20, 20)),
    "endless": remark(box(10, 10, float("inf"), 20)),
    "a place in a Word file": Remark(CellPlace(path="p1", start=0, end=3), NOTE, "Văn thư"),
}


@pytest.mark.parametrize("one", NOWHERE.values(), ids=NOWHERE.keys())
def test_a_place_that_is_none_gets_nothing(one: Remark) -> None:
    data = put(plain())
    assert highlighted(data, one) == Commented(data, ("nowhere",))
    done = highlighted(data, one, remark(WORD))
    assert done.placings == ("nowhere", "exact")
    assert len(highlights_of(done.data)) == 1


def test_a_page_without_room_gets_nothing() -> None:
    data = put(plain(["/CropBox[700 900 800 950]"]))
    assert highlighted(data) == Commented(data, ("nowhere",))


def test_no_remark_gives_the_file() -> None:
    data = put(plain())
    assert highlight_pdf(data, []) == Commented(data, ())


# -- what


@pytest.mark.parametrize("write", [put, packed], ids=["table", "streams"])
def test_a_note_is_read_back(write: Callable[[Objects], bytes]) -> None:
    [found] = highlights_of(highlighted(write(plain())).data)
    assert found.texts["Contents"] == NOTE
    assert found.texts["T"] == "Văn thư"
    assert found.texts["CreationDate"] == found.texts["M"] == "D:20240115083000Z"
    assert found.flags == raw.FPDF_ANNOT_FLAG_PRINT
    assert found.look.startswith("/GS gs")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200).filter(lambda text: not text.startswith(("þÿ", "ÿþ", "ï»¿"))))
def test_any_text_is_read_back_as_word_has_it(text: str) -> None:
    data = put(plain())
    [found] = highlights_of(highlighted(data, remark(WORD, text=text)).data)
    assert found.texts["Contents"] == annotate.remarks.clean(text)


def test_a_note_that_is_too_long_is_cut() -> None:
    long = "Thi đua " * 10_000
    [found] = highlights_of(highlighted(put(plain()), remark(WORD, text=long, author=long)).data)
    assert found.texts["Contents"] == long[: highlights.LONGEST - 1] + "…"
    assert len(found.texts["T"]) <= highlights.LONGEST


def test_no_more_highlights_than_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(highlights, "MOST_NOTES", 3)
    data = put(plain(["", ""]))
    two = remark(box(10, 10, 20, 20), box(10, 10, 20, 20, 2))
    assert highlighted(data, two, two, remark(WORD)).placings == ("exact", "nowhere", "nowhere")


def test_equal_remarks_give_equal_bytes() -> None:
    data = put(plain())
    assert highlighted(data) == highlighted(data)


# -- the file before it


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"\n\n   \n"])
def test_a_table_lists_what_was_appended(end: bytes) -> None:
    data = put(plain(["", ""])).rstrip() + end
    done = highlighted(data, remark(WORD), remark(WORD, text="Hai"), remark(box(9, 9, 20, 20, 2)))
    update = done.data[len(data) :]
    places = listed(update, len(data))
    assert len(places) == 8, "two pages, three highlights and their looks"
    for number, place in places.items():
        assert done.data[place:].startswith(b"%d 0 obj" % number)
    before = int(data.split()[-2])
    assert b"/Prev %d/" % before in update
    assert b"/Size %d>>" % (max(places) + 1) in update


def test_highlights_are_objects_of_their_own() -> None:
    data = put(plain())
    update = highlighted(data, remark(WORD), remark(WORD)).data[len(data) :]
    assert regex.search(rb"/Annots\[(?: \d+ 0 R){2}\]", update, timeout=5)
    assert update.count(b"obj\n<</AP") == 2
    assert update.count(b"/BM/Multiply") == 2


@pytest.mark.parametrize("write", [put, packed], ids=["table", "streams"])
def test_highlighting_twice(write: Callable[[Objects], bytes]) -> None:
    once = highlighted(write(plain())).data
    twice = highlighted(once, remark(box(70, 185, 160, 208), text="Hai")).data
    found = highlights_of(twice)
    assert [one.texts["Contents"] for one in found] == [NOTE, "Hai"]
    assert len({one.texts["NM"] for one in found}) == 2
    assert (b"/Type/XRef" in twice[len(once) :]) == (write is packed)


ANNOTATION = b"<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/Contents(Cu \\(x\\))/NM(tdkt-x)>>"
THERE = {
    "in the page": (f"/Annots[{ANNOTATION.decode()}]", {}),
    "as an object": ("/Annots[20 0 R]", {"_20": ANNOTATION}),
    "in a list of its own": ("/Annots 21 0 R", {"_20": ANNOTATION, "_21": b"[20 0 R]"}),
}


@pytest.mark.parametrize(("entries", "more"), THERE.values(), ids=THERE.keys())
def test_annotations_that_are_there_stay(entries: str, more: dict[str, bytes]) -> None:
    done = highlighted(put(plain([entries], **more)))
    with opened(done.data) as document:
        page = document[0]
        assert raw.FPDFPage_GetAnnotCount(page) == 2
        first = raw.FPDFPage_GetAnnot(page, 0)
        assert raw.FPDFAnnot_GetSubtype(first) == raw.FPDF_ANNOT_TEXT
        assert text_of(first, b"Contents") == "Cu (x)"
        raw.FPDFPage_CloseAnnot(first)
    assert len(highlights_of(done.data)) == 1


def signed() -> bytes:
    """A file with a signature over all of its bytes but those that hold it."""
    objects = plain(
        ["/Annots[20 0 R]"],
        _1=b"<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[20 0 R]>>>>",
        _20=b"<</Type/Annot/Subtype/Widget/FT/Sig/T(S)/Rect[0 0 0 0]/P 10 0 R/V 21 0 R>>",
        _21=b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached"
        b"/ByteRange[0 AAAAAAAA BBBBBBBB CCCCCCCC]/Contents<" + b"00" * 64 + b">>>",
    )
    data = put(objects)
    first, last = data.index(b"<0000"), data.index(b"0>>>") + 2
    for mark, value in ((b"A", first), (b"B", last), (b"C", len(data) - last)):
        data = data.replace(mark * 8, b"%8d" % value)
    return data


def test_a_signature_covers_what_it_covered() -> None:
    data = signed()
    done = highlighted(data)
    assert done.placings == ("exact",)
    assert set(listed(done.data[len(data) :], len(data))).isdisjoint({1, 20, 21})
    with opened(done.data) as document:
        [signature] = [raw.FPDF_GetSignatureObject(document, 0)]
        covered = (ctypes.c_int * 4)()
        assert raw.FPDFSignatureObj_GetByteRange(signature, covered, 4) == 4
    assert covered[2] + covered[3] == len(data)


# -- other kinds of file


def test_a_file_of_streams_gets_a_stream() -> None:
    data = packed(plain())
    update = highlighted(data).data[len(data) :]
    assert b"/Type/XRef" in update
    assert b"trailer" not in update


def test_bytes_before_the_header() -> None:
    data = put(plain(), header=b"rubbish\n%PDF-1.4\n")
    done = highlighted(data)
    [found] = highlights_of(done.data)
    assert found.texts["Contents"] == NOTE
    places = listed(done.data[len(data) :], len(data) - 8)
    assert all(done.data[8 + at :].startswith(b"%d 0 obj" % n) for n, at in places.items())


def test_entries_of_the_trailer_stay() -> None:
    objects = plain(_8=b"<</Title(Ke hoach)>>")
    names = b"/Info 8 0 R/ID[<" + NAME.hex().encode() + b"><00>]/Own(a\\)b)"
    data = put(objects, names)
    update = highlighted(data).data[len(data) :]
    assert b"/Info 8 0 R" in update
    assert b"/Own(a\\)b)" in update
    assert b"/ID[<" + NAME.hex().encode() + b"><" in update
    assert update.count(b"/Size") == update.count(b"/Prev") == 1


def test_a_broken_table_is_written_whole() -> None:
    data = put(plain()).replace(b"startxref\n", b"startxref\n9")
    done = highlighted(data)
    assert b"/Prev" not in done.data[len(data) :]
    [found] = highlights_of(done.data)
    assert found.texts["Contents"] == NOTE
    with opened(done.data) as document:
        assert raw.FPDF_DocumentHasValidCrossReferenceTable(document)
    assert len(highlights_of(highlighted(done.data).data)) == 2


def test_a_table_that_is_broken_within() -> None:
    data = put(plain()).replace(b" 00000 n \n4 1", b" 0a000 n \n4 1")
    [found] = highlights_of(highlighted(data).data)
    assert found.texts["Contents"] == NOTE


def test_a_page_that_comes_twice() -> None:
    objects = plain(_2=b"<</Type/Pages/Count 2/Kids[10 0 R 10 0 R]/MediaBox[0 0 595 842]>>")
    done = highlighted(put(objects), remark(WORD), remark(box(9, 9, 20, 20, 2)))
    assert done.placings == ("exact", "exact")
    assert [one.page for one in highlights_of(done.data)] == [1, 1, 2, 2]


def test_a_broken_table_under_a_signature() -> None:
    data = signed().replace(b"startxref\n", b"startxref\n9")
    with pytest.raises(Unreadable, match="signature"):
        highlight_pdf(data, [remark(WORD)])


def test_an_object_whose_number_was_given_twice() -> None:
    objects = plain()
    objects[2] = objects[2].replace(b"10 0 R", b"10 3 R")
    data = put(objects, generations={10: 3})
    done = highlighted(data)
    [found] = highlights_of(done.data)
    assert found.texts["Contents"] == NOTE
    assert b"/Prev" not in done.data[len(data) :]


def test_a_tree_that_is_deep_and_pages_that_inherit() -> None:
    objects = plain(_2=b"<</Type/Pages/Count 1/Kids[20 0 R]/Rotate 90/CropBox[50 600 400 800]>>")
    objects[20] = b"<</Type/Pages/Parent 2 0 R/Count 1/Kids[10 0 R]/MediaBox[0 0 595 842]>>"
    objects[10] = objects[10].replace(b"/Parent 2", b"/Parent 20")
    data = put(objects)
    with opened(data) as document:
        expected, shown = word_on(document[0])
    [found] = highlights_of(highlighted(data, remark(shown)).data)
    xs, ys = found.quads[0][::2], found.quads[0][1::2]
    assert [min(xs), min(ys), max(xs), max(ys)] == pytest.approx(expected, abs=0.01)


# -- encrypted


@pytest.mark.parametrize("apart", [True, False], ids=["its own object", "in the trailer"])
@pytest.mark.parametrize("password", ["user", "owner"])
def test_an_encrypted_file(password: str, *, apart: bool) -> None:
    data = locked(plain(), b"user", apart=apart)
    done = highlighted(data, password=password)
    assert done.placings == ("exact",)
    assert NOTE.encode("utf-16-be")[:20] not in done.data
    for one in ("user", "owner"):
        [found] = highlights_of(done.data, one)
        assert found.texts["Contents"] == NOTE
        assert found.look.startswith("/GS gs")
        box_of = ImageChops.difference(drawn(data, 1, one), drawn(done.data, 1, one)).getbbox()
        assert box_of == pytest.approx([140, 250, 320, 296], abs=1.5)
    again = highlighted(done.data, remark(WORD, text="Hai"), password=password)
    assert [one.texts["Contents"] for one in highlights_of(again.data, "user")] == [NOTE, "Hai"]


def test_an_encrypted_file_that_opens_by_itself() -> None:
    data = locked(plain(), b"")
    [found] = highlights_of(highlighted(data).data)
    assert found.texts["Contents"] == NOTE


@pytest.mark.parametrize("password", [None, "", "wrong", "sai mật khẩu"])
def test_without_its_password(password: str | None) -> None:
    with pytest.raises(Encrypted) as caught:
        highlight_pdf(locked(plain(), b"user"), [remark(WORD)], password=password)
    assert caught.value.hint


def test_an_owner_who_allows_no_notes() -> None:
    data = locked(plain(), b"", allowed=-4 - 0x20)
    with pytest.raises(Encrypted, match="owner"):
        highlight_pdf(data, [remark(WORD)])
    assert highlighted(data, password="owner").placings == ("exact",)  # noqa: S106 - of a test


@pytest.mark.parametrize("revision", [2, 3, 4, 6])
@pytest.mark.parametrize("stream_mode", ["disable", "generate"])
def test_files_that_another_program_encrypted(revision: int, stream_mode: str) -> None:
    pikepdf = pytest.importorskip("pikepdf", reason="pikepdf encrypts the files of this test")
    out = io.BytesIO()
    modern = revision >= 4
    with pikepdf.open(io.BytesIO(put(plain()))) as file:
        file.save(
            out,
            object_stream_mode=getattr(pikepdf.ObjectStreamMode, stream_mode),
            encryption=pikepdf.Encryption(
                owner="chủ" if revision == 6 else "owner",
                user="user",
                R=revision,
                aes=modern,
                metadata=modern,
            ),
        )
    done = highlighted(out.getvalue(), password="user")  # noqa: S106 - of a test
    with pikepdf.open(io.BytesIO(done.data), password="user") as file:  # noqa: S106 - of a test
        assert file.check_pdf_syntax() == []
        [annotation] = file.pages[0].Annots
        assert str(annotation.Contents) == NOTE
        assert b"/GS gs" in annotation.AP.N.read_bytes()


@pytest.mark.parametrize("write", [put, packed], ids=["table", "streams"])
def test_another_program_reads_the_same(write: Callable[[Objects], bytes]) -> None:
    pikepdf = pytest.importorskip("pikepdf", reason="pikepdf reads the copies of this test")
    data = write(plain(["", "/Rotate 90"]))
    done = highlighted(data, remark(WORD), remark(WORD, box(10, 10, 50, 30, 2), text="Hai"))
    done = highlighted(done.data, remark(WORD, text="Ba"))
    with pikepdf.open(io.BytesIO(done.data)) as file:
        assert file.check_pdf_syntax() == []
        notes = [[str(one.Contents) for one in page.Annots] for page in file.pages]
        assert notes == [[NOTE, "Hai", "Ba"], ["Hai"]]
        for page in file.pages:
            for one in page.Annots:
                assert one.is_indirect
                assert one.Subtype == "/Highlight"
                assert one.F == 4
                assert one.AP.N.Resources.ExtGState.GS.BM == "/Multiply"
                assert list(one.AP.N.BBox) == list(one.Rect)


# -- no PDF


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", UnsupportedFormat),
        (b"Ke hoach", UnsupportedFormat),
        (b"PK\x03\x04" + bytes(40), UnsupportedFormat),
        (b"%PDF-1.7\n", Unreadable),
        (b"%PDF-1.7\n" + bytes(3000), Unreadable),
        (put(plain())[:200], Unreadable),
    ],
)
def test_what_is_no_pdf(data: bytes, error: type[DocumentError]) -> None:
    with pytest.raises(error) as caught:
        highlight_pdf(data, [remark(WORD)])
    assert type(caught.value) is error
    assert caught.value.hint


@pytest.mark.parametrize("pages", [b"", b"/Pages 2 0 R"], ids=["no list", "an empty list"])
def test_a_file_without_pages(pages: bytes) -> None:
    data = put({1: b"<</Type/Catalog%s>>" % pages, 2: b"<</Type/Pages/Count 0/Kids[]>>"})
    assert highlighted(data) == Commented(data, ("nowhere",))


def test_a_file_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LIMIT", 500)
    with pytest.raises(TooLarge):
        highlight_pdf(put(plain()), [remark(WORD)])


BASES = {"table": put(plain(["", ""])), "streams": packed(plain()), "signed": signed()}


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(BASES)),
    st.lists(st.tuples(st.integers(0, 3000), st.binary(min_size=1, max_size=8)), max_size=6),
    st.integers(0, 3000),
)
def test_a_damaged_file_gives_a_copy_or_an_error(
    base: str, damages: list[tuple[int, bytes]], cut: int
) -> None:
    data = BASES[base]
    for at, rubbish in damages:
        at %= len(data)
        data = data[:at] + rubbish + data[at + len(rubbish) :]
    if cut < 300:
        data = data[: len(data) - cut]
    try:
        done = highlight_pdf(data, [remark(WORD)], when=WHEN)
    except DocumentError:
        return
    assert done.data.startswith(data)
    if done.placings == ("exact",):
        with opened(done.data) as document:
            [found] = on_page(document[0], 1)
        assert found.texts["Contents"] == NOTE
