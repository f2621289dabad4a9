"""
Which instrument of the register a citation means.

A citation says little or much of a document: its number, its day, its title, its issuer. It is
resolved where what it says fits one instrument and no other; otherwise the candidates are listed,
with the reason. What an official wrote wrongly in a detail (a day of a law, say) is still resolved
when the rest leaves one: the audit then tells the two apart. Ways, in order:

* by number: one of a national organ with the year in it is its own proof (``98/2023/NĐ-CP``);
  any other runs by year, by province or by the Party's term, so that day, issuer or title must
  agree;
* by title with its day or year: laws are cited so (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.6);
* by the law it amends and its year: ``Luật sửa đổi, bổ sung năm 2013`` behind another law;
* by the others of a list of laws of one title, of which it is none: ``Luật sửa đổi … năm 2005;
  Luật sửa đổi …``;
* by an antecedent: a law cited in full earlier in the same document, a declared short name;
* in the title of an instrument that is resolved: the law in force when that took effect;
* by title alone: the one law of that title in force on all days the document may be of.
"""

from collections.abc import Collection, Sequence
from datetime import date

import regex
from rapidfuzz.fuzz import ratio

from tdkt_parse.days import Days, days_of, is_day
from tdkt_parse.models import Citation, Issuer, PartialDate, Plan, Resolved
from tdkt_parse.register import Instrument, Register, verdict_on, verdicts_within
from tdkt_parse.register.instruments import year_of
from tdkt_parse.register.keys import organ_key, same_organ, title_key
from tdkt_parse.register.scope import is_national, is_shared
from tdkt_parse.register.urn import urn_lex
from tdkt_parse.spelling import key
from tdkt_parse.wording import named_by_title, shortened

SAME_TITLE = 88.0
"""How like two folded titles are, in percent, that one may be the other misspelt or shortened."""


def resolve_plan(plan: Plan, register: Register) -> Plan:
    """The plan with each of its citations resolved, or with the reason why not."""
    citations = resolve_citations(plan.citations, days_of(plan.date), register, plan.issuer)
    return plan.model_copy(update={"citations": citations})


def resolve_citations(
    printed: Sequence[Citation],
    signed: Days | None,
    register: Register,
    issuer: Issuer | None = None,
) -> list[Citation]:
    """
    The citations of one document, resolved; ``signed``: the days on which it may be signed;
    ``issuer``: who issues it, whose *UBND tỉnh* is that of its own province.

    What is said in full comes first, so that what is said in short can rest on it, wherever in the
    document it stands.
    """
    citations = _with_places(printed, issuer)
    found: dict[int, Resolved] = {}
    meant: dict[int, Instrument] = {}
    owners = _owners(citations)

    def settle(index: int, resolved: Resolved, instrument: Instrument | None) -> None:
        found[index] = resolved
        if instrument:
            meant[index] = instrument

    for index, cited in enumerate(citations):
        if cited.relation and cited.relation.kind == "short_for":
            continue
        if cited.number and cited.number.canonical:
            settle(index, *_by_number(cited, register))
        elif cited.title and cited.date and cited.date.year and cited.kind in named_by_title():
            settle(index, *_by_title_and_date(cited, register))
    dated = _dated(citations)
    for index, cited in enumerate(citations):
        if index in found and not found[index].id and cited.number and not cited.date:
            same = _same_number(cited, dated, citations, meant)
            if same:
                settle(index, _again(_settled(same, "number")[0]), same)
    for index, cited in enumerate(citations):
        if index in found and found[index].id:
            continue
        if _amends_by_year(cited):
            amended = _amended(cited, index, citations, meant)
            resolved, instrument = _by_amended(cited, amended, register)
            if instrument or cited.evidence.rule != "law_again":
                settle(index, resolved, instrument)
        if index in found:
            continue
        if cited.relation and cited.relation.kind == "short_for":
            target = cited.relation.to
            settle(index, _again(found.get(target)), meant.get(target))
        elif cited.kind == "Hiến pháp" or (cited.title and cited.kind in named_by_title()):
            owner = meant.get(owners.get(index, -1))
            beside = () if owner else _beside(index, citations, meant)
            if beside:
                amended = _amended(cited, index, citations, meant)
                settle(index, *_other_of_list(cited, amended, beside, signed, register))
                continue
            settle(index, *_by_title_alone(cited, index, owner, meant, signed, register))
        elif decree := _decree_of_year(cited, register):
            settle(index, *_settled(decree, "number"))
        else:
            found[index] = _unsaid(cited, citations[:index], meant)
    return [c.model_copy(update={"resolved": found[i]}) for i, c in enumerate(printed)]


def _with_places(printed: Sequence[Citation], issuer: Issuer | None) -> Sequence[Citation]:
    """
    Citations in which councils and committees that are named by their level alone have the place
    of the issuer's own, of that level: *UBND tỉnh* in a plan of *UBND tỉnh Hà Nam*, or of its Sở.
    """
    homes = {}
    for name in (issuer.name, issuer.parent or "") if issuer else ():
        words = organ_key(name).split()
        if len(words) > 2 and words[0] in _COUNCILS:
            homes[words[1]] = " ".join(name.split()[2 - len(words) :])
    if not homes:
        return printed
    placed = []
    for cited in printed:
        words = organ_key(cited.issuer).split() if cited.issuer else []
        if len(words) == 2 and words[0] in _COUNCILS and words[1] in homes:
            cited = cited.model_copy(update={"issuer": f"{cited.issuer} {homes[words[1]]}"})
        placed.append(cited)
    return placed


_COUNCILS = frozenset(organ_key(name).strip() for name in ("UBND", "HĐND"))


MOST_LOOKED_AT = 200
"""Resolved citations among which an antecedent is sought; a plan has some twenty."""
MOST_ALIKE = 20
"""Mentions of one number, or of laws of one title, that are looked at; a plan has two or three."""


def _dated(citations: Sequence[Citation]) -> dict[str, list[int]]:
    """The citations with a day of each number."""
    dated: dict[str, list[int]] = {}
    for index, cited in enumerate(citations):
        if cited.date and cited.number and cited.number.canonical:
            dated.setdefault(cited.number.canonical, []).append(index)
    return dated


def _same_number(
    cited: Citation,
    dated: dict[str, list[int]],
    citations: Sequence[Citation],
    meant: dict[int, Instrument],
) -> Instrument | None:
    """What a number without its day means where the document cites it with its day as well."""
    number = cited.number.canonical if cited.number else None
    mentions = dated.get(number or "", [])[:MOST_ALIKE]
    same = [i for i in mentions if not _is_of_another(cited.issuer, citations[i].issuer)]
    documents = {meant.get(index) for index in same}
    return documents.pop() if len(documents) == 1 else None


def _owners(citations: Sequence[Citation]) -> dict[int, int]:
    """For each citation inside the title of another, that other."""
    return {
        index: cited.relation.to
        for index, cited in enumerate(citations)
        if cited.nested and cited.relation and cited.relation.to < len(citations)
    }


def _settled(instrument: Instrument, method: str) -> tuple[Resolved, Instrument]:
    urn = urn_lex(instrument.kind, instrument.number, instrument.issuer, instrument.issued)
    resolved = Resolved(
        id=instrument.number, method=method, candidates=[instrument.number], urn=urn
    )
    return resolved, instrument


def _open(reason: str, candidates: Sequence[Instrument] = ()) -> tuple[Resolved, None]:
    """Not resolved; the candidates each once, as they are named."""
    names = list(dict.fromkeys(_named(c) for c in candidates))
    return Resolved(reason=reason, candidates=names), None


def _named(instrument: Instrument) -> str:
    """The number, and whose it is where others have the same."""
    if is_national(instrument.number) or not instrument.issuer:
        return instrument.number
    return f"{instrument.number} ({instrument.issuer})"


# -- by number


def _by_number(cited: Citation, register: Register) -> tuple[Resolved, Instrument | None]:
    number = cited.number.canonical if cited.number else None
    those = register.by_number(number) if number else ()
    if number and not those and (party := _OF_THE_PARTY.fullmatch(number)):
        those = register.by_number("{}-{}/TW".format(*party.groups()))
    if number and not those and (slashed := _SLASHED.fullmatch(number)):
        those = register.by_number("{}-{}".format(*slashed.groups()))
    those = tuple(one for one in those if not _is_other_kind(cited.kind, one.kind))
    if not those:
        return _open("not_in_register", _look_alikes(cited, register))
    if number and is_national(number) and len(those) == 1:
        return _settled(those[0], "number")
    agreeing = [(one, way) for one in those if (way := _agreement(cited, one))]
    if len(agreeing) == 1:
        return _settled(*agreeing[0])
    if agreeing:
        return _open("several", [one for one, _ in agreeing])
    fitting = [one for one in those if not _contradicts(cited, one)]
    return _open("number_is_shared", fitting) if fitting else _open("not_in_register")


_OF_THE_PARTY = regex.compile(r"(\d+)[/-](\p{Lu}{2,3})[/-]T[WƯ]")
"""
A number of the Party with its marks in another order, ``34/CT-TW``, or with the letter that *Trung
ương* has, ``34-CT/TƯ``; no state organ is *TW*, and *TU* is of a province. Some provinces write
*TƯ* too: day or issuer have to agree, as with all that has no year in its number.
"""


_SLASHED = regex.compile(r"(\d+/\d{4}/\p{Lu}\p{L}*)/(\S+)")
"""A number with a slash between type and organ, as some were written once: ``91/2017/NĐ/CP``."""


def _is_other_kind(written: str, known: str) -> bool:
    """Whether a number is of quite another type of document: laws and resolutions share theirs."""
    return written != known and {written, known} <= _OF_THE_TOP


_OF_THE_TOP = frozenset(("Luật", "Bộ luật", "Nghị quyết", "Pháp lệnh", "Nghị định"))


def _agreement(cited: Citation, one: Instrument) -> str | None:
    """What besides a shared number shows that a citation means an instrument, if anything does."""
    if is_day(cited.date, one.issued):
        return None if _is_of_another(cited.issuer, one.issuer) else "number_date"
    same_issuer = organ_key(cited.issuer or "?") == organ_key(one.issuer or "")
    same_title = _alike(cited.title, one.title)
    if cited.date and one.issued:
        near = cited.date.year == one.issued.year
        return (
            "number_title"
            if near and same_title and not _is_of_another(cited.issuer, one.issuer)
            else None
        )
    if same_issuer and cited.number and cited.number.year:
        return "number_issuer"
    if cited.number and is_shared(cited.number.issuers):
        return None  # Forty provinces have a decision of the number, many of the title.
    return "number_title" if same_title and not _is_of_another(cited.issuer, one.issuer) else None


def _contradicts(cited: Citation, one: Instrument) -> bool:
    """Whether a citation says another body, or a day of another year, than an instrument's."""
    if _is_of_another(cited.issuer, one.issuer):
        return True
    year = cited.date.year if cited.date else None
    return year is not None and one.issued is not None and one.issued.year != year


def _is_of_another(written: str | None, known: str | None) -> bool:
    """Whether a citation names another body: ``UBND tỉnh Kon Tum`` for one of Quảng Trị."""
    return bool(written and known and not same_organ(written, known))


def _alike(one: str | None, other: str | None) -> bool:
    """Whether titles are the same, misspelt, or one the beginning of the other."""
    if not one or not other:
        return False
    a, b = title_key(one), title_key(other)
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) >= 20 and longer.startswith(shorter):
        return True
    return ratio(a, b) >= SAME_TITLE


def _look_alikes(cited: Citation, register: Register) -> list[Instrument]:
    """
    Instruments that a citation of an unknown number may have meant: of its very day and title.
    Listed, never chosen.
    """
    days = days_of(cited.date)
    if not days or days.first != days.last or not cited.number:
        return []
    on_day = register.issued_on(days.first, cited.kind)
    return [one for one in on_day if _alike(cited.title, one.title)]


# -- by title


def _by_title_and_date(cited: Citation, register: Register) -> tuple[Resolved, Instrument | None]:
    title, written = _whole_title(cited.title or ""), cited.date or PartialDate()
    those = register.by_title(title, cited.kind) or register.by_title(
        title.replace(" và ", " "),
        cited.kind,  # Luật Thi đua và khen thưởng
    )
    for fits, method in ((_on_day, "title_date"), (_in_year, "title_year")):
        right = [one for one in those if fits(one, written)]
        if len(right) == 1:
            return _settled(right[0], method)
        if right:
            return _open("several", right)
    days = days_of(written)
    if days and days.first == days.last:
        alike = [
            one for one in register.issued_on(days.first, cited.kind) if _alike(title, one.title)
        ]
        if len(alike) == 1:
            return _settled(alike[0], "date_like_title")
        if alike:
            return _open("several", alike)
    elif not those:
        those = register.by_spoilt_title(title, cited.kind)
        right = [one for one in those if _in_year(one, written)]
        if len(right) == 1:
            return _settled(right[0], "year_like_title")
    amending = _amending_by_another_name(title, cited.kind, written, register)
    if len(amending) == 1:
        return _settled(amending[0], "amended_year")
    return _open("not_in_register", those)


def _amending_by_another_name(
    title: str, kind: str, written: PartialDate, register: Register
) -> list[Instrument]:
    """
    The laws of a day or year that amend the law that a title says, whatever their own titles are.

    ``Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng năm 2009`` is the law of that
    year on cultural heritage, which amended both.
    """
    named = _OF_AMENDED.search(title, timeout=TIMEOUT)
    if named is None or not key(title).startswith(_AMENDING):
        return []
    fits = _on_day if written.day else _in_year
    amended = register.by_title(named["title"], named["kind"].capitalize())
    found = {one.id: one for law in amended for one in register.amendments_of(law.id)}
    return [one for one in found.values() if one.kind == kind and fits(one, written)]


_OF_AMENDED = regex.compile(
    r"(?i)\bmột số điều của (?P<kind>luật|bộ luật|pháp lệnh) (?P<title>.+)$"
)
TIMEOUT = 2.0
"""Seconds that a search over the words of a title may take."""


_AMENDED_LAW = regex.compile(r"(?i)(?<=\bmột số điều )(?=(?:bộ )?luật|pháp lệnh)")


def _whole_title(title: str) -> str:
    """
    A title with the *của* that is left out in ``sửa đổi một số điều Luật …``, and what is
    abbreviated in it in full: ``Tổ chức HĐND và UBND``, ``BHXH``.
    """
    for short, long in shortened():
        if short in title:
            title = title.replace(short, long)
    return _AMENDED_LAW.sub("của ", title, count=1) if "một số điều" in title else title


# -- by the law that is amended


def _amends_by_year(cited: Citation) -> bool:
    """
    Whether it is a law that says no more than that it amends, and its year.

    So may the further ones of ``Luật Thi đua, khen thưởng các năm 2003, 2005, 2013``.
    """
    if not cited.date or not cited.date.year or cited.number:
        return False
    if cited.evidence.rule in ("law_amending", "law_again"):
        return True
    return cited.kind in named_by_title() and key(cited.title or "") in _AMENDING_ALONE


_AMENDING_ALONE = frozenset(
    key(words)
    for words in (
        "sửa đổi",
        "sửa đổi, bổ sung",
        "sửa đổi bổ sung",
        "sửa đổi và bổ sung",
        "sửa đổi một số điều",
        "sửa đổi, bổ sung một số điều",
        "sửa đổi bổ sung một số điều",
    )
)


def _amended(
    cited: Citation, index: int, citations: Sequence[Citation], meant: dict[int, Instrument]
) -> Instrument | None:
    """The law that it amends: the one it stands behind, or the last before that amends none."""
    if cited.relation and cited.relation.kind == "amends":
        return meant.get(cited.relation.to)
    for before in reversed(range(max(0, index - MOST_ALIKE), index)):
        other = citations[before]
        if other.kind not in named_by_title() or _amends_by_year(other):
            continue
        one = meant.get(before)
        return one if one and not key(one.title).startswith(_AMENDING) else None
    return None


def _by_amended(
    cited: Citation, amended: Instrument | None, register: Register
) -> tuple[Resolved, Instrument | None]:
    """The law of the year that amends another."""
    if amended is None:
        return _open("no_antecedent")
    written = cited.date or PartialDate()
    those = [one for one in register.amendments_of(amended.id) if one.kind == cited.kind]
    right = [one for one in those if _in_year(one, written)]
    if len(right) == 1:
        return _settled(right[0], "amended_year")
    return _open("several" if right else "not_in_register", right or those)


def _on_day(one: Instrument, written: PartialDate) -> bool:
    return is_day(written, one.issued)


def _in_year(one: Instrument, written: PartialDate) -> bool:
    year = year_of(one)
    return year is not None and year == written.year


def _beside(
    index: int, citations: Sequence[Citation], meant: dict[int, Instrument]
) -> list[Instrument]:
    """
    What the laws that amend mean that stand beside one, in a list of laws of one title.

    ``Luật sửa đổi … ngày 14/6/2005; Luật sửa đổi … .``: nobody names the same law twice there.
    """
    cited = citations[index]
    if cited.nested or not key(cited.title or "").startswith(_AMENDING):
        return []
    found: list[Instrument] = []
    for step in (-1, 1):
        last = cited
        for at in range(index + step, index + step * MOST_ALIKE, step):
            if not 0 <= at < len(citations):
                break
            other = citations[at]
            if other.nested:
                continue
            one, two = (other, last) if step < 0 else (last, other)
            gap = two.evidence.spans[0][0] - one.evidence.spans[-1][1]
            alike = other.kind == cited.kind and key(other.title or "") == key(cited.title or "")
            if not alike or not 0 < gap <= NEAR:
                break
            last = other
            if at in meant:
                found.append(meant[at])
    return found


NEAR = 6
"""Code points between two laws of a list: a mark, *và*, the end of a line."""


def _other_of_list(
    cited: Citation,
    amended: Instrument | None,
    beside: Collection[Instrument],
    signed: Days | None,
    register: Register,
) -> tuple[Resolved, Instrument | None]:
    """The one law of a title, passed by the plan's day, that the list does not name besides."""
    those = register.by_title(cited.title or "", cited.kind)
    others = [one for one in those if one not in beside]
    if amended:
        amending = register.amendments_of(amended.id)
        others = [one for one in others if one in amending]
    if signed:
        others = [one for one in others if one.issued is None or one.issued <= signed.last]
    if len(others) == 1:
        return _settled(others[0], "other_of_list")
    return _open("title_without_date", others or those)


def _said_before(
    those: Sequence[Instrument], index: int, meant: dict[int, Instrument]
) -> set[Instrument]:
    """Which of some instruments the document cites before a citation, or else behind it."""
    first: dict[str, int] = {}
    for at, known in [*meant.items()][:MOST_LOOKED_AT]:
        first.setdefault(known.id, at)
    cited = [one for one in those if one.id in first]
    return {one for one in cited if first[one.id] < index} or {*cited}


def _by_title_alone(
    cited: Citation,
    index: int,
    owner: Instrument | None,
    meant: dict[int, Instrument],
    signed: Days | None,
    register: Register,
) -> tuple[Resolved, Instrument | None]:
    """A law called by its title alone, in the title of ``owner`` or in the sentence."""
    title = cited.title or cited.kind
    those = register.by_title(title, cited.kind) or register.by_title(
        _whole_title(title), cited.kind
    )
    if not those:
        return _open("not_in_register")
    if owner:
        day = owner.effective or owner.issued
        then = [one for one in those if day and _held(one, day)]
        if not then and day and cited.relation and cited.relation.kind == "details":
            # What details a law is issued before the law takes effect.
            then = [one for one in those if _is_adopted(one, day)]
        if len(then) == 1:
            return _settled(then[0], "in_title")
        return _open("title_without_date", those)
    said = _said_before(those, index, meant)
    if len(said) == 1:
        return _settled(said.pop(), "antecedent")
    if signed and not key(cited.title or "").startswith(_AMENDING):
        now = [
            one
            for one in those
            if set(verdicts_within(one, *signed)) == {"in_force"} or _must_have_begun(one, signed)
        ]
        if len(now) == 1 and _are_done(those, now[0], signed):
            return _settled(now[0], "title_in_force")
    return _open("title_without_date", those)


_AMENDING = key("sửa đổi")
"""Laws that amend bear one title again and again, each beside the other in force."""


LONGEST_WAIT = 3
"""Years from the passing of a law to its effect, at most; the Bộ luật Hình sự of 2015 took two."""


def _must_have_begun(one: Instrument, signed: Days) -> bool:
    """
    Whether an instrument was in force on the days though the day it took effect is blank: it was
    passed years before, and had not ended.
    """
    if one.effective or not one.issued or "issued" in one.unverified or not one.verified:
        return False
    if signed.first.year - one.issued.year <= LONGEST_WAIT:
        return False
    if one.expired:
        return "expired" not in one.unverified and signed.last < one.expired
    return bool(not one.replaced_by and one.checked_on and signed.last <= one.checked_on)


def _is_adopted(one: Instrument, day: date) -> bool:
    """Whether a law had been passed by a day, and was to take effect."""
    return bool(one.issued and one.effective and one.issued <= day < one.effective)


def _held(one: Instrument, day: date) -> bool:
    return verdict_on(one, day) == "in_force"


def _are_done(those: Sequence[Instrument], chosen: Instrument, signed: Days) -> bool:
    """Whether of all other instruments of one title it is known that they were not in force."""
    settled = {"not_yet", "expired"}
    return all(one == chosen or settled.issuperset(verdicts_within(one, *signed)) for one in those)


def _decree_of_year(cited: Citation, register: Register) -> Instrument | None:
    """The decree that a serial and a year name, for the Government alone issues decrees."""
    number = cited.number
    if cited.kind != "Nghị định" or number is None or not (number.serial and number.year):
        return None
    those = register.by_number(f"{number.serial}/{number.year}/NĐ-CP")
    return those[0] if len(those) == 1 else None


def _unsaid(cited: Citation, earlier: Sequence[Citation], meant: dict[int, Instrument]) -> Resolved:
    """Why a citation without a whole number means nothing certain, and what it may mean."""
    if cited.evidence.rule != "back_reference":
        return Resolved(reason="no_number")
    same = [meant[i] for i, one in enumerate(earlier) if i in meant and one.kind == cited.kind]
    serial = cited.number.serial if cited.number else None
    if serial:
        same = [one for one in same if one.number.split("/")[0].lstrip("0") == serial.lstrip("0")]
    if cited.number and cited.number.year:
        same = [one for one in same if f"/{cited.number.year}/" in one.number]
    return _open("several" if same else "no_antecedent", same)[0]


def _again(resolved: Resolved | None) -> Resolved:
    """What an antecedent was resolved to, for the mention that rests on it."""
    if resolved is None:
        return Resolved(reason="no_antecedent")
    if resolved.id is None:
        return resolved
    return resolved.model_copy(update={"method": "antecedent"})
