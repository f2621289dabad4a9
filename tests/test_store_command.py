"""``tdkt import``, ``search``, ``db`` and ``schema --sql`` from outside."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tdkt_parse import cli, parse, store
from tdkt_parse.exceptions import TdktError

ROOT = Path(__file__).resolve().parent.parent
TEXTS = sorted((ROOT / "corpus").glob("*.txt"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five plans, one of them twice, and a file that is none."""
    place = tmp_path / "in"
    place.mkdir()
    for path in TEXTS:
        shutil.copy(path, place)
    shutil.copy(TEXTS[0], place / "zz_copy.txt")
    (place / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    return place


def run(*arguments: str | Path, where: str, **more: Any) -> Result:
    """A command; errors of ours become the exit code, as the program makes them."""
    command = [*map(str, arguments), "--db", where]
    result = CliRunner(env={"TDKT_LANG": "en"}).invoke(cli.app, command, **more)
    if isinstance(result.exception, TdktError):
        result.exit_code = int(result.exception.exit_code)
    return result


def test_a_folder_is_put_in_once(folder: Path, where: str) -> None:
    done = run("import", folder, "-q", "-j1", where=where)
    assert done.exit_code == 4
    assert "5 new, 0 changed, 0 unchanged, 1 duplicate, 1 failed" in done.stderr
    assert "broken.pdf" in done.stderr
    again = run("import", folder, "-j1", where=where)
    assert "0 new, 0 changed, 5 unchanged, 1 duplicate, 1 failed" in again.stderr
    with store.open_store(where) as opened:
        report = store.check(opened, deep=True)
        assert report.faults == ()
        assert (report.counts["documents"], report.counts["files"]) == (5, 6)
        assert report.counts["runs"] == 1
        assert report.counts["findings"] > 0
        for path in TEXTS:
            plan = parse(path)
            assert store.load(opened, plan.source.sha256) == plan
    forced = run("import", TEXTS[0], "--force", where=where)
    assert forced.exit_code == 0
    assert "0 new, 0 changed, 1 unchanged" in forced.stderr


def test_standard_input_is_put_in(tmp_path: Path) -> None:
    where = str(tmp_path / "plans.sqlite")
    done = run("import", "-", where=where, input=TEXTS[0].read_bytes())
    assert done.exit_code == 0, done.output
    assert "1 new" in done.stderr


def test_what_was_put_in_is_found(folder: Path, where: str) -> None:
    run("import", folder, "-q", "-j1", where=where)
    found = run("search", "thi", "dua", "khen", "thuong", "--limit", "2", where=where)
    assert found.exit_code == 0
    assert "«thi đua, khen thưởng»" in found.stdout
    assert "--offset 2" in found.stderr
    as_json = json.loads(run("search", "thi dua", "--year", "2024", "--json", where=where).stdout)
    assert as_json["hits"]
    assert {"number", "title", "issuer", "date", "paths", "snippet"} <= set(as_json["hits"][0])
    none = run("search", "khongcotunay", where=where)
    assert (none.exit_code, none.stdout) == (0, "")
    assert "Nothing was found." in none.stderr
    assert run("search", "x", "--cites", "---", where=where).exit_code == 2


def test_the_database_is_looked_after(folder: Path, where: str, tmp_path: Path) -> None:
    first = TEXTS[0]
    plan = parse(first)
    assert run("db", "upgrade", where=where).exit_code == 0
    assert "up to date already" in run("db", "upgrade", where=where).stdout
    run("import", first, "-q", where=where)
    name = plan.source.sha256[:12]
    assert run("db", "correct", name, "/tasks/0/lead", '["Văn phòng"]', where=where).exit_code == 0
    assert run("db", "correct", name, "/tasks/999", "x", where=where).exit_code == 2
    shown = json.loads(run("db", "show", first, where=where).stdout)
    assert shown["tasks"][0]["lead"] == ["Văn phòng"]
    shown = json.loads(run("db", "show", name, "--as-read", where=where).stdout)
    assert shown == plan.to_dict()
    checked = run("db", "check", "--deep", where=where)
    assert checked.exit_code == 0
    assert "plans: 1\n" in checked.stdout
    copy = tmp_path / "copy.sqlite"
    assert run("db", "backup", copy, where=where).exit_code == 0
    assert run("db", "restore", copy, where=where).exit_code == 2
    assert run("db", "delete", name, where=where).exit_code == 2
    assert run("db", "delete", name, "--yes", where=where).exit_code == 0
    assert run("db", "show", name, where=where).exit_code == 2
    other = str(tmp_path / "other.sqlite")
    assert run("db", "restore", copy, where=other).exit_code == 0
    assert json.loads(run("db", "show", name, where=other).stdout)["tasks"][0]["lead"] == [
        "Văn phòng"
    ]


def test_a_database_that_is_not_there_gives_code_7(tmp_path: Path) -> None:
    done = run("search", "x", where=str(tmp_path / "none.sqlite"))
    assert done.exit_code == 7
    assert not (tmp_path / "none.sqlite").exists()


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_the_tables_are_printed(dialect: str) -> None:
    done = CliRunner().invoke(cli.app, ["schema", "--sql", "--dialect", dialect])
    assert done.exit_code == 0
    assert "CREATE TABLE tasks" in done.stdout
    assert "Chủ trì" in done.stdout
    assert ("JSONB" in done.stdout) is (dialect == "postgresql")
    assert CliRunner().invoke(cli.app, ["schema", "--dialect", dialect]).exit_code == 2
