"""
Laws by their title alone: which of those of one title was in force on the days of a document.
"""

from collections.abc import Sequence
from datetime import date

from tdkt_parse.days import Days
from tdkt_parse.models import Citation, Resolved
from tdkt_parse.register import Instrument, Register, verdict_on, verdicts_within
from tdkt_parse.resolve.answers import left_open, settled
from tdkt_parse.resolve.titles import AMENDING, whole_title
from tdkt_parse.spelling import key

MOST_LOOKED_AT = 200
"""Resolved citations among which an antecedent is sought; a plan has some twenty."""


LONGEST_WAIT = 3
"""Years from the passing of a law to its effect, at most; the Bộ luật Hình sự of 2015 took two."""


def by_title_alone(
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
        whole_title(title), cited.kind
    )
    if not those:
        return left_open("not_in_register")
    if owner:
        day = owner.effective or owner.issued
        then = [one for one in those if day and _held(one, day)]
        if not then and day and cited.relation and cited.relation.kind == "details":
            # What details a law is issued before the law takes effect.
            then = [one for one in those if _is_adopted(one, day)]
        if len(then) == 1:
            return settled(then[0], "in_title")
        return left_open("title_without_date", those)
    said = _said_before(those, index, meant)
    if len(said) == 1:
        return settled(said.pop(), "antecedent")
    if signed and not key(cited.title or "").startswith(AMENDING):
        now = [
            one
            for one in those
            if set(verdicts_within(one, *signed)) == {"in_force"} or _must_have_begun(one, signed)
        ]
        if len(now) == 1 and _are_done(those, now[0], signed):
            return settled(now[0], "title_in_force")
    return left_open("title_without_date", those)


def _said_before(
    those: Sequence[Instrument], index: int, meant: dict[int, Instrument]
) -> set[Instrument]:
    """Which of some instruments the document cites before a citation, or else behind it."""
    first: dict[str, int] = {}
    for at, known in [*meant.items()][:MOST_LOOKED_AT]:
        first.setdefault(known.id, at)
    cited = [one for one in those if one.id in first]
    return {one for one in cited if first[one.id] < index} or {*cited}


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
    gone = {"not_yet", "expired"}
    return all(one == chosen or gone.issuperset(verdicts_within(one, *signed)) for one in those)
