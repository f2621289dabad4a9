"""
Names of signers whose first letter a seal covers: ``rần Duy Đông``, ``ran``; or whose dot is read
as a hook.

Only on a line of a name alone, and where one of the usual family names alone ends so.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from pydantic import BaseModel, ConfigDict

from tdkt_parse.layout import Repair
from tdkt_parse.lexicon import read_csv
from tdkt_parse.repair.tokens import Token
from tdkt_parse.spelling import bare
from tdkt_parse.syllables import is_syllable

RULE = "ocr_name"


class FamilyName(BaseModel):
    """
    A family name of ``family_names.csv``.

    ``put``: one of those that nine in ten people bear; any other only makes a reading doubtful.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    put: bool
    source: str
    example: str


@cache
def family_names() -> tuple[FamilyName, ...]:
    """The table, in its order."""
    return read_csv("family_names.csv", FamilyName)


@cache
def _dotted() -> dict[str, str]:
    """Family names whose dot was read as a hook, ``Đỉnh``: none that is a name so."""
    names = {row.name for row in family_names()}
    read = {name.replace("i", "ỉ"): name for name in names if name.count("i") == 1}
    return {wrong: name for wrong, name in read.items() if wrong not in names}


_SECOND = frozenset("rg")
"""Before which one letter alone stands in a syllable, T or N."""


def find_names(tokens: Sequence[Token]) -> Iterator[Repair]:
    """The repair of a line that is such a name."""
    if not 3 <= len(tokens) <= 5:
        return
    first, *rest = tokens
    if first.text in _dotted() and all(one.near and one.text.istitle() for one in rest):
        yield Repair(first.start, first.end, _dotted()[first.text], RULE)
        return
    if not first.text.islower() or len(first.text) < 2:
        return
    if not all(one.near and one.text.istitle() and is_syllable(one.text) for one in rest):
        return
    whole = [row for row in family_names() if row.name[1:] == first.text]
    if not whole and first.text[0] in _SECOND:  # Its marks may be covered, too.
        whole = [row for row in family_names() if bare(row.name[1:]) == first.text]
    if len(whole) == 1 and whole[0].put:
        yield Repair(first.start, first.end, whole[0].name, RULE)
