"""
What two plans have that differs, for people: as lines and as Markdown.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tdkt_parse.compare.differences import (
    BasisPair,
    BasisSide,
    Changed,
    Comparison,
    PlanSide,
    TaskChange,
    TaskSide,
)
from tdkt_parse.models import PartialDate
from tdkt_parse.render.markdown import escape as escape_markdown
from tdkt_parse.render.terminal import clean

WORDS: dict[str, dict[str, str]] = {
    "title": {"vi": "So sánh hai kế hoạch", "en": "Two plans compared"},
    "old": {"vi": "Trước", "en": "Before"},
    "new": {"vi": "Sau", "en": "After"},
    "document": {"vi": "Văn bản", "en": "Document"},
    "tasks": {"vi": "Nhiệm vụ", "en": "Tasks"},
    "bases": {"vi": "Căn cứ", "en": "Legal bases"},
    "added": {"vi": "Thêm mới", "en": "Added"},
    "dropped": {"vi": "Không còn", "en": "Dropped"},
    "moved": {"vi": "Chuyển quý", "en": "Moved to another quarter"},
    "changed": {"vi": "Thay đổi", "en": "Changed"},
    "same": {"vi": "Giữ nguyên", "en": "The same"},
    "replaced": {"vi": "Thay thế", "en": "Replaced"},
    "renewed": {"vi": "Văn bản cùng loại của năm mới", "en": "The same of the new year"},
    "kept": {"vi": "Giữ nguyên", "en": "Kept"},
    "wording": {"vi": "nội dung", "en": "wording"},
    "quarters": {"vi": "quý", "en": "quarter"},
    "lead": {"vi": "chủ trì", "en": "lead"},
    "support": {"vi": "phối hợp", "en": "support"},
    "deadline": {"vi": "thời hạn", "en": "deadline"},
    "quarter": {"vi": "Quý", "en": "Quarter"},
    "no_quarter": {"vi": "không ghi quý", "en": "no quarter"},
    "nothing": {"vi": "không ghi", "en": "not given"},
    "by_register": {"vi": "theo sổ văn bản, thay bởi {n}", "en": "by the register replaced by {n}"},
    "equal": {
        "vi": "Hai kế hoạch không khác nhau về nhiệm vụ và căn cứ.",
        "en": "The plans have the same tasks and bases.",
    },
    "other_issuer": {
        "vi": "Lưu ý: hai kế hoạch của hai cơ quan khác nhau.",
        "en": "Note: the plans are of two organs.",
    },
    "too_many_tasks": {
        "vi": "Lưu ý: quá nhiều nhiệm vụ, chưa so sánh nhiệm vụ.",
        "en": "Note: there are too many tasks; they were not compared.",
    },
}

_ROMAN = ("", "I", "II", "III", "IV")


def lines_of(found: Comparison, lang: str) -> list[str]:
    """The comparison as lines for a terminal; nothing of a document in them speaks to it."""
    lines = [clean(f"--- {_called(found.old, lang)}"), clean(f"+++ {_called(found.new, lang)}")]
    lines += [_word(note, lang) for note in found.notes]
    for heading, items in _parts(found, lang):
        lines += ["", heading]
        lines += [f"  {sign} {clean(said)}" for sign, said in items]
    if not found.differs and "too_many_tasks" not in found.notes:
        lines += ["", _word("equal", lang)]
    return lines


def markdown_of(found: Comparison, lang: str) -> list[str]:
    """The comparison as Markdown; what could be markup in a document is escaped."""
    lines = [f"# {_word('title', lang)}", ""]
    lines += [
        f"- {_word(name, lang)}: {escape_markdown(_called(side, lang))}"
        for name, side in (("old", found.old), ("new", found.new))
    ]
    lines += [f"- {_word(note, lang)}" for note in found.notes]
    for heading, items in _parts(found, lang):
        lines += ["", f"## {heading}", ""]
        lines += [f"- {escape_markdown(said)}" for _, said in items]
    if not found.differs and "too_many_tasks" not in found.notes:
        lines += ["", _word("equal", lang)]
    return lines


class Item(NamedTuple):
    """A line: its sign, ``+``, ``-``, ``~`` or ``=``, and what it says."""

    sign: str
    said: str


def _parts(found: Comparison, lang: str) -> Iterator[tuple[str, list[Item]]]:
    """Headings and what stands under them; of what has nothing there is no heading."""
    parts: list[tuple[str, list[Item]]] = [
        (f"{_word('tasks', lang)} – {_word(name, lang)}", items)
        for name, items in _task_parts(found.tasks, lang)
    ]
    for name in ("replaced", "renewed", "added", "dropped"):
        items = [_basis_item(one, lang) for one in found.bases if one.change == name]
        parts.append((f"{_word('bases', lang)} – {_word(name, lang)}", items))
    yield from ((f"{heading} ({len(items)})", items) for heading, items in parts if items)
    same = sum(bool(one.old and one.new and not one.changes) for one in found.tasks)
    kept = sum(one.change == "kept" for one in found.bases)
    if same or kept:
        counted = f"{same} {_word('tasks', lang).lower()}, {kept} {_word('bases', lang).lower()}"
        yield f"{_word('same', lang)}: {counted}", []


def _task_parts(tasks: Sequence[TaskChange], lang: str) -> Iterator[tuple[str, list[Item]]]:
    added = [one.new for one in tasks if one.new and not one.old]
    dropped = [one.old for one in tasks if one.old and not one.new]
    changed = [one for one in tasks if one.old and one.new and one.changes]
    yield "added", [Item("+", _task(side, lang)) for side in added]
    yield "dropped", [Item("-", _task(side, lang)) for side in dropped]
    yield "moved", [_change(one, lang) for one in changed if "quarters" in one.changes]
    yield "changed", [_change(one, lang) for one in changed if "quarters" not in one.changes]


def _task(side: TaskSide, lang: str) -> str:
    told = [f"[{_quarters(side.quarters, lang)}]", " ".join(side.content.split())]
    for name, said in (("lead", "; ".join(side.lead)), ("deadline", _when(side))):
        if said:
            told.append(f"– {_word(name, lang)}: {said}")
    return " ".join(told)


def _change(one: TaskChange, lang: str) -> Item:
    if one.old is None or one.new is None:
        raise ValueError("a change is of a task that both plans have")
    old, new = one.old, one.new
    told = [" ".join(new.content.split())]
    sides: dict[Changed, tuple[str, str]] = {
        "quarters": (_quarters(old.quarters, lang), _quarters(new.quarters, lang)),
        "wording": (f"“{' '.join(old.content.split())}”", "…"),
        "lead": ("; ".join(old.lead), "; ".join(new.lead)),
        "support": ("; ".join(old.support), "; ".join(new.support)),
        "deadline": (_when(old), _when(new)),
    }
    nothing = _word("nothing", lang)
    for name, (before, after) in sides.items():
        if name in one.changes:
            told.append(f"| {_word(name, lang)}: {before or nothing} → {after or nothing}")
    return Item("~", " ".join(told))


def _basis_item(one: BasisPair, lang: str) -> Item:
    if one.change in ("replaced", "renewed") and one.old and one.new:
        return Item("~", f"{_basis(one.old)} → {_basis(one.new)}")
    if one.change == "added" and one.new:
        return Item("+", _basis(one.new))
    said = _basis(one.old) if one.old else ""
    if one.replaced_by:
        said += f" ({_word('by_register', lang).format(n=', '.join(one.replaced_by))})"
    return Item("-", said)


def _basis(side: BasisSide) -> str:
    if side.instrument and side.instrument not in side.name:
        return f"{side.name} = {side.instrument}"
    return side.name


def _quarters(quarters: Iterable[int], lang: str) -> str:
    names = ", ".join(_ROMAN[quarter] for quarter in quarters if 0 < quarter < 5)
    return f"{_word('quarter', lang)} {names}" if names else _word("no_quarter", lang)


def _when(side: TaskSide) -> str:
    return " ".join(side.timing.text.split()) if side.timing else ""


def _called(side: PlanSide, lang: str) -> str:
    named = " ".join(filter(None, (side.kind or _word("document", lang), side.number)))
    parts = (named, side.issuer, day_of(side.date), str(side.year or ""), side.path)
    return " – ".join(filter(None, parts))


def day_of(day: PartialDate | None) -> str:
    """
    A date as Vietnamese write it, with … for what is blank; nothing of none.

    >>> day_of(PartialDate(year=2024, month=1)), day_of(None)
    ('…/01/2024', '')
    """
    if day is None:
        return ""
    parts = [f"{part:02}" if part else "…" for part in (day.day, day.month, day.year)]
    return "/".join(parts)


def _word(name: str, lang: str) -> str:
    return WORDS[name][lang]
