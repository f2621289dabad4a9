"""
What OCR misread: the rows of ``cases/ocr_repair.json``, the tables behind them, and that nothing
else is touched.
"""

import csv
from dataclasses import replace
from typing import Any

import pytest
from rows import Row, cases, groups

from make_ocr_pairs import OFTEN, TABLES, WORDS, count_pairs
from tdkt_parse import parse
from tdkt_parse.layout import Document, Repair, Table
from tdkt_parse.lexicon import DATA, organ_codes, provinces, short_towns, type_codes
from tdkt_parse.passage import read_spans
from tdkt_parse.readers import read
from tdkt_parse.repair import find_repairs, repair_document, without_overlaps
from tdkt_parse.repair.confusions import (
    Alone,
    Never,
    alone,
    confusions,
    in_symbols,
    never_said,
)
from tdkt_parse.repair.names import family_names
from tdkt_parse.repair.pairs import known_pairs, pairs_of
from tdkt_parse.spelling import bare, key
from tdkt_parse.syllables import is_syllable
from tdkt_parse.tasks import read_grid

TEXT = (
    "ỦY BAN NHÂN DÂN\nXÃ HÒA BÌNH\n\nKÉ HOẠCH\nCông tác thì đua, khen thưởng năm 2O24\n\n"
    "I. MỤC ĐÍCH\n1. Các đơn vị tố chức phong trào thi đua.\n2. Các khối tố chức hội nghị.\n"
    "H. NỘI DUNG\nTheo Nghị định số 98/2O23/NĐ-CP.\nIII. TỔ CHỨC THỰC HIỆN\n"
)


def by_ocr(text: str) -> Document:
    return replace(read(text.encode()), by_ocr=True)


def mended(text: str) -> str:
    document = by_ocr(text)
    text = document.text
    for start, end, put, _ in reversed(find_repairs(document)):
        text = text[:start] + put + text[end:]
    return text


@pytest.mark.parametrize("row", cases("ocr_repair", "repair"))
def test_rows(row: Row) -> None:
    assert mended(row.text) == row.expected


@pytest.mark.parametrize("row", cases("ocr_repair", "repair"))
def test_what_was_mended_is_mended_no_further(row: Row) -> None:
    assert mended(row.expected) == row.expected


def test_a_document_that_was_typed_is_left_alone() -> None:
    document = read(TEXT.encode())
    assert repair_document(document) is document
    plan = parse(TEXT.encode())
    assert not [d for d in plan.diagnostics if d.rule == "repaired_ocr"]
    assert "tố chức" in plan.to_json()


def test_values_are_mended_and_the_evidence_is_as_read() -> None:
    plan = parse(TEXT.encode(), by_ocr=True)
    assert plan.kind == "Kế hoạch"
    assert plan.title is not None
    assert "thi đua, khen thưởng năm 2024" in plan.title.text
    assert "thì đua, khen thưởng năm 2O24" in plan.title.evidence.text
    assert [section.label for section in plan.sections] == ["I", "II", "III"]
    assert plan.citations[0].number is not None
    assert plan.citations[0].number.canonical == "98/2023/NĐ-CP"
    assert "2O23" in plan.citations[0].evidence.text


@pytest.mark.parametrize(
    ("end", "recipients"),
    [
        ("- Lưu: VT, KTTH (2b).\nức Phớc", ["Sở Nội vụ", "Lưu: VT, KTTH (2b)"]),
        ("- Lưu: VT.\nuân:", ["Sở Nội vụ", "Lưu: VT"]),
        ("- Lưu: VT,\nvăn phòng.", ["Sở Nội vụ", "Lưu: VT, văn phòng"]),
        ("- Các phòng\nban;", ["Sở Nội vụ", "Các phòng ban"]),
        ("- Lưu: VT.\n- báo Nhân dân.", ["Sở Nội vụ", "Lưu: VT", "báo Nhân dân"]),
    ],
)
def test_what_a_seal_left_of_a_name_is_no_recipient(end: str, recipients: list[str]) -> None:
    plan = parse(f"{TEXT}\nNơi nhận:\n- Sở Nội vụ;\n{end}\n".encode(), by_ocr=True)
    assert [one.text for one in plan.recipients] == recipients


def test_each_repair_is_said_with_its_rule_and_alike_ones_together() -> None:
    plan = parse(TEXT.encode(), by_ocr=True)
    said = {
        (d.evidence.rule, d.evidence.text, len(d.evidence.spans))
        for d in plan.diagnostics
        if d.rule == "repaired_ocr" and d.evidence
    }
    assert ("ocr_word", "tố\ntố", 2) in said
    assert ("ocr_numeral", "H", 1) in said
    assert {rule for rule, _, _ in said} >= {"ocr_form", "ocr_date", "ocr_number"}
    for diagnostic in plan.diagnostics:
        assert diagnostic.rule != "repaired_ocr" or diagnostic.level == "info"


def test_a_speck_is_said_to_be_one() -> None:
    plan = parse(TEXT.replace("phong trào thi", "phong. trào thi").encode(), by_ocr=True)
    said = [d for d in plan.diagnostics if d.rule == "ignored_speck"]
    assert [(d.level, d.evidence and d.evidence.text) for d in said] == [("info", ".")]


def test_spans_lead_to_what_was_read() -> None:
    document = repair_document(by_ocr(TEXT))
    assert len(document.repairs) > 5
    at = 0
    for line in TEXT.splitlines(keepends=True):
        passage = read_spans(TEXT, [(at, at + len(line))], document.repairs)
        inside = [r for r in document.repairs if at <= r.start < at + len(line)]
        for repair in inside:
            begin = passage.text.index(repair.put)
            spans = passage.spans(begin, begin + len(repair.put))
            assert (repair.start, repair.end) in spans or len(inside) > 1
        if passage:
            assert passage.start == at
            assert passage.end == at + len(line.rstrip())
        at += len(line)


@pytest.mark.parametrize(
    ("read_as", "put", "mapped"), [("H.", "II", (0, 1)), ("nărn 2", "năm", (0, 4))]
)
def test_repairs_of_another_length(read_as: str, put: str, mapped: tuple[int, int]) -> None:
    passage = read_spans(read_as, [(0, len(read_as))], [Repair(*mapped, put, "test")])
    assert passage.text == put + read_as[mapped[1] :]
    assert passage.spans(0, len(put)) == [mapped]
    assert passage.spans(len(put), len(passage.text)) == [(mapped[1], len(read_as))]


def test_of_two_repairs_the_first_stays() -> None:
    first, second = Repair(3, 6, "a", "one"), Repair(0, 4, "b", "two")
    assert without_overlaps([first, second, Repair(0, 2, "c", "three")]) == [
        Repair(0, 2, "c", "three"),
        first,
    ]


@pytest.mark.parametrize("row", confusions(), ids=lambda row: f"{row.read} {row.printed}")
def test_confusions_have_examples(row: Any) -> None:
    read_as, printed = row.example
    places = [at for at in range(len(read_as)) if read_as.startswith(row.read, at)]
    assert printed in [read_as[:at] + row.printed + read_as[at + len(row.read) :] for at in places]
    assert row.read != row.printed
    assert row.count > 0 or row.source != "measured"


@pytest.mark.parametrize("row", in_symbols(), ids=lambda row: f"{row.read} {row.printed}")
def test_letters_of_symbols_have_examples(row: Any) -> None:
    """A type or an organ with that letter misread is mended beside one that is known."""
    read_as, printed = row.example
    places = [at for at in range(len(read_as)) if read_as.startswith(row.read, at)]
    assert printed in [read_as[:at] + row.printed + read_as[at + len(row.read) :] for at in places]
    for one, other in (("{}-UBND", type_codes()), ("QĐ-{}", organ_codes())):
        if printed in other:
            said = f"Theo văn bản số 12/{one} ngày 26/01/2005"
            assert mended(said.format(read_as)) == said.format(printed)
            assert mended(said.format(printed)) == said.format(printed)
    if row.source == "seen":
        rows = [row for group in groups("ocr_repair") for row in group["rows"]]
        assert any(read_as in row["text"] for row in rows)


@pytest.mark.parametrize(
    "symbol",
    ["KH-SNVI", "CIr-THQI", "QĐ-VVT", "QĐ-BVVĐ", "QĐ-BTE", "KH-TVWA", "QĐ-UBND-VV", "KI-SNVX"],
)
def test_symbols_that_may_be_right_are_left(symbol: str) -> None:
    """An agency sets its own abbreviation; what two known ones may be is none of them."""
    said = f"Theo số 12/{symbol} ngày 26/01/2005"
    assert mended(said) == said


def test_confusions_are_there_once() -> None:
    pairs = [(row.read, row.printed) for row in confusions()]
    assert len(pairs) == len(set(pairs)) > 50


def test_words_of_offices_are_words() -> None:
    with (DATA / "compounds.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    assert len({row["words"] for row in rows}) == len(rows) > 1000
    for row in rows:
        said = row["words"]
        assert said == said.casefold() == " ".join(said.split())
        assert all(is_syllable(word) for word in said.replace(",", "").replace(" - ", " ").split())
        assert len(said.split()) > 1
        assert mended(said) == said
        assert all(known_pairs()[pair] >= OFTEN for pair in pairs_of(said))


def test_pairs_are_those_of_the_tables_as_they_are() -> None:
    said = "a table was edited: python corpus/make_ocr_pairs.py"
    assert dict(count_pairs()) == dict(known_pairs()), said


@pytest.mark.parametrize("row", never_said().values(), ids=lambda row: row.read)
def test_pairs_that_no_one_writes(row: Never) -> None:
    assert len(row.read.split()) == len(row.printed.split()) == 2
    assert mended(row.read) == row.printed
    assert mended(row.read.upper()) == row.printed.upper()
    assert mended(f"ông Trần {row.read.title()}") == f"ông Trần {row.read.title()}"
    for word in row.not_before:
        assert mended(f"{row.read} {word}") == f"{row.read} {word}"
    for word in row.not_after:
        assert mended(f"{word} {row.read}") == f"{word} {row.read}"


SPOILT = ("vân", "vẫn", "vần")
"""Words that are no neighbours but misread ones: *vân đề* is mended as two words."""


@pytest.mark.parametrize("row", alone().values(), ids=lambda row: row.read)
def test_words_that_are_written_in_few_others(row: Alone) -> None:
    read_as, printed = row.example
    assert row.read in read_as.split()
    assert mended(read_as) == printed
    assert mended(printed) == printed
    assert bool(row.negative) == bool(row.not_after or row.not_before)
    if row.negative:
        assert row.read in row.negative.split()
        assert mended(row.negative) == row.negative
    for word in row.not_after:
        assert row.read in mended(f"{word} {row.read} khác").split() or word in SPOILT
    for word in row.not_before:
        assert row.read in mended(f"những {row.read} {word}").split()


@pytest.mark.parametrize(
    "said",
    [
        "các anh chị em",
        "anh chị em đoàn viên",
        "chị em phụ nữ",
        "Chị em phụ nữ các chi hội",
        "phong trào trong chị em hội viên",
        "giữa các anh chị",
        "các chị, các cô",
        "các bà, các chị",
        "các chị bộ đội",
        "anh chị đoàn viên",
        "các chị hội viên",
        "các chị ủy viên",
        "các chị công nhân",
        "các chị nữ công",
        "tiêu biểu là chị Hoa",
        "chị Chi Mai",
        "chị tiêu thi đua",
    ],
)
def test_sisters_are_no_branches(said: str) -> None:
    """*chị* beside those whom one calls so, and where two words may have been printed."""
    assert mended(said) == said
    assert mended(said.upper()) == said.upper()


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("tập thể chị bộ", "tập thể chi bộ"),
        ("các chị bộ trực thuộc", "các chi bộ trực thuộc"),
        ("đảng bộ, chị bộ", "đảng bộ, chi bộ"),
        ("các chị hội phụ nữ", "các chi hội phụ nữ"),
        ("theo quy định chị tiết", "theo quy định chi tiết"),
        ("kinh phí chị thường xuyên", "kinh phí chi thường xuyên"),
        ("mức chị khen thưởng", "mức chi khen thưởng"),
        ("thu chị", "thu chi"),
        ("chị trả", "chi trả"),
        ("anh chi em", "anh chị em"),
    ],
)
def test_branches_and_spending_are_no_sisters(said: str, printed: str) -> None:
    """*chị* beside words of offices, and *chi* where sisters are meant."""
    assert mended(said) == printed
    assert mended(printed) == printed


def test_pairs_are_keys_and_come_from_our_own_tables() -> None:
    assert len(known_pairs()) > 5000
    for first, second in known_pairs():
        assert first == key(first)
        assert second == key(second)
    assert known_pairs()["thi", "đua"] > 100
    assert ("kes", "hoachj") not in known_pairs()
    for name in (*TABLES, *WORDS):
        assert (DATA / name).exists()


def table(*rows: str) -> str:
    """A table in Markdown: its cells parted by bars."""
    first, *rest = (f"| {' | '.join(row.split('/'))} |" for row in rows)
    width = rows[0].count("/") + 1
    return "\n".join(["KẾ HOẠCH", "", first, "|" + "---|" * width, *rest, ""])


@pytest.mark.parametrize(
    ("rows", "read", "put"),
    [
        (["TT/Nội dung/Đơn vị", "l/Họp/UBND", "2/Sơ kết/UBND", "3/Tổng kết/UBND"], "l", "1"),
        (["TT/Nội dung/Đơn vị", "1/Họp/UBND", "2/Sơ kết/UBND", "S/Họp/UBND"], "", ""),
        (["TT/Nội dung/Đơn vị", "3/Họp/UBND", "4/Sơ kết/UBND", "S/Họp/UBND", "6/A/B"], "S", "5"),
        (["TT/Nội dung/Đơn vị", "8/Họp/UBND", "9/Sơ kết/UBND", "lO/Họp/UBND"], "lO", "10"),
        (["TT/Nội dung/Đơn vị", "1/Họp/UBND", "2/Sơ kết/UBND", "l/Họp/UBND", "2/A/B"], "", ""),
        (["TT/Nội dung/Đơn vị", "1/Họp/UBND", "l/Sơ kết/UBND", "2/Họp/UBND"], "", ""),
        (["TT/Nội dung/Đơn vị", "l/Họp/UBND", "a/Sơ kết/UBND"], "", ""),
        (["TT/Nội dung/Đơn vị", "6/Họp/UBND", "1/Sơ kết/UBND", "8/A/B"], "1", "7"),
        (
            ["TT/Nội dung/Đơn vị", "2./Họp/UBND", "3./Sơ kết/UBND", "A/Họp/UBND", "5./A/B"],
            "A",
            "4.",
        ),
        (["TT/Nội dung/Đơn vị", "2/Họp/UBND", "3/Sơ kết/UBND", "A/Họp/UBND", "4/A/B"], "", ""),
        (
            ["TT/Nội dung/Đơn vị", "5./Họp/UBND", "6./Sơ kết/UBND", "7,/Họp/UBND", "8./A/B"],
            ",",
            ".",
        ),
        (["TT/Nội dung/Đơn vị", "5/Họp/UBND", "6/Sơ kết/UBND", "7,/Họp/UBND", "8/A/B"], "", ""),
        (["TT/Nội dung/Đơn vị", "5./Họp/UBND", "6./Sơ kết/UBND", "9,/Họp/UBND", "8./A/B"], "", ""),
        (["TT/Nội dung/Đơn vị", "6/Họp/UBND", "1/Sơ kết/UBND", "2/A/B"], "", ""),
        (["TT/Nội dung/Đơn vị", "6/Họp/UBND", "5/Sơ kết/UBND", "8/A/B"], "", ""),
        (["TT/Nội dung/Đơn vị", "1/Họp/UBND", "2/A/B", "3 */Sơ kết/UBND", "4/A/B"], " *", ""),
        (["TT/Nội dung/Đơn vị", "1/Họp/UBND", "2/A/B", "3A/Sơ kết/UBND", "4/A/B"], "A", ""),
        (["TT/Nội dung/Đơn vị", "1/Họp/UBND", "2/A/B", "3A/Sơ kết/UBND", "3B/A/B"], "", ""),
        (["TT/Nội dung/Đơn vị", "1/Họp/UBND", "2/A/B", "2A/Sơ kết/UBND", "3/A/B"], "", ""),
        (["TT/Nội dung/Đơn vị", "1/Họp/UBND", "2/A/B", "3A/Sơ kết/UBND"], "", ""),
        (["TT/Nội dung/Đơn vị", "1/Họp/UBND", "2/A/B", "7 */Sơ kết/UBND", "4/A/B"], "", ""),
    ],
)
def test_numbers_of_rows(rows: list[str], read: str, put: str) -> None:
    document = by_ocr(table(*rows))
    found = [r for r in find_repairs(document) if r.rule == "ocr_ordinal"]
    assert [(document.text[r.start : r.end], r.put) for r in found] == (
        [(read, put)] if read else []
    )


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (["TT/Quý/Nội dung", "1/l/Họp", "2/lI/Sơ kết", "3/IV/A"], [("l", "I"), ("lI", "II")]),
        (["TT/Quý/Nội dung", "1/1/Họp", "2/x/Sơ kết"], []),
        (["TT/Nội dung/Quý", "1/l/H"], [("H", "II")]),
        (["TT/Điểm/Nội dung", "1/!/Họp", "2/lI/Sơ kết"], []),
        (["Quý/Nội dung/TT", "l/Họp/1", "II và lI/Sơ kết/2"], [("l", "I")]),
        # The stroke of the first is lost.
        (["TT/Quý/Việc", "1/Quý/A", "2/Quý II/B", "3/Quý III/C"], [("Quý", "Quý I")]),
        (["TT/Lúc/Việc", "1/Quý/A", "2/Quý/B", "3//C", "4/Quý II/D"], [("Quý", "Quý I")] * 2),
        (["TT/Quý/Việc", "1/Quý I/A", "2/Quý/B", "3/Quý II/C"], [("Quý", "Quý I")]),
        (["TT/Quý/Việc", "1/Quý II/A", "2/Quý/B", "3/Quý III/C"], []),
        (["TT/Quý/Việc", "1/Quý/A", "2/Quý III/B", "3/Quý IV/C"], []),
        (["TT/Quý/Việc", "1/Quý/A", "2/Quý II/B", "3/Quý I/C"], []),
        (["TT/Lúc/Việc", "1/Quý/A", "2/Quý II/B", "3/Hàng tháng/C"], []),
        (["TT/Lúc/Việc", "1/Quý/A", "2/Quý/B"], []),
    ],
)
def test_numerals_in_a_column_of_quarters(rows: list[str], found: list[tuple[str, str]]) -> None:
    document = by_ocr(table(*rows))
    repairs = [r for r in find_repairs(document) if r.rule == "ocr_quarter"]
    assert [(document.text[r.start : r.end], r.put) for r in repairs] == found


@pytest.mark.parametrize(
    ("heads", "put"),
    [
        (["QUÝ NĂM 2012", "QUÝ H NĂM, 2012", "QUÝ III NĂM 2012"], {0: "I", 1: "II"}),
        (["Quý năm 2012", "Quý II năm 2012", "Quý III, năm 2012"], {0: "I"}),
        (["I/QUÝ", "II/QUÝ II", "III/QUÝ III"], {0: "I"}),
        (["/QUÝ", "II/QUÝ II", "III/QUÝ III", "IV/QUÝ IV"], {0: "I"}),
        # Right, or not to be told: another than the first may stand there.
        (["QUÝ I NĂM 2012", "QUÝ II NĂM 2012", "QUÝ III NĂM 2012"], {}),
        (["QUÝ NĂM 2012", "QUÝ III NĂM 2012", "QUÝ IV NĂM 2012"], {}),
        (["Quý", "Tháng 4"], {}),
        (["Quỹ", "Quý II"], {}),
    ],
)
def test_quarters_that_head_rows(heads: list[str], put: dict[int, str]) -> None:
    rows = ["TT/Nội dung/Đơn vị"]
    for head in heads:
        rows += [f"{head}{'/' * (2 - head.count('/'))}", "1/Họp/UBND", "2/Sơ kết/UBND"]
    document = by_ocr(table(*rows))
    found = [r for r in find_repairs(document) if r.rule == "ocr_quarter" and r.put]
    assert [r.put.split()[-1] for r in found] == [put[at] for at in sorted(put)]


@pytest.mark.parametrize(
    ("header", "put"),
    [
        ("TT/Nội dung/Quý/Quý II/Quý III/Quý IV/Đơn vị", ["Quý I", "Quý II", "Quý III", "Quý IV"]),
        ("TT/Nội dung/QUÝ/QUÝ H/QUÝ III/QUÝ IV/Đơn vị", ["QUÝ I", "QUÝ II", "QUÝ III", "QUÝ IV"]),
        ("TT/Nội dung/Quý/Quý II/Quý III/Quý/Đơn vị", None),
        ("TT/Nội dung/Quý/Quý III/Quý IV/Quý II/Đơn vị", None),
        ("TT/Quý/QI/QII/QIII/QIV/Đơn vị", None),
        ("TT/Nội dung/QI/QI/QII/QIV/Đơn vị", ["QI", "QII", "QIII", "QIV"]),
        ("TT/Nội dung/QI/QH/QIH/QIV/Đơn vị", ["QI", "QII", "QIII", "QIV"]),
        ("TT/Nội dung/QI/Q1/QIn/QIV/Đơn vị", ["QI", "QII", "QIII", "QIV"]),
        ("TT/Nội dung/Q1/Q.1/Q1n/Q.IV/Đơn vị", ["QI", "QII", "QIII", "QIV"]),
        ("TT/Nội dung/I/n/m/IV/Đơn vị", ["I", "II", "III", "IV"]),
        ("TT/Nội dung/Q.I/Q.1/Q.1/Q.V/Đơn vị", ["Q.I", "Q.II", "Q.III", "Q.IV"]),
        ("TT/Nội dung/G1/Q2/Q3/Q4-/Đơn vị", ["Q1", "Q2", "Q3", "Q4"]),
        ("TT/Nội dung/I -/II/III/IV/Đơn vị", ["I", "II", "III", "IV"]),
        ("TT/Nội dung/I/H/HI/IV/Đơn vị", ["I", "II", "III", "IV"]),
        (
            "TT/Nội dung/Quý<br>I/Quý<br>H/Quý<br>H/Quý<br>IV/A",
            ["Quý I", "Quý II", "Quý III", "Quý IV"],
        ),
        (
            "TT/Nội dung/Quý I/Quý<br>n/Quý III/Quý IV/A",
            ["Quý I", "Quý II", "Quý III", "Quý IV"],
        ),
        ("TT/Việc/Quý I/Quý H/Quý II/Quý IV/A", ["Quý I", "Quý II", "Quý III", "Quý IV"]),
        # Right, or not to be told.
        ("TT/Nội dung/QI/QII/QIII/QIV/Đơn vị", None),
        ("TT/Nội dung/Quý I/Quý II/Quý III/Quý IV/Đơn vị", None),
        ("TT/Nội dung/Quý I/Quý II/Quý I/Quý II/Đơn vị", None),
        ("TT/Nội dung/Quý I/Quý II/Quý n/Đơn vị", None),
        ("TT/Nội dung/I/H/HI/VI/Đơn vị", None),
        ("TT/Nội dung/QI/QI/QII/Đơn vị", None),
        ("1/2/3/4/5", None),
        ("I/H/III/IV/V", None),
        ("Nội dung/T1/T2/T3/T4/Đơn vị", None),
        ("TT/Nội dung/Q2/Q3/Q1/Q1/Đơn vị", None),
    ],
)
def test_quarters_that_head_columns(header: str, put: list[str] | None) -> None:
    blank = "/" * (header.count("/") - 1)
    document = repair_document(by_ocr(table(header, f"1/Họp{blank}", f"2/Sơ kết{blank}")))
    (block,) = [block for block in document.blocks if isinstance(block, Table)]
    wanted = header.split("/")
    if put:
        wanted[2:6] = put
    assert [entry.text for entry in read_grid(document, block).rows[0]] == wanted
    assert any(repair.rule == "ocr_quarter" for repair in document.repairs) == bool(put)


def test_family_names_have_examples() -> None:
    rows = family_names()
    assert len({row.name for row in rows}) == len(rows) > 20
    for row in rows:
        assert row.example.startswith(f"{row.name} ")
        assert row.put == ("none" not in row.source)
        under_the_seal = row.example[1:]
        alone = [one.name for one in rows if one.name[1:] == row.name[1:]] == [row.name]
        put = row.put and alone and len(row.name) > 2
        assert (mended(under_the_seal) == row.example) == put


def test_towns_of_one_word_have_examples() -> None:
    for town in short_towns():
        assert " " not in town.name
        assert town.example.startswith(f"{town.name}, ngày ")
        assert town.source


def test_provinces_have_examples() -> None:
    rows = provinces()
    assert len({bare(row.name) for row in rows}) == len(rows) == 64
    for row in rows:
        assert row.name.upper() in row.example
        assert mended(bare(row.example).upper()).endswith(row.name.upper())
