"""
The tables that plans make: plans, tasks, citations, findings; their columns and rows.

The names of the columns are stable, for programs; beside each stand what people read, in Vietnamese
and English, and how wide it is on a sheet. A cell is a text, a number, a truth, a list, or nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Annotated, Literal, NamedTuple, get_args

from pydantic import Field

from tdkt_parse.audit.sheets import Placed, iso_of
from tdkt_parse.models import DocNumber, Evidence, Model, Plan

What = Literal["plans", "tasks", "citations", "findings"]
"""A table, by what its rows are."""
WHATS: tuple[What, ...] = get_args(What)

Kind = Literal["text", "long", "day", "int", "flag", "texts", "ints"]
"""
What the cells of a column are: a word or two, running text, a day in ISO 8601 (shorter where it is
blank in part), a number, yes or no, a list of texts, a list of numbers.
"""

Cell = str | int | bool | list[str] | list[int] | None


class Filed(Model):
    """
    A Plan, the path of the file it is of, and what its audit found.

    ``findings`` is ``None`` where it was not audited.
    """

    path: Annotated[str, Field(title="Tệp")]
    plan: Annotated[Plan, Field(title="Kế hoạch")]
    findings: Annotated[list[Placed] | None, Field(title="Phát hiện")] = None


class Column(NamedTuple):
    """A column: its name for programs and for people, the kind of its cells, its width."""

    name: str
    vi: str
    en: str
    kind: Kind = "text"
    width: int = 16
    """Characters."""

    def label(self, lang: str) -> str:
        return self.vi if lang == "vi" else self.en


class Table(NamedTuple):
    """A table: its names, its columns, and the rows that one plan gives it."""

    what: What
    vi: str
    en: str
    columns: tuple[Column, ...]
    rows: Callable[[Filed], Iterator[tuple[Cell, ...]]]

    def label(self, lang: str) -> str:
        return self.vi if lang == "vi" else self.en


_PLAN = (
    Column("file", "Tệp", "File", width=22),
    Column("plan_number", "Số, ký hiệu", "Number", width=18),
    Column("issuer", "Cơ quan ban hành", "Issuer", width=22),
    Column("plan_date", "Ngày ban hành", "Date", "day", 13),
    Column("plan_year", "Năm kế hoạch", "Planned year", "int", 10),
)
"""Whose row it is, before what the row says."""


def _plan_cells(filed: Filed) -> tuple[Cell, ...]:
    plan = filed.plan
    issued = iso_of(plan.date)
    year = plan.years[0] if plan.years else plan.date.year if plan.date else None
    return (
        filed.path,
        number_of(plan.number),
        plan.issuer.name if plan.issuer else None,
        issued,
        year,
    )


def _plans(filed: Filed) -> Iterator[tuple[Cell, ...]]:
    plan, signed = filed.plan, filed.plan.signature
    yield (
        *_plan_cells(filed)[:4],
        list(plan.years),
        plan.kind,
        plan.title.text if plan.title else None,
        plan.issuer.parent if plan.issuer else None,
        plan.place.text if plan.place else None,
        signed.signer if signed else None,
        signed.role if signed else None,
        [one.text for one in plan.legal_bases],
        [one.text for one in plan.recipients],
        len(plan.tasks),
        len(plan.citations),
        None if filed.findings is None else len(filed.findings),
        len(plan.diagnostics),
        plan.source.pages,
        plan.source.sha256,
    )


def _tasks(filed: Filed) -> Iterator[tuple[Cell, ...]]:
    head = _plan_cells(filed)
    for index, task in enumerate(filed.plan.tasks, 1):
        when = task.timing
        yield (
            *head,
            index,
            list(task.quarters),
            task.ordinal,
            task.content,
            list(task.lead),
            list(task.support),
            when.text if when else None,
            when.start if when else None,
            when.end if when else None,
            when.recurrence if when else None,
            task.where,
            page_of(task.evidence),
        )


def _citations(filed: Filed) -> Iterator[tuple[Cell, ...]]:
    head = _plan_cells(filed)
    bases = {at for basis in filed.plan.legal_bases for at in basis.citations}
    for index, cited in enumerate(filed.plan.citations):
        known = cited.resolved
        yield (
            *head,
            index + 1,
            index in bases,
            cited.where,
            cited.nested,
            cited.kind,
            number_of(cited.number),
            iso_of(cited.date),
            cited.title,
            cited.issuer,
            cited.pinpoint,
            known.id if known else None,
            known.method if known else None,
            known.reason if known else None,
            list(known.candidates) if known else [],
            " ".join(cited.evidence.text.split()),
            page_of(cited.evidence),
        )


def _findings(filed: Filed) -> Iterator[tuple[Cell, ...]]:
    head = _plan_cells(filed)
    for one in filed.findings or ():
        yield (
            *head,
            one.rule,
            one.name,
            one.level,
            one.certainty,
            one.message,
            one.message_en,
            one.locator,
            one.instrument,
            one.verdict,
            " ".join(one.evidence.text.split()) if one.evidence else None,
            one.page,
            one.line,
        )


TABLES: dict[What, Table] = {
    table.what: table
    for table in (
        Table(
            "plans",
            "Kế hoạch",
            "Plans",
            (
                *_PLAN[:4],
                Column("years", "Năm kế hoạch", "Planned years", "ints", 12),
                Column("kind", "Loại văn bản", "Kind", width=12),
                Column("title", "Trích yếu", "Title", "long", 46),
                Column("parent", "Cơ quan chủ quản", "Parent body", width=24),
                Column("place", "Địa danh", "Place", width=16),
                Column("signer", "Người ký", "Signed by", width=20),
                Column("signer_role", "Chức vụ", "Office", width=16),
                Column("legal_bases", "Căn cứ", "Legal bases", "texts", 60),
                Column("recipients", "Nơi nhận", "Recipients", "texts", 34),
                Column("tasks", "Số nhiệm vụ", "Tasks", "int", 9),
                Column("citations", "Số viện dẫn", "Citations", "int", 9),
                Column("findings", "Số phát hiện", "Findings", "int", 9),
                Column("diagnostics", "Số ghi nhận khi đọc", "Notes of reading", "int", 10),
                Column("pages", "Số trang", "Pages", "int", 8),
                Column("sha256", "SHA-256 của tệp", "SHA-256 of the file", width=20),
            ),
            _plans,
        ),
        Table(
            "tasks",
            "Nhiệm vụ",
            "Tasks",
            (
                *_PLAN,
                Column("task", "Thứ tự đọc", "In order", "int", 7),
                Column("quarters", "Quý", "Quarters", "ints", 8),
                Column("ordinal", "TT", "No.", width=6),
                Column("content", "Nội dung", "Content", "long", 60),
                Column("lead", "Chủ trì", "Lead", "texts", 26),
                Column("support", "Phối hợp", "Support", "texts", 26),
                Column("timing", "Thời gian", "When", width=20),
                Column("start", "Từ ngày", "From", "day", 12),
                Column("end", "Đến ngày", "To", "day", 12),
                Column("recurrence", "Lặp lại", "Recurrence", width=11),
                Column("where", "Phần của văn bản", "Part", width=12),
                Column("page", "Trang", "Page", "int", 7),
            ),
            _tasks,
        ),
        Table(
            "citations",
            "Viện dẫn",
            "Citations",
            (
                *_PLAN,
                Column("citation", "Thứ tự đọc", "In order", "int", 7),
                Column("basis", "Là căn cứ", "Is a basis", "flag", 8),
                Column("where", "Phần có viện dẫn", "Part", width=13),
                Column("nested", "Trong trích yếu khác", "Nested", "flag", 10),
                Column("kind", "Loại văn bản", "Kind", width=13),
                Column("number", "Số, ký hiệu viện dẫn", "Cited number", width=20),
                Column("date", "Ngày của văn bản", "Cited date", "day", 13),
                Column("title", "Trích yếu của văn bản", "Cited title", "long", 46),
                Column("cited_issuer", "Cơ quan của văn bản", "Cited issuer", width=22),
                Column("pinpoint", "Điều, khoản, điểm", "Pinpoint", width=18),
                Column("instrument", "Văn bản xác định được", "Instrument", width=20),
                Column("method", "Cách xác định", "Method", width=12),
                Column("reason", "Lý do chưa xác định", "Reason", width=14),
                Column("candidates", "Các khả năng", "Candidates", "texts", 20),
                Column("text", "Nguyên văn", "As written", "long", 50),
                Column("page", "Trang", "Page", "int", 7),
            ),
            _citations,
        ),
        Table(
            "findings",
            "Phát hiện",
            "Findings",
            (
                *_PLAN,
                Column("rule", "Quy tắc", "Rule", width=8),
                Column("name", "Tên quy tắc", "Name", width=20),
                Column("level", "Mức độ", "Level", width=10),
                Column("certainty", "Mức chắc chắn", "Certainty", width=11),
                Column("message", "Nội dung", "Message (Vietnamese)", "long", 60),
                Column("message_en", "Nội dung (tiếng Anh)", "Message", "long", 40),
                Column("locator", "Căn cứ của quy tắc", "Rests on", width=30),
                Column("instrument", "Văn bản", "Instrument", width=18),
                Column("verdict", "Hiệu lực", "Standing", width=13),
                Column("words", "Nguyên văn", "As written", "long", 46),
                Column("page", "Trang", "Page", "int", 7),
                Column("line", "Dòng", "Line", "int", 7),
            ),
            _findings,
        ),
    )
}

_SAID = {
    "vi": {
        "weekly": "hàng tuần", "monthly": "hàng tháng", "quarterly": "hàng quý",
        "yearly": "hàng năm", "continuous": "thường xuyên",
        "error": "lỗi", "warning": "cảnh báo", "info": "lưu ý",
        "certain": "chắc chắn", "possible": "có thể",
        "in_force": "còn hiệu lực", "expired": "hết hiệu lực",
        "said_expired": "được ghi là hết hiệu lực", "not_yet": "chưa có hiệu lực",
        "unknown": "không rõ",
        "legal_bases": "căn cứ", "content": "nội dung", "implementation": "tổ chức thực hiện",
        "purpose": "mục đích", "requirements": "yêu cầu", "quarter": "quý",
        "purpose_requirements": "mục đích, yêu cầu", "solutions": "giải pháp",
        "budget": "kinh phí", "appendix": "phụ lục", "footnote": "chú thích",
        "closing": "phần kết", "other": "khác",
        "not_in_register": "không có trong sổ văn bản", "several": "nhiều văn bản phù hợp",
        "number_is_shared": "nhiều nơi dùng chung số này", "no_number": "không ghi số",
        "title_without_date": "có tên mà không ghi ngày",
        "no_antecedent": "không rõ văn bản đã nêu",
    }
}  # fmt: skip
"""Words that stand for themselves in JSON, as people say them."""
_CODED = frozenset({"recurrence", "level", "certainty", "verdict", "where", "reason"})
YES_NO = {"vi": ("có", "không"), "en": ("yes", "no")}


def told(cell: Cell, column: Column, lang: str) -> Cell:
    """
    A cell for people: words in place of codes, a list as one text.

    >>> column = Column("recurrence", "Lặp lại", "Recurrence")
    >>> told("monthly", column, "vi"), told([1, 2], column, "vi"), told(True, column, "en")
    ('hàng tháng', '1; 2', 'yes')
    """
    if isinstance(cell, bool):
        return YES_NO[lang][not cell]
    if isinstance(cell, list):
        return joined(cell)
    if isinstance(cell, str) and column.name in _CODED:
        return _SAID.get(lang, {}).get(cell, cell)
    return cell


def day_said(iso: str) -> str:
    """
    A day of ISO 8601 as Vietnamese write it.

    >>> day_said("2024-03-15"), day_said("2024-03"), day_said("về sau")
    ('15/03/2024', '03/2024', 'về sau')
    """
    try:
        return date.fromisoformat(iso).strftime("%d/%m/%Y")
    except ValueError:
        parts = iso.split("-")
        return "/".join(reversed(parts)) if all(part.isdecimal() for part in parts) else iso


def joined(cell: Sequence[str] | Sequence[int]) -> str | None:
    """The items of a list as one text; none of an empty one."""
    return "; ".join(map(str, cell)) or None


def number_of(number: DocNumber | None) -> str | None:
    """
    A number as it is canonically written; with its serial blank, ``…/KH-UBND``.

    >>> number_of(DocNumber(symbol="KH-UBND"))
    '…/KH-UBND'
    """
    if number is None:
        return None
    return number.canonical or (f"…/{number.symbol}" if number.symbol else None)


def page_of(evidence: Evidence) -> int | None:
    """The page on which a value begins, where the format has pages."""
    return evidence.boxes[0].page if evidence.boxes else None
