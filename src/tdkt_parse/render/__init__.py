"""
What is read, for people: a Plan in a terminal and as Markdown, and how it came about.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tdkt_parse.render.explanation import account_for
    from tdkt_parse.render.markdown import to_markdown
    from tdkt_parse.render.summary import summarise

_HOMES = {"account_for": "explanation", "summarise": "summary", "to_markdown": "markdown"}

__all__ = ["account_for", "summarise", "to_markdown"]


def __getattr__(name: str) -> object:
    """Load a public name on first use: a program prints in one way at a time."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
