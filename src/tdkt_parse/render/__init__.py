"""
A Plan for people: about it, in a terminal and as Markdown, with how it was read; and as the
document itself in the form of Nghị định 30/2020/NĐ-CP, in Word, Markdown and HTML.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tdkt_parse.render.completion import complete
    from tdkt_parse.render.decree_docx import render_docx
    from tdkt_parse.render.decree_html import render_html
    from tdkt_parse.render.decree_markdown import render_markdown
    from tdkt_parse.render.explanation import account_for
    from tdkt_parse.render.markdown import to_markdown
    from tdkt_parse.render.plan_file import read_plan, read_plans
    from tdkt_parse.render.summary import summarise

_HOMES = {
    "account_for": "explanation",
    "complete": "completion",
    "read_plan": "plan_file",
    "read_plans": "plan_file",
    "render_docx": "decree_docx",
    "render_html": "decree_html",
    "render_markdown": "decree_markdown",
    "summarise": "summary",
    "to_markdown": "markdown",
}

__all__ = [
    "account_for",
    "complete",
    "read_plan",
    "read_plans",
    "render_docx",
    "render_html",
    "render_markdown",
    "summarise",
    "to_markdown",
]


def __getattr__(name: str) -> object:
    """Load a public name on first use: a program prints in one way at a time."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
