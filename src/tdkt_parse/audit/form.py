"""
B15: how bases, numbers and dates are written.

What a text cannot show, such as italics, is not judged.
"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import regex

from tdkt_parse.audit.cases import Case
from tdkt_parse.audit.findings import Hit
from tdkt_parse.audit.knowledge import audit_knowledge
from tdkt_parse.audit.phrases import TIMEOUT
from tdkt_parse.audit.quoting import head_of, part_of, together
from tdkt_parse.audit.words import as_cited
from tdkt_parse.docnumber import NumberMatch, find_docnumbers
from tdkt_parse.models import Citation, Evidence, LegalBasis
from tdkt_parse.spelling import key

_SPACE = regex.compile(r"[^\S\n]")
_DATE = regex.compile(
    r"""
    (?<![\d/]) (?P<day>\d{1,2}) / (?P<month>\d{1,2}) / \d{4} (?!\d)
    | \bngày\s{1,3} (?P<day>\d{1,2}) \s{1,3}tháng\s{1,3} (?P<month>\d{1,2}) \s{1,3}năm\s{1,3} \d{4}
    """,
    regex.VERBOSE,
)


def form(case: Case) -> Iterator[Hit]:
    """
    B15: numbers without spaces, zeros before single digits, a basis a line, the marks at its end.

    Equal remarks on one basis are one finding.

    PASS 09/3/2022: Căn cứ Luật Thi đua, khen thưởng ngày 26/11/2003; | Căn cứ Nghị định số
        91/2017/NĐ-CP ngày 31/7/2017 của Chính phủ quy định chi tiết thi hành một số điều của Luật
        Thi đua, khen thưởng.
    FAIL 09/3/2022: Căn cứ Nghị định số 91/2017/NĐ - CP ngày 31/7/2017 của Chính phủ quy định chi
        tiết thi hành một số điều của Luật Thi đua, khen thưởng.
    FAIL 09/3/2022: Căn cứ Luật Thi đua, khen thưởng ngày 26/11/2003.; | Căn cứ Kế hoạch số
        03/KH-UBND ngày 9/01/2022 của UBND tỉnh Lạng Sơn về công tác thi đua, khen thưởng;
    """
    yield from _own(case)
    for basis in case.plan.legal_bases:
        yield from _spacing(basis.evidence)
        yield from _zeros(basis.evidence)
        yield from _same_line(case, basis)
    yield from _begun_on_line(case)
    yield from _ends(case)
    yield from _body(case)


def _own(case: Case) -> Iterator[Hit]:
    """The plan's own number and date."""
    number, date = case.plan.number, case.plan.date
    if number:
        symbol = number.evidence.text.replace("⁄", "/").partition("/")[2] or number.evidence.text
        # Before the slash the number is filled in over blanks.
        if _SPACE.search(symbol.strip()) or symbol[:1] == " ":
            words = {
                "number": _flat(number.evidence.text),
                "right": number.canonical or f"…/{number.symbol}",
            }
            yield Hit(number.evidence, "spaced", words)
        elif number.serial and _lacks_zero(number.serial, number.symbol, number.doc_type):
            yield Hit(number.evidence, "zeros", {"words": _flat(number.evidence.text)})
    if date:
        yield from _zeros(date.evidence)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _lacks_zero(serial: str, symbol: str | None, doc_type: str | None) -> bool:
    party = bool(symbol and doc_type and symbol.startswith(f"{doc_type}/"))
    return len(serial) == 1 and not party


def _numbers(evidence: Evidence) -> list[NumberMatch]:
    return [found for found in find_docnumbers(evidence.text) if not found.damaged]


def _is_spaced(text: str, found: NumberMatch) -> bool:
    return _SPACE.search(text, found.start, found.end) is not None


def _spacing(evidence: Evidence) -> Iterator[Hit]:
    """Spaces within the numbers of a basis."""
    wrong = [n for n in _numbers(evidence) if _is_spaced(evidence.text, n)]
    if wrong:
        yield Hit(
            _parts(evidence, [(n.start, n.end) for n in wrong]), "spaced", _spaced(evidence, wrong)
        )


def _spaced(evidence: Evidence, wrong: list[NumberMatch]) -> dict[str, str]:
    printed = (_flat(evidence.text[n.start : n.end]) for n in wrong)
    right = (n.number.canonical or f"…/{n.number.symbol}" for n in wrong)
    return {"number": ", ".join(printed), "right": ", ".join(right)}


def _parts(evidence: Evidence, places: list[tuple[int, int]]) -> Evidence:
    found = [part_of(evidence, start, end) for start, end in places]
    return together([part for part in found if part])


def _zeros(evidence: Evidence) -> Iterator[Hit]:
    """Days 1-9, months 1 and 2, and numbers under ten, written with one digit."""
    places = [
        (found.start(), found.end())
        for found in _DATE.finditer(evidence.text, timeout=TIMEOUT)
        if len(found["day"]) == 1 or found["month"] in ("1", "2")
    ]
    places += [
        (n.start, n.end)
        for n in _numbers(evidence)
        if n.number.serial and _lacks_zero(n.number.serial, n.number.symbol, n.number.doc_type)
    ]
    if places:
        places.sort()
        words = ", ".join(_flat(evidence.text[start:end]) for start, end in places)
        yield Hit(_parts(evidence, places), "zeros", {"words": words})


def _same_line(case: Case, basis: LegalBasis) -> Iterator[Hit]:
    """A second document behind a semicolon or a full stop, which is no amendment of the first."""
    if not _is_founded(basis):
        return
    own = [n for n in basis.citations if not case.plan.citations[n].nested]
    for before, after in pairwise(own):
        first, second = case.plan.citations[before], case.plan.citations[after]
        between = _between(basis, first, second)
        if _amends(second) or not _MARKED.search(between, timeout=TIMEOUT):
            continue
        last = [case.plan.citations[n] for n in own if n >= after][-1]
        if _lacks_end(first) and last.kind == first.kind and not _lacks_end(last):
            continue  # one list, whose last says what they are about
        yield Hit(head_of(second), "same_line", {"document": as_cited(second)}, citation=after)
        return


def _is_founded(basis: LegalBasis) -> bool:
    """Whether it begins with ``Căn cứ`` or ``Căn cứ vào``; others tell what is carried out."""
    return key(basis.verb or "").startswith(key("Căn cứ"))


def _begun_on_line(case: Case) -> Iterator[Hit]:
    """
    Bases that begin with their verb, but on the line of the basis before; one finding a plan.

    With a small letter they go on in a sentence, and are no list of bases.
    """
    found = [
        basis
        for basis in case.plan.legal_bases
        if basis.evidence.rule == "basis_on_line"
        and _is_founded(basis)
        and (basis.verb or "")[:1].isupper()
    ]
    if found:
        words = {"count": str(len(found))}
        yield Hit(together([_head(basis) for basis in found]), "on_line", words)


def _head(basis: LegalBasis) -> Evidence:
    """The first words of a basis."""
    text = basis.evidence.text
    return part_of(basis.evidence, 0, len(" ".join(text.split(" ")[:6]))) or basis.evidence


_MARKED = regex.compile(r"[;.]\s*(?:và\s+)?(?:các\s+)?$")
"""The end of one basis right before another; behind words of its own it is another's."""


def _lacks_end(cited: Citation) -> bool:
    """Whether nothing is said of a numbered document but its number and day."""
    return cited.number is not None and cited.issuer is None and cited.title is None


def _amends(cited: Citation) -> bool:
    return key(cited.title or "").startswith(key("sửa đổi"))


def _between(basis: LegalBasis, first: Citation, second: Citation) -> str:
    """What stands between two citations of a basis."""
    text, spans = basis.evidence.text, basis.evidence.spans
    if len(spans) != 1 or not (first.evidence.spans and second.evidence.spans):
        return ";" if f";{text}".count(";") > 2 else ""
    start = spans[0][0]
    return text[first.evidence.spans[-1][1] - start : second.evidence.spans[0][0] - start]


def _preamble(case: Case) -> list[LegalBasis]:
    """The bases before the first section, in order; those listed in a section have other marks."""
    body = min(
        (s.evidence.spans[0][0] for s in case.plan.sections if s.evidence.spans), default=None
    )
    return [
        basis
        for basis in case.plan.legal_bases
        if basis.verb
        and basis.evidence.spans
        and (body is None or basis.evidence.spans[0][0] < body)
    ]


def _ends(case: Case) -> Iterator[Hit]:
    """Semicolons between the bases, a full stop after the last; of legal documents another form."""
    number = case.plan.number
    if case.plan.kind in audit_knowledge().legal.kinds or (number and number.year):
        return
    bases = _preamble(case)
    wrong = [basis for basis in bases[:-1] if _mark(basis) != ";"]
    if wrong:
        words = {"count": str(len(wrong))}
        yield Hit(together([_tail(basis) for basis in wrong]), "ends", words)
    if bases:
        last = bases[-1]
        if _mark(last) != "." and not (
            _is_sentence(bases, case.plan.kind) or (_mark(last) == "," and _is_of_old(case))
        ):
            yield Hit(_tail(last), "last")


DOT_AT_END = date(2020, 3, 5)
"""From when Nghị định 30/2020/NĐ-CP holds, and with it the full stop after the last basis."""


def _is_of_old(case: Case) -> bool:
    """
    Whether a document is older than that: the last basis of a decision of those years ends in a
    comma over ``QUYẾT ĐỊNH:``. So it is seen in decisions of 2003 to 2019; the texts of the rules
    that held then were not at hand, and what is not known to be wrong is not remarked on.
    """
    return case.signed is not None and case.signed.last < DOT_AT_END


def _is_sentence(bases: list[LegalBasis], kind: str | None) -> bool:
    """
    Whether the last basis goes on into who issues, and ends no list: ``Thực hiện …, Ủy ban nhân dân
    ban hành …``. A decision says it in a line of its own.
    """
    mark, verb = _mark(bases[-1]), bases[-1].verb or ""
    if mark == ";":
        return len(bases) == 1 or verb[:1].islower()
    apart = kind in audit_knowledge().deciding.kinds
    return mark == ":" or (mark == "," and (len(bases) == 1 or not apart))


def _mark(basis: LegalBasis) -> str:
    return basis.evidence.text.rstrip(' \t\n*"”’_')[-1:]


def _tail(basis: LegalBasis) -> Evidence:
    """The last words of a basis."""
    text = basis.evidence.text.rstrip()
    before = text.rsplit(maxsplit=3)
    start = len(before[0]) if len(before) > 3 else 0
    return part_of(basis.evidence, start, len(text)) or basis.evidence


def _body(case: Case) -> Iterator[Hit]:
    """Spaces in numbers that are cited in the body; each number once."""
    said: set[str] = set()
    for index, cited in enumerate(case.plan.citations):
        if cited.where == "legal_bases" or cited.nested:
            continue
        wrong = [n for n in _numbers(cited.evidence)[:1] if _is_spaced(cited.evidence.text, n)]
        words = _spaced(cited.evidence, wrong)
        if wrong and words["number"] not in said:
            said.add(words["number"])
            where = _parts(cited.evidence, [(n.start, n.end) for n in wrong])
            yield Hit(where, "spaced", words, citation=index)
