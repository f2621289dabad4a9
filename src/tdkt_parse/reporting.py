"""
What is said of a document while it is read, to whoever wants to hear it.

Who reads a document in a process of its own listens: the number of pages lengthens the time it may
take, the page that is read now is shown, and a warning goes to the user beside the result. Where
nobody listens, nothing happens.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple

from tdkt_parse.exceptions import TdktError


class Kept(NamedTuple):
    """
    A program that a reader keeps open for the next document: its process, and what it leaves in
    the system's folder for temporary files if it is ended from outside.
    """

    pid: int
    leftovers: tuple[str, ...] = ()


Said = Callable[
    [Literal["pages", "page", "warning", "kept"], int | tuple[int, int] | TdktError | Kept], None
]

_listeners: list[Said] = []


def listen(listener: Said) -> None:
    """Tell a listener from now on."""
    _listeners.append(listener)


def report_pages(pages: int) -> None:
    """How many pages the document has, by which it gets its time: one read by OCR is several."""
    for tell in _listeners:
        tell("pages", pages)


def report_page(number: int, of: int) -> None:
    """Which page is begun now, and how many there are."""
    for tell in _listeners:
        tell("page", (number, of))


def report_warning(error: TdktError) -> None:
    """
    What of the document was not read, though the rest was.

    The exit code of the error becomes that of the command.
    """
    for tell in _listeners:
        tell("warning", error)


def report_kept(kept: Kept) -> bool:
    """
    Which program is kept open; False where nobody listens, and it has to be ended now.

    Who listens ends it, with the process that started it, and removes what it leaves.
    """
    for tell in _listeners:
        tell("kept", kept)
    return bool(_listeners)
