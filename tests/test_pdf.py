"""
PDF files: each construct as a person reads the page, and the laws that hold for all of them.
"""

import ctypes
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pdf_furniture
import pdf_habits
import pdf_heads
import pdf_leaves
import pdf_paragraphs
import pdf_tables
import pypdfium2
import pytest
from body_rows import all_evidence
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_cells import ruled_cells
from pdf_pages import LEFT, RIGHT, Field, p, pdf, table
from pdf_rows import Row, shown
from pypdfium2 import raw
from shown import lines_of, parameters

from tdkt_parse.layout import Document, Line, Words
from tdkt_parse.pipeline import explain, parse
from tdkt_parse.readers import read
from tdkt_parse.readers.symbols import show

CORPUS = sorted((Path(__file__).resolve().parent.parent / "corpus").glob("*.pdf"))
FAMILIES = {
    **pdf_heads.FAMILIES,
    **pdf_paragraphs.FAMILIES,
    **pdf_furniture.FAMILIES,
    **pdf_tables.FAMILIES,
    **pdf_leaves.FAMILIES,
    **pdf_habits.FAMILIES,
}
RULED = ("rules", "spans", "tables over pages")


def rows(*families: str, strict: bool = True) -> list[object]:
    return [
        one
        for name in families or FAMILIES
        for one in parameters(name, FAMILIES[name], strict=strict)
    ]


@pytest.mark.parametrize("row", rows())
def test_construct(row: Row) -> None:
    """What is read is what the page shows."""
    assert shown(row) == list(row.shown)


# ---------------------------------------------------------------- what pdfium sees


class Character(NamedTuple):
    """A character of a page: its middle, as shown from the top left."""

    page: int
    x: float
    y: float
    said: str


def characters_of(data: bytes) -> tuple[list[tuple[float, float]], list[Character]]:
    """The sizes of the pages, and all that is printed on them, white space aside."""
    sizes: list[tuple[float, float]] = []
    found: list[Character] = []
    document = pypdfium2.PdfDocument(data)
    try:
        for number in range(len(document)):
            page = document[number]
            raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
            page.close()
            page = document[number]
            sizes.append(page.get_size())
            text = page.get_textpage()
            found += _characters(page, text, number + 1)
            text.close()
            page.close()
    finally:
        document.close()
    return sizes, found


def _characters(page: Any, text: Any, number: int) -> Iterator[Character]:
    width, height = (round(size * 100) for size in page.get_size())
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    across, down = ctypes.c_int(), ctypes.c_int()
    for index in range(text.count_chars()):
        said = chr(raw.FPDFText_GetUnicode(text.raw, index))
        if said.isspace() or not (
            said.isprintable() or said in "\x02\ufffe" or "\ue000" <= said <= "\uf8ff"
        ):
            continue
        box = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(text.raw, index, box)
        left.value, top.value, right.value, bottom.value = box.left, box.top, box.right, box.bottom
        raw.FPDF_PageToDevice(
            page.raw, 0, 0, width, height, 0, (left.value + right.value) / 2,
            (top.value + bottom.value) / 2, across, down,
        )  # fmt: skip
        shown_as = "-" if said in "\x02\ufffe\u2011" else said
        yield Character(number, across.value / 100, down.value / 100, shown_as)


# ---------------------------------------------------------------- laws


@lru_cache(maxsize=4)
def known(make: Callable[[], bytes]) -> bytes:
    return make()


ASLANT = ("a draft's words across a table", "a draft's words across paragraphs")
"""A word set aslant has one box, in which others stand."""
LAWLESS: dict[str, str] = {}
"""Rows whose files do not keep a law yet, and why."""


def sources() -> list[object]:
    made = [
        pytest.param(
            row.make,
            id=f"{name}: {row.label}",
            marks=[pytest.mark.xfail(strict=True, reason=LAWLESS[row.label])]
            if row.label in LAWLESS
            else [],
        )
        for name, family in FAMILIES.items()
        for row in family
        if not row.shown[0].startswith("refused") and row.label not in ASLANT
    ]
    return [*made, *(pytest.param(path.read_bytes, id=path.name) for path in CORPUS)]


@pytest.mark.parametrize("make", sources())
def test_laws(make: Callable[[], bytes]) -> None:
    """Evidence is the text as read, each word stands once in it, and where its box says."""
    data = known(make)
    seen = explain(data, ocr="never")
    document, plan = seen.document, seen.plan.to_dict()
    sizes, characters = characters_of(data)
    skipped = {
        int(number)
        for notice in document.notices
        for name, said in notice.words
        if name == "pages" and notice.rule == "needs_ocr"
        for number in said.split(", ")
    }
    # Signs of symbol fonts are shown as Unicode's.
    characters = [
        one._replace(said=show(one.said)) for one in characters if one.page not in skipped
    ]
    assert document.pages == len(sizes)
    check_evidence(document, plan)
    check_letters(document.text, characters)
    check_places(document, sizes, characters)
    check_boxes(document, plan, characters)


def check_evidence(document: Document, plan: dict[str, Any]) -> None:
    for evidence in all_evidence(plan):
        slices = [document.text[start:end] for start, end in evidence["spans"]]
        assert "\n".join(slices) == evidence["text"]
        assert evidence["spans"] == sorted(evidence["spans"])


def check_letters(text: str, characters: Sequence[Character]) -> None:
    """Every character of the pages is in the text exactly once."""
    printed = Counter(one.said for one in characters)
    said = Counter("".join(text.split()))
    assert not printed - said, f"lost: {printed - said}"
    assert not said - printed, f"too much: {said - printed}"


def check_places(
    document: Document, sizes: Sequence[tuple[float, float]], characters: Sequence[Character]
) -> None:
    """The box of each word that is seen is within its page, around its own characters alone."""
    apart = {
        span: margin.kind
        for margin in document.margins
        for line in margin.lines
        for span in line.spans
    }
    by_page: dict[int, list[Character]] = {}
    for one in characters:
        by_page.setdefault(one.page, []).append(one)
    words: Words = document.words
    for index in range(len(words)):
        start, end, box, *_ = words[index]
        width, height = sizes[box.page - 1]
        assert 1 <= box.page <= len(sizes)
        said = document.text[start:end]
        kind = next((kind for (a, z), kind in apart.items() if a <= start < z), "")
        if kind == "unseen":
            continue
        assert -1 <= box.x0 < box.x1 <= width + 1, (said, box)
        assert -1 <= box.y0 < box.y1 <= height + 1, (said, box)
        inside = Counter(
            one.said
            for one in by_page.get(box.page, ())
            if box.x0 <= one.x <= box.x1 and box.y0 <= one.y <= box.y1
        )
        own = Counter("".join(said.split()))
        assert not own - inside, (said, box, "not in its box", own - inside)
        assert not inside - own, (said, box, "others in its box", inside - own)


def check_boxes(document: Document, plan: dict[str, Any], characters: Sequence[Character]) -> None:
    """The boxes of a value are around its own words; only what is no content may stand between."""
    aside = Counter(
        "".join(
            document.text[start:end]
            for start, end in [
                *document.furniture,
                *(mark for line in _lines(document) for mark in line.notes),
            ]
        )
    )
    words = document.words
    for evidence in all_evidence(plan):
        own = Counter(
            letter
            for index in sorted({k for span in evidence["spans"] for k in words.within(*span)})
            for letter in document.text[words[index].start : words[index].end]
        )
        inside = Counter(
            one.said
            for one in characters
            if any(
                box["page"] == one.page
                and box["x0"] <= one.x <= box["x1"]
                and box["y0"] <= one.y <= box["y1"]
                for box in evidence["boxes"]
            )
        )
        assert not own - inside, (evidence["text"], "not in its boxes", own - inside)
        assert not inside - own - aside, (evidence["text"], "others", inside - own - aside)


def _lines(document: Document) -> Iterator[Line]:
    for block in document.blocks:
        if isinstance(block, Line):
            yield block
        else:
            yield from (line for cells in block.rows for cell in cells for line in cell.lines)


@pytest.mark.parametrize("make", sources()[::4])
def test_same_bytes_same_plan(make: Callable[[], bytes]) -> None:
    data = make()
    assert parse(data) == parse(data)
    assert read(data) == read(data)


# ---------------------------------------------------------------- looks

_LONG = pdf_paragraphs.ONE
_ORDINARY = "Phòng Nội vụ theo dõi việc thực hiện."


@pytest.mark.parametrize(
    ("block", "is_bold", "is_italic"),
    [
        (p(_ORDINARY), False, False),
        (p(_ORDINARY, face="b"), True, False),
        (p(_ORDINARY, face="i"), False, True),
        (p(_ORDINARY, face="bi"), True, True),
        (p(_ORDINARY, mode=2), True, False),
        (p([("b", "Phòng Nội vụ"), ("", "theo dõi.")]), False, False),
        (p([("b", "Phòng Nội vụ"), ("bi", "theo dõi.")]), True, False),
    ],
)
def test_looks(block: Any, *, is_bold: bool, is_italic: bool) -> None:
    """A line is bold when all its words are: by the font's name, or by strokes around letters."""
    line = next(_lines(read(pdf(block)())))
    assert (line.bold, line.italic) == (is_bold, is_italic)


def test_gaps() -> None:
    """Blank space above a line is told."""
    data = pdf(p(_LONG), p(_ORDINARY, before=40), p(_LONG), p(_LONG), p(_LONG, before=30))()
    assert [line.gap for line in _lines(read(data))] == [False, True, False, False, True]


# ---------------------------------------------------------------- cells

OTHERWISE = {
    "the rules left and right are missing": "the outer cells are closed where the level lines end",
    "the rule on top is missing": "the outer cells are closed where the upright lines end",
    "the rule at the foot is missing": "the outer cells are closed where the upright lines end",
    "a table in a cell of another": "the words of the inner table are those of the cell",
}
"""Tables of which pdfplumber finds other cells, and why."""


@pytest.mark.parametrize("row", rows(*RULED, strict=False))
def test_cells(row: Row, tmp_path: Path) -> None:
    """The ruled cells of a page are those that pdfplumber finds."""
    path = tmp_path / "a.pdf"
    path.write_bytes(row.make())
    ours, theirs = ruled_cells(path)
    if row.label in OTHERWISE:
        assert ours != theirs, f"no longer: {OTHERWISE[row.label]}"
    else:
        assert ours == theirs


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_cells_of_plans(path: Path) -> None:
    ours, theirs = ruled_cells(path)
    assert ours == theirs


# ---------------------------------------------------------------- any table, any paragraphs

_SAID = (
    "thi đua khen thưởng công tác năm kế hoạch phòng nội vụ các cơ quan đơn vị huyện xã tổ chức "
    "phát động đăng ký danh hiệu bình xét tập thể cá nhân tiên tiến sơ kết tổng kết báo cáo"
)
_SYLLABLES = _SAID.split()
_WORDS = st.lists(st.sampled_from(_SYLLABLES), max_size=4).map(" ".join)


class Grid(NamedTuple):
    """A table as it is drawn: its columns, its rows of cells, and how it is read."""

    xs: tuple[float, ...]
    rows: list[list[Field]]
    read: list[str]


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """Any division of a grid into cells of which each edge is seen, some over rows and columns."""
    wide = draw(st.integers(2, 5))
    high = draw(st.integers(2, 6))
    taken: dict[tuple[int, int], tuple[int, int]] = {}
    sizes: dict[tuple[int, int], tuple[int, int]] = {}
    for place in [(r, k) for r in range(high) for k in range(wide)]:
        if place in taken:
            continue
        r, k = place
        columns = draw(st.sampled_from([1, 1, 1, 2, wide]))
        down = draw(st.sampled_from([1, 1, 1, 2, 3]))
        columns = _free(taken, r, k, columns, wide)
        down = min(down, high - r)
        sizes[place] = (down, columns)
        for a in range(r, r + down):
            for b in range(k, k + columns):
                taken[a, b] = place
    return _grid(wide, high, sizes, [draw(_WORDS) for _ in sizes])


def _free(
    taken: dict[tuple[int, int], tuple[int, int]], row: int, column: int, columns: int, wide: int
) -> int:
    """How many columns from one on are free in a row, no more than so many."""
    free = 0
    while free < columns and column + free < wide and (row, column + free) not in taken:
        free += 1
    return free


def _grid(
    wide: int, high: int, sizes: dict[tuple[int, int], tuple[int, int]], texts: Sequence[str]
) -> Grid:
    """The table, without the lines of the grid that no cell has for its edge."""
    xs = sorted({k for _, k in sizes} | {wide})
    ys = sorted({r for r, _ in sizes} | {high})
    step = (RIGHT - LEFT) / wide
    made: list[list[Field]] = [[] for _ in ys[:-1]]
    shown_as: list[list[str]] = [[] for _ in ys[:-1]]
    for ((r, k), (down, columns)), said in zip(sorted(sizes.items()), texts, strict=True):
        over = (ys.index(r + down) - ys.index(r), xs.index(k + columns) - xs.index(k))
        made[ys.index(r)].append(Field((said,) if said else (), over[1], over[0]))
        size = f"⟨{over[0]}×{over[1]}⟩" if over != (1, 1) else ""
        shown_as[ys.index(r)].append(said + size)
    lines = [f"{'│' if k else '┌'} {' | '.join(one)}".rstrip() for k, one in enumerate(shown_as)]
    return Grid(tuple(LEFT + step * k for k in xs), made, lines)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(grids(), st.sampled_from(["lines", "rects", "frames"]))
def test_any_table(grid: Grid, style: Any) -> None:
    """A table of any cells is read cell by cell."""
    words = any(cell.text for row in grid.rows for cell in row)
    if len(grid.xs) < 3 or not words or sum(map(len, grid.rows)) < 2:
        return
    assert all(grid.rows)
    data = pdf(table(grid.xs, *grid.rows, style=style))()
    assert list(lines_of(read(data))) == grid.read


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(4, 120), min_size=2, max_size=24), st.randoms(use_true_random=False))
def test_any_paragraphs(lengths: list[int], chance: random.Random) -> None:
    """Justified paragraphs with an indent, over as many pages as they need, are read as set."""
    texts = [pdf_paragraphs.ONE] + [
        " ".join(chance.choice(_SYLLABLES) for _ in range(length)).capitalize() + "."
        for length in lengths
    ]
    assert list(lines_of(read(pdf(*map(p, texts))()))) == texts
