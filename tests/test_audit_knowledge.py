"""
Rows of ``data/audit_knowledge.toml`` against their examples and against the register.
"""

from itertools import pairwise

import pytest

from tdkt_parse.audit.knowledge import audit_knowledge
from tdkt_parse.audit.standing import tier_of
from tdkt_parse.register import packaged_register, verdict_on
from tdkt_parse.spelling import key

KNOWN = audit_knowledge()


@pytest.mark.parametrize("row", KNOWN.tier, ids=lambda row: f"tier {row.tier}")
def test_tiers(row: object) -> None:
    """The examples of a tier are of it."""
    assert {tier_of(name) for name in row.examples} == {row.tier}  # type: ignore[attr-defined]


def test_a_name_of_no_tier() -> None:
    """A city may be of three tiers, a school of any: nothing is said of them."""
    names = ("UBND thành phố Lạng Sơn", "Trường tiểu học Ngô Gia Tự", "Liên đoàn Lao động tỉnh", "")
    assert {tier_of(name) for name in names} == {None}


@pytest.mark.parametrize("row", KNOWN.ended, ids=lambda row: row.starts[0])
def test_bodies_that_ended(row: object) -> None:
    starts = tuple(map(key, row.starts))  # type: ignore[attr-defined]
    assert all(key(name).startswith(starts) for name in row.examples)  # type: ignore[attr-defined]


@pytest.mark.parametrize("row", KNOWN.core, ids=lambda row: row.number)
def test_core_instruments_hold_when_they_are_asked_for(row: object) -> None:
    """The register knows them, and does not know that they were not in force on those days."""
    instrument = packaged_register().get(row.number)  # type: ignore[attr-defined]
    assert instrument is not None
    days = [row.since, *([row.until] if row.until else [])]  # type: ignore[attr-defined]
    assert {verdict_on(instrument, day) for day in days} <= {"in_force", "unknown"}


def test_each_role_has_one_core_instrument_a_day() -> None:
    for role in ("law", "decree", "circular"):
        rows = sorted((r for r in KNOWN.core if r.role == role), key=lambda r: r.since)
        for earlier, later in pairwise(rows):
            assert earlier.until is not None
            assert earlier.until < later.since
