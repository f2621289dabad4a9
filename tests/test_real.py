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

from evaluate import LATER, Score, compare
from tdkt_parse import parse, read

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("TDKT_REAL", ROOT.parent / "shared"))


def document(name: str) -> Path:
    found = sorted((SHARED / "real").glob(f"{name}.*"))
    if not found:
        pytest.skip(f"{name} is not in {SHARED.name}/real: TDKT_REAL may name another folder")
    return found[0]


@pytest.mark.parametrize(("name", "floor"), [("F003", 99.0), ("F008", 99.0)])
def test_documents_with_an_answer(name: str, floor: float) -> None:
    plan = parse(document(name)).to_dict()
    gold = json.loads((SHARED / "gold-real" / f"{name}.json").read_text(encoding="utf-8"))
    score = Score()
    compare(score, gold, plan, name)
    score.leave_out(LATER)
    assert score.total.right > 100, "a comparison that compares nothing holds nothing"
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
