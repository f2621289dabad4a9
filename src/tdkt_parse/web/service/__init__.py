"""
What programs ask for: ``/v1``, and how the service is.
"""

from fastapi import APIRouter


def routers() -> tuple[APIRouter, ...]:
    """The routers of all questions."""
    from tdkt_parse.web.service import instruments, jobs, plans, reading, state

    return (reading.router, jobs.router, plans.router, instruments.router, state.router)
