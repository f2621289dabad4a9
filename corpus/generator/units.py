"""
Who acts: the units of an issuer, and how a cell of a table lists them.
"""

from generator.phrasebook import Desk, between, choose, choose_some
from generator.setting import Setting


def choose_units(desk: Desk, setting: Setting, count: int) -> list[str]:
    """So many units of the plan's issuer, by name."""
    kind = setting.issuer["units"]

    def fits(row: dict[str, object]) -> bool:
        of = row["of"]
        return isinstance(of, list) and kind in of and between(row, setting.year)

    found: list[str] = []
    for row in choose_some(desk, "units", "units", count, fits):
        name = setting.name(row["text"])
        if name not in found:
            found.append(name)
    return found


def within(unit: str) -> str:
    """A unit's name in the middle of a sentence: ``Các phòng`` is small there."""
    return unit[:1].lower() + unit[1:] if unit.startswith(("Các ", "Giáo viên")) else unit


def list_units(desk: Desk, units: list[str]) -> tuple[str, ...]:
    """The lines of a cell that lists them; a remark in brackets now and then."""
    shown = list(units)
    if desk.chance(0.08):
        shown[0] += " " + choose(desk, "tasks", "remarks")["text"]
        desk.note("units:remark")
    if len(shown) == 1:
        return (
            desk.rng.choice(("", "", "", "- "))
            + shown[0]
            + desk.rng.choice(("", "", "", ".", ";")),
        )
    form = desk.rng.choice(("lines", "bullets", "semicolons", "stops", "bullets_ended"))
    desk.note(f"units:{form}")
    match form:
        case "lines":
            return tuple(shown)
        case "bullets" if not any(" - " in unit for unit in shown):
            return tuple(f"- {unit}" for unit in shown)
        case "bullets" | "bullets_ended":
            return tuple(f"- {unit};" for unit in shown)
        case "semicolons":
            return ("; ".join(shown),)
    return (". ".join(shown) + ".",)
