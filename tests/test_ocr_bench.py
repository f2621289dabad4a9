"""The figures of reading scans: how scans are made, what is counted, what is held to be reached."""

import random
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from datasets import CORPUS, Case, Dataset
from generator.writers.scan import Seal
from ocr_aims import Aim, Result, aims
from ocr_measure import OURS, PLAIN, Taken, by_place, judge
from ocr_page import write_page
from ocr_pages import Typed, typed
from ocr_scans import Scans, in_folder, save, wear_out
from ocr_scores import Counted, Share

TYPED = CORPUS / "pdf_000.pdf"
SEAL = (Seal("ỦY BAN NHÂN DÂN", "Dương Doãn Hùng"), (60.0, 90.0))


@pytest.fixture(scope="module")
def known() -> Typed:
    return typed(TYPED)


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - to be had again


def page() -> Image.Image:
    return Image.new("L", (200, 280), 255)


def test_a_worn_page_can_be_had_again() -> None:
    one, again, other = (wear_out(page(), 60, dice(seed), SEAL) for seed in (1, 1, 2))
    assert one.tobytes() == again.tobytes() != other.tobytes()
    assert (one.mode, one.size) == ("RGB", (200, 280))


def test_seal_and_signature_are_coloured_and_the_rest_is_not() -> None:
    def coloured(stamp: tuple[Seal, tuple[float, float]] | None) -> int:
        worn = wear_out(page(), 60, dice(1), stamp).tobytes()
        return sum(max(worn[k : k + 3]) - min(worn[k : k + 3]) > 40 for k in range(0, len(worn), 3))

    assert coloured(SEAL) > 100
    assert not coloured(None)


@pytest.mark.parametrize("quality", [None, 50])
def test_a_scan_has_a_picture_of_each_page_and_no_text(tmp_path: Path, quality: int | None) -> None:
    picture = page()
    picture.paste(0, (20, 20, 60, 30))
    save([(picture, quality), (picture, quality)], tmp_path / "scan.pdf", 100)
    with pypdfium2.PdfDocument(tmp_path / "scan.pdf") as document:
        assert len(document) == 2
        assert document[1].get_size() == (144, pytest.approx(201.6))
        assert not document[1].get_textpage().get_text_range()
        (image,) = document[0].get_objects()
        assert isinstance(image, pypdfium2.PdfImage)
        back = image.get_bitmap().to_pil().convert("L")
    assert back.size == picture.size
    assert quality or back.tobytes() == picture.tobytes()


def test_scans_of_a_folder_stand_beside_what_they_are_of(tmp_path: Path) -> None:
    content = TYPED.read_bytes()
    for name in ("a.pdf", "a_scan_clean200.pdf", "a_scan_deg200.pdf", "b_scan_deg200.pdf"):
        (tmp_path / name).write_bytes(content)
    sets = {scans.name: scans for scans in in_folder(tmp_path)}
    assert list(sets) == ["given clean200", "given deg200"]  # b has nothing typed
    (case,) = sets["given deg200"].dataset.cases
    assert case.gold["signature"]["signer"] == "Dương Doãn Hùng"  # known by its typed PDF


def test_what_is_read_as_typed_has_no_error(known: Typed) -> None:
    texts = [orders[0] for orders in known.orders]
    counted = judge(known, texts, known.words, known.rows)
    assert (counted.characters.wrong, counted.words.wrong) == (0, 0)
    assert counted.cells == Share(0, 37)
    assert counted.grids == Share(0, 2)


def test_a_page_that_is_not_read_is_all_wrong(known: Typed) -> None:
    counted = judge(known, [], [], [])
    assert counted.characters.wrong == counted.characters.whole > 3000
    assert counted.cells == Share(37, 37)
    assert counted.grids == Share(2, 2)


def test_words_get_into_cells_by_their_places(known: Typed) -> None:
    rows = by_place(known, known.words)
    assert [len(row.cells) for row in rows] == [len(row.cells) for row in known.rows]
    wrong = judge(known, [orders[0] for orders in known.orders], known.words, rows).cells.wrong
    assert wrong <= 2  # what is broken at a hyphen, or over two pages


def taken(subject: str, wrong: int, cpu: float) -> Taken:
    scans = Scans(Dataset("worn300", (Case("a", TYPED, {}),)), (TYPED,))
    counted = Counted(Share(wrong, 1000), Share(), Share(1, 10), Share(0, 1))
    return Taken(subject, scans, counted, pages=1, wall=cpu, cpu=cpu, peak=200_000_000)


@pytest.mark.parametrize(
    ("wrong", "cpu", "missed"),
    [
        (15, 1.25, []),
        (16, 1.25, ["characters wrong, %"]),
        (15, 1.3, ["CPU time over plain Tesseract's"]),
    ],
)
def test_what_is_reached(wrong: int, cpu: float, missed: list[str]) -> None:
    results = [Result(taken(OURS, wrong, cpu)), Result(taken(PLAIN, 31, 1.0))]
    assert [aim.what for aim in aims(results, {}) if not aim.is_reached] == missed


def test_a_figure_that_is_missing_is_not_reached() -> None:
    found = aims([Result(taken(OURS, 0, 1.0))], {})
    assert [aim.what for aim in found if not aim.is_reached] == ["CPU time over plain Tesseract's"]
    assert not Aim("cells", "worn300", 85.0, most=False, reached=None).is_reached


def test_the_page_has_every_figure(tmp_path: Path) -> None:
    mine = taken(OURS, 16, 1.0)
    mine.counted.swaps["i", "ỉ"] = 3
    mine.counted.swaps["|", ""] = 2
    mine.unread.append(("b", "it ended"))
    results = [Result(mine), Result(taken(PLAIN, 31, 2.0))]
    write_page(tmp_path / "ocr.md", results, aims(results, {}), ("no two cores",))
    page = (tmp_path / "ocr.md").read_text(encoding="utf-8")
    assert "| characters wrong, % | worn300 | ≤ 1.5 | 1.60 | **no** |" in page
    assert "| CPU time over plain Tesseract's | worn300 | ≤ 1.25 | 0.50 | yes |" in page
    assert "| worn300 | tesseract | 1 | 3.10 |" in page
    assert "| `i` | `ỉ` | 3 |" in page
    assert "| `\\|` | nothing | 2 |" in page
    assert "Not read: b: it ended" in page
    assert page.endswith("no two cores\n")
