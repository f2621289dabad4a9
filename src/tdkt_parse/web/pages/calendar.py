"""
Lịch công việc: the tasks of all plans by quarter and month, the deadlines ahead, and who leads.
"""

import datetime as dt
from typing import Any

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from tdkt_parse.audit.charts import Bar, bars
from tdkt_parse.store.due import When, due, planned_years
from tdkt_parse.web.pages.listing import page_of, whole_number
from tdkt_parse.web.pages.showing import ROMAN, counted, show, words_of
from tdkt_parse.web.people import AtSite, Reader

router = APIRouter(include_in_schema=False)

A_PAGE = 50
AHEAD = (30, 90, 365)


@router.get("/calendar")
def calendar(request: Request, site: AtSite, person: Reader) -> Response:
    """The tasks of a year, or those that are due in the days ahead."""
    said, page, t = request.query_params, page_of(request), words_of(request)
    years = planned_years(site.store)
    ahead = whole_number(said.get("ahead", ""))
    year = whole_number(said.get("year", ""))
    if year is None and ahead is None and years:
        year = years[0]
    today = dt.datetime.now(dt.timezone(dt.timedelta(hours=7))).date()
    when = _when(said, year, ahead if ahead in AHEAD else None, today)
    found = due(site.store, when, limit=A_PAGE, offset=(page - 1) * A_PAGE)
    query = {
        "ahead": ahead if ahead in AHEAD else None,
        "year": when.year,
        "quarter": when.quarter,
        "month": when.month,
        "lead": when.lead,
    }
    month_chart = [
        Bar(t("month_n", n=m), found.months.get(m, 0), counted(found.months.get(m, 0), t.lang))
        for m in range(1, 13)
    ]
    return show(
        request,
        "calendar.html",
        person=person,
        found=found,
        when=when,
        years=years,
        ahead=query["ahead"],
        choices_ahead=AHEAD,
        today=today,
        query={**query, "page": page if page > 1 else None},
        page=page,
        pages=max(1, -(-found.total // A_PAGE)),
        roman=ROMAN,
        # Its words are escaped where they are drawn.
        month_chart=(
            Markup(bars(t("calendar_by_month"), month_chart, label_width=110))  # noqa: S704
            if any(found.months.values())
            else None
        ),
    )


def _when(said: Any, year: int | None, ahead: int | None, today: dt.date) -> When:
    lead = said.get("lead", "")[:200]
    if ahead is not None:
        return When(first=today, last=today + dt.timedelta(days=ahead), lead=lead)
    year = year if year is not None and 1000 <= year <= 9999 else None
    quarter, month = whole_number(said.get("quarter", "")), whole_number(said.get("month", ""))
    return When(
        year=year,
        quarter=quarter if quarter in (1, 2, 3, 4) else None,
        month=month if month is not None and 1 <= month <= 12 and year is not None else None,
        lead=lead,
    )
