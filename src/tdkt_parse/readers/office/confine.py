"""
A program of others, run where it can reach no network and few files.

This module is run as a program, ``python confine.py FOLDER PARENT PROGRAM …``: it confines
itself and then becomes the program. Linux alone can do that here. Three means, each on its own:

=================  ==============================================================================
``namespace``      user and network namespaces without any interface, not even loopback, and
                   without the sockets and the memory that other processes share
                   (``namespaces(7)``)
``files``          in a mount namespace, nothing but the program, its libraries, fonts, and
                   ``FOLDER``, which is seen as ``/tmp``; no ``/run``, whose sockets resolve names
``filter``         a filter of system calls (``seccomp(2)``): no socket but of this machine, and
                   none of those may be connected; no other program is started or traced
=================  ==============================================================================

Either of ``namespace`` and ``filter`` alone keeps the program from connecting to anything. Where
neither can be had (another system, an old kernel, a container that forbids both), the program is
not run. What was done is written to ``FOLDER/confined`` as words, before the program begins.

The name of a host can leave a machine by a socket of a local service as well (``nscd``,
``systemd-resolved``): ``files`` and ``filter`` stand in the way of that.
"""

import contextlib
import ctypes
import os
import platform
import signal
import struct
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, NoReturn

REFUSED = 97
"""The exit status where the program could not be confined."""
NO_PROGRAM = 98
"""The exit status where it could not be run."""
HALF_WAY = 96
"""The exit status where hiding files failed half-way: it can be done ``--without files``."""
REPORT = "confined"
MEANS = ("namespace", "files", "filter")

MOST_FILE = 256 << 20
"""Bytes of a file that the program may write."""
MOST_DATA = 300 << 20
"""Bytes of its own data. Beside them LibreOffice has some 110 MB of libraries resident; it has 70
MB of data with an ordinary document."""
FOLDER = "@folder@"
"""In arguments and environment of the program: the folder as the program sees it."""

SEEN_AS = "/tmp"  # noqa: S108 - where it is seen by the program alone
_SHOWN = frozenset({"bin", "dev", "lib", "lib32", "lib64", "libx32", "opt", "proc", "sbin", "usr"})
_SHOWN_OF_ETC = (
    "alternatives", "antiword", "fonts", "group", "ld.so.cache", "ld.so.conf", "ld.so.conf.d",
    "libreoffice", "localtime", "locale.alias", "passwd",
)  # fmt: skip

_FONT_CACHE = "/var/cache/fontconfig"
"""Without it the fonts are looked through at each start."""


class _System(NamedTuple):
    """Numbers of a machine: its architecture (linux/audit.h), and of system calls."""

    architecture: int
    socket: int
    clone: int
    clone3: int
    refused: tuple[int, ...]


_CLONE = 0x10000000 | 0x40000000 | 0x08000000 | 0x00020000  # user, network, IPC, mounts
_CLONE_NO_MOUNTS = _CLONE & ~0x00020000
_MS_BIND, _MS_REC, _MS_PRIVATE = 0x1000, 0x4000, 0x40000
_MS_NOSUID, _MS_NODEV, _MS_NOEXEC = 0x2, 0x4, 0x8

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38

_SYSTEMS = {
    "x86_64": _System(
        0xC000003E, 41, 56, 435,
        (42, 57, 58, 101, 155, 165, 166, 272, 308, 310, 311, 321, 425, 426, 427),
    ),
    "aarch64": _System(
        0xC00000B7, 198, 220, 435, (203, 117, 41, 40, 39, 97, 268, 270, 271, 280, 425, 426, 427)
    ),
}  # fmt: skip
"""By the kernel's tables; refused are connect, fork and vfork where there are such, ptrace,
pivot_root, mount, umount2, unshare, setns, process_vm_readv and _writev, bpf, and the three of
io_uring, which opens sockets past a filter."""
_CLONE_THREAD = 0x10000
_X32 = 0x40000000
"""The first number of a second set of calls that x86-64 has for 32-bit pointers."""
_EPERM, _ENOSYS, _EAFNOSUPPORT = 1, 38, 97


def main(arguments: Sequence[str]) -> NoReturn:
    """
    ``FOLDER PARENT PROGRAM ARGUMENT …``; ``--without MEANS`` before them leaves a means out.

    The program ends with its parent, whose process id is given.
    """
    # Here: this module is imported where there is no such thing, and afterwards Python's own files
    # may be hidden.
    import resource  # noqa: F401

    arguments = [*arguments]
    means = [*MEANS]
    while arguments[0] == "--without":
        means.remove(arguments[1])
        arguments = arguments[2:]
    folder, parent, *command = arguments
    os.chdir(folder)
    with open(REPORT, "wb") as report:  # noqa: PTH123 - hidden files may be those of pathlib
        done = confine(folder, means)
        report.write(" ".join(done).encode())
    if "namespace" not in done and "filter" not in done:
        os._exit(REFUSED)
    if "files" in done:
        folder = SEEN_AS
    os.chdir(folder)
    _limit()
    # Last: a change of credentials would have undone it.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != int(parent):
        os._exit(0)
    command = [word.replace(FOLDER, folder) for word in command]
    environment = {name: word.replace(FOLDER, folder) for name, word in os.environ.items()}
    try:
        os.execve(command[0], command, environment)  # noqa: S606 - what was found on PATH
    except OSError:
        os._exit(NO_PROGRAM)


def confine(folder: str, means: Sequence[str] = MEANS) -> list[str]:
    """Confine this process by as many of the means as there are here; which ones they were."""
    done = []
    library = ctypes.CDLL(None, use_errno=True)
    if "namespace" in means:
        user, group = os.getuid(), os.getgid()
        mounts = "files" in means and library.unshare(_CLONE) == 0
        if mounts or library.unshare(_CLONE_NO_MOUNTS) == 0:
            done.append("namespace")
            # Where this is refused the namespace is there all the same, whoever this is in it.
            with contextlib.suppress(OSError):
                Path("/proc/self/setgroups").write_bytes(b"deny")
                Path("/proc/self/uid_map").write_bytes(b"%d %d 1" % (user, user))
                Path("/proc/self/gid_map").write_bytes(b"%d %d 1" % (group, group))
            if mounts and _hide_files(library, folder):
                done.append("files")
    if "filter" in means and _filter(library):
        done.append("filter")
    return done


def _hide_files(library: ctypes.CDLL, folder: str) -> bool:
    """
    Leave of the tree of files what the program needs; False if nothing was changed.

    Ends the process where it stopped half-way.
    """

    def mount(source: str | None, target: str, kind: str | None, flags: int, data: str) -> None:
        words = [None if word is None else os.fsencode(word) for word in (source, target, kind)]
        if library.mount(*words, ctypes.c_ulong(flags), data.encode()) != 0:
            raise OSError(ctypes.get_errno(), f"mount {target}")

    def empty(target: str) -> None:
        flags = _MS_NOSUID | _MS_NODEV | _MS_NOEXEC
        mount("tmpfs", target, "tmpfs", flags, "size=64k,mode=755")

    try:
        mount(None, "/", None, _MS_REC | _MS_PRIVATE, "")
    except OSError:
        return False
    try:
        kept = os.open(folder, os.O_PATH | os.O_DIRECTORY)
        etc = os.open("/etc", os.O_PATH | os.O_DIRECTORY)
        has_cache = Path(_FONT_CACHE).is_dir()
        fonts = os.open(_FONT_CACHE, os.O_PATH | os.O_DIRECTORY) if has_cache else None
        for top in sorted(one for one in Path("/").iterdir() if one.name not in _SHOWN):
            if top.is_dir() and not top.is_symlink():
                empty(str(top))
        mount(f"/proc/self/fd/{kept}", SEEN_AS, None, _MS_BIND, "")
        for name in _SHOWN_OF_ETC:
            source, target = Path(f"/proc/self/fd/{etc}/{name}"), Path("/etc") / name
            if not source.exists():
                continue
            if source.is_dir():
                target.mkdir()
            else:
                target.touch()
            mount(str(source), str(target), None, _MS_BIND | _MS_REC, "")
        if fonts is not None:
            Path(_FONT_CACHE).mkdir(parents=True)
            mount(f"/proc/self/fd/{fonts}", _FONT_CACHE, None, _MS_BIND, "")
            os.close(fonts)
        os.close(kept)
        os.close(etc)
    except OSError:
        os._exit(HALF_WAY)
    return True


def _filter(library: ctypes.CDLL) -> bool:
    """Refuse the calls that connect; False where this kernel or this machine has no such filter."""
    system = _SYSTEMS.get(platform.machine())
    if system is None or sys.maxsize < 1 << 32:
        return False
    load, equal, at_least, has, give = 0x20, 0x15, 0x35, 0x45, 0x06
    allow, kill, error = 0x7FFF0000, 0x80000000, 0x00050000
    # (code, jump if true, jump if false, value); struct seccomp_data: number at 0, architecture at
    # 4, first argument at 16.
    program = [
        (load, 0, 0, 4),
        (equal, 1, 0, system.architecture),
        (give, 0, 0, kill),
        (load, 0, 0, 0),
    ]
    if platform.machine() == "x86_64":
        program += [(at_least, 0, 1, _X32), (give, 0, 0, error | _EPERM)]
    for number in system.refused:
        program += [(equal, 0, 1, number), (give, 0, 0, error | _EPERM)]
    program += [
        # Its flags stand in memory, where a filter cannot look: threads are made the older way.
        (equal, 0, 1, system.clone3),
        (give, 0, 0, error | _ENOSYS),
        (equal, 0, 4, system.clone),
        (load, 0, 0, 16),
        (has, 1, 0, _CLONE_THREAD),
        (give, 0, 0, error | _EPERM),
        (give, 0, 0, allow),
        (equal, 0, 3, system.socket),
        (load, 0, 0, 16),
        (equal, 1, 0, 1),  # AF_UNIX
        (give, 0, 0, error | _EAFNOSUPPORT),
        (give, 0, 0, allow),
    ]
    packed = b"".join(struct.pack("=HBBI", *one) for one in program)
    code = ctypes.create_string_buffer(packed, len(packed))
    pointer = struct.pack("@HP", len(program), ctypes.addressof(code))
    if library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(library.prctl(_PR_SET_SECCOMP, 2, pointer, 0, 0) == 0)


def _limit() -> None:
    """Files and data of the program, and no core file with the document in it."""
    import resource

    os.umask(0o077)
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, MOST_FILE),
        (resource.RLIMIT_DATA, MOST_DATA),
    ):
        hard = resource.getrlimit(kind)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (allowed, allowed))


if __name__ == "__main__":
    main(sys.argv[1:])
