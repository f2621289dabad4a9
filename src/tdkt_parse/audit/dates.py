"""
Dates that cannot be: a basis younger than the plan, a number of another year than its date.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache

import regex

from tdkt_parse.audit.cases import Case, bases_of
from tdkt_parse.audit.findings import Hit
from tdkt_parse.audit.knowledge import audit_knowledge
from tdkt_parse.audit.phrases import TIMEOUT
from tdkt_parse.audit.said_days import said_days
from tdkt_parse.audit.words import as_cited, as_written, named, signed, written
from tdkt_parse.days import Days, days_of
from tdkt_parse.lexicon import document_types
from tdkt_parse.models import Citation, DocNumber, PartialDate, Plan
from tdkt_parse.periods import find_years
from tdkt_parse.register import Instrument
from tdkt_parse.register.checks import legislatures
from tdkt_parse.register.keys import same_organ
from tdkt_parse.wording import named_by_title


def later_than_plan(case: Case) -> Iterator[Hit]:
    """
    A document cited that was issued after the plan was signed.

    FAIL 09/3/2022: Căn cứ Hướng dẫn số 79/HD-HĐTĐKT ngày 18/3/2022 của Hội đồng Thi đua -
        Khen thưởng huyện về chấm điểm thi đua;
    PASS 09/3/2022: Căn cứ Hướng dẫn số 79/HD-HĐTĐKT ngày 08/3/2022 của Hội đồng Thi đua -
        Khen thưởng huyện về chấm điểm thi đua;
    """
    if case.signed is None:
        return
    for index, cited in enumerate(case.plan.citations):
        days, instrument = days_of(cited.date), case.instruments[index]
        number = instrument.number if instrument else None
        words = {"document": as_cited(cited), "signed": signed(case)}
        if days:
            if days.first > case.signed.last:
                words["issued"] = as_written(cited.date)
                yield Hit(cited.evidence, "default", words, index, number)
        elif instrument and instrument.issued and instrument.issued > case.signed.last:
            words["issued"] = written(instrument.issued)
            yield Hit(cited.evidence, "by_register", words, index, number)
        elif cited.number and cited.number.year and cited.number.year > case.signed.last.year:
            words["issued"] = str(cited.number.year)
            yield Hit(cited.evidence, "by_number", words, index, number)


def date_left_blank(case: Case) -> Iterator[Hit]:
    """
    The date of the plan is blank in part or altogether; what it may be, from what the plan cites.

    FAIL tháng 01 năm 2024: Căn cứ Kế hoạch số 03/KH-UBND ngày 09/01/2024 của UBND huyện Bắc Sơn;
    PASS 15/01/2024: Căn cứ Kế hoạch số 03/KH-UBND ngày 09/01/2024 của UBND huyện Bắc Sơn;
    """
    plan = case.plan
    if case.signed and case.signed.first == case.signed.last:
        return
    latest = max((one for one in map(_full_date, plan.citations) if one), default=None)
    evidence = plan.date.evidence if plan.date else None
    if case.signed is None:
        if plan.date and plan.date.year:
            yield Hit(evidence, "no_such_day")
        else:
            if not _shows_its_head(plan):
                return
            said = "no_date_after" if latest else "no_date"
            yield Hit(evidence, said, {"latest": written(latest)})
        return
    first, last = case.signed
    if evidence and _names_more(evidence.text, plan.date):
        yield Hit(evidence, "no_such_day")
        return
    if latest and first < latest <= last:
        words = {"first": written(latest), "last": written(last), "latest": written(latest)}
        yield Hit(evidence, "narrowed", words)
    else:
        yield Hit(evidence, "default", {"first": written(first), "last": written(last)})


def _shows_its_head(plan: Plan) -> bool:
    """
    Whether the place where a date would stand was there to be read: a part of a document without
    its letterhead tells nothing of its date.
    """
    letterhead = plan.issuer is not None and plan.issuer.evidence.rule == "letterhead"
    return plan.number is not None or letterhead or any(m.role == "motto" for m in plan.marks)


_DAY = regex.compile(r"ngày\s*\d|(?<!\d)\d{1,2}\s*/\s*\d{1,2}\s*/", regex.IGNORECASE)


def _names_more(text: str, date: PartialDate | None) -> bool:
    """Whether a day is written that was not taken for one: ``ngày 31 tháng 02``."""
    return bool(date and date.day is None and _DAY.search(text, timeout=TIMEOUT))


def _full_date(cited: Citation) -> date | None:
    days = days_of(cited.date)
    return days.first if days and days.first == days.last else None


def number_and_date_disagree(case: Case) -> Iterator[Hit]:
    """
    The number, date or issuer of a cited document do not go together, or not with the register.

    FAIL 15/3/2024: Căn cứ Luật Thi đua, khen thưởng ngày 16 tháng 5 năm 2022;
    FAIL 15/3/2024: Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31/12/2022 của Chính phủ;
    FAIL 15/3/2024: Căn cứ Luật Thi đua, khen thưởng ngày 31 tháng 6 năm 2022;
    PASS 15/3/2024: Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ;
    """
    told: set[tuple[str | None, ...]] = set()
    for index, cited in enumerate(case.plan.citations):
        hit = _disagreement(cited, index, case.instruments[index]) or _of_another_year(case, index)
        if hit is None:
            continue
        name = (hit.saying, *hit.words.values())
        if name not in told:
            told.add(name)
            yield hit


def bears_no_day(cited: Citation) -> bool:
    """Whether a document is cited with a day that is in no calendar: ``ngày 31/02/2022``."""
    date = cited.date
    if date is None or date.year is None or date.day is not None:
        return False
    days = said_days(cited.evidence.text)
    said = next((day for day in days if day.year == date.year), None)
    return said is not None and not said.exists and date.month in (None, said.month)


def _disagreement(cited: Citation, index: int, instrument: Instrument | None) -> Hit | None:
    days, number = days_of(cited.date), cited.number
    full = cited.date is not None and None not in (
        cited.date.year,
        cited.date.month,
        cited.date.day,
    )

    def hit(saying: str, **more: str) -> Hit:
        words = {"document": as_cited(cited), "date": as_written(cited.date)}
        found = instrument.number if instrument else None
        return Hit(cited.evidence, saying, {**words, **more}, index, found)

    if (full and days is None) or bears_no_day(cited):
        return hit("no_such_day")
    if number and (owner := _kind_of_symbol(number, cited.kind)):
        return hit("kind", symbol=number.symbol or "", kind=owner)
    if number and number.year:
        if days and number.year not in (days.first.year, days.last.year):
            return hit("year", year=str(number.year))
        term = _term_of(number.issuers)
        if term and not term[0] <= number.year <= term[1]:
            return hit("term", term=number.issuers[-1], first=str(term[0]), last=str(term[1]))
    if instrument is None:
        candidates = cited.resolved.candidates if cited.resolved else []
        unknown = cited.resolved and cited.resolved.reason == "not_in_register"
        if unknown and number and number.canonical and len(candidates) == 1:
            return hit("look_alike", candidate=candidates[0])
        return None
    if full and days and instrument.issued and days.first != instrument.issued:
        said = "date_unverified" if "issued" in instrument.unverified else "date"
        return hit(said, issued=written(instrument.issued), instrument=named(instrument))
    if cited.issuer and instrument.issuer and not same_organ(instrument.issuer, cited.issuer):
        return hit("issuer", written=cited.issuer, issuer=instrument.issuer)
    return None


def _of_another_year(case: Case, index: int) -> Hit | None:
    """
    A law cited with the day and month on which it was passed, but with a year in which none of its
    title was: ``Luật Ban hành văn bản quy phạm pháp luật ngày 22/6/2016``, passed on 22/6/2015.
    """
    cited, date = case.plan.citations[index], case.plan.citations[index].date
    if case.instruments[index] or cited.number or not cited.title or date is None:
        return None
    if cited.kind not in named_by_title() or None in (date.year, date.month, date.day):
        return None
    those = [
        one
        for one in case.register.by_title(cited.title, cited.kind)
        if one.issued and (one.issued.month, one.issued.day) == (date.month, date.day)
    ]
    if len(those) != 1 or those[0].issued is None or those[0].issued.year == date.year:
        return None
    words = {
        "document": as_cited(cited),
        "date": as_written(date),
        "issued": written(those[0].issued),
        "instrument": named(those[0]),
    }
    return Hit(cited.evidence, "law_year", words, index, those[0].number)


def _kind_of_symbol(number: DocNumber, kind: str) -> str | None:
    """The type that a symbol says, where it is another than the word before the number."""
    told = audit_knowledge().told_by_symbol.kinds
    if kind not in told:
        return None
    other = _kinds_of_symbols().get(number.doc_type or "", kind)
    return other if other != kind and other in told else None


@cache
def _kinds_of_symbols() -> dict[str, str]:
    """The type that each abbreviation means, where it means no other."""
    names: dict[str, set[str]] = {}
    for row in document_types():
        names.setdefault(row.code, set()).add(row.name)
    return {code: of_code.pop() for code, of_code in names.items() if len(of_code) == 1}


def _term_of(issuers: list[str]) -> tuple[int, int] | None:
    """The years of the legislature that a number names: ``QH15``."""
    for code in issuers:
        term = code.removeprefix("UBTV").removeprefix("QH")
        found = legislatures().get(int(term)) if term != code and term.isdecimal() else None
        if found:
            return found.first_year, found.last_year
    return None


_SPANS = regex.compile(r"\b(?:đến|tới|hết) (?:hết )?năm \d{4}|\btầm nhìn\b", regex.IGNORECASE)
"""What is laid down for several years, and is of no one of them: ``… đến năm 2020``."""


def stale_basis(case: Case) -> Iterator[Hit]:
    """
    The plan of a year that rests on a yearly paper of a year before.

    FAIL 15/3/2022: Căn cứ Thông báo số 39/TB-TĐKT ngày 08/02/2021 của Hội đồng Thi đua -
        Khen thưởng huyện về danh sách các khối thi đua;
    FAIL 15/01/2024: Thực hiện Kế hoạch số 31/KH-UBND ngày 15/01/2023 của UBND tỉnh về công
        tác thi đua, khen thưởng năm 2023;
    PASS 15/01/2024: Thực hiện Kế hoạch số 312/KH-UBND ngày 25/12/2023 của UBND tỉnh về công
        tác thi đua, khen thưởng năm 2024;
    """
    if case.signed is None or not case.plan.years:
        return
    planned = min(case.plan.years)
    yearly = set(audit_knowledge().yearly.kinds)
    notices = set(audit_knowledge().yearly.notices)
    for index, cited, _ in bases_of(case):
        days = days_of(cited.date)
        if cited.kind not in yearly or days is None:
            continue
        if _SPANS.search(cited.title or "", timeout=TIMEOUT):
            continue
        years = find_years(cited.title or "")
        is_old = _is_over_a_year(days, case.signed)
        is_older = days.last.year < planned
        if (years and max(years) < planned and is_older) or (
            not years and cited.kind in notices and is_old
        ):
            words = {
                "document": as_cited(cited),
                "year": str(max(years) if years else days.first.year),
                "planned": str(planned),
            }
            yield Hit(cited.evidence, "default", words, index)


def _is_over_a_year(days: Days, signed_on: Days) -> bool:
    return (signed_on.first - days.last).days > 365
