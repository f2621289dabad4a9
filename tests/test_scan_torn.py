"""Lines that the engine tore in two, read again as one."""

from collections.abc import Sequence

import pytest

pytest.importorskip("numpy")
pytest.importorskip("cv2")

import numpy as np
from numpy.typing import NDArray

from tdkt_parse.readers.scan import engine, torn
from tdkt_parse.readers.scan.engine import LINE, Recognised

Grey = NDArray[np.uint8]
Seen = tuple[str, float, float, float, float]
"""A word and its edges in dots of 200 an inch, as the engine gave them of scans made for this."""

TORN: dict[str, tuple[tuple[Seen, ...], ...]] = {
    "CHỦ TỊCH": (
        (("CHỦ", 1104, 202, 1187, 236), ("TỊCH", 1225, 210, 1297, 235)),
        (("TỊC", 1199, 209, 1264, 243),),
    ),
    "BÍ THƯ": (
        (("í", 1168, 973, 1176, 979),),
        (('BÍ"', 1138, 980, 1177, 1006), ("HƯ", 1189, 978, 1275, 1007)),
    ),
    "PHÓ GIÁM ĐỐC": (
        (("“", 1123, 1011, 1130, 1017), ("£", 1207, 1010, 1214, 1016)),
        (("PHO", 1056, 1018, 1138, 1044), ("GIAM", 1151, 1018, 1258, 1044)),
    ),
    "Bí thư": (  # the words of one line in two, side by side
        (("BÍ", 1138, 1644, 1177, 1678), ("T", 1188, 1652, 1213, 1678)),
        (("HƯ", 1215, 1646, 1275, 1704),),
    ),
}

WHOLE: dict[str, tuple[tuple[Seen, ...], ...]] = {
    "two lines": (
        (("TM.", 1104, 166, 1174, 192), ("UBND", 1186, 165, 1293, 191)),
        (("CHỦ", 1104, 202, 1187, 236), ("TỊCH", 1199, 210, 1297, 235)),
    ),
    "two columns": (
        (("trực", 353, 245, 400, 267), ("ủy;", 460, 240, 496, 268)),
        (("CHỦ", 1104, 240, 1187, 268), ("TỊCH", 1199, 240, 1297, 267)),
    ),
    "a rule below": (
        (("CỘNG", 1104, 166, 1174, 192), ("HÒA", 1186, 165, 1293, 191)),
        (("_", 1130, 206, 1260, 209),),
    ),
    "a speck over small letters": (
        ((":", 1052, 1542, 1055, 1546),),
        (("thưởng", 1010, 1550, 1100, 1580), ("năm", 1110, 1552, 1160, 1576)),
    ),
}


def words(lines: Sequence[Sequence[Seen]]) -> list[Recognised]:
    return [Recognised(*word, 0.9, number) for number, line in enumerate(lines) for word in line]


def reading(sure: float, asked: list[Sequence[Grey]]) -> object:
    def recognise(
        pictures: Sequence[Grey], *, mode: int, resolution: int
    ) -> list[list[Recognised]]:
        assert (mode, resolution) == (LINE, 200)
        asked.append(pictures)
        return [[Recognised("whole", 10, 10, 90, 36, sure, 0)] for _ in pictures]

    return recognise


PAGE = np.full((2339, 1654), 255, np.uint8)


@pytest.mark.parametrize("name", TORN)
def test_a_torn_line_is_read_as_one(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Sequence[Grey]] = []
    monkeypatch.setattr(engine, "recognise", reading(0.95, asked))
    others = words([[("Lưu:", 250, 384, 305, 404)]])[0]._replace(line=9)
    parts = words(TORN[name])
    found = torn.mended(PAGE, [*parts, others], 200)
    assert [word.text for word in found] == ["Lưu:", "whole"]
    left, top = min(word.x0 for word in parts), min(word.y0 for word in parts)
    assert (found[-1].x0, found[-1].y0) == (left - 2, top - 2)
    assert found[-1].line == 10
    # All of it is in the picture, with a border.
    (picture,) = asked[0]
    assert picture.shape[1] > max(word.x1 for word in parts) - left + 20


@pytest.mark.parametrize("name", WHOLE)
def test_lines_that_are_whole_are_not_read_again(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Sequence[Grey]] = []
    monkeypatch.setattr(engine, "recognise", reading(0.95, asked))
    assert torn.mended(PAGE, words(WHOLE[name]), 200) == words(WHOLE[name])
    assert asked == []


def test_what_is_read_less_surely_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "recognise", reading(0.7, []))
    assert torn.mended(PAGE, words(TORN["CHỦ TỊCH"]), 200) == words(TORN["CHỦ TỊCH"])


def test_a_page_without_words() -> None:
    assert torn.mended(PAGE, [], 200) == []
