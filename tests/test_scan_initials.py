"""Large and small first letters told by their height in the picture."""

from collections.abc import Sequence

import pytest

pytest.importorskip("numpy")
pytest.importorskip("cv2")

import numpy as np
from numpy.typing import NDArray

from tdkt_parse.readers.scan.engine import Recognised
from tdkt_parse.readers.scan.initials import with_initials
from tdkt_parse.readers.scan.sheet import _is_mostly_sure

Grey = NDArray[np.uint8]

SIZE, BASE = 40, 60
"""Dots: the type size of a line, and where it stands."""
SMALL, CAPITAL = 0.47, 0.66
"""Of the type size: how high letters are."""

Printed = tuple[str, str]
"""A word as it is printed and as it was read."""


def page(*lines: Sequence[Printed], size: int = SIZE) -> tuple[Grey, list[list[Recognised]]]:
    """Lines of words whose letters are blocks, and the words as an engine has them."""
    picture = np.full((len(lines) * 2 * SIZE + 60, 1600), 255, np.uint8)
    found: list[list[Recognised]] = []
    for number, line in enumerate(lines):
        base, left = BASE + number * 2 * SIZE, 20
        words = []
        for printed, read in line:
            start, top, foot = left, base, base
            for letter in printed:
                tall = letter.isupper() or letter in "hbkl"
                high = round((CAPITAL if tall else SMALL) * size)
                picture[base - high : base, left : left + 12] = 10
                top = min(top, base - high)
                left += 18
            words.append(Recognised(read, start, top, left - 6, foot, 0.9, number))
            left += 20
        found.append(words)
    return picture, found


def said(*lines: Sequence[Printed], size: int = SIZE) -> list[str]:
    picture, found = page(*lines, size=size)
    return [" ".join(word.text for word in line) for line in with_initials(picture, found)]


def as_read(text: str) -> list[Printed]:
    return [(word, word) for word in text.split()]


REST = as_read("nhanh hon cua cac ban nao")


def test_a_small_letter_read_as_a_capital() -> None:
    assert said([*REST, ("so", "So")]) == ["nhanh hon cua cac ban nao so"]
    assert said([*REST, ("ve", "Ve"), ("co", "Co")])[0].endswith("nao ve co")
    assert said([*REST, ("so", "So,")])[0].endswith("nao so,")


def test_a_capital_read_as_a_small_letter() -> None:
    assert said([*REST, ("So", "so")]) == ["nhanh hon cua cac ban nao So"]


def test_within_a_sentence_no_letter_is_made_large() -> None:
    assert said([*REST, ("Vu", "vu"), ("duoc", "duoc")])[0].endswith("nao vu duoc")
    assert said([*REST[:-1], ("nao.", "nao."), ("Vu", "vu"), ("duoc", "duoc")])[0].endswith(
        "nao. Vu duoc"
    )
    assert said([*REST, ("So", "so"), ("Noi", "Noi")])[0].endswith("nao So Noi")


@pytest.mark.parametrize("word", ["So", "so", "Ve", "ve", "Cac", "xa", "Xa"])
def test_what_was_read_right_stays(word: str) -> None:
    assert said([*REST, (word, word)])[0].endswith(f"nao {word}")


def test_letters_of_another_shape_are_not_looked_at() -> None:
    assert said([*REST, ("ban", "Ban")])[0].endswith("nao Ban")
    assert said([*REST, ("SO", "SO")])[0].endswith("nao SO")
    assert said([*REST, ("s2", "S2")])[0].endswith("nao S2")


def test_a_line_of_few_letters_has_no_size_to_tell_by() -> None:
    assert said([("so", "So"), ("nha", "nha")]) == ["So nha"]


def test_a_name_stays() -> None:
    picture, found = page([("Hoang", "Hoang"), ("Tanh", "Tanh"), ("xuan", "Xuan")])
    assert [word.text for word in with_initials(picture, found)[0]] == ["Hoang", "Tanh", "Xuan"]


def test_print_too_small_to_tell_stays() -> None:
    assert said([*REST, ("so", "So")], size=10)[0].endswith("nao So")


def test_a_word_beyond_the_edge_and_none_at_all() -> None:
    picture, (line,) = page([*REST, ("so", "So")])
    away = [word._replace(x0=word.x0 + 5000, x1=word.x1 + 5000) for word in line]
    assert with_initials(picture, [away]) == [away]
    assert with_initials(picture, []) == []
    assert with_initials(picture, [[]]) == [[]]


def test_a_letter_that_touches_the_next_is_left() -> None:
    picture, (line,) = page([*REST, ("so", "So")])
    word = line[-1]
    picture[BASE - 10 : BASE - 6, round(word.x0) : round(word.x1)] = 10
    picture[BASE - 5 : BASE + 30, round(word.x0) : round(word.x1)] = 10
    assert with_initials(picture, [line])[0][-1].text == "So"


@pytest.mark.parametrize(
    ("words", "is_sure"),
    [
        ([("-", 0.92), ("Sở", 0.96), ("Nội", 0.97), ("vụ", 0.93), ("(b/c);", 0.41)], True),
        ([("Sở", 0.96), ("Vw.V", 0.3), ("AẢN/", 0.4)], False),
        ([("Sở", 0.96)], False),
        ([("Sở", 0.85), ("Nội", 0.85)], False),
        ([("VW", 0.95), ("MN", 0.95)], False),
        ([], False),
    ],
)
def test_lines_most_of_which_is_sure(words: list[tuple[str, float]], is_sure: bool) -> None:
    line = [Recognised(text, 0, 0, 9, 9, sure, 1) for text, sure in words]
    assert _is_mostly_sure(line) == is_sure
