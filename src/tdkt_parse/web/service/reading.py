"""
``/v1/parse`` and ``/v1/audit``: one file, and the answer at once.

The file goes through the queue before those that nobody waits for, and is not kept.
"""

import asyncio
import time
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from tdkt_parse.audit.rules import rule_rows
from tdkt_parse.audit.sheets import Sheet
from tdkt_parse.models import Plan
from tdkt_parse.web import intake, queue, uploads
from tdkt_parse.web.guards import takes_uploads
from tdkt_parse.web.people import Person, Reader
from tdkt_parse.web.problems import Problem, response_of
from tdkt_parse.web.queue import Job
from tdkt_parse.web.service.shapes import (
    ChangesTaken,
    FileName,
    JobShape,
    Ocr,
    RuleShape,
    RulesShape,
    files_body,
    job_shape,
    may_fail,
)
from tdkt_parse.web.site import Site

router = APIRouter(prefix="/v1", tags=["read"])

FIRST_LOOK, SLOWEST_LOOK = 0.02, 0.25
"""Seconds between two looks whether the answer is there."""

_LATER: dict[int | str, dict[str, Any]] = {
    202: {"model": JobShape, "description": "It takes long; the job says where to ask for it."}
}


def _of_one_file(model: type[BaseModel], description: str) -> dict[str, Any]:
    """What the description of the service says of a question about one file."""
    return {
        "response_class": JSONResponse,
        "responses": {
            200: {"model": model, "description": description},
            **_LATER,
            **may_fail(413, 415, 429),
        },
        "openapi_extra": files_body(many=False),
    }


@router.post(
    "/parse",
    summary="Read one document",
    **_of_one_file(Plan, "The Plan, as `tdkt parse --format json` prints it."),
)
@takes_uploads
async def parse(
    request: Request,
    person: Reader,
    ocr: Ocr = None,
    changes: ChangesTaken = None,
    name: FileName = None,
) -> Response:
    """The document is not kept; `/v1/jobs` keeps it."""
    del name  # `receive` takes it.
    return await _answer(request, person, "parse", _options(ocr, changes))


@router.post(
    "/audit",
    summary="Say what an inspector would remark on in one document",
    **_of_one_file(Sheet, "The sheet, as `tdkt audit --format json` has it."),
)
@takes_uploads
async def audit(
    request: Request,
    person: Reader,
    ocr: Ocr = None,
    changes: ChangesTaken = None,
    name: FileName = None,
) -> Response:
    """A document, or a Plan in JSON. It is not kept."""
    del name
    return await _answer(request, person, "audit", _options(ocr, changes))


@router.get("/audit/rules", summary="The rules of the audit", responses=may_fail())
def rules(_person: Reader) -> RulesShape:
    """Each with its level and the provision it rests on."""
    found = [
        RuleShape(**{name: getattr(row, name) for name in RuleShape.model_fields})
        for row in rule_rows().values()
    ]
    return RulesShape(rules=found)


def _options(ocr: str | None, changes: str | None) -> dict[str, str]:
    given = {"ocr": ocr, "changes": changes}
    return {name: value for name, value in given.items() if value is not None}


async def _answer(
    request: Request, person: Person, work: queue.Work, options: dict[str, str]
) -> Response:
    site: Site = request.app.state.site
    await run_in_threadpool(intake.check_room, request)
    received = await uploads.receive(request, most=1)
    taken = await run_in_threadpool(
        intake.take_in,
        request,
        received.files,
        person,
        work=work,
        options=options,
        priority=queue.SOON,
    )
    id_ = taken.jobs[0].id
    until, pause = time.monotonic() + site.allowance.wait, FIRST_LOOK
    while True:
        job = await run_in_threadpool(queue.find, site.store, id_)
        if job is None:
            raise Problem("not-found", "The job was withdrawn.")
        if job.state in ("done", "failed"):
            return await run_in_threadpool(answer_of, site, job)
        if time.monotonic() > until:
            body = job_shape(job).model_dump_json(exclude_none=True)
            return Response(
                body,
                202,
                headers={"Location": f"/v1/jobs/{id_}", "Retry-After": "2"},
                media_type="application/json",
            )
        await asyncio.sleep(pause)
        pause = min(pause * 1.3, SLOWEST_LOOK)


def answer_of(site: Site, job: Job) -> Response:
    """What became of a file: the answer, or the problem."""
    if job.state == "failed":
        told = job_shape(job).problem
        if told is None:
            raise Problem("defect")
        kind = told.type.rpartition("/")[2]
        headers = {"Retry-After": "5"} if told.status == 503 else {}
        return response_of(Problem(kind, told.detail, hint=told.hint, headers=headers))
    result = queue.result_of(site.store, job.id)
    if result is None:
        raise Problem("not-found", "The answer is no longer kept.", hint="Send the file again.")
    return Response(result.encode(), media_type="application/json")
