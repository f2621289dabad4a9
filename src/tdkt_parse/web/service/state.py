"""
How the service is: for whoever watches over it.
"""

import os
import shutil
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from sqlalchemy import text

from tdkt_parse import __version__
from tdkt_parse.exceptions import StorageError
from tdkt_parse.models import Plan
from tdkt_parse.web import problems
from tdkt_parse.web.people import AtSite, Reader
from tdkt_parse.web.service.shapes import may_fail
from tdkt_parse.web.site import Site

router = APIRouter(tags=["state"])

LEAST_ROOM = 64 << 20
"""Bytes free on the disk below which no file is taken."""


@router.get("/health", summary="Whether the process answers")
def health() -> dict[str, str]:
    """It asks nothing of the database."""
    return {"status": "ok"}


@router.get(
    "/ready",
    summary="Whether files can be taken",
    responses={
        503: {"description": "Not now; `checks` says why.", "content": {problems.MEDIA_TYPE: {}}}
    },
)
def ready(request: Request, site: AtSite) -> dict[str, Any]:
    """The database answers, the folder can be written, and a worker lives."""
    checks = {
        "database": _database(site),
        "folder": _folder(site),
        "worker": bool(request.app.state.workers_alive()),
    }
    if not all(checks.values()):
        failed = ", ".join(name for name, well in checks.items() if not well)
        raise problems.Problem(
            "not-ready",
            f"Not well: {failed}.",
            headers={"Retry-After": "5"},
            more={"checks": checks},
        )
    return {"status": "ok", "checks": checks}


def _database(site: Site) -> bool:
    try:
        site.store.read(lambda connection: connection.execute(text("SELECT 1")).all())
    except StorageError:
        return False
    return True


def _folder(site: Site) -> bool:
    try:
        return os.access(site.folder, os.W_OK) and shutil.disk_usage(site.folder).free > LEAST_ROOM
    except OSError:
        return False


@router.get("/version", summary="The versions of the program and of the Plan's JSON")
def version() -> dict[str, str]:
    """What `tdkt --version` prints, and `schema_version` of a Plan."""
    return {"version": __version__, "schema_version": Plan.model_fields["schema_version"].default}


@router.get(
    "/metrics",
    summary="Measures in the text format of Prometheus",
    response_class=PlainTextResponse,
    responses=may_fail(),
)
def metrics(request: Request, _person: Reader) -> Response:
    """Requests, seconds, files that wait, memory."""
    from prometheus_client import CONTENT_TYPE_LATEST

    return Response(request.app.state.meter.told(), media_type=CONTENT_TYPE_LATEST)
