"""
Whether what a plan rests on was in force on the day the plan was signed.

Where the day is blank in part, each day it may be is asked, and what holds on some of them only is
said to be possible. What the register does not know is never passed over: it is a finding of U01.
"""

from collections.abc import Iterator
from datetime import date

from tdkt_parse.audit.cases import Case, bases_of
from tdkt_parse.audit.findings import Certainty, Hit
from tdkt_parse.audit.knowledge import audit_knowledge
from tdkt_parse.audit.phrases import folded
from tdkt_parse.audit.unread import names_document
from tdkt_parse.audit.words import as_cited, named, signed, written
from tdkt_parse.models import Citation
from tdkt_parse.register import Instrument, Verdict, verdict_on, verdicts_within
from tdkt_parse.spelling import key
from tdkt_parse.wording import outranks


def verdict_of(case: Case, index: int) -> str | None:
    """
    Whether the instrument of a citation was in force when the plan was signed.

    A :data:`~tdkt_parse.register.Verdict`, ``possible`` where the days the plan may bear have
    several, ``None`` where the citation is not resolved or the plan bears no year.
    """
    found = _verdicts(case, index)
    return (found[0] if len(found) == 1 else "possible") if found else None


def _verdicts(case: Case, index: int) -> tuple[Verdict, ...]:
    instrument = case.instruments[index]
    if instrument is None or case.signed is None:
        return ()
    return verdicts_within(instrument, *case.signed)


def not_in_force(case: Case) -> Iterator[Hit]:
    """
    A basis that had ended, and of which no successor is known.

    FAIL 15/3/2025: Căn cứ Thông tư số 22/2023/TT-BCT ngày 14/11/2023 của Bộ Công Thương quy
        định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng trong ngành Công
        Thương;
    PASS 15/3/2024: Căn cứ Thông tư số 22/2023/TT-BCT ngày 14/11/2023 của Bộ Công Thương quy
        định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng trong ngành Công
        Thương;
    """
    for index, cited, instrument, said, certainty in _ended(case):
        if not instrument.replaced_by:
            yield _ended_hit(case, index, cited, instrument, said, certainty, {})


def replaced(case: Case) -> Iterator[Hit]:
    """
    A basis that another instrument had replaced.

    FAIL 15/01/2024: Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003;
    PASS 15/01/2023: Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003;
    PASS 15/01/2024: Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;
    """
    for index, cited, instrument, said, certainty in _ended(case):
        if instrument.replaced_by:
            words = {"successor": _successors(case, instrument)}
            yield _ended_hit(case, index, cited, instrument, said, certainty, words)


def _ended(case: Case) -> Iterator[tuple[int, Citation, Instrument, str, Certainty]]:
    """Citations of what had ended: those of the bases, and those of the body, with the saying."""
    bases = {index for index, _, _ in bases_of(case)}
    for index, cited in enumerate(case.plan.citations):
        instrument = case.instruments[index]
        found = _verdicts(case, index)
        ended = [v for v in found if v in ("expired", "said_expired")]
        if instrument is None or not ended or (index not in bases and not _is_ordered(cited)):
            continue
        certainty: Certainty = "certain" if len(ended) == len(found) else "possible"
        said = "said" if ended[0] == "said_expired" else "default"
        if index not in bases:
            said = "in_text"
        yield index, cited, instrument, said, certainty


def _is_ordered(cited: Citation) -> bool:
    """Whether a citation outside the bases tells people what to go by this year."""
    if cited.nested or cited.where not in ("content", "quarter", "solutions", "implementation"):
        return False
    return not (cited.relation and cited.relation.kind in ("short_for", "amended_by"))


def _ended_hit(
    case: Case,
    index: int,
    cited: Citation,
    instrument: Instrument,
    said: str,
    certainty: Certainty,
    words: dict[str, str],
) -> Hit:
    return Hit(
        cited.evidence,
        said,
        {
            "document": named(instrument),
            "ended": written(instrument.expired),
            "signed": signed(case),
            **words,
        },
        index,
        instrument.number,
        "said_expired" if said == "said" else "expired",
        level="warning" if certainty == "possible" and said != "in_text" else None,
        certainty=certainty,
    )


def _successors(case: Case, instrument: Instrument) -> str:
    """
    What came in an instrument's place; where that had ended too, what then came in its place.

    As far as the register knows them, to those that had not ended on the day of signing.
    """
    found: dict[str, str] = {}
    waiting = [*instrument.replaced_by]
    while waiting and len(found) < 8:
        number = waiting.pop(0)
        one = case.register.get(number)
        ended = (
            one is not None
            and case.signed is not None
            and (verdict_on(one, case.signed.last) in ("expired", "said_expired"))
        )
        if one is not None and ended and one.replaced_by and number not in found:
            waiting += [each for each in one.replaced_by if each not in waiting]
            continue
        since = f" ({written(one.effective)})" if one and one.effective else ""
        found[number] = f"{named(one) if one else number}{since}"
    return ", ".join(found.values())


def not_yet_in_force(case: Case) -> Iterator[Hit]:
    """
    A basis that was to take effect later.

    One already signed, to take effect no later than the plan's own year begins, may be named beside
    the old one; that is a warning, by analogy with NĐ 34/2016/NĐ-CP, Điều 61.

    FAIL 15/3/2023: Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;
    PASS 15/3/2024: Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;
    """
    for index, cited, instrument in bases_of(case):
        found = _verdicts(case, index)
        if instrument is None or case.signed is None or "not_yet" not in found:
            continue
        if instrument.issued and instrument.issued > case.signed.last:
            continue  # B05 says that it did not exist
        begins = instrument.effective
        years = case.plan.years
        soon = bool(begins and years and begins <= date(min(years), 1, 1))
        certain = found == ("not_yet",)
        yield Hit(
            cited.evidence,
            "own_effect" if _takes_effect(case) else "soon" if soon else "default",
            {
                "document": named(instrument),
                "effective": written(begins),
                "signed": signed(case),
            },
            index,
            instrument.number,
            "not_yet",
            level=None if certain else "warning",
            certainty="certain" if certain else "possible",
        )


def _takes_effect(case: Case) -> bool:
    """Whether the document is of a type that says itself from when it holds, as a circular does."""
    return bool(case.plan.kind) and outranks(case.plan.kind or "", "Kế hoạch")


def amendment_omitted(case: Case) -> Iterator[Hit]:
    """
    A basis that had been amended, whose amendment the plan does not name.

    FAIL 15/01/2022: Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003;
    PASS 15/01/2022: Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003; Luật sửa
        đổi, bổ sung một số điều của Luật Thi đua, khen thưởng ngày 14 tháng 6 năm 2005;
        Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng ngày 16 tháng 11 năm
        2013;
    """
    if case.signed is None:
        return
    cited_numbers = {one.number for one in case.instruments if one}
    told: set[str] = set()
    for index, cited, instrument in bases_of(case):
        if instrument is None or instrument.number in told or _tells_amended(case, index):
            continue
        missing = [
            one
            for one in case.register.amendments_of(instrument.number)
            if one.number not in cited_numbers
            and _is_about(one, instrument)
            and verdicts_within(one, *case.signed) == ("in_force",)
        ]
        if missing and _verdicts(case, index) == ("in_force",):
            told.add(instrument.number)
            words = {
                "document": named(instrument),
                "amendments": "; ".join(named(one) for one in missing),
            }
            yield Hit(cited.evidence, "default", words, index, instrument.number, "in_force")


def _is_about(amending: Instrument, instrument: Instrument) -> bool:
    """Whether the title of what amends names the instrument: not one that amends it in passing."""
    title = key(amending.title)
    return title.startswith(folded("amending")) and (
        key(instrument.title) in title or key(instrument.number) in title
    )


def _tells_amended(case: Case, index: int) -> bool:
    """Whether the basis says of itself that it was amended: ``(sửa đổi, bổ sung năm 2013)``."""
    for basis in case.plan.legal_bases:
        if index in basis.citations:
            text = key(basis.text)
            return any(words in text for words in folded("amended"))
    return False


def not_checked(case: Case) -> Iterator[Hit]:
    """
    A basis of which it could not be told whether it was in force, and why.

    FAIL 15/01/2024: Căn cứ Kế hoạch số 03/KH-UBND ngày 09/01/2024 của UBND huyện Bắc Sơn về
        công tác thi đua, khen thưởng năm 2024;
    PASS 15/01/2024: Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;
    """
    for basis in case.plan.legal_bases:
        if not basis.citations and names_document(basis.text):
            words = {"document": " ".join(basis.text.split())[:120]}
            yield Hit(basis.evidence, "unread", words, verdict="unknown")
    for index, cited, instrument in bases_of(case):
        short = cited.relation and cited.relation.kind == "short_for"
        if short or cited.kind in audit_knowledge().without_force.kinds:
            continue
        words = {"document": as_cited(cited)}
        if instrument is None:
            resolved = cited.resolved
            candidates = resolved.candidates if resolved else []
            said = "candidates" if candidates else "not_in_register"
            words["candidates"] = "; ".join(candidates[:5])
            yield Hit(cited.evidence, said, words, index, None, "unknown")
        elif case.signed is None:
            yield Hit(cited.evidence, "no_date", words, index, instrument.number, "unknown")
        elif "unknown" in _verdicts(case, index):
            said = "no_end" if instrument.effective else "no_effect"
            if instrument.replaced_by and not instrument.expired:
                said = "replaced"
                words["successor"] = _successors(case, instrument)
            yield Hit(cited.evidence, said, words, index, instrument.number, "unknown")
