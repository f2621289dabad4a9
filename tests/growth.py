"""How the time of a reading grows with its text."""

import time
from collections.abc import Callable


def assert_grows_with_the_text(read: Callable[[str], object], piece: str, length: int) -> None:
    """Four times the text takes no more than eight times as long; ``length`` in code points."""
    short = piece * (length // len(piece))
    assert spent(read, short * 4) <= 8 * spent(read, short) + 0.02


def spent(read: Callable[[str], object], text: str) -> float:
    """Seconds of the processor, the best of three."""
    times = []
    for _ in range(3):
        begin = time.process_time()
        read(text)
        times.append(time.process_time() - begin)
    return min(times)
