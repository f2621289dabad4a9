"""
``/v1/jobs``: many files, which are read one after another and kept.
"""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from tdkt_parse.models import Plan
from tdkt_parse.web import intake, queue, uploads
from tdkt_parse.web.guards import takes_uploads
from tdkt_parse.web.people import AtSite, Corrector, Person, Reader
from tdkt_parse.web.problems import Problem
from tdkt_parse.web.queue import Job, State
from tdkt_parse.web.service.plans import plan_response
from tdkt_parse.web.service.reading import answer_of
from tdkt_parse.web.service.shapes import (
    ChangesTaken,
    FileName,
    Id,
    JobShape,
    JobsShape,
    Limit,
    Ocr,
    Offset,
    files_body,
    job_shape,
    may_fail,
)
from tdkt_parse.web.site import Site

router = APIRouter(prefix="/v1/jobs", tags=["jobs"])


@router.post(
    "",
    summary="Put files in",
    status_code=202,
    responses=may_fail(413, 415, 429),
    openapi_extra=files_body(many=True),
)
@takes_uploads
async def put_in(
    request: Request,
    response: Response,
    person: Corrector,
    ocr: Ocr = None,
    changes: ChangesTaken = None,
    name: FileName = None,
) -> JobsShape:
    """
    Each file becomes a job; an archive (ZIP), one for each file in it.

    When this has answered, the files are safe: they are read also when the service ends in between.
    The same content is read once; sent again, it is `unchanged`.
    """
    del name
    await run_in_threadpool(intake.check_room, request)
    received = await uploads.receive(request)
    given = {"ocr": ocr, "changes": changes}
    options = {called: value for called, value in given.items() if value is not None}
    taken = await run_in_threadpool(
        intake.take_in, request, received.files, person, options=options
    )
    response.headers["Location"] = f"/v1/jobs?batch={taken.batch}"
    return JobsShape(batch=taken.batch, jobs=list(map(job_shape, taken.jobs)))


@router.get("", summary="List jobs", responses=may_fail())
def list_jobs(
    person: Reader,
    site: AtSite,
    batch: Annotated[
        str | None, Query(pattern="^[0-9a-f]{24}$", description="Of files that came together.")
    ] = None,
    state: State | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> JobsShape:
    """The newest first, of a batch in the order given. Who only reads sees his own."""
    found = queue.find_many(
        site.store,
        batch=batch,
        state=state,
        account=_whose(person),
        limit=limit,
        offset=offset,
    )
    return JobsShape(batch=batch, jobs=list(map(job_shape, found)))


@router.get("/{id}", summary="How far a job is", responses=may_fail(404))
def show(person: Reader, site: AtSite, id: Id) -> JobShape:  # noqa: A002 - the path's name
    """`state` is `waiting`, `running`, `done` or `failed`; `problem` says why it failed."""
    return job_shape(_find(site, person, id))


@router.get(
    "/{id}/result",
    summary="What became of a job",
    response_class=Response,
    responses={
        200: {"model": Plan, "description": "The Plan, or the sheet of an audit."},
        202: {"model": JobShape, "description": "It is not done."},
        **may_fail(404, 413, 415),
    },
)
def result(person: Reader, site: AtSite, id: Id) -> Response:  # noqa: A002
    """The Plan with people's corrections; of a file that failed, the problem."""
    job = _find(site, person, id)
    if job.state in ("waiting", "running"):
        body = job_shape(job).model_dump_json()
        return Response(body, 202, headers={"Retry-After": "2"}, media_type="application/json")
    if job.state == "done" and job.work == "store":
        return plan_response(site, job.sha256, as_read=False)
    return answer_of(site, job)


@router.post("/{id}/retry", summary="Read a file again that failed", responses=may_fail(404, 409))
def retry(request: Request, person: Corrector, site: AtSite, id: Id) -> JobShape:  # noqa: A002
    """For a file that could not be read because something was missing."""
    _find(site, person, id)
    if not queue.again(site.store, id):
        raise Problem("conflict", "The job has not failed, or its file was not taken.")
    request.app.state.wake()
    return job_shape(_find(site, person, id))


@router.delete(
    "/{id}", summary="Withdraw a job that waits", status_code=204, responses=may_fail(404, 409)
)
def withdraw(person: Corrector, site: AtSite, id: Id) -> None:  # noqa: A002
    """One that was begun is not stopped."""
    _find(site, person, id)
    if not queue.withdraw(site.store, id):
        raise Problem("conflict", "The job was begun already.")


def _whose(person: Person) -> str | None:
    return None if person.may("correct") else person.name


def _find(site: Site, person: Person, id_: str) -> Job:
    job = queue.find(site.store, id_)
    if job is None or _whose(person) not in (None, job.account):
        raise Problem("not-found", "There is no such job.")
    return job
