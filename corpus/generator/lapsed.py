"""
Bases that are not in force on a plan's day: an act past its end, as in a plan copied from last
year's; one that has not taken effect; one that was not signed yet. And, where the day is blank, one
that began or ended within the month.

All choices are made with the desk's other dice.
"""

from dataclasses import replace
from datetime import date

from generator.bases import Basis
from generator.citing import cite_act, with_alias
from generator.force import days_of, verdict_on
from generator.phrasebook import Desk, Row, choose
from generator.setting import Setting

_OLD_LAW = 0.2
"""How often a plan made after 2023 goes on with the law of 2003."""
_LAPSED = {"within": 0.7, "ended": 0.45, "early": 0.35, "unsigned": 0.03}
"""How often a plan has such a basis, where an act of that kind is at hand on its day."""
_YEARS = 2
"""Years for which an act that ended is still copied, or before which one is cited too early."""


def with_old_law(desk: Desk, setting: Setting) -> Setting:
    """The setting, going on with the law of 2003 now and then."""
    if setting.day < date(2024, 1, 1) or not desk.aside.chance(_OLD_LAW):
        return setting
    desk.note("bases:old_law")
    return replace(setting, old_law=True)


def with_lapsed(desk: Desk, setting: Setting, bases: list[Basis]) -> list[Basis]:
    """The bases, with one of an act out of force now and then, and short names for some."""
    aside = desk.aside
    found = list(bases)
    for how, share in _LAPSED.items():
        wanted = aside.chance(share) and (how != "within" or "date:blank_day" in desk.traits)
        row = _act(aside, setting, how) if wanted else None
        if row is not None:
            desk.note(f"bases:{how}")
            found = _placed(found, Basis("Căn cứ", cite_act(aside, setting, row)), row["text"])
            break
    for at, basis in enumerate(found):
        own = basis.rest.citations[:1]
        alone = sum(not one["nested"] for one in basis.rest.citations) == 1
        short = own and own[0]["kind"] in ("Nghị định", "Thông tư")
        if short and alone and aside.chance(0.06):
            found[at] = Basis(basis.verb, with_alias(aside, basis.rest))
    return found


def _act(desk: Desk, setting: Setting, how: str) -> Row | None:
    """A decree or a circular, or a law that is cited too early, or what changed in the month."""
    day = setting.day
    month = days_of({"year": day.year, "month": day.month, "day": None})

    def fits(row: Row) -> bool:
        if how == "within":
            return row.get("known", True) and len({verdict_on(row, one) for one in month}) > 1
        if row["text"] not in ("Luật", "Nghị định", "Thông tư") or not row.get("effective"):
            return False
        signed, begin = date.fromisoformat(row["date"]), date.fromisoformat(row["effective"])
        match how:
            case "ended":
                # A plan of the new law keeps to that; the old one is the setting's affair.
                ended = verdict_on(row, day) in ("expired", "said_expired")
                late = ended and day.year - int(row["expired"][:4]) < _YEARS
                return late and row["text"] != "Luật"
            case "early":
                return signed <= day < begin
            case _:
                return day < signed and signed.year - day.year < _YEARS

    try:
        return choose(desk, "instruments", "instruments", fits)
    except ValueError:
        return None


def _placed(bases: list[Basis], one: Basis, kind: str) -> list[Basis]:
    """A basis in the place of the first of its kind; else behind the laws."""
    firsts = [basis.rest.citations[0]["kind"] if basis.rest.citations else None for basis in bases]
    if kind in firsts and kind != "Luật":
        at = firsts.index(kind)
        return [*bases[:at], one, *bases[at + 1 :]]
    behind = sum(first == "Luật" for first in firsts)
    return [*bases[:behind], one, *bases[behind:]]
