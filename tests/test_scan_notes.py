"""The marks of footnotes, found by what stands raised below a short rule."""

from collections.abc import Sequence

import pytest

pytest.importorskip("numpy")
pytest.importorskip("cv2")

import numpy as np
from numpy.typing import NDArray

from tdkt_parse.readers.pdf.rulings import Drawn, Rule
from tdkt_parse.readers.scan import engine
from tdkt_parse.readers.scan.engine import Recognised
from tdkt_parse.readers.scan.notes import with_marks

Grey = NDArray[np.uint8]

RESOLUTION = 200
DOT = 72 / RESOLUTION
RULE = Rule(2000 * DOT, 200 * DOT, 600 * DOT)
"""Below the middle of a page of A4, as programs draw it above notes."""


@pytest.fixture(autouse=True)
def _blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that makes nothing of a mark, so that marks are counted."""

    def nothing(pictures: Sequence[Grey], **_: object) -> list[list[Recognised]]:
        return [[] for _ in pictures]

    monkeypatch.setattr(engine, "recognise", nothing)


def line(*texts: str, top: float, high: float = 19.0, left: float = 200.0) -> list[Recognised]:
    """Words of small letters, all as high."""
    return [
        Recognised(text, left + 120 * k, top, left + 120 * k + 80, top + high, 0.9, round(top))
        for k, text in enumerate(texts)
    ]


TEXT = [line("nem", "xem", "xoa", "ra", top=300 + 60 * k) for k in range(6)]
SMALL = 13.0


def page(*lines: list[Recognised], rule: Rule | None = RULE, ink: bool = False) -> list[str]:
    """The lines as they come back, the mark of a note in brackets before its words."""
    picture = np.full((2339, 1654), 255, np.uint8)
    if ink:
        picture[2010:2022, 182:187] = 0
    drawn = Drawn(level=[rule] if rule else [])
    found = with_marks(picture, drawn, [*TEXT, *lines], RESOLUTION)
    return [
        " ".join(f"[{w.text}]" if w.y1 - w.y0 < 12 else w.text for w in words)
        for words in found[len(TEXT) :]
    ]


def test_a_mark_read_as_a_sign_is_a_mark() -> None:
    assert page(line("!", "xem", "ra", top=2015, high=SMALL)) == ["[1] xem ra"]
    assert page(line("''xem", "ra", top=2015, high=SMALL)) == ["[1] xem ra"]


def test_a_mark_that_was_not_read_is_found_in_the_picture() -> None:
    assert page(line("xem", "ra", top=2015, high=SMALL), ink=True) == ["[1] xem ra"]


def test_notes_are_counted_and_lines_that_go_on_have_none() -> None:
    notes = [
        line("!", "xem", "ra", top=2015, high=SMALL),
        line("nem", "ra", top=2045, high=SMALL),
        line("''xem", "ra", top=2075, high=SMALL),
    ]
    assert page(*notes) == ["[1] xem ra", "nem ra", "[2] xem ra"]


def test_the_mark_in_the_text_is_told_from_its_word() -> None:
    text = line("xoa", "nem'.", "ra!", top=900)
    note = line("!", "xem", "ra", top=2015, high=SMALL)
    assert page(text, note)[0] == "xoa nem. [1] ra!"


@pytest.mark.parametrize(
    "rule",
    [
        None,
        Rule(500 * DOT, 200 * DOT, 600 * DOT),
        Rule(2000 * DOT, 200 * DOT, 1500 * DOT),
        Rule(2000 * DOT, 900 * DOT, 1300 * DOT),
        Rule(1800 * DOT, 200 * DOT, 600 * DOT),
    ],
    ids=["none", "at the top", "across the page", "elsewhere", "far above"],
)
def test_without_a_rule_for_it_nothing_is_a_note(rule: Rule | None) -> None:
    note = line("!", "xem", "ra", top=2015, high=SMALL)
    assert page(note, rule=rule)[0].endswith("! xem ra")


def test_print_as_large_as_the_text_is_no_note() -> None:
    assert page(line("!", "xem", "ra", top=2015)) == ["! xem ra"]


def test_a_page_of_nothing_is_borne() -> None:
    blank = np.full((90, 90), 255, np.uint8)
    assert with_marks(blank, Drawn(), [], RESOLUTION) == []
    assert with_marks(blank, Drawn(), [[]], RESOLUTION) == [[]]
