"""
Which rules are asked: those selected, without those ignored, and not those that a file is spared.
"""

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from tdkt_parse.audit.rules import RuleRow
from tdkt_parse.exceptions import UsageError

UNCHECKED = "U01"
"""The rule that says what could not be checked: counted even where nobody asks for it."""

Ignores = Sequence[tuple[str, Sequence[str]]]
"""Patterns of whole paths, each with the rules that are not for the files it fits."""


def choose_rules(
    rows: Mapping[str, RuleRow], select: Iterable[str], ignore: Iterable[str]
) -> list[str]:
    """The rules that are asked, in their order; without a selection all that are not ignored."""
    chosen, dropped = named_rules(rows, select, "select"), named_rules(rows, ignore, "ignore")
    asked = [one for one in chosen or rows if one not in dropped]
    if not asked:
        raise UsageError("No rule is left to ask.", hint="Ignore fewer, or select others.")
    return asked


def named_rules(rows: Mapping[str, RuleRow], names: Iterable[str], where: str) -> list[str]:
    """
    The rules that names mean: an id, the beginning of some (``B``), or what a rule is called.

    Capitals do not count. ``UsageError`` for a name that means none; ``where`` it was given.
    """
    found: dict[str, None] = {}
    for name in names:
        wanted = name.casefold()
        meant = [one for one, row in rows.items() if row.name.casefold() == wanted]
        meant = meant or [one for one in rows if wanted and one.casefold().startswith(wanted)]
        if not meant:
            known = ", ".join(f"{one} {row.name}" for one, row in rows.items())
            raise UsageError(f"{where}: there is no rule {name!r}.", hint=f"There are {known}.")
        found |= dict.fromkeys(meant)
    return list(found)


def choose_ignores(rows: Mapping[str, RuleRow], ignores: Ignores) -> list[tuple[str, list[str]]]:
    """The same patterns with the ids of their rules."""
    return [
        (pattern, named_rules(rows, names, f"per_file_ignores, {pattern}"))
        for pattern, names in ignores
    ]


def spared(path: str, ignores: Ignores) -> Collection[str]:
    """
    The rules that are not for a file: those of each pattern that fits its whole path. An archive
    and a file of Plans are as folders.
    """
    for suffix in (".zip", ".json", ".jsonl", ".ndjson"):
        path = path.replace(f"{suffix}!", f"{suffix}/")
    whole = {Path(one(path)).as_posix() for one in (os.path.abspath, os.path.realpath)}
    return {
        rule
        for pattern, rules in ignores
        if any(fnmatchcase(one, pattern) for one in whole)
        for rule in rules
    }
