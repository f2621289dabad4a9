"""
Plans as files of other programs: tables for sheets and data frames, calendars, pages.

What is written comes from an iterable of :class:`Filed`, whoever made the Plans: workers that read
documents, files of JSON, a database. Nothing of all Plans is kept in memory but where a format
needs it, so that 40,000 plans take no more than one.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from tdkt_parse.export.tables import WHATS, Filed, What

if TYPE_CHECKING:
    from tdkt_parse.export.exporters import EXPORTERS, Exporter, export_plans, exporter_for

_HOMES = dict.fromkeys(("EXPORTERS", "Exporter", "export_plans", "exporter_for"), "exporters")

__all__ = [
    "EXPORTERS",
    "WHATS",
    "Exporter",
    "Filed",
    "What",
    "export_plans",
    "exporter_for",
]


def __getattr__(name: str) -> object:
    """Load what writes on first use."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
