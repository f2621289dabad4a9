"""
Single values of a Plan in words: a number, a date, who does what.
"""

from collections.abc import Sequence

from tdkt_parse.models import Citation, DocNumber, Implementation, PartialDate, Task
from tdkt_parse.render.labels import LABELS
from tdkt_parse.render.terminal import clean, shorten


def number_of(number: DocNumber | None) -> str | None:
    """As its decree writes it; the symbol alone where the serial is blank."""
    if number is None:
        return None
    return number.canonical or (f"…/{number.symbol}" if number.symbol else None)


def date_of(date: PartialDate | None, *, blanks: bool = False) -> str | None:
    """
    ``05/01/2024``, ``15/3/2024``, ``3/2024``: noughts where the decree wants them.

    With ``blanks`` what is missing in front is shown too: ``…/01/2024``.
    """
    if date is None or (date.year, date.month, date.day) == (None, None, None):
        return None
    parts = [
        f"{date.day:02}" if date.day is not None else "…",
        (f"{date.month:02}" if date.month < 3 else str(date.month)) if date.month else "…",
        str(date.year) if date.year is not None else "…",
    ]
    while not blanks and parts[0] == "…":
        parts.pop(0)
    return "/".join(parts)


def citation_of(citation: Citation) -> str:
    """Its type with the number, or with the title where it has none, the date, and what it is."""
    number = number_of(citation.number)
    name = f"{citation.kind} {number or shorten(clean(citation.title or ''), 100)}"
    date = date_of(citation.date)
    said = f"{name} ({date})" if date else name
    meant = citation.resolved.id if citation.resolved and not number else None
    return clean(f"{said} = {meant}" if meant else said)


def by_quarter(tasks: Sequence[Task]) -> list[tuple[tuple[int, ...], list[Task]]]:
    """Tasks of the same quarters together, in the order of the year, those of none last."""
    groups: dict[tuple[int, ...], list[Task]] = {}
    for task in tasks:
        groups.setdefault(tuple(task.quarters), []).append(task)
    return sorted(groups.items(), key=lambda group: (not group[0], group[0]))


def name_of_quarters(quarters: Sequence[int], lang: str) -> str:
    """``Quý I, II``."""
    if not quarters:
        return LABELS["no_quarter"][lang]
    names = ("", "I", "II", "III", "IV")
    return f"{LABELS['quarter'][lang]} " + ", ".join(names[quarter] for quarter in quarters)


def who_and_when(task: Task, lang: str) -> str:
    """What of it is known, in one line."""
    parts = [
        ("lead", "; ".join(task.lead)),
        ("support", "; ".join(task.support)),
        ("timing", task.timing.text if task.timing is not None else ""),
    ]
    return " | ".join(f"{LABELS[name][lang]}: {clean(value)}" for name, value in parts if value)


def item_of(item: Implementation) -> str:
    """With its actor in front, where its own words do not name it."""
    actors = "; ".join(item.actors)
    return item.text if all(one in item.text for one in item.actors) else f"{actors}: {item.text}"
