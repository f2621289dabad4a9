"""``tdkt audit`` from outside: what it prints, its exit codes, and copies with comments."""

import csv
import io
import json
import os
import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import audit_plans
import docx
import pytest
from audit_plans import LINES, OLD, TEXT, UNKNOWN
from test_annotate import anchored, comments_of, libreoffice
from test_highlights import highlights_of
from typer.testing import CliRunner, Result

from tdkt_parse import cli, parse
from tdkt_parse.exceptions import ExitCode, TdktError
from tdkt_parse.register.upsert import import_file

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, no settings, and the rules of ``audit_plans``."""
    for name in [name for name in os.environ if name.startswith("TDKT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "no register"))
    monkeypatch.chdir(tmp_path)
    audit_plans.put_in_place(monkeypatch)
    return tmp_path


def tdkt(*arguments: str, stdin: bytes | None = None) -> Result:
    """The command in this process; errors of the tree become exit codes as in ``main``."""
    result = CliRunner().invoke(cli.app, ("audit", *arguments), input=stdin)
    if isinstance(result.exception, TdktError):
        result.exit_code = int(result.exception.exit_code)
        result.stderr_bytes = (result.stderr_bytes or b"") + str(result.exception).encode()
    return result


def make(*names: str, text: str = TEXT) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")


def lines_of(result: Result) -> list[str]:
    return result.stdout.splitlines()


def _rule(line: str) -> str:
    return next(word for word in line.split() if word in audit_plans.ROWS)


# -- what is printed


def test_a_line_a_finding() -> None:
    make("a.txt")
    result = tdkt("a.txt")
    assert result.stdout == (
        "a.txt:5: lưu ý B15 (có thể) Trình bày: Công tác thi đua, khen thưởng năm 2026."
        " [Nghị định 30/2020/NĐ-CP, Phụ lục I]\n"
        "a.txt:7: lỗi B01 98/2023/NĐ-CP đã hết hiệu lực. [Nghị định 30/2020/NĐ-CP, Phụ lục I]\n"
        f"a.txt:8: lưu ý U01 Chưa kiểm tra được {UNKNOWN}. [Nghị định 30/2020/NĐ-CP, Phụ lục I]\n"
        "a.txt:1: cảnh báo B13 Thiếu căn cứ thẩm quyền. [Nghị định 30/2020/NĐ-CP, Phụ lục I]\n"
    )
    assert result.exit_code == ExitCode.FINDINGS
    assert result.stderr.splitlines()[-1] == (
        "Đã kiểm tra 1 văn bản: 1 lỗi, 1 cảnh báo, 1 lưu ý. Chưa kiểm tra được: 1."
    )


def test_in_english() -> None:
    make("a.txt")
    result = tdkt("a.txt", "--lang", "en", "--select", "B01")
    assert result.stdout == (
        "a.txt:7: error B01 in-force: 98/2023/NĐ-CP [Nghị định 30/2020/NĐ-CP, Phụ lục I]\n"
    )
    assert (
        "1 document audited: 1 error, 0 warnings, 0 notes. Could not be checked: 1."
        in result.stderr
    )


def test_a_page_where_there_are_pages() -> None:
    printed = tdkt(str(ROOT / "corpus" / "pdf_001.pdf"), "--select", "B15").stdout
    assert "pdf_001.pdf:1:" in printed
    assert printed.split(":")[2].isdigit()


def test_nothing_found() -> None:
    make("a.txt", text="KẾ HOẠCH\nI. MỤC ĐÍCH\nNâng cao chất lượng.\n")
    result = tdkt("a.txt", "--select", "B01")
    assert (result.stdout, result.exit_code) == ("", 0)
    assert "0 lỗi, 0 cảnh báo, 0 lưu ý." in result.stderr
    assert "Chưa kiểm tra được" not in result.stderr


def test_nothing_in_a_document_speaks_to_the_terminal() -> None:
    make("a.txt", text=TEXT.replace("năm 2026\nCăn", "năm 2026 \x1b[2J\u202e\x9b\nCăn"))
    for format_ in ("text", "html"):
        printed = tdkt("a.txt", "-f", format_).stdout
        assert "[2J" in printed
        assert not {"\x1b", "\x9b", "\u202e"} & set(printed)


def test_the_rules_are_listed() -> None:
    printed = tdkt("--rules").stdout.splitlines()
    assert printed[0] == (
        "B01 in-force (lỗi): Căn cứ hết hiệu lực [Nghị định 30/2020/NĐ-CP, Phụ lục I]"
    )
    assert len(printed) == 4
    assert "in English" in tdkt("--rules", "--lang", "en").stdout


def test_the_sheet_as_json() -> None:
    make("a.txt", "b.txt")
    sheet = json.loads(tdkt("a.txt", "-f", "json").stdout)
    assert (sheet["number"], sheet["issuer"]) == ("15/KH-UBND", "ỦY BAN NHÂN DÂN XÃ TÂN LẬP")
    assert [one["rule"] for one in sheet["findings"]] == ["B15", "B01", "U01", "B13"]
    finding = sheet["findings"][1]
    assert (finding["line"], finding["column"]) == (7, 8)
    assert finding["evidence"]["text"] == OLD
    cited = sheet["citations"][finding["citation"]]
    assert (cited["verdict"], cited["expired"]) == ("expired", "2025-07-01")
    assert [one["verdict"] for one in sheet["citations"]][::2] == ["in_force", "unknown"]
    several = json.loads(tdkt("a.txt", "b.txt", "-f", "json").stdout)
    assert [one["path"] for one in several] == ["a.txt", "b.txt"]
    lines = tdkt("a.txt", "b.txt", "-f", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == several


def test_the_name_of_the_output_says_how() -> None:
    make("a.txt")
    for name, begins in (
        ("o.json", "{\n"),
        ("o.jsonl", '{"path"'),
        ("o.sarif", '{\n  "$schema"'),
        ("o.html", "<!DOCTYPE html>"),
        ("o.txt", "a.txt:5: "),
    ):
        result = tdkt("a.txt", "-o", name)
        assert (result.exit_code, result.stdout) == (6, "")
        assert Path(name).read_text(encoding="utf-8").startswith(begins)
    assert tdkt("a.txt", "-o", "a.txt").exit_code == ExitCode.USAGE


# -- which documents


def test_a_stored_plan_is_audited_the_same() -> None:
    make("a.txt")
    plan = parse("a.txt")
    bare = plan.model_copy(
        update={"citations": [c.model_copy(update={"resolved": None}) for c in plan.citations]}
    )
    expected = [line.partition(": ")[2] for line in lines_of(tdkt("a.txt"))]
    for one in (plan, bare):
        Path("plan.json").write_text(one.to_json(), encoding="utf-8")
        for result in (tdkt("plan.json"), tdkt("-", stdin=one.to_json().encode())):
            assert result.exit_code == 6
            assert [line.partition(": ")[2] for line in lines_of(result)] == expected
        assert lines_of(tdkt("plan.json"))[0].startswith("plan.json: ")


def test_a_folder_of_plans() -> None:
    make("in/a.txt")
    Path("plans").mkdir()
    for name in ("b", "a"):
        Path(f"plans/{name}.json").write_text(parse("in/a.txt").to_json(), encoding="utf-8")
    found = json.loads(tdkt("plans", "-f", "json").stdout)
    assert [one["path"] for one in found] == ["plans/a.json", "plans/b.json"]
    make("plans/c.txt")
    found = json.loads(tdkt("plans", "-f", "json").stdout)
    assert [one["path"] for one in found] == ["plans/c.txt"]


def test_what_is_no_plan_is_named() -> None:
    Path("a.json").write_text('{"kind": 3}', encoding="utf-8")
    result = tdkt("a.json")
    assert result.exit_code == ExitCode.UNREADABLE
    assert "a.json is no Plan: kind is no text" in result.stderr


def test_a_document_that_fails_goes_before_findings() -> None:
    make("a.txt")
    Path("empty.txt").write_bytes(b"")
    both = tdkt("empty.txt", "a.txt")
    assert both.exit_code == ExitCode.SOME_FAILED
    assert len(lines_of(both)) == 4
    assert "Không đọc được 1 văn bản." in both.stderr
    assert tdkt("empty.txt").exit_code == ExitCode.UNREADABLE
    assert tdkt("empty.txt", "missing.txt").exit_code == ExitCode.ALL_FAILED


def test_what_could_not_be_read_is_printed_too() -> None:
    make("a.txt")
    Path("empty.txt").write_bytes(b"")
    for name in ("o.sarif", "o.html", "o.json"):
        assert tdkt("empty.txt", "a.txt", "-o", name).exit_code == ExitCode.SOME_FAILED
    [run] = json.loads(Path("o.sarif").read_text(encoding="utf-8"))["runs"]
    [invocation] = run["invocations"]
    assert invocation["executionSuccessful"] is False
    [note] = invocation["toolExecutionNotifications"]
    assert "empty" in note["message"]["text"]
    assert "empty.txt</span>: " in Path("o.html").read_text(encoding="utf-8")
    kept = {name: Path(name).read_bytes() for name in ("o.sarif", "o.html", "o.json")}
    for name, before in kept.items():
        for paths in (["empty.txt"], ["empty.txt", "missing.txt"]):
            tdkt(*paths, "-o", name)
            assert Path(name).read_bytes() == before
    for format_ in ("text", "json", "jsonl", "sarif", "html"):
        assert tdkt("empty.txt", "-f", format_).stdout == ""
    assert tdkt("empty.txt", "missing.txt", "-f", "json").stdout == "[]\n"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")
def test_a_name_that_is_no_text() -> None:
    name = os.fsdecode(b"a\xff.txt")
    make(name)
    for format_ in ("text", "json", "sarif", "html"):
        result = tdkt(name, "-f", format_, "-o", "out")
        assert result.exit_code == 6, result.stderr
        assert "xff" in Path("out").read_text(encoding="utf-8")


@pytest.fixture
def register(workplace: Path) -> Path:
    """A register in which the plan of the district is known."""
    rows = workplace / "rows.csv"
    rows.write_text(
        "id,kind,number,title,issuer,issued,effective\n"
        "kh-03,Kế hoạch,03/KH-UBND,công tác năm 2026,UBND huyện Bắc Sơn,2026-01-09,2026-01-09\n",
        encoding="utf-8",
    )
    path = workplace / "own" / "r.db"
    path.parent.mkdir()
    import_file(rows, path)
    rows.unlink()
    return path


def test_a_register_of_ones_own(register: Path) -> None:
    make("a.txt")
    Path("plan.json").write_text(parse("a.txt").to_json(), encoding="utf-8")
    for name in ("a.txt", "plan.json"):
        assert "U01" in tdkt(name).stdout
        assert "U01" not in tdkt(name, "--register", str(register)).stdout
    [*_, cited] = json.loads(tdkt("a.txt", "--register", str(register), "-f", "json").stdout)[
        "citations"
    ]
    assert cited["instrument"] == "kh-03"
    Path("tdkt.toml").write_text('register = "own/r.db"', encoding="utf-8")
    Path("deep").mkdir()
    assert "U01" not in tdkt("a.txt").stdout


@pytest.mark.parametrize("name", ["missing.db", "a.txt"])
def test_a_register_that_is_none(name: str) -> None:
    make("a.txt", "b.txt")
    result = tdkt("a.txt", "b.txt", "--register", name)
    assert (result.exit_code, result.stdout) == (ExitCode.UNREADABLE, "")
    assert result.stderr.count("register") >= 1
    assert result.stderr.count("\n") <= 1


# -- which rules


@pytest.mark.parametrize(
    ("arguments", "rules"),
    [
        (("--select", "B"), ["B15", "B01", "B13"]),
        (("--select", "b01,COMPETENCE"), ["B01", "B13"]),
        (("--select", "b01", "--select", "COMPETENCE"), ["B01", "B13"]),
        (("--select", "B", "--ignore", "B15", "--ignore", "B13"), ["B01"]),
        (("--ignore", "B1"), ["B01", "U01"]),
        (("--select", "B1", "--ignore", "form"), ["B13"]),
        (("--ignore", "U01"), ["B15", "B01", "B13"]),
    ],
)
def test_rules_are_chosen(arguments: tuple[str, ...], rules: list[str]) -> None:
    make("a.txt")
    result = tdkt("a.txt", *arguments)
    assert [_rule(line) for line in lines_of(result)] == rules
    assert "Chưa kiểm tra được: 1." in result.stderr
    assert ("--select U01" in result.stderr) is ("U01" not in rules)


@pytest.mark.parametrize(
    ("text", "said"), [("Xin chào.", True), ("Căn cứ tình hình thực tế của địa phương;", False)]
)
def test_that_no_basis_was_made_out_is_said(text: str, said: bool) -> None:
    Path("a.txt").write_text(f"KẾ HOẠCH\nCông tác thi đua năm 2024\n\n{text}\n", "utf-8")
    assert ("Không nhận ra căn cứ nào: 1 văn bản." in tdkt("a.txt").stderr) is said
    assert ("No basis was made out in 1." in tdkt("a.txt", "--lang", "en").stderr) is said


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_rule_that_is_not_there(option: str) -> None:
    make("a.txt")
    result = tdkt("a.txt", option, "B01,B99")
    assert result.exit_code == ExitCode.USAGE
    assert f"{option[2:]}: there is no rule 'B99'. There are B01 in-force, B13" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--fail-on", "error"), 6),
        (("--fail-on", "error", "--ignore", "B01"), 0),
        (("--fail-on", "warning", "--ignore", "B01"), 6),
        (("--fail-on", "warning", "--ignore", "B01,B13"), 0),
        (("--fail-on", "info", "--select", "U01"), 6),
        (("--fail-on", "never"), 0),
        (("--fail-on", "grave"), 2),
    ],
)
def test_from_which_level_it_fails(arguments: tuple[str, ...], code: int) -> None:
    make("a.txt")
    assert tdkt("a.txt", *arguments).exit_code == code


def test_rules_in_the_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    make("a.txt", "drafts/x/a.txt", "drafts/b.txt", "old.txt")
    Path("tdkt.toml").write_text(
        'select = ["B"]\nfail_on = "error"\n'
        "[per_file_ignores]\n"
        '"drafts/**/*.txt" = ["B15"]\n'
        '"old.txt" = ["B"]\n',
        encoding="utf-8",
    )
    found = json.loads(tdkt(".", "-f", "json").stdout)
    assert {one["path"]: [f["rule"] for f in one["findings"]] for one in found} == {
        "a.txt": ["B15", "B01", "B13"],
        "drafts/b.txt": ["B01", "B13"],
        "drafts/x/a.txt": ["B01", "B13"],
        "old.txt": [],
    }
    assert tdkt("old.txt").exit_code == 0
    monkeypatch.chdir("drafts")
    assert [_rule(line) for line in lines_of(tdkt("b.txt"))] == ["B01", "B13"]
    monkeypatch.setenv("TDKT_SELECT", "B15,U01")
    assert [_rule(line) for line in lines_of(tdkt("b.txt"))] == ["U01"]


def archive(path: str, **members: str) -> None:
    """A zip of texts, by their names without ``.txt``."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as made:
        for name, text in members.items():
            made.writestr(f"{name}.txt", text)


def test_archives_are_audited_as_folders() -> None:
    archive("in/p.zip", a=TEXT, b=TEXT, c="")
    make("in/d.txt")
    Path("tdkt.toml").write_text('[per_file_ignores]\n"b.txt" = ["B"]\n', encoding="utf-8")
    for given in ("in", "in/p.zip"):
        result = tdkt(given, "-f", "json")
        assert result.exit_code == ExitCode.SOME_FAILED
        assert "in/p.zip!c.txt: The file is empty." in result.stderr
        found = {one["path"]: [f["rule"] for f in one["findings"]] for one in _json(result)}
        assert found["in/p.zip!a.txt"] == ["B15", "B01", "U01", "B13"]
        assert found["in/p.zip!b.txt"] == ["U01"]
        assert ("in/d.txt" in found) is (given == "in")
    tdkt("in", "--report", "out")
    documents = {row["document"] for row in table("out/findings.csv")}
    assert documents == {"in/d.txt", "in/p.zip!a.txt", "in/p.zip!b.txt"}
    archive("one.zip", a=TEXT)
    assert isinstance(_json(tdkt("one.zip", "-f", "json")), list)
    archive("none.zip")
    assert tdkt("none.zip").exit_code == ExitCode.UNREADABLE


def test_plans_of_a_file_are_audited_each() -> None:
    """What ``tdkt parse`` printed of several documents, as an array or a line each."""
    make("a.txt", "b.txt")
    plans = [json.loads(parse(name).to_json()) for name in ("a.txt", "b.txt")]
    Path("all.json").write_text(json.dumps(plans), encoding="utf-8")
    lines = [json.dumps(plan) for plan in plans]
    Path("all.jsonl").write_text("\n".join([*lines, "", '{"a": 1}']), encoding="utf-8")
    for name in ("all.json", "all.jsonl"):
        result = tdkt(name, "-f", "json")
        found = _json(result)
        assert [one["path"] for one in found] == [f"{name}!a.txt", f"{name}!b.txt"]
        assert [one["rule"] for one in found[0]["findings"]] == ["B15", "B01", "U01", "B13"]
    assert result.exit_code == ExitCode.UNREADABLE  # The last line is no Plan.
    assert "all.jsonl, line 4 is no Plan" in result.stderr
    Path("bare.json").write_text("[{}, {}]", encoding="utf-8")
    assert [one["path"] for one in _json(tdkt("bare.json", "-f", "json"))] == [
        "bare.json!item 1", "bare.json!item 2",
    ]  # fmt: skip
    piped = tdkt("-", "-f", "json", stdin=json.dumps(plans).encode())
    assert [one["path"] for one in _json(piped)] == ["-!a.txt", "-!b.txt"]
    assert isinstance(_json(tdkt("-", "-f", "json", stdin=lines[0].encode())), dict)
    spared = '[per_file_ignores]\n"b.txt" = ["B"]\n'
    Path("tdkt.toml").write_text(spared, encoding="utf-8")
    assert [one["rule"] for one in _json(tdkt("all.json", "-f", "json"))[1]["findings"]] == ["U01"]


@pytest.mark.parametrize("start", ["[BẢN NHÁP] ", "[1] ", "[ "])
def test_a_text_that_begins_with_a_bracket_is_a_text(start: str) -> None:
    result = tdkt("-", "-f", "json", stdin=(start + TEXT).encode())
    assert result.exit_code == ExitCode.FINDINGS
    assert _json(result)["findings"]


def test_plans_of_a_folder_count_where_there_are_no_documents() -> None:
    make("in/a.txt")
    Path("in/p.jsonl").write_text(parse("in/a.txt").to_json(indent=None) + "\n", encoding="utf-8")
    assert "Đã kiểm tra 1 văn bản" in tdkt("in").stderr
    Path("in/a.txt").unlink()
    assert lines_of(tdkt("in"))[0].startswith("in/p.jsonl!a.txt: ")


def _json(result: Result) -> Any:
    return json.loads(result.stdout)


def test_a_page_beside_the_documents_is_written_again() -> None:
    """What was written on a first run is no document of the second."""
    make("in/a.txt")
    for _ in range(2):
        assert tdkt("in", "-o", "in/o.html").exit_code == ExitCode.FINDINGS
        assert tdkt("in", "--report", "in/out").exit_code == ExitCode.FINDINGS
    assert tdkt("in").stderr.splitlines()[-1].startswith("Đã kiểm tra 1 văn bản")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("select = 3", "names of rules"),
        ("per_file_ignores = 3", "a table"),
        ('[per_file_ignores]\n"*.txt" = ["B99"]', "per_file_ignores, */*.txt: there is no rule"),
        ('fail_on = "x"', "one of error"),
    ],
)
def test_a_wrong_configuration_is_named(content: str, words: str) -> None:
    make("a.txt")
    Path("tdkt.toml").write_text(content, encoding="utf-8")
    result = tdkt("a.txt")
    assert result.exit_code == ExitCode.USAGE
    assert words in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Give a file or a folder"),
        (("a.txt", "-o", "."), "is a folder"),
        (("a.txt", "-o", "o.docx"), "End it in one of .json, .jsonl, .sarif, .html"),
        (("a.txt", "--report", "out", "-f", "json"), "without -f"),
        (("a.txt", "b.txt", "--annotate", "out.docx"), "for one document"),
        ((".", "--annotate", "out.docx"), "for one document"),
        (("a.txt", "--annotate", "./a.txt"), "is the document to be read"),
        (("a.docx", "--annotate", "."), "is a folder"),
        (("a.docx", "--annotate", "b.docx", "-o", "b.docx"), "is the output too"),
        (("a.docx", "--annotate", "b.pdf"), "End it in .docx"),
        (("a.txt", "--annotate", "b.docx"), "No comment is put into a file like a.txt. Save"),
        (("a.json", "--annotate", "b.docx"), "no words to put comments at"),
        (("a.zip", "--annotate", "b.zip"), "No comment is put into a file like a.zip. Save"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], words: str) -> None:
    make("a.txt", "b.txt")
    result = tdkt(*arguments)
    assert result.exit_code == ExitCode.USAGE
    assert words in result.stderr
    assert sorted(path.name for path in Path().iterdir()) == ["a.txt", "b.txt"]


# -- comments


@pytest.fixture
def draft(workplace: Path) -> Path:
    """The plan as a Word file, its letterhead in a table and a basis in several runs."""
    file = docx.Document()
    head = file.add_table(2, 2)
    motto = LINES[0].split("\t")[1] + "\nĐộc lập - Tự do - Hạnh phúc"
    texts = ("ỦY BAN NHÂN DÂN\nXÃ TÂN LẬP", motto, *LINES[2].split("\t"))
    for cell, text in zip(head._cells, texts, strict=True):
        cell.text = text
    for line in LINES[3:]:
        paragraph = file.add_paragraph()
        for number, part in enumerate(line.split("2023")):
            paragraph.add_run(("2023" if number else "") + part).bold = bool(number % 2)
    path = workplace / "draft.docx"
    file.save(str(path))
    return path


def test_a_finding_says_in_which_cell_its_words_are(
    workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A task is read from a row of a table; what is found in it stands in one of its cells."""
    monkeypatch.undo()
    monkeypatch.setenv("XDG_DATA_HOME", str(workplace / "no register"))
    monkeypatch.chdir(workplace)
    file = docx.Document()
    for line in ("UBND XÃ TÂN LẬP", "Tân Lập, ngày 15 tháng 3 năm 2024", "KẾ HOẠCH", "Thi đua"):
        file.add_paragraph(line)
    rows = file.add_table(2, 4, style="Table Grid").rows
    for cell, text in zip(
        (*rows[0].cells, *rows[1].cells),
        ("STT", "Nội dung", "Chủ trì", "Thời gian", "1", "Phát động", "VP", "Ngày 31/11/2024"),
        strict=True,
    ):
        cell.text = text
    file.save("a.docx")
    [found] = _json(tdkt("a.docx", "-f", "json", "--select", "D01"))["findings"]
    assert found["evidence"]["text"] == "Ngày 31/11/2024"
    assert found["evidence"]["cell"] == {"path": "t1.r2.c4.p1", "start": 0, "end": 15}


def paragraphs_of(path: str | Path) -> list[str]:
    return [p.text for p in docx.Document(str(path)).paragraphs]


def test_comments_stand_at_the_words(draft: Path) -> None:
    before = draft.read_bytes()
    result = tdkt("draft.docx", "--annotate", "out.docx")
    assert result.exit_code == 6
    assert "Đã ghi 4 nhận xét." in result.stderr
    assert len(lines_of(result)) == 4
    assert draft.read_bytes() == before
    assert paragraphs_of("out.docx") == paragraphs_of(draft)
    data = Path("out.docx").read_bytes()
    said = {text: anchored(data)[n].strip() for n, (_, text) in comments_of(data).items()}
    assert {author for author, _ in comments_of(data).values()} == {"tdkt-parse"}
    under = "Theo: Nghị định 30/2020/NĐ-CP, Phụ lục I."
    title = LINES[4]
    assert said == {
        f"Lưu ý B15: (có thể) Trình bày: {title}.\n{under}": title,
        f"Lỗi B01: 98/2023/NĐ-CP đã hết hiệu lực.\n{under}": OLD,
        f"Lưu ý U01: Chưa kiểm tra được {UNKNOWN}.\n{under}": UNKNOWN,
        f"Cảnh báo B13: Thiếu căn cứ thẩm quyền.\n{under}": title,
    }


def test_libreoffice_has_the_comments_at_the_words(draft: Path) -> None:
    tdkt("draft.docx", "--annotate", "out.docx", "--ignore", "B15")
    again = libreoffice(Path("out.docx").resolve(), "docx").read_bytes()
    said = {text: anchored(again)[n].strip() for n, (_, text) in comments_of(again).items()}
    assert {text.partition(":")[0]: words for text, words in said.items()} == {
        "Lỗi B01": OLD,
        "Lưu ý U01": UNKNOWN,
        "Cảnh báo B13": LINES[4],
    }


def test_highlights_stand_at_the_boxes() -> None:
    shutil.copy(ROOT / "corpus" / "pdf_001.pdf", "a.pdf")
    result = tdkt("a.pdf", "--annotate", "out.pdf", "--select", "B15,U01", "--lang", "en")
    assert result.exit_code == 6
    data = Path("out.pdf").read_bytes()
    assert data.startswith(Path("a.pdf").read_bytes())
    found = json.loads(tdkt("a.pdf", "-f", "json", "--select", "B15,U01").stdout)["findings"]
    highlights = highlights_of(data)
    assert len(highlights) == len(found) >= 2
    assert f"{len(found)} comments were written." in result.stderr
    for one, highlight in zip(found, highlights, strict=True):
        boxes = one["evidence"]["boxes"]
        assert highlight.page == boxes[0]["page"]
        assert len(highlight.quads) == len(boxes)
        for quad, box in zip(highlight.quads, boxes, strict=True):
            assert min(quad[::2]) == pytest.approx(box["x0"], abs=1)
            assert max(quad[::2]) == pytest.approx(box["x1"], abs=1)
        assert highlight.texts["T"] == "tdkt-parse"
        assert highlight.texts["Contents"].startswith(f"Info {one['rule']}: ")


def test_no_comment_can_be_put_into_a_text() -> None:
    make("a.txt")
    result = tdkt("a.txt", "--annotate", "out.txt")
    assert result.exit_code == ExitCode.UNREADABLE
    assert "This is no Word file" in result.stderr
    assert not Path("out.txt").exists()


def test_comments_by_standard_input(draft: Path) -> None:
    result = tdkt("-", "--annotate", "out.docx", stdin=draft.read_bytes())
    assert result.exit_code == 6
    assert len(comments_of(Path("out.docx").read_bytes())) == 4


# -- the report


def table(path: str) -> Iterator[dict[str, str]]:
    data = Path(path).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))


def test_a_report_over_a_folder() -> None:
    make("in/a.txt")
    make("in/b.txt", text=TEXT.replace("2026", "2025").replace("số 98/2023/NĐ-CP", "98/2023/NĐ-CP"))
    Path("in/c.txt").write_bytes(b"")
    result = tdkt("in", "--report", "out", "-q")
    assert result.exit_code == ExitCode.SOME_FAILED
    assert sorted(path.name for path in Path("out").iterdir()) == [
        "citations.csv", "copied.csv", "findings.csv", "index.html", "instruments.csv",
        "issuers.csv", "variants.csv",
    ]  # fmt: skip
    [line] = [line for line in lines_of(result) if line.startswith("Nghị định 98/2023/NĐ-CP")]
    assert line.split()[-4:] == ["2", "2", "2025–2026", "1"]
    by_name = {one["name"]: one for one in table("out/instruments.csv")}
    decree = by_name["Nghị định 98/2023/NĐ-CP"]
    assert (decree["times"], decree["documents"], decree["spellings"]) == ("2", "2", "2")
    assert (decree["in_force"], decree["expired"]) == ("1", "1")
    assert (decree["first_year"], decree["last_year"]) == ("2025", "2026")
    [issuer] = table("out/issuers.csv")
    assert (issuer["documents"], issuer["bases"], issuer["expired"]) == ("2", "6", "1")
    rows = list(table("out/citations.csv"))
    assert len(rows) == 6
    assert {row["document"] for row in rows} == {"in/a.txt", "in/b.txt"}
    assert {row["plan_date"] for row in rows} == {"2026-01-15", "2025-01-15"}
    assert [row["spelling"] for row in table("out/variants.csv")] == [
        OLD, OLD.replace("số ", ""),
    ]  # fmt: skip
    findings = list(table("out/findings.csv"))
    assert {row["rule"] for row in findings} == {"B01", "B13", "B15", "U01"}
    assert "Không đọc được 1 văn bản<" in Path("out/index.html").read_text(encoding="utf-8")


def test_a_report_of_nothing_leaves_the_folder_as_it_was() -> None:
    Path("in").mkdir()
    Path("in/c.txt").write_bytes(b"")
    result = tdkt("in", "--report", "out")
    assert result.exit_code == ExitCode.UNREADABLE
    assert list(Path("out").iterdir()) == []


def test_a_report_does_not_overwrite_what_is_read() -> None:
    make("a.txt")
    Path("index.html").symlink_to("a.txt")
    result = tdkt("a.txt", "--report", ".")
    assert result.exit_code == ExitCode.USAGE
    assert Path("a.txt").read_text(encoding="utf-8") == TEXT
