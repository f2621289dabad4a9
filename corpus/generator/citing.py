"""
Other documents as a plan names them: acts of the state and the Party, papers of local bodies.

Each mention is printed and described at once; what stands in another's title is listed behind it
as nested.
"""

from datetime import date, timedelta
from typing import Any, NamedTuple
from unicodedata import normalize

from generator.phrasebook import Desk, Row, choose, read_tables, take
from generator.said import Citation, Said, capital, fill, slots_of
from generator.setting import Setting

ABOVE = {
    "central": ("central",),
    "province": ("province", "province", "province", "central"),
    "district": ("district", "district", "province"),
    "commune": ("commune", "district", "province"),
    "partycentral": ("partycentral",),
    "partyprovince": ("partyprovince", "partyprovince", "partycentral"),
    "unioncentral": ("unioncentral",),
    "unionprovince": ("unionprovince", "unionprovince", "unioncentral"),
    "youthcentral": ("youthcentral",),
    "youthprovince": ("youthprovince", "youthcentral"),
    "frontcentral": ("frontcentral",),
}
"""Whose documents a plan names, by the body above its issuer."""
_CARRIED_OUT = (
    "Kế hoạch",
    "Quyết định",
    "Hướng dẫn",
    "Công văn",
    "Chỉ thị",
    "Nghị quyết",
    "Chương trình",
    "Kết luận",
)
"""Types whose documents can be carried out; a report cannot."""


def acts_in_force(setting: Setting, kinds: tuple[str, ...]) -> list[Row]:
    """The acts of some types that a plan of that day may rest on."""
    day = setting.day.isoformat()
    return [
        row
        for row in read_tables("instruments")["instruments"]
        if row["text"] in kinds and row["since"] <= day <= row["until"]
    ]


def choose_act(desk: Desk, setting: Setting, kinds: tuple[str, ...]) -> Row | None:
    """One of them, or none."""
    day = setting.day.isoformat()

    def fits(row: Row) -> bool:
        return row["text"] in kinds and bool(row["since"] <= day <= row["until"])

    try:
        return choose(desk, "instruments", "instruments", fits)
    except ValueError:
        return None


def act(desk: Desk, key: str) -> Row:
    """The act of a key."""
    rows = read_tables("instruments")["instruments"]
    return take(desk, "instruments", "instruments", next(row for row in rows if row["key"] == key))


def cite_act(
    desk: Desk, setting: Setting, row: Row, depth: int = 0, *, short: bool = False
) -> Said:
    """An act as printed; ``depth`` counts the titles it stands in, ``short`` leaves out its own."""
    if row["text"] == "Luật":
        return cite_law(desk, setting, row, depth)
    nested = depth > 0

    def fits(shape: Row) -> bool:
        return not nested or shape["short"] or (depth < 2 and not short)

    shape = choose(desk, "instruments", "nested" if nested else "shapes", fits)["text"]
    title = _title(desk, setting, row, depth) if "{title}" in shape else Said("")
    return _mention(desk, setting, shape, _Facts(row, title, row["issuer"]), depth)


def cite_law(desk: Desk, setting: Setting, row: Row, depth: int = 0, *, bare: bool = False) -> Said:
    """A law as printed: by number, date, year, or its name alone."""
    if depth:
        shape = choose(desk, "instruments", "nested_laws")["text"]
    elif bare:
        shape = "Luật {title}"
    else:
        shape = choose(desk, "instruments", "laws")["text"]
    title = _title(desk, setting, row, depth) if "{title}" in shape else Said("")
    return _mention(desk, setting, shape, _Facts(row, title, None), depth)


def cite_amendments(desk: Desk, setting: Setting, rows: list[Row]) -> Said:
    """Several amendments in one phrase: ``các Luật sửa đổi … năm 2005 và năm 2013``."""
    title = _title(desk, setting, rows[0], 0)
    head = Said(f"Luật {title.text} năm {rows[0]['year']}")
    first = _citation(rows[0], title.text, {"year": rows[0]["year"]}, head.text, depth=0)
    tail = f"năm {rows[1]['year']}"
    second = _citation(rows[1], title.text, {"year": rows[1]["year"]}, tail, depth=0)
    desk.note("bases:elided")
    return Said(f"các {head.text} và {tail}", (first, *title.citations, second))


def amending(said: Said, law: Said) -> Said:
    """An amendment that is named behind the law it amends: the answer ties it to that."""
    own, *rest = said.citations
    to = law.citations[0]["text"]
    return Said(said.text, ({**own, "relation": {"kind": "amended_by", "to": to}}, *rest))


def cite_local(
    desk: Desk, setting: Setting, kinds: tuple[str, ...] = (), *, basis: bool = False
) -> Said:
    """A paper of a body above the plan's issuer; as a ``basis`` it may be younger than the plan."""
    level = desk.rng.choice(ABOVE[setting.issuer["above"]])
    body = choose(desk, "documents", "bodies", lambda row: row["of"] == level)
    allowed = tuple(body.get("kinds", ())) or kinds
    party = bool(body.get("party"))

    def fits(row: Row) -> bool:
        if allowed and row["text"] not in allowed:
            return False
        if row.get("normative"):
            return body["organ"] == "UBND" and not body["text"].startswith("Chủ tịch")
        return row["text"] != "Nghị quyết" or party or "kinds" in body

    kind = choose(desk, "documents", "kinds", fits)
    topic = choose(desk, "documents", "titles", lambda row: kind["text"] in row["kinds"])
    day = setting.day - timedelta(desk.rng.randint(2, 200 if kind["text"] == "Quyết định" else 80))
    if basis and desk.aside.chance(0.02):
        desk.note("bases:younger")
        day = setting.day + timedelta(desk.aside.rng.randint(1, 30))
    code, organ = kind["code"], body["organ"]
    if party:
        symbol = f"{code or 'CV'}/{organ}"
    elif code:
        symbol = f"{code}-{organ}"
    else:
        symbol = f"{organ}-{desk.rng.choice(('NC', 'TĐKT', 'TH'))}"
    serial = desk.rng.randint(1, 40 if desk.chance(0.5) else 3500)
    facts: Row = {
        "text": kind["text"],
        "serial": f"{serial:02}" if desk.chance(0.85) else str(serial),
        "symbol": symbol,
        "date": day.isoformat(),
        "join": topic["join"],
    }
    if kind.get("normative"):
        facts["year"] = day.year
    shape = choose(desk, "instruments", "shapes")["text"]
    title = fill(topic["text"], setting.words) if "{title}" in shape else Said("")
    return _mention(desk, setting, shape, _Facts(facts, title, setting.name(body["text"])), 0)


def cite_proposal(desk: Desk, setting: Setting, who: str, *, own: bool) -> Said:
    """A ``Tờ trình`` of some office; ``own``: it says whose it is."""
    letters = (word[0] for word in who.split() if word[0].isalpha())
    initials = "".join(
        letter if letter in "Đđ" else normalize("NFD", letter)[0] for letter in letters
    )
    facts: Row = {
        "text": "Tờ trình",
        "serial": f"{desk.rng.randint(1, 150):02}",
        "symbol": f"TTr-{initials.upper()}",
        "date": (setting.day - timedelta(desk.rng.randint(1, 20))).isoformat(),
    }
    shape = "{kind} số {number} {date}" + (" của {issuer}" if own else "")
    return _mention(desk, setting, shape, _Facts(facts, Said(""), who), 0)


class _Facts(NamedTuple):
    """What is known of a document: its row, its title as printed, its issuer."""

    row: Row
    title: Said
    issuer: str | None


def _title(desk: Desk, setting: Setting, row: Row, depth: int) -> Said:
    """The title of an act, with the acts it names."""
    if row["named"] == "Thi đua, khen thưởng":
        return Said(setting.act_case)
    keys = slots_of(row["named"])
    short = len(keys) > 1
    inner: dict[str, Said | str] = {}
    for key in keys:
        if row["text"] == "Luật":  # An amendment's own name: the law it amends bears no date there.
            named = act(desk, key)
            law = f"Luật {setting.act_case}"
            inner[key] = Said(
                law, (_citation(named, setting.act_case, None, law, depth=depth + 1),)
            )
        else:
            inner[key] = cite_act(desk, setting, act(desk, key), depth + 1, short=short)
    return fill(row["named"], inner)


def _mention(desk: Desk, setting: Setting, shape: str, facts: _Facts, depth: int) -> Said:
    row, title, issuer = facts
    if not issuer:
        shape = shape.replace(" của {issuer}", "")
    join = row.get("join", "")
    slots: dict[str, Said | str] = {
        "kind": row["text"],
        "title": Said(f"{join} ") + title if join else title,
        "issuer": issuer or "",
        "year": str(row.get("year", "")),
        "number": print_number(desk, setting, row),
    }
    when = None
    if "{date}" in shape:
        day = date.fromisoformat(row["date"])
        if "key" in row and "{number}" in shape and row.get("year") and desk.aside.chance(0.025):
            desk.note("citation:wrong_date")
            day = _mistaken(desk.aside, day)
        slots["date"] = print_date(desk, day)
        when = {"year": day.year, "month": day.month, "day": day.day}
    elif "năm {year}" in shape:
        when = {"year": row["year"]}
    said = fill(shape, slots)
    own = _citation(
        row,
        title.text or None,
        when,
        said.text,
        depth=depth,
        issuer=issuer if "{issuer}" in shape else None,
        numbered="{number}" in shape,
    )
    return Said(said.text, (own, *said.citations))


def print_date(desk: Desk, day: date) -> str:
    """A date behind a number, in one of its forms."""
    template = choose(desk, "instruments", "dates")["text"]
    slots = {
        "d": str(day.day),
        "m": str(day.month),
        "dd": f"{day.day:02}",
        "mm": f"{day.month:02}" if day.month < 3 or "/" in template else str(day.month),
        "yyyy": str(day.year),
    }
    return fill(template, slots).text


def _mistaken(desk: Desk, day: date) -> date:
    """A day as it is typed wrongly: a few days off, a month, a year."""
    month = day.month % 12 + 1
    wrong = (
        day + timedelta(desk.rng.choice((-9, -1, 1, 2, 10))),
        day.replace(day=min(day.day, 28), month=month),
        day.replace(day=min(day.day, 28), year=day.year + desk.rng.choice((-1, 1))),
    )
    return desk.rng.choice(wrong)


def print_number(desk: Desk, setting: Setting, row: Row) -> str:
    """A number as typed, with more or less space in its symbol."""
    symbol: str = row["symbol"]
    head = f"{row['serial']}/{row['year']}" if row.get("year") else str(row["serial"])
    spacing = choose(desk, "instruments", "spacings")["text"]
    if "/" in symbol:  # The Party's form: the hyphen is before the type.
        printed = fill(spacing, {"a": head, "b": symbol}).text
    elif "-" in symbol:
        first, _, rest = symbol.partition("-")
        printed = f"{head}/" + fill(spacing, {"a": first, "b": rest}).text
    else:
        printed = f"{head}/{symbol}"
    return printed.replace("Đ", "\u00d0") if setting.eth else printed


def canonical(row: Row) -> str:
    """A number as its form prescribes it."""
    if row.get("year"):
        return f"{row['serial']}/{row['year']}/{row['symbol']}"
    return f"{row['serial']}{'-' if '/' in row['symbol'] else '/'}{row['symbol']}"


def _citation(
    row: Row,
    title: str | None,
    when: dict[str, int] | None,
    text: str,
    *,
    depth: int,
    issuer: str | None = None,
    numbered: bool = False,
) -> Citation:
    """A mention as the answer has it."""
    found: dict[str, Any] = {
        "kind": row["text"],
        "number": row["serial"] if numbered else None,
        "year": row.get("year") if numbered else None,
        "symbol": row["symbol"] if numbered else None,
        "canonical": canonical(row) if numbered else None,
        "date": {"year": None, "month": None, "day": None} | when if when else None,
        "title": title,
        "issuer": issuer,
        "nested": depth > 0,
        "resolved": canonical(row) if "key" in row and row.get("known", True) else None,
        "text": text,
        "act": row.get("key"),
        "depth": depth,
    }
    if depth and not numbered:
        # Whether the law in another act's title is a mention of its own is a matter of taste.
        found["optional"] = True
    return found


def with_alias(desk: Desk, said: Said) -> Said:
    """A citation with a short name in brackets behind it."""
    own = said.citations[0]
    if not own["number"]:
        return said
    label = choose(desk, "documents", "labels")["text"]
    short = f"{own['kind']} số {own['number']}"
    desk.note("citation:alias")
    named = said + " " + fill(label, {"short": short}).text
    return Said(named.text, ({**own, "alias": short}, *said.citations[1:]))


def may_be_called_again(one: Citation) -> bool:
    """Whether a document of the bases may be called by its type and serial number later on."""
    by_number = one["kind"] in ("Nghị định", "Thông tư") and one["number"] and one["year"]
    return not one["nested"] and bool(by_number or one.get("alias"))


def _again(desk: Desk) -> Said | None:
    """One of them called so; none where two would have the same name."""
    known = [(one["kind"], one["number"]) for one in desk.named]
    left = [one for one, name in zip(desk.named, known, strict=True) if known.count(name) == 1]
    if not left:
        return None
    meant = desk.rng.choice(left)
    shape = choose(desk, "instruments", "again")["text"]
    short = fill(shape, {"kind": meant["kind"], "serial": meant["number"]}).text
    desk.note("citation:again")
    return _reference(meant.get("alias") or short, meant)


def _reference(text: str, meant: Citation) -> Said:
    """Words that point back at a document; the answer lists them apart from citations."""
    return Said(text, ({"reference": True, "text": text, "resolved": meant["resolved"]},))


def choose_doc(desk: Desk, setting: Setting) -> Said:
    """Some document in the middle of a text: mostly a local one, now and then an act."""
    if desk.chance(0.3):
        row = choose_act(desk, setting, ("Nghị định", "Chỉ thị", "Thông tư", "Quyết định"))
        if row:
            return cite_act(desk, setting, row)
    return cite_local(desk, setting, _CARRIED_OUT)


def current_law(desk: Desk, setting: Setting) -> Row:
    """The law of emulation and commendation that a plan rests on."""
    new = setting.day >= date(2024, 1, 1) and not setting.old_law
    return act(desk, "law2022" if new else "law2003")


def fill_prose(desk: Desk, setting: Setting, template: str, **more: Said | str) -> Said:
    """A sentence of the tables, with its documents and places."""
    slots: dict[str, Said | str] = {**setting.words, "issuer": setting.spoken, **more}
    for name in slots_of(template):
        if name == "doc":
            said = choose_doc(desk, setting)
            again = _again(desk.aside) if desk.aside.chance(0.12) else None
            slots[name] = again or said
        elif name == "law":
            law = current_law(desk, setting)
            slots[name] = cite_law(desk, setting, law, bare=desk.chance(0.5))
    return fill(template, slots)


def prose(desk: Desk, setting: Setting, template: str, **more: Said | str) -> Said:
    """The same as a sentence of its own."""
    return capital(fill_prose(desk, setting, template, **more))


_POINTED_AT = ("Luật", "Nghị định", "Thông tư", "Chỉ thị", "Quyết định", "Nghị quyết")
"""What ``… này`` may name; ``Kế hoạch này`` is the plan itself."""


def prose_going_on(desk: Desk, setting: Setting, template: str) -> Said:
    """The same; another sentence may follow, which points back at the document of the first."""
    said = prose(desk, setting, template)
    meant = next((one for one in said.citations if "kind" in one), None)
    if meant is None or meant["kind"] not in _POINTED_AT or not desk.aside.chance(0.2):
        return said
    aside = desk.aside
    pointer = choose(aside, "instruments", "pointers")["text"]
    reference = _reference(fill(pointer, {"kind": meant["kind"]}).text, meant)
    desk.note("citation:pointer")
    row = choose(aside, "instruments", "after")
    return said + ". " + fill(row["text"], {"ref": reference})
