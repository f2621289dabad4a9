"""
When: the words of a deadline and the days they mean.
"""

from calendar import monthrange
from datetime import date
from typing import Any

from generator.citing import cite_local
from generator.phrasebook import Desk, choose
from generator.said import Said, fill
from generator.setting import Setting

ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
Timing = dict[str, Any]


def timing(
    text: str,
    start: date | None = None,
    end: date | None = None,
    recurrence: str | None = None,
) -> Timing:
    """A timing as the answer has it."""
    return {
        "text": text,
        "start": start.isoformat() if start else None,
        "end": end.isoformat() if end else None,
        "recurrence": recurrence,
    }


def last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def months_of(quarters: list[int]) -> list[int]:
    """The months of quarters; of the whole year where there are none."""
    return [
        month
        for quarter in quarters or range(1, 5)
        for month in range(quarter * 3 - 2, quarter * 3 + 1)
    ]


def quarter_days(first: int, last: int, year: int) -> tuple[date, date]:
    """The first and the last day of some quarters in a row."""
    return date(year, first * 3 - 2, 1), last_day(year, last * 3)


def choose_time(desk: Desk, setting: Setting, quarters: list[int]) -> tuple[Said, Timing]:
    """What a cell for the time says of a task that falls into such quarters."""
    row = choose(desk, "times", "times")
    desk.note(f"time:{row['kind']}")
    year = setting.year
    months = months_of(quarters)
    month = desk.rng.choice(months[:-1] if row["kind"] == "months" else months)
    if row["kind"] == "until_month" and month == 1:
        month = 2
    day = desk.rng.randint(1, 28)
    quarter = desk.rng.randint(1, 4)
    slots: dict[str, Said | str] = {
        **setting.words,
        "m": str(month),
        "mm": f"{month:02}",
        "n": str(month + 1),
        "d": str(day),
        "dd": f"{day:02}",
        "q": ROMAN[quarter],
    }
    if "{doc}" in row["text"]:
        slots["doc"] = cite_local(desk, setting)
    said = fill(row["text"], slots)
    match row["kind"]:
        case "month":
            value = timing(said.text, date(year, month, 1), last_day(year, month))
        case "months":
            value = timing(said.text, date(year, month, 1), last_day(year, month + 1))
        case "until":
            value = timing(said.text, None, date(year, month, day))
        case "until_month":
            value = timing(said.text, None, last_day(year, month - 1))
        case "days":
            value = timing(said.text, date(year, month, day), date(year, month, 28))
        case "day":
            value = timing(said.text, date(year, month, day), date(year, month, day))
        case "all_year":
            value = timing(said.text, date(year, 1, 1), date(year, 12, 31), "continuous")
        case "from_quarter":
            value = timing(said.text, quarter_days(quarter, quarter, year + 1)[0])
        case "words":
            value = timing(said.text)
        case recurrence:
            value = timing(said.text, recurrence=recurrence)
    return said, value


def choose_quarters(desk: Desk, setting: Setting) -> tuple[str, list[int], Timing]:
    """A cell that names a quarter or two."""
    row = choose(desk, "times", "quarters")
    first = desk.rng.randint(1, 5 - row["span"])
    quarters = list(range(first, first + row["span"]))
    slots = {**setting.words, "q": ROMAN[first], "r": ROMAN[quarters[-1]]}
    text = fill(row["text"], slots).text
    desk.note("time:quarter")
    return text, quarters, timing(text, *quarter_days(first, quarters[-1], setting.year))


def choose_deadline(desk: Desk, setting: Setting, quarters: list[int]) -> tuple[str, Timing]:
    """A deadline in the middle of prose."""
    row = choose(desk, "implementing", "deadlines")
    month, day = desk.rng.choice(months_of(quarters)), desk.rng.randint(1, 28)
    written = desk.rng.choice(
        (
            f"{day}/{month}/{setting.year}",
            f"{day:02}/{month:02}/{setting.year}",
            f"{day:02} tháng {month} năm {setting.year}",
        )
    )
    text = fill(row["text"], {"date": written}).text
    return text, timing(text.removeprefix("xong "), None, date(setting.year, month, day))
