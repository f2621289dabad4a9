"""How reading of scans is scored: texts, tables and places whose score is known."""

import pytest

from ocr_scores import Cell, Placed, Row, Share, across, fit, moved, score_tables, score_text


@pytest.mark.parametrize(
    ("orders", "read", "characters", "words"),
    [
        (["Kế hoạch"], "Kế  hoạch\n", (0, 8), (0, 2)),
        (["Kế hoạch"], "Ke\u0302\u0301 hoạch", (0, 8), (0, 2)),  # NFD
        (["Kế hoạch"], "Kể hoạch", (1, 8), (1, 2)),
        (["Kế hoạch"], "", (8, 8), (2, 2)),
        (["Kế hoạch"], "| Kế hoạch ___", (0, 8), (0, 2)),  # ruled, drawn
        (["Kế hoạch"], "= Kế hoạch", (2, 8), (1, 2)),
        (["a b c d", "a c b d"], "a c b d", (0, 7), (0, 4)),  # the order that fits
        (["II. NỘI DUNG"], "H. NỘI DUNG", (2, 12), (1, 3)),
        ([""], "", (0, 0), (0, 0)),
    ],
)
def test_errors_of_a_text(
    orders: list[str], read: str, characters: tuple[int, int], words: tuple[int, int]
) -> None:
    counted = score_text(orders, [read])
    assert counted.characters == Share(*characters)
    assert counted.words == Share(*words)


def test_errors_are_told_by_their_kind() -> None:
    counted = score_text(["chi bộ Tân Lập họp tại xã"], ["chỉ bộ Tân họp tại xã ="])
    assert dict(counted.swaps) == {("i", "ỉ"): 1}
    assert dict(counted.lost) == {"Lập": 1}
    assert dict(counted.noise) == {"=": 1}


def row(page: int, *texts: str) -> Row:
    return Row(page, tuple(Cell(column, 1, 1, text) for column, text in enumerate(texts)))


TABLE = (row(1, "STT", "Nội dung"), row(1, "1", "Hội nghị"), row(2, "2", "Đại hội"))


@pytest.mark.parametrize(
    ("read", "wrong", "grids"),
    [
        (TABLE, 0, 0),
        ((), 6, 2),
        ((TABLE[0], row(1, "1", "Hội nghi"), TABLE[2]), 1, 0),
        ((TABLE[0], row(1, "1", " Hội\nnghị"), TABLE[2]), 0, 0),
        ((TABLE[0], TABLE[2]), 2, 1),  # a row lost does not shift those below
        ((TABLE[0], row(1, "", ""), *TABLE[1:]), 0, 1),
        ((TABLE[0], Row(1, (Cell(0, 2, 1, "1 Hội nghị"),)), TABLE[2]), 2, 1),
        ((*TABLE[:2], row(3, "2", "Đại hội")), 0, 2),  # on another page: wrong on both
    ],
)
def test_cells_and_grids(read: tuple[Row, ...], wrong: int, grids: int) -> None:
    counted = score_tables(TABLE, read)
    assert (counted.cells.wrong, counted.cells.whole) == (wrong, 6)
    assert counted.grids.wrong == grids


def test_words_of_two_columns_are_read_across_the_page() -> None:
    words = [("UBND", 0, 0), ("XÃ", 0, 20), ("CỘNG", 100, 1), ("Độc", 100, 22)]
    placed = [Placed(text, x, y, x + 30, y + 10) for text, x, y in words]
    assert across(placed) == "UBND CỘNG XÃ Độc"


def test_a_turned_page_is_turned_back_though_some_words_are_elsewhere() -> None:
    typed = [Placed(f"{x}-{y}", x, y, x, y) for x in range(0, 500, 100) for y in range(0, 800, 100)]
    turned = []
    for word in typed:
        place = word.centre * complex(0.9998, 0.02) + complex(3, -7)
        turned.append(Placed(word.text, place.real, place.imag, place.real, place.imag))
    turned[5] = turned[5]._replace(x0=450.0, x1=450.0)
    back = moved(turned, *fit(typed, turned))
    assert all(
        abs(there.centre - here.centre) < 0.01
        for here, there in zip(typed[6:], back[6:], strict=True)
    )


def test_too_few_words_leave_the_page_as_it_is() -> None:
    assert fit([], [Placed("a", 0, 0, 1, 1)]) == (1, 0)
