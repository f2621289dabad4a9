"""Folders: what is found in them, and in which order it comes back."""

import json
import os
import sys
from contextlib import closing
from pathlib import Path

import fakes
import pytest

from tdkt_parse import batch
from tdkt_parse.audit.report import Report
from tdkt_parse.audit.report_page import report_page
from tdkt_parse.exceptions import Crashed, Unreadable
from tdkt_parse.sandbox import Limits, Outcome, Task

SUFFIXES = {".txt", ".md"}


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Kế hoạch", encoding="utf-8")


def found(folder: Path, *paths: str | Path) -> list[str]:
    """What is found, as paths within the folder."""
    documents = batch.find_documents(paths or [folder], SUFFIXES)
    return [path.relative_to(folder).as_posix() for path in documents]


def test_documents_at_any_depth_in_the_order_of_their_names(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/z.md", "a/y/x.TXT", "c.pdf", "a.txt")
    assert found(tmp_path) == ["a/y/x.TXT", "a/z.md", "a.txt", "b.txt"]


def test_hidden_and_lock_files_are_no_documents(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", ".b.txt", "~$c.txt", ".git/d.txt")
    assert found(tmp_path) == ["a.txt"]


def test_a_file_that_is_named_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    make(tmp_path, "a.log", ".b")
    names = ["a.log", ".b", "missing.txt"]
    assert found(tmp_path, *(tmp_path / name for name in names)) == names


def test_arguments_keep_their_order_and_each_file_comes_once(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt")
    assert found(tmp_path, tmp_path / "b.txt", tmp_path, tmp_path / "b.txt") == ["b.txt", "a.txt"]


def test_loops_of_links_end(tmp_path: Path) -> None:
    make(tmp_path, "a/b.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "to.txt").symlink_to(tmp_path / "a" / "b.txt")
    assert found(tmp_path) == ["a/b.txt"]


def test_what_cannot_be_seen_is_reported_by_its_reader(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert found(tmp_path) == ["a.txt", "gone.txt"]


def test_pages_that_this_program_wrote_are_no_documents(tmp_path: Path) -> None:
    """A report that lies beside the plans is not read as one; a page of somebody else is."""
    own = "".join(report_page(Report(), [], []))
    for name in ("index.html", "b.HTM", "c.txt"):
        (tmp_path / name).write_text(own, encoding="utf-8")
    (tmp_path / "d.html").write_text("<html><body>KẾ HOẠCH</body></html>", encoding="utf-8")
    (tmp_path / "e.html").write_bytes(b"")
    names = [path.name for path in batch.find_documents([tmp_path])]
    assert names == ["c.txt", "d.html", "e.html"]
    assert batch.find_documents([tmp_path / "index.html"]) == [tmp_path / "index.html"]


def test_pipes_are_not_opened(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "b.txt")
    assert found(tmp_path) == ["a.txt"]


def test_a_folder_without_documents_is_an_error_that_names_it(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf")
    with pytest.raises(Unreadable) as caught:
        found(tmp_path)
    assert str(tmp_path) in caught.value.message
    assert caught.value.hint == "Documents end in .md, .txt."


def test_many_levels(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 300)
    make(deep, "a.txt")
    assert len(found(tmp_path)) == 1


def test_outcomes_come_in_the_order_of_the_tasks() -> None:
    names = ["hang-1", "a", "b", "exit-1", "c", "d"]
    early: list[str] = []

    def note(outcome: Outcome) -> None:
        early.append(outcome.path)

    outcomes = batch.run_in_order(
        [Task(name) for name in names],
        fakes.by_name,
        jobs=2,
        limits=Limits(seconds=1),
        on_outcome=note,
    )
    with closing(outcomes):
        assert [outcome.path for outcome in outcomes] == names
    assert early[-1] == "hang-1", "it was the last to be done, and the first to be given"


def test_parse_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tdkt_parse.pipeline", fakes.pipeline())
    make(tmp_path, "b.txt", "a.txt", "exit-1.txt")
    seen: list[tuple[str, int]] = []
    outcomes = list(
        batch.parse_many(
            [tmp_path],
            jobs=2,
            progress=lambda outcome, total: seen.append((Path(outcome.path).name, total)),
        )
    )
    assert [Path(outcome.path).name for outcome in outcomes] == ["a.txt", "b.txt", "exit-1.txt"]
    assert json.loads(outcomes[0].result or "")["title"]["text"] == "Tên a"
    assert isinstance(outcomes[2].error, Crashed)
    assert sorted(seen) == [("a.txt", 3), ("b.txt", 3), ("exit-1.txt", 3)]
