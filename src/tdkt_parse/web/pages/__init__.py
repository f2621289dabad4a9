"""
The pages, a router a module.
"""

from typing import TYPE_CHECKING

from fastapi import APIRouter

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from tdkt_parse.web.problems import Problem


def routers() -> tuple[APIRouter, ...]:
    """The routers of all pages, in the order in which their paths are tried."""
    return ()


def tell(_request: "Request", _problem: "Problem") -> "Response | None":
    """The page that tells a problem; ``None``: it is told as programs are told it."""
    return None
