"""
The words of a scan written over its pages: that they are found where they stand, and nothing else.
"""

import io
import shutil
import subprocess
import tracemalloc
from collections.abc import Sequence
from functools import cache
from math import nan
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops
from pypdfium2 import raw
from test_highlights import PAGES, drawn, locked, opened, plain, put, stream

from tdkt_parse.annotate import searchable_pdf
from tdkt_parse.annotate.glyphless import font_file, numbered, unicode_map
from tdkt_parse.exceptions import Encrypted, TooLarge, Unreadable, UnsupportedFormat
from tdkt_parse.layout import Box, Document, Word, Words
from tdkt_parse.readers import pdf as reader
from tdkt_parse.readers import read

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
TYPED = CORPUS / "pdf_000.pdf"
HARD = ["kế", "hoạch,", "ủy", "ban,", "thưởng:", "ữ", "ặ", "Ế", "Ệ", "đ", "01/KH-UBND"]
"""Words with letters that a font is likely to lack."""
USER, OWNER = "user", "owner"


@cache
def typed() -> Document:
    return read(TYPED)


def as_read(document: Document, pages: Sequence[int] | None = None) -> Document:
    """A document as OCR would have read it, or some of its pages."""
    words = document.words
    every = [words[index] for index in range(len(words))]
    sure = [w._replace(confidence=0.9) if not pages or w.box.page in pages else w for w in every]
    return _with(document.text, sure)


def _with(text: str, words: Sequence[Word]) -> Document:
    return Document(text, (), "0" * 64, "application/pdf", "scan", pages=1, words=Words.of(words))


def said(texts: Sequence[str], boxes: Sequence[Box]) -> Document:
    """A document of some words with their boxes, read by OCR."""
    text, words = "", []
    for one, box in zip(texts, boxes, strict=True):
        words.append(Word(len(text), len(text) + len(one), box, 0.9))
        text += one + " "
    return _with(text, words)


def in_a_row(texts: Sequence[str], page: int = 1, top: float = 100.0) -> Document:
    boxes = [Box(page, 60.0 + 48 * k, top, 96.0 + 48 * k, top + 12) for k in range(len(texts))]
    return said(texts, boxes)


@cache
def pictured(source: Path = TYPED, turn: int = 0) -> bytes:
    """A file of nothing but pictures of the pages of another."""
    made = pypdfium2.PdfDocument.new()
    with opened(source.read_bytes()) as document:
        for page in document:
            picture = page.render(scale=1).to_pil().convert("RGB")
            buffer = io.BytesIO()
            picture.rotate(turn, expand=True).save(buffer, "JPEG")
            width, height = page.get_size()
            wide, high = (width, height) if turn % 180 == 0 else (height, width)
            image = pypdfium2.PdfImage.new(made)
            image.load_jpeg(buffer, inline=True)
            image.set_matrix(pypdfium2.PdfMatrix().scale(wide, high))
            new = made.new_page(wide, high)
            new.insert_obj(image)
            new.set_rotation(turn)
            new.gen_content()
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def words_of(document: Document, page: int | None = None) -> list[str]:
    words = document.words
    every = (words[index] for index in range(len(words)))
    return [document.text[w.start : w.end] for w in every if page in (None, w.box.page)]


def found_by_pdfium(data: bytes, page: int = 1, password: str | None = None) -> list[str]:
    with opened(data, password) as document:
        text: str = document[page - 1].get_textpage().get_text_range()
        return text.split()


# -- found


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_pdfium_finds_the_words_in_their_order(turn: int) -> None:
    data = pictured(turn=turn)
    done = searchable_pdf(data, as_read(typed()))
    assert done.data.startswith(data)
    assert (done.written, done.typed, done.doubled) == ((1, 2, 3), (), ())
    for page in done.written:
        assert found_by_pdfium(done.data, page) == words_of(typed(), page)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_poppler_finds_the_words(turn: int, tmp_path: Path) -> None:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext of poppler-utils is not installed")
    path = tmp_path / "copy.pdf"
    path.write_bytes(searchable_pdf(pictured(turn=turn), as_read(typed())).data)
    printed = subprocess.run(
        [program, "-raw", path, "-"], capture_output=True, check=True, encoding="utf-8", timeout=60
    )
    assert printed.stderr == ""
    assert printed.stdout.split() == [
        word for page in (1, 2, 3) for word in words_of(typed(), page)
    ]


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_our_own_reader_reads_the_same_plan(name: str) -> None:
    """What OCR read is read again from the copy, without OCR."""
    source = CORPUS / f"pdf_{name}.pdf"
    first = read(source)
    again = read(searchable_pdf(pictured(source), as_read(first)).data)
    assert sorted(words_of(again)) == sorted(words_of(first))
    assert {notice.rule for notice in again.notices} >= {"ocr_layer"}


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_are_where_they_were_read(turn: int) -> None:
    again = read(searchable_pdf(pictured(turn=turn), as_read(typed())).data)
    places = _places(again)
    for word, boxes in _places(typed()).items():
        for one, other in zip(boxes, places[word], strict=True):
            assert other == pytest.approx(one, abs=3), word


def _places(document: Document) -> dict[str, list[tuple[float, ...]]]:
    found: dict[str, list[tuple[float, ...]]] = {}
    for index in range(len(document.words)):
        word = document.words[index]
        found.setdefault(document.text[word.start : word.end], []).append(tuple(word.box))
    return {word: sorted(boxes) for word, boxes in found.items()}


@pytest.mark.parametrize("entries", PAGES.values(), ids=PAGES.keys())
def test_words_on_pages_of_every_kind(entries: str) -> None:
    """Cut, turned, in a unit of their own: a word is read back in the box it was given."""
    empty = put(plain([entries]) | {3: stream(b"")})
    box = Box(1, 30.0, 40.0, 90.0, 52.0)
    done = searchable_pdf(empty, said(["thưởng"], [box]))
    assert done.written == (1,)
    with opened(done.data) as document:
        page = document[0]
        text = page.get_textpage()
        assert text.get_text_range() == "thưởng"
        corners = [text.get_charbox(index, loose=True) for index in (0, 5)]
        width, height = (round(size * 100) for size in page.get_size())
        shown = []
        for left, bottom, right, top in corners:
            for x, y in ((left, bottom), (right, top)):
                at = raw.c_int(), raw.c_int()
                assert raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, *at)
                shown.append([value.value / 100 for value in at])
    xs, ys = zip(*shown, strict=True)
    assert [min(xs), min(ys), max(xs), max(ys)] == pytest.approx(box[1:], abs=0.5)


@pytest.mark.parametrize(
    ("down", "turn"), [(True, 1), (False, 3)], ids=["from above", "from below"]
)
def test_words_of_a_scan_on_its_side(down: bool, turn: int) -> None:
    boxes = [Box(1, 100.0, 100.0 + 60 * k, 112.0, 145.0 + 60 * k) for k in range(len(HARD))]
    done = searchable_pdf(pictured(), said(HARD, boxes if down else boxes[::-1]))
    with opened(done.data) as document:
        text = document[0].get_textpage()
        assert text.get_text_range().split() == HARD
        assert round(raw.FPDFText_GetCharAngle(text, 0) / 1.5708) % 4 == turn


# -- as it was


@pytest.mark.parametrize("turn", [0, 90])
def test_a_page_looks_as_it_did(turn: int) -> None:
    data = pictured(turn=turn)
    done = searchable_pdf(data, as_read(typed()))
    for page in (1, 2, 3):
        assert not ImageChops.difference(drawn(data, page), drawn(done.data, page)).getbbox()


CONTENTS = {
    "a space that is left changed": b"1 0 0 1 200 300 cm .5 0 0 .5 0 0 cm 1 0 0 rg 0 0 50 50 re f",
    "a space that is saved and not taken back": b"q 2 0 0 2 5 5 cm 0 0 50 50 re f",
    "taken back too often": b"0 0 50 50 re f Q Q 1 0 0 rg 70 70 20 20 re f",
    "words that clip what follows": b"0 0 100 100 re W n 1 0 0 rg 0 0 300 300 re f",
    "words that are left open": b"BT /F 20 Tf 72 700 Td (Ke) Tj",
    "a form that draws by what its page has": b"/Form Do",
}


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS.keys())
def test_pages_that_are_left_in_disorder(content: bytes) -> None:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]"
    page = (
        b"<</Type/Page/Parent 2 0 R/Contents 3 0 R"
        b"/Resources<</Font<</F 4 0 R>>/XObject<</Form 5 0 R>>>>>>"
    )
    data = put(plain() | {3: stream(content), 5: stream(b"BT /F 40 Tf 50 500 Td (Ke) Tj ET", form),
                          10: page})  # fmt: skip
    done = searchable_pdf(data, in_a_row(HARD))
    assert not ImageChops.difference(drawn(data), drawn(done.data)).getbbox()
    again = found_by_pdfium(done.data)
    assert [word for word in again if word != "Ke"] == HARD
    with opened(done.data) as document:
        text = document[0].get_textpage()
        first = text.get_text_range().index(HARD[0])
        left, bottom, _, top = text.get_charbox(first, loose=True)
    assert (left, 842 - top, 842 - bottom) == pytest.approx((60, 100, 112), abs=0.5)


def test_pages_with_words_of_their_own_are_left_alone() -> None:
    made = pypdfium2.PdfDocument.new()
    made.import_pages(pypdfium2.PdfDocument(TYPED), [0])
    made.import_pages(pypdfium2.PdfDocument(pictured()), [1, 2])
    out = io.BytesIO()
    made.save(out)
    done = searchable_pdf(out.getvalue(), as_read(typed(), pages=[2, 3]))
    assert (done.written, done.typed, done.doubled) == ((2, 3), (1,), ())
    assert found_by_pdfium(done.data, 1) == found_by_pdfium(out.getvalue(), 1)
    assert found_by_pdfium(done.data, 3) == words_of(typed(), 3)


def test_a_layer_that_is_not_believed_stays_and_is_told() -> None:
    done = searchable_pdf(put(plain(["", ""])), in_a_row(HARD, page=2))
    assert (done.written, done.typed, done.doubled) == ((2,), (), (2,))
    assert [word for word in found_by_pdfium(done.data, 2) if word in HARD] == HARD


def test_a_copy_of_the_copy_is_the_same() -> None:
    done = searchable_pdf(pictured(), as_read(typed()))
    again = searchable_pdf(done.data, read(done.data))
    assert again.data == done.data
    assert (again.written, again.typed) == ((), (1, 2, 3))


# -- words and files that are strange

HOSTILE = {
    "NUL": ("a\x00b", "a\ufffdb"),
    "half a surrogate": ("a\ud800b", "a\ufffdb"),
    "what is no character": ("a\uffffb", "a\ufffdb"),
    "parentheses": ("(a)\\)<>", "(a)\\)<>"),
    "beyond two bytes": ("😀𝄞", "😀𝄞"),
    "letters apart from their marks": ("thu\u031bo\u031b\u0309ng", "thu\u031bo\u031b\u0309ng"),
    "a stream's end": ("endstream", "endstream"),
}


@pytest.mark.parametrize(("word", "found"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words(word: str, found: str) -> None:
    done = searchable_pdf(pictured(), in_a_row(["kế", word, "ặ"]))
    with opened(done.data) as document:
        assert document[0].get_textpage().get_text_range().split() == ["kế", found, "ặ"]


def test_words_from_right_to_left_do_no_harm() -> None:
    done = searchable_pdf(pictured(), in_a_row(["kế", "\u05d0\u05d1\u05d2", "ặ"]))
    letters = "".join(found_by_pdfium(done.data))
    assert sorted(letters) == sorted("kếặ\u05d0\u05d1\u05d2")


def test_a_word_without_end_is_cut() -> None:
    done = searchable_pdf(pictured(), in_a_row(["ế" * 100_000]))
    assert found_by_pdfium(done.data) == ["ế" * 2_000]


NOWHERE = {
    "no width": Box(1, 10, 10, 10, 20),
    "no height": Box(1, 10, 10, 20, 10),
    "inside out": Box(1, 20, 20, 10, 10),
    "off the page": Box(1, 900, 10, 950, 20),
    "page 0": Box(0, 10, 10, 20, 20),
    "a page after the last": Box(9, 10, 10, 20, 20),
    "no number": Box(1, nan, 10, 20, 20),
}


@pytest.mark.parametrize("box", NOWHERE.values(), ids=NOWHERE.keys())
def test_a_place_that_is_none_gets_nothing(box: Box) -> None:
    done = searchable_pdf(pictured(), said(["kế"], [box]))
    assert (done.data, done.written) == (pictured(), ())
    beside = searchable_pdf(pictured(), said(["kế", "ặ"], [box, Box(1, 10, 10, 20, 20)]))
    assert found_by_pdfium(beside.data) == ["ặ"]


def test_files_that_take_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    document = in_a_row(HARD)
    with pytest.raises(UnsupportedFormat):
        searchable_pdf(b"PK\x03\x04", document)
    with pytest.raises(Unreadable):
        searchable_pdf(pictured()[:2000], document)
    monkeypatch.setattr(reader, "LIMIT", 1000)
    with pytest.raises(TooLarge):
        searchable_pdf(pictured(), document)


@pytest.mark.parametrize("apart", [True, False])
def test_encrypted_files(apart: bool) -> None:
    data = locked(plain(), b"user", apart=apart)
    with pytest.raises(Encrypted):
        searchable_pdf(data, in_a_row(HARD))
    done = searchable_pdf(data, in_a_row(HARD), password=USER)
    assert done.data.startswith(data)
    words = found_by_pdfium(done.data, password=USER)
    assert [word for word in words if word in HARD] == HARD
    with pytest.raises(Encrypted):
        read(done.data)


def test_the_owner_must_allow_changes() -> None:
    data = locked(plain(), b"", allowed=-4 & ~0x08)
    with pytest.raises(Encrypted, match="allows no changes"):
        searchable_pdf(data, in_a_row(HARD))
    assert searchable_pdf(data, in_a_row(HARD), password=OWNER).written == (1,)


def test_many_pages() -> None:
    """What is held is a few times the file, whatever the number of pages."""
    pages, each = 500, 40
    objects = plain([""] * pages) | {3: stream(b"")}
    text, words = "", []
    for page in range(1, pages + 1):
        for k in range(each):
            word = HARD[k % len(HARD)]
            x, y = 40 + 50 * (k % 10), 40 + 18 * (k // 10)
            words.append(
                Word(len(text), len(text) + len(word), Box(page, x, y, x + 40, y + 12), 0.9)
            )
            text += word + " "
    document = _with(text, words)
    data = put(objects)
    tracemalloc.start()
    done = searchable_pdf(data, document)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(done.written) == pages
    assert most < 40_000_000
    assert len(done.data) - len(data) < 3_000_000
    assert found_by_pdfium(done.data, 500)[:5] == HARD[:5]


# -- the font


def test_every_sign_has_a_number() -> None:
    numbers = numbered("kế ế😀")
    assert sorted(numbers.values()) == [1, 2, 3, 4]
    assert f"<{numbers['ế']:04X}> <1EBF>".encode() in unicode_map(numbers)
    assert f"<{numbers['😀']:04X}> <D83DDE00>".encode() in unicode_map(numbers)


def test_more_signs_than_a_font_has() -> None:
    assert len(numbered(map(chr, range(0x20, 0x20000)))) == 0xFFFE


def test_the_font_opens() -> None:
    from PIL import ImageFont

    font = ImageFont.truetype(io.BytesIO(font_file()), 100)
    assert font.getname()[0] == "TdktGlyphless"
    assert font.getlength("    ") == 200
    blank = Image.new("L", (200, 200), 255)
    assert blank.getextrema() == (255, 255)
