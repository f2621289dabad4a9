"""Short lines that the engine read and doubts are asked again, and believed if it says the same."""

from collections.abc import Sequence
from typing import Any

import pytest

np = pytest.importorskip("numpy")

from tdkt_parse.readers.scan import engine  # noqa: E402
from tdkt_parse.readers.scan.alone import MOST, asked_again  # noqa: E402
from tdkt_parse.readers.scan.belief import SURE, believed  # noqa: E402
from tdkt_parse.readers.scan.engine import Recognised  # noqa: E402

RESOLUTION = 200.0


def line(number: int, text: str, sure: float) -> list[Recognised]:
    """The words of a line, one after the other."""
    found, x = [], 100.0
    for word in text.split():
        found.append(
            Recognised(word, x, 40.0 * number, x + 12 * len(word), 40.0 * number + 25, sure, number)
        )
        x = found[-1].x1 + 10
    return found


def asked(
    monkeypatch: pytest.MonkeyPatch, words: list[Recognised], *answers: str
) -> tuple[list[Recognised], int]:
    """What becomes of words where the engine, asked again, answers so; how often it answered."""
    given: list[str] = []

    def answer(pictures: Sequence[Any], **_: Any) -> list[list[Recognised]]:
        assert all(picture.shape[0] > 25 for picture in pictures)
        given.extend(answers[: len(pictures)])
        return [line(1, said, 0.1) for said in answers[: len(pictures)]]

    monkeypatch.setattr(engine, "recognise", answer)
    plain = np.full((2000, 1600), 255, np.uint8)
    return [*asked_again(plain, words, RESOLUTION)], len(given)


def test_what_is_read_twice_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [*line(1, "tại hội trường đường Hùng", 0.96), *line(2, "Vương.", 0.0)]
    assert len([*believed([words[:5], words[5:]], RESOLUTION)]) == 1
    found, _ = asked(monkeypatch, words, "Vương,")
    assert [word.confidence for word in found] == [*5 * [0.96], SURE]
    assert [
        [word.text for word in one] for one in believed([found[:5], found[5:]], RESOLUTION)
    ] == [
        ["tại", "hội", "trường", "đường", "Hùng"],
        ["Vương."],
    ]


@pytest.mark.parametrize("again", ["Vướng.", "", "Vương Vương", "_"])
def test_what_is_read_otherwise_is_doubted_still(
    monkeypatch: pytest.MonkeyPatch, again: str
) -> None:
    words = line(2, "Vương.", 0.1)
    assert asked(monkeypatch, words, again) == (words, 1)


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Vương.", 0.9),  # surely read
        ("Cuong", 0.1),  # a stroke of a pen has no marks
        ("Vưởngq", 0.1),  # no word of the language
        ("lờ", 0.1),  # too short
        ("tỉnh Lâm Đồng", 0.1),  # more than a last word
        ("vƯơng", 0.1),
        ("— ~", 0.1),
    ],
)
def test_of_other_lines_nobody_is_asked(
    monkeypatch: pytest.MonkeyPatch, text: str, sure: float
) -> None:
    words = line(1, text, sure)
    assert asked(monkeypatch, words, text) == (words, 0)


def test_a_page_of_scribbles_is_asked_for_a_few_lines_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = [word for number in range(1, 41) for word in line(number, "Vương", 0.1)]
    found, given = asked(monkeypatch, words, *40 * ["Vương"])
    assert given == MOST
    assert sum(word.confidence == SURE for word in found) == MOST
