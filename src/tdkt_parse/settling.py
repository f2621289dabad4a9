"""
Folders that are watched: which of their files are there, whole, and new.

By looking, not by what the system tells of changes: that works on every drive, those of the network
too, and misses nothing that happened while nobody watched.
"""

import os
import stat
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple


class Look(NamedTuple):
    """What a file looked like: size in bytes, times in nanoseconds, which file it is."""

    size: int
    modified: int
    changed: int
    inode: int


class Settling:
    """
    Folders, and what was seen in them.

    A file counts when it has looked the same for ``settle`` seconds, and was not written to in that
    time; once, and again when it has changed. Links are not followed, neither to files nor to
    folders, but for the folders named. Of each file some 200 bytes are remembered.
    """

    def __init__(
        self,
        folders: Sequence[str],
        suffixes: Collection[str],
        settle: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folders = [os.path.realpath(folder) for folder in folders]
        self._suffixes = suffixes
        self._settle = settle
        self._clock = clock
        self._waiting: dict[str, tuple[Look, float]] = {}
        self._given: dict[str, Look] = {}

    def look(self) -> list[str]:
        """The files that have settled since the last look, in the order of their names."""
        now = self._clock()
        ready: list[str] = []
        seen: set[str] = set()
        for path, look in self._files():
            seen.add(path)
            if self._given.get(path) == look:
                self._waiting.pop(path, None)
                continue
            before = self._waiting.get(path)
            if before is None or before[0] != look:
                self._waiting[path] = look, now
                before = look, now
            if now - before[1] >= self._settle and _age(look) >= self._settle:
                del self._waiting[path]
                self._given[path] = look
                ready.append(path)
        # What has gone is new if it comes back.
        for known in (self._waiting, self._given):
            for path in [path for path in known if path not in seen]:
                del known[path]
        return ready

    def _files(self) -> Iterator[tuple[str, Look]]:
        met: set[tuple[int, int]] = set()
        waiting = self._folders[::-1]
        while waiting:
            folder = waiting.pop()
            try:
                with os.scandir(folder) as entries:
                    inside = sorted(entries, key=lambda entry: entry.name)
            except OSError:
                continue  # It has gone, or may come.
            folders: list[str] = []
            for entry in inside:
                if entry.name.startswith((".", "~$")):
                    continue
                try:
                    status = entry.stat(follow_symlinks=False)
                except OSError:
                    continue
                if stat.S_ISDIR(status.st_mode):
                    folders.append(entry.path)
                elif stat.S_ISREG(status.st_mode) and self._is_wanted(entry.name):
                    if not status.st_size:
                        continue  # Whoever made it has not begun to write.
                    key = status.st_dev, status.st_ino
                    # Folders that were named may stand in one another.
                    if key in met and status.st_nlink == 1:
                        continue
                    met.add(key)
                    yield (
                        entry.path,
                        Look(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino),
                    )
            waiting += folders[::-1]

    def _is_wanted(self, name: str) -> bool:
        return os.path.splitext(name)[1].lower() in self._suffixes  # noqa: PTH122


def _age(look: Look) -> float:
    """Seconds since it was written to; one from the future, by another's clock, is old enough."""
    age = time.time() - look.modified / 1e9
    return age if age >= 0 else float("inf")
