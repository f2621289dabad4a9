"""
Why the reading of a document was ended, in words.
"""

from tdkt_parse.exceptions import OutOfMemory, TdktError, TimedOut


def too_slow(seconds: float) -> TdktError:
    """Its time was over."""
    return TimedOut(
        f"Reading took longer than {seconds:g} seconds and was stopped.",
        hint="If the document is really that large, allow more with --timeout.",
    )


def too_much(memory: int) -> TdktError:
    """It took more memory than it may."""
    return OutOfMemory(
        f"Reading took more than {memory / (1 << 20):.0f} MiB of memory and was stopped.",
        hint="If the document is really that large, allow more with --memory.",
    )


def result_too_large(limit: int) -> TdktError:
    """What was read of it is more than anybody can want."""
    return OutOfMemory(
        f"What was read is larger than {limit / (1 << 20):.0f} MiB.",
        hint="Divide the document.",
    )
