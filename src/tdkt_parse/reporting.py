"""
What is said of a document while it is read, to whoever wants to hear it.

Who reads a document in a process of its own listens: the number of pages lengthens the time it may
take, the page that is read now is shown, and a warning goes to the user beside the result. Where
nobody listens, nothing happens.
"""

from collections.abc import Callable
from typing import Literal

from tdkt_parse.exceptions import TdktError

Said = Callable[[Literal["pages", "page", "warning"], int | tuple[int, int] | TdktError], None]

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
