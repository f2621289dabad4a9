"""
The head of a document: who issues it and the motto side by side, number and date under them, then
the type, the title and those it is addressed to.
"""

from collections.abc import Iterator, Sequence

from tdkt_parse.docnumber import canonical
from tdkt_parse.models import DocNumber, Mark, PartialDate, Plan
from tdkt_parse.render.form_words import form_words
from tdkt_parse.render.printed import Block, Columns, Look, Words
from tdkt_parse.spelling import key

IN_BODY = frozenset({"issuing_clause", "authority"})
"""Rules that read an issuer from the body, whose letterhead names none."""
IN_ANNEX = "annex_line"
"""The rule that read a number or a date from the line of an appendix."""


def print_head(plan: Plan, marks: Sequence[Mark]) -> Iterator[Block]:
    """The blocks from the letterhead to the addressees; ``marks`` without those of appendices."""
    marks = [mark for mark in marks if mark.role in _OF_HEAD]
    early, marks = _early(marks)
    yield from (Words("marked", mark.text) for mark in early)
    yield from _letterhead(plan, marks)
    typed = next((mark.text for mark in marks if mark.role == "type"), None)
    if typed:
        yield Words("type", typed)
    if plan.title is not None and not _is_about(plan):
        yield Words("title", plan.title.text)
    own = {appendix.of.text for appendix in plan.appendices if appendix.of is not None}
    for mark in marks:
        if mark.role == "annex" and mark.text not in own:
            yield Words("annex", mark.text)
    yield from _addressees(plan)


_OF_HEAD = frozenset(
    {"motto", "word", "secrecy", "urgency", "draft", "other", "type", "annex", "addressees"}
)
_MARKED = frozenset({"secrecy", "urgency", "draft"})


def _early(marks: Sequence[Mark]) -> tuple[list[Mark], list[Mark]]:
    """The words that stood over the letterhead, and the rest."""
    count = next((k for k, mark in enumerate(marks) if mark.role not in _MARKED), 0)
    return list(marks[:count]), list(marks[count:])


def _letterhead(plan: Plan, marks: Sequence[Mark]) -> Iterator[Block]:
    agencies: list[Words] = []
    if plan.issuer is not None and plan.issuer.evidence.rule not in IN_BODY:
        if plan.issuer.parent:
            agencies.append(Words("superior", plan.issuer.parent))
        agencies.append(Words("issuer", plan.issuer.name))
    words = next((k for k, mark in enumerate(marks) if mark.role == "word"), len(marks))
    above = [mark.text for mark in marks[:words] if mark.role == "motto"]
    below = [mark.text for mark in marks[words:] if mark.role == "motto"]
    mottoes = [*above, *below]
    looks: list[Look] = ["motto"] * len(mottoes)
    if looks:
        looks[-1] = "slogan"
    state = [Words(look, text) for look, text in zip(looks, mottoes, strict=True)]
    others = [Words("motto", mark.text) for mark in marks if mark.role == "other"]
    under = state[len(above) :] + ([] if above else others)
    number = [*_number(plan, marks)]
    number += [Words("marked", mark.text) for mark in marks if mark.role in _MARKED]
    if _is_about(plan) and plan.title is not None:
        number.append(Words("about", plan.title.text))
    under += [Words("date", text) for text in [_place_and_date(plan)] if text]
    state = state[: len(above)] + (others if above else [])
    if not mottoes and not number:
        yield from (*agencies, *under)
    elif below and not above:
        # The left column was read before the right one, as a PDF's columns are.
        yield Columns("letterhead", ((((*agencies, *number)), tuple(under)),))
    else:
        rows = [(tuple(agencies), tuple(state)), (tuple(number), tuple(under))]
        yield Columns("letterhead", tuple(row for row in rows if any(row)))


def _number(plan: Plan, marks: Sequence[Mark]) -> Iterator[Words]:
    number = plan.number
    if number is None or number.evidence.rule == IN_ANNEX:
        return
    word = next((mark.text for mark in marks if mark.role == "word"), form_words().state.number)
    yield Words("number", f"{word} {write_number(number)}")


def write_number(number: DocNumber) -> str:
    """A number as its decree writes it, dots where its serial is still blank."""
    blank = form_words().blank
    serial = number.serial or blank
    written = number.canonical or canonical(number.model_copy(update={"serial": serial}))
    return written or serial


def _place_and_date(plan: Plan) -> str:
    date = plan.date
    if date is not None and date.evidence.rule == IN_ANNEX:
        date = None
    parts = [plan.place.text if plan.place is not None else "", write_date(date) if date else ""]
    return ", ".join(filter(None, parts))


def write_date(date: PartialDate) -> str:
    """
    ``ngày 05 tháng 3 năm 2024``, dots for what is blank.

    Days below 10 and the first two months have a nought (NĐ 30/2020, Phụ lục I.II.4).
    """
    blank = form_words().blank
    day = f"{date.day:02}" if date.day is not None else blank
    month = (f"{date.month:02}" if date.month < 3 else str(date.month)) if date.month else blank
    return f"ngày {day} tháng {month} năm {date.year if date.year is not None else blank}"


def _is_about(plan: Plan) -> bool:
    """Whether the title is the ``V/v`` of a letter, which has no type over it."""
    if plan.title is None or any(mark.role == "type" for mark in plan.marks):
        return False
    return plan.kind == "Công văn" or key(plan.title.text[:8]).startswith(key("v/v"))


def _addressees(plan: Plan) -> Iterator[Block]:
    words = next((mark.text for mark in plan.marks if mark.role == "addressees"), None)
    names = [item.text for item in plan.addressees]
    if not names:
        return
    words = words or form_words().captions.addressees
    if len(names) == 1:
        yield Words("addressees", f"{words} {names[0]}")
        return
    yield Words("addressees", words)
    for number, name in enumerate(names, 1):
        yield Words("addressees", f"- {name}{'.' if number == len(names) else ';'}")
