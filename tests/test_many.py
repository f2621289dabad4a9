"""
Many documents, by ``tdkt parse`` and ``tdkt import``: what a second run does, what is passed over,
archives, and what an interruption leaves.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fakes
import pytest
from sqlalchemy import text as sql
from typer.testing import CliRunner, Result

from tdkt_parse import cli, intake, store
from tdkt_parse.exceptions import TdktError
from tdkt_parse.interrupts import ENDING, held_back
from tdkt_parse.manifest import Manifest
from tdkt_parse.sandbox import Outcome, Task
from tdkt_parse.settling import Settling

CORPUS = sorted((Path(__file__).resolve().parent.parent / "corpus").glob("*.txt"))
PATIENCE = 60.0


@pytest.fixture(autouse=True)
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("TDKT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "none"))
    monkeypatch.setenv("TDKT_LANG", "en")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def faked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents do what their names say."""
    monkeypatch.setitem(sys.modules, "tdkt_parse.pipeline", fakes.pipeline())


def tdkt(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(cli.app, list(map(str, arguments)))
    if isinstance(result.exception, TdktError):
        result.exit_code = int(result.exception.exit_code)
        result.stderr_bytes = (result.stderr_bytes or b"") + str(result.exception).encode()
    elif result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def make(*names: str) -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


def manifest(name: str = "m.jsonl") -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(name).read_bytes().splitlines()]


def inside(folder: str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


def statuses() -> list[tuple[str, str]]:
    return [(Path(line["path"]).name, line["status"]) for line in manifest()]


def pack(name: str, **files: str | Path) -> None:
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as archive:
        for name_inside, content in files.items():
            data = content.read_bytes() if isinstance(content, Path) else content.encode()
            archive.writestr(name_inside, data)


# -- a second run


PARSE = ("parse", "in", "-o", "out/", "--manifest", "m.jsonl", "-j2", "--timeout", "3")


@pytest.mark.usefixtures("faked")
def test_a_second_run_reads_what_is_new_or_changed() -> None:
    make("in/a.txt", "in/b.txt")
    assert tdkt(*PARSE).exit_code == 0
    assert inside("out") == ["a.json", "b.json"]
    assert statuses() == [("a.txt", "done"), ("b.txt", "done")]
    Path("out/a.json").write_text("mine", encoding="utf-8")
    make("in/c.txt")
    Path("in/b.txt").write_text("otherwise", encoding="utf-8")
    again = tdkt(*PARSE)
    assert "2 read, 1 unchanged, 0 duplicate, 0 failed" in again.stderr
    assert inside("out") == ["a.json", "b.json", "c.json"]
    assert Path("out/a.json").read_text(encoding="utf-8") == "mine", "it was not read again"
    assert statuses()[2:] == [("b.txt", "done"), ("c.txt", "done")]
    assert "3 read, 0 unchanged" in tdkt(*PARSE, "--force").stderr
    assert "3 read, 0 unchanged" in tdkt(*PARSE, "--changes", "reject").stderr


@pytest.mark.usefixtures("faked")
def test_what_is_done_but_gone_is_done_again() -> None:
    make("in/a.txt", "in/b.txt", "in/sub/a.txt")
    tdkt(*PARSE)
    assert inside("out") == ["a-2.json", "a.json", "b.json"]
    before = Path("out/a.json").read_bytes()
    Path("out/a.json").unlink()
    words = [line.split()[0] for line in tdkt(*PARSE, "--dry-run").stdout.splitlines()]
    assert sorted(words) == ["read", "unchanged", "unchanged"]
    again = tdkt(*PARSE)
    assert "1 read, 2 unchanged, 0 duplicate, 0 failed" in again.stderr
    assert "1 were done, but their files were gone: they were read again." in again.stderr
    assert Path("out/a.json").read_bytes() == before
    assert statuses()[3:] == [("a.txt", "done")]
    third = tdkt(*PARSE)
    assert "0 read, 3 unchanged" in third.stderr
    assert "gone" not in third.stderr
    shutil.rmtree("out")
    assert "2 were done" in tdkt(*PARSE, "--limit", "2").stderr
    vietnamese = (*PARSE, "--lang", "vi")
    tdkt(*vietnamese)
    Path("out/b.json").unlink()
    assert "1 văn bản đã xong nhưng tệp kết quả không còn" in tdkt(*vietnamese).stderr


@pytest.mark.usefixtures("faked")
def test_what_goes_to_standard_output_is_not_missed() -> None:
    make("in/a.txt", "in/b.txt")
    shutil.copy("in/a.txt", "in/z.txt")
    run = ("parse", "in", "-f", "jsonl", "--manifest", "m.jsonl")
    assert len(tdkt(*run).stdout.splitlines()) == 2
    again = tdkt(*run)
    assert again.stdout == ""
    assert "0 read, 2 unchanged, 1 duplicate" in again.stderr
    assert "gone" not in again.stderr


@pytest.mark.usefixtures("faked")
def test_what_failed_left_no_file_that_could_be_missed() -> None:
    make("in/a.txt", "in/locked.txt")
    tdkt(*PARSE)
    again = tdkt(*PARSE)
    assert "0 read, 1 unchanged, 0 duplicate, 1 failed" in again.stderr
    assert "gone" not in again.stderr


@pytest.mark.usefixtures("faked")
def test_what_was_written_to_another_folder_is_not_done_here() -> None:
    make("in/a.txt", "in/b.txt")
    assert tdkt(*PARSE).exit_code == 0
    there = ["other/" if one == "out/" else one for one in PARSE]
    assert tdkt(*there).exit_code == 0
    assert inside("other") == inside("out") == ["a.json", "b.json"]


@pytest.mark.usefixtures("faked")
def test_failures_are_remembered_until_they_are_to_be_tried_again() -> None:
    make("in/a.txt", "in/hang-1.txt", "in/locked.txt", "in/defect.txt")
    first = tdkt(*PARSE)
    assert first.exit_code == 4
    told = {Path(line["path"]).name: line for line in manifest()}
    assert {name: line["error"] for name, line in told.items()} == {
        "a.txt": None,
        "hang-1.txt": "TimedOut",
        "locked.txt": "Encrypted",
        "defect.txt": "Crashed",
    }
    assert [told[name]["exit_code"] for name in ("hang-1.txt", "locked.txt")] == [13, 11]
    assert told["hang-1.txt"]["seconds"] >= 3
    assert "TEXT" not in json.dumps(told)
    again = tdkt(*PARSE)
    assert again.exit_code == 4, "they are not read for all that"
    assert "0 read, 1 unchanged, 0 duplicate, 3 failed" in again.stderr
    assert "--retry-failed" in again.stderr
    assert len(manifest()) == 4
    fakes.BY_NAME["locked"] = fakes.echo
    try:
        third = tdkt(*PARSE, "--retry-failed")
    finally:
        fakes.BY_NAME["locked"] = fakes.raise_encrypted
    assert "1 read, 1 unchanged, 0 duplicate, 2 failed" in third.stderr
    assert "0 read, 2 unchanged, 0 duplicate, 2 failed" in tdkt(*PARSE).stderr


@pytest.mark.usefixtures("faked")
def test_more_time_is_a_reason_to_try_again() -> None:
    make("in/hang-1.txt")
    assert tdkt(*PARSE).exit_code == 13
    longer = [*PARSE[:-1], "3.5"]
    assert "longer than 3.5 seconds" in tdkt(*longer).stderr


@pytest.mark.usefixtures("faked")
def test_one_of_each_content_is_read() -> None:
    make("in/a.txt")
    shutil.copy("in/a.txt", "in/b.txt")
    shutil.copy("in/a.txt", "in/c.txt")
    assert "1 read, 0 unchanged, 2 duplicate" in tdkt(*PARSE).stderr
    assert inside("out") == ["a.json"]
    assert sorted(statuses()) == [
        ("a.txt", "done"), ("b.txt", "duplicate"), ("c.txt", "duplicate")
    ]  # fmt: skip
    assert {line["of"] for line in manifest()} == {None, str(Path("in/a.txt"))}
    assert "0 read, 1 unchanged, 2 duplicate" in tdkt(*PARSE).stderr
    assert len(manifest()) == 3
    without = tdkt("parse", "in", "-f", "jsonl", "-q")
    assert len(without.stdout.splitlines()) == 3, "without a manifest each is printed"


@pytest.mark.usefixtures("faked")
def test_to_see_what_would_be_done_changes_nothing() -> None:
    make("in/a.txt", "in/b.txt", "in/hang-1.txt")
    shutil.copy("in/a.txt", "in/z.txt")
    said = tdkt(*PARSE, "--dry-run")
    assert said.exit_code == 0
    assert [line.split() for line in said.stdout.splitlines()] == [
        ["read", "in/a.txt"],
        ["read", "in/b.txt"],
        ["read", "in/hang-1.txt"],
        ["duplicate", "in/z.txt"],
    ]
    assert inside(".") == ["in"]
    tdkt(*PARSE)
    before = Path("m.jsonl").read_bytes()
    words = [line.split()[0] for line in tdkt(*PARSE, "--dry-run").stdout.splitlines()]
    assert words == ["unchanged", "unchanged", "failed", "duplicate"]
    assert Path("m.jsonl").read_bytes() == before


@pytest.mark.usefixtures("faked")
def test_a_limit_is_of_those_that_are_read() -> None:
    make(*(f"in/{name}.txt" for name in "abcde"))
    for seen in (["a", "b"], ["a", "b", "c", "d"]):
        assert "There are more: --limit 2" in tdkt(*PARSE, "--limit", "2").stderr
        assert inside("out") == [f"{name}.json" for name in seen]
    assert "There are more" not in tdkt(*PARSE, "--limit", "2").stderr
    assert len(inside("out")) == 5


@pytest.mark.usefixtures("faked")
@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (["a", "b"], {"any": 0, "all": 0, "never": 0}),
        (["a", "locked"], {"any": 4, "all": 0, "never": 0}),
        (["locked", "defect"], {"any": 5, "all": 5, "never": 0}),
        (["locked"], {"any": 11, "all": 11, "never": 0}),
    ],
)
def test_how_many_have_to_fail(names: list[str], codes: dict[str, int]) -> None:
    make(*(f"{name}.txt" for name in names))
    paths = [f"{name}.txt" for name in names]
    assert tdkt("parse", *paths, "-f", "jsonl").exit_code == codes["any"]
    for how, code in codes.items():
        assert tdkt("parse", *paths, "-f", "jsonl", "--fail-on", how).exit_code == code


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--force"], "goes with --manifest"),
        (["--retry-failed"], "goes with --manifest"),
        (["--manifest", "m.jsonl", "-o", "out.jsonl"], "would hold only what this run reads"),
        (["--limit", "0"], "--limit"),
        (["--engine", "spark"], "--engine"),
        (["--ray-address", "10.0.0.5:6379"], "Add --engine ray"),
        (["--ray-address", "auto", "--engine", "process"], "Add --engine ray"),
        (["-o", "out.csv"], "End it in one of .txt, .json, .jsonl, .md"),
    ],
)
def test_what_makes_no_sense_is_said(more: list[str], words: str) -> None:
    make("in/a.txt")
    said = tdkt("parse", "in", *more)
    assert said.exit_code == 2
    assert words in said.stderr
    assert inside(".") == ["in"]


# -- archives


@pytest.mark.usefixtures("faked")
def test_an_archive_is_as_a_folder() -> None:
    pack("a.zip", **{"thư mục/b.txt": "1", "c.txt": "2", "d.xlsx": "3"})
    done = tdkt("parse", "a.zip", "-f", "json")
    assert done.exit_code == 0, done.stderr
    assert len(json.loads(done.stdout)) == 2
    assert "[1/2] a.zip!" in done.stderr
    make("in/e.txt")
    shutil.move("a.zip", "in/a.zip")
    assert len(tdkt("parse", "in", "-f", "jsonl", "-q").stdout.splitlines()) == 3


@pytest.mark.usefixtures("faked")
def test_names_in_an_archive_lead_nowhere(workplace: Path) -> None:
    long = "k" * 300
    pack("a.zip", **{"../../up.txt": "1", "/abs.txt": "2", "x/up.txt": "3", f"{long}.txt": "4"})
    before = sorted(workplace.parent.iterdir())
    assert tdkt("parse", "a.zip", "-o", "out/", "--manifest", "m.jsonl").exit_code == 0
    assert inside("out") == ["abs.json", f"{'k' * 180}.json", "up-2.json", "up.json"]
    assert sorted(workplace.parent.iterdir()) == before
    assert manifest()[0]["path"] == f"{workplace}/a.zip!../../up.txt"
    again = tdkt("parse", "a.zip", "-o", "out/", "--manifest", "m.jsonl")
    assert "0 read, 4 unchanged" in again.stderr


@pytest.mark.usefixtures("faked")
def test_the_files_of_an_archive_keep_their_names_when_some_are_done() -> None:
    """Of two of one name the second is the second, in the next run too."""
    pack("a.zip", **{"x/p.txt": "1", "y/p.txt": "2"})
    run = ("parse", "a.zip", "-o", "out/", "--manifest", "m.jsonl")
    tdkt(*run)
    first = Path("out/p.json").read_bytes()
    pack("a.zip", **{"x/p.txt": "1", "y/p.txt": "changed"})
    Path("out/p-2.json").unlink()
    tdkt(*run)
    assert Path("out/p.json").read_bytes() == first
    assert Path("out/p-2.json").exists()


@pytest.mark.usefixtures("faked")
def test_what_is_wrong_in_an_archive_stops_nothing() -> None:
    pack("in.zip", **{"a.txt": "1"})
    with zipfile.ZipFile("a.zip", "w") as archive:
        archive.writestr("a.txt", "words")
        archive.write("in.zip")
        archive.writestr("broken.zip", "none")
    data = Path("a.zip").read_bytes().replace(b"words", b"wordz")
    Path("a.zip").write_bytes(data)
    done = tdkt("parse", "a.zip", "-f", "jsonl", "--manifest", "m.jsonl")
    assert done.exit_code == 4
    assert len(done.stdout.splitlines()) == 1
    assert "a.zip!a.txt: It is damaged in the archive." in done.stderr
    assert [(line["stage"], line["error"]) for line in manifest() if line["error"]] == [
        ("open", "Unreadable")
    ] * 2
    pack("none.zip", **{"a.xlsx": "1"})
    assert tdkt("parse", "none.zip").exit_code == 10


def test_a_word_file_called_zip_is_a_document() -> None:
    shutil.copy(next(CORPUS[0].parent.glob("*.docx")), "plan.zip")
    done = tdkt("parse", "plan.zip", "-f", "json")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["title"]


# -- import


def rows(database: str, query: str) -> list[Any]:
    with store.open_store(database) as opened:
        return opened.read(
            lambda connection: [tuple(row) for row in connection.execute(sql(query))]
        )


IMPORT = ("import", "in", "--db", "plans.sqlite", "--manifest", "m.jsonl", "-j1")


def fill() -> None:
    Path("in").mkdir()
    for number, path in enumerate(CORPUS[:3]):
        shutil.copy(path, f"in/{number}.txt")
    shutil.copy(CORPUS[0], "in/same.txt")
    Path("in/broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    pack("in/a.zip", **{"thư mục/x.txt": CORPUS[3], "y.txt": CORPUS[1]})


def test_what_the_database_has_is_passed_over_and_failures_by_the_manifest() -> None:
    fill()
    would = tdkt(*IMPORT, "--dry-run")
    assert "5 to be read" in would.stderr
    assert not Path("plans.sqlite").exists()
    assert not Path("m.jsonl").exists()
    done = tdkt(*IMPORT)
    assert done.exit_code == 4
    assert "4 new, 0 changed, 0 unchanged, 2 duplicate, 1 failed" in done.stderr
    found = [path for (path,) in rows("plans.sqlite", "SELECT path FROM files ORDER BY path")]
    names = [path.partition("/in/")[2] for path in found]
    assert names == ["0.txt", "1.txt", "2.txt", "a.zip!thư mục/x.txt", "a.zip!y.txt", "same.txt"]
    again = tdkt(*IMPORT)
    assert again.exit_code == 4
    assert "0 new, 0 changed, 4 unchanged, 2 duplicate, 1 failed" in again.stderr
    assert "--retry-failed" in again.stderr
    assert "1 failed" in tdkt(*IMPORT, "--retry-failed", "--fail-on", "all").stderr
    Path("plans.sqlite").unlink()
    anew = tdkt(*IMPORT)
    assert "4 new" in anew.stderr, "what counts is what the database has"
    assert rows("plans.sqlite", "SELECT count(*) FROM runs") == [(1,)]


def test_an_import_in_portions() -> None:
    fill()
    for put_in in (2, 4, 4):
        tdkt(*IMPORT, "--limit", "2")
        assert rows("plans.sqlite", "SELECT count(*) FROM plans") == [(put_in,)]


# -- interrupted


def heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def running(*arguments: str) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=heed_interrupts,  # noqa: PLW1509 - no threads here
    ) as process:
        yield process
        process.kill()


def wait_for(condition: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, "it never came about"
        time.sleep(0.05)


def test_an_interrupted_parse_goes_on_where_it_stopped() -> None:
    make("in/a.txt", "in/b.txt", "in/note-1.txt", "in/z.txt")
    run = [*PARSE[:-2], "--timeout", "60"]
    with running(fakes.__file__, *run) as process:
        wait_for(Path("in/note-1.pid").exists)
        wait_for(lambda: Path("m.jsonl").exists() and len(manifest()) == 2)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert statuses() == [("a.txt", "done"), ("b.txt", "done")]
    Path("in/note-1.txt").unlink()
    with running(fakes.__file__, *run) as process:
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert "1 read, 2 unchanged" in said
    assert inside("out") == ["a.json", "b.json", "z.json"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_import_leaves_all_whole(number: int) -> None:
    Path("in").mkdir()
    for copy in range(300):
        changed = CORPUS[copy % 5].read_bytes() + f"\n{copy}".encode()
        Path(f"in/{copy}.txt").write_bytes(changed)
    with running("-m", "tdkt_parse", *IMPORT) as process:
        wait_for(lambda: Path("m.jsonl").exists() and len(manifest()) > 5)
        process.send_signal(number)
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 128 + number
    assert "Traceback" not in said
    noted = manifest()
    assert 5 < len(noted) < 300
    with store.open_store("plans.sqlite") as opened:
        report = store.check(opened, deep=True)
    assert report.faults == ()
    assert report.counts["documents"] == len(noted)
    assert report.counts["runs"] == 1
    assert f"{len(noted)} new" in said


def test_what_an_interruption_finds_half_done_is_ended_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make("in/a.txt", "in/b.txt")
    put = store.put

    def interrupted(*given: Any, **named: Any) -> Any:
        changed = put(*given, **named)
        signal.raise_signal(signal.SIGINT)
        return changed

    monkeypatch.setattr(store, "put", interrupted)
    # Where the tests run in the background interrupts are ignored.
    kept = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert tdkt(*IMPORT).exit_code == 130
    finally:
        signal.signal(signal.SIGINT, kept)
    assert statuses() == [("a.txt", "done")]
    assert rows("plans.sqlite", "SELECT count(*) FROM plans") == [(1,)]


@pytest.fixture
def received(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The signals that a program would act on."""
    came: list[int] = []
    kept = {number: signal.getsignal(number) for number in ENDING}
    for number in ENDING:
        signal.signal(number, lambda number, _: came.append(number))
    yield came
    for number, handler in kept.items():
        signal.signal(number, handler)


def test_an_interruption_waits_and_the_next_does_not(received: list[int]) -> None:
    handlers = [signal.getsignal(number) for number in ENDING]
    with held_back():
        signal.raise_signal(signal.SIGTERM)
        assert received == []
    assert received == [signal.SIGTERM]
    received.clear()
    with held_back():
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGTERM)
        assert received == [signal.SIGTERM]
    assert received == [signal.SIGTERM, signal.SIGINT]
    assert [signal.getsignal(number) for number in ENDING] == handlers


def test_a_failure_within_does_not_lose_the_interruption(received: list[int]) -> None:
    def fail() -> None:
        with held_back():
            signal.raise_signal(signal.SIGTERM)
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        fail()
    assert received == [signal.SIGTERM]


def test_what_is_ignored_stays_so_and_threads_hold_nothing(received: list[int]) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with held_back():
        signal.raise_signal(signal.SIGTERM)
    assert received == []
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_IGN

    def work() -> None:
        with held_back():
            signal.raise_signal(signal.SIGINT)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    time.sleep(0)
    assert received == [signal.SIGINT]


# -- watched folders


def test_a_file_is_taken_when_it_is_at_rest(workplace: Path) -> None:
    now = [0.0]
    settling = Settling([str(workplace)], {".txt"}, 2.0, clock=lambda: now[0])

    def look(at: float) -> list[str]:
        now[0] = at
        return [Path(path).name for path in settling.look()]

    def write(name: str, content: str, age: float = 100.0) -> None:
        Path(name).write_text(content, encoding="utf-8")
        os.utime(name, (time.time() - age, time.time() - age))

    write("a.txt", "1")
    write("b.pdf", "1")
    write(".c.txt", "1")
    write("empty.txt", "")
    assert look(0) == []
    assert look(1) == []
    write("a.txt", "12")
    assert look(2.5) == [], "it grew in between"
    assert look(4) == []
    assert look(5) == ["a.txt"]
    assert look(50) == []
    write("a.txt", "21")
    write("new.txt", "1", age=0.5)
    assert look(51) == []
    assert look(54) == ["a.txt"], "new.txt was written to half a second ago"
    write("new.txt", "1", age=3)
    assert look(60) == []
    assert look(63) == ["new.txt"]
    Path("a.txt").unlink()
    assert look(64) == []
    write("a.txt", "21")
    assert look(65) == []
    assert look(68) == ["a.txt"]


def test_links_are_not_followed(workplace: Path) -> None:
    make("outside/x.txt", "in/sub/a.txt")
    Path("in/link.txt").symlink_to(workplace / "outside/x.txt")
    Path("in/folder").symlink_to(workplace / "outside")
    Path("in/sub/loop").symlink_to(workplace / "in")
    os.mkfifo("in/pipe.txt")
    Path("to").symlink_to("in")
    for path in Path("in/sub").iterdir():
        if not path.is_symlink():
            os.utime(path, (1, 1))
    settling = Settling(["to", "in/sub"], {".txt"}, 0.0)
    assert settling.look() == [str(workplace / "in/sub/a.txt")]


def test_a_watched_folder(workplace: Path) -> None:
    Path("in").mkdir()
    watch = ["-m", "tdkt_parse", "watch", "in", "--db", "plans.sqlite", "--manifest", "m.jsonl"]
    watch += ["--interval", "0.1", "--settle", "0.3", "-j1"]

    def count() -> int:
        if not Path("plans.sqlite").exists():
            return 0
        try:
            return int(rows("plans.sqlite", "SELECT count(*) FROM plans")[0][0])
        except TdktError:
            return 0

    whole = CORPUS[0].read_bytes()
    with running(*watch) as process:
        with Path("in/slow.txt").open("wb") as file:
            for at in range(0, len(whole), len(whole) // 8 + 1):
                file.write(whole[at : at + len(whole) // 8 + 1])
                file.flush()
                time.sleep(0.1)
        wait_for(lambda: count() == 1)
        shutil.copy(CORPUS[1], "in/.half")
        Path("in/.half").rename("in/moved.txt")
        Path("in/broken.pdf").write_bytes(b"%PDF-1.4 nothing")
        wait_for(lambda: count() == 2)
        wait_for(lambda: len(manifest()) == 3)
        shutil.copy(CORPUS[3], "in/.half")
        Path("in/.half").replace("in/moved.txt")  # Another document under the name of one.
        wait_for(lambda: count() == 3)
        Path("in/slow.txt").write_bytes(CORPUS[4].read_bytes())
        wait_for(lambda: count() == 4)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 143
    assert "Traceback" not in said
    assert "4 new, 0 changed, 0 unchanged, 0 duplicate, 1 failed" in said
    shutil.copy(CORPUS[2], "in/later.txt")
    with running(*watch) as process:
        wait_for(lambda: count() == 5)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "1 new, 0 changed, 2 unchanged, 0 duplicate, 1 failed" in said
    assert tdkt("watch", "in/later.txt").exit_code == 2


# -- memory


def test_what_is_remembered_of_a_document_is_little(workplace: Path) -> None:
    """A million take some hundred megabytes; counted here over 20,000."""
    count = 20_000
    with Manifest(Path("m.jsonl")) as kept:
        one = intake.Intake(
            {}, intake.Choice(), lambda *_: None, lambda *_: None, kept, lambda _: False
        )
        tracemalloc.start()
        try:
            before = tracemalloc.get_traced_memory()[0]
            tasks = (Task(b"%d" % number, None, f"{number}.txt") for number in range(count))
            for index, task in enumerate(one.sift(tasks)):
                outcome = Outcome(index, task.label, "", None, 0.1)
                one.settle(one.take(outcome), outcome, "store")
            each = (tracemalloc.get_traced_memory()[0] - before) / count
        finally:
            tracemalloc.stop()
    assert each < 600, f"{each:.0f} bytes"
