"""
Which of the documents that were found have to be read, and what became of each.

Between the search for documents and the workers: archives are walked through, what is done already
is passed over, of one content one document is read. Each document is handed on when a worker has
room for it, so that a million take no more than their names.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from tdkt_parse import __version__
from tdkt_parse.exceptions import DocumentError, TdktError, Unreadable
from tdkt_parse.manifest import Manifest, Record, Stage, record_of
from tdkt_parse.sandbox import Outcome, Task
from tdkt_parse.settings import Settings

if TYPE_CHECKING:
    from tdkt_parse.archives import Member

Reason = Literal["unchanged", "duplicate", "failed"]
"""Why a document is passed over: it is done; its content is another's; it failed before."""

_CHUNK = 1 << 20


@dataclass(slots=True)
class Taken:
    """A document that was handed on: where it was met, its content, where else that was met."""

    path: str
    content: str | None
    copies: list[str] = field(default_factory=list)


class Choice(NamedTuple):
    """
    Which documents are wanted.

    ``force``: those that are done, too; ``retry``: those that failed before, too; ``limit``: no
    more than so many; ``once``: one of each content.
    """

    force: bool = False
    retry: bool = False
    limit: int | None = None
    once: bool = True


@dataclass(slots=True)
class Intake:
    """
    Documents on their way to the workers.

    ``options`` say how they are read, for the ``manifest``. ``is_known`` tells whether a content is
    where results go. ``on_skip`` is called with the label, the path and the content of what is
    passed over, with the reason; ``on_failure`` with the label of what cannot be opened, and why.
    ``is_there`` tells whether what was written of a label still is; what is done, as the manifest
    has it, and is not there any more is done again.
    """

    options: Mapping[str, Any]
    choice: Choice
    on_skip: Callable[[str, str, str, Reason], None]
    on_failure: Callable[[str, TdktError], None]
    manifest: Manifest | None = None
    is_known: Callable[[str], bool] | None = None
    is_there: Callable[[str], bool] | None = None
    counts: Counter[Reason] = field(default_factory=Counter)
    is_limited: bool = False
    """There was more, but no more was wanted."""
    gone: int = 0
    """Documents that were done before, and are read because what was written of them is gone."""
    _handed: int = 0
    _taken: dict[int, Taken] = field(default_factory=dict)
    _in_hand: dict[str, Taken] = field(default_factory=dict)
    _met: dict[bytes, str] = field(default_factory=dict)
    """Of each content that was met the first label."""

    def sift(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """The tasks that have to be read, as they are asked for."""
        self._handed = 0
        wanted = 0
        for path, task in self._opened(tasks):
            content = content_of(task) if self._looks_inside() else None
            if content is not None and (reason := self._reason(task.label, path, content)):
                self._pass_over(task.label, path, content, reason)
                continue
            if wanted == self.choice.limit:
                self.is_limited = True
                return
            wanted += 1
            self.gone += content is not None and self._is_gone(task.label, path, content)
            taken = Taken(path, content)
            self._taken[self._handed] = taken
            self._handed += 1
            if content is not None:
                self._in_hand[content] = taken
            yield task

    def _looks_inside(self) -> bool:
        """Whether contents matter: to find one out is to read the file."""
        return self.choice.once or self.manifest is not None or self.is_known is not None

    def _opened(self, tasks: Iterable[Task]) -> Iterator[tuple[str, Task]]:
        """Each document with the path by which it is remembered."""
        for task in tasks:
            path = path_of(task)
            archive = _archive_of(task)
            if archive is None:
                yield path, task
                continue
            for member in _members(archive):
                inside = member.label.removeprefix(archive)
                try:
                    data = member.read()
                except DocumentError as error:
                    self._note(record_of(path + inside, None, "open", self.options, error=error))
                    self.on_failure(member.label, error)
                    continue
                yield path + inside, Task(data, Path(archive).name + inside, member.label)

    def _reason(self, label: str, path: str, content: str) -> Reason | None:
        key = bytes.fromhex(content)[:16]
        first = self._met.setdefault(key, label) if self.choice.once else label
        if first != label:
            return "duplicate"
        if not self.choice.force:
            if self.is_known is not None:
                if self.is_known(content):
                    return "unchanged"
            elif (
                self.manifest
                and self.manifest.is_done(path, content, self.options)
                and not self._is_gone(label, path, content)
            ):
                return "unchanged"
        if (
            self.manifest
            and not (self.choice.force or self.choice.retry)
            and self.manifest.has_failed(path, content, self.options)
        ):
            return "failed"
        return None

    def _is_gone(self, label: str, path: str, content: str) -> bool:
        """Whether it was done, and what was written of it is not there any more."""
        if self.is_there is None or self.manifest is None or self.choice.force:
            return False
        return self.manifest.is_done(path, content, self.options) and not self.is_there(label)

    def _pass_over(self, label: str, path: str, content: str, reason: Reason) -> None:
        self.counts[reason] += 1
        if reason == "duplicate" and (first := self._in_hand.get(content)):
            first.copies.append(path)
        if (
            reason != "failed"
            and self.manifest
            and not self.manifest.is_done(path, content, self.options)
        ):
            of = self._met.get(bytes.fromhex(content)[:16]) if reason == "duplicate" else None
            self._note(Record(path, content, reason, "open", of=of, options=self.options))
        self.on_skip(label, path, content, reason)

    def take(self, outcome: Outcome) -> Taken:
        """What the outcome is of; to be settled when it is where it belongs."""
        taken = self._taken.pop(outcome.index)
        if taken.content is not None:
            self._in_hand.pop(taken.content, None)
        return taken

    def settle(
        self, taken: Taken, outcome: Outcome, stage: Stage, error: TdktError | None = None
    ) -> None:
        """Note in the manifest what became of it, once it is where it belongs, or failed."""
        error = error or outcome.error
        self._note(
            record_of(
                taken.path,
                taken.content,
                stage,
                self.options,
                seconds=outcome.seconds,
                error=error,
            )
        )

    def told(self, lang: str = "en") -> list[str]:
        """What was passed over, a line each, for who ran it."""
        vietnamese = lang == "vi"
        lines: list[str] = []
        if self.manifest is not None and self.manifest.spoilt:
            lines.append(
                f"Tệp kê có {self.manifest.spoilt} dòng hỏng, bỏ qua."
                if vietnamese
                else f"{self.manifest.spoilt} lines of the manifest are damaged and were left out."
            )
        if count := self.counts["failed"]:
            lines.append(
                f"{count} văn bản đã lỗi lần trước, không đọc lại: --retry-failed đọc lại."
                if vietnamese
                else f"{count} failed before and were not tried again: --retry-failed does."
            )
        if self.gone:
            lines.append(
                f"{self.gone} văn bản đã xong nhưng tệp kết quả không còn, nên đọc lại."
                if vietnamese
                else f"{self.gone} were done, but their files were gone: they were read again."
            )
        if self.is_limited:
            lines.append(
                f"Còn nữa: --limit {self.choice.limit}."
                if vietnamese
                else f"There are more: --limit {self.choice.limit}."
            )
        return lines

    def _note(self, record: Record) -> None:
        if self.manifest is not None:
            self.manifest.add(record)


def labels_in(tasks: Sequence[Task]) -> tuple[list[str], list[tuple[str, TdktError]]]:
    """What there is to read, archives walked through, and the archives that hold no document."""
    labels: list[str] = []
    failures: list[tuple[str, TdktError]] = []
    for task in tasks:
        archive = _archive_of(task)
        if archive is None:
            labels.append(task.label)
            continue
        before = len(labels)
        labels += [member.label for member in _members(archive)]
        if len(labels) == before:
            failures.append((archive, Unreadable("The archive holds no document.")))
    return labels, failures


def _archive_of(task: Task) -> str | None:
    """The path of an archive that is to be walked through; ``None`` of a document."""
    if not isinstance(task.source, str) or not task.source.lower().endswith(".zip"):
        return None
    from tdkt_parse import archives

    return task.source if archives.is_archive(task.source) else None


def _members(path: str) -> "Iterator[Member]":
    from tdkt_parse.archives import members
    from tdkt_parse.readers import SUFFIXES

    return members(path, SUFFIXES)


@contextmanager
def open_manifest(path: str | None, *, read_only: bool = False) -> Iterator[Manifest | None]:
    """The manifest of a name, closed at the end; ``None`` where there is none."""
    if path is None:
        yield None
        return
    with Manifest(Path(path), read_only=read_only) as manifest:
        yield manifest


def manifest_options(settings: Settings, **more: str | None) -> dict[str, Any]:
    """How documents are read, as it stands in a manifest; of a password only that there is one."""
    return {
        "parser": __version__,
        "changes": settings.changes,
        "ocr": settings.ocr,
        "password": settings.password is not None,
        "timeout": settings.timeout,
        "page_timeout": settings.page_timeout,
        "memory": settings.memory,
        **more,
    }


def path_of(task: Task) -> str:
    """Where a document was met, in a form that a database takes; absolute."""
    if not isinstance(task.source, str):
        return task.label
    return os.fsencode(os.path.abspath(task.source)).decode(errors="backslashreplace")  # noqa: PTH100


def content_of(task: Task) -> str | None:
    """The SHA-256 of a document's content; ``None`` if it cannot be read: reading will say so."""
    import hashlib

    if isinstance(task.source, bytes):
        return hashlib.sha256(task.source).hexdigest()
    digest = hashlib.sha256()
    try:
        with Path(task.source).open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except (OSError, ValueError):
        return None
    return digest.hexdigest()
