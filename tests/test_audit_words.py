"""
The wordings of ``data/audit_words.toml`` prove themselves.
"""

from typing import Any

import pytest

from tdkt_parse.audit.organs import is_collective, may_name, organ_named, organs_of
from tdkt_parse.audit.phrases import Use, folded, pattern, table
from tdkt_parse.docnumber import find_docnumbers, parse_docnumber
from tdkt_parse.spelling import key
from tdkt_parse.wording import kinds

USES: tuple[Use, ...] = ("vague", "powers", "forward", "commitment", "review", "duty", "condition")


@pytest.mark.parametrize("use", USES)
def test_examples(use: Use) -> None:
    """Each example holds one of its wordings."""
    for row in getattr(table(), use):
        for example in row.examples:
            assert pattern(use).search(example), example


@pytest.mark.parametrize("row", table().head)
def test_heads(row: Any) -> None:
    """Who speaks for an organ is set aside before its name."""
    for example in row.examples:
        assert organ_named(example), example


@pytest.mark.parametrize("use", ["chair", "amending"])
def test_beginnings(use: Use) -> None:
    """Each example begins with one of its wordings, and each wording is known alone."""
    for row in getattr(table(), use):
        for text in (*row.examples, *row.words):
            assert key(text).startswith(folded(use)), text


@pytest.mark.parametrize(
    ("use", "text"),
    [
        ("chair", "PHÓ CHỦ TỊCH"),
        ("chair", "TM. ỦY BAN NHÂN DÂN"),
        ("chair", "GIÁM ĐỐC"),
        ("chair", "TRƯỞNG PHÒNG"),
        ("amending", "Quy định về sửa đổi, bổ sung"),
        ("amending", "Hướng dẫn thi hành Luật Thi đua, khen thưởng"),
    ],
)
def test_other_beginnings(use: Use, text: str) -> None:
    assert not key(text).startswith(folded(use))


def test_amended() -> None:
    """What says of itself that it was amended, and what only amends or speaks of it."""
    for row in table().amended:
        for text in (*row.examples, *row.words):
            assert any(words in key(text) for words in folded("amended")), text
    for text in (
        "Thông tư sửa đổi, bổ sung một số điều của Thông tư số 12/2019/TT-BNV",
        "Luật Thi đua, khen thưởng ngày 15/6/2022",
        "Luật Thi đua, khen thưởng (thay thế Luật năm 2003)",
    ):
        assert not any(words in key(text) for words in folded("amended")), text


@pytest.mark.parametrize("row", table().organ, ids=lambda row: row.name)
def test_organs(row: Any) -> None:
    """An organ is known by each of its names and codes, and by its source's numbers."""
    assert all(organ_named(name) == row.name for name in row.names)
    assert is_collective(row.name) == row.collective
    numbers = find_docnumbers(f"số {row.source}")
    assert numbers, row.source
    for found in numbers:
        organs = organs_of(found.number)
        assert organs
        assert any(may_name(organ, row.name) for organ in organs), row.source


def test_no_name_stands_twice() -> None:
    names = [name for row in table().organ for name in row.names]
    codes = [code for row in table().organ for code in row.codes]
    assert len(names) == len(set(names))
    assert len(codes) == len(set(codes))


def test_forces() -> None:
    """Kinds are known by name, and ranks are those between which kinds.toml has its own."""
    known = {row.name for row in kinds()}
    for row in table().force:
        assert {*row.kinds} <= known
        assert 1 <= row.rank <= 9


@pytest.mark.parametrize(
    ("number", "organs"),
    [
        ("98/2023/NĐ-CP", {"Chính phủ"}),
        ("202/2025/QH15", {"Quốc hội"}),
        ("28/2020/TT-BGDĐT", {"Bộ Giáo dục và Đào tạo"}),
        ("07/KH-NGT", None),
    ],
)
def test_symbols(number: str, organs: set[str] | None) -> None:
    """What a symbol means, if it is known."""
    assert organs_of(parse_docnumber(number)) == organs


@pytest.mark.parametrize(
    ("name", "organ"),
    [
        ("Bộ trưởng Bộ Nội vụ", "Bộ Nội vụ"),
        ("Chủ tịch UBND tỉnh", "Ủy ban nhân dân"),
        ("Ban Bí thư Trung ương Đoàn", "Đoàn Thanh niên Cộng sản Hồ Chí Minh"),
        ("Ban Bí thư", "Trung ương Đảng"),
        ("Trường Tiểu học Ngô Gia Tự", None),
    ],
)
def test_names(name: str, organ: str | None) -> None:
    """Which organ a name is of, if it is known."""
    assert organ_named(name) == organ
