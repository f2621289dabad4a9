"""
The provision that a rule rests on, told for the day of the plan.

A rule is asked of plans of all years; the decree that says it may be younger than the plan, or have
ended before it. What was not in force on the plan's day binds nobody then: it is named all the
same, and said to be for reference.
"""

from functools import lru_cache

from tdkt_parse.audit.cases import Case
from tdkt_parse.docnumber import find_docnumbers
from tdkt_parse.register import verdicts_within

LATER = "chưa có hiệu lực vào ngày ký; nêu để tham khảo"
EARLIER = "đã hết hiệu lực vào ngày ký; nêu để tham khảo"


def locator_on(locator: str, case: Case) -> str:
    """A locator, with a remark where its act was not in force on any day the plan may bear."""
    if case.signed is None:
        return locator
    for number in _numbers_in(locator):
        act = case.register.get(number)
        found = verdicts_within(act, *case.signed) if act else ()
        if found == ("not_yet",):
            return f"{locator} ({LATER})"
        if found and set(found) <= {"expired", "said_expired"}:
            return f"{locator} ({EARLIER})"
    return locator


@lru_cache(maxsize=256)
def _numbers_in(locator: str) -> tuple[str, ...]:
    numbers = (found.number.canonical for found in find_docnumbers(locator))
    return tuple(number for number in numbers if number)
