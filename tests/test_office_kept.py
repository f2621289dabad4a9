"""LibreOffice confined, kept open from file to file, and ended with whoever started it."""

import os
import signal
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest
from hostile_office import rich_text
from office_files import needs_libreoffice

from tdkt_parse.exceptions import MissingDependency, TimedOut
from tdkt_parse.readers import read
from tdkt_parse.readers.office import confined, soffice
from tdkt_parse.sandbox import Limits, Sandbox, Task
from tdkt_parse.sandbox.system import descendants_of, is_zombie


def offices(sandbox: Sandbox) -> list[int]:
    """The processes of LibreOffice under the workers of a sandbox."""
    return [
        pid
        for worker in sandbox._workers
        for pid in descendants_of(worker.pid)
        if b"soffice" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Three small files, the second of which has a word that tells it from the others."""
    paths = [tmp_path / f"{number}.rtf" for number in range(3)]
    for number, path in enumerate(paths):
        path.write_bytes(rich_text(f"Text {number}\\par "))
    return [*map(str, paths)]


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own for temporary files, which its workers inherit."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@needs_libreoffice
def test_one_libreoffice_reads_file_after_file_and_leaves_nothing(
    files: list[str], temporary: Path
) -> None:
    seen = set()
    with Sandbox(jobs=1) as box:
        for path in files:
            (outcome,) = box.run([Task(path)])
            assert outcome.error is None
            seen |= {*offices(box)}
        assert len([*temporary.iterdir()]) == 1
    assert len(seen) == 1
    assert not [pid for pid in seen if is_alive(pid)]
    assert not [*temporary.iterdir()]


@needs_libreoffice
def test_one_that_died_is_replaced(files: list[str]) -> None:
    with Sandbox(jobs=1) as box:
        for path in files:
            (outcome,) = box.run([Task(path)])
            assert outcome.error is None, outcome.error
            (pid,) = offices(box)
            os.kill(pid, signal.SIGKILL)


@needs_libreoffice
def test_a_file_at_which_it_hangs_fails_alone(
    files: list[str], temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soffice, "SECONDS", 3.0)
    with Sandbox(jobs=1) as box:
        (first,) = box.run([Task(files[0])])
        (stopped,) = offices(box)
        os.kill(stopped, signal.SIGSTOP)
        second, third = box.run([Task(files[1]), Task(files[2])])
    assert [first.error, third.error] == [None, None]
    assert isinstance(second.error, TimedOut)
    assert not is_alive(stopped)
    assert not [*temporary.iterdir()]


@needs_libreoffice
def test_a_worker_that_is_ended_ends_it_and_leaves_nothing(
    files: list[str], temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the worker's own time is over, LibreOffice still at its file."""
    with Sandbox(jobs=1, limits=Limits(seconds=6.0)) as box:
        (first,) = box.run([Task(files[0])])
        (stopped,) = offices(box)
        os.kill(stopped, signal.SIGSTOP)
        second, third = box.run([Task(files[1]), Task(files[2])])
    assert [first.error, third.error] == [None, None]
    assert isinstance(second.error, TimedOut)
    assert "Reading took longer than 6 seconds" in second.error.message
    assert not is_alive(stopped)
    assert not [*temporary.iterdir()]


@needs_libreoffice
def test_without_a_worker_it_is_ended_after_the_file(files: list[str], temporary: Path) -> None:
    assert "Text 0" in read(files[0]).text
    assert not soffice._open
    assert not [*temporary.iterdir()]


@needs_libreoffice
@pytest.mark.parametrize("without", ["filter", "files", "namespace"])
def test_one_means_of_confining_is_enough(
    without: str, files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where one of them cannot be had here, LibreOffice reads as well with those that are left."""
    if without not in confined.means():
        pytest.skip(f"{without} is not to be had here anyway")
    monkeypatch.setattr(soffice, "WITHOUT", ((without,),))
    assert "Text 0" in read(files[0]).text


def test_where_nothing_confines_it_is_not_started(
    files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if soffice.program() is None:
        pytest.skip("LibreOffice is not installed")
    monkeypatch.setattr(soffice, "WITHOUT", (("namespace", "filter"),))
    with pytest.raises(MissingDependency, match="cannot be kept from the network"):
        read(files[0])


PROBE = """
import os, socket
for family in (socket.AF_INET, socket.AF_INET6):
    try:
        socket.create_connection(("127.0.0.1", PORT), timeout=5)
        print("connected")
    except OSError:
        pass
    try:
        socket.socket(family, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", PORT))
        print("sent")
    except OSError:
        pass
try:
    line = socket.socket(socket.AF_UNIX)
    line.connect("SERVICE")
    print("connected to a service")
except OSError:
    pass
print("files", os.path.exists("SECRET"))
try:
    child = os.fork()
    if child == 0:
        os._exit(0)
    print("a child")
except OSError:
    pass
"""


@needs_libreoffice
@pytest.mark.parametrize("without", [(), ("files",), ("namespace",), ("filter",)])
def test_what_is_confined_reaches_nothing(without: tuple[str, ...], tmp_path: Path) -> None:
    (means := set(confined.means())).difference_update(without)
    if not means & {"namespace", "filter"}:
        pytest.skip("nothing is left here that confines")
    if "namespace" in without:
        means.discard("files")
    folder, secret, service = tmp_path / "f", tmp_path / "secret", tmp_path / "service"
    folder.mkdir()
    secret.write_text("x", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as unix:
        unix.bind(str(service))
        unix.listen()
        code = PROBE.replace("PORT", str(server.getsockname()[1]))
        code = code.replace("SERVICE", str(service)).replace("SECRET", str(secret))
        command = confined.command_of(folder, without, *PYTHON, "-I", "-S", "-c", code)
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        if done.returncode in confined.TRY_ON:
            pytest.skip("this Python's files are hidden")
        assert done.returncode == 0, done.stderr
        server.settimeout(0)
        with pytest.raises(BlockingIOError):
            server.accept()
    expected = [] if "files" in means or "filter" in means else ["connected to a service"]
    expected += [f"files {'files' not in means}"]
    expected += [] if "filter" in means else ["a child"]
    assert sorted(done.stdout.splitlines()) == sorted(expected)


PYTHON = ("/usr/bin/python3",)
"""The system's, which is not hidden."""


def is_alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists() and not is_zombie(pid)
