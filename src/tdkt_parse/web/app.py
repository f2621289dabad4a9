"""
The application: pages and ``/v1``, behind their guard.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException as PlainHTTPException
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from tdkt_parse import __version__
from tdkt_parse.exceptions import StorageBusy, TdktError
from tdkt_parse.web import pages, service
from tdkt_parse.web.counts import Counts
from tdkt_parse.web.guards import ALWAYS, Guard, guard_changes
from tdkt_parse.web.metrics import Meter
from tdkt_parse.web.problems import Problem, problem_of, response_of
from tdkt_parse.web.sessions import Attempts
from tdkt_parse.web.site import Site

STATIC = Path(__file__).parent / "static"
LOGIN = "/login"

_BY_STATUS = {
    400: "bad-request",
    401: "not-signed-in",
    403: "not-allowed",
    404: "not-found",
    405: "method-not-allowed",
    413: "body-too-large",
    415: "unsupported-body",
    422: "invalid",
    429: "too-many",
    503: "not-ready",
}

DESCRIPTION = """
Reads Vietnamese administrative plans into typed values, keeps them, and finds them.

Errors are `application/problem+json` (RFC 9457); `code` and `name` are those of the command line.
"""


def create_app(site: Site, *, wake: Callable[[], None] = lambda: None) -> FastAPI:
    """The application for a service; ``wake`` is called when a file was put into the queue."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield

    app = FastAPI(
        title="tdkt-parse",
        version=__version__,
        description=DESCRIPTION,
        openapi_url="/v1/openapi.json",
        docs_url=None,  # These pages would be fetched from elsewhere.
        redoc_url=None,
        dependencies=[Depends(guard_changes)],
        lifespan=lifespan,
    )
    app.state.site = site
    app.state.wake = wake
    app.state.workers_alive = lambda: 0
    app.state.meter = Meter(site)
    app.state.attempts = Attempts()
    app.state.counts = Counts()
    app.add_exception_handler(Problem, _tell_problem)
    app.add_exception_handler(TdktError, _tell_error)
    app.add_exception_handler(PoolTimeout, _tell_busy)
    app.add_exception_handler(PlainHTTPException, _tell_http)
    app.add_exception_handler(RequestValidationError, _tell_invalid)
    app.add_exception_handler(Exception, _tell_defect)
    for router in service.routers():
        app.include_router(router)
    for router in pages.routers():
        app.include_router(router, include_in_schema=False)
    if STATIC.is_dir():
        app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(Guard, site=site)
    app.state.meter.watch(app)
    return app


def _for_people(request: Request) -> bool:
    """Whether somebody reads the answer, not a program."""
    return not request.url.path.startswith("/v1/") and "text/html" in request.headers.get(
        "accept", ""
    )


def _tell_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101 - it is registered for these
    if _for_people(request):
        if error.kind.name == "not-signed-in":
            path = request.url.path if request.method == "GET" else "/"
            query = f"?{request.url.query}" if request.url.query and path != "/" else ""
            return RedirectResponse(f"{LOGIN}?next={quote(path + query)}", 303)
        told = pages.tell(request, error)
        if told is not None:
            return told
    return response_of(error)


def _tell_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, TdktError)  # noqa: S101
    return _tell_problem(request, problem_of(error))


def _tell_busy(request: Request, _error: Exception) -> Response:
    """All connections to the database were in use for half a minute."""
    busy = StorageBusy("Too many ask the database at once.", hint="Ask again in some seconds.")
    return _tell_problem(request, problem_of(busy))


def _tell_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, PlainHTTPException | HTTPException)  # noqa: S101
    if isinstance(error.__cause__, Problem):
        # It was raised while the body was read.
        return _tell_problem(request, error.__cause__)
    kind = _BY_STATUS.get(error.status_code, "bad-request")
    return _tell_problem(request, Problem(kind, str(error.detail), headers=error.headers))


def _tell_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    # Where and what, but not the value: it may be long, or what somebody wants shown.
    told = [
        {"where": ".".join(map(str, one["loc"]))[:200], "what": one["msg"][:200]}
        for one in error.errors()[:20]
    ]
    detail = "; ".join(f"{one['where']}: {one['what']}" for one in told[:3])
    return _tell_problem(request, Problem("invalid", detail, more={"errors": told}))


def _tell_defect(_request: Request, error: Exception) -> Response:
    # Never its own words: they may be a document's.
    response = response_of(
        Problem(
            "defect",
            f"A defect of the service stopped it ({type(error).__name__}).",
            hint="Please report it.",
        )
    )
    # It is sent from outside the guard.
    response.headers.update(ALWAYS)
    return response
