"""
Documents of other agencies, which are not part of the project.

They are looked for in the folder that ``TDKT_REAL`` names, else in ``shared`` beside the project:
``real/`` has the documents, ``gold-real/`` what stands in some of them. Without them these tests
are skipped, and say so.
"""

import json
import os
from pathlib import Path

import pytest
from pdf_cells import ruled_cells

from compare import Score, compare
from tdkt_parse import parse, read
from tdkt_parse.exceptions import NeedsOcr, WrongEncoding
from tdkt_parse.layout import Table

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("TDKT_REAL", ROOT.parent / "shared"))


def document(name: str) -> Path:
    found = sorted((SHARED / "real").glob(f"{name}.*"))
    if not found:
        pytest.skip(f"{name} is not in {SHARED.name}/real: TDKT_REAL may name another folder")
    return found[0]


ANSWERED = [("F003", 99.0), ("F008", 99.0), ("F090", 99.0), ("F092", 99.0)]


@pytest.mark.parametrize(("name", "floor"), ANSWERED)
def test_documents_with_an_answer(name: str, floor: float) -> None:
    plan = parse(document(name)).to_dict()
    gold = json.loads((SHARED / "gold-real" / f"{name}.json").read_text(encoding="utf-8"))
    score = Score()
    compare(score, gold, plan, name)
    assert score.total.right > 20, "a comparison that compares nothing holds nothing"
    assert score.total.f1 >= floor, "\n".join(map(str, score.misses))


def test_a_guide_full_of_specimens() -> None:
    """36-HD/VPTW shows how documents of the Party are signed; it is signed once itself."""
    plan = parse(document("F046"))
    assert plan.number is not None
    assert plan.number.canonical == "36-HD/VPTW"
    assert plan.kind == "Hướng dẫn"
    headings = [section.heading for section in plan.sections]
    assert headings == ["HƯỚNG DẪN CHUNG", "HƯỚNG DẪN CỤ THỂ", "TỔ CHỨC THỰC HIỆN"]
    assert plan.signature is not None
    assert plan.signature.signer == "Bùi Văn Thạch"
    assert len(plan.recipients) > 2


def test_templates_of_the_decree() -> None:
    """Phụ lục III of Decree 30: every form with its own notes, letterhead and signature."""
    path = document("F087")
    plan = parse(path)
    assert plan.appendices[0].label == "Phụ lục III"
    assert plan.footnotes[0].text == "Tên cơ quan, tổ chức chủ quản trực tiếp (nếu có)."
    assert len(plan.footnotes) > 100
    assert "594447" not in read(path).text, "numbers of drawings are no text"
    assert not any(d.rule in ("unplaced", "table_continued") for d in plan.diagnostics)


@pytest.mark.parametrize("name", ["F070", "F071", "F072", "F101"])
def test_scans_and_the_layer_of_a_foreign_ocr(name: str) -> None:
    """F101 has a text layer that an English OCR made of Vietnamese."""
    with pytest.raises(NeedsOcr):
        parse(document(name), ocr="never")


def test_an_old_font_in_a_pdf() -> None:
    with pytest.raises(WrongEncoding, match="TCVN3"):
        parse(document("F085"), ocr="never")


def test_what_a_signature_fills_in() -> None:
    """The number and the day of F029 are printed by the fields of its signatures."""
    plan = parse(document("F029"))
    assert plan.number is not None
    assert plan.number.canonical == "1187/QĐ-BNV"
    assert plan.date is not None
    assert (plan.date.day, plan.date.month, plan.date.year) == (15, 10, 2025)
    signers = [signature.signer for signature in plan.source.signatures]
    assert signers == ["Phạm Thị Thanh Trà", *["Bộ Nội vụ"] * 4]
    assert plan.signature is not None
    assert plan.signature.signer == "Phạm Thị Thanh Trà"
    assert len(plan.legal_bases) == 5


def test_stamps_are_apart_from_the_text() -> None:
    plan = parse(document("F030"))
    assert plan.number is not None
    assert plan.number.canonical == "2319/QĐ-TTg"
    stamps = [mark.text for mark in plan.marks if mark.role == "stamp"]
    assert stamps == ["Cơ quan phát hành: VĂN PHÒNG CHÍNH PHỦ"]
    assert len(plan.recipients) > 10
    assert plan.signature is not None
    assert (plan.signature.role, plan.signature.signer) == ("THỦ TƯỚNG", "Phạm Minh Chính")


def test_a_table_over_twelve_pages() -> None:
    """F091: rows cut by pages, groups, no header after the first page; 32 tasks on the pages."""
    path = document("F091")
    plan = parse(path)
    assert len(plan.tasks) == 32
    assert all(task.content[-1] in ".ớiại" for task in plan.tasks), "a row was cut"
    assert [task.ordinal for task in plan.tasks[:6]] == ["1", "2", "3", "4", "1", "2"]
    tables = [block for block in read(path).blocks if isinstance(block, Table)]
    assert len(tables) == 1
    assert len(plan.appendices) == 2


def test_a_circular_with_forms() -> None:
    """F096: 49 pages, a running head, eighteen appendices, some with a letterhead of their own."""
    path = document("F096")
    plan = parse(path)
    assert plan.number is not None
    assert plan.number.canonical == "15/2023/TT-BKHĐT"
    assert plan.kind == "Thông tư"
    labels = [appendix.label for appendix in plan.appendices if appendix.label]
    assert labels == [f"PHỤ LỤC {number}" for number in range(1, 19)]
    assert "CÔNG BÁO/Số" not in " ".join(t.text for t in plan.body)
    assert sum(mark.role == "header" for mark in plan.marks) == 49


@pytest.mark.parametrize("name", ["F029", "F030", "F090", "F091", "F092", "F096"])
def test_ruled_cells_are_those_of_pdfplumber(name: str) -> None:
    """All but those that white grounds make, which nobody sees."""
    ours, theirs = ruled_cells(document(name))
    assert ours == theirs
