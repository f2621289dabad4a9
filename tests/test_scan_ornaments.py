"""Rows of dashes and asterisks, drawn as a font prints them."""

from collections.abc import Sequence

import pytest

pytest.importorskip("cv2")
pytest.importorskip("numpy")

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tdkt_parse.readers.scan.belief import believed
from tdkt_parse.readers.scan.engine import Recognised
from tdkt_parse.readers.scan.lines import find_lines
from tdkt_parse.readers.scan.ornaments import with_ornaments

RESOLUTION = 200
FONTS = ("LiberationSerif-Regular.ttf", "Tinos-Regular.ttf", "DejaVuSerif.ttf")


def _printed(text: str, points: float, *, turned: float = 0.0) -> NDArray[np.uint8]:
    for name in FONTS:
        try:
            font = ImageFont.truetype(name, round(points * RESOLUTION / 72))
        except OSError:
            continue
        page = Image.new("L", (900, 200), 255)
        ImageDraw.Draw(page).text((300, 80), text, fill=0, font=font)
        return np.asarray(page.rotate(turned, fillcolor=255))
    pytest.skip("no font is installed")


def _found(page: NDArray[np.uint8], words: Sequence[Recognised] = ()) -> list[Recognised]:
    ruled = find_lines(page, RESOLUTION)
    return with_ornaments(ruled.plain, ruled.parts, words, RESOLUTION)


def _read(
    text: str, words: Sequence[Recognised] = (), points: float = 14, turned: float = 0.0
) -> list[str]:
    return [word.text for word in _found(_printed(text, points, turned=turned), words)]


@pytest.mark.parametrize("points", [10, 12, 14])
@pytest.mark.parametrize(
    "text", ["-------", "----------", "----", "***", "*****", "*******", "====", "=========="]
)
def test_a_row_of_marks_is_what_it_is(text: str, points: float) -> None:
    assert _read(text, points=points) == [text]


def test_a_row_a_little_aslant() -> None:
    assert _read("-------", turned=0.4) == ["-------"]


@pytest.mark.parametrize(
    "text",
    [
        *("-", "--", "*", "**", "......", "………", "ooo", "000", "1.000.000", "xxx", "vvv", "III"),
        *("iii", "nnn", "- Lưu: VT", "a - b - c - d - e", "::::", "+++", "==", "AAA", "ttt"),
    ],
)
def test_what_is_no_row_of_marks(text: str) -> None:
    assert _read(text) == []


def test_what_they_were_read_as_goes() -> None:
    junk = [
        Recognised("skkK", 295, 80, 340, 130, 0.4, 1),
        Recognised("Số:", 100, 150, 160, 180, 0.9, 2),
    ]
    assert _read("***", junk) == ["Số:", "***"]


@pytest.mark.parametrize("x0", [80, 390])
def test_marks_with_words_beside_them_are_part_of_the_line(x0: int) -> None:
    word = Recognised("trang", x0, 80, x0 + 200, 110, 0.9, 1)
    assert _read("-------", [word]) == ["trang"]


def test_a_row_is_believed_though_it_has_no_letter() -> None:
    row = _found(_printed("*******", 14))
    assert [[word.text for word in line] for line in believed([row], RESOLUTION)] == [["*******"]]


def test_a_page_of_nothing() -> None:
    assert _found(np.full((50, 50), 255, np.uint8)) == []


def test_a_ground_of_dashes_is_none() -> None:
    """Nor does it take long: so are pictures printed."""
    page = np.full((2339, 1654), 255, np.uint8)
    for top in range(0, 2330, 6):
        for left in range(0, 1640, 12):
            page[top : top + 2, left : left + 8] = 0
    assert _found(page) == []


def test_a_form_of_many_rows_is_left() -> None:
    page = np.full((2339, 1654), 255, np.uint8)
    for top in range(100, 2300, 40):
        for left in range(100, 1500, 20):
            page[top : top + 3, left : left + 10] = 0
    assert _found(page) == []
