"""
What belongs together is done whole: an interruption waits until it is.

Ctrl-C and SIGTERM come at any moment, also between the database and the manifest, and what one of
them then says the other does not.
"""

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType

ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)


@contextlib.contextmanager
def held_back() -> Iterator[None]:
    """
    Have the signals that end a program wait for the end of the block.

    A second one does not wait: somebody insists. Signals that nobody handles, and threads but the
    main one, which no signal interrupts, are left alone.
    """
    kept: dict[int, Callable[[int, FrameType | None], object]] = {}
    if threading.current_thread() is threading.main_thread():
        for number in ENDING:
            handler = signal.getsignal(number)
            # Not those that are ignored, or do what the system does: they are numbers.
            if callable(handler) and not isinstance(handler, int):
                kept[number] = handler
    came: list[int] = []

    def wait(number: int, frame: FrameType | None) -> None:
        if came:
            kept[number](number, frame)
        came.append(number)

    try:
        for number in kept:
            signal.signal(number, wait)
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])
