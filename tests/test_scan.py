"""
Pictures of pages: made ready, read by an engine, laid out as typed pages are.
"""

import io
import os
import stat
import sys
from array import array
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tdkt_parse.exceptions import (
    MissingDependency,
    NeedsOcr,
    TooLarge,
    Unreadable,
    to_install,
)
from tdkt_parse.layout import Document, Table, row_texts
from tdkt_parse.pipeline import parse
from tdkt_parse.readers import read
from tdkt_parse.readers.pdf import cells as cells_of_pdf
from tdkt_parse.readers.pdf.document import needed
from tdkt_parse.readers.pdf.glyphs import MARK
from tdkt_parse.readers.pdf.lattice import Rect
from tdkt_parse.readers.pdf.paragraphs import Measure, find_paragraphs
from tdkt_parse.readers.pdf.rows import Row, find_rows
from tdkt_parse.readers.scan import engine

pytest.importorskip("cv2", reason="opencv-python-headless is not installed")
np = pytest.importorskip("numpy", reason="numpy is not installed")

from PIL import Image, ImageDraw, ImageFilter, ImageFont  # noqa: E402

from tdkt_parse.readers.scan import belief, cleaning, images, lines, words  # noqa: E402
from tdkt_parse.readers.scan.engine import EngineFailed, Recognised  # noqa: E402

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.ImageDraw import ImageDraw as Draw

RESOLUTION = 200
A4 = (1654, 2339)
FONTS = ("DejaVuSerif.ttf", "LiberationSerif-Regular.ttf", "Tinos-Regular.ttf")
TEXT = (
    "Thực hiện Luật Thi đua, Khen thưởng năm 2022, Ủy ban nhân dân",
    "huyện xây dựng kế hoạch công tác thi đua, khen thưởng năm 2024",
    "trên địa bàn với các nội dung cụ thể như sau: tổ chức phát động",
    "phong trào thi đua thường xuyên và theo chuyên đề; bình xét các",
    "danh hiệu thi đua bảo đảm chính xác, công khai, dân chủ.",
)


def _has_tesseract() -> bool:
    try:
        engine.chosen_engine()
    except MissingDependency:
        return False
    return True


needs_tesseract = pytest.mark.skipif(
    not _has_tesseract(), reason="Tesseract with its data for Vietnamese is not installed"
)


def test_a_package_that_is_missing_is_brought_by_the_python_that_runs() -> None:
    error = needed(ModuleNotFoundError("No module named 'cv2.cv2'", name="cv2.cv2"))
    assert error.message == "A scanned page needs the Python package cv2."
    assert error.hint == to_install("ocr")
    assert sys.executable in error.hint


def _font(points: float) -> "ImageFont.FreeTypeFont":
    for name in FONTS:
        try:
            font = ImageFont.truetype(name, round(points * RESOLUTION / 72))
        except OSError:
            continue
        if font.getmask("ộ").getbbox() != font.getmask("\uffff").getbbox():
            return font
    pytest.skip("no font with Vietnamese letters is installed")


def _page() -> "tuple[Image.Image, Draw]":
    page = Image.new("RGB", A4, (255, 255, 255))
    return page, ImageDraw.Draw(page)


def _printed(rows: Sequence[str] = TEXT, *, left: int = 240, top: int = 300) -> "Image.Image":
    page, draw = _page()
    for number, row in enumerate(rows):
        draw.text((left, top + 60 * number), row, fill=(20, 20, 20), font=_font(12))
    return page


def _saved(page: "Image.Image", kind: str = "PNG", **said: Any) -> bytes:
    file = io.BytesIO()
    page.save(file, kind, dpi=(RESOLUTION, RESOLUTION), **said)
    return file.getvalue()


def _joined(document: Document) -> str:
    return " ".join(document.text.split())


def _share(document: Document) -> float:
    """How many of the words that were printed were read."""
    wanted = " ".join(TEXT).split()
    read_ = set(_joined(document).split())
    return sum(word in read_ for word in wanted) / len(wanted)


# -- files


@needs_tesseract
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "PDF"])
def test_a_page_is_read_whatever_file_it_is_in(kind: str) -> None:
    page = _printed()
    file = io.BytesIO()
    said: dict[str, Any] = (
        {"resolution": RESOLUTION} if kind == "PDF" else {"dpi": (RESOLUTION, RESOLUTION)}
    )
    page.save(file, kind, **said)
    document = read(file.getvalue())
    assert _share(document) > 0.9
    assert document.reader == ("pdf" if kind == "PDF" else "scan")
    assert document.pages == 1
    assert document.ocr is not None
    assert document.ocr.language == "vie"
    assert [n.rule for n in document.notices] == ["ocr_page"]
    word = document.words[0]
    assert word.confidence is not None
    assert word.confidence > 0.5
    assert abs(word.box.x0 - 240 * 72 / RESOLUTION) < 3
    plan = parse(file.getvalue())
    assert plan.source.ocr is not None
    assert (plan.source.ocr.confidence or 0) > 0.8


@needs_tesseract
def test_all_pages_of_a_tiff_are_read() -> None:
    file = io.BytesIO()
    pages = [_printed(TEXT[:2]), _printed(TEXT[2:4])]
    pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:], dpi=(200, 200))
    document = read(file.getvalue())
    assert document.pages == 2
    assert {word.box.page for word in document.words} == {1, 2}  # type: ignore[attr-defined]


def test_a_picture_is_not_read_where_none_is_to_be() -> None:
    with pytest.raises(NeedsOcr):
        read(_saved(_page()[0]), ocr="never")


@pytest.mark.parametrize("magic", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\x00"])
def test_broken_pictures_are_an_error(magic: bytes) -> None:
    with pytest.raises(Unreadable):
        read(magic + b"rubbish" * 50)


def test_a_picture_that_breaks_off_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    _answer(monkeypatch, [])
    data = _saved(_printed())
    with pytest.raises(Unreadable):
        read(data[: len(data) // 3])


def test_a_picture_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(TooLarge):
        read(_saved(Image.new("L", (20_000, 12_000), 255)))


def test_a_picture_over_40_megapixels_is_read_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    _answer(monkeypatch, [Recognised("Kế", 90, 90, 130, 120, 0.9, 1)])
    document = read(_saved(Image.new("1", (6_400, 6_400), 1)))
    assert "reduced_page" in [notice.rule for notice in document.notices]


# -- image work


@needs_tesseract
@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_pages_on_their_side_or_head(degrees: int) -> None:
    page = _printed(TEXT * 3).rotate(degrees, expand=True)
    document = read(_saved(page))
    assert _share(document) > 0.9
    for word in document.words:  # type: ignore[attr-defined]
        assert 0 <= word.box.x0 < word.box.x1 <= page.width * 72 / RESOLUTION
        assert 0 <= word.box.y0 < word.box.y1 <= page.height * 72 / RESOLUTION


@needs_tesseract
def test_an_aslant_page_is_levelled_and_its_boxes_are_of_the_page_as_shown() -> None:
    page = _printed(TEXT * 3).rotate(
        2.0, fillcolor=(255, 255, 255), resample=Image.Resampling.BICUBIC
    )
    document = read(_saved(page))
    assert _share(document) > 0.9
    last = document.words[document.words.within(0, document.text.index("dân")).stop]
    # The end of the first line was turned up, about the middle of the page.
    left = document.words[0]
    assert left.box.y0 - last.box.y0 > 8


@pytest.mark.parametrize("degrees", [-3.0, -0.7, 0.0, 1.3])
def test_skew_is_found(degrees: float) -> None:
    page = _printed(TEXT * 4).rotate(degrees, fillcolor=(255, 255, 255)).convert("L")
    found = cleaning.skew_of(np.asarray(page), RESOLUTION)
    assert found == pytest.approx(-degrees, abs=0.12)


def _thin_table() -> "Image.Image":
    """Rules of a dot down a whole page, with few words: sharp where level, nowhere else."""
    page, draw = _page()
    ys = (200, 375, 550, 599, 734, 952, 1127, 1302, 1437, 1612, 1747, 1965, 2055)
    for y in ys:
        draw.line((240, y, 1540, y), fill=(0, 0, 0))
        draw.text((380, y + 8), "Sơ kết phong trào", fill=(0, 0, 0), font=_font(12))
    for x in (240, 360, 840, 1060, 1300, 1540):
        draw.line((x, ys[0], x, ys[-1]), fill=(0, 0, 0))
    return page


@pytest.mark.parametrize("degrees", [-1.3, -0.72, -0.3, -0.2, 0.0, 0.25, 0.31, 0.77, 1.24])
def test_the_skew_of_thin_rules_is_found(degrees: float) -> None:
    page = _thin_table().filter(ImageFilter.GaussianBlur(0.4))
    page = page.rotate(degrees, fillcolor=(255, 255, 255), resample=Image.Resampling.BICUBIC)
    found = cleaning.skew_of(np.asarray(page.convert("L")), RESOLUTION)
    assert found == pytest.approx(-degrees, abs=0.05)


@pytest.mark.parametrize("period", [3, 4, 5, 6])
def test_a_ground_of_dots_is_no_skew(period: int) -> None:
    grey = np.array(_printed(TEXT * 4).convert("L"))
    y, x = np.mgrid[0 : grey.shape[0], 0 : grey.shape[1]]
    grey[((x + 2 * y) % period == 0) & ((x - y) % (period + 1) == 0)] = 60
    assert cleaning.skew_of(grey, RESOLUTION) == pytest.approx(0, abs=0.06)


def test_a_page_of_grain_is_no_skew() -> None:
    grey = np.array(_printed(TEXT * 4).convert("L"))
    grey[np.random.default_rng(1).random(grey.shape) < 0.1] = 60
    assert cleaning.skew_of(grey, RESOLUTION) == pytest.approx(0, abs=0.06)


def test_coloured_ink_goes_and_the_black_under_it_stays() -> None:
    page, draw = _page()
    draw.ellipse((300, 300, 700, 700), outline=(220, 30, 40), width=14)
    draw.rectangle((200, 490, 800, 500), fill=(0, 0, 0))
    grey = cleaning.without_seals(np.asarray(page)[:, :, ::-1], RESOLUTION)
    assert grey[495, 250:750].max() < 60
    assert grey[303:306, 480:520].min() > 200


def test_grey_ground_is_made_white() -> None:
    page = _printed(TEXT).convert("L").point(lambda v: v * 0.6)
    made = cleaning.clean(np.asarray(page), RESOLUTION).grey
    assert np.median(made) > 245


def test_specks_go_and_full_stops_stay() -> None:
    grey = np.full((600, 600), 255, np.uint8)
    grey[100:102, 100:102] = 0
    grey[300:306, 300:306] = 0
    made = cleaning.without_specks(grey, 300)
    assert made[101, 101] == 255
    assert made[303, 303] == 0


def _line_of_letters() -> "NDArray[Any]":
    """A line as of ten-point print at 200 dots: 14 dots high, the last letter up to 290."""
    grey: NDArray[Any] = np.full((220, 400), 255, np.uint8)
    for left in range(56, 290, 14):
        grey[106:120, left : left + 10] = 0
    assert not grey[119, 289]
    assert grey[119, 290] == 255
    return grey


@pytest.mark.parametrize("gap", [4, 5, 6])
def test_a_small_full_stop_on_the_line_stays_though_it_stands_off(gap: int) -> None:
    grey = _line_of_letters()
    grey[117:120, 290 + gap : 293 + gap] = 0
    assert cleaning.without_specks(grey, 200)[118, 291 + gap] == 0


def test_a_small_full_stop_stays_beside_the_arm_of_a_y() -> None:
    grey = _line_of_letters()
    grey[:, 278:] = 255
    for step in range(20):  # From above on the right down to the left, below the line.
        grey[106 + step, 288 - step // 2 : 290 - step // 2] = 0
    grey[117:120, 294:297] = 0
    assert cleaning.without_specks(grey, 200)[118, 295] == 0


@pytest.mark.parametrize("low", [3, 6], ids=["colon", "semicolon"])
def test_the_upper_dot_of_a_colon_stays(low: int) -> None:
    grey = _line_of_letters()
    grey[106:109, 295:298] = 0
    grey[117 : 117 + low, 295:298] = 0
    made = cleaning.without_specks(grey, 200)
    assert made[107, 296] == 0
    assert made[118, 296] == 0


@pytest.mark.parametrize(
    ("y", "x"),
    [
        pytest.param(111, 295, id="at the middle of a letter"),
        pytest.param(103, 295, id="over the line"),
        pytest.param(123, 295, id="under the line"),
        pytest.param(117, 303, id="between two words"),
        pytest.param(117, 380, id="at the edge of the page"),
        pytest.param(60, 150, id="between two lines"),
        pytest.param(117, 30, id="before the line"),
    ],
)
def test_a_speck_that_is_no_full_stop_goes(y: int, x: int) -> None:
    grey = _line_of_letters()
    grey[y : y + 3, x : x + 3] = 0
    assert cleaning.without_specks(grey, 200)[y + 1, x + 1] == 255


def test_a_speck_over_a_letter_or_another_speck_is_no_colon() -> None:
    grey = _line_of_letters()
    grey[96:99, 303:306] = 0
    grey[106:120, 303:313] = 0  # A letter, farther below than the dot of an i is.
    grey[40:43, 200:203] = 0
    grey[51:54, 200:203] = 0
    made = cleaning.without_specks(grey, 200)
    assert made[97, 304] == made[41, 201] == made[52, 201] == 255


# -- tables


def _table() -> "Image.Image":
    page, draw = _page()
    xs, ys = (200, 320, 1000, 1450), (300, 380, 460, 540, 620)
    for x in xs:
        draw.line((x, ys[0], x, ys[-1]), fill=(0, 0, 0), width=3)
    for y in ys:
        draw.line((xs[0], y, xs[-1], y), fill=(0, 0, 0), width=3)
    draw.rectangle((xs[0] + 3, ys[1] + 3, xs[2] + 120, ys[2] - 3), fill=(255, 255, 255))
    rows = (("TT", "Nội dung", "Thời gian"), (), ("1", "Sơ kết phong trào", "Tháng 6"))
    for y, row in zip(ys, (*rows, ("2", "Tổng kết năm", "Quý IV")), strict=False):
        for x, said in zip(xs, row, strict=False):
            draw.text((x + 20, y + 18), said, fill=(0, 0, 0), font=_font(13))
    draw.text((xs[0] + 300, ys[1] + 18), "Các hoạt động chung", fill=(0, 0, 0), font=_font(13))
    draw.line((xs[2] + 118, ys[1] + 3, xs[2] + 118, ys[2] - 3), fill=(255, 255, 255), width=3)
    return page


def test_lines_are_found_and_taken_out() -> None:
    grey = np.asarray(_table().convert("L"))
    drawn, plain, *_ = lines.find_lines(grey, RESOLUTION)
    assert len(drawn.level) == 5
    assert len(drawn.upright) >= 4
    assert plain[300, 210:310].min() == 255


def _broken_rule(*, ink: bool, letters: bool = False) -> "Image.Image":
    """
    The second of three rules breaks off before the right edge, from where it may be drawn on; or
    letters stand there.
    """
    page, draw = _page()
    for x in (200, 800, 1400):
        draw.line((x, 300, x, 500), fill=(0, 0, 0), width=2)
    for y in (300, 400, 500):
        draw.line((200, y, 1400, y), fill=(0, 0, 0), width=2)
    draw.rectangle((1374 if ink else 1360, 398, 1378 if ink else 1397, 403), fill=(255, 255, 255))
    if letters:
        draw.rectangle((1364, 385, 1396, 404), fill=(0, 0, 0))
    return page


@pytest.mark.parametrize("ink", [True, False])
def test_a_rule_with_a_break_near_its_end_goes_on(ink: bool) -> None:
    ruled = lines.find_lines(np.asarray(_broken_rule(ink=ink).convert("L")), RESOLUTION)
    (second,) = [rule for rule in ruled.drawn.level if 140 < rule.at < 148]
    assert (second.end > 500) is ink
    if ink:
        assert ruled.plain[395:406, 1300:1397].min() == 255


def test_a_rule_does_not_go_on_over_letters() -> None:
    page = _broken_rule(ink=False, letters=True)
    ruled = lines.find_lines(np.asarray(page.convert("L")), RESOLUTION)
    (second,) = [rule for rule in ruled.drawn.level if 140 < rule.at < 148]
    assert second.end < 500
    assert ruled.plain[390:402, 1366:1394].max() == 0


@needs_tesseract
def test_a_page_that_seems_to_lie_on_its_side_is_read_as_it_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cleaning, "_is_on_its_side", lambda *_: True)
    assert _share(read(_saved(_printed(TEXT)))) > 0.9


@needs_tesseract
def test_a_ruled_table_is_read_cell_by_cell() -> None:
    document = read(_saved(_table()))
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert len(table.rows) == 4
    assert table.rows[1][0].columns >= 2
    said = [row_texts(document.text, row) for row in table.rows]
    assert [" ".join(text.split()) for text in said[2]] == ["1", "Sơ kết phong trào", "Tháng 6"]


# -- words


def test_words_of_a_line_agree_on_its_type_size_and_base() -> None:
    said = [
        Recognised("nơn", 0, 53, 40, 100, 0.9, 1),
        Recognised("Đan", 50, 34, 100, 100, 0.9, 1),
        Recognised("gia", 110, 34, 160, 121.5, 0.9, 1),
    ]
    made = words.words_of([said], 72)
    assert len(set(made.sizes)) == 1
    assert made.sizes[0] == pytest.approx(100, abs=3)
    assert made.bases[0] == pytest.approx(100, abs=2)
    assert list(made.sures) == [0.9, 0.9, 0.9]


def _beside(base: float) -> list[Recognised]:
    """A caption on the left, and an office on the right of what an engine has as one line."""
    return [
        Recognised("Nơi", 0, 67, 60, 100, 0.9, 1),
        Recognised("nhận", 70, 66, 150, 110, 0.9, 1),
        Recognised("CHỦ", 900, base - 44, 990, base, 0.9, 1),
        Recognised("TỊCH", 1000, base - 33, 1100, base + 10, 0.9, 1),
    ]


@pytest.mark.parametrize(("base", "lines"), [(122.0, 2), (100.0, 1)])
def test_columns_on_two_heights_are_two_lines(base: float, lines: int) -> None:
    said = [*belief.believed([_beside(base)], 72)]
    assert [word.text for line in said for word in line] == ["Nơi", "nhận", "CHỦ", "TỊCH"]
    assert len(said) == lines
    made = words.words_of(said, 72)
    assert made.bases[0] == pytest.approx(100, abs=3)
    assert made.bases[2] == pytest.approx(base, abs=3)


def test_a_speck_beside_a_line_is_no_part_of_it() -> None:
    speck = Recognised("ị", 900, 60, 910, 91, 0.63, 1)
    line = [*_beside(100.0)[:2], speck]
    assert [[word.text for word in one] for one in belief.believed([line], 72)] == [["Nơi", "nhận"]]


@pytest.mark.parametrize(
    ("ink", "paper", "sure", "kept"),
    [
        (60, 205, 0.95, ["Nơi", "nhận"]),  # Grain at the edge of a scan.
        (60, 150, 0.95, ["Nơi", "nhận", "1J;"]),  # As pale as a stamp, and inked all the same.
        (60, 185, 0.95, ["Nơi", "nhận", "1J;"]),
        (170, 205, 0.95, ["Nơi", "nhận", "1J;"]),  # On a page of pale print nothing is left out,
        (60, 205, 0.6, ["Nơi", "nhận", "1J;"]),  # nor where nothing was surely read.
    ],
)
def test_where_there_is_no_ink_there_is_no_word(
    ink: int, paper: int, sure: float, kept: list[str]
) -> None:
    said = [
        Recognised("Nơi", 0, 67, 60, 100, sure, 1),
        Recognised("nhận", 70, 66, 150, 110, sure, 1),
        Recognised("1J;", 180, 20, 200, 110, 0.4, 1),
    ]
    grey = np.full((120, 200), 240, np.uint8)
    grey[67:100, :150] = ink
    grey[30:90:3, 180:200] = paper
    assert [word.text for word in belief.inked(said, grey)] == kept
    beside = belief.inked(said[2:], grey, said[:2])
    assert [word.text for word in [*said[:2], *beside]] == kept


def test_words_that_stand_over_one_another_are_of_two_rows() -> None:
    """Where an engine gave those of a column the height of the line beside them."""
    said = [
        [
            Recognised("Như", 20, 64, 70, 105, 0.9, 1),
            Recognised("Điều", 80, 65, 170, 105, 0.9, 1),
            Recognised("CHỦ", 800, 66, 890, 103, 0.9, 1),
        ],
        [
            Recognised("Bộ", 20, 93, 52, 121, 0.9, 2),
            Recognised("Tư", 60, 93, 95, 114, 0.9, 2),
            Recognised("pháp", 100, 92, 170, 121, 0.9, 2),
        ],
    ]
    rows = find_rows(words.words_of(said, 72))
    assert [row[0].texts for row in rows] == [["Như", "Điều"], ["Bộ", "Tư", "pháp"]]


@pytest.mark.parametrize(
    ("text", "top", "bottom", "raised"),
    [("1", 34, 75, True), ("(2)", 34, 78, True), ("1", 31, 100, False), ("a", 34, 60, False)],
)
def test_a_small_number_above_the_line_is_the_mark_of_a_note(
    text: str, top: float, bottom: float, *, raised: bool
) -> None:
    said = [
        Recognised(text, 0, top, 20, bottom, 0.9, 1),
        Recognised("Theo", 30, 34, 130, 100, 0.9, 1),
        Recognised("Đan", 150, 34, 200, 100, 0.9, 1),
    ]
    made = words.words_of([said], 72)
    assert [bool(look & MARK) for look in made.looks] == [raised, False, False]
    assert made.bases[1] == pytest.approx(100, abs=2)


def test_specks_that_look_like_a_stroke_are_left() -> None:
    line = [Recognised("ủy;", 0, 0, 30, 30, 0.9, 1), Recognised("l", 60, 2, 65, 8, 0.9, 1)]
    assert [[word.text for word in one] for one in belief.believed([line], RESOLUTION)] == [["ủy;"]]


@pytest.mark.parametrize(
    ("said", "at", "sure", "kept"),
    [
        (":", 300, 0.5, False),
        (".", 300, 0.95, False),
        ("l", 300, 0.2, False),
        (":", 70, 0.9, True),
        (":", 300, 0.9, True),
        (":", 70, 0.7, False),
        ("'", 65, 0.95, False),
        ("ˆ", 65, 0.95, False),
        ("......", 70, 0.4, True),
        ("-", 300, 0.4, True),
        ("-", 300, 0.2, False),
        ("x", 300, 0.2, False),
        ("x", 300, 0.9, True),
        ("3", 300, 0.2, True),
    ],
)
def test_specks_in_a_cell_stand_apart(said: str, at: float, sure: float, kept: bool) -> None:
    line = [Recognised("Quý", 0, 0, 60, 30, 0.9, 1), Recognised(said, at, 0, at + 8, 30, sure, 1)]
    assert [word.text for word in belief.without_specks(line)] == ["Quý", *[said] * kept]


def test_a_page_of_ink_of_which_nothing_was_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    _answer(monkeypatch, [])
    picture = _printed()
    picture.paste(0, (100, 100, 900, 900))
    with pytest.raises(Unreadable, match="made nothing"):
        read(_saved(picture))


@pytest.mark.parametrize(
    ("said", "sure", "kept"),
    [
        ("|", 0.95, False),
        ("ca»", 0.28, False),
        (".", 0.95, False),
        ("kế", 0.9, True),
        ("\\Z;", 0.4, False),
        ("-", 0.2, False),
        ("V", 0.5, False),
        ("3", 0.9, True),
        ("Vương.", 0.39, True),
        ("đua.", 0.39, False),
        ("Vương.", 0.2, False),
        ("Vxương", 0.5, False),
        ("thang", 0.5, False),
        ("Quíh", 0.2, True),
        ("I.QUÝI", 0.6, True),
        ("Quíh", 0.1, False),
        ("Quen", 0.5, False),
        ("“Trình", 0.11, False),
    ],
)
def test_what_only_looks_like_words_is_left(said: str, sure: float, kept: bool) -> None:
    line = [Recognised(said, 0, 0, 30, 30, sure, 1)]
    assert bool([*belief.believed([line], RESOLUTION)]) == kept


@pytest.mark.parametrize(
    ("said", "place", "kept"),
    [
        ("TTg", (330, 35, 420, 122), True),
        ("NQ", (330, 35, 420, 115), True),
        ("8", (330, 33, 380, 100), True),
        ("–", (330, 70, 380, 76), True),
        ("—-", (330, 70, 380, 76), True),
        ("/", (330, 34, 360, 102), True),
        ("'", (330, 34, 340, 50), False),
        (".", (330, 94, 340, 104), False),
        ("-", (330, 96, 380, 102), False),
        ("-", (330, 70, 340, 76), False),
        ("|", (330, 10, 340, 130), False),
        ("wM", (330, -40, 420, 122), False),
        ("j;", (330, 35, 420, 190), False),
        ("TTg", (301, 35, 330, 122), True),
        ("wM", (290, 35, 420, 122), False),
    ],
)
def test_what_stands_between_two_words_as_words_do_is_kept(
    said: str, place: tuple[float, float, float, float], kept: bool
) -> None:
    line = [
        Recognised("số", 100, 35, 150, 100, 0.9, 1),
        Recognised("1779/QĐ-", 170, 34, 300, 102, 0.66, 1),
        Recognised(said, *place, 0.1, 1),
        Recognised("ngày", place[2] + 30, 53, place[2] + 140, 122, 0.97, 1),
    ]
    (read,) = belief.believed([line], RESOLUTION)
    assert (said in [word.text for word in read]) == kept


def test_what_stands_beside_words_that_are_doubted_is_left() -> None:
    line = [
        Recognised("Kế", 0, 34, 60, 100, 0.9, 1),
        Recognised("hoạch", 80, 34, 200, 100, 0.9, 1),
        Recognised("Mw", 230, 34, 300, 100, 0.2, 1),
        Recognised("NQ", 330, 34, 420, 100, 0.1, 1),
        Recognised("rn", 450, 34, 500, 100, 0.2, 1),
    ]
    (read,) = belief.believed([line], RESOLUTION)
    assert [word.text for word in read] == ["Kế", "hoạch"]


# -- engines


def _answer(monkeypatch: pytest.MonkeyPatch, found: list[Recognised]) -> None:
    def answer(pictures: Sequence[Any], *_: Any) -> list[list[Recognised]]:
        return [found for _ in pictures]

    fake = engine.Engine("fake", lambda: "1", answer)
    monkeypatch.setattr(engine, "ENGINES", (fake,))
    monkeypatch.setattr(engine, "data_folder", Path)


def test_a_page_without_words_is_no_document(monkeypatch: pytest.MonkeyPatch) -> None:
    _answer(monkeypatch, [])
    with pytest.raises(Unreadable):
        read(_saved(_printed()))


def test_without_an_engine_the_command_to_type_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "ENGINES", ())
    with pytest.raises(MissingDependency, match="tesseract"):
        read(_saved(_printed()))


def test_without_its_data_too(monkeypatch: pytest.MonkeyPatch) -> None:
    _answer(monkeypatch, [])
    monkeypatch.setattr(engine, "data_folder", lambda: None)
    with pytest.raises(MissingDependency, match="Vietnamese"):
        read(_saved(_printed()))


_TSV = "1\\t1\\t0\\t0\\t0\\t0\\t0\\t0\\t9\\t9\\t-1\\t\\n"
PROGRAMS = {
    "crashes": "import os; os.abort()",
    "hangs": "import time; time.sleep(60)",
    "bad UTF-8": "import sys; sys.stdout.buffer.write(b'5\\t1\\xff\\xfe\\n')",
    "nothing": "pass",
    "no number": r"print('5\t1\t1\t1\t1\t1\tx\t0\t9\t9\t90\tKế')",
    "too much": r"[print('5\t1\t1\t1\t1\t%d\t1\t0\t9\t9\t90\tKế' % k) for k in range(90000)]",
}


@pytest.mark.skipif(sys.platform == "win32", reason="the fake program is a script")
@pytest.mark.parametrize("fault", PROGRAMS)
def test_a_program_that_goes_wrong_is_an_error_of_its_own(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _install(PROGRAMS[fault], tmp_path, monkeypatch)
    with pytest.raises(EngineFailed):
        engine.recognise([np.full((50, 50), 255, np.uint8)], resolution=200, timeout=2.0)
    monkeypatch.setattr(engine, "TIMEOUT", 2.0)
    if fault != "hangs":
        with pytest.raises(Unreadable, match="OCR"):
            read(_saved(_printed()))


def _install(code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program in Tesseract's place."""
    program = folder / "tesseract"
    program.write_text(f"#!{sys.executable}\n{code}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    (row,) = (row for row in engine.ENGINES if row.name == "tesseract")
    monkeypatch.setattr(engine, "ENGINES", (row._replace(version=lambda: "5"),))
    monkeypatch.setattr(engine, "_program", lambda: str(program))
    monkeypatch.setattr(engine, "data_folder", lambda: folder)


@needs_tesseract
def test_the_program_reads_as_the_library_does(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row for row in engine.ENGINES if row.version() is not None]
    if len(rows) < 2:
        pytest.skip("only one of Tesseract's library and program is installed")
    picture = np.asarray(_printed().convert("L"))
    found = []
    for row in rows:
        monkeypatch.setattr(engine, "ENGINES", (row,))
        (read_,) = engine.recognise([picture], resolution=RESOLUTION)
        found.append(" ".join(word.text for word in read_))
    assert found[0].split()[:8] == found[1].split()[:8]


def test_data_are_looked_for_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", os.fspath(tmp_path))
    assert engine.data_folders()[0] == tmp_path
    (tmp_path / "vie.traineddata").touch()
    assert engine.data_folder() == tmp_path


def test_resolution_is_guessed_where_the_file_says_none() -> None:
    file = io.BytesIO()
    Image.new("L", (1654, 2339), 255).save(file, "PNG")
    with images.open_pictures(file.getvalue()) as image:
        sheet = images.read_page(image, 0)
    assert sheet is not None
    assert sheet.resolution == pytest.approx(200, abs=2)


@pytest.mark.parametrize(("sign", "kept"), [("ˆ", False), ("ˇ.", False), ("+", True)])
def test_marks_without_a_letter_are_specks(sign: str, kept: bool) -> None:
    said = [
        Recognised("Quý", 30, 0, 60, 30, 0.95, 1),
        Recognised("I/2024:", 70, 0, 150, 30, 0.9, 1),
    ]
    line = [Recognised(sign, 0, 0, 20, 8, 0.9, 1), *said]
    (found,) = belief.believed([line], RESOLUTION)
    assert [word.text for word in found] == ([sign] if kept else []) + ["Quý", "I/2024:"]


def test_a_word_behind_a_quotation_mark_is_one() -> None:
    said = [
        Recognised(text, 40 * k, 0, 40 * k + 30, 30, 0.95, 1) for k, text in enumerate("abc", 1)
    ]
    line = [Recognised("“Trình", 0, 0, 30, 30, 0.11, 1), *said]
    (found,) = belief.believed([line], RESOLUTION)
    assert found[0].text == "“Trình"


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        ([("^AẢN/", 0.4), ("A/", 0.74)], False),
        ([("/MưM", 0.45), ("VN", 0.85)], False),
        ([("X", 0.36), ("7", 0.94), ("IVAVA", 0.64)], False),
        ([("F", 0.93)], False),
        ([("w", 0.95)], False),
        ([("A", 0.93)], True),
        ([("7", 0.93)], True),
        ([("PHÓ", 0.5), ("CHỦ", 0.62), ("TỊCH", 0.5)], True),
        ([("Ngô", 0.61), ("Hà", 0.55), ("Vy", 0.4)], True),
        ([("98/2023/NĐ-CP", 0.65), ("VT", 0.5)], True),
        ([("VT,", 0.93), ("NCKSTT.", 0.92)], True),
        ([("Số:", 0.5), ("/KH-UBND", 0.7)], True),
        ([("ố:", 0.5), ("/KH-UBND", 0.7)], True),
        ([("Đắk", 0.5), ("Glei)", 0.6)], True),
        ([("I.", 0.7), ("QUÝ", 0.4), ("I", 0.4)], True),
    ],
)
def test_what_a_pen_drew_is_no_line(read: list[tuple[str, float]], kept: bool) -> None:
    line = [
        Recognised(text, 100 + 60 * k, 100, 150 + 60 * k, 130, sure, 1)
        for k, (text, sure) in enumerate(read)
    ]
    assert bool([*belief.believed([line], RESOLUTION)]) == kept


def _line(text: str, size: float, top: float) -> list[Recognised]:
    """Words of small letters alone, so high as they are in a type of some size."""
    high = 0.47 * size
    return [
        Recognised(word, 60 * k, top, 60 * k + 50, top + high, 0.95, 1)
        for k, word in enumerate(text.split())
    ]


def test_lines_of_cells_have_their_own_type_size() -> None:
    text = [_line("mua mua mua mua", 13.5, 20 * k) for k in range(9)]
    cells = [_line("mua", size, 300 + 20 * k) for k, size in enumerate((12.2, 11.8, 12.1, 13.4))]
    sizes = words.words_of(text, 72, cells).sizes
    assert len({*sizes[:36]}) == 1
    assert len({*sizes[36:]}) == 1
    assert sizes[0] != sizes[-1]


def test_a_heading_in_a_cell_keeps_its_size() -> None:
    cells = [_line("mua", size, 20 * k) for k, size in enumerate((12.0, 12.0, 12.0, 18.0))]
    sizes = words.words_of([], 72, cells).sizes
    assert sizes[3] > sizes[0] == sizes[1] == sizes[2]


def test_a_speck_beside_a_row_is_no_padding() -> None:
    cell = cells_of_pdf.PageCell(0, 0, 1, 1, Rect(0, 0, 100, 20))
    rows = [SimpleNamespace(x0=5.5, x1=60.0) for _ in range(60)]
    made: Any = {id(cell): [*rows, SimpleNamespace(x0=1.5, x1=60.0)]}
    assert cells_of_pdf._padding([cell], made, by_ocr=True) == 5.5
    assert cells_of_pdf._padding([cell], made) == 1.5
    assert cells_of_pdf._padding([cell], {id(cell): []}, by_ocr=True) == cells_of_pdf.PADDING


def row_of(text: str, base: float, widths: Sequence[float], *, by_ocr: bool) -> Row:
    """A row of print from 0 on, its words a space of 3 points apart."""
    words = text.split()
    lefts = [sum(widths[:k]) + 3.0 * k for k in range(len(words))]
    rights = [left + wide for left, wide in zip(lefts, widths, strict=True)]
    return Row(
        1, 0.0, base - 11, rights[-1], base + 3, base, 13.0, False, False, text,
        [*map(len, words)], None, array("f", lefts), array("f", rights),
        sures=[0.9] * len(words) if by_ocr else (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("room", "by_ocr", "joined"),
    [
        # *Huyện* is 33.5 points wide as ink, and wants a point and a half more.
        (37.8, True, True),
        (38.9, True, True),
        (40.0, True, False),
        (60.0, True, False),
        (37.0, False, True),
        (38.9, False, False),
    ],
)
def test_a_word_of_ink_wants_more_room_than_it_shows(
    room: float, by_ocr: bool, joined: bool
) -> None:
    """A unit over two lines of a narrow cell: the next word had no place on the first."""
    first = row_of("Ủy ban Kiểm tra", 20, [16, 20, 28, 14], by_ocr=by_ocr)
    second = row_of("Huyện ủy;", 35, [33.5, 14], by_ocr=by_ocr)
    measure = Measure(0.0, first.x1 + room, 15.0, kind="cell")
    assert len(find_paragraphs([first, second], measure)) == (1 if joined else 2)
