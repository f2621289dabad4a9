"""
The head of a paper: agency and motto, number, place and date, title.
"""

from dataclasses import dataclass, replace
from typing import Any

from generator.citing import print_date
from generator.paper import Block, Columns, Line
from generator.part import Part
from generator.phrasebook import Desk, choose
from generator.said import fill
from generator.setting import Setting, Titled, centred

_STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_OTHER = {"party": "ĐẢNG CỘNG SẢN VIỆT NAM", "youth": "ĐOÀN TNCS HỒ CHÍ MINH"}


@dataclass(frozen=True, slots=True)
class Number:
    """The plan's own number; ``serial`` is ``None`` while it is blank."""

    serial: str | None
    form: str
    organ: str

    @property
    def symbol(self) -> str:
        return f"KH/{self.organ}" if self.form == "party" else f"KH-{self.organ}"

    @property
    def canonical(self) -> str | None:
        if self.serial is None:
            return None
        return f"{self.serial}{'-' if self.form == 'party' else '/'}{self.symbol}"


@dataclass(frozen=True, slots=True)
class Head:
    """The head, and what an appendix needs of it."""

    part: Part
    number: Number
    stands: bool
    """Whether there is a letterhead."""


def compose_head(desk: Desk, setting: Setting) -> Head:
    """Letterhead with number, place and date, or none of it."""
    layout = choose(desk, "issuers", "letterheads")
    organ = setting.name(setting.issuer["organ"])
    form = "state" if setting.issuer["form"] == "state" else "party"
    blank = desk.chance(0.25)
    serial = desk.rng.randint(1, 420)
    number = Number(None if blank else f"{serial:02}", form, organ)
    if layout["text"] == "none":
        desk.note("letterhead:none")
        answer: dict[str, Any] = {
            "number": None,
            "symbol": None,
            "canonical": None,
            "issuer": setting.spoken,
            "parent": None,
            "place": None,
            "date": None,
            "secrecy": None,
            "urgency": None,
        }
        serial_now = Number(f"{serial:02}", form, organ)
        return Head(Part((), answer), serial_now, stands=False)
    desk.note(f"letterhead:{layout['text']}")
    desk.note(f"letterhead:{setting.issuer['form']}")
    parent, agency = _agency(setting)
    place, date_line, date = _place_and_date(desk, setting)
    numbered = _number_line(desk, number)
    left = [centred(text.upper()) for text in parent]
    left += [
        centred(text.upper(), bold=True, rule=at == len(agency) and not layout["rule"])
        for at, text in enumerate(agency, 1)
    ]
    right = _motto(setting, layout["motto"], rule=not layout["rule"])
    rule = [centred(layout["rule"])] if layout["rule"] else []
    if setting.issuer["form"] != "state":
        left.append(centred("*" if setting.issuer["form"] == "party" else "***"))
    else:
        left += rule
        right += rule
    mark: list[Line] = []
    marks: dict[str, str | None] = {"secrecy": None, "urgency": None}
    if desk.chance(0.06):
        row = choose(desk, "issuers", "marks")
        desk.note(f"mark:{row['kind']}")
        mark = [centred(row["text"], bold=True)]
        marks[row["kind"]] = row["text"]
    at = centred(date_line, italic=True)
    left, right = _sized(left, 12.0), _sized(right, 12.5)
    blocks: tuple[Block, ...]
    match layout["text"]:
        case "columns":
            blocks = (Columns((*left, centred(numbered), *mark), (*right, at), kind="letterhead"),)
        case "swapped":
            blocks = (
                Columns(tuple(left), (*right, at), kind="letterhead"),
                Line(numbered, align="left"),
                *mark,
            )
        case "stacked":
            blocks = (*left, *right, centred(numbered), at, *mark)
        case _:
            blocks = (*right, *left, centred(numbered), *mark, at)
    return Head(
        Part(
            blocks,
            {
                "number": number.serial,
                "symbol": number.symbol,
                "canonical": number.canonical,
                "issuer": " ".join(agency).upper(),
                "parent": " ".join(parent).upper() or None,
                "place": place,
                "date": date,
                **marks,
            },
        ),
        number,
        stands=True,
    )


def _sized(lines: list[Line], size: float) -> list[Line]:
    """Lines of the head, which are smaller than the body."""
    return [replace(line, size=size) for line in lines]


def _agency(setting: Setting) -> tuple[list[str], list[str]]:
    """The lines of the body above and of the issuer."""
    parent = [setting.name(text) for text in setting.issuer.get("parent", ())]
    lines: list[str] = setting.issuer["lines"]
    if lines == ["{hospital}"]:
        return parent, setting.words["hospital_lines"].split("\n")
    return parent, [setting.name(text) for text in lines]


def _motto(setting: Setting, motto: str, *, rule: bool) -> list[Line]:
    form = setting.issuer["form"]
    if form != "state":
        return [centred(_OTHER[form], bold=True, rule=True)]
    return [centred(_STATE, bold=True), centred(motto, bold=True, rule=rule)]


def _number_line(desk: Desk, number: Number) -> str:
    row = choose(desk, "issuers", "numbers", lambda row: row["form"] == number.form)
    if row["text"].count(" ") > 1:
        desk.note("number:own_spaced")
    serial = number.serial
    if serial is None:
        desk.note("number:blank")
        serial = desk.rng.choice((" ", "      ", "          ", "....", "…"))
    return fill(row["text"], {"serial": serial, "type": "KH", "organ": number.organ}).text


def _place_and_date(desk: Desk, setting: Setting) -> tuple[str, str, dict[str, int | None]]:
    """The place, the line of both, and the date of which the day may be blank."""
    place = setting.name(setting.issuer["place"])
    day: int | None = setting.day.day
    padded = f"{setting.day.day:02}"
    if desk.chance(0.2):
        desk.note("date:blank_day")
        day, padded = None, desk.rng.choice((" ", "     ", ".....", "…"))
    month = f"{setting.day.month:02}" if setting.day.month < 3 else str(setting.day.month)
    slots = {"place": place, "day": padded, "month": month, "year": str(setting.day.year)}
    text = fill(choose(desk, "issuers", "dates")["text"], slots).text
    return place, text, {"year": setting.day.year, "month": setting.day.month, "day": day}


def compose_title(desk: Desk, setting: Setting, titled: Titled) -> Part:
    """The type and the title, over one to three lines."""
    text = titled.text
    form = desk.rng.choice(("below", "below", "below", "capitals", "capitals", "beside"))
    if form == "capitals":
        text = text.upper()
    answer = {"kind": "Kế hoạch", "title": text, "years": setting.years}
    desk.note(f"title:{form}")
    if form == "beside" and not text.startswith(("V/v", "Về việc")):
        text = text.upper()
        answer["title"] = text
        rest = _broken(desk, text)
        first = centred(f"KẾ HOẠCH {rest[0]}", bold=True, rule=len(rest) == 1)
        lines = [first, *(_title_line(one, one is rest[-1]) for one in rest[1:])]
        return Part(tuple(lines), answer)
    rest = _broken(desk, text)
    lines = [centred("KẾ HOẠCH", bold=True), *(_title_line(one, one is rest[-1]) for one in rest)]
    return Part(tuple(lines), answer)


def _title_line(text: str, last: bool) -> Line:
    return centred(text, bold=True, rule=last)


def _broken(desk: Desk, text: str) -> list[str]:
    """A title over several lines, broken between words."""
    words = text.split()
    count = 1 if len(words) < 9 else desk.rng.choice((1, 2, 2, 3) if len(words) > 14 else (1, 2))
    size = -(-len(words) // count)
    return [" ".join(words[at : at + size]) for at in range(0, len(words), size)]


def link_words(desk: Desk, setting: Setting, head: Head) -> tuple[str, str]:
    """Number and date as an appendix repeats them."""
    serial = "      " if head.number.serial is None else head.number.serial
    mark = "-" if head.number.form == "party" else "/"
    return f"{serial}{mark}{head.number.symbol}", print_date(desk, setting.day)
