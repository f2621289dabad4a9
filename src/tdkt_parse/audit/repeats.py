"""
B16, B18: documents cited more than once.
"""

from collections.abc import Iterator

from tdkt_parse.audit.cases import Case, bases_of
from tdkt_parse.audit.findings import Hit
from tdkt_parse.audit.quoting import head_of, number_of, quote
from tdkt_parse.audit.words import as_cited
from tdkt_parse.models import Citation, PartialDate, PlanNumber
from tdkt_parse.register import Instrument
from tdkt_parse.spelling import key


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
    for index, cited in enumerate(case.plan.citations):
        number = cited.number.canonical if cited.number else None
        if number is None or cited.nested or cited.title is None or cited.date is None:
            continue
        first = full.setdefault(number, cited)
        if first is cited or cited.where == "legal_bases" or not _may_be_one(first, cited):
            continue
        if key(first.title or "").startswith(key(cited.title)):
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
        elif case.plan.number and _is_itself(case, cited, case.plan.number):
            yield Hit(number_of(cited), "itself", {"document": as_cited(cited)}, citation=index)
        seen.append((basis, cited, instrument))


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


def _is_itself(case: Case, cited: Citation, own: PlanNumber) -> bool:
    """Whether a basis is the plan: number, and day or issuer, are its own."""
    number = cited.number.canonical if cited.number else None
    if number is None or number != own.canonical or not _same_day(cited.date, case.plan.date):
        return False
    dated = bool(cited.date and cited.date.day and case.plan.date and case.plan.date.day)
    issuer = case.plan.issuer
    return dated or bool(cited.issuer and issuer and key(cited.issuer) == key(issuer.name))
