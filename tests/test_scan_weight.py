"""Bold words told by the thickness of their strokes in the picture."""

from collections.abc import Sequence

import pytest

pytest.importorskip("numpy")
pytest.importorskip("cv2")

import numpy as np
from numpy.typing import NDArray

from tdkt_parse.readers.scan.engine import Recognised
from tdkt_parse.readers.scan.weight import weighed

Grey = NDArray[np.uint8]

HIGH, WIDE, APART = 24, 14, 20
THIN, THICK = 3, 5
"""Dots: of a line of print, a letter, the gap between words, and of the strokes of a letter."""

Printed = tuple[str, int]
"""A word, and how thick its strokes are."""


def page(*lines: Sequence[Printed], gap: int = APART) -> tuple[Grey, list[list[Recognised]]]:
    """A page of words whose letters are two strokes each, and its words as an engine has them."""
    picture = np.full((len(lines) * 2 * HIGH + HIGH, 1600), 255, np.uint8)
    found: list[list[Recognised]] = []
    for number, line in enumerate(lines):
        top, left = HIGH + number * 2 * HIGH, 20
        words = []
        for text, thick in line:
            start = left
            for _ in text:
                picture[top : top + HIGH, left : left + thick] = 10
                picture[top : top + HIGH, left + 7 : left + 7 + thick] = 10
                left += WIDE
            words.append(Recognised(text, start, top, left, top + HIGH, 0.9, number))
            left += gap
        found.append(words)
    return picture, found


def bold(*lines: Sequence[Printed], gap: int = APART) -> list[list[bool]]:
    picture, found = page(*lines, gap=gap)
    return [[word.bold for word in line] for line in weighed(picture, found)]


TEXT = [[(9 * "h", THIN)] * 6] * 5


def test_a_line_of_thick_strokes_is_bold() -> None:
    assert bold(*TEXT, [("hhhh", THICK)] * 3) == [*[[False] * 6] * 5, [True] * 3]


def test_a_line_of_which_a_word_is_thin_is_not_bold() -> None:
    assert bold(*TEXT, [("hhhh", THICK), ("hhhhhh", THIN)])[-1] == [False] * 2


def test_two_columns_on_one_line_are_weighed_apart() -> None:
    assert bold(*TEXT, [("hhhh", THIN), ("hhhh", THICK)], gap=90)[-1] == [False, True]


def test_a_page_of_one_weight_has_nothing_bold() -> None:
    for thick in (THIN, THICK):
        assert not any(map(any, bold(*[[(9 * "h", thick)] * 6] * 5)))


def test_a_page_of_few_letters_is_no_measure() -> None:
    assert bold([("hhhh", THIN)], [("hhhh", THICK)]) == [[False], [False]]


def test_words_outside_the_picture_and_empty_lines_are_borne() -> None:
    picture, found = page(*TEXT)
    outside = Recognised("h", 9000, 9000, 9010, 9020, 0.9, 9)
    assert weighed(picture, [*found, [], [outside]])[-2:] == [[], [outside]]
    assert weighed(picture, []) == []
