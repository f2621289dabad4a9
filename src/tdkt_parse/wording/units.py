"""
Names of those who act: agencies, units, persons (``data/units.toml``).
"""

from collections.abc import Iterable
from functools import cache

import regex
from pydantic import BaseModel, ConfigDict

from tdkt_parse.lexicon import agencies, provinces, read_toml
from tdkt_parse.spelling import key
from tdkt_parse.wording.phrases import Phrases, Starts, Words


class UnitRows(BaseModel):
    """``units.toml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    letterhead: list[Starts]
    superior_place: list[Starts]
    actor: list[Starts]
    predicate: list[Words]
    named_by_work: list[Words]
    noun: list[Words]
    field: list[Words]
    lead_in: list[Words]
    duty_heading: list[Words]
    not_actor: list[Words]
    not_agency: list[Starts]
    unfinished: list[Words]
    finished: list[Words]
    first_half: list[Words]
    takes_document: list[Words]
    taken_document: list[Words]
    before_place: list[Words]
    before_field: list[Words]
    parted: list[Words]
    hyphened: list[Words]
    second_part: list[Words]
    named_after_work: list[Starts]
    such_as: list[Words]
    of_health: list[Words]


@cache
def unit_rows() -> UnitRows:
    return read_toml("units.toml", UnitRows)


@cache
def _letterhead_units() -> Phrases:
    return Phrases.of((start, "") for row in unit_rows().letterhead for start in row.starts)


@cache
def _not_actors() -> Phrases:
    return Phrases.of((word, "") for row in unit_rows().not_actor for word in row.words)


@cache
def _actor_units() -> Phrases:
    rows = [*unit_rows().letterhead, *unit_rows().actor]
    return Phrases.of((start, "") for row in rows for start in row.starts)


def is_agency(text: str) -> bool:
    """Whether a text begins as the name of an agency does."""
    folded = key(text)
    return (
        _letterhead_units().start_of(folded) is not None
        and _not_agencies().start_of(folded) is None
    )


@cache
def _not_agencies() -> Phrases:
    return Phrases.of((start, "") for row in unit_rows().not_agency for start in row.starts)


@cache
def _superior_places() -> Phrases:
    return Phrases.of((start, "") for row in unit_rows().superior_place for start in row.starts)


def is_superior_place(text: str) -> bool:
    """Whether a line names the place whose authority an agency stands under, and no agency."""
    return _superior_places().start_of(key(text)) is not None and not is_agency(text)


@cache
def _named_after_work() -> Phrases:
    rows = unit_rows().named_after_work
    return Phrases.of((start, "") for row in rows for start in row.starts)


def is_named_after_work(text: str) -> bool:
    """Whether an agency's name tells its work, verbs and all (``Ban Chỉ đạo xây dựng …``)."""
    return _named_after_work().start_of(key(text)) is not None


@cache
def _unfinished_words() -> frozenset[str]:
    return frozenset(key(word) for row in unit_rows().unfinished for word in row.words)


def is_unfinished(text: str) -> bool:
    """
    Whether a line cannot end a name or a title: after a comma, a dash, or a word like *và*.

    >>> is_unfinished("QUY CHẾ LÀM VIỆC CỦA"), is_unfinished("GIAI ĐOẠN 2021 - 2025")
    (True, False)
    """
    last = key(text).split()[-1:]
    return text.endswith((",", "-", "–")) or bool(last and last[0] in _unfinished_words())


@cache
def _finished_words() -> tuple[str, ...]:
    return tuple(key(word) for row in unit_rows().finished for word in row.words)


def is_finished(folded: str) -> bool:
    """Whether a text, folded, ends as names do, though its last word alone goes on."""
    return folded.endswith(_finished_words())


@cache
def _first_halves() -> frozenset[str]:
    return frozenset(key(word) for row in unit_rows().first_half for word in row.words)


def is_first_half(text: str) -> bool:
    """Whether a line is no more than the first half of a name: ``ỦY BAN``."""
    return key(text) in _first_halves()


@cache
def _document_words() -> tuple[str, ...]:
    return tuple(key(word) for row in unit_rows().takes_document for word in row.words)


def takes_document(folded: str) -> bool:
    """Whether a text, folded, ends in words whose object a document named behind it is."""
    return folded.endswith(_document_words())


@cache
def _taken_documents() -> tuple[str, ...]:
    return tuple(key(word) for row in unit_rows().taken_document for word in row.words)


def is_taken_document(folded: str) -> bool:
    """Whether a text, folded, begins with a type of document that may be named without number."""
    return folded.startswith(_taken_documents())


@cache
def _before_places() -> frozenset[str]:
    return frozenset(key(word) for row in unit_rows().before_place for word in row.words)


def is_before_place(word: str) -> bool:
    """Whether a word is the last of those that the name of a place follows: ``thành phố``."""
    return key(word) in _before_places()


@cache
def _before_fields() -> frozenset[str]:
    return frozenset(key(word) for row in unit_rows().before_field for word in row.words)


def is_before_field(text: str) -> bool:
    """
    Whether a text ends as an agency's name does before the field of its work.

    >>> is_before_field("Giám đốc Sở"), is_before_field("họp các phòng")
    (True, False)
    """
    words = text.split()[-2:]
    return any(
        key(" ".join(words[-count:])) in _before_fields() and words[-count][0].isupper()
        for count in range(1, len(words) + 1)
    )


@cache
def parted_names() -> tuple[tuple[str, str], ...]:
    """The halves, folded, of names that a line's end parts though each could stand alone."""
    names = (word.split(" / ") for row in unit_rows().parted for word in row.words)
    return tuple((key(left), key(right)) for left, right in names)


@cache
def hyphened_names() -> tuple[tuple[str, str], ...]:
    """The two words on each side of the dash in names of agencies and provinces, folded."""
    return _beside_dash([*(row.name for row in agencies()), *(row.name for row in provinces())])


@cache
def hyphened_units() -> tuple[tuple[str, str], ...]:
    """
    The same of units of which the second half alone is none, so that its dash is no bullet.

    *Kế hoạch* may be a document, so that a dash before it tells something in a list of units alone.
    """
    known = [word for row in unit_rows().hyphened for word in row.words]
    pairs = _beside_dash([*known, *(row.name for row in agencies())])
    return tuple((left, right) for left, right in pairs if _actor_units().start_of(right) is None)


def _beside_dash(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    halves = (name.split(" (")[0].split(" - ", 1) for name in names if " - " in name)
    pairs = {(key(" ".join(a.split()[-2:])), key(" ".join(b.split()[:2]))) for a, b in halves}
    return tuple(sorted(pairs))


def is_actor(text: str) -> bool:
    """Whether a text begins as the name of one who acts does: agency, unit, office, person."""
    folded = key(text)
    return _actor_units().start_of(folded) is not None and _not_actors().start_of(folded) is None


@cache
def _second_parts() -> frozenset[str]:
    return frozenset(key(word) for row in unit_rows().second_part for word in row.words)


def is_second_part(text: str) -> bool:
    """
    Whether a text is what stands behind the dash in the name of a unit: a field of work.

    >>> is_second_part("Kế hoạch huyện"), is_second_part("Phụ nữ")
    (True, False)
    """
    words = text.split()
    return any(key(" ".join(words[:count])) in _second_parts() for count in (1, 2))


@cache
def lead_ins() -> regex.Pattern[str]:
    """What stands before the name of one who is told to act."""
    words = [word for row in unit_rows().lead_in for word in row.words]
    choice = "|".join(sorted(words, key=len, reverse=True))
    return regex.compile(rf"(?i:{choice})\s+")


@cache
def duty_headings() -> regex.Pattern[str]:
    """What stands before the name of one in a heading over what that one is to do."""
    rows = unit_rows()
    words = [word for row in (*rows.lead_in, *rows.duty_heading) for word in row.words]
    choice = "|".join(sorted(words, key=len, reverse=True))
    return regex.compile(rf"(?i:{choice})\s+")


@cache
def _such_as() -> tuple[str, ...]:
    return tuple(f"{word} " for row in unit_rows().such_as for word in row.words)


def is_such_as(text: str) -> bool:
    """Whether a name, in small letters, begins as that of some who a passive tells apart."""
    return text.startswith(_such_as())


@cache
def of_health() -> frozenset[str]:
    """Words before which *Y tế* is the name of one."""
    return frozenset(word for row in unit_rows().of_health for word in row.words)
