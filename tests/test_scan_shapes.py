"""Bullets before lines and the length of dashes, told by the picture that a font prints."""

from collections.abc import Sequence

import pytest

pytest.importorskip("cv2")
pytest.importorskip("numpy")

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tdkt_parse.readers.scan.belief import believed
from tdkt_parse.readers.scan.engine import Recognised
from tdkt_parse.readers.scan.lines import find_lines
from tdkt_parse.readers.scan.shapes import with_bullets, with_long_dashes

RESOLUTION = 200
FONTS = ("LiberationSerif-Regular.ttf", "Tinos-Regular.ttf", "DejaVuSerif.ttf")
SENTENCE = "Tổ chức phong trào thi đua"


def font_of(points: float) -> ImageFont.FreeTypeFont:
    for name in FONTS:
        try:
            return ImageFont.truetype(name, round(points * RESOLUTION / 72))
        except OSError:
            continue
    pytest.skip("no font is installed")


def printed(text: str, points: float = 14) -> tuple[Image.Image, list[Recognised]]:
    """A page with a line, and its words where they are printed."""
    font = font_of(points)
    page = Image.new("L", (1500, 200), 255)
    draw = ImageDraw.Draw(page)
    draw.text((200, 80), text, fill=0, font=font)
    words, at = [], 0
    for word in text.split(" "):
        x = 200 + font.getlength(text[:at])
        x0, y0, x1, y1 = draw.textbbox((x, 80), word, font=font)
        words.append(Recognised(word, x0, y0, x1, y1, 0.95, 1))
        at += len(word) + 1
    return page, words


def found(page: Image.Image, *lines: Sequence[Recognised]) -> list[list[str]]:
    parts = find_lines(np.asarray(page), RESOLUTION).parts
    return [[word.text for word in line] for line in with_bullets(lines, parts)]


@pytest.mark.parametrize("points", [11, 13, 14, 16])
@pytest.mark.parametrize(("sign", "put"), [("•", "•"), ("▪", "▪"), ("●", "•"), ("■", "▪")])
@pytest.mark.parametrize("read", ["", "e", "»", "®", "*", "s"])
def test_a_bullet_is_put_before_its_line(sign: str, put: str, read: str, points: float) -> None:
    page, words = printed(f"{sign} {SENTENCE}", points)
    rows, columns = np.nonzero(np.asarray(page)[:, : round(words[1].x0)] < 128)
    x0, y0, x1, y1 = map(float, (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1))
    if abs((x1 - x0) - (y1 - y0)) > 3:
        pytest.skip("the font has no such sign")
    misread = [Recognised(read, x0, y0, x1, y1, 0.9, 1)] if read else []
    assert found(page, [*misread, *words[1:]]) == [[put, *SENTENCE.split()]]


@pytest.mark.parametrize(
    "line",
    [
        SENTENCE,
        f"+ {SENTENCE}",
        f"* {SENTENCE}",
        f"1. {SENTENCE}",
        f"a) {SENTENCE}",
        f"I. {SENTENCE}",
        f"o {SENTENCE}",
        f"~ {SENTENCE}",
        f"= {SENTENCE}",
        f"_ {SENTENCE}",
        f"“ {SENTENCE}",
        f"... {SENTENCE}",
        f"e {SENTENCE}",
        f". {SENTENCE}",
        f": {SENTENCE}",
        f"Ở {SENTENCE}",
        f"i {SENTENCE}",
    ],
)
@pytest.mark.parametrize("lost", [False, True])
def test_what_else_a_line_begins_with_is_no_bullet(line: str, lost: bool) -> None:
    page, words = printed(line)
    words = words[1:] if lost and line != SENTENCE else words
    assert found(page, words) == [[word.text for word in words]]


@pytest.mark.parametrize("points", [10, 12, 14, 16])
@pytest.mark.parametrize("dash", ["-", "–"])
@pytest.mark.parametrize("read", ["", "-", "=", '".', "~", "“", "_", ". "])
def test_the_dash_of_a_list_is_put_before_its_line(dash: str, read: str, points: float) -> None:
    page, words = printed(f"{dash} {SENTENCE}", points)
    x0, y0, x1, y1 = words[0][1:5]
    misread = [Recognised(read, x0 - 30, y0, x1, y1 + 20, 0.45, 1)] if read else []
    assert found(page, [*misread, *words[1:]]) == [["-", *SENTENCE.split()]]


def test_dashes_of_lines_that_stand_close() -> None:
    font = font_of(11)
    page = Image.new("L", (1500, 300), 255)
    draw = ImageDraw.Draw(page)
    lines: list[list[Recognised]] = []
    for number in range(3):
        y = 80 + 27 * number
        draw.text((200, y), f"- {SENTENCE}", fill=0, font=font)
        words: list[Recognised] = []
        at = 2
        for word in SENTENCE.split():
            x = 200 + font.getlength(f"- {SENTENCE}"[:at])
            x0, y0, x1, y1 = draw.textbbox((x, y), word, font=font)
            words.append(Recognised(word, x0, y0, x1, y1, 0.95, number))
            at += len(word) + 1
        lines.append(words)
    assert found(page, *lines) == [["-", *SENTENCE.split()]] * 3


@pytest.mark.parametrize("read", ["1.", "a)", "+", "e", "•", "I", "(1)", "5"])
def test_a_label_over_a_dash_is_one(read: str) -> None:
    page, words = printed(f"- {SENTENCE}")
    x0, y0, x1, y1 = words[0][1:5]
    line = [Recognised(read, x0 - 12, y0 - 12, x1, y1 + 6, 0.95, 1), *words[1:]]
    assert found(page, line) == [[read, *SENTENCE.split()]]


def test_a_sign_that_is_surely_read_over_a_dash_is_one() -> None:
    page, words = printed(f"- {SENTENCE}")
    x0, y0, x1, y1 = words[0][1:5]
    line = [Recognised("=", x0, y0 - 6, x1, y1 + 6, 0.96, 1), *words[1:]]
    assert found(page, line) == [["=", *SENTENCE.split()]]


def test_a_dash_between_words_is_no_list() -> None:
    page, words = printed(f"Mùa xuân - {SENTENCE}")
    assert found(page, words[:2], words[3:]) == [["Mùa", "xuân"], SENTENCE.split()]


@pytest.mark.parametrize("label", ["B.", "a)", "1", "e.", "I", "Đ/"])
def test_a_label_whose_letter_is_filled_with_ink_is_one(label: str) -> None:
    page, words = printed(f"• {SENTENCE}")
    rows, columns = np.nonzero(np.asarray(page)[:, : round(words[1].x0)] < 128)
    x0, y0, x1, y1 = map(float, (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1))
    read = Recognised(label, x0, y0, x1, y1, 0.9, 1)
    assert found(page, [read, *words[1:]]) == [[label, *SENTENCE.split()]]


def test_a_sign_between_words_is_none() -> None:
    page, words = printed(f"Mùa xuân • {SENTENCE}")
    assert found(page, words[:2], words[3:]) == [["Mùa", "xuân"], SENTENCE.split()]


def test_a_page_without_ink() -> None:
    assert found(Image.new("L", (300, 200), 255)) == []
    _, words = printed(SENTENCE)
    assert found(Image.new("L", (1500, 200), 255), words) == [SENTENCE.split()]


@pytest.mark.parametrize("points", [11, 13, 14])
@pytest.mark.parametrize("dash", "-–—")
@pytest.mark.parametrize("read", "-–—")
def test_a_dash_is_as_long_as_it_is(dash: str, read: str, points: float) -> None:
    _, words = printed(f"MỤC ĐÍCH {dash} YÊU CẦU", points)
    words[2] = words[2]._replace(text=read)
    assert [word.text for word in with_long_dashes(words)] == ["MỤC", "ĐÍCH", dash, "YÊU", "CẦU"]


def test_a_dash_among_few_letters_stays_as_read() -> None:
    words = [
        Recognised("-", 0, 10, 30, 12, 0.9, 1),
        Recognised("a", 40, 5, 50, 20, 0.9, 1),
    ]
    assert with_long_dashes(words) == words


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("bình xét , suy tôn", True),
        ("bình xét ' suy tôn", False),  # high above the line
        (", bình xét", False),
        ("bình xét ,", False),
        ("bình xét      , suy tôn", False),
    ],
)
def test_a_comma_between_spaces_is_one(text: str, kept: bool) -> None:
    _, words = printed(text)
    line = [word._replace(text=word.text.replace("'", ",")) for word in words if word.text]
    (told,) = believed([line], RESOLUTION)
    assert ("," in [word.text for word in told]) is kept
