"""
What the rules of the audit know of the state's order: ``data/audit_knowledge.toml``, checked.
"""

from datetime import date
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from tdkt_parse.lexicon import Row, read_toml


class Yearly(Row):
    """
    Types of paper that are made anew each year; notices are stale after one without saying, and
    reports never, for they tell of the year before.
    """

    kinds: list[str]
    notices: list[str]
    reports: list[str]
    source: str


class Kinds(Row):
    """Types of paper that are alike in one thing, which the table's own comment says."""

    kinds: list[str]
    source: str


class Tier(Row):
    """A tier of the state, 1 the centre, and how names of its bodies begin or end."""

    tier: Literal[1, 2, 3, 4]
    starts: list[str]
    source: str
    examples: list[str]


class Ended(Row):
    """Bodies that no longer exist: how their names begin, their codes, the first day without."""

    starts: list[str]
    codes: tuple[str, ...] = ()
    since: date
    law: str
    source: str
    examples: list[str]


class Core(Row):
    """An instrument on which plans for emulation and commendation rest while it holds."""

    number: str
    named: str
    role: Literal["law", "decree", "circular"]
    since: date
    until: date | None = None
    source: str


class AuditKnowledge(BaseModel):
    """``data/audit_knowledge.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    yearly: Yearly
    without_force: Kinds
    informing: Kinds
    ordering: Kinds
    always_numbered: Kinds
    told_by_symbol: Kinds
    legal: Kinds
    deciding: Kinds
    tier: tuple[Tier, ...]
    ended: tuple[Ended, ...]
    core: tuple[Core, ...]


@cache
def audit_knowledge() -> AuditKnowledge:
    """The tables, read once."""
    return read_toml("audit_knowledge.toml", AuditKnowledge)
