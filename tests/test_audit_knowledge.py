"""
Rows of ``data/audit_knowledge.toml`` against their examples and against the register.
"""

from itertools import pairwise

import pytest

from tdkt_parse.audit.knowledge import audit_knowledge
from tdkt_parse.audit.standing import tier_of
from tdkt_parse.lexicon import document_types
from tdkt_parse.register import packaged_register, verdict_on
from tdkt_parse.spelling import key
from tdkt_parse.wording import deciding, kinds, named_by_title

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


KINDS = (
    "without_force",
    "informing",
    "ordering",
    "always_numbered",
    "told_by_symbol",
    "legal",
    "deciding",
)


@pytest.mark.parametrize("table", KINDS)
def test_types_of_paper(table: str) -> None:
    """Each is a type of document by its name, and stands in the table once."""
    row = getattr(KNOWN, table)
    assert {*row.kinds} <= {kind.name for kind in kinds()}
    assert len(row.kinds) == len({*row.kinds})
    assert row.source


def test_papers_of_one_year() -> None:
    yearly = [*KNOWN.yearly.kinds, *KNOWN.yearly.reports]
    assert {*yearly} <= {kind.name for kind in kinds()}
    assert len(yearly) == len({*yearly})
    assert {*KNOWN.yearly.notices} < {*KNOWN.yearly.kinds}


def test_types_of_paper_that_are_unlike() -> None:
    """What asks or tells is no legal document, nor says what is to be done; laws bear titles."""
    assert not {*KNOWN.informing.kinds} & {*KNOWN.legal.kinds, *KNOWN.ordering.kinds}
    assert not {*KNOWN.always_numbered.kinds} & named_by_title()
    assert {"Kế hoạch", "Công văn"}.isdisjoint(KNOWN.legal.kinds)
    assert {"Kế hoạch", "Điều lệ"}.isdisjoint(KNOWN.always_numbered.kinds)
    assert {*KNOWN.deciding.kinds} < deciding()


@pytest.mark.parametrize("kind", KNOWN.told_by_symbol.kinds)
def test_types_that_a_symbol_tells(kind: str) -> None:
    """They have an abbreviation, and it means no other type."""
    codes = {row.code for row in document_types() if row.name == kind}
    assert codes
    assert any(
        {row.name for row in document_types() if row.code == code} == {kind} for code in codes
    )
