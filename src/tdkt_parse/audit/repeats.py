"""
B16, B18: documents cited more than once.
"""

from collections.abc import Iterator

from tdkt_parse.audit.cases import Case, bases_of
from tdkt_parse.audit.findings import Hit
from tdkt_parse.audit.quoting import head_of, number_of, part_of, quote
from tdkt_parse.audit.words import as_cited
from tdkt_parse.docnumber import find_docnumbers
from tdkt_parse.models import Citation, PartialDate
from tdkt_parse.periods import find_dates
from tdkt_parse.register import Instrument
from tdkt_parse.spelling import key

_APART = ("legal_bases", "appendix")
"""Each basis is named in full; an appendix is read without the plan before it."""


def repetition(case: Case) -> Iterator[Hit]:
    """
    B16: what was cited in full is cited again by its type and number alone.

    PASS 09/3/2022: Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ quy định chi tiết
        thi hành một số điều của Luật Thi đua, khen thưởng. | I. MỤC ĐÍCH | Thực hiện Nghị định số
        91/2017/NĐ-CP trên địa bàn huyện.
    FAIL 09/3/2022: Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ quy định chi tiết
        thi hành một số điều của Luật Thi đua, khen thưởng. | I. MỤC ĐÍCH | Thực hiện Nghị định số
        91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ quy định chi tiết thi hành một số điều của Luật
        Thi đua, khen thưởng.
    """
    full: dict[str, Citation] = {}
    title = key(case.plan.title.text) if case.plan.title else ""
    for index, cited in enumerate(case.plan.citations):
        number = cited.number.canonical if cited.number else None
        if number is None or cited.nested or cited.title is None or cited.date is None:
            continue
        first = full.setdefault(number, cited)
        if first is cited or cited.where in _APART or not _may_be_one(first, cited):
            continue
        if key(number) in title:
            continue  # the plan's own title, said again
        one, other = key(first.title or ""), key(cited.title)
        if one.startswith(other) or other.startswith(one):
            where = quote(cited.evidence, cited.title) or number_of(cited)
            yield Hit(where, "default", {"document": as_cited(cited)}, citation=index)


def _same_day(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether two dates may be one: what is blank in either may be anything."""
    if one is None or other is None:
        return True
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return all(a is None or b is None or a == b for a, b in pairs)


def _may_be_one(one: Citation, other: Citation) -> bool:
    """Whether two citations of one number may mean one document: provinces share numbers."""
    issuers = {key(each.issuer) for each in (one, other) if each.issuer}
    return _same_day(one.date, other.date) and len(issuers) < 2


def duplication(case: Case) -> Iterator[Hit]:
    """
    B18: a basis stands once, and no plan is its own basis.

    PASS 09/3/2022: Căn cứ Kế hoạch số 03/KH-UBND ngày 09/01/2022 của UBND tỉnh Lạng Sơn về công tác
        thi đua, khen thưởng; | Căn cứ Kế hoạch số 04/KH-UBND ngày 09/01/2022 của UBND tỉnh Lạng Sơn
        về cải cách hành chính.
    FAIL 09/3/2022: Căn cứ Luật Thi đua, khen thưởng ngày 26/11/2003; | Căn cứ Luật Thi đua, khen
        thưởng ngày 26/11/2003.
    """
    seen: list[tuple[int, Citation, Instrument | None]] = []
    basis_of = {n: b for b, basis in enumerate(case.plan.legal_bases) for n in basis.citations}
    for index, cited, instrument in bases_of(case):
        basis = basis_of.get(index, -1)
        if any(
            basis != other and _is_one(cited, instrument, before, known)
            for other, before, known in seen
        ):
            yield Hit(head_of(cited), "default", {"document": as_cited(cited)}, citation=index)
        seen.append((basis, cited, instrument))
    yield from _itself(case)


def _is_one(
    cited: Citation, instrument: Instrument | None, before: Citation, known: Instrument | None
) -> bool:
    """Whether two bases certainly name one document."""
    if instrument and known:
        return instrument.id == known.id
    if cited.kind != before.kind:
        return False
    numbers = [each.number.canonical for each in (cited, before) if each.number]
    if len(numbers) == 2:
        return numbers[0] is not None and numbers[0] == numbers[1] and _may_be_one(cited, before)
    dated = cited.date is not None and cited.date == before.date and cited.date.day is not None
    return dated and key(cited.title or "") == key(before.title or "") != ""


def _itself(case: Case) -> Iterator[Hit]:
    """
    Bases that bear the plan's own number, and its day or its issuer besides.

    They are no citations, for a mention of the document itself is none.
    """
    own, date = case.plan.number, case.plan.date
    if own is None or own.canonical is None:
        return
    cited = {n: each for n, each in enumerate(case.plan.citations) if each.where == "legal_bases"}
    for basis in case.plan.legal_bases:
        text = basis.evidence.text
        for found in find_docnumbers(text):
            others = [cited[n].number for n in basis.citations if n in cited]
            if found.number.canonical != own.canonical or any(
                other and other.canonical == own.canonical for other in others
            ):
                continue
            days = [match.date for match in find_dates(text[found.end :])][:1]
            dated = bool(date and date.day and days and days[0].day and _same_day(days[0], date))
            issuer = case.plan.issuer
            if dated or (issuer and key(issuer.name) in key(text)):
                where = part_of(basis.evidence, found.start, found.end)
                yield Hit(where, "itself", {"document": own.canonical})
