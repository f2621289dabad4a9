"""
``/v1/instruments``: the register; and what describes the rest, ``/v1/schema``, ``/v1/problems``.
"""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse

from tdkt_parse.models import Plan
from tdkt_parse.register import Instrument, open_register, verdict_on
from tdkt_parse.web.people import Reader
from tdkt_parse.web.problems import KINDS, Problem
from tdkt_parse.web.service.shapes import (
    InstrumentShape,
    InstrumentsShape,
    KindShape,
    Limit,
    Words,
    may_fail,
)

if TYPE_CHECKING:
    from tdkt_parse.register import Register

router = APIRouter(prefix="/v1", tags=["instruments"])

Day = Annotated[
    dt.date | None, Query(description="Whether it was in force that day; without: today.")
]


@router.get("/instruments", summary="Find instruments", responses=may_fail())
def find(
    request: Request,
    _person: Reader,
    number: Annotated[
        Words | None,
        Query(max_length=100, description="Số, ký hiệu.", examples=["98/2023/NĐ-CP"]),
    ] = None,
    q: Annotated[
        Words | None, Query(max_length=300, description="Words of a title, or a number's start.")
    ] = None,
    on: Day = None,
    limit: Limit = 20,
) -> InstrumentsShape:
    """By number or by words; one of the two must be given."""
    from tdkt_parse.register.checks import canonical_number

    if (number is None) == (q is None):
        raise Problem("invalid", "Give `number` or `q`, one of them.")
    register = _register(request)
    if number is not None:
        found = register.by_number(canonical_number(number) or number)[:limit]
    else:
        found = register.search(q or "", limit)
    return InstrumentsShape(instruments=[_shape(one, on or _today()) for one in found])


@router.get("/instruments/{id}", summary="One instrument", responses=may_fail(404))
def show(
    request: Request,
    _person: Reader,
    id: Annotated[Words, Path(max_length=200, description="A row of the register.")],  # noqa: A002
    on: Day = None,
) -> InstrumentShape:
    """With the days between which it was in force, and what replaced it."""
    found = _register(request).get(id)
    if found is None:
        raise Problem("not-found", "The register has no such instrument.")
    return _shape(found, on or _today())


@router.get("/schema", summary="The JSON Schema of a Plan", response_class=JSONResponse)
def schema() -> dict[str, Any]:
    """As `tdkt schema` prints it."""
    return Plan.model_json_schema()


@router.get("/problems", summary="The kinds of problems")
def problems() -> list[KindShape]:
    """What `type` of a problem may be, with the command line's exit code."""
    return [_kind(name) for name in KINDS]


@router.get("/problems/{name}", summary="One kind of problem", responses=may_fail(404))
def problem(name: Annotated[str, Path(max_length=100, examples=["needs-ocr"])]) -> KindShape:
    """What `type` leads to."""
    if name not in KINDS:
        raise Problem("not-found", "There is no such kind of problem.")
    return _kind(name)


def _kind(name: str) -> KindShape:
    kind = KINDS[name]
    code = None if kind.code is None else int(kind.code)
    return KindShape(name=kind.name, status=kind.status, title=kind.title, code=code)


def _register(request: Request) -> "Register":
    state = request.app.state
    if getattr(state, "register", None) is None:
        state.register = open_register(state.site.register)
    register: Register = state.register
    return register


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _shape(one: Instrument, day: dt.date) -> InstrumentShape:
    def said(value: dt.date | None) -> str | None:
        return None if value is None else value.isoformat()

    return InstrumentShape(
        id=one.id,
        kind=one.kind,
        number=one.number,
        title=one.title,
        issuer=one.issuer,
        issued=said(one.issued),
        effective=said(one.effective),
        expired=said(one.expired),
        replaced_by=list(one.replaced_by),
        amends=list(one.amends),
        amended_by=list(one.amended_by),
        verified=one.verified,
        source=one.source,
        verdict=verdict_on(one, day),
        on=day.isoformat(),
    )
