"""
So sánh: two plans side by side.
"""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from tdkt_parse import store
from tdkt_parse.compare import compare_plans
from tdkt_parse.register import open_register
from tdkt_parse.store.browsing import Asked, PlanLine
from tdkt_parse.web.pages.listing import plan_or_problem
from tdkt_parse.web.pages.showing import show
from tdkt_parse.web.people import AtSite, Reader
from tdkt_parse.web.site import Site

router = APIRouter(include_in_schema=False)

CHOICES = 15


@router.get("/compare")
def compare(request: Request, site: AtSite, person: Reader) -> Response:
    """Two plans, or what they can be chosen from."""
    said = request.query_params
    first, second = said.get("a", "")[:64], said.get("b", "")[:64]
    told: dict[str, Any] = {
        "person": person,
        "first": first,
        "second": second,
        "words_a": said.get("qa", "")[:300],
        "words_b": said.get("qb", "")[:300],
        "comparison": None,
        "old": None,
        "new": None,
    }
    old = plan_or_problem(site, first).plan if first else None
    new = plan_or_problem(site, second).plan if second else None
    told |= {"old": old, "new": new, "choices_a": [], "choices_b": []}
    if old is not None and new is not None:
        told["comparison"] = compare_plans(
            old, new, open_register(site.register), paths=(first, second)
        )
    if old is None:
        told["choices_a"] = _choices(site, told["words_a"], new, but=second)
    if new is None:
        told["choices_b"] = _choices(site, told["words_b"], old, but=first)
    return show(request, "compare.html", **told)


def _choices(site: Site, words: str, other: Any, *, but: str) -> list[PlanLine]:
    """Plans to choose from; where nothing was typed those of whoever issued the other one."""
    issuer = other.issuer.name if other is not None and other.issuer and not words.strip() else ""
    found = store.browse(site.store, Asked(words=words, issuer=issuer), limit=CHOICES).rows
    if not found and issuer:
        found = store.browse(site.store, Asked(), limit=CHOICES).rows
    return [one for one in found if one.sha256 != but]
