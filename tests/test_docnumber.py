"""Số, ký hiệu: rows of ``cases/docnumber.json``, the tables' own examples, and laws."""

from typing import Any

import pytest
from growth import assert_grows_with_the_text
from hypothesis import given, settings
from hypothesis import strategies as st
from rows import Row, cases

from tdkt_parse.docnumber import (
    canonical,
    find_docnumbers,
    find_letterhead_number,
    parse_docnumber,
)
from tdkt_parse.lexicon import agencies, document_types
from tdkt_parse.models import DocNumber

WORDS = """Số: số 12 98 2023 / - – . ( ) & NĐ CP KH UBND QH15 TW TTLT BTC ngày … # 5 TTg"""
PIECES = st.lists(st.sampled_from([*WORDS.split(), " ", " ", "\n", "/", "-"]), max_size=24).map(
    "".join
)
"""Text made of what numbers are made of, in any order: it comes nearer to trouble than noise."""


@pytest.mark.parametrize("row", cases("docnumber", "parse_docnumber"))
def test_parse(row: Row) -> None:
    """One number by itself, or ``ValueError`` where ``null`` is expected."""
    if row.expected is None:
        with pytest.raises(ValueError, match="no document number"):
            parse_docnumber(row.text)
    else:
        assert parse_docnumber(row.text).model_dump() == row.expected


@pytest.mark.parametrize("row", cases("docnumber", "find_docnumbers"))
def test_find(row: Row) -> None:
    """Every number of a text, as printed and as prescribed."""
    found = find_docnumbers(row.text)
    assert [[row.text[m.start : m.end], m.number.canonical] for m in found] == row.expected


@pytest.mark.parametrize("row", cases("docnumber", "find_letterhead_number"))
def test_letterhead(row: Row) -> None:
    """The number of a letterhead line."""
    match = find_letterhead_number(row.text)
    seen = match and {
        "printed": row.text[match.start : match.end],
        "serial": match.number.serial,
        "symbol": match.number.symbol,
        "damaged": match.damaged,
    }
    assert seen == row.expected


@pytest.mark.parametrize("row", document_types(), ids=lambda row: row.code)
def test_document_type_and_example_prove_each_other(row: Any) -> None:
    """The example of each type is read whole, as that type."""
    assert parse_docnumber(row.example).doc_type == row.code
    assert [match.end for match in find_docnumbers(row.example)] == [len(row.example)]


@pytest.mark.parametrize("row", agencies(), ids=lambda row: row.code)
def test_agency_and_example_prove_each_other(row: Any) -> None:
    """The example of each organ is read whole, and the organ is among its issuers."""
    issuers = [each.split("(")[0].rstrip("0123456789") for each in find_issuers(row.example)]
    assert row.code in issuers


def find_issuers(text: str) -> list[str]:
    """The issuers of the one number that is all of ``text``."""
    (match,) = find_docnumbers(text)
    assert (match.start, match.end) == (0, len(text))
    return match.number.issuers


def test_codes_are_unique() -> None:
    """No abbreviation stands twice in a table."""
    for table in (document_types(), agencies()):
        codes = [row.code for row in table]
        assert len(codes) == len(set(codes))


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), PIECES))
def test_any_text_is_read(text: str) -> None:
    """Nothing raises; matches lie in order inside the text and do not overlap."""
    last = 0
    for match in find_docnumbers(text):
        assert last <= match.start < match.end <= len(text)
        assert match.number.symbol
        assert match.damaged <= (match.number.canonical is None)
        last = match.end
    found = find_letterhead_number(text)
    assert found is None or 0 <= found.start < found.end <= len(text)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), PIECES))
def test_canonical_is_undone_by_parse(text: str) -> None:
    """What is written as prescribed reads back as the same number."""
    for match in find_docnumbers(text):
        if match.number.canonical is not None:
            assert parse_docnumber(match.number.canonical) == match.number


@given(
    st.integers(1, 99999).map(str),
    st.none() | st.integers(1945, 2100),
    st.sampled_from(document_types()),
    st.lists(st.sampled_from(agencies()), min_size=1, max_size=3, unique=True),
)
@settings(deadline=None)
def test_numbers_of_the_tables_round_trip(
    serial: str, year: int | None, kind: Any, organs: list[Any]
) -> None:
    """Any type with any organs, built by hand, is read back whole."""
    issuers = [organ.code for organ in organs]
    symbol = "-".join([kind.code, *issuers])
    built = DocNumber(serial=serial, year=year, doc_type=kind.code, issuers=issuers, symbol=symbol)
    written = canonical(built)
    assert written is not None
    assert parse_docnumber(written) == built.model_copy(update={"canonical": written})


@pytest.mark.parametrize(
    "piece",
    ["1234567890/", "1/", "Số: ", "số .. ", "1/AAAA-", "ngày tháng ", "9 ", "12/KH-UBND-"],
)
def test_time_grows_with_the_text(piece: str) -> None:
    """The time of every look is at most linear, with some room."""
    assert_grows_with_the_text(look, piece, 40_000)


def look(text: str) -> None:
    """Look at a text in every way."""
    find_docnumbers(text)
    find_letterhead_number(text)
