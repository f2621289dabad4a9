"""
The end of a paper: closing words, recipients, signature.
"""

from typing import Any

from generator.paper import Block, Columns, Line
from generator.part import Part
from generator.phrasebook import Desk, Row, between, choose, choose_some
from generator.said import capital, fill
from generator.setting import Setting, centred, choose_person


def compose_ending(desk: Desk, setting: Setting) -> Part:
    """Everything below the last section."""
    closing = compose_closing(desk, setting)
    received, recipients = _recipients(desk, setting)
    signed, signature = _signature(desk, setting)
    answer: dict[str, Any] = {"recipients": recipients, "signature": signature}
    blocks: list[Block] = []
    second = _second(desk, setting)
    if second:
        desk.note("signature:two")
        lines, value = second
        signature["also_signed"] = [value]
        blocks = [Columns(signed, lines, kind="signature"), *received]
    elif desk.chance(0.8):
        blocks = [Columns(received, signed, kind="signature")]
    elif desk.chance(0.5):
        desk.note("signature:below_recipients")
        blocks = [*received, *signed]
    else:
        desk.note("signature:above_recipients")
        blocks = [*signed, *received]
    return closing.then(Part(tuple(blocks), answer))


def compose_closing(desk: Desk, setting: Setting) -> Part:
    """``Trên đây là …``; now and then there is none."""
    if desk.chance(0.08):
        desk.note("closing:none")
        return Part()
    row = choose(desk, "closing", "sentences")
    slots = {**setting.words, "issuer": setting.spoken, "subject": setting.subject}
    text = capital(fill(row["text"], slots)).text
    return Part((Line(text, indent=True),))


def _recipients(desk: Desk, setting: Setting) -> tuple[tuple[Line, ...], list[str]]:
    kind = setting.issuer["units"]

    def fits(row: Row) -> bool:
        return (not row.get("of") or kind in row["of"]) and between(row, setting.year)

    rows = choose_some(desk, "closing", "recipients", desk.rng.randint(2, 6), fits)
    names = [setting.name(row["text"]) for row in rows]
    filed = choose(desk, "closing", "files")["text"]
    bullet = desk.rng.choice(("- ", "- ", "-"))
    lines = [Line("Nơi nhận:", bold=True, italic=True, align="left", size=12)]
    lines += [Line(f"{bullet}{name};", align="left", size=11) for name in names]
    lines.append(Line(bullet + filed + desk.rng.choice((".", "")), align="left", size=11))
    return tuple(lines), [*names, filed]


def _signature(desk: Desk, setting: Setting) -> tuple[tuple[Line, ...], dict[str, Any]]:
    group = setting.issuer["signing"]
    row = choose(desk, "closing", "signatures", lambda row: row["text"] == group)
    desk.note(f"signature:{row.get('capacity') or 'alone'}")
    return _signed(desk, row)


def _signed(desk: Desk, row: Row) -> tuple[tuple[Line, ...], dict[str, Any]]:
    signer = choose_person(desk)
    lines = [centred(text, bold=True) for text in row["lines"]]
    gap = [centred("")] * desk.rng.randint(1, 3)
    if desk.chance(0.1):
        desk.note("signature:signed")
        gap = [centred("(Đã ký)", italic=True)]
    value = {
        "capacity": row.get("capacity"),
        "on_behalf_of": row.get("behalf"),
        "role": row["role"],
        "signer": signer,
        "also": row.get("also", []),
    }
    return (*lines, *gap, centred(signer, bold=True)), value


def _second(desk: Desk, setting: Setting) -> tuple[tuple[Line, ...], dict[str, Any]] | None:
    """Who signs beside, where that is the custom."""
    if not desk.chance(0.15):
        return None
    group = setting.issuer["signing"]
    try:
        row = choose(desk, "closing", "seconds", lambda row: row["text"] == group)
    except ValueError:
        return None
    return _signed(desk, row)
