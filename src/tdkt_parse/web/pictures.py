"""
The pages of a document as pictures, or its text, beside what was read in it.

They are drawn in the sandbox, some pages at a time, when somebody first looks, and kept under the
content's SHA-256 in the service's folder: all while there is room, then those that were looked at
last, and none of a document that is not in the database any more. A document stands in the folder
of uploads; one that was imported from this machine is read where it was met, if it still is what it
was.
"""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from tdkt_parse import work
from tdkt_parse.exceptions import DocumentError, TdktError
from tdkt_parse.sandbox import Limits, Sandbox, Task
from tdkt_parse.store.reading import paths_of
from tdkt_parse.web import uploads

if TYPE_CHECKING:
    from tdkt_parse.web.site import Site

AT_ONCE = 8
"""Pages that are drawn together."""
MOST_TEXT = 4 << 20
"""Bytes of text that are shown."""
ROOM = 2 << 30
"""Bytes that pictures and texts may take together."""
_drawing = BoundedSemaphore(1)
"""One document is drawn at a time: the processors are the readers'."""


class Original(NamedTuple):
    """
    What can be shown of a document: the sizes of its pages, in points, or its text.

    ``path`` is its file; ``why`` says what is wrong where nothing can be shown.
    """

    path: Path | None
    pages: Mapping[int, tuple[float, float]] = {}
    text: str | None = None
    why: str | None = None


def original_of(site: "Site", sha256: str) -> Original:
    """What can be shown of a document; the first look draws the first pages."""
    path = file_of(site, sha256)
    if path is None:
        return Original(None)
    folder = _folder(site, sha256)
    told = _read(folder / "pages.json")
    if told is None:
        told = _draw(site, sha256, path, 1)
    with suppress(OSError):
        os.utime(folder)  # who looked at it last is swept away last
    if "why" in told:
        return Original(path, why=str(told["why"]))
    if told["pages"]:
        return Original(path, {int(k): (w, h) for k, (w, h) in told["pages"].items()})
    try:
        with (folder / "text.txt").open(encoding="utf-8", newline="") as file:
            return Original(path, text=file.read(MOST_TEXT))
    except OSError:
        return Original(path, why="text.txt")


def picture_of(site: "Site", sha256: str, page: int) -> Path | None:
    """The picture of a page, drawn if it is not there; ``None`` if there is none."""
    picture = _folder(site, sha256) / f"page-{page}.webp"
    if picture.is_file():
        return picture
    original = original_of(site, sha256)
    if original.path is not None and page in original.pages and not picture.is_file():
        _draw(site, sha256, original.path, page)
    return picture if picture.is_file() else None


def file_of(site: "Site", sha256: str) -> Path | None:
    """The document's own file; ``None`` where it is not on this machine any more."""
    path = uploads.path_of(site, sha256)
    if path.is_file():
        return path
    for one in paths_of(site.store, sha256):
        met = Path(one)
        try:
            there = met.stat()
        except (OSError, ValueError):
            continue
        if met.is_absolute() and _is_content(str(met), there.st_size, there.st_mtime_ns, sha256):
            return met
    return None


@cache
def _is_content(path: str, _size: int, _changed: int, sha256: str) -> bool:
    """Whether a file holds that content; asked once, until it changes."""
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def _folder(site: "Site", sha256: str) -> Path:
    return site.folder / "pages" / sha256[:2] / sha256


@cache
def _lock_of(_sha256: str) -> Lock:
    return Lock()


def _draw(site: "Site", sha256: str, path: Path, page: int) -> dict[str, Any]:
    """Draw the pages around one, and write down the sizes; what went wrong is kept too."""
    folder = _folder(site, sha256)
    first = (page - 1) // AT_ONCE * AT_ONCE + 1
    with _lock_of(sha256), _drawing:
        said = folder / "pages.json"
        had = _read(said)
        if had and ("why" in had or (folder / f"page-{page}.webp").is_file()):
            return had
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        options = {"folder": str(folder), "first": first, "last": first + AT_ONCE - 1}
        allowed = site.allowance
        limits = Limits(allowed.seconds, allowed.seconds_per_page, allowed.memory)
        error: TdktError | None = None
        with Sandbox(
            work.show_document, limits=limits, jobs=1, options=options, start="spawn"
        ) as sandbox:
            (outcome,) = sandbox.run([Task(os.fspath(path))])
        error = outcome.error
        pages = {} if had is None else dict(had.get("pages", {}))
        if error is None:
            new = json.loads(outcome.result or "{}")
            pages = {**new["expected"], **pages, **new["drawn"]}
        told: dict[str, Any] = {"pages": pages}
        if error is not None and had is None:
            told = {"why": str(error)}
        if error is None or isinstance(error, DocumentError):
            beside = said.with_name(f".{said.name}.{os.getpid()}")
            beside.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
            beside.replace(said)
        return told


def sweep(
    site: "Site", wanted: Callable[[list[str]], set[str]], *, older: float, room: int = ROOM
) -> None:
    """
    Take away the pages of documents that are not ``wanted``, and, where all take more than
    ``room`` bytes, of those that nobody looked at for the longest time.

    Only what was last looked at more than ``older`` seconds ago.
    """
    before = time.time() - older
    kept: list[tuple[float, int, Path]] = []
    for group in sorted((site.folder / "pages").glob("??")):
        folders = {one.name: one for one in group.iterdir()}
        known = wanted(list(folders)) if folders else set()
        for name, folder in folders.items():
            looked_at, size = _last_look(folder)
            if name in known or looked_at >= before:
                kept.append((looked_at, size, folder))
            else:
                shutil.rmtree(folder, ignore_errors=True)
    taken = sum(size for _, size, _ in kept)
    for looked_at, size, folder in sorted(kept):
        if taken <= room or looked_at >= before:
            break
        shutil.rmtree(folder, ignore_errors=True)
        taken -= size


def _last_look(folder: Path) -> tuple[float, int]:
    """When somebody last looked at pages, and how many bytes they take."""
    try:
        files = [one.stat() for one in folder.iterdir()]
        return folder.stat().st_mtime, sum(one.st_size for one in files)
    except OSError:
        return time.time(), 0  # It has just gone, or cannot be looked into.


def _read(said: Path) -> dict[str, Any] | None:
    try:
        told: dict[str, Any] = json.loads(said.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told
