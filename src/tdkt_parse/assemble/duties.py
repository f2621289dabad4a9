"""
What is to be done and by whom: tasks by quarter, and the items of tổ chức thực hiện.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

import regex

from tdkt_parse.actors import actors_of, split_units
from tdkt_parse.assemble.aims import runs_on
from tdkt_parse.assemble.ledger import TIMEOUT, Ledger
from tdkt_parse.assemble.sections import role_of, walk
from tdkt_parse.layout import Table
from tdkt_parse.models import Implementation, Task, Timing
from tdkt_parse.passage import Passage
from tdkt_parse.periods import (
    find_deadlines,
    find_quarters,
    in_school_year,
    is_of_whole_year,
    parse_timing,
)
from tdkt_parse.segment import Node, Paragraph, Tree
from tdkt_parse.tasks import (
    Details,
    Read,
    captioned,
    details_of,
    find_table_tasks,
    is_dated,
    month_of_heading,
    prose_task,
    with_details,
)
from tdkt_parse.wording import duty_headings, is_actor


def tasks_of_school_year(tasks: Sequence[Task], years: tuple[int, int]) -> list[Task]:
    """The tasks of a school's plan, their months in the year each belongs to."""
    return [
        task.model_copy(update={"timing": in_school_year(task.timing, years)})
        if task.timing
        else task
        for task in tasks
    ]


def duties_of_school_year(
    items: Sequence[Implementation], years: tuple[int, int]
) -> list[Implementation]:
    """The items of tổ chức thực hiện of a school's plan, likewise."""
    return [
        item.model_copy(update={"deadlines": [in_school_year(d, years) for d in item.deadlines]})
        for item in items
    ]


_OF_SOMEBODY = ("other", "implementation")
"""Roles of headings that may name who is to act: ``Sở Nội vụ``, ``Trách nhiệm của Sở Nội vụ``."""


def build_implementation(ledger: Ledger, tree: Tree, year: int | None) -> list[Implementation]:
    """The items of tổ chức thực hiện, with who acts and by when."""
    found = [
        _item(ledger, passage, actors_of(passage.text), year)
        for role, passage in runs_on(tree)
        if role == "implementation"
    ]
    for node, path in walk(tree.sections):
        if role_of(node, path) != "implementation" or node.role == "budget":
            continue
        heading = node.heading.text if node.heading else ""
        under = _actor_heading(heading) if path and node.role in _OF_SOMEBODY else []
        if under and not node.items and not node.children and node.heading:
            found.append(_item(ledger, node.heading, actors_of(heading) or under, year))
        elif (
            path and not node.items and not node.children and node.heading and node.role == "other"
        ):
            found.append(_item(ledger, node.heading, actors_of(heading), year))
        found += _items(ledger, node.paragraphs, under, year)
    return sorted(found, key=lambda item: item.evidence.spans[0])


def _actor_heading(heading: str) -> list[str]:
    """Who is told to act under a heading: ``Giao Sở Nội vụ``, ``Phòng Nội vụ có trách nhiệm``."""
    told = heading.strip(" :.;/")
    lead_in = duty_headings().match(told, timeout=TIMEOUT)
    name = told[lead_in.end() :] if lead_in else told
    return actors_of(f"{name}:") or (split_units([name]) if is_actor(name) else [])


def _items(
    ledger: Ledger, paragraphs: Sequence[Paragraph], under: list[str], year: int | None
) -> Iterator[Implementation]:
    outer = under
    for number, item in enumerate(paragraphs):
        text = item.passage.text
        after = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        if _is_caption(item, after):
            under = [text.strip(" :.")]
            ledger.use(item.whole)
            continue
        if _POINTS_ON.fullmatch(text, timeout=TIMEOUT):
            ledger.use(item.whole)
            continue
        # Whom a heading's unit directs is not who has this to do: ``Chỉ đạo các trường …``.
        actors = [] if under and text.startswith(_DIRECTS) else actors_of(text)
        if actors == [text.strip(" :.")] and after and _is_under(item, after):
            under = actors
            ledger.use(item.whole)
            continue
        if item.label and item.label.style not in ("bullet", "plus"):
            under = actors or outer
        elif text.endswith(":") and actors:
            under = actors
        yield _item(ledger, item.passage, actors or under, year)


_DIRECTS = ("Chỉ đạo ", "chỉ đạo ")


_POINTS_ON = regex.compile(
    r"\((?:có|chi tiết|nội dung|danh sách|danh mục|phân công|theo|xem|phụ lục|biểu)\b"
    r"[^()]{0,200}(?:kèm theo|đính kèm|phụ lục|gửi kèm)[^()]{0,40}\)[.;/]*",
    regex.IGNORECASE,
)
"""What says no more than where more is told: ``(Chi tiết tại Phụ lục kèm theo)``."""


def _is_under(item: Paragraph, after: Paragraph) -> bool:
    """Whether a bullet stands under a numbered paragraph: ``6.1. Các phòng: Kế hoạch, Vật tư``."""
    bullets = ("bullet", "plus")
    above, below = item.label, after.label
    if not above or not below or below.style not in bullets:
        return False
    if above.style not in bullets:
        return True
    return item.passage.text.endswith(":") and above.text != below.text  # ``* Cấp xã:`` / ``- …``


def _is_caption(item: Paragraph, after: Paragraph | None) -> bool:
    """A unit's name alone on its line, over what it has to do."""
    text = item.passage.text
    if after is None or item.label or len(text) > 160 or text.endswith((".", ";", ",")):
        return False
    return is_actor(text) and not actors_of(text)


def _item(ledger: Ledger, passage: Passage, actors: list[str], year: int | None) -> Implementation:
    return Implementation(
        actors=actors,
        text=passage.text,
        deadlines=[timing for _, _, timing in find_deadlines(passage.text, year)],
        evidence=ledger.evidence(passage, rule="implementation"),
    )


def build_tasks(
    ledger: Ledger,
    tree: Tree,
    year: int | None,
    *,
    where: str | None = None,
) -> list[Task]:
    """The tasks of a body or an attachment, from tables and prose."""
    found: list[Task] = []
    for item in tree.loose:
        if isinstance(item, Table):
            found += _table_tasks(ledger, item, year, (), where or "other")
    for node, path in walk(tree.sections):
        role = where or role_of(node, path)
        quarters = next(
            (_quarters_of(n) for n in (node, *reversed(path)) if n.role == "quarter"), []
        )
        month = next(
            (
                m
                for n in (node, *reversed(path))
                if n.heading and (m := month_of_heading(n.heading.text, year))
            ),
            None,
        )
        beside = path[-1].children if path else tree.sections
        if month is None and not quarters and _is_beside_quarters(node, beside):
            month = parse_timing(node.heading.text, year) if node.heading else None
        for table in node.tables:
            for one in _table_tasks(ledger, table, year, quarters, role):
                found.append(one if one.timing else one.model_copy(update={"timing": month}))
        if not quarters and month is None:
            dated = list(_captioned_tasks(ledger, node, year, role))
            if not dated and role_of(node, path) in _TASKS:
                dated = [_task(ledger, one, role) for one in _detailed_tasks(node, year)]
            found += dated
            continue
        read = _prose_tasks(node, year, quarters, month, inner=bool(path))
        found += [_task(ledger, one, role) for one in read]
    told = [task for task in found if task.evidence.rule == "quarter_prose"]
    if len(told) == len(found):
        # The paragraphs of a section stand before and between the sections within it.
        found.sort(key=lambda task: task.evidence.spans[0])
    return found


def _is_beside_quarters(node: Node, beside: Sequence[Node]) -> bool:
    """``Cả năm`` among the headings of quarters: what is to be done in none of them alone."""
    heading = node.heading.text if node.heading else ""
    return is_of_whole_year(heading) and any(one.role == "quarter" for one in beside)


def _prose_tasks(
    node: Node, year: int | None, quarters: Sequence[int], month: Timing | None, *, inner: bool
) -> list[Read]:
    """The tasks that a section under a quarter or month tells: its paragraphs, or its heading."""

    def task(said: Node | Paragraph, passage: Passage) -> Read:
        ordinal = _ordinal(said)
        return prose_task(passage, ordinal=ordinal, quarters=quarters, year=year, timing=month)

    found: list[Read] = []
    said: Paragraph | None = None
    told = [details_of(paragraph.passage, year) for paragraph in node.paragraphs]
    bare = not node.children and not node.tables
    if node.heading and bare and inner and node.role == "other" and all(told):
        found.append(task(node, node.heading))
    group = 0
    for number, (paragraph, details) in enumerate(zip(node.paragraphs, told, strict=True)):
        if details and len(found) > group:
            if _is_deeper(paragraph, said):
                group = len(found) - 1
            elif details.lead:
                own = [n for n in range(group, len(found) - 1) if found[n].lead]
                group = own[-1] + 1 if own else group
            found[group:] = [with_details(one, details, month) for one in found[group:]]
            continue
        if number and told[number - 1]:
            group = len(found)
        last = number + 1 == len(node.paragraphs)
        if paragraph.passage.text.endswith(":") and not (last and bare):
            continue
        found.append(task(paragraph, paragraph.passage))
        said = paragraph
    return found


def _is_deeper(paragraph: Paragraph, above: Paragraph | None) -> bool:
    """Whether a paragraph stands under one numbered above it: ``1.2. …`` / ``- Chủ trì: …``."""
    if above is None or above.label is None or paragraph.label is None:
        return False
    return paragraph.label.rank > above.label.rank


def _detailed_tasks(node: Node, year: int | None) -> list[Read]:
    """
    The tasks that a section without a quarter tells with who leads and when: its heading over
    nothing but such details, or a paragraph before them.
    """

    def task(said: Node | Paragraph, passage: Passage, details: Sequence[Details]) -> Read | None:
        told = [bool(one.lead or one.support) for one in details]
        timed = any(one.timing for one in details)
        if not any(one.lead for one in details) or (len(told) < 2 and not timed):
            return None
        read = prose_task(passage, ordinal=_ordinal(said), quarters=(), year=year)
        for one in details:
            read = with_details(read, one)
        return read

    told = [details_of(paragraph.passage, year) for paragraph in node.paragraphs]
    if node.heading and told and not node.children and not node.tables and all(told):
        alone = task(node, node.heading, [one for one in told if one])
        return [alone] if alone else []
    found: list[Read] = []
    for number, paragraph in enumerate(node.paragraphs):
        if told[number] or paragraph.passage.text.endswith(":"):
            continue
        below = list(takewhile(bool, told[number + 1 :]))
        one = task(paragraph, paragraph.passage, [each for each in below if each])
        if one:
            found.append(one)
    return found


def _captioned_tasks(ledger: Ledger, node: Node, year: int | None, where: str) -> Iterator[Task]:
    """The tasks of paragraphs that each open with their own quarter or month."""
    passages = [(p.passage, _ordinal(p)) for p in node.paragraphs]
    if node.heading and not node.items and not node.children:
        passages.append((node.heading, _ordinal(node)))
    above: Timing | None = None
    dated = where in _DATED and sum(is_dated(passage) for passage, _ in passages) > 1
    for passage, ordinal in passages:
        if passage.text.endswith(":"):
            above = month_of_heading(passage.text.rstrip(" :"), year)
            continue
        told = captioned(passage, year, dated=dated) or ((passage, (), above) if above else None)
        if told:
            rest, quarters, month = told
            read = prose_task(rest, ordinal=ordinal, quarters=quarters, year=year, timing=month)
            spans = tuple(passage.spans(0, len(passage.text)))
            yield _task(ledger, replace(read, spans=spans), where)


_TASKS = ("content", "solutions")
"""Roles of sections that say what is to be done."""

_DATED = ("content", "solutions", "other")
"""Roles of sections whose paragraphs may each open with their days."""


def _ordinal(node: Node | Paragraph) -> str | None:
    return (
        node.label.text
        if node.label and node.label.style in ("arabic", "multi2", "multi3", "lower")
        else None
    )


def _quarters_of(node: Node) -> list[int]:
    """Those that a heading names, before what it goes on to say."""
    heading = node.heading.text if node.heading else ""
    named = find_quarters(heading.partition(":")[0], heading=True)
    return named or find_quarters(heading, heading=True)


def _table_tasks(
    ledger: Ledger, table: Table, year: int | None, quarters: Sequence[int], where: str
) -> Iterator[Task]:
    header = ledger.header(table)
    if header is None:
        return
    for read in find_table_tasks(ledger.grid(table), header, year=year, quarters=quarters):
        if read.content:
            yield _task(ledger, read, where)


def _task(ledger: Ledger, read: Read, where: str) -> Task:
    return Task(
        quarters=list(read.quarters),
        ordinal=read.ordinal,
        content=read.content,
        lead=list(read.lead),
        support=list(read.support),
        timing=read.timing,
        where=where,
        evidence=ledger.of(read.spans, rule=read.rule),
    )
