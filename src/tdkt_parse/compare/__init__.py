"""
Plans beside one another: this year's and last year's, and the chain of plans up the levels.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tdkt_parse.compare.chain import Chain, chain_of
    from tdkt_parse.compare.differences import Comparison, compare_plans

_HOMES = {
    "Chain": "chain",
    "Comparison": "differences",
    "chain_of": "chain",
    "compare_plans": "differences",
}

__all__ = ["Chain", "Comparison", "chain_of", "compare_plans"]


def __getattr__(name: str) -> object:
    """Load a public name on first use."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
