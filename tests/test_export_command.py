"""``tdkt export``, ``diff`` and ``graph`` from outside: what they write, and their exit codes."""

import csv
import errno
import io
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from tdkt_parse import cli, dispatch, parse
from tdkt_parse.compare import Comparison
from tdkt_parse.exceptions import ExitCode, TdktError
from tdkt_parse.export import EXPORTERS, WHATS, Exporter, Filed, export_plans

ROOT = Path(__file__).resolve().parent.parent
CORPUS = "001_4a751277778522b7.txt"

PLAN = """{organ}

Số: {number}

{place}

KẾ HOẠCH
Công tác thi đua, khen thưởng năm {year}

{bases}

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Đẩy mạnh phong trào thi đua.
II. NỘI DUNG
1. Quý I
{first}
2. Quý IV
{last}
"""

OLD = {
    "organ": "ỦY BAN NHÂN DÂN XÃ TÂN LẬP",
    "number": "05/KH-UBND",
    "place": "Tân Lập, ngày 15 tháng 01 năm 2023",
    "year": "2023",
    "bases": "Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ;",
    "first": "- Phát động phong trào thi đua năm 2023.\n- Ký kết giao ước thi đua năm 2023.",
    "last": "- Tổng kết công tác thi đua, khen thưởng năm 2023.",
}
NEW = OLD | {
    "place": "Tân Lập, ngày 15 tháng 01 năm 2024",
    "year": "2024",
    "bases": "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ;\n"
    "Thực hiện Kế hoạch số 03/KH-UBND ngày 09/01/2024 của UBND huyện Bắc Sơn;",
    "first": "- Phát động phong trào thi đua năm 2024.\n- Rà soát quy chế khen thưởng của xã.",
    "last": "- Tổng kết công tác thi đua, khen thưởng năm 2024.",
}
DISTRICT = NEW | {
    "organ": "ỦY BAN NHÂN DÂN HUYỆN BẮC SƠN",
    "number": "03/KH-UBND",
    "place": "Bắc Sơn, ngày 09 tháng 01 năm 2024",
    "bases": "Căn cứ Luật Thi đua, khen thưởng ngày 15/6/2022;",
}
DISTRICT_NAME = "Kế hoạch 03/KH-UBND (ỦY BAN NHÂN DÂN HUYỆN BẮC SƠN, 09/01/2024)"


@pytest.fixture(autouse=True)
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three plans and one file that is none; no settings."""
    for name in [name for name in os.environ if name.startswith("TDKT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "no register"))
    folder = tmp_path / "plans"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name, words in (("2023", OLD), ("2024", NEW), ("district", DISTRICT)):
        Path(f"{name}.txt").write_text(PLAN.format(**words), encoding="utf-8")
    return folder


def tdkt(*arguments: str, stdin: bytes | None = None) -> Result:
    result = CliRunner().invoke(cli.app, arguments, input=stdin)
    if isinstance(result.exception, TdktError):
        result.exit_code = int(result.exception.exit_code)
        result.stderr_bytes = (result.stderr_bytes or b"") + str(result.exception).encode()
    elif result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def names() -> list[str]:
    """What is in the folder."""
    return sorted(path.name for path in Path().iterdir())


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


# -- export


def test_a_folder_becomes_a_workbook() -> None:
    assert tdkt("export", ".", "-o", "out.xlsx", "-q").exit_code == ExitCode.OK
    book = openpyxl.load_workbook("out.xlsx")
    assert [sheet.max_row for sheet in book][:2] == [4, 10]
    assert book["Phát hiện"].max_row > 1
    assert names() == ["2023.txt", "2024.txt", "district.txt", "out.xlsx"]


def test_one_bad_file_stops_no_other() -> None:
    Path("bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    result = tdkt("export", "2023.txt", "bad.pdf", "2024.txt", "-f", "csv", "--what", "plans")
    assert result.exit_code == ExitCode.SOME_FAILED
    assert [row["file"] for row in rows_of(result.stdout)] == ["2023.txt", "2024.txt"]
    assert "bad.pdf" in result.stderr


# -- from the database


def test_the_database_gives_what_the_files_give() -> None:
    assert tdkt("import", ".", "--db", "../plans.sqlite", "-q").exit_code == ExitCode.OK
    for what in WHATS:
        of_files = tdkt("export", ".", "-f", "csv", "--what", what, "-q").stdout
        stored = tdkt("export", "--db", "../plans.sqlite", "-f", "csv", "--what", what)
        assert stored.exit_code == ExitCode.OK
        rows = rows_of(stored.stdout)
        for row in rows:
            row["file"] = Path(row["file"]).name
        key = str
        assert sorted(rows, key=key) == sorted(rows_of(of_files), key=key)
        assert rows
    assert tdkt("export", "--db", "../plans.sqlite", "-o", "out.xlsx").exit_code == ExitCode.OK
    assert openpyxl.load_workbook("out.xlsx")["Phát hiện"].max_row > 1


@pytest.mark.parametrize(
    ("asked", "files"),
    [
        (["--year", "2023"], ["2023.txt"]),
        (["--year", "2024"], ["2024.txt", "district.txt"]),
        (["--issuer", "UBND huyện Bắc Sơn", "--level", "district"], ["district.txt"]),
        (["--cites", "98/2023/NĐ-CP"], ["2024.txt"]),
        (["--search", "ra soat quy che", "--quarter", "1"], ["2024.txt", "district.txt"]),
        (["--search", "khongcotunay"], []),
    ],
)
def test_what_is_asked_of_the_database(asked: list[str], files: list[str]) -> None:
    tdkt("import", ".", "--db", "../plans.sqlite", "-q")
    Path("out.csv").write_text("before", encoding="utf-8")
    done = tdkt("export", "--db", "../plans.sqlite", "--what", "plans", "-o", "out.csv", *asked)
    assert done.exit_code == ExitCode.OK
    rows = rows_of(Path("out.csv").read_text(encoding="utf-8"))
    assert sorted(Path(row["file"]).name for row in rows) == files
    assert ("Không tìm thấy" in done.stderr) is (not files)


def test_corrections_are_exported() -> None:
    tdkt("import", "2024.txt", "--db", "../plans.sqlite", "-q")
    correct = ("db", "correct", "2024.txt", "/tasks/0/lead", '["Văn phòng"]')
    assert tdkt(*correct, "--db", "../plans.sqlite").exit_code == ExitCode.OK
    rows = rows_of(tdkt("export", "--db", "../plans.sqlite", "-f", "csv").stdout)
    assert rows[0]["lead"] == "Văn phòng"


def test_a_database_that_is_not_there_and_filters_of_files() -> None:
    assert tdkt("export", "--db", "../none.sqlite", "-f", "csv").exit_code == ExitCode.STORAGE
    assert tdkt("export", "-f", "csv").exit_code == ExitCode.STORAGE
    assert tdkt("export", "2023.txt", "-f", "csv", "--year", "2023").exit_code == ExitCode.USAGE
    assert tdkt("export", "2023.txt", "-f", "csv", "--db", "x").exit_code == ExitCode.USAGE


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx", "out.ics", "out.html", "out.jsonl"])
def test_where_all_failed_the_file_of_before_stays(name: str) -> None:
    Path("bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    Path(name).write_text("before", encoding="utf-8")
    assert tdkt("export", "bad.pdf", "gone.txt", "-o", name).exit_code == ExitCode.ALL_FAILED
    assert Path(name).read_text(encoding="utf-8") == "before"
    assert not [one for one in names() if one.endswith(".tmp")]


def test_one_document_gives_its_own_code() -> None:
    assert tdkt("export", "gone.txt", "-f", "csv").exit_code == ExitCode.UNREADABLE


def test_what_is_read_is_not_overwritten() -> None:
    before = Path("2023.txt").read_bytes()
    result = tdkt("export", "2023.txt", "-f", "csv", "-o", "./2023.txt")
    assert result.exit_code == ExitCode.USAGE
    assert Path("2023.txt").read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("-f", "xlsx"),
        ("-f", "parquet", "-o", "-"),
        ("-o", "out.xyz"),
        ("-o", "."),
        ("-f", "ics", "--what", "plans"),
        ("-f", "xlsx", "-o", "a.xlsx", "--bom"),
    ],
)
def test_wrong_use_is_said_before_anything_is_written(arguments: Sequence[str]) -> None:
    assert tdkt("export", "2023.txt", *arguments).exit_code == ExitCode.USAGE
    assert names() == ["2023.txt", "2024.txt", "district.txt"]


def test_a_device_is_written_to_and_not_replaced() -> None:
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        result = tdkt("export", "2023.txt", "-f", "csv", "-o", "pipe", "-q")
        assert result.exit_code == ExitCode.OK
        assert os.read(reader, 20).startswith(b"file,plan_number")
    finally:
        os.close(reader)
    assert Path("pipe").is_fifo()


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_plans_that_were_kept_are_taken_too(form: str) -> None:
    assert tdkt("parse", "2023.txt", "2024.txt", "-o", f"kept.{form}").exit_code == ExitCode.OK
    direct = tdkt("export", "2023.txt", "2024.txt", "-f", "csv", "-q").stdout
    assert tdkt("export", f"kept.{form}", "-f", "csv", "-q").stdout == direct
    kept = Path(f"kept.{form}").read_bytes()
    assert tdkt("export", "-", "-f", "csv", "-q", stdin=kept).stdout == direct


def test_a_folder_of_plans() -> None:
    Path("kept").mkdir()
    assert tdkt("parse", ".", "-o", "kept/", "-f", "json").exit_code == ExitCode.OK
    result = tdkt("export", "kept", "-f", "csv", "--what", "plans", "-q")
    assert [row["file"] for row in rows_of(result.stdout)] == [
        "2023.txt", "2024.txt", "district.txt",
    ]  # fmt: skip


def test_a_bad_line_stops_no_other() -> None:
    lines = [parse("2023.txt").to_json(), '{"kind": 5}', "", parse("2024.txt").to_json(), "{"]
    Path("kept.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = tdkt("export", "kept.jsonl", "-f", "csv", "--what", "plans")
    assert len(rows_of(result.stdout)) == 2
    assert result.exit_code == ExitCode.UNREADABLE
    assert "line 2" in result.stderr
    assert "1 more" in result.stderr


def test_a_large_file_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    plans = [parse(f"{name}.txt").to_json() for name in ("2023", "2024", "district")]
    lines = [*plans * 3, "no plan", *plans * 3]
    Path("kept.jsonl").write_text("\n".join(lines), encoding="utf-8")
    whole = tdkt("export", "kept.jsonl", "-f", "csv", "--what", "plans")
    monkeypatch.setattr(dispatch, "PIECE", 2 * len(plans[0].encode()))
    pieces = tdkt("export", "kept.jsonl", "-f", "csv", "--what", "plans")
    assert pieces.stdout == whole.stdout
    assert len(rows_of(pieces.stdout)) == 18
    assert "kept.jsonl, line 10 is no JSON" in whole.stderr
    assert "kept.jsonl, line 10 is no JSON" in pieces.stderr
    assert pieces.stderr.count("[") > whole.stderr.count("[")
    assert pieces.exit_code == ExitCode.SOME_FAILED


def test_lines_of_a_first_that_is_none() -> None:
    Path("kept.jsonl").write_text("{\n" + parse("2023.txt").to_json(), encoding="utf-8")
    assert len(rows_of(tdkt("export", "kept.jsonl", "-f", "csv", "--what", "plans").stdout)) == 1


@pytest.mark.parametrize("text", ["", "[]", "{", "[1]", "null", "{}\n{}x"])
def test_no_plans(text: str) -> None:
    Path("kept.jsonl").write_text(text, encoding="utf-8")
    assert tdkt("export", "kept.jsonl", "-f", "csv").exit_code == ExitCode.UNREADABLE


def test_what_a_format_leaves_out_is_said() -> None:
    result = tdkt("export", "2023.txt", "-f", "ics", "-q", "--lang", "en")
    assert result.stdout.startswith("BEGIN:VCALENDAR")
    assert "3 tasks have no day" in result.stderr


def test_findings_are_those_of_the_audit() -> None:
    result = tdkt("export", "2024.txt", "-f", "csv", "--what", "findings", "-q")
    audited = json.loads(tdkt("audit", "2024.txt", "-f", "json").stdout)
    assert [row["rule"] for row in rows_of(result.stdout)] == [
        one["rule"] for one in audited["findings"]
    ]


# -- diff


def test_two_years_are_compared() -> None:
    result = tdkt("diff", "2023.txt", "2024.txt", "--json")
    assert result.exit_code == ExitCode.OK
    found = Comparison.model_validate_json(result.stdout)
    assert [one.new.content for one in found.tasks if one.new and not one.old] == [
        "Rà soát quy chế khen thưởng của xã."
    ]
    assert [one.old.content for one in found.tasks if one.old and not one.new] == [
        "Ký kết giao ước thi đua năm 2023."
    ]
    assert [one.change for one in found.bases] == ["replaced", "added"]


def test_it_is_told_in_vietnamese() -> None:
    printed = tdkt("diff", "2023.txt", "2024.txt").stdout
    for said in (
        "Nhiệm vụ – Thêm mới (1)",
        "+ [Quý I] Rà soát quy chế khen thưởng của xã.",
        "Nhiệm vụ – Không còn (1)",
        "~ Nghị định 91/2017/NĐ-CP → Nghị định 98/2023/NĐ-CP",
        "+ Kế hoạch 03/KH-UBND",
        "Giữ nguyên: 2 nhiệm vụ, 0 căn cứ",
    ):
        assert said in printed
    english = tdkt("diff", "2023.txt", "2024.txt", "--lang", "en", "-f", "md").stdout
    assert "## Tasks – Dropped (1)" in english


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("2023.txt", "2024.txt"), ExitCode.OK),
        (("2023.txt", "2024.txt", "--exit-code"), ExitCode.DIFFERENT),
        (("2023.txt", "2023.txt", "--exit-code"), ExitCode.OK),
        (("2023.txt", "gone.txt"), ExitCode.UNREADABLE),
        ((".", "2024.txt"), ExitCode.USAGE),
        (("2023.txt", "2024.txt", "-o", "2024.txt"), ExitCode.USAGE),
        (("2023.txt", "2024.txt", "--json", "-f", "md"), ExitCode.USAGE),
    ],
)
def test_exit_codes_of_diff(arguments: Sequence[str], code: ExitCode) -> None:
    assert tdkt("diff", *arguments).exit_code == code


@pytest.mark.parametrize(
    ("name", "begins"),
    [("d.json", "{"), ("d.JSON", "{"), ("d.md", "# "), ("d.txt", "--- "), ("d", "--- ")],
)
def test_the_suffix_says_the_form_of_a_comparison(name: str, begins: str) -> None:
    assert tdkt("diff", "2023.txt", "2024.txt", "-o", name).exit_code == ExitCode.OK
    assert Path(name).read_text(encoding="utf-8").startswith(begins)


@pytest.mark.parametrize(
    ("arguments", "known"),
    [
        (("diff", "2023.txt", "2024.txt"), ".txt, .json, .md"),
        (("graph", ".", "-q"), ".txt, .json, .dot, .gv, .svg, .graphml"),
        (("parse", "2023.txt"), ".txt, .json, .jsonl, .md"),
    ],
)
def test_a_suffix_that_names_no_format_is_said(arguments: Sequence[str], known: str) -> None:
    before = sorted(Path().iterdir())
    for name in ("out.xyz", "v1.0", ".hidden"):
        result = tdkt(*arguments, "-o", name)
        assert result.exit_code == ExitCode.USAGE
        assert f"-o {name}" in result.stderr
        assert f"End it in one of {known}, or say what to write with --format." in result.stderr
    assert sorted(Path().iterdir()) == before
    assert tdkt(*arguments, "-o", "out.xyz", "-f", "json").exit_code == ExitCode.OK
    assert Path("out.xyz").read_text(encoding="utf-8").startswith("{")
    assert tdkt(*arguments, "-o", "-").exit_code == ExitCode.OK
    assert tdkt(*arguments, "-o", os.devnull).exit_code == ExitCode.OK


def test_plans_that_were_kept_are_compared() -> None:
    for name in ("2023", "2024"):
        assert tdkt("parse", f"{name}.txt", "-o", f"{name}.json").exit_code == ExitCode.OK
    assert (
        tdkt("diff", "2023.json", "2024.json").stdout == tdkt("diff", "2023.txt", "2024.txt").stdout
    )


# -- graph


def test_the_chain_is_a_table() -> None:
    result = tdkt("graph", ".", "-q")
    assert result.exit_code == ExitCode.OK
    assert result.stdout.splitlines() == [
        "Kế hoạch 05/KH-UBND (ỦY BAN NHÂN DÂN XÃ TÂN LẬP, 15/01/2023) [2023.txt]",
        "Kế hoạch 05/KH-UBND (ỦY BAN NHÂN DÂN XÃ TÂN LẬP, 15/01/2024) [2024.txt]",
        f"  → thực hiện: {DISTRICT_NAME} [district.txt]",
    ]


@pytest.mark.parametrize(
    ("name", "begins"),
    [("g.svg", "<svg "), ("g.dot", "digraph"), ("g.graphml", "<?xml"), ("g.json", "{")],
)
def test_the_suffix_says_the_form_of_a_graph(name: str, begins: str) -> None:
    assert tdkt("graph", ".", "-q", "-o", name).exit_code == ExitCode.OK
    assert Path(name).read_text(encoding="utf-8").startswith(begins)


def test_cited_documents_of_every_kind() -> None:
    assert "98/2023/NĐ-CP" not in tdkt("graph", ".", "-q").stdout
    assert "98/2023/NĐ-CP" in tdkt("graph", ".", "-q", "--all").stdout


def test_a_graph_goes_on_after_a_bad_file() -> None:
    result = tdkt("graph", "2023.txt", "gone.txt")
    assert result.exit_code == ExitCode.SOME_FAILED
    assert "05/KH-UBND" in result.stdout


# -- what is missing, what is full


@pytest.mark.parametrize(
    ("package", "name"), [("xlsxwriter", "xlsx"), ("icalendar", "ics"), ("pyarrow", "parquet")]
)
def test_a_package_that_is_missing_is_named(
    package: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    Path(f"out.{name}").write_text("before", encoding="utf-8")
    result = tdkt("export", "2023.txt", "-o", f"out.{name}")
    assert result.exit_code == ExitCode.MISSING_DEPENDENCY
    assert f"tdkt-parse[{name}]" in result.stderr
    assert Path(f"out.{name}").read_text(encoding="utf-8") == "before"


@pytest.mark.parametrize("name", ["xlsx", "csv", "ics", "parquet", "html"])
def test_a_full_disk_is_said(name: str) -> None:
    """The system's own full device."""
    result = tdkt("export", "2023.txt", "-f", name, "-o", "/dev/full")
    assert result.exit_code == ExitCode.USAGE
    assert "/dev/full cannot be written: No space left" in result.stderr


class Full(io.BytesIO):
    """A file on a disk that is full after some bytes."""

    def write(self, data: Any) -> int:
        if self.tell() > 100:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(data)


@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda one: one.name)
def test_a_disk_that_is_full_on_the_way(exporter: Exporter) -> None:
    files = [Filed(path=f"{n}", plan=parse(ROOT / "corpus" / CORPUS)) for n in range(3)]
    with pytest.raises(OSError, match="No space left"):
        export_plans(files, exporter, Full())
