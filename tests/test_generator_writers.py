"""
From one Paper to every format: nothing of it is lost, nothing comes twice, and it looks as such
files do.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import docx
import pypdfium2
import pytest
from markdown_it import MarkdownIt
from rapidfuzz.distance import Levenshtein

from generator.noise import add_noise, confusions
from generator.paper import (
    Block,
    Cell,
    Columns,
    Line,
    Mark,
    Note,
    PageBreak,
    Paper,
    Table,
)
from generator.writers import pdf as pdf_writer
from generator.writers.docx import write_docx
from generator.writers.markdown import to_markdown
from generator.writers.parts import cut_table, grid, halves
from generator.writers.pdf import NotInstalled, NotPrinted, print_to_pdf
from generator.writers.scan import Degree, Seal, seal_of, write_scan
from generator.writers.text import Habits, choose_habits, lay_out, to_text
from tdkt_parse.layout import Document
from tdkt_parse.layout import Table as ReadTable
from tdkt_parse.readers import read

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SENTENCE = "Mỗi tập thể chọn một việc khó để làm trước, ghi rõ người làm và ngày xong."

LETTERHEAD = Columns(
    (
        Line("UBND HUYỆN SÔNG LẠNH", align="center", size=13),
        Line("PHÒNG NỘI VỤ", bold=True, align="center", size=13, underline=True),
        Line("Số: 12/KH-PNV", align="center", size=13),
    ),
    (
        Line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, align="center", size=13),
        Line("Độc lập - Tự do - Hạnh phúc", bold=True, align="center", underline=True),
        Line("Sông Lạnh, ngày 05 tháng 01 năm 2024", italic=True, align="center"),
    ),
    "letterhead",
)
SIGNATURE = Columns(
    (
        Line("Nơi nhận:", bold=True, italic=True, align="left", size=12),
        Line("- UBND huyện (b/c);", align="left", size=11),
        Line("- Lưu: VT.", align="left", size=11),
    ),
    (
        Line("TRƯỞNG PHÒNG", bold=True, align="center"),
        Line("", align="center"),
        Line("", align="center"),
        Line("Lò Văn Quyết", bold=True, align="center"),
    ),
    "signature",
)
TASKS = Table(
    (
        (
            Cell(("STT",), rows=2, bold=True),
            Cell(("Việc làm",), rows=2, bold=True),
            Cell(("Phân công",), columns=2, bold=True),
        ),
        (Cell(("Chủ trì",), bold=True), Cell(("Phối hợp",), bold=True)),
        (Cell(("QUÝ I",), columns=4, bold=True),),
        (
            Cell(("1",)),
            Cell((SENTENCE,)),
            Cell(("- Tổ một;", "- Tổ hai;"), columns=2, italic=True),
        ),
        (Cell(("2",)), Cell(("Chấm điểm",)), Cell(("Ban thi đua",), rows=2), Cell()),
        (Cell(("3",)), Cell(("Xét giải thưởng",)), Cell(("Công đoàn",))),
    ),
    widths=(1, 6, 3, 3),
    header=2,
)


def paper(table: Table = TASKS, *more: Block) -> Paper:
    """A plan of one page with all kinds of blocks, and a page after it."""
    return Paper(
        (
            LETTERHEAD,
            Line(""),
            Line("KẾ HOẠCH", bold=True, align="center"),
            Line("Thi đua ba nhất", bold=True, align="center", underline=True),
            Line("Căn cứ Luật Thi đua, khen thưởng;", italic=True, indent=True),
            Line("I. MỤC ĐÍCH", bold=True, indent=True),
            Line(f"{SENTENCE} Hết.", indent=True, marks=(Mark(7, "1"), Mark(len(SENTENCE), "2"))),
            table,
            Line("Trên đây là Kế hoạch của Phòng./.", indent=True),
            SIGNATURE,
            PageBreak(),
            Line("PHỤ LỤC", bold=True, align="center"),
            *more,
        ),
        (Note("1", "Theo sổ của huyện."), Note("2", "Trừ xã mới lập.")),
    )


def printed(paper: Paper) -> Iterator[str]:
    """Every text of a paper."""
    for block in paper.blocks:
        match block:
            case Line(text=text):
                yield text
            case Columns(left=left, right=right):
                yield from (line.text for line in (*left, *right))
            case Table(rows=rows):
                yield from (line for row in rows for cell in row for line in cell.lines)
    yield from (note.text for note in paper.notes)


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311


def words_of(*texts: str) -> Counter[str]:
    return Counter(word for text in texts for word in normalize("NFC", text).split())


def words_read(document: Document) -> Counter[str]:
    """The words of a document's lines, tables and notes, furniture and marks left out."""
    lines = []
    for block in document.blocks:
        if isinstance(block, ReadTable):
            lines += [line for row in block.rows for cell in row for line in cell.lines]
        else:
            lines.append(block)
    lines += [line for note in document.notes for line in note.lines]
    # A mark in a word cuts it in two slices, which are one word.
    return words_of(*("".join(document.text[s:e] for s, e in line.spans) for line in lines))


# -- the parts


def test_a_grid_has_merged_cells_in_every_row_they_cover() -> None:
    shown = [
        [("=" if place.below else "".join(place.cell.lines)[:8]) for place in row]
        for row in grid(TASKS)
    ]
    assert shown == [
        ["STT", "Việc làm", "Phân côn"],
        ["=", "=", "Chủ trì", "Phối hợp"],
        ["QUÝ I"],
        ["1", SENTENCE[:8], "- Tổ một"],
        ["2", "Chấm điể", "Ban thi ", ""],
        ["3", "Xét giải", "=", "Công đoà"],
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (((Cell(), Cell()), (Cell(),)), "row 1 has fewer cells"),
        (((Cell(), Cell()), (Cell(), Cell(), Cell())), "row 1 has more cells"),
        (((Cell(), Cell(columns=2)),), "row 0 has more cells"),
        (((Cell(), Cell(rows=2)),), "covers more rows"),
    ],
)
def test_a_table_whose_cells_do_not_fit_is_refused(
    rows: tuple[tuple[Cell, ...], ...], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        grid(Table(rows, (1, 1)))


def test_a_table_is_cut_where_pages_begin() -> None:
    parts = cut_table(replace(TASKS, repeats=True, breaks=(1, 5)))
    assert [len(part) for part in parts] == [5, 3]
    merged = parts[1][-1][2]
    assert merged.cell.lines == ()
    assert not merged.below


def test_number_and_date_are_level_where_both_sides_end_in_a_rule() -> None:
    upper, lower = halves(LETTERHEAD)
    assert [len(side) for side in (*upper, *lower)] == [2, 2, 1, 1]
    assert halves(SIGNATURE) == [(SIGNATURE.left, SIGNATURE.right)]


# -- text

ALL_HABITS = [
    Habits(),
    Habits(level=True),
    Habits(tables="ruled bars", raised=False, rule="-"),
    Habits(tables="tabs", rule="_", spaced=False),
    Habits(level=True, tables="tabs", rule="_", width=90),
]


@pytest.mark.parametrize("habits", ALL_HABITS)
@pytest.mark.parametrize("breaks", [(), (4,)])
def test_text_has_every_word_once(habits: Habits, breaks: tuple[int, ...]) -> None:
    one = paper(replace(TASKS, breaks=breaks))
    document = read(lay_out(one, habits).encode())
    rules = Counter({"-" * 10: 9, "_" * 10: 9})
    assert words_read(document) - rules == words_of(*printed(one))
    assert [note.marker.translate(str.maketrans("¹²", "12")) for note in document.notes] == [
        "1",
        "2",
    ]


def test_columns_stand_side_by_side_where_there_is_room() -> None:
    rows = lay_out(paper(), Habits(level=True)).splitlines()
    both = next(row for row in rows if "Số: 12/KH-PNV" in row)
    assert re.search(r"Số: 12/KH-PNV {3,}Sông Lạnh, ngày", both)
    name = next(row for row in rows if "Lò Văn Quyết" in row)
    assert name.index("Lò") > 20
    wide = replace(LETTERHEAD, left=(Line("SỞ " * 40),))
    assert all(
        "CỘNG" not in row or "SỞ" not in row
        for row in lay_out(Paper((wide,)), Habits(level=True)).splitlines()
    )


def test_lines_are_broken_only_between_words() -> None:
    one = Paper((Line(" ".join([SENTENCE] * 5)), Line("Hai.")))
    text = lay_out(one, Habits(width=90))
    first, second = text.strip().split("\n\n")
    assert second == "Hai."
    rows = first.split("\n")
    assert len(rows) > 3
    assert max(map(len, rows)) <= 90
    assert " ".join(rows) == " ".join([SENTENCE] * 5)


def test_a_cell_whose_lines_would_run_together_is_not_set_with_tabs() -> None:
    loose = Table(((Cell(("Tổ một", "Tổ hai")), Cell(("x",))),), (1, 1))
    assert lay_out(Paper((loose,)), Habits(tables="tabs")) == "| Tổ một<br>Tổ hai | x |\n"
    shut = Table(((Cell(("Tổ một;", "Tổ hai")), Cell(("x",))),), (1, 1))
    assert lay_out(Paper((shut,)), Habits(tables="tabs")) == "Tổ một; Tổ hai\tx\n"


def test_a_page_that_begins_in_a_table_is_a_blank_line() -> None:
    cut = replace(TASKS, breaks=(4,), repeats=True)
    parts = lay_out(Paper((cut,)), Habits()).strip().split("\n\n")
    assert [part.count("\n") + 1 for part in parts] == [4, 4]
    assert parts[1].startswith("| STT |")


def test_habits_come_from_the_seed_alone_and_are_all_met() -> None:
    met = [choose_habits(seeded(seed)) for seed in range(200)]
    assert met == [choose_habits(seeded(seed)) for seed in range(200)]
    assert {one.tables for one in met} == {"bars", "ruled bars", "tabs"}
    assert {one.width for one in met} == {None, 90, 95, 100}
    assert {(one.level, one.raised) for one in met} == {
        (level, raised) for level in (False, True) for raised in (False, True)
    }
    assert to_text(paper(), seeded(3)) == to_text(paper(), seeded(3))


# -- Markdown


def shown(markdown: str) -> str:
    """The words a reader of Markdown shows, marks of notes left out."""
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown)
    html = re.sub(r"<br>|</(p|td|th|h\d)>", " ", html.replace("&lt;br&gt;", " "))
    # A number that Markdown counts itself stands in no text.
    text = re.sub(r"<[^>]+>", "", html)
    for name, sign in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("amp", "&")):
        text = text.replace(f"&{name};", sign)
    return re.sub(r"\[\^\w+\]:?", "", text)


def test_markdown_shows_every_word_once() -> None:
    one = paper()
    bullets = Counter({"-": 9})
    assert words_of(shown(to_markdown(one))) - bullets == words_of(*printed(one)) - bullets
    document = read(to_markdown(one).encode(), name="a.md")
    assert words_read(document) == words_of(*printed(one))
    assert [note.marker for note in document.notes] == ["1", "2"]


SPECIAL = [
    "Giá * số lượng * năm", "(*) Ghi chú (*) sau", "a_b và _c_ và d_", "x `y` z", "C:\\dia\\nam",
    "<b>không đậm</b>", "5 < 6 và 7 > 3", "[xem](trang 2)", "[1]: không phải", "[^1] là chữ",
    "# không phải đầu đề", "> không phải trích", "~~gạch~~", "&lt; là chữ", "***", "---", "===",
    "    thụt vào",
]  # fmt: skip


@pytest.mark.parametrize("text", SPECIAL)
@pytest.mark.parametrize("bold", [False, True])
def test_markdown_gives_special_characters_back(text: str, bold: bool) -> None:
    markdown = to_markdown(Paper((Line("Trước."), Line(text, bold=bold), Line("Sau."))))
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown)
    inner = html.removeprefix("<p>Trước.</p>\n").removesuffix("<p>Sau.</p>\n").strip()
    plain = text.strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert inner == (f"<p><strong>{plain}</strong></p>" if bold else f"<p>{plain}</p>")


def test_a_bar_in_a_cell_of_markdown_is_no_column() -> None:
    table = Table(((Cell(("a",)), Cell(("b",))), (Cell(("c|d",)), Cell(("e",)))), (1, 1))
    html = MarkdownIt("commonmark").enable("table").render(to_markdown(Paper((table,))))
    assert html.count("<td>") == 2
    assert "<td>c|d</td>" in html


# -- Word


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Paper], Path]:
    def write(one: Paper) -> Path:
        path = tmp_path / "one.docx"
        write_docx(one, path)
        return path

    return write


def test_word_has_every_word_once(written: Callable[[Paper], Path]) -> None:
    one = paper(TASKS, Table(((Cell(("A",)),),), (1,)), Table(((Cell(("B",)),),), (1,)))
    document = read(written(one))
    assert words_read(document) == words_of(*printed(one))
    assert [note.marker for note in document.notes] == ["1", "2"]
    assert not document.notices


def test_merged_cells_are_merged_in_word(written: Callable[[Paper], Path]) -> None:
    document = read(written(Paper((TASKS,))))
    (table,) = [block for block in document.blocks if isinstance(block, ReadTable)]
    assert [[(cell.rows, cell.columns) for cell in row] for row in table.rows] == [
        [(cell.rows, cell.columns) for cell in row] for row in TASKS.rows
    ]
    word = docx.Document(str(written(Paper((TASKS,))))).tables[0]
    assert word.cell(1, 0).text == "STT"
    assert word.cell(5, 2).text == "Ban thi đua"
    assert [p.text for p in word.cell(3, 3).paragraphs] == ["- Tổ một;", "- Tổ hai;"]


def test_word_lays_out_as_the_decree_has_it(written: Callable[[Paper], Path]) -> None:
    word = docx.Document(str(written(paper())))
    (section,) = word.sections
    sizes = (section.page_width, section.page_height, section.left_margin, section.right_margin)
    assert [round(size.mm) for size in sizes if size] == [210, 297, 30, 15]
    assert section.different_first_page_header_footer
    assert " PAGE " in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml
    assert word.styles["Normal"].font.name == "Times New Roman"
    head, tasks, signature = word.tables
    for table, rules in ((head, "none"), (tasks, "single"), (signature, "none")):
        sides = table._tbl.tblPr.findall(f"{W}tblBorders/*")
        assert [side.get(f"{W}val") for side in sides] == [rules] * 6
    assert [len(head.rows), len(signature.rows)] == [2, 1]
    assert head.cell(1, 1).text == "Sông Lạnh, ngày 05 tháng 01 năm 2024"
    kind, title, basis = (
        next(p for p in word.paragraphs if p.text.startswith(start))
        for start in ("KẾ HOẠCH", "Thi đua", "Căn cứ")
    )
    assert (kind.runs[0].bold, basis.runs[0].italic, basis.runs[0].bold) == (True, True, None)
    assert basis.paragraph_format.first_line_indent
    assert title.runs[0].font.size
    assert title.runs[0].font.size.pt == 14
    appendix = next(p for p in word.paragraphs if p.text == "PHỤ LỤC")
    assert appendix.paragraph_format.page_break_before


def test_a_signature_stays_on_one_page_unless_its_list_is_long(
    written: Callable[[Paper], Path],
) -> None:
    many = replace(SIGNATURE, left=SIGNATURE.left * 4)
    tables = docx.Document(str(written(Paper((SIGNATURE, Line("A"), many))))).tables
    kept = [table.rows[0]._tr.find(f"{W}trPr/{W}cantSplit") is not None for table in tables]
    assert kept == [True, False]


def test_pages_without_numbers_have_no_field(written: Callable[[Paper], Path]) -> None:
    word = docx.Document(str(written(replace(paper(), page_numbers=False))))
    assert "PAGE" not in word.sections[0].header._element.xml


def test_a_column_is_as_wide_as_its_longest_word(written: Callable[[Paper], Path]) -> None:
    rows = ((Cell(("STT",)), Cell(("Nghiêng",)), Cell((SENTENCE,))),)
    word = docx.Document(str(written(Paper((Table(rows, (1, 1, 98)),)))))
    widths = [column.width for column in word.tables[0].columns]
    points = [width.pt for width in widths if width]
    assert points[0] > 35
    assert points[1] > 55
    assert sum(points) == pytest.approx(9354 / 20, abs=1)
    kept = docx.Document(str(written(Paper((Table(rows, (20, 30, 50)),))))).tables[0].columns
    assert [round(column.width.pt * 20 / 93.54) for column in kept if column.width] == [20, 30, 50]


@pytest.mark.parametrize("repeats", [False, True])
def test_a_table_is_cut_in_word_where_a_page_begins(
    written: Callable[[Paper], Path], repeats: bool
) -> None:
    path = written(Paper((replace(TASKS, breaks=(4,), repeats=repeats),)))
    first, second = docx.Document(str(path)).tables
    assert second.cell(0, 0).paragraphs[0].paragraph_format.page_break_before
    assert not first.cell(0, 0).paragraphs[0].paragraph_format.page_break_before
    for part in (first, second):
        marked = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in part.rows]
        assert marked == [repeats and number < 2 for number in range(4 if repeats else len(marked))]
    (table,) = [block for block in read(path).blocks if isinstance(block, ReadTable)]
    assert (bool(table.repeated), bool(table.continued)) == (repeats, not repeats)


def test_notes_that_word_would_not_count_so_keep_their_markers(
    written: Callable[[Paper], Path],
) -> None:
    markers = ("1", "1", "*", "2")
    lines = tuple(Line("Một chữ", marks=(Mark(3, marker),)) for marker in markers)
    notes = tuple(Note(marker, f"Ghi {n}.") for n, marker in enumerate(markers))
    document = read(written(Paper(lines, notes)))
    assert [note.marker for note in document.notes] == list(markers)
    texts = [document.text[line.start : line.end] for note in document.notes for line in note.lines]
    assert texts == ["Ghi 0.", "Ghi 1.", "Ghi 2.", "Ghi 3."]


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (Paper((Line("A", marks=(Mark(1, "1"),)),)), "no note for the mark '1'"),
        (Paper((Line("A"),), (Note("1", "B"),)), "without its mark"),
    ],
)
def test_marks_and_notes_must_belong_together(tmp_path: Path, one: Paper, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        write_docx(one, tmp_path / "a.docx")
    assert not (tmp_path / "a.docx").exists()


# -- PDF


def test_libreoffice_prints_every_word_once(tmp_path: Path) -> None:
    """The table's second part begins a page, its header printed again."""
    papers = [paper(), paper(replace(TASKS, breaks=(4,), repeats=True))]
    paths = [tmp_path / f"{number}.docx" for number in range(len(papers))]
    for one, path in zip(papers, paths, strict=True):
        write_docx(one, path)
    try:
        made = print_to_pdf(paths, tmp_path / "pdf")
    except NotInstalled as missing:
        pytest.skip(str(missing))
    assert [path.name for path in made] == ["0.pdf", "1.pdf"]
    for path, one, pages, heads in zip(made, papers, (2, 3), (1, 2), strict=True):
        document = read(path)
        assert document.pages == pages
        # Whether the reader tells a mark from its word is not asked here.
        found = Counter(
            re.sub(r"(?<=[^\W\d]|\.)\d$", "", word) for word in words_read(document).elements()
        )
        assert found == words_of(*printed(one))
        assert document.text.count("Phân công") == heads
        assert [note.marker for note in document.notes] == ["1", "2"]


def test_a_missing_libreoffice_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotInstalled, match="apt-get install -y libreoffice-writer-nogui"):
        print_to_pdf([tmp_path / "a.docx"], tmp_path)


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, **programs: str) -> None:
    """Put shell scripts where programs are looked for."""
    for name, script in programs.items():
        program = folder / name.replace("_", "-")
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


@pytest.mark.parametrize("does", ["echo no such file; exit 1", "sleep 60"])
def test_a_libreoffice_that_prints_nothing_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str
) -> None:
    stand_in(tmp_path, monkeypatch, soffice=does, fc_match="echo 20-7e 1ea0-1ef9")
    monkeypatch.setattr(pdf_writer, "_START", 0.2)
    monkeypatch.setattr(pdf_writer, "_EACH", 0.2)
    with pytest.raises(NotPrinted, match=r"did not print 1 of 1 files within 0 s, a\.docx"):
        print_to_pdf([tmp_path / "a.docx"], tmp_path / "pdf")


def test_a_face_without_vietnamese_letters_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, soffice="exit 1", fc_match="echo 20-7e a0-17f 1ef2-1ef3")
    with pytest.raises(NotInstalled, match="fonts-liberation2"):
        print_to_pdf([tmp_path / "a.docx"], tmp_path / "pdf")


def test_two_files_of_one_name_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, soffice="exit 1", fc_match="echo 1ed9")
    with pytest.raises(ValueError, match="two files of one name"):
        print_to_pdf([tmp_path / "a" / "x.docx", tmp_path / "b" / "x.docx"], tmp_path)


# -- scans

PRINTED = CORPUS / "pdf_000.pdf"
SEAL = Seal("XÃ TÂN LẬP", "Dương Doãn Hùng")


def red_dots(page: pypdfium2.PdfPage) -> int:
    picture = page.render(scale=1).to_pil().convert("RGB")
    return sum(
        number
        for number, (red, green, blue) in picture.getcolors(1 << 24) or []
        if red > green + 60 and red > blue + 60
    )


@pytest.mark.parametrize("degree", ["clean", "worn"])
def test_a_scan_is_pictures_with_one_seal(tmp_path: Path, degree: Degree) -> None:
    path = tmp_path / "scan.pdf"
    assert write_scan(PRINTED, path, 100, seeded(1), degree=degree, seal=SEAL) == degree
    before, after = pypdfium2.PdfDocument(PRINTED), pypdfium2.PdfDocument(path)
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        assert new.get_size() == pytest.approx(old.get_size(), abs=1)
        assert new.get_textpage().count_chars() == 0
    reds = [red_dots(page) for page in after]
    assert max(reds) > 200
    assert sum(reds) == max(reds)
    before.close()
    after.close()


def test_a_scan_comes_from_its_seed(tmp_path: Path) -> None:
    def pictures(seed: int, name: str) -> list[bytes]:
        path = tmp_path / name
        write_scan(PRINTED, path, 40, seeded(seed), seal=SEAL)
        document = pypdfium2.PdfDocument(path)
        found = [page.render().to_pil().tobytes() for page in document]
        document.close()
        return found

    assert pictures(5, "a.pdf") == pictures(5, "b.pdf") != pictures(6, "c.pdf")


def test_a_worn_scan_is_greyer_than_a_clean_one(tmp_path: Path) -> None:
    greys: dict[Degree, int] = {}
    degrees: tuple[Degree, ...] = ("clean", "worn")
    for degree in degrees:
        path = tmp_path / f"{degree}.pdf"
        write_scan(PRINTED, path, 50, seeded(2), degree=degree)
        document = pypdfium2.PdfDocument(path)
        picture = document[0].render(grayscale=True).to_pil().convert("L")
        document.close()
        levels = picture.histogram()
        greys[degree] = max(range(256), key=lambda grey: levels[grey])
    assert greys["worn"] < greys["clean"] - 10


def test_the_seal_is_that_of_who_signs() -> None:
    assert seal_of(paper()) == Seal("PHÒNG NỘI VỤ", "Lò Văn Quyết")
    assert seal_of(Paper((Line("A"),))) is None


# -- noise


def long_text() -> str:
    return "\n".join(
        path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("00[0-4]_*.txt"))
    )


@pytest.mark.parametrize("rate", [0.01, 0.02, 0.05])
def test_so_many_characters_are_wrong(rate: float) -> None:
    text = long_text()
    for seed in range(3):
        read_as = add_noise(text, rate, seeded(seed))
        assert Levenshtein.distance(text, read_as) / len(text) == pytest.approx(rate, rel=0.2)


def test_noise_comes_from_its_seed() -> None:
    text = long_text()[:3000]
    first = add_noise(text, 0.02, seeded(1))
    assert first == add_noise(text, 0.02, seeded(1)) != add_noise(text, 0.02, seeded(2))


@pytest.mark.parametrize("habits", ALL_HABITS)
def test_noise_leaves_lines_tables_and_marks(habits: Habits) -> None:
    text = lay_out(paper(), habits)
    for seed in range(20):
        noisy = add_noise(text, 0.05, seeded(seed))
        assert noisy != text
        for kept in (r"\n", r"\||\n", r"\t|\n", r"<br>|\n", r"\[\^\d\]:?|\n", r"\|[-|]+\||_{10}"):
            assert re.findall(kept, noisy) == re.findall(kept, text)


def test_common_confusions_come_more_often() -> None:
    text = long_text()
    edits = Counter(
        (text[edit.src_pos], read_as[edit.dest_pos])
        for seed in range(3)
        for read_as in [add_noise(text, 0.005, seeded(seed))]
        for edit in Levenshtein.editops(text, read_as)
        if edit.tag == "replace"
    )
    assert {pair for pair, _ in edits.most_common(2)} == {("ổ", "ố"), ("ể", "ế")}
    assert edits["ổ", "ố"] > 3 * edits["n", "r"]


@pytest.mark.parametrize(("text", "rate"), [("", 0.05), ("ổ", 0.0), ("|\n|\n", 0.9)])
def test_where_nothing_can_go_wrong_nothing_does(text: str, rate: float) -> None:
    assert add_noise(text, rate, seeded(1)) == text


def test_no_confusion_reads_what_is_printed_or_touches_layout() -> None:
    assert len(confusions()) > 40
    for one in confusions():
        assert one.count > 0
        assert one.source in {"measured", "reported", "supposed"}
        assert one.printed not in one.read
        assert not set("|\n\t") & set("".join((one.printed, *one.read)))
        assert one.printed or one.where == "edge"
