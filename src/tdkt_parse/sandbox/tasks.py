"""
What is asked of a worker, what it may take for it, and what became of it.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from tdkt_parse.exceptions import TdktError
from tdkt_parse.settings import Changes, OcrMode

Work = Callable[..., str]
"""``work(source, name, **options) -> str``: a function at the top level of a module."""

Source = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO


class Limits(NamedTuple):
    """
    What one document may take.

    ``seconds`` of wall clock, and ``seconds_per_page`` more for each page that the reader reports;
    ``memory`` in bytes, resident, over what the worker had when it started, its helpers counted;
    ``result`` in bytes of UTF-8.
    """

    seconds: float = 60.0
    seconds_per_page: float = 2.0
    memory: int = 1 << 30
    result: int = 256 << 20


class Task(NamedTuple):
    """
    A document to read: a path, or its bytes; ``name`` is what the result calls it.

    ``place`` says where bytes are from.
    """

    source: str | bytes
    name: str | None = None
    place: str | None = None

    @property
    def label(self) -> str:
        """The path, else the place or the name, for messages."""
        return self.source if isinstance(self.source, str) else self.place or self.name or "-"


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What became of one task: a ``result`` or an ``error``, never both, never neither.

    ``index`` counts the tasks from 0, ``path`` is the task's path or name, ``result`` what the
    work returned (the Plan's JSON where documents are parsed), ``seconds`` the time it took.
    ``warnings`` say what of the document was not read though the rest was.
    """

    index: int
    path: str
    result: str | None
    error: TdktError | None
    seconds: float
    warnings: tuple[TdktError, ...] = ()


class InHand(NamedTuple):
    """
    A document that is being read: its label, the page that was begun last, of how many.

    ``seconds`` went from its first page to this, ``on_page`` since then. The numbers are 0 where
    nothing of pages was said.
    """

    label: str
    page: int = 0
    of: int = 0
    seconds: float = 0.0
    on_page: float = 0.0


def parse_document(
    source: str | bytes,
    name: str | None = None,
    *,
    changes: Changes = "accept",
    password: str | None = None,
    ocr: OcrMode = "auto",
    by_ocr: bool = False,
) -> str:
    """The usual work: the document's Plan as JSON."""
    from tdkt_parse.pipeline import parse

    plan = parse(source, name=name, changes=changes, password=password, ocr=ocr, by_ocr=by_ocr)
    return plan.to_json()


def as_task(source: Source, *, name: str | None = None) -> Task:
    """A task from whatever ``parse`` accepts; an open file is read to its end."""
    if isinstance(source, str | os.PathLike):
        return Task(os.fspath(source), name)
    from tdkt_parse.readers import load

    data, called = load(source)
    return Task(data, name or called)


def name_of_work(work: Work) -> str:
    """``module:function``, which a worker can import."""
    module, name = getattr(work, "__module__", None), getattr(work, "__qualname__", "")
    if not module or "<" in name or "." in name:
        raise ValueError(f"{work!r} is no function at the top level of a module")
    return f"{module}:{name}"
