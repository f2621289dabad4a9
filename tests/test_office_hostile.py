"""
Old Word files, RTF and ODT that are broken or made to do harm: each a typed error or a Plan, soon
and in little memory, and whatever a file links to, nothing is connected to.
"""

import contextlib
import socket
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import hostile_office
import pytest
from hostile_office import TEXT, Case, flat, links, rich_text
from office_files import as_written_by_libreoffice, needs_libreoffice, written_as
from office_in_sandbox import read_each

from tdkt_parse.exceptions import Crashed, TdktError
from tdkt_parse.readers.office import confine, soffice
from tdkt_parse.sandbox import Outcome

SECONDS, MEGABYTES = 30.0, 500
PLAN = "word_003"

pytestmark = needs_libreoffice


@pytest.fixture(scope="module")
def server() -> Iterator[socket.socket]:
    """A server of this machine; whoever connects is found waiting at it."""
    with socket.create_server(("127.0.0.1", 0), backlog=100) as one:
        one.setblocking(False)
        yield one


def address(server: socket.socket) -> str:
    return f"http://127.0.0.1:{server.getsockname()[1]}"


def visitors(server: socket.socket) -> int:
    """How many have connected since it was asked last."""
    count = 0
    while True:
        try:
            server.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1


def files_of(cases: list[Case], folder: Path) -> Iterator[Path]:
    """The file of each case, made when it is its turn."""
    for number, case in enumerate(cases):
        path = folder / f"{number}.{case.suffix}"
        path.write_bytes(case.make())
        yield path


def what_is_wrong(case: Case, outcome: Outcome) -> str | None:
    """What it should not have ended as; ``None`` where it ended well."""
    error = outcome.error
    if error is not None:
        if isinstance(error, Crashed) and "defect" in error.message:
            return error.message
        if not error.hint:
            return f"it does not say what to do: {error.message}"
        if case.ends is None or (isinstance(case.ends, type) and isinstance(error, case.ends)):
            return None
        return f"{type(error).__name__}: {error.message}"
    if isinstance(case.ends, type):
        return "it was read"
    if case.ends is not None and case.ends not in (outcome.result or ""):
        return "the line is not in it"
    if "root:x:0:0" in (outcome.result or ""):
        return "a file of this machine is in it"
    return None


NOBODY = "http://127.0.0.1:65533"
"""Where nothing listens while a file is made; as long as the address that is then put there."""


def linked(link: str) -> Iterator[Case]:
    """Word files that lead outside, as LibreOffice writes them."""
    for called, code in (
        ("a text", f'INCLUDETEXT "{NOBODY}/a.txt"'),
        ("a link to another program", f'LINK Word.Document.8 "{NOBODY}/a.doc" "" \\\\a'),
    ):
        field = f"{{\\field{{\\*\\fldinst {code}}}{{\\fldrslt x}}}}"
        made = written_as("doc", rich_text(field), ".rtf")
        leading = made.replace(NOBODY.encode("utf-16-le"), link.encode("utf-16-le"))
        assert leading != made
        assert len(leading) == len(made)
        yield Case(f"doc: {called} from outside", "doc", partial(bytes, leading), TEXT)


def test_each_ends_as_it_must_and_connects_to_nothing(
    tmp_path: Path,
    server: socket.socket,
) -> None:
    assert soffice.SECONDS < SECONDS
    doc, rtf, odt = (
        as_written_by_libreoffice(kind)[PLAN].read_bytes() for kind in ("doc", "rtf", "odt")
    )
    cases = [*hostile_office.cases(doc, rtf, odt, address(server)), *linked(address(server))]
    assert len({case.label for case in cases}) == len(cases) >= 30
    wrong = {}
    # Some take all the seconds that LibreOffice has.
    every = read_each(files_of(cases, tmp_path), 5.0)
    for case, (outcome, seconds, megabytes) in zip(cases, every, strict=True):
        with (tmp_path / "ended.txt").open("a", encoding="utf-8") as account:
            ended = outcome.error or "read"
            account.write(f"{case.label:45} {seconds:5.1f} s {megabytes:5.0f} MB {ended}\n")
        said = what_is_wrong(case, outcome)
        if said is None and seconds > SECONDS:
            said = f"it took {seconds:.0f} s"
        if said is None and megabytes > MEGABYTES:
            said = f"it took {megabytes:.0f} MB"
        if said is None and visitors(server):
            said = "it connected"
        if said is not None:
            wrong[case.label] = said
    assert not wrong
    assert not Path("/tmp/tdkt-macro").exists()  # noqa: S108 - what the macro would write


@pytest.fixture
def unconfined(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A LibreOffice that could reach the network, kept open."""
    monkeypatch.setattr(soffice, "command_of", as_it_is)
    monkeypatch.setattr(soffice, "report_kept", lambda _: True)
    monkeypatch.setattr(soffice, "SECONDS", 10.0)
    yield
    while soffice._open:
        soffice._end(soffice._open.pop())


def as_it_is(folder: Path, without: tuple[str, ...], *command: str) -> list[str]:
    """The program as it runs by itself, with the same words to it."""
    (folder / confine.REPORT).write_text("filter", encoding="ascii")
    script = "import os, sys; here, *words = sys.argv[1:]; os.chdir(here)\n"
    script += "words = [word.replace('@folder@', here) for word in words]\n"
    script += "os.execve(words[0], words, {**os.environ, 'HOME': here, 'TMPDIR': here})"
    return [sys.executable, "-c", script, str(folder), *command]


FLAT = "OpenDocument Text Flat XML"


@pytest.mark.usefixtures("unconfined")
def test_the_profile_alone_keeps_it_from_connecting(server: socket.socket) -> None:
    """What a file links to is not fetched even by a LibreOffice that could."""
    for _, body in links(address(server)):
        assert soffice.convert(flat(body), ".fodt", filter_name=FLAT)
    assert not visitors(server)


@pytest.mark.usefixtures("unconfined")
def test_a_libreoffice_that_is_left_alone_connects(
    server: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So the tests above could fail."""
    monkeypatch.setattr(soffice, "_SETTINGS", ())
    _, body = next(links(address(server)))
    with contextlib.suppress(TdktError):  # It waits for what the server does not give.
        soffice.convert(flat(body), ".fodt", filter_name=FLAT)
    assert visitors(server)
