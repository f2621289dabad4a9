"""
``tdkt render``: from a file of JSON to a document, and what is said of a file that is no Plan.
"""

import io
import json
from pathlib import Path
from typing import Any

import docx
import pytest
from render_plans import HEAD, with_
from typer.testing import CliRunner, Result

from tdkt_parse import cli, parse
from tdkt_parse.exceptions import ExitCode, TdktError, TooLarge, Unreadable
from tdkt_parse.models import Plan
from tdkt_parse.render import plan_file, read_plan, render_docx

ROOT = Path(__file__).resolve().parent.parent


def tdkt(*arguments: str, stdin: bytes | None = None) -> Result:
    """The command in this process; errors of the tree become exit codes as in ``main``."""
    result = CliRunner().invoke(cli.app, arguments, input=stdin)
    if isinstance(result.exception, TdktError):
        result.exit_code = int(result.exception.exit_code)
        result.stderr_bytes = (result.stderr_bytes or b"") + str(result.exception).encode()
    return result


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of JSON in an empty folder."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(HEAD, ensure_ascii=False), encoding="utf-8")
    return path


# ---------------------------------------------------------------- the command


@pytest.mark.parametrize("name", ["out.docx", "OUT.DOCX"])
def test_a_word_file(plan: Path, name: str) -> None:
    assert tdkt("render", str(plan), "-o", name).exit_code == ExitCode.OK
    paragraphs = [p.text for p in docx.Document(name).paragraphs]
    assert "Công tác thi đua, khen thưởng năm 2025" in paragraphs


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("out.md", "| **ỦY BAN NHÂN DÂN XÃ BẢN QUA** | **CỘNG HÒA"),
        ("out.markdown", "| **ỦY BAN NHÂN DÂN XÃ BẢN QUA** | **CỘNG HÒA"),
        ("out.html", "<!DOCTYPE html>"),
        ("out.htm", "<!DOCTYPE html>"),
    ],
)
def test_markdown_and_html(plan: Path, name: str, begins: str) -> None:
    assert tdkt("render", str(plan), "-o", name).exit_code == ExitCode.OK
    assert Path(name).read_text(encoding="utf-8").startswith(begins)


def test_from_standard_input(plan: Path) -> None:
    assert tdkt("render", "-", "-o", "out.md", stdin=plan.read_bytes()).exit_code == ExitCode.OK
    assert Path("out.md").exists()


def test_what_parse_prints_can_be_rendered(plan: Path) -> None:
    read = parse(ROOT / "corpus" / "word_001.docx")
    plan.write_text(read.to_json(), encoding="utf-8")
    assert tdkt("render", str(plan), "-o", "out.docx").exit_code == ExitCode.OK
    assert parse("out.docx").recipients[0].text == read.recipients[0].text


def test_nothing_is_left_behind(plan: Path) -> None:
    tdkt("render", str(plan), "-o", "out.md")
    plan.write_text("{", encoding="utf-8")
    before = Path("out.md").read_bytes()
    assert tdkt("render", str(plan), "-o", "out.md").exit_code == ExitCode.UNREADABLE
    assert Path("out.md").read_bytes() == before
    assert sorted(path.name for path in plan.parent.iterdir()) == ["out.md", "plan.json"]


@pytest.mark.parametrize(
    ("output", "code", "words"),
    [
        ("out.pdf", ExitCode.USAGE, "-o out.pdf does not say what to write. End it in .docx"),
        ("out", ExitCode.USAGE, "does not say what to write"),
        ("missing/out.md", ExitCode.USAGE, "missing/out.md cannot be written: No such file"),
        ("folder.md", ExitCode.USAGE, "is a folder"),
    ],
)
def test_where_nothing_can_be_written(plan: Path, output: str, code: int, words: str) -> None:
    (plan.parent / "folder.md").mkdir()
    result = tdkt("render", str(plan), "-o", output)
    assert result.exit_code == code
    assert words in result.stderr


def test_the_plan_is_not_overwritten(plan: Path) -> None:
    named = plan.rename(plan.with_name("plan.md"))
    result = tdkt("render", str(named), "-o", "plan.md")
    assert result.exit_code == ExitCode.USAGE
    assert "is the Plan to be read" in result.stderr


def test_a_plan_that_is_not_there(plan: Path) -> None:
    result = tdkt("render", str(plan.with_name("no.json")), "-o", "out.md")
    assert result.exit_code == ExitCode.UNREADABLE
    assert "no.json cannot be read: No such file" in result.stderr


def test_where_to_must_be_said(plan: Path) -> None:
    assert tdkt("render", str(plan)).exit_code == ExitCode.USAGE


# ---------------------------------------------------------------- the file


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "plan.json is no JSON: Expecting value, line 1, column 1."),
        (b'{"kind": }', "plan.json is no JSON: Expecting value, line 1, column 10."),
        (b"\xff\xfe", "plan.json is not in UTF-8: byte 0 is none."),
        (b"[]", "plan.json is no Plan, but a list."),
        (b"3", "plan.json is no Plan, but a single value."),
        (b"[" * 100_000, "plan.json is nested too deep to be a Plan."),
        (b'{"tieude": "a"}', "plan.json is no Plan: tieude is no field of it."),
        (b'{"kind": 3}', "kind is no text"),
        (b'{"tasks": {}}', "tasks is no list"),
        (b'{"tasks": [{"content": "a"}, {}]}', "tasks, item 2, content is missing"),
        (b'{"tasks": ["a"]}', "tasks, item 1 is no object with fields"),
        (b'{"tasks": [{"content": "a", "quarters": ["I"]}]}', "item 1 is no whole number"),
        (b'{"sections": [{"role": "x"}]}', "sections, item 1, role is none of"),
        (b'{"date": {"month": 13}}', "date, month is wrong"),
        (b'{"a": 1, "b": 1, "c": 1, "d": 1, "e": 1}', "and 2 more"),
    ],
)
def test_what_is_wrong_is_named(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_plan(data, "plan.json")
    assert words in str(caught.value)


def test_a_file_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_file, "LIMIT", 10)
    with pytest.raises(TooLarge):
        read_plan(json.dumps(HEAD).encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_evidence_and_source_may_be_left_out(encoding: str) -> None:
    plan = read_plan(json.dumps(HEAD, ensure_ascii=False).encode(encoding), "plan.json")
    assert plan.source.reader == "json"
    assert plan.source.name == "plan.json"
    assert plan.title is not None
    assert plan.title.evidence.spans == []
    assert [item.text for item in plan.recipients] == HEAD["recipients"]


@pytest.mark.parametrize("value", [None, "left out"])
def test_source_and_evidence_may_be_null(value: Any) -> None:
    data = with_(purpose=[{"text": "a", "evidence": None}], source=None)
    if value:
        del data["source"]
    assert read_plan(json.dumps(data).encode()).purpose[0].evidence.text == ""


def test_what_is_given_is_kept() -> None:
    plan = parse(ROOT / "corpus" / "word_000.docx")
    assert read_plan(plan.to_json().encode()) == plan


def test_a_document_is_rendered_as_often_as_one_likes() -> None:
    """Nothing is remembered from one document to the next."""
    plan = read_plan(json.dumps(HEAD).encode())
    assert isinstance(plan, Plan)
    first, second = (docx.Document(io.BytesIO(render_docx(plan))) for _ in range(2))
    assert [p.text for p in first.paragraphs] == [p.text for p in second.paragraphs]
