"""
PDF files that are broken or made to do harm: each a typed error or a Plan within its limits, the
next file read as if nothing had been, and nothing outside the file touched.
"""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import pytest
from apart import Reader, reader
from growth import assert_grows_with_the_text
from hostile_pdf import Case
from hostile_pdf_files import ATTACHED, CASES, DRAWN, acting
from in_sandbox import Ended, Line, sandboxed
from pdf_by_hand import NUMBER, plan, show
from pdf_locks import WAYS, Way, locked

import mutate
import pdf_objects
from tdkt_parse.exceptions import Encrypted
from tdkt_parse.pipeline import parse
from tdkt_parse.readers import read
from tdkt_parse.sandbox import Limits

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
AT_ONCE = 2
"""Files that are read at the same time."""
LIMITS = Limits(seconds=0.8, seconds_per_page=0.0002, memory=256 << 20)
"""For files that may be ended."""
PATIENT = Limits(seconds=30, seconds_per_page=0, memory=256 << 20)
"""For files that must be read."""
LATE, FAT = 2.0, 1.2
"""How many seconds later, and at how many times the memory, a worker must be gone."""
MUTANTS = 150

assert len({case.label for case in CASES}) == len(CASES)

sandboxes = pytest.mark.skipif(sys.platform != "linux", reason="looks into what workers took")


@pytest.fixture(scope="module")
def endings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, "Future[Ended]"]]:
    """How the cases that are asked for end, by their labels, read in their order."""
    wanted = [
        case
        for item in request.session.items
        if isinstance(item, pytest.Function) and "endings" in item.fixturenames
        if isinstance(case := item.callspec.params["case"], Case)
    ]
    folder = tmp_path_factory.mktemp("hostile")
    after = folder / "after.pdf"
    after.write_bytes(plan())
    free: SimpleQueue[tuple[Line, Path]] = SimpleQueue()

    def end(case: Case) -> Ended:
        data = case.make()
        line, path = free.get()
        try:
            path.write_bytes(data)
            return line.read(path, after, LIMITS if case.may_be_ended else PATIENT)
        finally:
            free.put((line, path))

    with sandboxed() as one, sandboxed() as other:
        free.put((one, folder / "a.pdf"))
        free.put((other, folder / "b.pdf"))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            yield {case.label: pool.submit(end, case) for case in wanted}
            pool.shutdown(cancel_futures=True)


@sandboxes
@pytest.mark.parametrize("case", CASES, ids=[case.label for case in CASES])
def test_each_ends_as_it_may(case: Case, endings: dict[str, "Future[Ended]"]) -> None:
    ended = endings[case.label].result()
    assert_kept_within(ended, LIMITS if case.may_be_ended else PATIENT)
    if ended.result is None:
        known = {kind.__name__ for kind in case.errors}
        assert known & set(ended.error), ended.message
        assert ". " in ended.message, "it does not say what to do"
    else:
        assert case.words, "it was read"
        assert case.words in ended.result
        json.loads(ended.result, parse_constant=pytest.fail)


def assert_kept_within(ended: Ended, limits: Limits) -> None:
    assert ended.error or ended.result is not None, ended.message
    assert "Crashed" not in ended.error, ended.message
    assert ended.seconds <= ended.allowed + LATE
    assert ended.megabytes <= FAT * limits.memory / (1 << 20)
    assert NUMBER in ended.next, "the next file was not read"


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    with sandboxed() as process:
        yield process


@sandboxes
@pytest.mark.parametrize("case", DRAWN, ids=[case.label for case in DRAWN])
def test_pages_are_drawn_within_the_limits(case: Case, line: Line, tmp_path: Path) -> None:
    """For ``tdkt explain --image``, which alone draws them."""
    path, after = tmp_path / "a.pdf", tmp_path / "after.pdf"
    path.write_bytes(case.make())
    after.write_bytes(plan())
    ended = line.read(path, after, LIMITS, pictures=str(tmp_path / "pictures"))
    assert_kept_within(ended, LIMITS)


# -- what a file would have done


@pytest.fixture(scope="module")
def apart() -> Iterator[Reader]:
    with reader() as process:
        yield process


@pytest.mark.parametrize("case", ATTACHED, ids=[case.label for case in ATTACHED])
def test_nothing_outside_the_file_is_touched(case: Case, apart: Reader, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(case.make())
    ended = apart.read(path)
    assert ended.error or ended.plan is not None, ended.message
    assert not ended.touched


def test_no_address_is_called_and_no_program_started(apart: Reader, tmp_path: Path) -> None:
    marker, program, path = (tmp_path / name for name in ("ran", "a.sh", "a.pdf"))
    program.write_text(f"#!/bin/sh\ntouch {marker}\n", encoding="utf-8")
    program.chmod(0o700)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        path.write_bytes(acting(f"http://127.0.0.1:{server.getsockname()[1]}/", str(program)))
        ended = apart.read(path)
        with pytest.raises(BlockingIOError):
            server.accept()
    assert NUMBER in (ended.plan or ended.message)
    assert not ended.touched
    assert not marker.exists()


# -- how time grows


@pytest.mark.parametrize(
    "piece",
    [
        show("thi", 72, 300),
        show("thi", 72, 300) + show("đua", 72, 290),
        b"72 300 m 500 300 l S\n",
        b"72 300 20 20 re S\n",
        b"72 300 20 20 re 30 30 20 20 re f\n",
        b"q 1 0 0 1 1 1 cm 0 g Q\n",
    ],
)
def test_time_grows_with_what_stands_on_the_page(piece: bytes) -> None:
    assert_grows_with_the_text(lambda text: read(plan(text.encode())), piece.decode(), 40_000)


# -- damage


def test_damage_never_ends_in_an_error_that_is_none_of_ours() -> None:
    paths = sorted(mutate.CORPUS.glob("*.pdf"))
    assert len(paths) == 5
    endings = list(mutate.endings(mutate.mutants(paths, 2024, range(MUTANTS))))
    assert len(endings) == MUTANTS
    assert not [end for end in endings if end.defect is not None]
    plans = sum(end.kind == "Plan" for end in endings)
    assert MUTANTS // 5 < plans < MUTANTS, "they are hardly damaged, or nothing is read"


def test_the_same_seed_makes_the_same_files(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(plan())
    assert list(mutate.mutants([path], 5, range(8))) == list(mutate.mutants([path], 5, range(8)))
    assert list(mutate.mutants([path], 5, [3])) != list(mutate.mutants([path], 6, [3]))


def test_a_file_taken_apart_and_put_together_says_the_same() -> None:
    objects, trailer = pdf_objects.take(plan())
    again = {n: pdf_objects.joined(pdf_objects.part(body)) for n, body in objects.items()}
    assert read(pdf_objects.put(again, trailer)).text == read(plan()).text


# -- passwords


@pytest.mark.parametrize("way", WAYS)
def test_a_locked_file_asks_for_its_password(way: Way) -> None:
    data = locked(way, "mo", "chu")
    with pytest.raises(Encrypted, match=r"protected by a password.*--password"):
        parse(data)
    for wrong in ("", "sai", "mo ", "MO"):
        with pytest.raises(Encrypted, match="The password does not open"):
            parse(data, password=wrong)
    for right in ("mo", "chu"):
        assert NUMBER in parse(data, password=right).to_json()


@pytest.mark.parametrize("way", WAYS)
def test_what_only_its_owner_locked_is_read_by_all(way: Way) -> None:
    data = locked(way, "", "chu")
    for password in (None, "", "chu", "của tệp khác"):
        assert NUMBER in parse(data, password=password).to_json()


@pytest.mark.parametrize(("way", "password"), [(WAYS[3], "mở khóa"), (WAYS[1], "clé")])
def test_a_password_may_have_other_letters(way: Way, password: str) -> None:
    assert NUMBER in parse(locked(way, password), password=password).to_json()


@pytest.mark.parametrize("password", ["", "mo"])
def test_a_password_for_a_file_without_one_is_no_error(password: str) -> None:
    assert NUMBER in parse(plan(), password=password).to_json()


def test_threads_read_one_after_the_other() -> None:
    """pdfium is for one thread at a time; two at once would end the program."""
    data = [path.read_bytes() for path in sorted(CORPUS.glob("*.pdf"))] * 4
    with ThreadPoolExecutor(4) as pool:
        texts = [*pool.map(lambda one: read(one).text, data)]
    assert texts == texts[:5] * 4


def test_the_command_says_encrypted_and_takes_a_password(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(locked(WAYS[2], "mo", "chu"))

    def tdkt(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "tdkt_parse", "parse", str(path), "--quiet", *arguments]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)

    asked, wrong = tdkt(), tdkt("--password", "sai")
    assert (asked.returncode, wrong.returncode) == (11, 11)
    assert "--password" in asked.stderr
    assert "does not open" in wrong.stderr
    assert "sai" not in wrong.stderr
    right = tdkt("--password", "mo", "--format", "json")
    assert (right.returncode, right.stderr) == (0, "")
    assert NUMBER in right.stdout
