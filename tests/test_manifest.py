"""The manifest of a batch: what it remembers, and what it does with what is broken."""

import json
import resource
from pathlib import Path
from typing import Any

import pytest

from tdkt_parse.exceptions import (
    Crashed,
    MissingDependency,
    StorageFull,
    TdktError,
    TimedOut,
    UsageError,
)
from tdkt_parse.manifest import Manifest, Record, record_of

CONTENT = "ab" * 32
OTHER = "cd" * 32
OPTIONS: dict[str, Any] = {"parser": "1", "ocr": "auto", "timeout": 60.0}


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def failed(error: TdktError) -> Record:
    return record_of("/a", CONTENT, "read", OPTIONS, seconds=1.23456, error=error)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "manifest.jsonl"


def test_a_line_says_what_became_of_it(path: Path) -> None:
    with Manifest(path) as manifest:
        manifest.add(failed(TimedOut("It took too long.")))
    (told,) = lines(path)
    assert told.pop("when").endswith("Z")
    assert told == {
        "path": "/a",
        "sha256": CONTENT,
        "status": "failed",
        "stage": "read",
        "seconds": 1.235,
        "error": "TimedOut",
        "exit_code": 13,
        "message": "It took too long.",
        "of": None,
        "options": OPTIONS,
    }


def test_it_is_on_the_disk_at_once(path: Path) -> None:
    with Manifest(path) as manifest:
        manifest.add(record_of("/a", CONTENT, "write", OPTIONS))
        assert len(lines(path)) == 1


def test_what_is_done_is_known_by_path_content_and_options(path: Path) -> None:
    with Manifest(path) as manifest:
        manifest.add(record_of("/a", CONTENT, "write", OPTIONS))
    with Manifest(path) as manifest:
        assert manifest.is_done("/a", CONTENT, OPTIONS)
        assert manifest.is_done("/a", CONTENT, {**OPTIONS, "timeout": 1.0}), "a limit is no matter"
        for other in (("/b", CONTENT, OPTIONS), ("/a", OTHER, OPTIONS)):
            assert not manifest.is_done(*other)
        for name, value in (("parser", "2"), ("ocr", "never"), ("register", "r"), ("lang", "en")):
            assert not manifest.is_done("/a", CONTENT, {**OPTIONS, name: value})


@pytest.mark.parametrize(
    ("error", "remembered"),
    [
        (TimedOut("."), True),
        (Crashed("."), True),
        (MissingDependency("."), False),
        (StorageFull("."), False),
    ],
)
def test_failures_that_stay_are_remembered(path: Path, error: TdktError, remembered: bool) -> None:
    with Manifest(path) as manifest:
        manifest.add(failed(error))
    with Manifest(path) as manifest:
        assert manifest.has_failed("/a", CONTENT, OPTIONS) is remembered
        assert not manifest.is_done("/a", CONTENT, OPTIONS)
        assert not manifest.has_failed("/a", CONTENT, {**OPTIONS, "timeout": 600.0})


def test_the_later_line_counts(path: Path) -> None:
    for error in (TimedOut("."), None):
        with Manifest(path) as manifest:
            manifest.add(record_of("/a", CONTENT, "read", OPTIONS, error=error))
        with Manifest(path) as manifest:
            assert manifest.has_failed("/a", CONTENT, OPTIONS) is (error is not None)
            assert manifest.is_done("/a", CONTENT, OPTIONS) is (error is None)


def test_a_line_that_broke_off_anywhere_is_mended(path: Path) -> None:
    with Manifest(path) as manifest:
        manifest.add(record_of("/a", CONTENT, "write", OPTIONS))
        manifest.add(record_of("/b", OTHER, "write", OPTIONS))
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    for end in range(1, len(whole)):
        path.write_bytes(whole[:end])
        with Manifest(path) as manifest:
            assert manifest.is_done("/a", CONTENT, OPTIONS) is (end >= first - 1)
            assert not manifest.spoilt
            manifest.add(record_of("/c", CONTENT, "write", OPTIONS))
        assert [line["path"] for line in lines(path)][-1] == "/c"
        assert len(lines(path)) == 1 + (end >= first - 1) + (end >= len(whole) - 1)


def test_a_damaged_line_in_the_middle_is_told_and_stays(path: Path) -> None:
    with Manifest(path) as manifest:
        manifest.add(record_of("/a", CONTENT, "write", OPTIONS))
    path.write_bytes(path.read_bytes() + b"\0\0\0\n" + path.read_bytes().replace(b"/a", b"/b"))
    with Manifest(path) as manifest:
        assert manifest.spoilt == 1
        assert manifest.is_done("/b", CONTENT, OPTIONS)
    assert b"\0\0\0\n" in path.read_bytes()


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7\n%\xe2\xe3", b"KE HOACH", b'{"tasks": []}\n', b"[1]\n", b"\n\nwords\n", b"x" * 99],
)
def test_another_file_is_not_written_to(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(UsageError, match="no manifest"):
        Manifest(path)
    assert path.read_bytes() == content


def test_one_writes_at_a_time(path: Path) -> None:
    with Manifest(path), pytest.raises(UsageError, match="another tdkt"):
        Manifest(path)
    Manifest(path).close()


def test_to_look_is_not_to_write(path: Path) -> None:
    with Manifest(path, read_only=True) as manifest:
        manifest.add(record_of("/a", CONTENT, "write", OPTIONS))
    assert not path.exists()


def test_what_cannot_be_written_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be used"):
        Manifest(tmp_path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Manifest(tmp_path / "full.jsonl") as manifest:
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
            with pytest.raises(UsageError, match="too large"):
                manifest.add(record_of("/a", CONTENT, "write", OPTIONS))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
    with Manifest(tmp_path / "full.jsonl") as manifest:
        assert not manifest.is_done("/a", CONTENT, OPTIONS)


def test_names_that_are_no_utf8(path: Path) -> None:
    with Manifest(path) as manifest:
        manifest.add(record_of("/\udcff kế hoạch", CONTENT, "write", OPTIONS))
    with Manifest(path) as manifest:
        assert manifest.is_done("/\udcff kế hoạch", CONTENT, OPTIONS)
