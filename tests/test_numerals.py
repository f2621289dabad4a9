"""Roman numerals counted in the picture."""

import pytest

pytest.importorskip("numpy")
pytest.importorskip("cv2")

import numpy as np
from numpy.typing import NDArray

from tdkt_parse.readers.scan.engine import Recognised
from tdkt_parse.readers.scan.numerals import count_strokes, head_of, recounted

Grey = NDArray[np.uint8]

GLYPHS = {
    "I": """
        #######
        ..###..
        ..###..
        ..###..
        ..###..
        ..###..
        ..###..
        ..###..
        ..###..
        #######""",
    "1": """
        ..###..
        #####..
        #.###..
        ..###..
        ..###..
        ..###..
        ..###..
        ..###..
        ..###..
        #######""",
    "H": """
        ####.####
        .##...##.
        .##...##.
        .##...##.
        .#######.
        .##...##.
        .##...##.
        .##...##.
        .##...##.
        ####.####""",
    "U": """
        ####.####
        .##...##.
        .##...##.
        .##...##.
        .##...##.
        .##...##.
        .##...##.
        .##...##.
        ..##.##..
        ...###...""",
    "L": """
        #####....
        .###.....
        .###.....
        .###.....
        .###.....
        .###.....
        .###.....
        .###....#
        .###...##
        #########""",
    "V": """
        ####.####
        .##...##.
        .##...##.
        .##...##.
        ..##.##..
        ..##.##..
        ..##.##..
        ...###...
        ...###...
        ....#....""",
    "T": """
        ###########
        #...###...#
        ....###....
        ....###....
        ....###....
        ....###....
        ....###....
        ....###....
        ....###....
        ...#####...""",
    "/": """
        ........##
        ........##
        .......##.
        ......##..
        .....##...
        ....##....
        ...##.....
        ..##......
        .##.......
        ##........""",
    "2": """
        .#####.
        ##...##
        .....##
        .....##
        ....##.
        ...##..
        ..##...
        .##....
        ##....#
        #######""",
    "0": """
        ..###..
        .##.##.
        ##...##
        ##...##
        ##...##
        ##...##
        ##...##
        ##...##
        .##.##.
        ..###..""",
    "-": "\n".join([*["....."] * 6, "#####", "#####", *["....."] * 2]),
    "l": """
        .###.
        .###.
        .###.
        .###.
        .###.
        .###.
        .###.
        .###.
        .###.
        .###.""",
    ".": "\n".join([*["..."] * 8, "##.", "##."]),
    "'": "\n".join(["##.", *["..."] * 9]),
}


def drawn(text: str, *, slant: int = 0) -> Grey:
    """A word printed large, some dots of white around it."""
    glyphs = []
    for letter in text:
        rows = [line.strip() for line in GLYPHS[letter].split("\n") if line.strip()]
        ink = np.array([[sign == "#" for sign in row] for row in rows])
        glyphs.append(np.pad(ink, ((0, 0), (0, 1))))
    ink = np.kron(np.hstack(glyphs), np.ones((3, 3), bool))
    ink = np.pad(ink, 9)
    if slant:
        shifts = [(len(ink) - row) // slant for row in range(len(ink))]
        ink = np.vstack([np.roll(row, shift) for row, shift in zip(ink, shifts, strict=True)])
    return np.where(ink, 20, 250).astype(np.uint8)


@pytest.mark.parametrize(
    ("printed", "count"),
    [
        ("I", 1), ("II", 2), ("III", 3), ("I.", 1), ("II.", 2), ("III.", 3), ("ll", 2),
        ("1", 1), ("11", 2),
        ("IIII", 0), ("H", 0), ("HI", 0), ("U", 0), ("IU", 0), ("V", 0), ("IV", 0), ("VI", 0),
        (".", 0), ("T", 0), ("TT", 0), ("TI", 0), ("TH", 0), ("II-", 2),
    ],
)  # fmt: skip
def test_strokes_are_counted(printed: str, count: int) -> None:
    assert count_strokes(drawn(printed)) == count


@pytest.mark.parametrize(
    ("printed", "count"),
    [("I/2020", 1), ("II/2020", 2), ("III/2020", 3), ("1/2020", 1), ("V/2020", 0), ("H/2020", 0),
     ("2/2020", 0)],
)  # fmt: skip
def test_strokes_before_a_year_are_counted(printed: str, count: int) -> None:
    assert count_strokes(drawn(printed), before_year=True) == count


def test_nothing_and_specks_have_none() -> None:
    blank = np.full((40, 30), 255, np.uint8)
    assert count_strokes(blank) == 0
    blank[10:13, 10:13] = 0
    assert count_strokes(blank) == 0


def test_a_rule_above_and_specks_beside_do_not_count() -> None:
    picture = drawn("II")
    picture[1:3, :] = 0
    picture[20:23, 4:7] = 0
    assert count_strokes(picture) == 2


@pytest.mark.parametrize(
    ("printed", "slant", "head"),
    [("I", 0, "I"), ("II", 0, "I"), ("1", 0, "1"), ("11", 0, "1"), ("l", 0, None), ("L", 0, None),
     ("1", 4, None), ("I", 4, None)],
)  # fmt: skip
def test_an_i_and_a_one_are_told_by_their_heads(printed: str, slant: int, head: str | None) -> None:
    assert head_of(drawn(printed, slant=slant)) == head


def read_as(printed: str, *line: str) -> list[str]:
    """What comes of a line whose last word is printed so, and was read as the last of these."""
    picture = drawn(printed)
    high, wide = picture.shape
    words = [
        Recognised(text, 9, 9, wide - 9, high - 9, 0.9, 1) if k == len(line) - 1
        else Recognised(text, 0, 0, 1, 1, 0.9, 1)
        for k, text in enumerate(line)
    ]  # fmt: skip
    return [word.text for word in recounted(picture, words)]


@pytest.mark.parametrize(
    ("printed", "read", "put"),
    [
        ("III.", "II.", "III."), ("III.", "HI.", "III."), ("III", "1H", "III"), ("II", "H", "II"),
        ("II.", "H.", "II."), ("II", "I1", "II"), ("II", "1", "II"), ("I.", "1.", "I."),
        ("I", "|", "I"), ("1", "I", "1"), ("1.", "l.", "1."), ("I.", "L", "I."),
        ("III.", "TH.", "III."), ("III", "TH", "III"), ("II-", "TI-", "II-"), ("I", "TI", "I"),
        ("III-", "II-", "III-"), ("I-", "1-", "I-"),
        # As read.
        ("TT", "TT", "TT"), ("TH", "TH", "TH"), ("T", "T", "T"), ("1", "TI", "TI"),
        ("II", "II", "II"), ("H", "H", "H"), ("H.", "H.", "H."), ("1.", "1.", "1."),
        ("L", "L", "L"), ("IV", "IV", "IV"), ("U", "U", "U"), ("II", "và", "và"),
    ],
)  # fmt: skip
def test_at_the_head_of_a_line(printed: str, read: str, put: str) -> None:
    assert read_as(printed, read) == [put]


def test_within_a_line() -> None:
    assert read_as("II", "Quý", "H") == ["Quý", "II"]
    assert read_as("I", "Quý", "1") == ["Quý", "I"]
    assert read_as("III", "hạng", "HI") == ["hạng", "III"]
    assert read_as("I/2020", "Quý", "1/2020") == ["Quý", "I/2020"]
    assert read_as("I/2020", "quý", "L/2020") == ["quý", "I/2020"]
    assert read_as("III/2020", "Quý", "TH/2020") == ["Quý", "III/2020"]
    assert read_as("III/2020", "Quý", "II/2020,") == ["Quý", "III/2020,"]
    assert read_as("1/2020", "Quý", "I/2020") == ["Quý", "1/2020"]
    assert read_as("V/2020", "Quý", "1/2020") == ["Quý", "1/2020"]
    assert read_as("III", "lớp", "TH") == ["lớp", "TH"]
    # A number is a number whatever it looks like.
    assert read_as("I", "tháng", "1") == ["tháng", "1"]
    assert read_as("II", "ngày", "11") == ["ngày", "11"]
    assert read_as("I/2020", "số", "1/2020") == ["số", "1/2020"]


@pytest.mark.parametrize(("after", "put"), [("liệu", "fir"), ("NỘI", "III"), ("Nội", "III")])
def test_what_goes_on_in_small_letters_is_no_numeral(after: str, put: str) -> None:
    picture = drawn("III")
    high, wide = picture.shape
    words = [
        Recognised("fir", 9, 9, wide - 9, high - 9, 0.5, 1),
        Recognised(after, wide, 9, wide + 90, high - 9, 0.9, 1),
    ]
    assert [word.text for word in recounted(picture, words)] == [put, after]


def behind(printed: str, gap: int, *, after: str | None = None) -> list[str]:
    """What comes of *quý* with strokes so far behind it of which nothing was read."""
    strokes = drawn(printed)
    high, wide = strokes.shape
    picture = np.hstack([np.full((high, 60 + gap), 255, np.uint8), strokes])
    picture[9 : high - 9, 0:50] = 20
    words = [Recognised("Quý", 0, 0, 60, high, 0.9, 1)]
    if after:
        words.append(Recognised(after, 60 + gap + wide, 0, 120 + gap + wide, high, 0.9, 1))
    return [word.text for word in recounted(picture, words)]


@pytest.mark.parametrize(
    ("printed", "after", "line"),
    [
        ("I", None, ["Quý", "I"]),
        ("III", None, ["Quý", "III"]),
        ("I", "quý", ["Quý", "I,", "quý"]),
        ("II", "năm", ["Quý", "II", "năm"]),
        # No numeral, or one that was read.
        ("H", None, ["Quý"]),
        (".", None, ["Quý"]),
        ("I", "II", ["Quý", "II"]),
    ],
)
def test_a_numeral_behind_quarter_that_was_not_read(
    printed: str, after: str | None, line: list[str]
) -> None:
    assert behind(printed, 4, after=after) == line


@pytest.mark.parametrize(
    ("printed", "read", "put"),
    [
        ("I/", "U", "I/"),
        ("II/", "1U", "II/"),
        ("II/", "II.", "II/"),
        ("III/", "IIU/", "III/"),
        ("II/", "1", "II/"),
        # A figure, letters, strokes without a slash, or with something else behind.
        ("1/", "U", "U"),
        ("U", "U", "U"),
        ("H/", "U", "U"),
        ("U/", "IU", "IU"),
        ("IV", "IU", "IU"),
        ("/", "I", "I"),
        ("II/", "Về", "Về"),
    ],
)
def test_a_slash_behind_strokes_at_the_head_of_a_line(printed: str, read: str, put: str) -> None:
    assert read_as(printed, read) == [put]


def test_a_slash_within_a_line_is_left() -> None:
    assert read_as("II/", "số", "1U") == ["số", "1U"]


@pytest.mark.parametrize(
    ("printed", "read", "above", "put"),
    [
        ("II", "I", "Quý", "II"),
        ("III", "II", "Quý", "III"),
        ("H", "I", "Quý", "I"),
    ],
)
def test_a_numeral_below_its_quarter(printed: str, read: str, above: str, put: str) -> None:
    picture = drawn(printed)
    high, wide = picture.shape
    line = [Recognised(read, 9, 9, wide - 9, high - 9, 0.7, 2)]
    before = [Recognised(above, 0, 0, 1, 1, 0.9, 1)]
    assert [one.text for one in recounted(picture, line, above=before)] == [put]


def test_what_stands_in_the_next_cell_is_none_of_it() -> None:
    """A numeral is seen though another cell's words stand within its reach."""
    strokes, other = drawn("I"), drawn("HU")
    gap = np.full((len(strokes), 30), 255, np.uint8)
    picture = np.hstack([np.full((len(strokes), 64), 255, np.uint8), strokes, gap, other])
    words = [Recognised("Quý", 0, 0, 60, len(strokes), 0.9, 1)]
    assert [word.text for word in recounted(picture, words)] == ["Quý", "I"]


def test_strokes_far_behind_are_of_something_else() -> None:
    assert behind("I", 80) == ["Quý"]


@pytest.mark.parametrize(
    ("printed", "read", "put"),
    [
        ("I/2020", "2020", "I/2020"),
        ("II/2020", "2020", "II/2020"),
        ("2020", "2020", "2020"),
        ("1020", "1920", "1920"),
    ],
)
def test_a_numeral_before_a_year_that_was_not_read(printed: str, read: str, put: str) -> None:
    assert read_as(printed, "quý", read) == ["quý", put]
    assert read_as(printed, "năm", read) == ["năm", read]
