"""
B09, B10, B13: whether the bases are named in full, and those of the issuer's powers among them.
"""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import regex

from tdkt_parse.audit.body import texts_of
from tdkt_parse.audit.cases import Case, goes_on_list
from tdkt_parse.audit.dates import bears_no_day
from tdkt_parse.audit.findings import Hit
from tdkt_parse.audit.knowledge import audit_knowledge
from tdkt_parse.audit.phrases import TIMEOUT, pattern, table
from tdkt_parse.audit.quoting import head_of, part_of, together
from tdkt_parse.audit.words import as_cited
from tdkt_parse.models import Citation, LegalBasis
from tdkt_parse.spelling import key
from tdkt_parse.wording import Phrases, is_agency, is_office, kinds

_PROPOSALS = (key("theo"), key("xét"))
"""Verbs of who asked for the plan, whose paper is named by its number and day alone."""


def _is_named(cited: Citation) -> bool:
    """Whether a law, code or ordinance, which is cited by its name (NĐ 30, Phụ lục I.II.6a)."""
    return cited.kind in _unnumbered()


@cache
def _unnumbered() -> frozenset[str]:
    return frozenset(row.name for row in kinds() if row.unnumbered)


def completeness(case: Case) -> Iterator[Hit]:
    """
    B09: a document is first cited with type, number, symbol, date, issuer and title.

    Laws and ordinances go by their names. What was cited in full before is cited short.

    PASS 09/3/2022: Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ quy định chi tiết
        thi hành một số điều của Luật Thi đua, khen thưởng.
    FAIL 09/3/2022: Căn cứ Nghị quyết số 28/NQ-HĐND của Hội đồng nhân dân huyện Bắc Sơn.
    """
    seen: set[str] = set()
    proposed = {
        index
        for basis in case.plan.legal_bases
        if key(basis.verb or "").startswith(_PROPOSALS)
        for index in basis.citations
    }
    # The clause that says who issues what, and a directive's first paragraphs, are no basis.
    based = {index for basis in case.plan.legal_bases for index in basis.citations}
    for index, cited in enumerate(case.plan.citations):
        number = cited.number.canonical if cited.number else None
        first = number is None or number not in seen
        if number:
            seen.add(number)
        if not first or cited.nested or _is_named(cited) or cited.where == "appendix":
            continue
        told = _said_of_all(case, index)
        missing = [part for part in _missing(cited) if part not in told]
        if missing:
            told = _told_before(case, cited)
            missing = [part for part in missing if part not in told]
        if index in proposed or cited.kind == "Tờ trình":
            missing = [part for part in missing if part in ("number", "date")]
        basis = index in based
        loose = cited.kind in audit_knowledge().always_numbered.kinds
        if number is None and (not basis or not loose or _is_short(case, index)):
            continue
        if key(cited.evidence.text).startswith(key("số ")):
            continue  # an example of a number, not a document
        # In running text a title may be left to what stands around it; a date may not.
        if missing and (basis or "date" in missing):
            vi = ", ".join(_NAMES[part][0] for part in missing)
            en = ", ".join(_NAMES[part][1] for part in missing)
            words = {"document": as_cited(cited), "missing": vi, "missing_en": en}
            yield Hit(head_of(cited), "default" if basis else "body", words, citation=index)


@cache
def _tellings() -> tuple[tuple[regex.Pattern[str], tuple[str, ...]], ...]:
    """
    What a sentence says of a document before it: ``Ngày 15/11/2020, UBND tỉnh ban hành Công văn số
    …``, ``hướng dẫn của Bộ Tài chính tại Công văn số …``, ``Quy chế Cán bộ Đoàn do Ban Bí thư ban
    hành theo Quyết định số …``.
    """
    rules = "|".join(regex.escape(row.name) for row in kinds() if row.promulgated)
    return (
        (
            regex.compile(
                r"(?:^|[.;,]\s{1,3}|-\s)[Nn]gày\s{1,3}\d{1,2}\s?(?:/|tháng\s)\s?\d{1,2}"
                r"\s?(?:/|năm\s)\s?\d{4},?\s(?P<who>\p{Lu}[^,.;:]{1,100}?)"
                r"\s(?:(?:đã|vừa|cũng)\s)?(?:ban\shành|ký)(?:\sban\shành)?\s*$"
            ),
            ("date", "issuer"),
        ),
        (regex.compile(r"\scủa\s(?P<who>\p{Lu}[^.;:]{1,100}?)\stại\s*$"), ("issuer",)),
        (
            regex.compile(
                rf"(?:{rules})\s[^;:]{{4,160}}?\sdo\s(?P<who>\p{{Lu}}[^;:]{{1,100}}?)"
                r"\sban\shành\s(?:kèm\s)?theo\s*$"
            ),
            ("issuer", "title"),
        ),
    )


_TIED = ("amended_by", "consolidated_in", "replaced_by", "repealed_by")
"""Behind the words that tie it to a document, one is named by its number: what it is about is said
by the document that it is tied to."""


def _told_before(case: Case, cited: Citation) -> frozenset[str]:
    """What is said of a document in the words before it, of what it should be cited with."""
    if not cited.evidence.spans:
        return frozenset()
    said: set[str] = set()
    if cited.relation and cited.relation.kind in _TIED:
        said.add("title")
    at = cited.evidence.spans[0][0]
    bases = (basis.evidence for basis in case.plan.legal_bases)
    for evidence in (*bases, *texts_of(case.plan)):
        if not evidence.spans or not evidence.spans[0][0] < at < evidence.spans[0][1]:
            continue
        before = evidence.text[: at - evidence.spans[0][0]]
        for words, parts in _tellings():
            found = words.search(before, timeout=TIMEOUT)
            if found and (is_agency(found["who"]) or is_office(found["who"])):
                said.update(parts)
        break
    return frozenset(said)


def _is_short(case: Case, index: int) -> bool:
    """Whether a citation is the short name of one before: ``gọi tắt là Chỉ thị số 2416``."""
    cited = case.plan.citations[index]
    words = cited.evidence.text.split()
    return any(
        before.kind == cited.kind and before.number and before.number.serial == words[-1]
        for before in case.plan.citations[:index]
    )


_NAMES = {
    "number": ("số, ký hiệu", "number"),
    "date": ("ngày, tháng, năm ban hành", "date"),
    "issuer": ("tên cơ quan ban hành", "issuer"),
    "title": ("trích yếu nội dung", "title"),
}


def _missing(cited: Citation) -> list[str]:
    date = cited.date
    has = {
        "number": cited.number is not None and cited.number.serial is not None,
        # A day that is in no calendar is B07's.
        "date": bears_no_day(cited)
        or (date is not None and None not in (date.year, date.month, date.day)),
        "issuer": cited.issuer is not None,
        "title": cited.title is not None,
    }
    return [part for part, there in has.items() if not there]


def _said_of_all(case: Case, index: int) -> frozenset[str]:
    """
    What the last of a list says of each of it: ``các Nghị định số 42/2010/NĐ-CP ngày 15/4/2010,
    số 65/2014/NĐ-CP ngày 01/7/2014 của Chính phủ quy định …``, whose issuer and title are one.
    """
    said: set[str] = set()
    for after in range(index + 1, len(case.plan.citations)):
        if not goes_on_list(case, after):
            break
        said |= {"issuer", "title"} - {*_missing(case.plan.citations[after])}
    if not said and (last := _last_of_list(case, index)) is not None:
        said |= {"issuer", "title"} - {*_missing(case.plan.citations[last])}
    return frozenset(said)


def _last_of_list(case: Case, index: int) -> int | None:
    """
    The last of a list whose types are all named, where *và* ties it on: ``Nghị định số
    42/2010/NĐ-CP ngày 15/4/2010; Nghị định số 39/2012/NĐ-CP … và Nghị định số 65/2014/NĐ-CP …``.
    """
    basis = next((b for b in case.plan.legal_bases if index in b.citations), None)
    if basis is None or len(basis.evidence.spans) != 1:
        return None
    text, start = basis.evidence.text, basis.evidence.spans[0][0]
    for before, after in pairwise(range(index, len(case.plan.citations))):
        one, other = case.plan.citations[before], case.plan.citations[after]
        alike = one.number and other.number and one.number.symbol == other.number.symbol
        if not alike or one.issuer or one.title or one.nested or other.nested:
            return None
        if not (one.evidence.spans and other.evidence.spans):
            return None
        between = text[one.evidence.spans[-1][1] - start : other.evidence.spans[0][0] - start]
        if between.strip() == "và":
            return after
        if between.strip() not in (",", ";"):
            return None
    return None


def vagueness(case: Case) -> Iterator[Hit]:
    """
    B10: a basis names its documents, and a law by the day on which it was passed.

    PASS 09/3/2024: Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022.
    FAIL 09/3/2024: Căn cứ Luật Thi đua, khen thưởng ngày 15/6/2022 và các văn bản hướng dẫn thi
        hành.
    FAIL 09/3/2024: Căn cứ Luật Thi đua, khen thưởng năm 2022.
    """
    for basis in case.plan.legal_bases:
        yield from _vague_words(basis)
    for basis in case.plan.legal_bases:
        own = [(n, case.plan.citations[n]) for n in basis.citations]
        whole = {c.relation.to for _, c in own if c.relation and c.relation.kind == _WHOLE}
        laws = [(n, cited) for n, cited in own if _is_undated_law(cited) and n not in whole]
        for saying, dated in (("year", True), ("undated", False)):
            said = [(n, cited) for n, cited in laws if (cited.date is not None) == dated]
            if said:
                words = {"document": "; ".join(as_cited(cited) for _, cited in said)}
                where = together([cited.evidence for _, cited in said])
                yield Hit(where, saying, words, citation=said[0][0])


_WHOLE = "consolidated_in"
"""The tie of a law to the text that it was consolidated in, whose number tells which it is."""


def _is_undated_law(cited: Citation) -> bool:
    """Whether a law is cited by its name, without the day on which it was passed."""
    if cited.nested or cited.number or cited.kind not in ("Luật", "Bộ luật", "Pháp lệnh"):
        return False
    return (cited.date is None or cited.date.day is None) and not bears_no_day(cited)


def _vague_words(basis: LegalBasis) -> Iterator[Hit]:
    text = basis.evidence.text
    found = pattern("vague").search(text, timeout=TIMEOUT)
    if found:
        before = text[: found.start()].rstrip()
        start = before.rindex("và") if before.endswith(" và") else found.start()
        yield Hit(part_of(basis.evidence, start, found.end()), "default")
    found = pattern("powers").search(text, timeout=TIMEOUT)
    if found and not basis.citations:
        yield Hit(part_of(basis.evidence, found.start(), found.end()), "powers")


@cache
def _issuers() -> Phrases:
    """How issuers' names begin of whom it is known what gives them their powers, and its row."""
    rows = enumerate(table().competence)
    return Phrases.of((start, str(number)) for number, row in rows for start in row.issuers)


def competence(case: Case) -> Iterator[Hit]:
    """
    B13: the bases are of two kinds, those on the issuer's powers and those on the matter.

    Asked of issuers for whom it is known what gives them their powers.

    PASS 09/3/2022: Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015; | Căn cứ Luật Thi
        đua, khen thưởng ngày 26/11/2003.
    FAIL 09/3/2022: Căn cứ Luật Thi đua, khen thưởng ngày 26/11/2003.
    """
    issuer = case.plan.issuer
    bases = [basis for basis in case.plan.legal_bases if key(basis.verb or "") == key("Căn cứ")]
    if issuer is None or not bases:
        return
    known = _issuers().start_of(key(issuer.name))
    if known is None:
        return
    row = table().competence[int(known[1])]
    named = [key(word) for word in row.words]
    if not any(word in key(basis.text) for basis in case.plan.legal_bases for word in named):
        yield Hit(None, "default", {"issuer": issuer.name, "instrument": row.instrument})
