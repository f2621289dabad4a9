"""Other programs beside ours: what is counted, and what happens when one of them is broken."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import accuracy_peers
from accuracy_peers import (
    ENVIRONMENTS,
    HERE,
    PEERS,
    Document,
    NotMeasured,
    Peer,
    Process,
)
from accuracy_subject import DATE, NUMBER, OWN, entities, number_in, rows_of, unmarked
from compare import Tally
from datasets import CORPUS, GOLD

Json = dict[str, Any]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Nghị định số 98/2023/NĐ-CP", [["98", 2023, "NĐ-CP"]]),
        ("Quyết định số 587/QĐ-TTg và 34-CT/TW", [["587", None, "QĐ-TTg"], ["34", None, "CT/TW"]]),
        ("Luật số 06/2022/QH15", [["06", 2022, "QH15"]]),
        ("Thông tư 08/2012/TTLT-BNV-BTC", [["08", 2012, "TTLT-BNV-BTC"]]),
        ("ngày 15/6/2022, số nhà 12/A Trần Phú", []),
        ("Nghị định số 98/2023/NĐ - CP", []),  # Ten lines know nothing of spaces.
    ],
)
def test_the_naive_expression(text: str, numbers: list[list[Any]]) -> None:
    assert [number_in(found) for found in NUMBER.finditer(text)] == numbers


def test_the_naive_expression_reads_a_letterhead() -> None:
    head = "UBND XÃ\nSố: 12/KH-UBND\tTân Lập, ngày 05 tháng 01 năm 2024\n"
    own, day = OWN.search(head), DATE.search(head)
    assert own
    assert day
    assert own.groups() == ("12", "KH-UBND")
    assert day.groups() == ("05", "01", "2024")


DECREE: Json = {"kind": "Nghị định", "number": "98", "year": 2023, "symbol": "NĐ-CP"}
TASK: Json = {
    "content": "Tổ chức Hội nghị sơ kết",
    "lead": ["Phòng Nội vụ"],
    "timing": {"text": "Tháng 6"},
}
PROSE: Json = {
    "content": "Phòng Nội vụ tham mưu sơ kết trước ngày 30/6",
    "lead": ["Phòng Nội vụ"],
    "timing": {"text": "trước ngày 30/6"},
}


@pytest.mark.parametrize(
    ("name", "gold", "got", "tally"),
    [
        ("numbers", {"citations": [DECREE]}, [["098", 2023, "NĐ - CP"]], Tally(right=1)),
        ("numbers", {"citations": [DECREE]}, [["98", None, "NĐ-CP"]], Tally(extra=1, missed=1)),
        ("numbers", {"citations": [DECREE, DECREE]}, [["98", 2023, "NĐ-CP"]], Tally(1, 0, 1)),
        ("numbers", {"citations": []}, [["1", None, "KH-UBND"]], Tally(extra=1)),
        ("numbers", {"citations": [DECREE | {"optional": True}]}, [["98", 2023, "NĐ-CP"]], Tally()),
        (
            "numbers",
            {"citations": [DECREE], "citations_scope": "legal_bases"},
            [["98", 2023, "NĐ-CP"], ["1", None, "KH-UBND"]],
            Tally(right=1),
        ),
        ("numbers", {"citations": [DECREE]}, [], Tally(missed=1)),
        ("numbers", {}, [["1", None, "KH-UBND"]], Tally()),
        ("number", {"number": "3", "symbol": "KH-UBND"}, ["03", None, "KH-UBND"], Tally(right=1)),
        ("number", {"number": None, "symbol": "KH-UBND"}, None, Tally()),
        ("number", {"number": None}, ["03", None, "KH-UBND"], Tally(extra=1)),
        ("number", {"number": "3", "symbol": "KH-UBND"}, ["3", None, "BC-UBND"], Tally(0, 1, 1)),
        ("date", {"date": {"year": 2024, "month": 1, "day": None}}, [2024, 1, None], Tally(1)),
        ("date", {"date": {"year": 2024, "month": 1, "day": 5}}, [2024, 1, None], Tally(0, 1, 1)),
        ("date", {"date": None}, None, Tally()),
        ("issuer", {"issuer": ["UBND xã", "Ủy ban nhân dân xã"]}, ["UBND XÃ"], Tally(right=1)),
        ("issuer", {"issuer": "UBND xã"}, ["UBND xã Tân Lập"], Tally(missed=1)),
        ("issuer", {"issuer": None}, [], Tally()),
        ("leads", {"tasks": [TASK, PROSE]}, ["Phòng nội vụ"], Tally(right=1)),
        ("leads", {"tasks": [TASK]}, ["Phòng"], Tally(missed=1)),
        ("texts", {"title": "Về thi đua"}, "KẾ HOẠCH\n**Về  thi\nđua**", Tally(right=1)),
        ("texts", {"purpose": ["Tiếp tục đổi mới…"]}, "- Tiếp tục đổi mới thi đua", Tally(right=1)),
        ("texts", {"recipients": ["Lưu: VT"]}, "Lưu:\n2\nVT", Tally(missed=1)),
        ("texts", {"legal_bases": [{"verb": "Căn cứ", "citations": 1}]}, "", Tally()),
        ("texts_alike", {"title": "Công tác " * 9}, "Công tác " * 8 + "Cõng tác", Tally(right=1)),
        ("texts_alike", {"title": "Công tác " * 9}, "Công tác " * 6, Tally(missed=1)),
        ("texts_alike", {"title": "Công tác " * 9}, None, Tally(missed=1)),
        ("texts", {"title": "Công tác " * 9}, "Công tác " * 8 + "Cõng tác", Tally(missed=1)),
        (
            "rows",
            {"tasks": [TASK]},
            [["1", "Tổ chức Hội nghị sơ kết;", "- Phòng Nội vụ. UBND", "Tháng 6/2024"]],
            Tally(right=1),
        ),
        (
            "rows",
            {"tasks": [TASK]},
            [["Tổ chức Hội nghị sơ kết", "Phòng Nội vụ"], ["Tháng 6"]],
            Tally(missed=1),
        ),
        ("rows", {"tasks": [PROSE]}, [], Tally()),
    ],
)
def test_what_is_counted(name: str, gold: Json, got: Any, tally: Tally) -> None:
    assert accuracy_peers.FIGURES[name].tally(gold, got) == tally


def test_a_row_of_markdown_keeps_its_empty_cells() -> None:
    assert rows_of("| 1 | | A\\_B &amp; C |\n| :-- | --- | --- |\n|x|\n||\ntext | text") == [
        ["1", "", "A_B & C"],
        ["x"],
        [""],
    ]
    assert unmarked("## **I. MỤC ĐÍCH**") == "I. MỤC ĐÍCH"


def test_entities_that_touch_are_two() -> None:
    assert list(entities([("a", "B-ORG"), ("b", "B-ORG"), ("c", "I-ORG"), ("d", "I-LOC")])) == [
        ("ORG", "a"),
        ("ORG", "b c"),
        ("LOC", "d"),
    ]


# Programs that are broken in every way, and one that is not.

BROKEN = {
    "sound": 'while read -r line; do echo "{\\"text\\": \\"Công tác\\"}"; done',
    "slow": "sleep 60",
    "ended": "exit 3",
    "garbled": "while read -r line; do echo Traceback; done",
    "failing": 'while read -r line; do echo "{\\"error\\": \\"no such format\\"}"; done',
    "second": 'read -r line; echo "{\\"text\\": \\"\\"}"; read -r line; exit 3',
}
REASONS = {
    "sound": None,
    "slow": "it took longer than 1.5 s",
    "ended": "it ended, and the last it said is ''",
    "garbled": "it ended, and the last it said is 'Traceback\\n'",
    "failing": "no such format",
}


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Peer]:
    for name, script in BROKEN.items():
        program = tmp_path / name / "bin" / "python"
        program.parent.mkdir(parents=True)
        program.write_text(
            f"""#!/bin/sh\necho '{{"version": "1"}}'\n{script}\n""", encoding="utf-8"
        )
        program.chmod(0o755)
    monkeypatch.setattr(accuracy_peers, "ENVIRONMENTS", tmp_path)
    monkeypatch.setattr(accuracy_peers, "OURS", ())
    monkeypatch.setattr(accuracy_peers, "GIVE_UP", 2)
    return [Peer(name, name, home=name) for name in [*BROKEN, "absent"]]


def test_a_broken_program_never_stops_the_others(broken: list[Peer]) -> None:
    documents = [Document(Path(f"{at}.txt"), {"title": "Công tác"}) for at in range(5)]
    runs = {run.peer.label: run for run in accuracy_peers.run_all(broken, documents, patience=1.5)}
    assert runs["absent"].reason == "not installed; `make peers` does it"
    for name, reason in REASONS.items():
        result = runs[name].results["txt"]
        assert result.reason == reason, name
        assert len(result.failed) == (2 if reason else 0), name
        assert len(result.untried) == (3 if reason else 0), name
    assert runs["sound"].results["txt"].figures(documents)["texts"] == Tally(right=5)
    # The one that ends at every second document is begun again for the next.
    second = runs["second"].results["txt"]
    assert [path.stem for path in second.answers] == ["0", "2", "4"]
    assert [path.stem for path in second.failed] == ["1", "3"]
    report = accuracy_peers.as_json(list(runs.values()), documents)
    printed = "\n".join(accuracy_peers.lines_of(report))
    assert "100.0 5/5" in printed
    assert "txt, failed and counted as missed: 2, as it ended" in printed
    assert "txt, no figure: no such format" in printed
    assert "absent: no figure: not installed" in printed


def test_a_document_that_one_fails_on_has_everything_missed() -> None:
    documents = [Document(Path(f"{at}.txt"), {"title": "Công tác"}) for at in range(2)]
    result = accuracy_peers.Result({Path("0.txt"): {"text": "Công tác"}}, {Path("1.txt"): "why"})
    assert set(result.figures(documents)) == {"texts", "texts_alike"}
    assert result.figures(documents)["texts"] == Tally(right=1, missed=1)


def test_no_text_is_no_figure_for_one_that_reads_text(broken: list[Peer]) -> None:
    with (
        Process(broken[0]._replace(reads_text=True), 5) as process,
        pytest.raises(NotMeasured, match="gave it no text"),
    ):
        process.ask(Path("scan.pdf"), None)


# The real ones, on a plan of the corpus.


def installed(name: str) -> Peer:
    peer = next(one for one in PEERS if one.subject == name)
    if peer.home and not (ENVIRONMENTS / peer.home / "bin" / "python").exists():
        pytest.skip(f"{name} is not installed; `make peers PEERS={peer.home}` does it")
    return peer


@pytest.mark.parametrize("name", [peer.subject for peer in PEERS])
def test_each_program_says_what_it_can(name: str) -> None:
    path = CORPUS / "word_003.docx"
    text = "Số: 12/KH-SNV\nCăn cứ Nghị định số 98/2023/NĐ-CP;\nHà Nội và Huế\n"
    with Process(installed(name), 60) as process:
        said = process.ask(path, text)
    assert process.version
    expected: dict[str, Json] = {
        "regex": {"numbers": [["98", 2023, "NĐ-CP"]], "number": ["12", None, "KH-SNV"]},
        "refex": {"numbers": []},
    }
    assert said | expected.get(name, {}) == said
    if name == "underthesea":
        assert "Hà Nội" in said["names"]
    if name in ("docling", "markitdown"):
        assert "Căn cứ Thông báo số 39/TB-TĐKT" in said["text"]
        assert any("Số: 23/KH-KTĐ" in cell for row in said["rows"] for cell in row)


def test_refex_reads_vietnamese_numbers_after_its_own_signs_alone() -> None:
    with Process(installed("refex"), 60) as process:
        said = process.ask(CORPUS, "§ 7 NĐ-CP. Căn cứ Điều 7 Nghị định số 98/2023/NĐ-CP.")
    assert said == {"numbers": [[None, None, "§ 7 NĐ-CP"]]}


def test_the_command(tmp_path: Path) -> None:
    documents, figures = tmp_path / "in", tmp_path / "figures.json"
    documents.mkdir()
    for name in ("word_003.docx", "003_f7e0d352d3671c6c.txt"):
        shutil.copy(CORPUS / name, documents)
    command = [sys.executable, str(HERE / "accuracy_peers.py"), "--documents", str(documents)]
    command += ["--gold", str(GOLD), "--peers", "regex", "--json", str(figures)]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    report = json.loads(figures.read_text(encoding="utf-8"))
    assert report["documents"] == {"txt": 1, "docx": 1}
    plan, naive = (
        report["programs"][name]["formats"]["docx"]["figures"]
        for name in ("tdkt, Plan", "regex of ten lines")
    )
    assert plan["numbers"] == {"right": 6, "extra": 0, "missed": 0, "percent": 100.0}
    assert plan["texts"]["missed"] == 0
    assert naive["numbers"]["right"] > 0
    assert "texts" not in naive
    assert done.stdout.startswith("txt, documents: 1\n")
    row = next(line for line in report["page"] if line.startswith("| tdkt, Plan | 100.0 6/0/0 |"))
    assert row.count("|") == 9


def test_a_name_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        accuracy_peers.main(["--peers", "regex,nonesuch"])
    assert "no such program: nonesuch" in capsys.readouterr().err
