"""
Căn cứ pháp lý: the instruments that plans cite, each by itself, and what the audit found.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from tdkt_parse import store
from tdkt_parse.audit.charts import Bar, bars
from tdkt_parse.register import Instrument, Register, open_register, verdicts_within
from tdkt_parse.store.browsing import Asked
from tdkt_parse.store.cited import (
    CitedInstrument,
    cited_instrument,
    cited_instruments,
    issuer_counts,
    rule_counts,
    spellings_of,
)
from tdkt_parse.web.charts import Span, timeline
from tdkt_parse.web.counts import Counts
from tdkt_parse.web.pages.listing import page_of
from tdkt_parse.web.pages.showing import counted, rule_said, show, words_of
from tdkt_parse.web.people import AtSite, Reader
from tdkt_parse.web.problems import Problem

router = APIRouter(include_in_schema=False)

A_PAGE = 30
STEPS = 8
"""How many replacements in a row are followed."""
VERDICTS = ("expired", "said_expired", "not_yet", "in_force", "unknown", "no_day")
_COLOURS = {"error": "#a3211b", "warning": "#b77900", "info": "#2d5f91"}


@router.get("/instruments")
def instruments(request: Request, site: AtSite, person: Reader) -> Response:
    """Those cited by most plans first."""
    words, page = request.query_params.get("q", "")[:300], page_of(request)
    register = open_register(site.register)
    first = (page - 1) * A_PAGE
    counts: Counts = request.app.state.counts
    told = counts.of(
        ("instruments", words, page),
        lambda: cited_instruments(site.store, words, limit=A_PAGE, offset=first),
    )
    found, total = told.value
    return show(
        request,
        "instruments.html",
        person=person,
        rows=[
            (one, standing_of(one, register.get(one.id) if one.known else None)) for one in found
        ],
        total=total,
        words=words,
        query={"q": words, "page": page if page > 1 else None},
        page=page,
        pages=max(1, -(-total // A_PAGE)),
        verdicts=VERDICTS,
        since=told.since,
    )


def standing_of(one: CitedInstrument, known: Instrument | None) -> Counter[str]:
    """
    On the days of how many plans an instrument was in force, had expired, and so on.

    Where the day of a plan is blank, what holds on all that it may be; as the audit tells it.
    """
    told: Counter[str] = Counter()
    for days, count in one.days:
        if days is None:
            told["no_day"] += count
            continue
        verdicts = verdicts_within(known, *days) if known else ("unknown",)
        told[verdicts[0] if len(verdicts) == 1 else "no_day"] += count
    return told


@router.get("/instruments/of")
def instrument(request: Request, site: AtSite, person: Reader) -> Response:
    """One instrument."""
    id_ = request.query_params.get("id", "")[:400]
    counts: Counts = request.app.state.counts
    told = counts.of(
        ("instrument", id_),
        lambda: (cited_instrument(site.store, id_), *spellings_of(site.store, id_)),
    )
    one, spellings, count = told.value
    register = open_register(site.register)
    known = register.get(id_)
    if one is None and known is None:
        raise Problem("not-found", "No plan cites that instrument, and the register lacks it.")
    t = words_of(request)
    before, after = chain_of(known, register) if known else ([], [])
    listing = store.browse(site.store, Asked(cites=id_), limit=10)
    return show(
        request,
        "instrument.html",
        person=person,
        id=id_,
        one=one,
        known=known,
        before=before,
        after=after,
        standing=standing_of(one, known) if one else Counter(),
        verdicts=VERDICTS,
        listing=listing,
        spellings=spellings,
        more_spellings=count - len(spellings),
        since=told.since,
        timeline=_timeline(t, known, before, after, one),
    )


def chain_of(known: Instrument, register: Register) -> tuple[list[Instrument], list[Instrument]]:
    """What an instrument replaced, the nearest first, and what replaced it, step by step."""
    after: list[Instrument] = []
    seen = {known.id}
    step: Sequence[Instrument] = [known]
    for _ in range(STEPS):
        step = [
            other
            for one in step
            for number in one.replaced_by
            for other in register.linked(one, number)
            if other.id not in seen and not seen.add(other.id)  # type: ignore[func-returns-value]
        ]
        after += step
    before: list[Instrument] = []
    replacing: dict[str, list[Instrument]] = {}
    for one in register.all():
        for number in one.replaced_by:
            replacing.setdefault(number, []).append(one)
    step = [known]
    for _ in range(STEPS):
        step = [
            other
            for one in step
            for other in replacing.get(one.number, ())
            if other.id not in seen and not seen.add(other.id)  # type: ignore[func-returns-value]
        ]
        before += step
    return before, after


def _timeline(
    t: Any,
    known: Instrument | None,
    before: Sequence[Instrument],
    after: Sequence[Instrument],
    one: CitedInstrument | None,
) -> Markup | None:
    chain = [*reversed(before), *([known] if known else []), *after]
    began = {each.number: each.effective or each.issued for each in chain}
    spans = [
        Span(
            each.number or each.id,
            each.effective or each.issued,
            # Where no end is written down, it is drawn to where what replaced it began.
            each.expired or min(filter(None, map(began.get, each.replaced_by)), default=None),
            strong=known is not None and each.id == known.id,
            certain=bool(each.expired) and "expired" not in each.unverified,
        )
        for each in chain
        if each.effective or each.issued
    ]
    spans.sort(key=lambda span: span.start or dt.date.min)
    said = [(days, count) for days, count in (one.days if one else ()) if days]
    days = [(of.first, count) for of, count in said if of.first == of.last]
    return timeline(t("timeline"), spans, days, today=dt.datetime.now(dt.UTC).date())


@router.get("/findings")
def findings(request: Request, site: AtSite, person: Reader) -> Response:
    """What the audit found, by rule and by who issued the plans."""
    t = words_of(request)
    counts: Counts = request.app.state.counts
    told = counts.of("findings", lambda: (rule_counts(site.store), issuer_counts(site.store)))
    rules, issuers = told.value
    by_rule = [
        Bar(
            f"{one.rule} {rule_said(one.rule, t.lang, one.name)}",
            one.plans,
            counted(one.plans, t.lang),
            _COLOURS.get(one.level, _COLOURS["info"]),
        )
        for one in rules[:20]
    ]
    by_issuer = [
        Bar(one.issuer, one.findings, counted(one.findings, t.lang), "#2d5f91")
        for one in issuers[:20]
    ]
    return show(
        request,
        "findings.html",
        person=person,
        rules=rules,
        issuers=issuers,
        # Their words are escaped where they are drawn.
        rule_chart=Markup(bars(t("findings_by_rule"), by_rule)) if by_rule else None,  # noqa: S704
        issuer_chart=(
            Markup(bars(t("findings_by_issuer"), by_issuer)) if by_issuer else None  # noqa: S704
        ),
        since=told.since,
    )
