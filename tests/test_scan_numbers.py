"""Numbers of documents looked at again, and small letters read as capitals."""

from collections.abc import Sequence

import pytest

pytest.importorskip("numpy")
pytest.importorskip("cv2")

import numpy as np
from numpy.typing import NDArray

from tdkt_parse.readers.scan import engine
from tdkt_parse.readers.scan.belief import believed
from tdkt_parse.readers.scan.engine import Recognised
from tdkt_parse.readers.scan.numbers import is_better, is_spoilt, is_unsure, read_again, voted
from tdkt_parse.readers.scan.words import uncapitalised

Grey = NDArray[np.uint8]


@pytest.mark.parametrize(
    "text",
    ["26NQ-HĐND", "805QĐÐ-", "91/⁄2017/NĐ-", "91//2017/NĐ-CP", "C1/TW", "C1⁄TW", "CT/7TW",
     "2416CT-SGDĐT,"],
)  # fmt: skip
def test_spoilt(text: str) -> None:
    assert is_spoilt(text)


@pytest.mark.parametrize(
    "text",
    ["26/NQ-HĐND", "12/2019/TT-", "98/2023/NĐ-CP", "05-CT/TW", "CT/TW,", "10A2", "12A1/2",
     "26/11/2003", "II/2019", "COVID-19", "THCS-TH", "Số:83/KH-BVĐK", "và", "", "2024."],
)  # fmt: skip
def test_not_spoilt(text: str) -> None:
    assert not is_spoilt(text)


@pytest.mark.parametrize(
    ("read", "again", "better"),
    [
        ("26NQ-HĐND", "26/NQ-HĐND", True),
        ("805QĐÐ-", "805⁄QĐ-", True),
        ("91/⁄2017/NĐ-", "91/2017/NĐ-", True),
        ("CT/7TW", "CT/TW", True),
        ("C1/TW", "CT/TW", True),
        ("568/CT-TTqg", "568/CT-TTg", True),
        ("2416CT-SGDĐT,", "2416/CT-SGDĐT,", True),
        ("15KH-THLHP", "15/KH-THLHP", True),
        # Other figures, what is no number, letters that nobody knows, another end.
        ("26NQ-HĐND", "20/NQ-HĐND", False),
        ("2701NQ-HĐND", "2701/7NQ-HĐND", False),
        ("26NQ-HĐND", "2ØNQ-HĐND", False),
        ("26NQ-HĐND", "26NQ-HĐND", False),
        ("15KH-THLHP", "15/KH-THLHF", False),
        ("50GB", "50/GB", False),
        ("10A2", "10/A2", False),
        ("26NQ-HĐND,", "26/NQ-HĐND.", False),
        ("C1/TW", "", False),
    ],
)
def test_what_is_read_again_is_a_number_with_the_same_figures(
    read: str, again: str, better: bool
) -> None:
    assert is_better(read, again) == better


def word(text: str, *, sure: float = 0.9, x: float = 0, high: float = 20) -> Recognised:
    return Recognised(text, x, 30 - high, x + 10 * len(text), 30, sure, 1)


def test_only_doubtful_words_are_read_again_and_a_second_time_larger(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[int, int]] = []

    def answer(pictures: Sequence[Grey], *, resolution: int, **_: object) -> list[list[Recognised]]:
        asked.append((len(pictures), resolution))
        said = "26NQ-HĐND" if resolution == 200 else "26/NQ-HĐND"
        return [[word(said, sure=0.7)] for _ in pictures]

    monkeypatch.setattr(engine, "recognise", answer)
    page = np.full((60, 400), 255, np.uint8)
    lines = [[word("số"), word("26NQ-HĐND", x=40), word("ngày", x=200)], []]
    found = read_again(page, lines)
    assert [one.text for one in found[0]] == ["số", "26/NQ-HĐND", "ngày"]
    assert found[0][1].confidence == 0.7
    assert found[1] == []
    assert asked == [(1, 200), (1, 300)]


def test_numbers_in_doubt_are_read_at_other_sizes_until_one_says_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[int, int]] = []

    def answer(pictures: Sequence[Grey], *, resolution: int, **_: object) -> list[list[Recognised]]:
        if pictures:
            asked.append((len(pictures), resolution))
        dated = ["26/11/2003"] if resolution == 250 else ["20/11/2003"]
        return [[word(text)] for text in ["232/CT-TLĐ", *dated][: len(pictures)]]

    monkeypatch.setattr(engine, "recognise", answer)
    page = np.full((60, 600), 255, np.uint8)
    line = [
        word("332/CT-TLĐ", sure=0.7),
        word("26/11/2003", sure=0.6, x=150),
        word("15/2003/QH11", sure=0.95, x=300),
    ]
    (found,) = read_again(page, [line])
    assert [one.text for one in found] == ["232/CT-TLĐ", "26/11/2003", "15/2003/QH11"]
    assert asked == [(2, 200), (2, 250), (1, 300), (1, 400)]


LOW, TALL = 10.5, 14.5
"""Heights of small letters and of capitals in print whose type size is 22 dots."""


def small(*words: tuple[str, float]) -> list[str]:
    """What becomes of a line of words with their heights, below one of print that size."""
    text = [word("nem", high=10.4), word("xem", high=10.4), word("xoa", high=10.4)]
    line = [word(text, high=high, x=100 * k) for k, (text, high) in enumerate(words)]
    return [one.text for one in uncapitalised([text, line])[1]]


def test_low_letters_are_small_ones() -> None:
    assert small(("CO", LOW)) == ["co"]
    assert small(("CO", TALL)) == ["CO"]
    assert small(("xem", 10.4), ("nem", 10.4), ("SO.", LOW)) == ["xem", "nem", "so."]
    assert small(("CƠ", TALL), ("SO", LOW)) == ["cơ", "so"]
    assert small(("xem", 10.4), ("nem", 10.4), ("O", LOW), ("CO", LOW)) == ["xem", "nem", "o", "co"]


def test_a_cross_alone_is_as_large_as_it_is() -> None:
    assert [small((read, high)) for read in "xX" for high in (LOW, TALL)] == [
        ["x"],
        ["X"],
        ["x"],
        ["X"],
    ]
    assert small(("x", TALL), ("nem", 10.4)) == ["x", "nem"]


def test_capitals_among_capitals_and_letters_of_another_shape_stay() -> None:
    assert small(("HÙNG", TALL), ("SO", LOW)) == ["HÙNG", "SO"]
    assert small(("THI", LOW)) == ["THI"]
    assert small(("Co", LOW)) == ["Co"]
    assert small(("O", LOW), ("Co", LOW)) == ["O", "Co"]
    assert small(("O", TALL), ("CO", TALL)) == ["O", "CO"]
    assert uncapitalised([]) == []


@pytest.mark.parametrize(
    ("line", "kept"),
    [(("V.", "Kinh"), True), (("VII.", "Kinh"), True), (("v.", "Kinh"), False)],
)
def test_a_numeral_before_a_heading_is_believed(line: tuple[str, str], kept: bool) -> None:
    words = [word(line[0], sure=0.2), *(word(w, x=50) for w in (line[1], "phí", "thực", "hiện"))]
    (found,) = believed([words], 200)
    assert (found[0].text == line[0]) == kept


@pytest.mark.parametrize(
    ("read", "again", "put"),
    [
        ("332/CT-TLĐ", ["232/CT-TLĐ", "232/C1-TLĐ", "232/CT-TLĐ", "232/C1-TLĐ"], "232/CT-TLĐ"),
        ("05-C17TW", ["05-CT/TW", "05-CT/TW", "05-C1/TW", "05-CI/TW"], "05-CT/TW"),
        ("22/⁄2/⁄20%6,", ["22⁄2⁄20%6,", "22/2/2026,", "22/2⁄20%6,", "22/2/2026,"], "22/2/2026,"),
        ("12/112010", ["12/11/2010"] * 4, "12/11/2010"),
        ("2/4.", ["2/.", "2/9.", "2/9.", "2/9."], "2/9."),
        ("25⁄QĐÐ-SNV", ["25/QĐ-SNV", "25/QĐ-SNV", "25QĐ-SNV", "25/QÐ"], "25/QĐ-SNV"),
        ("51øNQ-", ["516/NQ-", "516/NQ-", "51ØNQ-", "516/NQ-"], "516/NQ-"),
        ("36/CIr--", ["36/CTr-", "36/CTr-", "36/CIl", "36/CT"], "36/CTr-"),
        ("12/KH-THQT", ["17/KH-THQT", "17/KH-THQT", "17/KH-THQT", "17KH"], "17/KH-THQT"),
        ("35", ["25", "25", "28", "25"], "25"),
        ("1/2", ["12", "12", "12", "12"], None),
        ("35", ["85", "85", "85", "85"], None),
        # Read once as it was; of others, no two alike, or as many of two.
        ("5/4/2006", ["5//4/2006", "2/4/2006", "2/4/2006", "2/4/2006"], None),
        ("5/4/2006", ["8/4/2006", "2/4/2006", "2/4/2006", "5-4"], None),
        ("21/5/2004", ["21/5/2004", "41/5/2004", "41/5/2004", "41/5/2004"], None),
        ("7/1/2004.", ["1/1/2004.", "4/1/2004.", "9/1/2004.", "2/1/2004."], None),
        ("9/5/2004", ["1/5/2004", "1/5/2004", "4/5/2004", "4/5/2004"], None),
        # No day, no number, an organ that nobody knows and that was not read before.
        ("12/12/2024", ["72/12/2024"] * 4, None),
        ("18/QĐÐ", ["18/Q1"] * 4, None),
        ("12/KH-THQT", ["17/KH-THQI"] * 4, None),
        ("10A2/3", ["10/A2"] * 4, None),
        ("2020-2025", ["2020-2026"] * 4, None),
        ("19/CT", ["19/CT-"] * 4, None),
        ("3156/KH-TLĐ", ["3156KH-TLĐ"] * 4, None),
        ("12/KH", [""] * 4, None),
    ],
)  # fmt: skip
def test_what_other_sizes_say(read: str, again: list[str], put: str | None) -> None:
    assert voted(read, again) == put


@pytest.mark.parametrize(
    ("text", "confidence", "unsure"),
    [
        ("332/CT-TLĐ", 0.7, True),
        ("26/11/2003", 0.6, True),
        ("12/112010", 0.95, True),
        ("332/CT-TLĐ", 0.95, False),
        ("26/11/2003", 0.9, False),
        ("2024", 0.3, False),
        ("1/KH", 0.3, False),
        ("nội/ngoại", 0.3, False),
        ("12/2024", 0.95, False),
    ],
)
def test_what_is_read_at_other_sizes(text: str, confidence: float, unsure: bool) -> None:
    assert is_unsure(text, confidence) == unsure


def line_of(words: list[tuple[str, int]], top: float, sure: float = 0.95) -> list[Recognised]:
    return [
        Recognised(text, left, top, left + 11 * len(text), top + 24, sure, 1)
        for text, left in words
    ]


@pytest.mark.parametrize(
    ("before", "last", "kept"),
    [
        # The rest of a number, below it and to the left of its end.
        (["98/2023/NĐ", "-"], "CP.", True),
        (["98/2023/NĐ-"], "CP;", True),
        (["16/QĐ-MTTW", "-"], "BTT", True),
        # A date is no stroke of a pen.
        (["62/TTr-VPTU", "ngày"], "8/1/2024;", True),
        (["98/2023/NĐ", "của"], "CP.", False),
        (["phong", "-"], "CP.", False),
        (["98/2023/NĐ", "-"], "cp", False),
        (["98/2023/NĐ", "-"], "V", False),
        (["12", "-"], "MƯ", False),
        (["62/TTr-VPTU", "ngày"], "8/1/20", False),
    ],
)
def test_short_last_lines(before: list[str], last: str, kept: bool) -> None:
    first = line_of([("Theo", 20), *((text, 200 + 150 * k) for k, text in enumerate(before))], 100)
    second = line_of([(last, 20)], 145, 0.62)
    found = [*believed([first, second], 200)]
    assert (last in [word.text for line in found for word in line]) == kept


def test_a_piece_of_a_number_far_below_is_none() -> None:
    first = line_of([("Theo", 20), ("98/2023/NĐ-", 200)], 100)
    assert len([*believed([first, line_of([("CP.", 20)], 300, 0.62)], 200)]) == 1
    assert len([*believed([first, line_of([("CP.", 500)], 145, 0.62)], 200)]) == 1
