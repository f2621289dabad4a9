"""
What hangs together in a picture: the same as OpenCV counts it.
"""

import pytest

pytest.importorskip("cv2")
pytest.importorskip("numpy")

import cv2
import numpy as np
from numpy.typing import NDArray

from tdkt_parse.readers.scan.pieces import pieces_of


def picture(kind: str) -> NDArray[np.uint8]:
    rng = np.random.default_rng(7)
    high, wide = 301, 217
    if kind == "noise":
        return (rng.random((high, wide)) < 0.4).astype(np.uint8) * np.uint8(255)
    if kind == "dots":
        dark = np.zeros((high, wide), np.uint8)
        dark[::2, ::2] = 1
        return dark
    if kind == "text":
        dark = np.zeros((high, wide), np.uint8)
        for row in range(30, high, 40):
            cv2.putText(dark, "thi dua 2024", (5, row), cv2.FONT_HERSHEY_SIMPLEX, 1, 255, 2)
        return dark
    if kind == "frame":
        dark = np.zeros((high, wide), np.uint8)
        dark[0], dark[-1], dark[:, 0], dark[:, -1] = 9, 9, 9, 9
        dark[40:60, 40:60] = 9
        return dark
    return np.full((high, wide), 0 if kind == "white" else 255, np.uint8)


@pytest.mark.parametrize("connectivity", [4, 8])
@pytest.mark.parametrize("kind", ["noise", "dots", "text", "frame", "white", "black"])
def test_pieces_are_those_that_are_counted_dot_by_dot(kind: str, connectivity: int) -> None:
    dark = picture(kind)
    count, _, boxes, _ = cv2.connectedComponentsWithStats(dark, connectivity=connectivity)
    found = pieces_of(dark, connectivity=connectivity)
    assert len(found.boxes) == count - 1
    assert sorted(found.boxes.tolist()) == sorted(boxes[1:].tolist())
    for label, (x, y, wide, high, dots) in enumerate(found.boxes.tolist(), 1):
        part = found.labels[y : y + high, x : x + wide] == label
        assert part.sum() == dots


@pytest.mark.parametrize("shape", [(0, 0), (0, 5), (5, 0)])
def test_nothing_has_no_pieces(shape: tuple[int, int]) -> None:
    found = pieces_of(np.zeros(shape, np.uint8))
    assert found.boxes.shape == (0, 5)
    assert found.labels.shape == shape


def test_a_part_of_a_picture_need_not_stand_in_one_block() -> None:
    dark = picture("text")
    part = dark[10:200:2, 3:150]
    assert pieces_of(part).boxes.tolist() == pieces_of(np.ascontiguousarray(part)).boxes.tolist()
