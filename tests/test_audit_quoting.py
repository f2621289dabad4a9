"""
Evidence cut to words: its text is what stands at its spans, whatever was cut.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_parse.audit.quoting import head_of, number_of, part_of, quote, together
from tdkt_parse.models import Box, CellPlace, Citation, DocNumber, Evidence

TEXT = "Căn cứ Nghị định số 98/2023/NĐ - CP\nngày 31/12/2023  của Chính phủ [1] quy định"
"""A document in which a footnote's mark interrupts a sentence."""
CUT = TEXT.index("[1]")
WHOLE = [(7, CUT), (CUT + 4, len(TEXT))]


def evidence(spans: list[tuple[int, int]], **more: object) -> Evidence:
    """The evidence of some ranges of the document."""
    words = "\n".join(TEXT[start:end] for start, end in spans)
    return Evidence.model_validate({"spans": spans, "text": words, **more})


def is_true(part: Evidence) -> bool:
    """Whether an evidence keeps the law."""
    return "\n".join(TEXT[start:end] for start, end in part.spans) == part.text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("98/2023/NĐ - CP", "98/2023/NĐ - CP"),
        ("NĐ - CP ngày 31/12/2023 của", "NĐ - CP\nngày 31/12/2023  của"),
        ("Chính phủ quy định", "Chính phủ \nquy định"),
        ("Nghị định", "Nghị định"),
        ("quy định", "quy định"),
    ],
)
def test_quote(words: str, text: str) -> None:
    """Words are found within a line, over its end, and over the end of a span."""
    part = quote(evidence(WHOLE), words)
    assert part
    assert part.text == text
    assert is_true(part)


@pytest.mark.parametrize("words", ["Thông tư", "98/2023/NĐ-CP", "", "   "])
def test_quote_of_nothing(words: str) -> None:
    """What does not stand there gives nothing."""
    assert quote(evidence(WHOLE), words) is None


def test_quote_since() -> None:
    """The first place after another is found."""
    whole = evidence([(0, len(TEXT))])
    first = quote(whole, "định")
    later = quote(whole, "định", since=20)
    assert first
    assert later
    assert first.spans[0] < later.spans[0]


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_every_part_keeps_the_law(start: int, end: int) -> None:
    """Any cut of an evidence with two spans is at its spans, without white space at its ends."""
    part = part_of(evidence(WHOLE), start, end)
    if part is not None:
        assert is_true(part)
        assert part.text == part.text.strip() != ""


def test_boxes() -> None:
    """Where each line has its box, those of the other lines go."""
    one, two = Box(1, 0, 0, 9, 9), Box(1, 0, 10, 9, 19)
    whole = evidence([(7, CUT - 1)], boxes=[one, two])
    for words, boxes in (("NĐ - CP", [one]), ("Chính phủ", [two]), ("CP ngày", [one, two])):
        part = quote(whole, words)
        assert part
        assert part.boxes == boxes
    part = quote(evidence([(7, CUT - 1)], boxes=[one]), "Chính phủ")
    assert part
    assert part.boxes == [one]


def test_cell() -> None:
    """The characters in a Word file's paragraph move along, where they can be told."""
    place = CellPlace(path="p4", start=7, end=CUT - 1)
    part = quote(evidence([(7, CUT - 1)], cell=place), "98/2023/NĐ - CP")
    assert part
    assert part.cell == CellPlace(path="p4", start=20, end=35)
    part = quote(evidence(WHOLE, cell=place), "98/2023/NĐ - CP")
    assert part
    assert part.cell == place


def test_together() -> None:
    """Several places are one evidence that keeps the law, each box once."""
    box = Box(1, 0, 0, 9, 9)
    whole = evidence([(0, len(TEXT))], boxes=[box])
    parts = [part for words in ("98/2023/NĐ - CP", "quy định") if (part := quote(whole, words))]
    both = together(parts)
    assert is_true(both)
    assert both.text == "98/2023/NĐ - CP\nquy định"
    assert both.boxes == [box]
    assert together(parts[:1]) is parts[0]


def test_citation() -> None:
    """A citation's number and its head; the whole of one without a number."""
    number = DocNumber(serial="98", year=2023, doc_type="NĐ", canonical="98/2023/NĐ-CP")
    cited = Citation(kind="Nghị định", number=number, evidence=evidence([(7, CUT - 1)]))
    assert number_of(cited).text == "98/2023/NĐ - CP"
    assert head_of(cited).text == "Nghị định số 98/2023/NĐ - CP"
    named = Citation(kind="Luật", evidence=evidence([(7, 20)]))
    assert number_of(named) == head_of(named) == named.evidence
