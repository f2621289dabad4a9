"""
Passages: repaired text, and the way back to the text as read.
"""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tdkt_parse.layout import Box, Document, Word, Words
from tdkt_parse.normalise import fix, fix_aligned
from tdkt_parse.passage import Passage, evidence, join, read_spans

TEXT = "Căn  cứ\u00a0Nghị định\n\n98\u20442023/N\u00d0-CP ¹ của Chính phủ"


def document(text: str, *, furniture: tuple[tuple[int, int], ...] = ()) -> Document:
    return Document(text, (), "0", "text/plain", "text", furniture=furniture)


def test_slices_are_repaired() -> None:
    """Double and no-break spaces are one space, and look-alike letters the right ones."""
    assert read_spans(TEXT, [(0, 17)]).text == "Căn cứ Nghị định"
    assert read_spans(TEXT, [(19, 32)]).text == "98/2023/NĐ-CP"
    assert read_spans(TEXT, [(19, 32), (32, 33), (35, 48)]).text == "98/2023/NĐ-CP của Chính phủ"


def test_evidence_spans_the_blank_between_lines() -> None:
    """Only white space between two slices makes one span of them."""
    passage = join([read_spans(TEXT, [(0, 17)]), read_spans(TEXT, [(19, 32)])])
    found = evidence(document(TEXT), passage)
    assert found.spans == [(0, 32)]
    assert found.text == TEXT[0:32]


def test_evidence_breaks_where_other_words_stand() -> None:
    """A footnote between two halves of a paragraph is no part of it."""
    text = "các xã\n¹ Theo quy định.\ntổ chức tốt"
    passage = join([read_spans(text, [(0, 6)]), read_spans(text, [(24, 35)])])
    found = evidence(document(text), passage)
    assert passage.text == "các xã tổ chức tốt"
    assert found.spans == [(0, 6), (24, 35)]
    assert found.text == "các xã\ntổ chức tốt"


def test_evidence_of_a_part_is_no_wider() -> None:
    """The number alone, not the line it stands in."""
    passage = read_spans(TEXT, [(19, 32)])
    begin = passage.text.index("2023")
    found = evidence(document(TEXT), passage, begin, begin + 4)
    assert found.text == "2023"


def test_furniture_between_slices_is_bridged() -> None:
    """Markup inside a value does not cut it in two."""
    text = "trước **ngày** 15"
    passage = read_spans(text, [(0, 6), (8, 12), (14, 17)])
    found = evidence(document(text, furniture=((6, 8), (12, 14))), passage)
    assert passage.text == "trước ngày 15"
    assert found.spans == [(0, 17)]


def test_a_cut_keeps_the_way_back() -> None:
    """A part of a part is still where it was read."""
    passage = read_spans(TEXT, [(0, 17), (19, 32)])
    part = passage.cut(4, len(passage.text)).cut(3, 12)
    first, last = part.spans(0, len(part.text))[0][0], part.spans(0, len(part.text))[-1][1]
    assert fix(TEXT[first:last]) == part.text


def test_words_give_boxes_and_confidence() -> None:
    """One box a line of print, and the engine's confidence weighted by length."""
    words = (
        Word(0, 3, Box(1, 10, 20, 30, 32), 0.9),
        Word(4, 6, Box(1, 34, 20, 50, 32), 0.5),
        Word(7, 10, Box(1, 10, 40, 30, 52), None),
    )
    passage = read_spans("Căn cứ Luậ", [(0, 10)])
    read = replace(document("Căn cứ Luậ"), words=Words.of(words))
    found = evidence(read, passage)
    assert [(box.x0, box.x1, box.y0) for box in found.boxes] == [(10, 50, 20), (10, 30, 40)]
    assert found.confidence == round((0.9 * 3 + 0.5 * 2) / 5, 4)
    assert evidence(read, passage, 7, 10).confidence is None


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_alignment_covers_the_text(text: str) -> None:
    """Each repaired character has its place, in order, inside the text."""
    fixed, origin = fix_aligned(text)
    if origin is None:
        assert fixed == text
        return
    assert len(origin) == len(fixed) + 1
    assert origin == sorted(origin)
    assert all(0 <= index <= len(text) for index in origin)


@given(st.lists(st.text("ab \u0302ê", max_size=6), max_size=5))
def test_joined_passages_say_the_same(parts: list[str]) -> None:
    """Joining passages joins their texts, and every part can be found again."""
    whole = "\n".join(parts)
    passages: list[Passage] = []
    at = 0
    for part in parts:
        passages.append(read_spans(whole, [(at, at + len(part))]))
        at += len(part) + 1
    joined = join(passages)
    assert joined.text == " ".join(p.text for p in passages if p)
    for start, end in joined.spans(0, len(joined.text)):
        assert 0 <= start < end <= len(whole)
