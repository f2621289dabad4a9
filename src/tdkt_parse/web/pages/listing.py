"""
Danh sách: the plans, filtered, searched, put in order, and downloaded as they are shown.
"""

from collections.abc import Callable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Any, TypeVar

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from tdkt_parse import store
from tdkt_parse.audit.sheets import Placed
from tdkt_parse.export.exporters import Options, export_plans, exporter_for
from tdkt_parse.export.tables import Filed
from tdkt_parse.models import Evidence
from tdkt_parse.store.browsing import MOST_FOUND, SORTS, WORST, Asked, has_plans, issuers
from tdkt_parse.store.browsing import rules_found as rules
from tdkt_parse.store.levels import LEVELS
from tdkt_parse.store.reading import paths_of
from tdkt_parse.store.reviewing import STATUSES
from tdkt_parse.web.counts import Counts
from tdkt_parse.web.pages.showing import ROMAN, rule_said, show, words_of
from tdkt_parse.web.people import AtSite, Reader
from tdkt_parse.web.problems import Problem
from tdkt_parse.web.site import Site

router = APIRouter(include_in_schema=False)

T = TypeVar("T")

A_PAGE = 25
MOST_EXPORTED = 2000
"""Plans in one download: some minutes of work, and a sheet that Excel opens."""
FORMATS = ("xlsx", "csv", "jsonl", "ics")
_IN_MEMORY = 8 << 20

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "ics": "text/calendar; charset=utf-8",
}


def whole_number(said: str) -> int | None:
    """A number as typed; ``None`` for nothing and for what is none: then nothing is filtered."""
    said = said.strip()
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else None


def asked_of(request: Request) -> Asked:
    """Which plans the address of a page asks for; what a filter cannot be is left out."""
    said = request.query_params

    def one_of(name: str, known: tuple[str, ...]) -> str | None:
        value = said.get(name, "")
        return value if value in known else None

    year, quarter = whole_number(said.get("year", "")), whole_number(said.get("quarter", ""))
    sort: Any = one_of("sort", SORTS) or "newest"
    return Asked(
        words=said.get("q", "")[:300],
        year=year if year is not None and 1000 <= year <= 9999 else None,
        issuer=said.get("issuer", "")[:200],
        level=one_of("level", LEVELS),
        quarter=quarter if quarter in (1, 2, 3, 4) else None,
        status=one_of("status", STATUSES),
        worst=one_of("worst", WORST),
        rule=said.get("rule", "")[:100] or None,
        cites=said.get("cites", "")[:400] or None,
        sort=sort,
    )


def query_values(asked: Asked) -> dict[str, Any]:
    """What the address of a page says for that."""
    return {
        "q": asked.words,
        "year": asked.year,
        "issuer": asked.issuer,
        "level": asked.level,
        "quarter": asked.quarter,
        "status": asked.status,
        "worst": asked.worst,
        "rule": asked.rule,
        "cites": asked.cites,
        "sort": None if asked.sort == "newest" else asked.sort,
    }


def page_of(request: Request) -> int:
    """The page that is asked for, from 1."""
    return max(1, whole_number(request.query_params.get("page", "")) or 1)


@router.get("/")
def root() -> Response:
    """The list is what people come for."""
    return RedirectResponse("/plans", 303)


@router.get("/plans")
def plans(request: Request, site: AtSite, person: Reader) -> Response:
    """The list."""
    asked, page = asked_of(request), page_of(request)
    listing = store.browse(site.store, asked, limit=A_PAGE, offset=(page - 1) * A_PAGE)
    pages = max(1, -(-listing.total // A_PAGE))
    if page > pages:
        page = pages
        listing = store.browse(site.store, asked, limit=A_PAGE, offset=(page - 1) * A_PAGE)
    t = words_of(request)
    facets = listing.facets
    counts: Counts = request.app.state.counts

    def offered(name: str, find: Callable[[], T]) -> T:
        """What there is to choose from: among many plans it may be of a minute ago."""
        return counts.of(name, find, long=0.02, least=60.0).value

    choices = {
        "year": [(y, str(y), facets["year"][y]) for y in sorted(facets["year"], reverse=True)],
        "level": [(one, t(f"level_{one}"), facets["level"].get(one, 0)) for one in LEVELS],
        "quarter": [
            (q, t("quarter_n", n=ROMAN[q - 1] if t.lang == "vi" else q),
             facets["quarter"].get(q, 0))
            for q in (1, 2, 3, 4)
        ],
        "status": [(one, t(f"status_{one}"), facets["status"].get(one, 0)) for one in STATUSES],
        "worst": [(one, t(f"worst_{one}"), facets["worst"].get(one, 0)) for one in WORST],
        "rule": [
            (code, f"{code} {rule_said(code, t.lang, name)}", None)
            for code, name in offered("rules", lambda: rules(site.store))
        ],
        "sort": [
            (one, t(f"sort_{one}"), None)
            for one in SORTS
            if one not in ("newest", "best")
        ],
    }  # fmt: skip
    query = {**query_values(asked), "page": page if page > 1 else None}
    narrowed = any(
        query[name] is not None and query[name] != "" for name in query if name not in ("q", "page")
    )
    return show(
        request,
        "plans.html",
        person=person,
        asked=asked,
        listing=listing,
        choices=choices,
        issuers=offered("issuers", lambda: issuers(site.store, most=100)),
        query=query,
        narrowed=narrowed,
        page=page,
        pages=pages,
        first=(page - 1) * A_PAGE + 1,
        formats=FORMATS,
        most_exported=MOST_EXPORTED,
        most_found=MOST_FOUND,
        any_plans=bool(listing.total) or has_plans(site.store),
    )


@router.get("/plans/export.{format_}")
def export(request: Request, format_: str, site: AtSite, _person: Reader) -> Response:
    """What the list shows, as a file of another program."""
    contents = store.contents_asked(site.store, asked_of(request), most=MOST_EXPORTED)
    return exported(request, site, contents, format_, name="ke-hoach")


def exported(
    request: Request, site: Site, contents: list[str], format_: str, *, name: str
) -> Response:
    """Plans in a format, to be kept as a file."""
    if format_ not in FORMATS:
        raise Problem("not-found", "There is no such format.")
    exporter = exporter_for(format_, None)
    options = Options(lang=words_of(request).lang, bom=format_ == "csv")
    # It is closed when the last of it is sent.
    file: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY, "w+b")  # noqa: SIM115
    try:
        export_plans(_filed(site, contents), exporter, file, options)
    except BaseException:
        file.close()
        raise
    size = file.tell()
    file.seek(0)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{format_}"',
        "Content-Length": str(size),
    }
    return StreamingResponse(_pieces(file), media_type=TYPES[format_], headers=headers)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(1 << 16):
            yield piece


def _filed(site: Site, contents: list[str]) -> Iterator[Filed]:
    for sha256 in contents:
        plan = store.load(site.store, sha256)
        if plan is None:
            continue  # Somebody took it out in the meantime.
        findings = [_placed(one) for one in store.load_remarks(site.store, sha256)]
        yield Filed(path=plan.source.name or sha256, plan=plan, findings=findings)


def _placed(remark: store.StoredRemark) -> Placed:
    """What the audit found; of where it did, the words are kept."""
    told = remark._asdict()
    text = told.pop("text")
    return Placed(**told, evidence=Evidence(spans=[], text=text) if text else None)


def checked_content(sha256: str) -> str:
    """A SHA-256 in an address; Problem where it is none."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise Problem("not-found", "There is no such plan.")
    return sha256


def plan_or_problem(site: Site, sha256: str) -> store.Stored:
    """A plan; Problem where there is none."""
    plan = store.load(site.store, checked_content(sha256))
    if plan is None:
        raise Problem("not-found", "There is no such plan.")
    return store.Stored(sha256, paths_of(site.store, sha256), plan)
