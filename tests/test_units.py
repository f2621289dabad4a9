"""
Units in the cells of a table: where a line's end parts two names, and where it does not.
"""

from collections import Counter

import pytest

from tdkt_parse.actors import split_units
from tdkt_parse.layout import Box, Line, Word, Words
from tdkt_parse.passage import read_line
from tdkt_parse.spelling import key
from tdkt_parse.tasks.units import Names, settle


def names(*cells: str) -> Names:
    """Of cells that name units, parted by a bar."""
    return Counter(key(unit) for cell in cells for unit in set(cell.split(" | ")))


def settled(paragraphs: list[str], others: Names, *, placed: bool = True) -> list[str]:
    """The units of a cell; a slash stands where a printed line ends within a paragraph."""
    text, lines, words = "", [], []
    level = 0
    for paragraph in paragraphs:
        start = len(text)
        for printed in paragraph.split(" / "):
            level += 1
            for word in printed.split():
                box = Box(1, 10.0 * len(text), 20.0 * level, 10.0 * len(text) + 9, 20.0 * level + 9)
                words.append(Word(len(text), len(text) + len(word), box, None, None))
                text += f"{word} "
        lines.append(Line(((start, len(text) - 1),)))
    passages = [read_line(text, line) for line in lines]
    units = split_units([passage.text for passage in passages])
    every = others + names(" | ".join(units))
    return settle(units, passages, every, Words.of(words if placed else []))


@pytest.mark.parametrize(
    ("cell", "others", "units"),
    [
        (
            ["Các thôn, tổ dân phố / UBND xã"],
            names("UBND xã", "Các thôn, tổ dân phố", "UBND xã"),
            ["Các thôn, tổ dân phố", "UBND xã"],
        ),
        (
            ["Phó Trưởng khối / Trưởng khối / Các đơn vị"],
            names("Trưởng khối", "Phó Trưởng khối | Các đơn vị"),
            ["Phó Trưởng khối", "Trưởng khối", "Các đơn vị"],
        ),
        (["Ban Tổ chức", "Huyện ủy"], names("Ban Tổ chức Huyện ủy"), ["Ban Tổ chức Huyện ủy"]),
        (["Phòng Nội", "Vụ"], names("Phòng Nội vụ", "Vụ Tổ chức"), ["Phòng Nội Vụ"]),
        (
            ["Các tổ; Ủy ban / Kiểm tra", "Huyện ủy. Văn phòng."],
            names("Ủy ban Kiểm tra Huyện ủy"),
            ["Các tổ", "Ủy ban Kiểm tra Huyện ủy", "Văn phòng"],
        ),
        (["Phòng Kế toán", "- Tài chính"], names(), ["Phòng Kế toán - Tài chính"]),
        (
            ["- Hội đồng Thi đua", "- Khen thưởng xã;", "- Các trường học"],
            names(),
            ["Hội đồng Thi đua - Khen thưởng xã", "Các trường học"],
        ),
        (
            ["- Phòng Tài chính", "- Kế hoạch", "- Phòng Nội vụ"],
            names(),
            ["Phòng Tài chính - Kế hoạch", "Phòng Nội vụ"],
        ),
        (
            ["- Sở Lao động", "- Thương binh và Xã hội", "- Sở Nội vụ"],
            names(),
            ["Sở Lao động - Thương binh và Xã hội", "Sở Nội vụ"],
        ),
    ],
)
def test_names_are_told_by_other_cells(cell: list[str], others: Names, units: list[str]) -> None:
    assert settled(cell, others) == units


@pytest.mark.parametrize(
    ("cell", "others", "units"),
    [
        # No line ends there.
        (["Văn phòng UBND xã"], names("Văn phòng", "UBND xã"), ["Văn phòng UBND xã"]),
        # The whole stands as often as its parts.
        (
            ["Văn phòng / UBND xã"],
            names("Văn phòng", "UBND xã", "Văn phòng UBND xã"),
            ["Văn phòng UBND xã"],
        ),
        (["- Phòng Tài chính", "- Phòng Kế hoạch"], names(), ["Phòng Tài chính", "Phòng Kế hoạch"]),
        (["- Ban Thi đua", "- Ban Khen thưởng"], names(), ["Ban Thi đua", "Ban Khen thưởng"]),
        (["- Sở Tài chính", "- Công an"], names(), ["Sở Tài chính", "Công an"]),
        (["- Ban Tổ chức", "- Cán bộ xã"], names(), ["Ban Tổ chức", "Cán bộ xã"]),
        (["- Thành phố Bà Rịa", "- Vũng Tàu"], names(), ["Thành phố Bà Rịa", "Vũng Tàu"]),
        (["- Tài chính", "- Kế hoạch"], names(), ["Tài chính", "Kế hoạch"]),
        (
            ["Ban Tổ chức", "Huyện ủy"],
            names("Ban Tổ chức", "Huyện ủy"),
            ["Ban Tổ chức", "Huyện ủy"],
        ),
        # A mark parts them.
        (["Ban Tổ chức; Huyện ủy"], names("Ban Tổ chức Huyện ủy"), ["Ban Tổ chức", "Huyện ủy"]),
        (["Các tổ / UBND xã"], names("UBND xã"), ["Các tổ UBND xã"]),
        (["Đoàn Thanh niên", "- Công đoàn"], names(), ["Đoàn Thanh niên", "Công đoàn"]),
        (["Đoàn Thanh niên", "- Phụ nữ"], names(), ["Đoàn Thanh niên", "Phụ nữ"]),
        (["UBND xã", "- CCB xã"], names(), ["UBND xã", "CCB xã"]),
    ],
)
def test_names_are_left_as_they_are(cell: list[str], others: Names, units: list[str]) -> None:
    assert settled(cell, others) == units


def test_without_places_no_name_is_parted() -> None:
    others = names("UBND xã", "Các thôn", "UBND xã")
    assert settled(["Các thôn / UBND xã"], others, placed=False) == ["Các thôn UBND xã"]
