"""
The examples in a rule's docstring: lines of a plan that pass, and lines that it remarks on.

``FAIL 09/3/2022: Căn cứ …; | Căn cứ ….`` is a plan signed on that day with two lines under its
title; ``-`` stands for no date. An example goes on until a blank line or the next one. Tests run
them, the documentation prints them.
"""

from collections.abc import Callable
from typing import NamedTuple

import regex


class Example(NamedTuple):
    """A plan in small: does the rule pass it, its date as printed, the lines under its title."""

    passes: bool
    date: str | None
    lines: tuple[str, ...]


_EXAMPLE = regex.compile(
    r"""
    ^[ ]* (?P<verdict> PASS | FAIL )\ (?P<date> [^:\n]+ ):\s (?P<lines> .+? )
    (?= \n\s*(?: \n | PASS\  | FAIL\  ) | \s*\Z )
    """,
    regex.VERBOSE | regex.MULTILINE | regex.DOTALL,
)


def examples_of(check: Callable[..., object]) -> list[Example]:
    """
    The examples of a rule, in order.

    >>> def rule(case):
    ...     '''
    ...     What it asks.
    ...
    ...     PASS 09/3/2022: Căn cứ Luật Thi đua, khen thưởng
    ...         ngày 15/6/2022.
    ...     FAIL -: Một dòng; | hai dòng.
    ...     '''
    >>> for example in examples_of(rule):
    ...     print(*example)
    True 09/3/2022 ('Căn cứ Luật Thi đua, khen thưởng ngày 15/6/2022.',)
    False None ('Một dòng;', 'hai dòng.')
    """
    return [
        Example(
            found["verdict"] == "PASS",
            None if found["date"] == "-" else found["date"],
            tuple(" ".join(line.split()) for line in found["lines"].split(" | ")),
        )
        for found in _EXAMPLE.finditer(check.__doc__ or "", timeout=2.0)
    ]
