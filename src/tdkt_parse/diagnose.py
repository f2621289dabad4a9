"""
Diagnostics: what could not be read, was repaired, or is odd.

The wordings stand in ``data/diagnostics.toml``, in Vietnamese and English; a diagnostic is named by
its rule and filled in with words of the document.
"""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, RootModel

from tdkt_parse.lexicon import read_toml
from tdkt_parse.models import Diagnostic, Evidence, Level


class Wording(BaseModel):
    """How a diagnostic is said, and how grave it is."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    level: Level
    vi: str
    en: str


class Wordings(RootModel[dict[str, Wording]]):
    """``diagnostics.toml``."""


@cache
def wordings() -> dict[str, Wording]:
    """Every diagnostic by its rule's name."""
    return read_toml("diagnostics.toml", Wordings).root


def diagnostic(
    rule: str,
    evidence: Evidence | None = None,
    *,
    language: Literal["vi", "en"] = "vi",
    words: Mapping[str, str] | None = None,
    **more: str,
) -> Diagnostic:
    """
    A diagnostic in words.

    >>> diagnostic("blank_number", symbol="KH-UBND").message
    'Văn bản chưa ghi số (KH-UBND).'
    """
    row = wordings()[rule]
    message = (row.vi if language == "vi" else row.en).format(**(words or {}), **more)
    return Diagnostic(rule=rule, level=row.level, message=message, evidence=evidence)
