"""
Who issued what: the tier of a basis against that of the plan, papers as bases, bodies that ended.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache

from tdkt_parse.audit.cases import Case, bases_of
from tdkt_parse.audit.findings import Hit
from tdkt_parse.audit.knowledge import Ended, audit_knowledge
from tdkt_parse.audit.words import as_cited, as_written, written
from tdkt_parse.days import days_of
from tdkt_parse.spelling import key

_SHORT = ((key("Ủy ban nhân dân"), key("UBND")), (key("Hội đồng nhân dân"), key("HĐND")))
_FOUNDED = key("Căn cứ")


@lru_cache(maxsize=1024)
def _short(name: str) -> str:
    folded = key(name)
    for long, short in _SHORT:
        folded = folded.replace(long, short)
    return folded


@cache
def _tiers() -> tuple[tuple[str, int], ...]:
    rows = [(key(start), row.tier) for row in audit_knowledge().tier for start in row.starts]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def tier_of(name: str | None) -> int | None:
    """
    The tier of the state that a body is of: 1 the centre, 2 province, 3 district, 4 commune.

    ``None`` where its name does not say: a city may be of three tiers, a school of any.

    >>> [tier_of(n) for n in ("Ủy ban nhân dân tỉnh Kon Tum", "UBND xã Tân Lập", "UBND thành phố")]
    [2, 4, None]
    """
    folded = _short(name or "") + " "
    return next((tier for start, tier in _tiers() if folded.startswith(start + " ")), None)


def _verb_of(case: Case, index: int) -> str:
    """The verb of the basis that a citation stands in, folded."""
    basis = next((b for b in case.plan.legal_bases if index in b.citations), None)
    return key(basis.verb or "") if basis else ""


def lower_level(case: Case) -> Iterator[Hit]:
    """
    *Căn cứ* a document of a body below the plan's own.

    FAIL 15/01/2024: Căn cứ Kế hoạch số 05/KH-UBND ngày 05/01/2024 của UBND xã Tân Lập về
        công tác thi đua, khen thưởng;
    PASS 15/01/2024: Căn cứ Kế hoạch số 05/KH-UBND ngày 05/01/2024 của UBND tỉnh Lạng Sơn về
        công tác thi đua, khen thưởng;
    PASS 15/01/2024: Xét đề nghị tại Tờ trình số 05/TTr-UBND ngày 05/01/2024 của UBND xã Tân Lập;
    """
    own = tier_of(case.plan.issuer.name if case.plan.issuer else None)
    if own is None:
        return
    for index, cited, _ in bases_of(case):
        tier = tier_of(cited.issuer)
        if tier is not None and tier > own and _verb_of(case, index) == _FOUNDED:
            words = {"document": as_cited(cited), "issuer": cited.issuer or ""}
            yield Hit(cited.evidence, "default", words, index)


def paper_as_basis(case: Case) -> Iterator[Hit]:
    """
    *Căn cứ* papers that inform or ask; they are carried out, or considered. One finding a plan.

    FAIL 15/01/2024: Căn cứ Luật Thi đua, khen thưởng ngày 15/6/2022; | Căn cứ Thông báo số
        15/TB-UBND ngày 05/01/2024 của UBND tỉnh Lạng Sơn;
    PASS 15/01/2024: Căn cứ Luật Thi đua, khen thưởng ngày 15/6/2022; | Thực hiện Thông báo
        số 15/TB-UBND ngày 05/01/2024 của UBND tỉnh Lạng Sơn;
    """
    found = [
        (index, cited)
        for index, cited, _ in bases_of(case)
        if cited.kind in audit_knowledge().informing.kinds
        and _verb_of(case, index) == _FOUNDED
        and cited.number
    ]
    if found:
        index, cited = found[0]
        documents = "; ".join(as_cited(one) for _, one in found)
        yield Hit(cited.evidence, "default", {"documents": documents}, index)


def ended_body(case: Case) -> Iterator[Hit]:
    """
    A document said to be of a body that no longer existed on its date; the plan itself too.

    FAIL 15/9/2025: Căn cứ Công văn số 15/UBND-NV ngày 05/8/2025 của UBND huyện Phú Bình về
        công tác thi đua;
    PASS 15/5/2025: Căn cứ Công văn số 15/UBND-NV ngày 05/5/2025 của UBND huyện Phú Bình về
        công tác thi đua;
    """
    plan = case.plan
    own = (
        _ended_on(plan.issuer.name, [], case.signed.first) if plan.issuer and case.signed else None
    )
    if own and plan.issuer and case.signed:
        words = {
            "issuer": plan.issuer.name,
            "since": written(own.since),
            "law": own.law,
            "date": written(case.signed.first),
        }
        yield Hit(plan.issuer.evidence, "own", words)
    for index, cited in enumerate(plan.citations):
        days = days_of(cited.date)
        codes = cited.number.issuers if cited.number else []
        ended = _ended_on(cited.issuer or "", codes, days.first) if days else None
        if ended:
            words = {
                "document": as_cited(cited),
                "issuer": cited.issuer or ended.examples[0],
                "since": written(ended.since),
                "law": ended.law,
                "date": as_written(cited.date),
            }
            yield Hit(cited.evidence, "default", words, index)


def _ended_on(name: str, codes: list[str], day: date) -> Ended | None:
    folded = _short(name) + " "
    for row, starts in _ended():
        if day < row.since:
            continue
        if folded.startswith(starts) or (codes and codes[-1] in row.codes):
            return row
    return None


@cache
def _ended() -> tuple[tuple[Ended, tuple[str, ...]], ...]:
    """The bodies that ended, and how their names begin, folded."""
    rows = audit_knowledge().ended
    return tuple((row, tuple(f"{_short(start)} " for start in row.starts)) for row in rows)


def core_missing(case: Case) -> Iterator[Hit]:
    """
    A plan for emulation and commendation that rests on no law, decree or circular on it in force.

    FAIL 15/5/2024: Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;
    PASS 15/5/2024: Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022; | Căn cứ Nghị
        định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ; | Căn cứ Thông tư số
        01/2024/TT-BNV ngày 24/02/2024 của Bộ Nội vụ;
    """
    plan = case.plan
    title = key(plan.title.text if plan.title else "")
    orders = plan.kind in audit_knowledge().ordering.kinds
    about_it = any(words in title for words in _WORK)
    if case.signed is None or not (orders and about_it) or not plan.legal_bases:
        return
    cited = {one.number for one in case.instruments if one}
    missing = []
    for role in ("law", "decree", "circular"):
        then = [
            row
            for row in audit_knowledge().core
            if row.role == role
            and row.since <= case.signed.first
            and (row.until is None or case.signed.last <= row.until)
        ]
        if then and not any(row.number in cited for row in then):
            missing += [row.named for row in then]
    if missing:
        first = plan.legal_bases[0]
        yield Hit(first.evidence, "default", {"documents": "; ".join(missing)})


_WORK = (key("thi đua"), key("khen thưởng"))
