"""
What is attached behind the signature: tasks, amounts, or an outline of sections.
"""

from generator.letterhead import Head, link_words
from generator.outline import Outline
from generator.paper import Block, Cell, Line, PageBreak, Table
from generator.part import Part
from generator.periods import ROMAN
from generator.phrasebook import Desk, choose, choose_some
from generator.said import fill
from generator.setting import Setting, centred
from generator.task_table import compose_table
from generator.units import choose_units


def compose_appendices(desk: Desk, setting: Setting, outline: Outline, head: Head) -> Part:
    """One appendix or two, each on a page of its own."""
    rows = choose_some(desk, "closing", "attached", desk.rng.choice((1, 1, 2)))
    found = Part()
    for number, row in enumerate(rows, 1):
        label = "PHỤ LỤC" if len(rows) == 1 else f"PHỤ LỤC {ROMAN[number]}"
        title = fill(row["text"], setting.words).text
        if desk.chance(0.5):
            title = title.upper()
        desk.note(f"appendix:{row['holds']}")
        top: list[Block] = [PageBreak(), centred(label, bold=True), centred(title, bold=True)]
        if not head.stands or desk.chance(0.7):
            words, day = link_words(desk, setting, head)
            link = choose(desk, "closing", "links")["text"]
            slots = {"number": words, "date": day, "issuer": setting.spoken}
            top.append(centred(fill(link, slots).text, italic=True, rule=True))
            desk.note("appendix:link")
        found = found.then(Part(tuple(top), {"appendices": [title]}))
        if row["holds"] == "tasks":
            found = found.then(compose_table(desk, setting, "appendix"))
        elif row["holds"] == "amounts":
            found = found.then(Part((_amounts(desk),)))
        else:
            found = found.then(Part(tuple(_parts(desk, setting, outline))))
    return found


def _amounts(desk: Desk) -> Table:
    """Awards and how many: a table, and no task in it."""
    rows = [tuple(Cell((text,), bold=True) for text in ("TT", "Hiện vật", "Số lượng", "Đơn giá"))]
    for number, row in enumerate(choose_some(desk, "closing", "amounts", 3), 1):
        price = f"{desk.rng.randint(2, 90)}0.000"
        texts = (str(number), row["text"], str(desk.rng.randint(2, 60)), price)
        rows.append(tuple(Cell((text,)) for text in texts))
    return Table(tuple(rows), (0.1, 0.5, 0.2, 0.2))


def _parts(desk: Desk, setting: Setting, outline: Outline) -> list[Block]:
    """Sections of the appendix: an outline to be followed by those who report."""
    found: list[Block] = []
    for number, row in enumerate(choose_some(desk, "closing", "parts", 3), 1):
        found.append(Line(f"{ROMAN[number]}. {row['text'].upper()}", bold=True))
        found.append(Line(f"{outline.bullet}{row['asks']}.", indent=True))
    unit = choose_units(desk, setting, 1)[0]
    found.append(Line(f"Nơi tổng hợp: {unit}.", italic=True))
    return found
