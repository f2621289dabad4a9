"""Ngày, tháng, quý, năm: rows of ``cases/periods.json`` and laws."""

from datetime import date

import pytest
from growth import assert_grows_with_the_text
from hypothesis import given, settings
from hypothesis import strategies as st
from rows import Row, cases

from tdkt_parse.models import PartialDate
from tdkt_parse.periods import (
    find_dates,
    find_deadlines,
    find_letterhead_date,
    find_quarters,
    find_years,
    is_quarter_heading,
    parse_date,
    parse_timing,
    stretch_of_caption,
)
from tdkt_parse.periods.words import Words, period_words

WORDS = """
    ngày tháng năm quý Quý giai đoạn trước từ đến hết chậm nhất trong hằng thường xuyên đầu cuối
    tuần theo II IV 1 2 15 31 02 2024 2026 / - – . , ; … h giờ Tân Lập, học
"""
PIECES = st.lists(
    st.sampled_from([*WORDS.split(), " ", " ", " ", "\n", "/", "-", "/2024"]), max_size=24
).map("".join)
"""Text made of what dates are made of, in any order: it comes nearer to trouble than noise."""

TEXTS = st.one_of(st.text(max_size=80), PIECES)


def parts(day: PartialDate) -> list[int | None]:
    """Year, month, day."""
    return [day.year, day.month, day.day]


@pytest.mark.parametrize("row", cases("periods", "find_dates"))
def test_find_dates(row: Row) -> None:
    """Every date of a text, as printed and in parts."""
    found = find_dates(row.text)
    assert [[row.text[m.start : m.end], parts(m.date)] for m in found] == row.expected


@pytest.mark.parametrize("row", cases("periods", "parse_date"))
def test_parse_date(row: Row) -> None:
    """One date by itself, or ``ValueError`` where ``null`` is expected."""
    if row.expected is None:
        with pytest.raises(ValueError, match="no date"):
            parse_date(row.text)
    else:
        assert parts(parse_date(row.text)) == row.expected


@pytest.mark.parametrize("row", cases("periods", "find_letterhead_date"))
def test_letterhead_date(row: Row) -> None:
    """Place and date of a letterhead line."""
    found = find_letterhead_date(row.text)
    place = found and found.place and row.text[slice(*found.place)]
    assert (found and [place, parts(found.date.date)]) == row.expected


@pytest.mark.parametrize("row", cases("periods", "parse_timing"))
def test_parse_timing(row: Row) -> None:
    """Start, end and recurrence of a cell; the text stays as printed."""
    timing = parse_timing(row.text, row.more.get("year"))
    assert timing.text == row.text
    assert [timing.start, timing.end, timing.recurrence] == row.expected


@pytest.mark.parametrize("row", cases("periods", "find_quarters"))
def test_find_quarters(row: Row) -> None:
    """Quarters named outright."""
    assert find_quarters(row.text, heading=row.more.get("heading", False)) == row.expected


@pytest.mark.parametrize("row", cases("periods", "is_quarter_heading"))
def test_is_quarter_heading(row: Row) -> None:
    """Lines that do nothing but name a quarter."""
    assert is_quarter_heading(row.text) is row.expected


@pytest.mark.parametrize("row", cases("periods", "stretch_of_caption"))
def test_stretch_of_caption(row: Row) -> None:
    """First and last month, and the year, of lines that do nothing but name them."""
    found = stretch_of_caption(row.text)
    assert (found and [*found]) == row.expected


@pytest.mark.parametrize("row", cases("periods", "find_deadlines"))
def test_find_deadlines(row: Row) -> None:
    """Deadlines inside prose: words, start, end, recurrence; the place is that of the words."""
    found = find_deadlines(row.text, row.more.get("year"))
    assert all(row.text[start:end] == timing.text for start, end, timing in found)
    seen = [[t.text, t.start, t.end, t.recurrence] for _, _, t in found]
    assert seen == row.expected


@pytest.mark.parametrize("row", cases("periods", "find_years"))
def test_find_years(row: Row) -> None:
    """Years that a title plans."""
    assert find_years(row.text) == row.expected


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.none() | st.integers(1, 9999))
def test_any_text_is_read(text: str, year: int | None) -> None:
    """Nothing raises; matches lie in order inside the text; no period ends before it starts."""
    last = 0
    for match in find_dates(text):
        assert last <= match.start < match.end <= len(text)
        last = match.end
    for start, end, deadline in find_deadlines(text, year):
        assert 0 <= start < end <= len(text)
        assert deadline.end is not None
    place = find_letterhead_date(text)
    assert place is None or place.place is None or place.place[1] <= place.date.start
    timing = parse_timing(text, year)
    assert timing.text == text
    if timing.start and timing.end:
        assert timing.start <= timing.end
    assert set(find_quarters(text, heading=True)) <= {1, 2, 3, 4}
    assert set(find_quarters(text)) <= set(find_quarters(text, heading=True))
    is_quarter_heading(text)
    stretch_of_caption(text)
    find_years(text)


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_date_reads_back(day: date) -> None:
    """Each way of writing a date gives the same date, and the same single day as a timing."""
    d, m, y = day.day, day.month, day.year
    for text in (f"{d}/{m}/{y}", f"ngày {d:02} tháng {m:02} năm {y}", f"{d}-{m}-{y}"):
        assert parse_date(text) == PartialDate(year=y, month=m, day=d)
        timing = parse_timing(text, None)
        assert timing.start == timing.end == day.isoformat()


@settings(deadline=None)
@given(st.integers(1, 4), st.integers(1945, 2100))
def test_quarters_tile_the_year(quarter: int, year: int) -> None:
    """A quarter begins where the one before ends, and its three months are its own."""
    roman = ["I", "II", "III", "IV"][quarter - 1]
    whole = parse_timing(f"Quý {roman}/{year}", None)
    months = [parse_timing(f"Tháng {3 * quarter - i}/{year}", None) for i in (2, 0)]
    assert (whole.start, whole.end) == (months[0].start, months[1].end)


@pytest.mark.parametrize(
    "piece",
    [
        "1234567890/",
        "1/",
        "ngày tháng ",
        "ngày ... ",
        "ngày          ",
        "Quý I, ",
        "tháng 1, ",
        "từ 1/1/2024 - ",
        "Tân Lập ",
        "năm 2024 ",
        "trước ngày 1/1 ",
    ],
)
def test_time_grows_with_the_text(piece: str) -> None:
    """The time of every look is at most linear, with some room."""
    assert_grows_with_the_text(look, piece, 10_000)


def look(text: str) -> None:
    """Look at a text in every way."""
    find_dates(text)
    find_letterhead_date(text)
    find_deadlines(text, 2024)
    parse_timing(text, 2024)
    find_quarters(text)
    is_quarter_heading(text)
    stretch_of_caption(text)
    find_years(text)


ROWS = period_words()


def of(rows: list[Words], field: str) -> list[str]:
    """Each text of a field of some rows."""
    found = [text for row in rows for text in getattr(row, field)]
    assert found
    return found


@pytest.mark.parametrize("text", of(ROWS.document, "examples"))
def test_date_of_a_document(text: str) -> None:
    """What was decided on a day is not done then; without its name it would be."""
    timing = parse_timing(text, 2024)
    assert (timing.start, timing.end) == (None, None)
    name = next(name for name in of(ROWS.document, "words") if text.startswith(name))
    assert parse_timing(text.replace(name, "Thẩm định"), 2024).end


@pytest.mark.parametrize("name", of(ROWS.document, "words"))
def test_name_of_a_document(name: str) -> None:
    assert parse_timing(f"{name} các ngày 15/3/2024 và 20/3/2024", 2024).end is None


@pytest.mark.parametrize("text", of(ROWS.document, "negatives"))
def test_date_of_work(text: str) -> None:
    assert parse_timing(text, 2024).end


@pytest.mark.parametrize("text", of(ROWS.heading, "examples"))
def test_heading_of_a_quarter(text: str) -> None:
    assert is_quarter_heading(text)


@pytest.mark.parametrize("text", of(ROWS.heading, "negatives"))
def test_no_heading_of_a_quarter(text: str) -> None:
    assert not is_quarter_heading(text)


@pytest.mark.parametrize("text", of(ROWS.undated, "examples"))
def test_time_without_a_date(text: str) -> None:
    timing = parse_timing(text, 2024)
    assert (timing.start, timing.end) == (None, None)


@pytest.mark.parametrize("text", of(ROWS.undated, "negatives"))
def test_time_with_a_date(text: str) -> None:
    timing = parse_timing(text, 2024)
    assert timing.start or timing.end


@pytest.mark.parametrize("text", of(ROWS.ahead, "examples"))
def test_year_that_is_not_planned(text: str) -> None:
    assert find_years(text) == []


@pytest.mark.parametrize("text", of(ROWS.ahead, "negatives"))
def test_year_that_is_planned(text: str) -> None:
    assert find_years(text)


@pytest.mark.parametrize("table", ["document", "heading", "undated", "ahead"])
def test_no_word_twice(table: str) -> None:
    words = of(getattr(ROWS, table), "words")
    assert len(words) == len(set(words))
