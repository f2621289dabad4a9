"""
LibreOffice without a window: a file of an old format in, the DOCX it makes of it out.

It runs confined (:mod:`~tdkt_parse.readers.office.confine`) and with a profile of its own that is
thrown away: no macros, no links followed, nothing fetched. Starting takes seconds where a plan
takes tenths of one, so it is started with an empty text open, which keeps it from ending, and is
handed one file after the other through the socket by which a second LibreOffice hands its files
to the first (``desktop/unx/source/start.c``)::

    LibreOffice                                     this process
        InternalIPC::SendArguments\\0  ───────────▶
                                       ◀─────────── InternalIPC::Arguments1file:///…,--convert-to,…\\0
        InternalIPC::ProcessingDone\\0 ───────────▶

A worker of the sandbox keeps one open for its next document; any other process ends it after each.
If it dies or hangs it is ended, and the next document gets a new one; a file at which one died that
had read others before is tried once more by a new one, for that may have been their fault.
"""

import contextlib
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tdkt_parse.exceptions import (
    Crashed,
    MissingDependency,
    OutOfMemory,
    TimedOut,
    TooLarge,
    Unreadable,
)
from tdkt_parse.readers.office import confine
from tdkt_parse.readers.office.confined import PREFIX, TRY_ON, WITHOUT, command_of, refused
from tdkt_parse.reporting import Kept, report_kept

START_UP = 60.0
"""Seconds until it listens; two to five on an ordinary machine."""
SECONDS, SECONDS_PER_MB = 20.0, 2.0
"""For a document, and more for each MB of it; a plan of 21 pages takes half a second."""
MOST_OUT = 100_000_000
"""Bytes of the DOCX."""
MOST_USES = 200
"""Documents, after which a new one is started: it grows a little with each."""
MOST_IDLE = 250 << 20
"""Bytes resident, over which it is not kept."""
MOST_RESIDENT = 420 << 20
"""Bytes resident with its libraries."""
TICK = 0.05

HOW_TO_INSTALL = "Type: sudo apt-get install -y libreoffice-writer-nogui"
_RESTART = frozenset({79, 81})
"""Exit statuses by which it asks to be started again: the profile is ready now."""
_OUTPUT = "docx:MS Word 2007 XML"
_EMPTY = b"{\\rtf1 }"

_PLACES = ("/usr/lib/libreoffice/program", "/usr/lib64/libreoffice/program")

_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "DisableOLEAutomation", "true"),
    ("Office.Common/Security/Scripting", "CheckDocumentEvents", "false"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Common/Misc", "UseOpenCL", "false"),
    ("Office.Common/Misc", "CollectUsageInformation", "false"),
    ("Office.Common/Misc", "CrashReport", "false"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Office.Writer/Content/Update", "Field", "false"),
    ("Office.Writer/Filter/Import/VBA", "Load", "false"),
    ("Office.Writer/Filter/Import/VBA", "Save", "false"),
    ("Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("Office.Recovery/AutoSave", "Enabled", "false"),
)
"""What a profile says: no macros, no automatic links, nothing from where the user did not say."""


class _Died(Exception):
    """It ended while it had a document; ``grown`` if its memory had come near its limit."""

    def __init__(self, *, grown: bool) -> None:
        super().__init__()
        self.grown = grown


@dataclass(slots=True, eq=False)
class _Office:
    """A LibreOffice that runs: its process, its folder, and that as it sees it itself."""

    process: "subprocess.Popen[bytes]"
    folder: Path
    seen: str
    address: Path
    greeted: socket.socket | None = None
    """A line on which it has said that it takes files."""
    owner: int = field(default_factory=os.getpid)
    """The process that started it: a copy of that one leaves it alone."""
    kept: bool = False
    """Somebody looks after it from one document to the next."""
    uses: int = 0


_open: list[_Office] = []
"""The one that is kept, or none."""


def convert(data: bytes, suffix: str, *, filter_name: str) -> bytes:
    """
    The DOCX that LibreOffice makes of a file.

    ``suffix`` with its dot is what the file is called there, ``filter_name`` the import filter that
    alone is asked. Raises ``MissingDependency`` where LibreOffice is not installed or cannot be
    confined, ``TimedOut``, ``OutOfMemory`` and ``Crashed`` where it had to be ended or died, and
    ``Unreadable`` where it cannot open the file.
    """
    limit = SECONDS + SECONDS_PER_MB * len(data) / 1e6
    office = _open.pop() if _open else None
    if office is not None and office.owner != os.getpid():
        office = None
    if office is not None and office.process.poll() is not None:
        _end(office)
        office = None
    office = office or _start()
    try:
        try:
            made = _hand_over(office, data, suffix, filter_name, limit)
        except _Died:
            if office.uses == 1:
                raise
            _end(office)
            office = _start()
            made = _hand_over(office, data, suffix, filter_name, limit)
    except _Died as died:
        _end(office)
        if died.grown:
            raise _too_much() from died
        raise Crashed(
            "LibreOffice ended while it read the file.",
            hint="The file may be broken; open it in Word and save it as a Word document (.docx).",
        ) from died
    except BaseException:
        _end(office)
        raise
    kept = office.kept and office.uses < MOST_USES and _resident(office.process.pid) < MOST_IDLE
    if kept:
        _open.append(office)
    else:
        _end(office)
    if made is None:
        raise Unreadable(
            "LibreOffice cannot open the file: it is broken or was cut short.",
            hint="Copy it again; if Word opens it, save it there as a Word document (.docx).",
        )
    return made


@cache
def program() -> Path | None:
    """The program of LibreOffice itself, not the script that starts it; ``None`` if it is not."""
    found = [shutil.which(name) for name in ("soffice", "libreoffice")]
    folders = [Path(one).resolve().parent for one in found if one]
    folders += [*map(Path, _PLACES), *sorted(Path("/opt").glob("libreoffice*/program"))]
    return next((f / "soffice.bin" for f in folders if (f / "soffice.bin").is_file()), None)


def not_installed(why: str | None = None) -> MissingDependency:
    """The error for a machine without LibreOffice; ``why`` nothing else will do for this file."""
    because = f" ({why})" if why else ""
    return MissingDependency(
        f"Old Word files, RTF and ODT are read by LibreOffice{because}, which is not installed.",
        hint=HOW_TO_INSTALL,
    )


# -- one that runs


def _start() -> _Office:
    office = program()
    if office is None:
        raise not_installed()
    if sys.platform != "linux":
        raise refused("LibreOffice")
    # The address of a file in it is to be no other than its path.
    usual = tempfile.gettempdir()
    plain = usual.isascii() and usual.replace("/", "").replace("-", "").replace("_", "").isalnum()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=usual if plain else confine.SEEN_AS))
    try:
        return _started(office, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _started(office: Path, folder: Path) -> _Office:
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_profile(), encoding="utf-8")
    (folder / "empty.rtf").write_bytes(_EMPTY)
    here = confine.FOLDER
    command = [
        str(office),
        f"-env:UserInstallation=file://{here}/profile",
        *("--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault"),
        f"{here}/empty.rtf",
    ]
    environment = {
        "HOME": here, "TMPDIR": here, "XDG_CACHE_HOME": here, "XDG_CONFIG_HOME": here,
        "XDG_RUNTIME_DIR": here, "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin",
        "SAL_USE_VCLPLUGIN": "svp", "SAL_DISABLE_OPENCL": "1",
    }  # fmt: skip
    waiting = [*WITHOUT]
    until = time.monotonic() + START_UP
    for _ in range(6):
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, the program found on PATH
            command_of(folder, waiting[0], *command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        report_kept(Kept(process.pid, (str(folder),)))
        try:
            status = _wait_for_line(process, folder, until)
        except BaseException:
            _kill(process)
            raise
        if isinstance(status, _Office):
            return status
        if status == confine.REFUSED:
            raise refused("LibreOffice")
        if status in TRY_ON and len(waiting) > 1:
            waiting.pop(0)
        elif status not in _RESTART:
            break
    raise MissingDependency(
        f"LibreOffice does not start here (status {status}).",
        hint="Try: soffice --headless --version. If that fails, install it anew. " + HOW_TO_INSTALL,
    )


def _wait_for_line(
    process: "subprocess.Popen[bytes]", folder: Path, until: float
) -> "_Office | int":
    """LibreOffice as soon as it listens; its exit status if it ends before."""
    report = folder / confine.REPORT
    while time.monotonic() < until:
        status = process.poll()
        if status is not None:
            return status
        time.sleep(0.02)
        try:
            done = report.read_text(encoding="ascii").split()
        except OSError:
            continue
        if not done:
            continue
        hidden = "files" in done
        seen = confine.SEEN_AS if hidden else str(folder)
        office = _Office(process, folder, seen, _address(folder, seen))
        try:
            office.greeted = _greeted(office, until - time.monotonic())
        except (OSError, _Died):
            continue
        office.kept = report_kept(Kept(process.pid, (str(folder), str(office.address))))
        return office
    raise TimedOut(
        f"LibreOffice was not ready within {START_UP:g} seconds.",
        hint="Is the machine very busy? Try fewer --jobs.",
    )


def _address(folder: Path, seen: str) -> Path:
    """
    The socket on which LibreOffice waits for files.

    It is made in ``/tmp``, which is the folder itself where files are hidden, and called by the
    sum of its profile's address.
    """
    found = next(folder.glob("OSL_PIPE_*_SingleOfficeIPC_*"), None)
    if found is not None:
        return found
    profile = f"file://{seen}/profile".encode("utf-16-le")
    digest = hashlib.md5(profile, usedforsecurity=False).digest()
    name = f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_" + "".join(f"{byte:x}" for byte in digest)
    return Path(confine.SEEN_AS) / name


def _connected(office: _Office) -> socket.socket:
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(TICK)
    # Through the folder's number: a path of more than 107 bytes is no address of a socket.
    folder = os.open(office.address.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        line.connect(f"/proc/self/fd/{folder}/{office.address.name}")
    except BaseException:
        line.close()
        raise
    finally:
        os.close(folder)
    return line


def _greeted(office: _Office, limit: float) -> socket.socket:
    """A line on which it waits for a file: when it has started whole, or has done the last one."""
    line = _connected(office)
    try:
        _listen(office, line, b"InternalIPC::SendArguments\0", limit)
    except BaseException:
        line.close()
        raise
    return line


def _hand_over(
    office: _Office, data: bytes, suffix: str, filter_name: str, limit: float
) -> bytes | None:
    """Give it a file and wait; the DOCX, or ``None`` if it could not open the file."""
    office.uses += 1
    name = f"{office.uses}"
    given, made = office.folder / f"{name}{suffix}", office.folder / "out" / f"{name}.docx"
    given.write_bytes(data)
    words = (
        "--headless", f"--infilter={filter_name}", "--convert-to", _OUTPUT,
        "--outdir", f"{office.seen}/out", f"{office.seen}/{given.name}",
    )  # fmt: skip
    asked = f"InternalIPC::Arguments1file://{office.seen}" + "".join(
        "," + word.replace("\\", "\\\\").replace(",", "\\,") for word in words
    )
    line, office.greeted = office.greeted, None
    try:
        with line or _greeted(office, limit) as line:
            line.settimeout(limit)
            line.sendall(asked.encode() + b"\0")
            line.settimeout(TICK)
            _listen(office, line, b"InternalIPC::ProcessingDone\0", limit)
    except ConnectionError as error:
        raise _Died(grown=False) from error
    finally:
        given.unlink(missing_ok=True)
    # What it wrote is its own doing: nothing but a file is taken, and no more than a DOCX has.
    try:
        if made.is_symlink() or not made.is_file():
            return None
        if made.stat().st_size > MOST_OUT:
            raise TooLarge(
                f"What LibreOffice made of the file has more than {MOST_OUT / 1e6:.0f} MB.",
                hint="A plan is thousands of times smaller: check that it is one.",
            )
        return made.read_bytes()
    finally:
        made.unlink(missing_ok=True)


def _listen(office: _Office, line: socket.socket, word: bytes, limit: float) -> None:
    """Wait for a word, with an eye on its time, its memory and its life."""
    said, grown = b"", False
    until = time.monotonic() + limit
    while word not in said:
        try:
            part = line.recv(1024)
        except TimeoutError:
            part = None
        except ConnectionError:
            part = b""
        if part == b"" or office.process.poll() is not None:
            raise _Died(grown=grown)
        said += part or b""
        resident = _resident(office.process.pid)
        grown = grown or _data_of(office.process.pid) > confine.MOST_DATA * 3 // 4
        if resident > MOST_RESIDENT:
            raise _too_much()
        if time.monotonic() > until:
            raise TimedOut(
                f"LibreOffice took longer than {limit:.0f} seconds and was stopped.",
                hint="The file may be meant to do harm; if Word opens it, save it there as a Word "
                "document (.docx).",
            )


def _end(office: _Office) -> None:
    if office.greeted is not None:
        office.greeted.close()
    _kill(office.process)
    office.address.unlink(missing_ok=True)
    shutil.rmtree(office.folder, ignore_errors=True)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _resident(pid: int) -> int:
    return _status_of(pid, b"VmRSS:")


def _data_of(pid: int) -> int:
    return _status_of(pid, b"VmData:")


def _status_of(pid: int, name: bytes) -> int:
    """Bytes that the system says a process has of something."""
    try:
        words = Path(f"/proc/{pid}/status").read_bytes().split()
        return int(words[words.index(name) + 1]) * 1024
    except (OSError, ValueError, IndexError):
        return 0


def _profile() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>'
    )


def _too_much() -> OutOfMemory:
    return OutOfMemory(
        f"LibreOffice took more than {MOST_RESIDENT >> 20} MiB of memory for the file.",
        hint="The file may be meant to do harm; if Word opens it, save it there as a Word document "
        "(.docx).",
    )
