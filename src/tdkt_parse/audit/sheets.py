"""
A sheet (phiếu kiểm tra): one plan with its bases, whether they held, and what was found.

It is what is printed, in each format and in the report; small enough to be kept of thousands. The
places of findings are lines and columns of the reading text, where that was at hand.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection, Sequence
from typing import Annotated

from pydantic import Field

from tdkt_parse.audit.cases import Case, case_of
from tdkt_parse.audit.clusters import clusters_of, name_of, spelling_of
from tdkt_parse.audit.findings import Finding
from tdkt_parse.audit.selection import UNCHECKED
from tdkt_parse.models import Citation, DocNumber, Evidence, Model, PartialDate, Plan
from tdkt_parse.register import Instrument, Register, Verdict, verdicts_within


class Placed(Finding):
    """A finding with the page of its words, and where they begin and end in the reading text."""

    page: Annotated[int | None, Field(title="Trang")] = None
    line: Annotated[int | None, Field(title="Dòng")] = None
    column: Annotated[int | None, Field(title="Cột")] = None
    end_line: Annotated[int | None, Field(title="Đến dòng")] = None
    end_column: Annotated[int | None, Field(title="Đến cột")] = None


class Cited(Model):
    """
    A citation, the instrument it means, and whether that was in force when the plan was signed.

    ``text`` is as written, ``number`` canonical. ``instrument`` is the row of the register,
    ``reason`` why it is not known. ``verdicts`` has one for each answer that the days give on which
    the plan may have been signed; ``verdict`` is the one, or ``unknown``. ``cluster`` is the same
    for all citations of an instrument, ``name`` what it is called.
    """

    text: Annotated[str, Field(title="Nguyên văn")]
    kind: Annotated[str, Field(title="Loại văn bản")]
    number: Annotated[str | None, Field(title="Số, ký hiệu")] = None
    date: Annotated[PartialDate | None, Field(title="Ngày ban hành")] = None
    issuer: Annotated[str | None, Field(title="Cơ quan ban hành")] = None
    title: Annotated[str | None, Field(title="Trích yếu")] = None
    where: Annotated[str, Field(title="Phần có viện dẫn")]
    nested: Annotated[bool, Field(title="Nằm trong trích yếu khác")] = False
    instrument: Annotated[str | None, Field(title="Văn bản")] = None
    reason: Annotated[str | None, Field(title="Lý do chưa xác định")] = None
    verdict: Annotated[Verdict, Field(title="Hiệu lực")]
    verdicts: list[Verdict] = Field(default_factory=list, title="Hiệu lực theo ngày ký")
    effective: Annotated[dt.date | None, Field(title="Ngày có hiệu lực")] = None
    expired: Annotated[dt.date | None, Field(title="Ngày hết hiệu lực")] = None
    replaced_by: list[str] = Field(default_factory=list, title="Văn bản thay thế")
    cluster: Annotated[str, Field(title="Nhóm")]
    name: Annotated[str, Field(title="Tên gọi")]


class Rested(Model):
    """A basis as written; ``citations`` are indexes into those of the sheet."""

    text: Annotated[str, Field(title="Nguyên văn")]
    citations: list[int] = Field(default_factory=list, title="Các viện dẫn")


class Sheet(Model):
    """
    What the audit of one document gave.

    ``path`` is that of the file; ``citations`` are in the order of the Plan's. ``findings`` are
    those of the rules that were asked; ``unchecked`` says what could not be checked, asked or not.
    """

    path: Annotated[str, Field(title="Tệp")]
    kind: Annotated[str | None, Field(title="Loại văn bản")] = None
    number: Annotated[str | None, Field(title="Số, ký hiệu")] = None
    date: Annotated[PartialDate | None, Field(title="Ngày ban hành")] = None
    issuer: Annotated[str | None, Field(title="Cơ quan ban hành")] = None
    parent: Annotated[str | None, Field(title="Cơ quan chủ quản")] = None
    title: Annotated[str | None, Field(title="Trích yếu")] = None
    year: Annotated[int | None, Field(title="Năm kế hoạch")] = None
    bases: list[Rested] = Field(default_factory=list, title="Căn cứ")
    citations: list[Cited] = Field(default_factory=list, title="Văn bản được viện dẫn")
    findings: list[Placed] = Field(default_factory=list, title="Phát hiện")
    unchecked: list[Placed] = Field(default_factory=list, title="Chưa kiểm tra được")


def sheet_of(
    path: str,
    plan: Plan,
    register: Register,
    findings: Sequence[Finding],
    *,
    asked: Collection[str] | None = None,
    text: str | None = None,
) -> Sheet:
    """
    The sheet of a plan that was audited.

    ``asked``: the rules whose findings count, all of them where it is ``None``; ``text``: the
    reading text, where it is at hand.
    """
    case = case_of(plan, register)
    plan = case.plan
    starts = None if text is None else [0, *(k + 1 for k, c in enumerate(text) if c == "\n")]
    placed = [_placed(finding, starts) for finding in findings]
    day = plan.date
    return Sheet(
        path=path,
        kind=plan.kind,
        number=_number(plan.number),
        date=PartialDate(year=day.year, month=day.month, day=day.day) if day else None,
        issuer=plan.issuer and plan.issuer.name,
        parent=plan.issuer and plan.issuer.parent,
        title=plan.title and plan.title.text,
        year=plan.years[0] if plan.years else day and day.year,
        bases=[Rested(text=b.text, citations=b.citations) for b in plan.legal_bases],
        citations=[
            _cited(cited, instrument, cluster, case)
            for cited, instrument, cluster in zip(
                plan.citations,
                case.instruments,
                clusters_of(
                    plan.citations, case.instruments, plan.issuer.name if plan.issuer else None
                ),
                strict=True,
            )
        ],
        findings=[one for one in placed if asked is None or one.rule in asked],
        unchecked=[one for one in placed if one.rule == UNCHECKED],
    )


def place_for(plan: Plan, finding: Finding) -> Evidence | None:
    """
    Where a remark on a finding is put: at its words, else at the title, else where the plan begins.
    """
    places = (
        finding.evidence,
        plan.title and plan.title.evidence,
        plan.number and plan.number.evidence,
        plan.issuer and plan.issuer.evidence,
        *(mark.evidence for mark in plan.marks),
        *(text.evidence for text in plan.body),
        *(section.evidence for section in plan.sections),
    )
    return next((one for one in places if one and one.spans), None)


def _placed(finding: Finding, starts: list[int] | None) -> Placed:
    evidence = finding.evidence
    page = evidence.boxes[0].page if evidence and evidence.boxes else None
    values = {name: getattr(finding, name) for name in Finding.model_fields}
    if starts is None:
        return Placed(**values, page=page)
    if evidence is None or not evidence.spans:
        return Placed(**values, page=page, line=1, column=1)
    (line, column), (end_line, end_column) = (_point(starts, at) for at in evidence.spans[0])
    return Placed(
        **values, page=page, line=line, column=column, end_line=end_line, end_column=end_column
    )


def _point(starts: list[int], at: int) -> tuple[int, int]:
    line = bisect_right(starts, at)
    return line, at - starts[line - 1] + 1


def _cited(cited: Citation, instrument: Instrument | None, cluster: str, case: Case) -> Cited:
    verdicts: list[Verdict] = ["unknown"]
    if instrument is not None and case.signed is not None:
        verdicts = [*verdicts_within(instrument, *case.signed)]
    return Cited(
        text=spelling_of(cited.evidence.text),
        kind=cited.kind,
        number=_number(cited.number),
        date=cited.date,
        issuer=cited.issuer,
        title=cited.title,
        where=cited.where,
        nested=cited.nested,
        instrument=instrument and instrument.id,
        reason=None if instrument else cited.resolved and cited.resolved.reason,
        verdict=verdicts[0] if len(verdicts) == 1 else "unknown",
        verdicts=verdicts,
        effective=instrument and instrument.effective,
        expired=instrument and instrument.expired,
        replaced_by=[*instrument.replaced_by] if instrument else [],
        cluster=cluster,
        name=name_of(cited, instrument),
    )


def _number(number: DocNumber | None) -> str | None:
    if number is None:
        return None
    return number.canonical or (f"…/{number.symbol}" if number.symbol else None)


def iso_of(written: PartialDate | None) -> str | None:
    """
    A date as ISO 8601 writes it, shorter where the day or month is blank.

    >>> iso_of(PartialDate(year=2024, month=1)), iso_of(PartialDate(month=1))
    ('2024-01', None)
    """
    if written is None or written.year is None:
        return None
    parts = [f"{written.year:04}"]
    if written.month is not None:
        parts.append(f"{written.month:02}")
        if written.day is not None:
            parts.append(f"{written.day:02}")
    return "-".join(parts)
