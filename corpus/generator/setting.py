"""
Who writes a plan, of which year, on which day: what every part of the paper must agree on.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from generator.paper import Align, Line
from generator.phrasebook import Desk, Row, between, choose
from generator.said import fill

FIRST_YEAR, LAST_YEAR = 2004, 2026
_DISTRICTS_END = 2026
"""Plans of this year on are written after 30/6/2025, when districts ended."""


@dataclass(frozen=True, slots=True)
class Setting:
    """
    What a plan is about, and its author.

    ``words`` fills the slots of places and offices; ``spoken`` is how the body names the issuer.
    """

    year: int
    span: int
    day: date
    words: dict[str, str]
    issuer: Row
    spoken: str
    subject: str
    act_case: str
    """How the law's name is spelled: ``Thi đua, khen thưởng`` or with a capital K."""
    eth: bool
    """Symbols are typed with U+00D0 for Đ, as some keyboards did."""
    old_law: bool = False
    """It goes on with the law of 2003, after that had ended."""

    @property
    def years(self) -> list[int]:
        return list(range(self.year, self.year + self.span))

    def name(self, template: str) -> str:
        """A name with its places filled in."""
        return fill(template, self.words).text


@dataclass(frozen=True, slots=True)
class Titled:
    """The plan's title as a sentence."""

    text: str


def choose_setting(desk: Desk) -> tuple[Setting, Titled]:
    """The frame of one plan."""
    year = desk.rng.randint(FIRST_YEAR, LAST_YEAR)
    words = _places(desk, year)
    issuer = choose(desk, "issuers", "issuers", lambda row: _there(row, year))
    desk.note(f"issuer:{issuer['text']}")
    years = {"year": str(year), "last": str(year - 1), "next": str(year + 1)}
    words |= years | {"fifth": str(year + 4)}
    words |= {f"since{first}": str(year - first) for first in (1930, 1948, 1956)}
    words["scope"] = fill(issuer["scope"], words).text
    title = choose(desk, "titles", "titles")
    spoken = fill(desk.rng.choice(issuer["spoken"]), words).text
    setting = Setting(
        year=year,
        span=title.get("span", 1),
        day=_day(desk, year),
        words=words,
        issuer=issuer,
        spoken=spoken,
        subject=fill(title["subject"], words).text,
        act_case="Thi đua, Khen thưởng" if desk.chance(0.35) else "Thi đua, khen thưởng",
        eth=desk.chance(0.06),
    )
    if setting.eth:
        desk.note("typing:eth")
    return setting, Titled(fill(title["text"], words).text)


def _there(issuer: Row, year: int) -> bool:
    """Whether such an issuer was there in a year."""
    if year < _DISTRICTS_END:
        return not issuer.get("after")
    return "district" not in (issuer["text"], issuer.get("level"))


def _day(desk: Desk, year: int) -> date:
    """The first law is in force from July 2004; districts end with June 2025."""
    if year == FIRST_YEAR:
        return date(year, 7, 15) + timedelta(desk.rng.randint(0, 60))
    start = date(year - 1, 12, 10)
    return start + timedelta(desk.rng.randint(0, 110 if desk.chance(0.8) else 190))


def _places(desk: Desk, year: int) -> dict[str, str]:
    after = year >= _DISTRICTS_END
    district = choose(desk, "places", "districts")
    province = choose(
        desk,
        "places",
        "provinces",
        lambda row: row.get("stays", False) if after else row["text"] == district["province"],
    )
    commune = choose(desk, "places", "communes")
    words = {
        "province": province["text"],
        "pkind": province["kind"],
        "seat": province["seat"],
        "district": district["text"],
        "dkind": district["kind"],
        "commune": commune["text"],
        "ckind": commune["kind"],
        "n": str(desk.rng.randint(1, 9)),
    }
    words["Puy"] = {"tỉnh": "Tỉnh ủy", "thành phố": "Thành ủy"}[words["pkind"]]
    party = {
        "huyện": ("Huyện ủy", "HU"),
        "thị xã": ("Thị ủy", "ThU"),
        "thành phố": ("Thành ủy", "ThU"),
        "quận": ("Quận ủy", "QU"),
    }
    words["Duy"], words["DU"] = party[words["dkind"]]
    if after:  # The body above a commune is the province.
        words["district"], words["dkind"] = words["province"], words["pkind"]
    person = choose(desk, "names", "persons")["text"]
    flower = choose(desk, "names", "flowers")["text"]
    school = choose(desk, "names", "schools")
    words["school"] = fill(school["text"], {"person": person, "flower": flower}).text
    initials = "".join(
        part[0] for part in (flower if "flower" in school["text"] else person).split()
    )
    words["sorgan"] = school["organ"] + initials
    above = (
        "UBND {ckind} {commune}"
        if after
        else desk.rng.choice(("Phòng GD&ĐT {dkind} {district}", "UBND {dkind} {district}"))
    )
    words["overschool"] = fill(above, words).text
    area = {"area": f"{words['pkind']} {words['province']}"}
    hospital = choose(desk, "names", "hospitals")
    words["hospital"], words["horgan"] = fill(hospital["text"], area).text, hospital["organ"]
    words["hospital_lines"] = "\n".join(fill(line, area).text for line in hospital["lines"])
    department = choose(desk, "names", "departments", lambda row: between(row, year))
    words["department"], words["dorgan"] = department["text"], department["organ"]
    return words


def choose_person(desk: Desk) -> str:
    """A name for a signer."""
    parts = [choose(desk, "names", key)["text"] for key in ("surnames", "middles", "givens")]
    return " ".join(parts)


def centred(text: str, *, bold: bool = False, italic: bool = False, rule: bool = False) -> Line:
    """A line in the middle."""
    return placed(text, "center", bold=bold, italic=italic, rule=rule)


def placed(
    text: str, align: Align, *, bold: bool = False, italic: bool = False, rule: bool = False
) -> Line:
    return Line(text, bold=bold, italic=italic, align=align, underline=rule)
