"""
``/v1/plans`` and ``/v1/search``: what is in the database.
"""

import json
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query, Response

from tdkt_parse import store
from tdkt_parse.models import Plan
from tdkt_parse.web import uploads
from tdkt_parse.web.lawful import audit_by
from tdkt_parse.web.people import Administrator, AtSite, Corrector, Reader
from tdkt_parse.web.problems import Problem
from tdkt_parse.web.service.shapes import (
    CorrectionIn,
    CorrectionShape,
    CorrectionsShape,
    HitShape,
    HitsShape,
    Level,
    Limit,
    Offset,
    PlanRow,
    PlanRows,
    Quarter,
    RemarkShape,
    RemarksShape,
    Sha256,
    Words,
    Year,
    may_fail,
)
from tdkt_parse.web.site import Site

router = APIRouter(prefix="/v1", tags=["plans"])


@router.get("/plans", summary="List plans", responses=may_fail())
def list_plans(
    _person: Reader,
    site: AtSite,
    year: Year = None,
    level: Level = None,
    after: Annotated[
        str | None,
        Query(pattern="^[0-9a-f]{64}$", description="Go on after this one (`next`)."),
    ] = None,
    limit: Limit = 100,
) -> PlanRows:
    """In an order that stays while others are put in; `/v1/search` finds by words."""
    found = store.list_plans(site.store, year=year, level=level, after=after or "", limit=limit + 1)
    some = found[:limit]
    rows = [PlanRow(**one._asdict()) for one in some]
    return PlanRows(plans=rows, next=some[-1].sha256 if len(found) > limit else None)


@router.get(
    "/plans/{sha256}",
    summary="One plan",
    response_class=Response,
    responses={200: {"model": Plan}, **may_fail(404)},
)
def show(
    _person: Reader,
    site: AtSite,
    sha256: Sha256,
    as_read: Annotated[bool, Query(description="Without people's corrections.")] = False,
) -> Response:
    """The Plan, with every value's place in the document."""
    return plan_response(site, sha256, as_read=as_read)


def plan_response(site: Site, sha256: str, *, as_read: bool) -> Response:
    """A Plan of the database as JSON."""
    plan = store.load(site.store, sha256, corrected=not as_read)
    if plan is None:
        raise Problem("not-found", "There is no such plan.", hint="/v1/search finds.")
    body = plan.to_json().encode("utf-8", "backslashreplace")
    return Response(body, media_type="application/json")


@router.delete(
    "/plans/{sha256}", summary="Remove a document", status_code=204, responses=may_fail(404)
)
def remove(_person: Administrator, site: AtSite, sha256: Sha256) -> None:
    """With all that was read off it, people's corrections, and its file."""
    if not uploads.forget(site, sha256):
        raise Problem("not-found", "There is no such plan.")


@router.get("/plans/{sha256}/findings", summary="What the audit remarked", responses=may_fail(404))
def findings(_person: Reader, site: AtSite, sha256: Sha256) -> RemarksShape:
    """When the plan was put in."""
    _must_be(site, sha256)
    found = store.load_remarks(site.store, sha256)
    return RemarksShape(findings=[RemarkShape(**one._asdict()) for one in found])


@router.get("/plans/{sha256}/corrections", summary="Corrections", responses=may_fail(404))
def corrections(_person: Reader, site: AtSite, sha256: Sha256) -> CorrectionsShape:
    """The oldest first, each with the value that was read."""
    _must_be(site, sha256)
    found = store.corrections(site.store, sha256)
    return CorrectionsShape(corrections=[CorrectionShape(**asdict(one)) for one in found])


@router.post(
    "/plans/{sha256}/corrections",
    summary="Correct a value",
    status_code=201,
    responses=may_fail(404),
)
def correct(
    person: Corrector, site: AtSite, sha256: Sha256, correction: CorrectionIn
) -> CorrectionShape:
    """It stays when the document is read again."""
    _must_be(site, sha256)
    try:
        json.dumps(correction.value, ensure_ascii=False, allow_nan=False).encode()
    except ValueError:
        raise Problem("invalid", "value: it holds what no JSON text has.") from None
    made = store.correct(
        site.store,
        sha256,
        correction.pointer,
        correction.value,
        author=person.name,
        note=correction.note,
        audit=audit_by(site),
    )
    for one in store.corrections(site.store, sha256):
        if one.id == made:
            return CorrectionShape(**asdict(one))
    raise Problem("not-found", "The document was removed.")


@router.get("/search", summary="Find plans", responses=may_fail())
def search(
    _person: Reader,
    site: AtSite,
    q: Annotated[
        Words,
        Query(
            max_length=1000,
            description="Words, with marks or without; signs mean nothing.",
            examples=["thi dua khen thuong"],
        ),
    ] = "",
    year: Year = None,
    quarter: Quarter = None,
    issuer: Annotated[
        Words | None, Query(max_length=300, description="Issued by, or under, this body.")
    ] = None,
    cites: Annotated[
        Words | None,
        Query(max_length=100, description="Citing this document.", examples=["98/2023/NĐ-CP"]),
    ] = None,
    level: Level = None,
    limit: Limit = 20,
    offset: Offset = 0,
) -> HitsShape:
    """All words must be there; plans with them side by side come first."""
    query = store.Query(q, year, issuer, cites, quarter, level, limit, offset)
    page = store.search(site.store, query)
    hits = [HitShape.model_validate(asdict(hit)) for hit in page.hits]
    return HitsShape(hits=hits, more=page.more)


def _must_be(site: Site, sha256: str) -> None:
    if not store.known_contents(site.store, [sha256]):
        raise Problem("not-found", "There is no such plan.", hint="/v1/search finds.")
