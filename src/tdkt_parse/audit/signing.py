"""
D02: in what capacity a plan is signed.
"""

from collections.abc import Iterator

import regex

from tdkt_parse.audit.cases import Case
from tdkt_parse.audit.findings import Hit
from tdkt_parse.audit.organs import is_collective, organ_named
from tdkt_parse.audit.phrases import TIMEOUT, folded
from tdkt_parse.audit.quoting import quote
from tdkt_parse.models import Plan, Signature
from tdkt_parse.spelling import key
from tdkt_parse.wording import issuing_verbs

_CAPACITY = regex.compile(
    r"(?<!\p{L})(?:T[./]?M|K[./]?T|T[./]?L|T[./]?UQ|Q|THAY MẶT)(?:[./]|\s)", regex.IGNORECASE
)
_DEPUTY = key("phó") + " "


def signature(case: Case) -> Iterator[Hit]:
    """
    D02: who signs for a body that decides as one writes TM. and its name; a deputy writes KT.

    Asked where the plan says that the body itself issues it (``UBND xã … ban hành``): its chairman
    has powers of his own, and signs what he issues under them as CHỦ TỊCH alone. Of the Party and
    of unions, whom the decree does not bind, nothing is said.

    PASS 09/3/2022: UBND huyện Bắc Sơn xây dựng kế hoạch như sau: | I. MỤC ĐÍCH | Nâng cao chất
        lượng. | Nơi nhận: | TM. ỦY BAN NHÂN DÂN | CHỦ TỊCH | Nguyễn Văn An
    FAIL 09/3/2022: UBND huyện Bắc Sơn xây dựng kế hoạch như sau: | I. MỤC ĐÍCH | Nâng cao chất
        lượng. | Nơi nhận: | CHỦ TỊCH | Nguyễn Văn An
    """
    signed = case.plan.signature
    if signed is None or signed.role is None:
        return
    subject = issuing_subject(case.plan)
    if subject is None:
        yield from _deputy(case.plan, signed)
        return
    organ = organ_named(subject)
    # "Chủ tịch UBND … ban hành": the office, not the body.
    if not is_collective(organ) or key(subject).startswith(folded("chair")):
        return
    text = signed.evidence.text
    capacities = [found[0].upper() for found in _CAPACITY.finditer(text, timeout=TIMEOUT)]
    where = quote(signed.evidence, signed.role) or signed.evidence
    words = {"role": signed.role, "organ": organ or "", "body": (organ or "").upper()}
    if key(signed.role).startswith(_DEPUTY):
        if not _for_another(signed):
            yield Hit(where, "deputy", {**words, "head": signed.role.split(maxsplit=1)[1]})
        elif not any(
            each.startswith(("TM", "T/M", "T.M", "THAY", "TL", "TUQ")) for each in capacities
        ):
            yield Hit(where, "deputy_alone", words)
    elif key(signed.role).startswith(folded("chair")) and not capacities:
        yield Hit(where, "default", words)


def _deputy(plan: Plan, signed: Signature) -> Iterator[Hit]:
    """A deputy who signs in nobody's place, in a plan that does not say that a body issues it."""
    kind = plan.number.symbol if plan.number else None
    state = kind is None or "/" not in kind  # The Party writes its types before the slash.
    role = signed.role or ""
    if state and key(role).startswith(_DEPUTY) and not _for_another(signed):
        words = {"role": role, "head": role.split(maxsplit=1)[1], "organ": "", "body": ""}
        yield Hit(quote(signed.evidence, role) or signed.evidence, "deputy", words)


def _for_another(signed: Signature) -> bool:
    """Whether a signature says that it stands for another's: KT., Q., TL., TUQ."""
    found = (each[0].upper() for each in _CAPACITY.finditer(signed.evidence.text, timeout=TIMEOUT))
    return any(each.startswith(_IN_PLACE) for each in found)


_IN_PLACE = ("K", "Q", "TL", "T/L", "T.L", "TUQ", "T/UQ")


def issuing_subject(plan: Plan) -> str | None:
    """
    Who issues a plan by its own words, before the verb of the issuing clause.

    Where the clause ends the last basis, what follows the last comma is meant.
    """
    for text in (*(each.text for each in plan.body), *(b.text for b in plan.legal_bases[-1:])):
        found = issuing_verbs().search(text, timeout=TIMEOUT)
        if found:
            subject = text[: found.start()].rpartition(", ")[2].strip()
            if organ_named(subject):
                return subject
    return None
