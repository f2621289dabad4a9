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
    from tdkt_parse.web.pages import (
        calendar,
        comparing,
        instruments,
        listing,
        plan,
        signing,
        uploading,
    )

    return (
        listing.router,
        plan.router,
        uploading.router,
        instruments.router,
        calendar.router,
        comparing.router,
        signing.router,
    )


_SAID = {
    "not-found": "problem_not_found",
    "method-not-allowed": "problem_not_found",
    "not-allowed": "problem_not_allowed",
    "foreign-request": "problem_foreign",
    "defect": "problem_defect",
    "too-many": "problem_busy",
    "body-too-large": "problem_too_large",
    "too-large": "problem_too_large",
}


def tell(request: "Request", problem: "Problem") -> "Response | None":
    """The page that tells a problem; ``None``: it is told as programs are told it."""
    from tdkt_parse.web.pages.showing import show, words_of

    word = _SAID.get(problem.kind.name)
    t = words_of(request)
    detail = " ".join(filter(None, (problem.detail, problem.hint)))
    response = show(
        request,
        "problem.html",
        status=problem.kind.status,
        said=t(word) if word else detail,
        detail=detail if word and word != "problem_not_found" else None,
    )
    response.headers.update(problem.headers or {})
    return response
