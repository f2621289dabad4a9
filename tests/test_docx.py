"""
Word files: each construct as the page shows it, and the laws that hold for all of them.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
import word_habits
import word_inline
import word_numbering
import word_plans
import word_tables
from body_rows import all_evidence, check
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from word_files import (
    around,
    bold,
    box,
    cell,
    control,
    docx,
    endnote_mark,
    field,
    footnote_mark,
    gone,
    ins,
    level,
    mark,
    moved,
    num,
    one_list,
    p,
    r,
    restart,
    row,
    style,
    symbol,
    table,
)
from word_paths import Resolver
from word_plans import PlanRow
from word_rows import Row, parameters, shown

from tdkt_parse import exceptions
from tdkt_parse.layout import Document, Line, Span, Table
from tdkt_parse.pipeline import explain, parse
from tdkt_parse.readers import read
from tdkt_parse.sandbox import parse_safely
from tdkt_parse.settings import Changes

FAMILIES = {
    "numbering": word_numbering.ROWS,
    "inline": word_inline.ROWS,
    "tables": word_tables.ROWS,
    "habits": word_habits.ROWS,
}


def rows(*, strict: bool = True) -> list[object]:
    return [
        one for name, family in FAMILIES.items() for one in parameters(name, family, strict=strict)
    ]


def plans(*, strict: bool = True) -> list[object]:
    return [
        pytest.param(
            one,
            id=one.label,
            marks=[pytest.mark.xfail(strict=True, reason=one.fails)]
            if one.fails and strict
            else [],
        )
        for one in word_plans.ROWS
    ]


@pytest.mark.parametrize("row", rows())
def test_construct(row: Row) -> None:
    """What is read is what the page shows."""
    assert shown(row) == list(row.shown)


@pytest.mark.parametrize("row", plans())
def test_plan(row: PlanRow) -> None:
    """A whole plan says what it says in any shape."""
    wrong = check(parse(row.data).to_dict(), dict(row.expected))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("changes", "number", "content"),
    [
        ("accept", "15/KH-PNV", "Đăng ký danh hiệu"),
        ("reject", "14/KH-PNV", "Phát động thi đua"),
    ],
)
def test_changes(changes: Changes, number: str, content: str) -> None:
    """One file says two numbers and two tasks, as its changes are accepted or rejected."""
    added = 'w:id="1" w:author="a"'
    data = docx(
        word_plans.whole(
            letterhead=table(
                row(
                    cell(word_plans.AGENCY, p("Số: ", gone("14"), ins("15"), "/KH-PNV")),
                    cell(word_plans.STATE, word_plans.MOTTO, word_plans.PLACE),
                )
            ),
            tasks=table(
                row(*word_plans.TITLES),
                row("1", *word_plans.ONE, properties=f"<w:del {added}/>"),
                row("2", *word_plans.TWO, properties=f"<w:ins {added}/>"),
            ),
        )
    )
    plan = parse(data, changes=changes).to_dict()
    wrong = check(plan, {"number.canonical": number, "tasks[].content": [content]})
    assert not wrong, "\n".join(wrong)


# ---------------------------------------------------------------- laws


@pytest.mark.parametrize("row", [*rows(strict=False), *plans(strict=False)])
def test_laws(row: Row | PlanRow) -> None:
    """Evidence is the text as read, its cell is where it stands, and no word is lost."""
    check_laws(row.data, row.options.get("main", "word/document.xml"))


def check_laws(data: bytes, main: str = "word/document.xml") -> None:
    seen = explain(data)
    document, plan = seen.document, seen.plan.to_dict()
    found = list(all_evidence(plan))
    for evidence in found:
        spans = evidence["spans"]
        slices = [document.text[start:end] for start, end in spans]
        assert "\n".join(slices) == evidence["text"]
        assert spans == sorted(spans)
    resolver = Resolver(data, main)
    for evidence in found:
        if evidence["cell"] is not None:
            check_cell(document, resolver, evidence)
    assert not lost_words(document, plan)


def check_cell(document: Document, resolver: Resolver, evidence: dict[str, Any]) -> None:
    """The characters at an evidence's cell are those of the evidence in that paragraph."""
    place = evidence["cell"]
    own = resolver.own_characters(place["path"])
    assert 0 <= place["start"] <= place["end"] <= len(own), (place, own)
    there = own[place["start"] : place["end"]]
    paragraph = next(one for one in document.paragraphs if one.path == place["path"])
    first, last = (
        evidence["spans"][0][0],
        max(min(end, paragraph.end) for start, end in evidence["spans"] if start < paragraph.end),
    )
    seen = "".join(
        document.text[at]
        for at in range(first, last)
        if not any(start <= at < end for start, end in paragraph.added)
    )
    assert is_like(there, seen), (place, there, seen)


def is_like(own: str, seen: str) -> bool:
    """Whether characters of the file are those of the page, but for capitals and signs of fonts."""
    return len(own) == len(seen) and all(
        a.casefold() == b.casefold() or not (b.isalnum() or b.isspace())
        for a, b in zip(own, seen, strict=True)
    )


def note_marks(document: Document) -> Iterator[Span]:
    for block in document.blocks:
        lines = [block] if isinstance(block, Line) else lines_of(block)
        for line in lines:
            yield from line.notes


def lines_of(block: Table) -> list[Line]:
    return [line for cells in block.rows for one in cells for line in one.lines]


def lost_words(document: Document, plan: dict[str, Any]) -> list[str]:
    """The words of the text, without furniture and marks, that stand nowhere in the plan."""
    kept = list(document.text)
    for start, end in [*document.furniture, *note_marks(document)]:
        kept[start:end] = " " * (end - start)
    return sorted(words("".join(kept)) - words(json.dumps(plan, ensure_ascii=False)))


def words(text: str) -> set[str]:
    composed = unicodedata.normalize("NFC", text).replace("\\n", " ")
    return set(re.findall(r"[^\W\d_]{2,}", composed))


# ---------------------------------------------------------------- paths

_INNER = table(row("a", cell("b", "Trong ô")))


@pytest.mark.parametrize(
    ("body", "path", "own"),
    [
        (p("Một") + p("Hai"), "p2", "Hai"),
        (p("Một") + p() + p("Ba"), "p3", "Ba"),
        (table(row("a", "b"), row("c", "d")), "t1.r2.c1.p1", "c"),
        (p("A") + table(row("a")) + p() + table(row("b", cell("c", "d"))), "t2.r1.c2.p2", "d"),
        (table(row("x", cell(_INNER))), "t1.r1.c2.t1.r1.c2.p2", "Trong ô"),
        (table(row(cell(_INNER))), "t1.r1.c1.t1.r1.c2.p2", "Trong ô"),
        (p("A", box("B", "C")), "p1.box1.p2", "C"),
        (p("A", box("B"), box("C")), "p1.box2.p1", "C"),
        (table(row("a", p("b", box("C")))), "t1.r1.c2.p1.box1.p1", "C"),
        (control(p("A") + p("B")) + p("C"), "p3", "C"),
        (p(gone("x")) + p("B"), "p2", "B"),
    ],
)  # fmt: skip
def test_paths(body: str, path: str, own: str) -> None:
    """The reader names paragraphs by the same paths as the resolver."""
    data = docx(body)
    document = read(data)
    named = {one.path: document.text[one.start : one.end] for one in document.paragraphs}
    assert named[path] == own
    assert Resolver(data).own_characters(path) == own


# ---------------------------------------------------------------- looks

_BOLD = style("Dam", "", "<w:b/>") + style("Thuong", "", '<w:b w:val="0"/>', based="Dam")


@pytest.mark.parametrize(
    ("body", "is_bold"),
    [
        (p(r("Chữ", "<w:b/>")), True),
        (p(r("Chữ", '<w:b w:val="1"/>')), True),
        (p(r("Chữ", '<w:b w:val="true"/>')), True),
        (p(r("Chữ", '<w:b w:val="on"/>')), True),
        (p(r("Chữ", '<w:b w:val="0"/>')), False),
        (p(r("Chữ", '<w:b w:val="off"/>')), False),
        (p(r("Chữ", '<w:b w:val="false"/>')), False),
        (p(r("Chữ", "<w:bCs/>")), False),
        (p("Chữ"), False),
        (p(r("Chữ", "<w:b/>"), " thường"), False),
        (p(r("Chữ", "<w:b/>"), r("   ")), True),
        (p("Chữ", style="Dam"), True),
        (p("Chữ", style="Thuong"), False),
        (p(r("Chữ", '<w:b w:val="0"/>'), style="Dam"), False),
        (p(r("Chữ", '<w:rStyle w:val="Dam"/>')), True),
        (p("Chữ", properties="<w:rPr><w:b/></w:rPr>"), False),
    ],
)
def test_bold(body: str, *, is_bold: bool) -> None:
    """A line is bold when all its words are; how its paragraph's mark looks says nothing."""
    (line,) = read(docx(body, styles=_BOLD)).blocks
    assert isinstance(line, Line)
    assert line.bold == is_bold


def test_header_rows_are_told() -> None:
    """How many rows at the top repeat on each page."""
    repeated = "<w:tblHeader/>"
    (block,) = read(docx(table(
        row("a", properties=repeated), row("b", properties=repeated), row("c"),
        row("d", properties=repeated),
    ))).blocks  # fmt: skip
    assert isinstance(block, Table)
    assert block.header == 2


def test_header_row_switched_off() -> None:
    (block,) = read(docx(table(row("a", properties='<w:tblHeader w:val="0"/>'), row("b")))).blocks
    assert isinstance(block, Table)
    assert block.header == 0


# ---------------------------------------------------------------- what cannot be read

_PICTURE = "<w:drawing><a:blip/></w:drawing>"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (p(), exceptions.Unreadable),
        ("", exceptions.Unreadable),
        (p(" . "), exceptions.Unreadable),
        (table(row("", "")), exceptions.Unreadable),
        (p(r(_PICTURE)), exceptions.NeedsOcr),
        ('<w:altChunk r:id="rId1"/>', exceptions.Unreadable),
    ],
)
def test_no_words(body: str, error: type[exceptions.DocumentError]) -> None:
    """A file without words says why."""
    with pytest.raises(error):
        read(docx(body))


# ---------------------------------------------------------------- any mixture

_WORDS = st.sampled_from(
    ["Kế hoạch", "Số: 15/KH-PNV", "I. MỤC ĐÍCH", "1. Mục đích", "Quý II", "Căn cứ Luật", " ", "a)"]
)
_RUNS = st.one_of(
    _WORDS,
    _WORDS.map(bold),
    _WORDS.map(ins),
    _WORDS.map(gone),
    _WORDS.map(control),
    _WORDS.map(lambda text: field(" REF a ", text)),
    _WORDS.map(lambda text: control(text, "<w:showingPlcHdr/>")),
    _WORDS.map(lambda text: r(text, "<w:vanish/>")),
    _WORDS.map(lambda text: around("hyperlink", r(text))),
    _WORDS.map(lambda text: moved("moveTo", text)),
    st.sampled_from([r("<w:br/>"), r("<w:tab/>"), r('<w:br w:type="page"/>'), footnote_mark(2)]),
    st.sampled_from([symbol("F0FC", "Wingdings"), r("<w:noBreakHyphen/>"), endnote_mark(2)]),
)
_MARKS = st.sampled_from(
    ["", "", "", "", mark("del"), mark("ins"), "<w:rPr><w:vanish/></w:rPr>", "<w:framePr/>"]
)
_NUMS = st.sampled_from([None, None, (1, 0), (1, 1), (2, 0), (9, 9)])
_PARAGRAPHS = st.builds(
    lambda runs, num, properties: p(*runs, num=num, properties=properties),
    st.lists(_RUNS, max_size=4),
    _NUMS,
    _MARKS,
)


def _tables(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    cells = st.builds(
        lambda inner, span, down: cell(*inner, p(), span=span, down=down),
        st.lists(blocks, max_size=2),
        st.sampled_from([1, 1, 2]),
        st.sampled_from(["", "", "restart", "continue"]),
    )
    rows_of = st.builds(
        lambda cells, properties: row(*cells, properties=properties),
        st.lists(cells, max_size=3),
        st.sampled_from(
            ["", "", "<w:tblHeader/>", '<w:del w:id="1"/>', '<w:gridBefore w:val="1"/>']
        ),
    )
    return st.lists(rows_of, max_size=3).map(lambda made: table(*made))


def _around(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Blocks, and tables, content controls and text boxes with such blocks in them."""
    return st.one_of(
        blocks,
        _tables(blocks),
        st.lists(blocks, max_size=3).map(lambda inner: control("".join([*inner, p()]))),
        st.lists(blocks, max_size=2).map(lambda inner: p("Hộp", box(*inner, p()))),
    )


_BLOCKS = _around(_around(_PARAGRAPHS))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_BLOCKS, min_size=1, max_size=6))
def test_any_mixture(blocks: list[str]) -> None:
    """Whatever stands in whatever, the laws hold."""
    check_laws(
        docx(
            p("KẾ HOẠCH") + "".join(blocks),
            numbering=one_list(level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2."))
            + num(2, 0, restart(0, 5)),
            footnotes={2: ["Theo hướng dẫn."]},
            endnotes={2: ["Cuối bài."]},
        )
    )


def test_changes_reach_the_worker() -> None:
    file = docx(p("KẾ HOẠCH") + p("Công tác năm ", ins("2025"), gone("2024")))
    titles = [parse_safely(file, changes=changes).title for changes in ("accept", "reject")]
    assert [title and title.text for title in titles] == ["Công tác năm 2025", "Công tác năm 2024"]
