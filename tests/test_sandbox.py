"""One document, one killable process: with works that hang, crash, flood and eat memory."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import fakes
import pytest

from tdkt_parse import exceptions, sandbox
from tdkt_parse.exceptions import Crashed, Encrypted, OutOfMemory, TdktError, TimedOut
from tdkt_parse.reporting import report_pages
from tdkt_parse.sandbox import Limits, Outcome, Sandbox, Task, Work, hiring, system

SHORT = Limits(seconds=0.5, memory=200 << 20)
LONG = Limits(seconds=50, memory=200 << 20)
PATIENCE = 20.0

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def do(work: Work, *names: str, limits: Limits = LONG, jobs: int = 1) -> list[Outcome]:
    """The outcomes in the order of the names."""
    tasks = [Task(name) for name in names or ("x.txt",)]
    outcomes = sandbox.run_all(tasks, work, limits=limits, jobs=jobs)
    return sorted(outcomes, key=lambda outcome: outcome.index)


def wait_for(condition: Callable[[], object]) -> None:
    """Until it holds; fails after a time that only a defect can take."""
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, "it never came about"
        time.sleep(0.01)


def is_alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists() and not system.is_zombie(pid)


@pytest.mark.parametrize(
    ("work", "limits", "error", "words"),
    [
        (fakes.hang, SHORT, TimedOut, "longer than 0.5 seconds"),
        (fakes.spin, SHORT, TimedOut, "longer than 0.5 seconds"),
        (fakes.flood_output, SHORT, TimedOut, "longer than 0.5 seconds"),
        (fakes.exit_quietly, LONG, Crashed, "status 3"),
        (fakes.read_address_zero, LONG, Crashed, "SIGSEGV"),
        (fakes.abort, LONG, Crashed, "SIGABRT"),
        (fakes.close_everything, LONG, Crashed, "ended"),
        (fakes.eat_memory, LONG, OutOfMemory, "more than 200 MiB"),
        (fakes.eat_memory_in_a_child, LONG, OutOfMemory, "more than 200 MiB"),
        (fakes.raise_memory_error, LONG, OutOfMemory, "more memory than there is"),
        (fakes.raise_value_error, LONG, Crashed, "ValueError"),
        (fakes.raise_system_exit, LONG, Crashed, "SystemExit"),
        (fakes.raise_encrypted, LONG, Encrypted, "It needs a password."),
        (fakes.raise_strange_error, LONG, exceptions.DocumentError, "Strange."),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_one_bad_document_is_a_typed_error_and_the_next_is_read(
    work: Work, limits: Limits, error: type[TdktError], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The only worker meets the bad document first; the good one after it is none the worse."""
    name = work.__name__
    monkeypatch.setitem(fakes.BY_NAME, name, work)
    bad, good = do(fakes.by_name, f"{name}.txt", "good.txt", limits=limits)
    assert type(bad.error) is error
    assert words in bad.error.message
    assert bad.result is None
    assert (good.result, good.error) == (":good.txt", None)


def test_no_word_of_the_document_is_in_the_message_of_a_defect() -> None:
    for work in (fakes.raise_value_error, fakes.raise_system_exit):
        (outcome,) = do(work)
        assert outcome.error is not None
        assert "TEXT" not in str(outcome.error)


def test_hint_and_exit_code_cross_the_border() -> None:
    (outcome,) = do(fakes.raise_encrypted)
    assert outcome.error is not None
    assert (outcome.error.hint, outcome.error.exit_code) == ("Save it without one.", 11)


def test_result_is_bounded() -> None:
    limits = Limits(memory=4 << 30, result=1 << 20)
    (outcome,) = do(fakes.flood_result, limits=limits)
    assert isinstance(outcome.error, OutOfMemory)
    assert "larger than 1 MiB" in outcome.error.message


def test_output_of_a_reader_neither_blocks_it_nor_reaches_the_user(
    capfd: pytest.CaptureFixture[str],
) -> None:
    (outcome,) = do(fakes.say_much)
    assert outcome.result == "done"
    assert capfd.readouterr() == ("", "")


def test_every_task_has_one_outcome() -> None:
    names = ["good-1", "exit-1", "good-2", "segv", "defect", "exit-2", "locked", "good-3"] * 5
    outcomes = do(fakes.by_name, *names, jobs=3)
    assert [outcome.index for outcome in outcomes] == list(range(len(names)))
    assert [outcome.path for outcome in outcomes] == names
    assert [outcome.result is None for outcome in outcomes] == [
        not name.startswith("good") for name in names
    ]


def test_others_go_on_while_one_hangs() -> None:
    with closing(
        sandbox.run_all([Task("hang"), Task("a"), Task("b")], fakes.by_name, jobs=2)
    ) as it:
        assert {next(it).path, next(it).path} == {"a", "b"}


def test_workers_are_used_again() -> None:
    pids = {outcome.result for outcome in do(fakes.tell_pid, *"abcdefgh")}
    assert len(pids) == 1


def test_pages_lengthen_the_time() -> None:
    limits = Limits(seconds=0.5, seconds_per_page=1.0)
    (outcome,) = do(fakes.many_pages, limits=limits)
    assert outcome.result == "done"


def test_report_pages_does_nothing_elsewhere() -> None:
    report_pages(3)


@pytest.mark.parametrize("work", [fakes.leave_a_grandchild, fakes.leave_a_grandchild_and_hang])
def test_grandchildren_are_ended(work: Work, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    do(work, str(note), limits=Limits(seconds=3))
    grandchild = int(note.read_text(encoding="ascii"))
    wait_for(lambda: not is_alive(grandchild))


def test_a_worker_that_forks_itself_answers_once() -> None:
    # A copy counts as much again as the process that runs these tests has taken until then.
    outcomes = do(fakes.fork_and_return, "a", "b", limits=LONG._replace(memory=16 << 30))
    assert [outcome.result for outcome in outcomes] == ["original"] * 2


def test_a_thread_left_behind_ends_with_its_worker() -> None:
    first, second = do(fakes.leave_a_thread, "a", "b")
    assert first.result != second.result


def test_no_document_answers_for_another() -> None:
    """The first document leaves a worker that dies at the second; that is read by a new one."""
    assert [outcome.error for outcome in do(fakes.crash_second_time, "a", "b", "c")] == [None] * 3


def test_stopping_early_ends_the_workers(tmp_path: Path) -> None:
    document = tmp_path / "note-1.txt"
    outcomes = sandbox.run_all([Task("a"), Task(str(document))], fakes.by_name, jobs=2)
    with closing(outcomes):
        assert next(outcomes).path == "a"
        wait_for(document.with_suffix(".pid").exists)
    pid = int(document.with_suffix(".pid").read_text(encoding="ascii"))
    wait_for(lambda: not is_alive(pid))


def heed_interrupts() -> None:
    """What a shell starts in the background ignores them, and so would all that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_end_with_their_parent(number: int, tmp_path: Path) -> None:
    document = tmp_path / "note-1.txt"
    arguments = [sys.executable, fakes.__file__, "parse", str(document)]
    with subprocess.Popen(
        arguments,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=heed_interrupts,  # noqa: PLW1509 - no threads here
    ) as parent:
        wait_for(document.with_suffix(".pid").exists)
        worker = int(document.with_suffix(".pid").read_text(encoding="ascii"))
        assert is_alive(worker)
        parent.send_signal(number)
        _, said = parent.communicate(timeout=PATIENCE)
    assert parent.returncode == {9: -9, 15: 143, 2: 130}[number]
    assert b"Traceback" not in said
    wait_for(lambda: not is_alive(worker))


def test_options_and_names_reach_the_work() -> None:
    task = Task(b"bytes", "name")
    with Sandbox(fakes.options_of, options={"a": 1, "b": "đ"}) as box:
        (outcome,) = box.run([task])
    assert outcome.result == "[('a', 1), ('b', 'đ')]"
    (outcome,) = sandbox.run_all([task], fakes.echo)
    assert (outcome.result, outcome.path) == ("name:5", "name")


def test_workers_started_afresh_do_the_same(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    with Sandbox(fakes.echo, limits=LONG, jobs=1, start="spawn") as box:
        first, second = box.run([Task("tên"), Task(b"x" * (3 << 20), "n")])
    assert (first.result, second.result) == (":tên", f"n:{3 << 20}")
    with Sandbox(fakes.leave_a_grandchild_and_hang, limits=SHORT, start="spawn") as box:
        (outcome,) = box.run([Task(str(note))])
    assert isinstance(outcome.error, TimedOut | OutOfMemory)
    with Sandbox(fakes.read_address_zero, limits=LONG, start="spawn") as box:
        (outcome,) = box.run([Task("x")])
    assert isinstance(outcome.error, Crashed)


def test_a_process_with_threads_is_not_forked() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert sandbox.safe_start() == "spawn"
        (outcome,) = do(fakes.echo)
        assert outcome.result == ":x.txt"
    finally:
        stop.set()
        thread.join()


def test_a_worker_that_stands_by_is_taken_and_has_its_modules() -> None:
    module = "this"  # The Zen of Python: nobody else imports it.
    # A thread that has ended, as that of the test before, is still counted for a moment.
    wait_for(lambda: sandbox.safe_start() == "fork")
    sandbox.stand_by([module, "no_such_module"])
    assert sandbox.is_standing_by()
    (worker,) = hiring.standing_by
    first, second = do(fakes.modules_and_pid, "a", "b")
    assert not sandbox.is_standing_by()
    assert first.result == second.result == f"{worker.pid} True"
    assert module not in sys.modules
    wait_for(lambda: not is_alive(worker.pid))


def test_what_a_worker_imports_is_not_the_first_document_s_memory() -> None:
    sandbox.stand_by(["fakes_large"])
    (outcome,) = do(fakes.echo, limits=Limits(memory=64 << 20))
    assert outcome.result == ":x.txt"


def test_work_must_be_importable() -> None:
    with pytest.raises(ValueError, match="top level"):
        Sandbox(lambda source, _name: str(source))


def test_ahead_bounds_what_is_begun() -> None:
    begun: list[int] = []

    def tasks() -> list[Task]:
        return [Task("hang"), *(Task(f"good-{number}") for number in range(20))]

    def watched() -> object:
        for number, task in enumerate(tasks()):
            begun.append(number)
            yield task

    outcomes = sandbox.run_all(
        watched(),  # type: ignore[arg-type]
        fakes.by_name,
        jobs=2,
        limits=SHORT,
        ahead=3,
    )
    with closing(outcomes):
        seen = [outcome.index for outcome in outcomes]
    assert seen.index(0) == 3, "three after it were done before it gave up, and no more"
    assert sorted(seen) == list(range(21))


def test_parse_safely_gives_the_plan_or_the_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "tdkt_parse.pipeline", fakes.pipeline())
    plan = sandbox.parse_safely(b"bytes")
    assert plan == sandbox.parse_safely(io.BytesIO(b"bytes"))
    assert plan.title is not None
    with pytest.raises(TimedOut):
        sandbox.parse_safely(tmp_path / "hang.txt", limits=SHORT)
    with pytest.raises(Encrypted):
        sandbox.parse_safely(str(tmp_path / "locked.txt"))


def test_no_process_is_left_over() -> None:
    do(fakes.by_name, "a", "exit", "b", jobs=2)
    left = [pid for pid in system.children_of(os.getpid()) if is_alive(pid)]
    assert left == []


def test_memory_by_ps_agrees_in_its_order_of_size() -> None:
    """What other systems than Linux go by."""
    with subprocess.Popen(
        [sys.executable, "-c", "x = b'x' * (64 << 20); input()"],
        stdin=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            wait_for(lambda: sandbox.memory_of(process.pid) > 64 << 20)
            told = system.memory_by_ps(process.pid)
        finally:
            process.kill()
    if told == 0:
        pytest.skip("there is no ps")
    assert 32 << 20 < told < 512 << 20


def test_a_document_costs_little() -> None:
    """The measured cost is a quarter of a millisecond; the promise is five."""
    started = time.perf_counter()
    do(fakes.echo, *map(str, range(400)), jobs=2)
    assert (time.perf_counter() - started) / 400 < 0.05
