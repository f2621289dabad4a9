"""
What programs ask for: ``/v1``, and how the service is.
"""

from fastapi import APIRouter


def routers() -> tuple[APIRouter, ...]:
    """The routers of all questions."""
    from tdkt_parse.web.service import state

    return (state.router,)
