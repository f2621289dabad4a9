"""
PDF files from the command line: what is printed, what is said on stderr, which code it ends with.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
TYPED = CORPUS / "pdf_000.pdf"
NAMES = ("000", "001", "002", "003", "004")
BOOKKEEPING = {"source", "evidence", "diagnostics", "marks"}


def tdkt(*arguments: str | Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The program as a process of its own."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("TDKT_")}
    return subprocess.run(
        [sys.executable, "-m", "tdkt_parse", *map(str, arguments)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**kept, "PYTHONPATH": str(ROOT / "src"), **environment},
        timeout=120,
    )


def pictures(path: Path, pages: int) -> Path:
    """A PDF of nothing but pictures of pages."""
    first = pypdfium2.PdfDocument(TYPED)
    drawn: list[Image.Image] = [
        first[index % len(first)].render(scale=0.7).to_pil() for index in range(pages)
    ]
    drawn[0].save(path, "PDF", save_all=True, append_images=drawn[1:])
    return path


def mixed(path: Path, pictured: Path) -> Path:
    """Two typed pages, then those of another file."""
    made = pypdfium2.PdfDocument.new()
    made.import_pages(pypdfium2.PdfDocument(TYPED), [0, 1])
    made.import_pages(pypdfium2.PdfDocument(pictured))
    made.save(path)
    return path


def values(plan: object) -> object:
    """A Plan without what says where and how it was read."""
    if isinstance(plan, dict):
        return {key: values(value) for key, value in plan.items() if key not in BOOKKEEPING}
    return [values(value) for value in plan] if isinstance(plan, list) else plan


@pytest.mark.parametrize("name", NAMES)
def test_the_same_plan_as_the_word_file(name: str) -> None:
    """What is printed to PDF says what it said: the law of both readers."""
    printed, typed = (
        json.loads(tdkt("parse", CORPUS / file, "-f", "json", "-q").stdout)
        for file in (f"pdf_{name}.pdf", f"word_{name}.docx")
    )
    assert printed["source"]["reader"] == "pdf"
    assert printed["source"]["media_type"] == "application/pdf"
    assert printed["source"]["pages"] >= 3
    assert values(printed) == values(typed)


def test_pictures_need_ocr(tmp_path: Path) -> None:
    result = tdkt("parse", pictures(tmp_path / "scan.pdf", 2), "--ocr", "never")
    assert result.returncode == 12
    assert result.stdout == ""
    assert "scan.pdf: The pages of the PDF are pictures and hold no text." in result.stderr


def test_pages_that_need_ocr_beside_others(tmp_path: Path) -> None:
    """What can be read is printed; what was not read is said in three places."""
    path = mixed(tmp_path / "mixed.pdf", pictures(tmp_path / "scan.pdf", 2))
    result = tdkt("parse", path, "-f", "json", "-q", "--ocr", "never")
    assert result.returncode == 12
    assert "mixed.pdf: Not read, for want of text that can be believed: pages 3-4." in result.stderr
    plan = json.loads(result.stdout)
    assert plan["source"]["pages"] == 4
    assert plan["number"]["symbol"] == "KH-UBND"
    (said,) = [d for d in plan["diagnostics"] if d["rule"] == "needs_ocr"]
    assert said["level"] == "error"
    assert "3-4" in said["message"]


def test_one_read_in_part_among_several(tmp_path: Path) -> None:
    path = mixed(tmp_path / "mixed.pdf", pictures(tmp_path / "scan.pdf", 1))
    result = tdkt("parse", path, TYPED, "-f", "jsonl", "-q", "--ocr", "never")
    assert result.returncode == 4
    assert len(result.stdout.splitlines()) == 2
    assert "- Trang 3 là ảnh" in tdkt("parse", path, "-q", "--ocr", "never").stdout


def test_pictures_of_the_pages(tmp_path: Path) -> None:
    """A PNG for each page, with something drawn on the words that were read."""
    result = tdkt("explain", TYPED, "--image", tmp_path / "pages")
    assert result.returncode == 0
    assert "number" in result.stdout
    found = sorted((tmp_path / "pages").iterdir())
    assert [path.name for path in found] == ["page-01.png", "page-02.png", "page-03.png"]
    plain = pypdfium2.PdfDocument(TYPED)[0].render(scale=1.6).to_pil().convert("RGB")
    with Image.open(found[0]) as drawn:
        assert drawn.width == plain.width
        assert plain.height < drawn.height < plain.height + 80, "a legend stands below"
        dots = drawn.convert("RGB").crop((0, 0, *plain.size)).tobytes()
    coloured = sum(1 for a, b in zip(dots[::3], dots[2::3], strict=True) if abs(a - b) > 8)
    assert coloured > 20_000


def test_pictures_of_what_has_no_pages(tmp_path: Path) -> None:
    result = tdkt("explain", CORPUS / "word_000.docx", "--image", tmp_path / "pages")
    assert result.returncode == 10
    assert "Pictures of pages are made of PDF and picture files only." in result.stderr


def test_pictures_into_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="ascii")
    result = tdkt("explain", TYPED, "--image", tmp_path / "file" / "pages")
    assert result.returncode == 2
    assert "Nothing can be written into" in result.stderr


def test_the_text_has_a_line_for_each_paragraph() -> None:
    lines = tdkt("text", TYPED).stdout.splitlines()
    assert "KẾ HOẠCH" in lines
    assert any(
        line.startswith("Tiếp tục đẩy mạnh") and line.endswith("năm 2024.") for line in lines
    )
    assert lines[lines.index("Dương Doãn Hùng") + 1 :][:2] == ["2", "3"], "page numbers come last"
