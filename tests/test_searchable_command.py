"""
``tdkt text --searchable`` and pictures of scanned pages: what is written, what is said.

Where no OCR engine is installed, only what needs none is tried.
"""

import io
import shutil
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops
from test_highlights import opened
from test_pdf_command import TYPED, mixed, pictures, tdkt
from test_searchable import found_by_pdfium, in_a_row

from tdkt_parse.annotate import searchable_pdf
from tdkt_parse.annotate.pictures import draw_pages
from tdkt_parse.pipeline import explain


def page(scale: float = 200 / 72) -> Image.Image:
    with opened(TYPED.read_bytes()) as document:
        picture: Image.Image = document[0].render(scale=scale).to_pil().convert("RGB")
        return picture


def ocr() -> None:
    """Skip where nothing reads pictures."""
    pytest.importorskip("numpy", reason="numpy, of the extra ocr, is not installed")
    pytest.importorskip("cv2", reason="OpenCV, of the extra ocr, is not installed")
    if shutil.which("tesseract") is None:
        pytest.importorskip("tesserocr", reason="no OCR engine is installed")


# -- without an engine


def test_a_typed_file_is_copied_as_it_is(tmp_path: Path) -> None:
    copy, text = tmp_path / "copy.pdf", tmp_path / "text.txt"
    result = tdkt("text", TYPED, "--searchable", copy, "-o", text)
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr == f"{copy}: no pages got a layer of words; 3 had their own.\n"
    assert copy.read_bytes() == TYPED.read_bytes()
    assert text.read_text(encoding="utf-8") == tdkt("text", TYPED).stdout


def test_the_text_can_go_to_standard_output_too(tmp_path: Path) -> None:
    result = tdkt("text", TYPED, "--searchable", tmp_path / "copy.pdf", "-o", "-")
    assert result.stdout == tdkt("text", TYPED).stdout


def test_the_document_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(TYPED.read_bytes())
    (tmp_path / "link.pdf").symlink_to(path)
    for copy in (path, tmp_path / "link.pdf"):
        result = tdkt("text", path, "--searchable", copy)
        assert result.returncode == 2
        assert "is the document to be read" in result.stderr
    assert path.read_bytes() == TYPED.read_bytes()


WRONG = {
    "a folder to write to": ("plan.pdf", "folder", "is a folder"),
    "a folder that is not there": ("plan.pdf", "none/copy.pdf", "cannot be written"),
    "a folder to read": ("folder", "copy.pdf", "is a folder"),
}


@pytest.mark.parametrize(("path", "copy", "said"), WRONG.values(), ids=WRONG.keys())
def test_wrong_use(path: str, copy: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "plan.pdf").write_bytes(TYPED.read_bytes())
    result = tdkt("text", tmp_path / path, "--searchable", tmp_path / copy)
    assert result.returncode == 2
    assert said in result.stderr
    assert not (tmp_path / "copy.pdf").exists()


def test_both_outputs_in_one_file(tmp_path: Path) -> None:
    copy = tmp_path / "copy.pdf"
    result = tdkt("text", TYPED, "--searchable", copy, "-o", copy)
    assert (result.returncode, copy.exists()) == (2, False)


def test_nothing_is_left_of_a_file_that_fails(tmp_path: Path) -> None:
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(b"before")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4\n")
    assert tdkt("text", tmp_path / "bad.pdf", "--searchable", copy).returncode == 10
    assert copy.read_bytes() == b"before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.pdf", "copy.pdf"]


def test_a_word_file_has_no_pages(tmp_path: Path) -> None:
    word = TYPED.with_name("word_000.docx")
    result = tdkt("text", word, "--searchable", tmp_path / "copy.pdf")
    assert result.returncode == 10
    assert "PDF and picture files only" in result.stderr


# -- picture files as the pages of a PDF

KINDS = {
    "JPEG": ("JPEG", "RGB", {"quality": 80}),
    "grey JPEG": ("JPEG", "L", {"quality": 80}),
    "PNG": ("PNG", "RGB", {}),
    "grey PNG": ("PNG", "L", {}),
    "black and white TIFF": ("TIFF", "1", {"compression": "group4"}),
}


@pytest.mark.parametrize(("form", "mode", "options"), KINDS.values(), ids=KINDS.keys())
def test_a_picture_looks_as_it_did(form: str, mode: str, options: dict[str, object]) -> None:
    pytest.importorskip("numpy", reason="numpy, of the extra ocr, is not installed")
    buffer = io.BytesIO()
    page(100 / 72).convert(mode).save(buffer, form, dpi=(100, 100), **options)
    data = buffer.getvalue()
    done = searchable_pdf(data, in_a_row(["kế", "hoạch"]))
    assert (data in done.data) == (form == "JPEG")
    assert found_by_pdfium(done.data) == ["kế", "hoạch"]
    with opened(done.data) as document, Image.open(io.BytesIO(data)) as picture:
        assert document[0].get_size() == pytest.approx((595, 842), abs=1.5)
        drawn = document[0].render(scale=100 / 72).to_pil().convert("RGB")
        difference = ImageChops.difference(
            drawn, picture.convert("RGB").resize(drawn.size)
        ).convert("L")
        assert sum(difference.histogram()[64:]) < 0.002 * drawn.width * drawn.height


@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_of_a_camera_stand_upright(orientation: int) -> None:
    pytest.importorskip("numpy", reason="numpy, of the extra ocr, is not installed")
    from PIL import ImageOps

    exif = Image.Exif()
    exif[0x0112] = orientation
    buffer = io.BytesIO()
    page(50 / 72).crop((0, 0, 300, 400)).save(buffer, "JPEG", exif=exif, quality=95)
    done = searchable_pdf(buffer.getvalue(), in_a_row(["kế", "hoạch"]))
    with opened(done.data) as document, Image.open(buffer) as picture:
        upright = ImageOps.exif_transpose(picture).convert("L")
        wide = document[0].get_size()[0]
        drawn = document[0].render(scale=upright.width / wide).to_pil().convert("L")
    assert abs(drawn.width - upright.width) <= 1
    difference = ImageChops.difference(drawn.resize(upright.size), upright)
    assert sum(difference.histogram()[100:]) < 0.01 * upright.width * upright.height
    assert found_by_pdfium(done.data) == ["kế", "hoạch"]


# -- with an engine


@pytest.mark.parametrize("suffix", [".pdf", ".jpg", ".tif"])
def test_a_scan_can_be_searched(suffix: str, tmp_path: Path) -> None:
    ocr()
    scan, copy = tmp_path / f"scan{suffix}", tmp_path / "copy.pdf"
    page().save(scan, resolution=200, dpi=(200, 200))
    result = tdkt("text", scan, "--searchable", copy)
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr == f"{copy}: 1 page got a layer of words.\n"
    words = found_by_pdfium(copy.read_bytes())
    assert {"KẾ", "HOẠCH", "thưởng", "đẩy", "mạnh"} <= {*words}
    with opened(TYPED.read_bytes()) as typed, opened(copy.read_bytes()) as done:
        for word in ("HOẠCH", "mừng"):
            assert _place(done, word) == pytest.approx(_place(typed, word), abs=4)


def _place(document: pypdfium2.PdfDocument, word: str) -> tuple[float, float]:
    text = document[0].get_textpage()
    left, bottom, _, top = text.get_charbox(text.get_text_range().index(word), loose=True)
    return left, (bottom + top) / 2


def test_typed_pages_beside_scanned_ones(tmp_path: Path) -> None:
    ocr()
    path = mixed(tmp_path / "mixed.pdf", pictures(tmp_path / "scan.pdf", 1))
    result = tdkt("text", path, "--searchable", tmp_path / "copy.pdf")
    assert "1 page got a layer of words; 2 had their own." in result.stderr


def test_pictures_of_a_scan(tmp_path: Path) -> None:
    ocr()
    scan = tmp_path / "scan.jpg"
    page().save(scan, dpi=(200, 200))
    result = tdkt("explain", scan, "--image", tmp_path / "pages")
    assert result.returncode == 0
    [drawn] = (tmp_path / "pages").iterdir()
    with Image.open(drawn) as picture:
        assert picture.width == pytest.approx(595 * 1.6, abs=3)


def test_words_that_are_not_sure_are_tinted(tmp_path: Path) -> None:
    explained = explain(TYPED)
    [sure, unsure] = (in_a_row(["kế"], top=770.0).words for _ in range(2))
    unsure.confidences[0] = 0.3
    pages = []
    for name, words in (("sure", sure), ("unsure", unsure)):
        first = draw_pages(TYPED.read_bytes(), explained.plan, tmp_path / name, words=words)[0]
        with Image.open(first) as picture:
            pages.append(picture.convert("RGB").crop((96, 1232, 150, 1250)))
    difference = ImageChops.difference(*pages)
    assert difference.getbbox() is not None
