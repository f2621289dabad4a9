"""
The worker's side: a process shut off from the user's, which does one task after another.
"""

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any, NoReturn

from tdkt_parse.exceptions import Crashed, MissingDependency, OutOfMemory, TdktError
from tdkt_parse.reporting import Kept, listen
from tdkt_parse.sandbox.endings import result_too_large
from tdkt_parse.sandbox.system import resident_of
from tdkt_parse.sandbox.tasks import Work
from tdkt_parse.sandbox.wire import (
    BEGUN,
    FAILURE,
    KEPT,
    LAST_RESULT,
    PAGE,
    PAGES,
    RESULT,
    TASK_HEADER,
    WARNING,
    error_to_bytes,
    send,
)

ONE_THREAD = ("OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM")
"""What libraries ask for how many threads they may start: a worker is for one processor, and of
Tesseract's threads each waits for the others (tesseract-ocr/tesseract, FAQ)."""


def serve_started_afresh() -> NoReturn:
    """The main function of a worker that was not forked: line, parent and path are arguments."""
    if sys.platform == "win32":
        line = socket.fromshare(sys.stdin.buffer.read())
    else:
        line = socket.socket(fileno=int(sys.argv[1]))
    serve(line, int(sys.argv[2]))


def serve(line: socket.socket, parent: int, modules: tuple[str, ...] = ()) -> NoReturn:
    """Do what the supervisor asks for, task by task, until its line closes."""
    line = _seclude(line, parent)
    listen(lambda kind, said: _report(line, kind, said))
    for module in modules:
        # What is wrong with it is wrong with each document, and is said there.
        with contextlib.suppress(Exception):
            importlib.import_module(module)
    if modules:
        gc.freeze()
        gc.enable()
    stream = line.makefile("rb")
    me = os.getpid()
    while True:
        lengths = stream.read(TASK_HEADER.size)
        if len(lengths) < TASK_HEADER.size:
            os._exit(0)  # The supervisor is gone.
        head, size = TASK_HEADER.unpack(lengths)
        request = json.loads(stream.read(head))
        content = stream.read(size)
        send(line, BEGUN, str(resident_of(me)).encode())
        kind, body = _attempt(request, request.get("path", content))
        if os.getpid() != me:
            os._exit(70)  # A copy that the work made of this process and forgot to end.
        if kind == RESULT and threading.active_count() > 1:
            kind = LAST_RESULT
        send(line, kind, body)


def _seclude(line: socket.socket, parent: int) -> socket.socket:
    """No input, no output, no keyboard, no core file with the document in it, no longer life."""
    while line.fileno() < 3:
        # This process was started without the usual files.
        above = line.dup()
        line.detach()
        line = above
    if "faulthandler" in sys.modules:
        sys.modules["faulthandler"].disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(null, number)
    os.close(null)
    sys.stdin = os.fdopen(0, encoding="utf-8")
    sys.stdout = sys.stderr = os.fdopen(1, "w", encoding="utf-8")
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        prctl = ctypes.CDLL(None).prctl
        prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG
        prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER: orphans of its helpers stay in its tree
        if os.getppid() != parent:
            os._exit(0)  # It ended before it could be bound to us.
        with contextlib.suppress(OSError):
            # If memory runs out all the same, this process before the user's.
            Path("/proc/self/oom_score_adj").write_bytes(b"500")
    return line


def _attempt(request: dict[str, Any], source: str | bytes) -> tuple[bytes, bytes]:
    try:
        module, _, function = request["work"].partition(":")
        work: Work = getattr(importlib.import_module(module), function)
        body = work(source, request["name"], **request["options"]).encode("utf-8", "surrogatepass")
        if len(body) <= request["limit"]:
            return RESULT, body
        error: TdktError = result_too_large(request["limit"])
    except TdktError as raised:
        error = raised
    except MemoryError:
        error = OutOfMemory("Reading needed more memory than there is.")
    except ModuleNotFoundError as raised:
        error = MissingDependency(
            f"The Python package {raised.name} is not installed.", hint="Type: tdkt doctor"
        )
    except BaseException as raised:  # noqa: BLE001 - a document must not end the worker
        # Never its own words: they may be the document's.
        error = Crashed(
            f"A defect stopped the reading ({type(raised).__name__}{_place_of(raised)}).",
            hint="Please report it, with the document if you may.",
        )
    return FAILURE, error_to_bytes(error)


def _report(line: socket.socket, kind: str, said: int | tuple[int, int] | TdktError | Kept) -> None:
    """Pass on what is said of a document while it is read."""
    if isinstance(said, TdktError):
        send(line, WARNING, error_to_bytes(said))
    elif isinstance(said, Kept):
        send(line, KEPT, json.dumps(said).encode("ascii"))
    elif isinstance(said, tuple):
        send(line, PAGE, b"%d %d" % said)
    elif kind == "pages":
        send(line, PAGES, str(said).encode())


def _place_of(error: BaseException) -> str:
    """The innermost line of ours that the error passed through, as `` at segment.py:120``."""
    place, room = "", Path(__file__).parent
    traceback = error.__traceback__
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if "tdkt_parse" in file and Path(file).parent != room:
            place = f" at {Path(file).name}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return place
