"""
What became of a plan in the next one: its tasks, who leads them and when they are due, its bases.

Years are no difference: a deadline of 15 March of the one year and of the next is the same.
"""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from tdkt_parse.compare.matching import Pair, folded, organs, pair_tasks
from tdkt_parse.models import Citation, DocNumber, Evidence, Model, PartialDate, Plan, Task, Timing
from tdkt_parse.register import Instrument, Register
from tdkt_parse.register.keys import number_key, organ_key, title_key, words_key

Changed = Literal["wording", "quarters", "lead", "support", "deadline"]
"""What of a task is another: its words, its quarters, who leads, who helps, when it is due."""
BasisChange = Literal["kept", "replaced", "renewed", "added", "dropped"]
"""
``replaced``: an instrument in place of one that it replaces by the register; ``renewed``: a
document of the same organ with the same title but for the year.
"""
STEPS = 5
"""How many replacements in a row are followed: 91/2017 by 98/2023, that by the next."""


class PlanSide(Model):
    """Which plan is compared."""

    path: Annotated[str, Field(title="Tệp")]
    kind: Annotated[str | None, Field(title="Loại văn bản")] = None
    number: Annotated[str | None, Field(title="Số, ký hiệu")] = None
    date: Annotated[PartialDate | None, Field(title="Ngày ban hành")] = None
    issuer: Annotated[str | None, Field(title="Cơ quan ban hành")] = None
    title: Annotated[str | None, Field(title="Trích yếu")] = None
    year: Annotated[int | None, Field(title="Năm kế hoạch")] = None
    tasks: Annotated[int, Field(title="Số nhiệm vụ")] = 0


class TaskSide(Model):
    """A task on one side; ``index`` counts the tasks of its plan from 0."""

    index: Annotated[int, Field(title="Thứ tự trong kế hoạch")]
    content: Annotated[str, Field(title="Nội dung")]
    quarters: list[int] = Field(default_factory=list, title="Quý")
    lead: list[str] = Field(default_factory=list, title="Chủ trì")
    support: list[str] = Field(default_factory=list, title="Phối hợp")
    timing: Annotated[Timing | None, Field(title="Thời gian")] = None
    evidence: Annotated[Evidence, Field(title="Nơi đọc được")]


class TaskChange(Model):
    """
    A task that is in both plans, or in one; ``likeness`` of their words from 0 to 100.

    ``changes`` is empty where nothing but years changed.
    """

    old: Annotated[TaskSide | None, Field(title="Trong kế hoạch trước")] = None
    new: Annotated[TaskSide | None, Field(title="Trong kế hoạch sau")] = None
    likeness: Annotated[float | None, Field(title="Độ giống")] = None
    changes: list[Changed] = Field(default_factory=list, title="Thay đổi")


class BasisSide(Model):
    """A document that a basis cites; ``instrument`` is the row of the register."""

    name: Annotated[str, Field(title="Tên gọi")]
    number: Annotated[str | None, Field(title="Số, ký hiệu")] = None
    instrument: Annotated[str | None, Field(title="Văn bản xác định được")] = None
    evidence: Annotated[Evidence, Field(title="Nơi đọc được")]


class BasisPair(Model):
    """A basis of one plan and what stands in its place in the other."""

    change: Annotated[BasisChange, Field(title="Thay đổi")]
    old: Annotated[BasisSide | None, Field(title="Trong kế hoạch trước")] = None
    new: Annotated[BasisSide | None, Field(title="Trong kế hoạch sau")] = None
    replaced_by: list[str] = Field(default_factory=list, title="Văn bản thay thế theo sổ văn bản")


class Comparison(Model):
    """Two plans, task by task and basis by basis; ``notes`` say what could not be compared."""

    old: Annotated[PlanSide, Field(title="Kế hoạch trước")]
    new: Annotated[PlanSide, Field(title="Kế hoạch sau")]
    tasks: list[TaskChange] = Field(default_factory=list, title="Nhiệm vụ")
    bases: list[BasisPair] = Field(default_factory=list, title="Căn cứ")
    notes: list[Literal["other_issuer", "too_many_tasks"]] = Field(
        default_factory=list, title="Ghi chú"
    )

    @property
    def differs(self) -> bool:
        """Whether anything but years is another."""
        return any(one.old is None or one.new is None or one.changes for one in self.tasks) or any(
            one.change != "kept" for one in self.bases
        )


def compare_plans(
    old: Plan, new: Plan, register: Register, *, paths: tuple[str, str] | None = None
) -> Comparison:
    """
    Two plans, the earlier first.

    ``paths`` are what their files are called, else by the names in ``source``. Citations should be
    resolved; one that is not is compared by its number, or else by its title.
    """
    first, second = paths or (old.source.name or "-", new.source.name or "-")
    pairs = pair_tasks(old.tasks, new.tasks)
    notes: list[Literal["other_issuer", "too_many_tasks"]] = []
    if old.issuer and new.issuer and organ_key(old.issuer.name) != organ_key(new.issuer.name):
        notes.append("other_issuer")
    if pairs is None:
        notes.append("too_many_tasks")
    return Comparison(
        old=_side_of(first, old),
        new=_side_of(second, new),
        tasks=[] if pairs is None else _task_changes(old, new, pairs),
        bases=_basis_changes(_cited(old), _cited(new), register),
        notes=notes,
    )


def _side_of(path: str, plan: Plan) -> PlanSide:
    day = plan.date
    return PlanSide(
        path=path,
        kind=plan.kind,
        number=written_number(plan.number),
        date=PartialDate(year=day.year, month=day.month, day=day.day) if day else None,
        issuer=plan.issuer and plan.issuer.name,
        title=plan.title and plan.title.text,
        year=_year_of(plan),
        tasks=len(plan.tasks),
    )


def _year_of(plan: Plan) -> int | None:
    return plan.years[0] if plan.years else plan.date.year if plan.date else None


def written_number(number: DocNumber | None) -> str | None:
    """A number as it is canonically written, ``…`` for a serial that is blank."""
    if number is None:
        return None
    return number.canonical or (f"…/{number.symbol}" if number.symbol else None)


# -- tasks


def _task_changes(old: Plan, new: Plan, pairs: Sequence[Pair]) -> list[TaskChange]:
    """Those of the second plan in its order, then those of the first that are no more."""
    partner = {pair.new: pair for pair in pairs}
    first, second = _year_of(old), _year_of(new)
    later = second - first if first is not None and second is not None else None
    found = []
    for at, task in enumerate(new.tasks):
        pair = partner.get(at)
        if pair is None:
            found.append(TaskChange(new=_task_side(at, task)))
            continue
        before = old.tasks[pair.old]
        found.append(
            TaskChange(
                old=_task_side(pair.old, before),
                new=_task_side(at, task),
                likeness=round(pair.likeness, 1),
                changes=changes_between(before, task, later),
            )
        )
    matched = {pair.old for pair in pairs}
    found += [
        TaskChange(old=_task_side(at, task))
        for at, task in enumerate(old.tasks)
        if at not in matched
    ]
    return found


def _task_side(index: int, task: Task) -> TaskSide:
    return TaskSide(
        index=index,
        content=task.content,
        quarters=task.quarters,
        lead=task.lead,
        support=task.support,
        timing=task.timing,
        evidence=task.evidence,
    )


def changes_between(old: Task, new: Task, later: int | None) -> list[Changed]:
    """What of a task is another, so many years ``later``, which may not be known."""
    found: list[Changed] = []
    if folded(old.content) != folded(new.content):
        found.append("wording")
    if set(old.quarters) != set(new.quarters):
        found.append("quarters")
    if organs(old.lead) != organs(new.lead):
        found.append("lead")
    if organs(old.support) != organs(new.support):
        found.append("support")
    if _deadline(old.timing, later) != _deadline(new.timing, None if later is None else 0):
        found.append("deadline")
    return found


def _deadline(timing: Timing | None, later: int | None) -> tuple[str | None, ...]:
    """
    When a task is due, moved by so many years; where that is not known, without the year.

    >>> old, new = (Timing(text="", end=end) for end in ("2023-02-28", "2024-02-29"))
    >>> _deadline(old, 1) == _deadline(new, 0)
    True
    """
    if timing is None:
        return ()
    ends = tuple(_moved(day, later) if day else None for day in (timing.start, timing.end))
    if ends == (None, None) and timing.recurrence is None:
        return (folded(timing.text),)  # ``theo quy định``
    return (*ends, timing.recurrence)


def _moved(day: str, later: int | None) -> str:
    year, _, rest = day.partition("-")
    if rest == "02-29":
        rest = "02-28"  # The end of a month is its end in every year.
    if later is None or not year.isdecimal():
        return rest
    return f"{int(year) + later}-{rest}"


# -- bases


def _cited(plan: Plan) -> list[Citation]:
    """The documents on which a plan rests, each once."""
    rests = dict.fromkeys(at for basis in plan.legal_bases for at in basis.citations)
    cited = [plan.citations[at] for at in rests if at < len(plan.citations)]
    by_key: dict[tuple[str, ...], Citation] = {}
    for one in cited:
        if not one.nested:
            by_key.setdefault(_key(one), one)
    return list(by_key.values())


def _key(cited: Citation) -> tuple[str, ...]:
    """What two citations of one document have in common."""
    if cited.resolved and cited.resolved.id:
        return ("id", number_key(cited.resolved.id))
    day = _iso(cited.date)
    if cited.number and cited.number.canonical:
        # A number without a year is given again each year, and by each organ.
        return ("number", number_key(cited.number.canonical), day)
    return ("title", words_key(cited.kind), title_key(cited.title or ""), day)


def _iso(day: PartialDate | None) -> str:
    return "-".join(str(part or "") for part in (day.year, day.month, day.day)) if day else ""


def _basis_changes(
    old: Sequence[Citation], new: Sequence[Citation], register: Register
) -> list[BasisPair]:
    """Those of the second plan in its order, then those of the first that are no more."""
    left = {_key(one): one for one in old}
    found: dict[tuple[str, ...], BasisPair] = {}
    later = {_key(one): one for one in new}
    for key, one in later.items():
        if key in left:
            found[key] = BasisPair(change="kept", old=_basis(left.pop(key)), new=_basis(one))
    for key, one in later.items():
        if key in found:
            continue
        before = _replaced_in(one, left, register)
        change: BasisChange = "replaced"
        if before is None:
            before, change = _renewed_in(one, left), "renewed"
        if before is None:
            found[key] = BasisPair(change="added", new=_basis(one))
            continue
        cited = left.pop(before)
        found[key] = BasisPair(
            change=change,
            old=_basis(cited),
            new=_basis(one),
            replaced_by=_replacements(cited, register),
        )
    dropped = [
        BasisPair(change="dropped", old=_basis(one), replaced_by=_replacements(one, register))
        for one in left.values()
    ]
    return [*(found[key] for key in later), *dropped]


def _replaced_in(
    cited: Citation, left: dict[tuple[str, ...], Citation], register: Register
) -> tuple[str, ...] | None:
    mine = cited.resolved and cited.resolved.id
    if not mine:
        return None
    wanted = number_key(mine)
    for key, one in left.items():
        if wanted in {number_key(number) for number in _replacements(one, register)}:
            return key
    return None


def _replacements(cited: Citation, register: Register) -> list[str]:
    """The numbers of what came in the place of an instrument, step by step."""
    waiting = [cited.resolved.id] if cited.resolved and cited.resolved.id else []
    found: dict[str, None] = {}
    for _ in range(STEPS):
        following: list[str] = []
        for number in waiting:
            instrument: Instrument | None = register.get(number)
            following += instrument.replaced_by if instrument else ()
        waiting = [number for number in following if number not in found]
        found.update(dict.fromkeys(waiting))
    return list(found)


def _renewed_in(cited: Citation, left: dict[tuple[str, ...], Citation]) -> tuple[str, ...] | None:
    """A document of the same kind, organ and title but for the year; of two, none."""
    title = folded(cited.title or "")
    if not title or (cited.resolved and cited.resolved.id):
        return None
    same = [
        key
        for key, one in left.items()
        if one.kind == cited.kind
        and folded(one.title or "") == title
        and organ_key(one.issuer or "") == organ_key(cited.issuer or "")
    ]
    return same[0] if len(same) == 1 else None


def _basis(cited: Citation) -> BasisSide:
    number = written_number(cited.number)
    known = cited.resolved and cited.resolved.id
    title = " ".join((cited.title or "").split())
    said = cited.kind + (f" {number}" if number else f" {title}" if title else "")
    return BasisSide(
        name=said,
        number=number or known,
        instrument=known,
        evidence=cited.evidence,
    )
