"""
What ``parse`` returns: a Plan and the values in it.

Frozen pydantic models, strict about unknown names, whose JSON is the contract with other
programs (``tdkt schema`` prints its JSON Schema). Absent is ``None`` or an empty list, never ``""``
or ``0``. Titles of the fields are Vietnamese, for those who read the schema.

Terms: preface, preamble, body, conclusions and attachments are those of Akoma Ntoso (OASIS
LegalDocML); the parts of a Vietnamese document are those of Nghị định 30/2020/NĐ-CP, Điều 8.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, with_config

Span = tuple[int, int]
"""Half-open range of code points in ``Document.text``."""

Role = Literal[
    "purpose_requirements",
    "purpose",
    "requirements",
    "content",
    "quarter",
    "solutions",
    "budget",
    "implementation",
    "other",
]
Recurrence = Literal["weekly", "monthly", "quarterly", "yearly", "continuous"]
Level = Literal["info", "warning", "error"]


class Model(BaseModel):
    """Common behaviour of all values: immutable, closed, built on first use."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


@with_config(extra="forbid")
@dataclass(frozen=True, slots=True)
class Box:
    """
    A rectangle on a page: page from 1, PDF points from the top left of the page as shown.

    A dataclass, not a model: a document of 500 pages has 30,000, and each takes a third so.
    """

    page: Annotated[int, Field(title="Trang")]
    x0: Annotated[float, Field(title="Mép trái")]
    y0: Annotated[float, Field(title="Mép trên")]
    x1: Annotated[float, Field(title="Mép phải")]
    y1: Annotated[float, Field(title="Mép dưới")]


class CellPlace(Model):
    """Where in a Word file: the paragraph's path (``"t2.r3.c1.p1"``) and the characters in it."""

    path: Annotated[str, Field(title="Đường dẫn đoạn")]
    start: Annotated[int, Field(title="Từ ký tự")]
    end: Annotated[int, Field(title="Đến ký tự")]


class Evidence(Model):
    """
    Where a value was read.

    ``"\\n".join(document.text[s:e] for s, e in spans) == text`` holds for every value of every
    document. ``boxes`` is empty where the format has no pages. ``confidence`` is the OCR engine's,
    0 to 1, and ``None`` where nothing was measured. ``rule`` names what read the value.
    """

    spans: Annotated[list[Span], Field(title="Vị trí (điểm mã Unicode)")]
    text: Annotated[str, Field(title="Nguyên văn")]
    boxes: list[Box] = Field(default_factory=list, title="Khung trên trang")
    cell: Annotated[CellPlace | None, Field(title="Vị trí trong tệp Word")] = None
    confidence: Annotated[float | None, Field(title="Độ tin cậy OCR")] = None
    rule: Annotated[str | None, Field(title="Quy tắc đã đọc")] = None


class PartialDate(Model):
    """A date of which any part may be blank: ``ngày   tháng 01 năm 2024`` is (2024, 1, None)."""

    year: Annotated[int | None, Field(title="Năm")] = None
    month: Annotated[int | None, Field(title="Tháng", ge=1, le=12)] = None
    day: Annotated[int | None, Field(title="Ngày", ge=1, le=31)] = None


class DocNumber(Model):
    """
    Số, ký hiệu văn bản: ``98/2023/NĐ-CP`` is serial 98, year 2023, type NĐ, issuers CP.

    ``canonical`` is the number written as its decree prescribes (NĐ 30/2020, Phụ lục I.II.3; HD
    36-HD/VPTW for the Party), ``None`` while the serial is blank or damaged.
    """

    serial: Annotated[str | None, Field(title="Số")] = None
    year: Annotated[int | None, Field(title="Năm trong số hiệu")] = None
    doc_type: Annotated[str | None, Field(title="Chữ viết tắt tên loại")] = None
    issuers: list[str] = Field(default_factory=list, title="Chữ viết tắt cơ quan")
    symbol: Annotated[str | None, Field(title="Ký hiệu")] = None
    canonical: Annotated[str | None, Field(title="Số, ký hiệu chuẩn hóa")] = None


class Timing(Model):
    """When: ISO dates, both inclusive, or ``None``; ``text`` as printed."""

    text: Annotated[str, Field(title="Nguyên văn")]
    start: Annotated[str | None, Field(title="Từ ngày")] = None
    end: Annotated[str | None, Field(title="Đến ngày")] = None
    recurrence: Annotated[Recurrence | None, Field(title="Lặp lại")] = None


class Text(Model):
    """A piece of text and where it was read."""

    text: Annotated[str, Field(title="Nguyên văn")]
    evidence: Annotated[Evidence, Field(title="Nơi đọc được")]


class Mark(Text):
    """Fixed words of the form, which carry no value of their own: quốc hiệu, ``Nơi nhận:`` …"""

    role: Annotated[str, Field(title="Vai trò")]


class PlanNumber(DocNumber):
    """The document's own number."""

    evidence: Annotated[Evidence, Field(title="Nơi đọc được")]


class PlanDate(PartialDate):
    """The document's own date."""

    evidence: Annotated[Evidence, Field(title="Nơi đọc được")]


class Issuer(Model):
    """Who issued the document, and the body it belongs to, as printed."""

    name: Annotated[str, Field(title="Cơ quan ban hành")]
    parent: Annotated[str | None, Field(title="Cơ quan chủ quản")] = None
    evidence: Annotated[Evidence, Field(title="Nơi đọc được")]


class Relation(Model):
    """How a nested citation belongs to another: ``details``, ``amends`` …, of citation ``to``."""

    kind: Annotated[str, Field(title="Loại")]
    to: Annotated[int, Field(title="Viện dẫn liên quan")]


class Resolved(Model):
    """
    The instrument of the register that a citation means.

    ``id`` is its canonical number, ``None`` where it is not certain; ``method`` says how it was
    found, or ``reason`` why not; ``candidates`` are those it may be. ``urn`` names the instrument
    as RFC 9676 (URN:LEX) does.
    """

    id: Annotated[str | None, Field(title="Mã văn bản")] = None
    method: Annotated[str | None, Field(title="Cách xác định")] = None
    reason: Annotated[str | None, Field(title="Lý do chưa xác định")] = None
    candidates: list[str] = Field(default_factory=list, title="Các khả năng")
    urn: Annotated[str | None, Field(title="URN:LEX")] = None


class Citation(Model):
    """One mention of another document."""

    kind: Annotated[str, Field(title="Loại văn bản")]
    number: Annotated[DocNumber | None, Field(title="Số, ký hiệu")] = None
    date: Annotated[PartialDate | None, Field(title="Ngày ban hành")] = None
    title: Annotated[str | None, Field(title="Trích yếu")] = None
    issuer: Annotated[str | None, Field(title="Cơ quan ban hành")] = None
    pinpoint: Annotated[str | None, Field(title="Điều, khoản, điểm")] = None
    where: Annotated[str, Field(title="Phần có viện dẫn")] = "other"
    nested: Annotated[bool, Field(title="Nằm trong trích yếu khác")] = False
    relation: Annotated[Relation | None, Field(title="Quan hệ")] = None
    alias: Annotated[str | None, Field(title="Gọi tắt")] = None
    resolved: Annotated[Resolved | None, Field(title="Văn bản xác định được")] = None
    evidence: Annotated[Evidence, Field(title="Nơi đọc được")]


class LegalBasis(Model):
    """One căn cứ; ``citations`` are indexes into ``Plan.citations``."""

    verb: Annotated[str | None, Field(title="Từ mở đầu")] = None
    text: Annotated[str, Field(title="Nguyên văn")]
    citations: list[int] = Field(default_factory=list, title="Các viện dẫn")
    evidence: Annotated[Evidence, Field(title="Nơi đọc được")]


class Paragraph(Model):
    """One paragraph, bullet or numbered line of a section; ``label`` as printed (``1.``, ``-``)."""

    label: Annotated[str | None, Field(title="Số, ký hiệu mục")] = None
    text: Annotated[str, Field(title="Nguyên văn")]
    evidence: Annotated[Evidence, Field(title="Nơi đọc được")]


class TableRead(Model):
    """A table as read: rows of cells, merged cells repeated, rows of the header first."""

    header_rows: Annotated[int, Field(title="Số hàng tiêu đề")]
    rows: Annotated[list[list[str]], Field(title="Các hàng")]
    evidence: Annotated[Evidence, Field(title="Nơi đọc được")]


class Section(Model):
    """A numbered or named part of the body and what stands in it."""

    label: Annotated[str | None, Field(title="Số mục")] = None
    heading: Annotated[str | None, Field(title="Tiêu đề")] = None
    role: Annotated[Role, Field(title="Vai trò")] = "other"
    paragraphs: list[Paragraph] = Field(default_factory=list, title="Các đoạn")
    tables: list[TableRead] = Field(default_factory=list, title="Các bảng")
    children: "list[Section]" = Field(default_factory=list, title="Các mục con")
    evidence: Annotated[Evidence, Field(title="Nơi đọc được")]


class Task(Model):
    """One nội dung, việc: what, who, when."""

    quarters: list[int] = Field(default_factory=list, title="Quý")
    ordinal: Annotated[str | None, Field(title="Số thứ tự")] = None
    content: Annotated[str, Field(title="Nội dung")]
    lead: list[str] = Field(default_factory=list, title="Chủ trì")
    support: list[str] = Field(default_factory=list, title="Phối hợp")
    timing: Annotated[Timing | None, Field(title="Thời gian")] = None
    where: Annotated[str, Field(title="Phần của văn bản")] = "content"
    evidence: Annotated[Evidence, Field(title="Nơi đọc được")]


class Implementation(Model):
    """One item of tổ chức thực hiện."""

    actors: list[str] = Field(default_factory=list, title="Đơn vị")
    text: Annotated[str, Field(title="Nguyên văn")]
    deadlines: list[Timing] = Field(default_factory=list, title="Thời hạn")
    evidence: Annotated[Evidence, Field(title="Nơi đọc được")]


class Signer(Model):
    """One signature: TM./KT. …, on whose behalf, the office, the name, and other lines."""

    capacity: Annotated[str | None, Field(title="Quyền hạn ký")] = None
    on_behalf_of: Annotated[str | None, Field(title="Ký thay, thay mặt")] = None
    role: Annotated[str | None, Field(title="Chức vụ")] = None
    signer: Annotated[str | None, Field(title="Người ký")] = None
    also: list[str] = Field(default_factory=list, title="Dòng khác")
    evidence: Annotated[Evidence, Field(title="Nơi đọc được")]


class Signature(Signer):
    """The signature of the document; ``also_signed`` holds a second signer's."""

    also_signed: list[Signer] = Field(default_factory=list, title="Người cùng ký")


class AppendixOf(Model):
    """The number and date of the document that an appendix says it belongs to."""

    text: Annotated[str, Field(title="Nguyên văn")]
    number: Annotated[DocNumber | None, Field(title="Số, ký hiệu")] = None
    date: Annotated[PartialDate | None, Field(title="Ngày")] = None
    evidence: Annotated[Evidence, Field(title="Nơi đọc được")]


class Appendix(Model):
    """Phụ lục, or a document attached after the signature."""

    label: Annotated[str | None, Field(title="Số, ký hiệu mục")] = None
    title: Annotated[str | None, Field(title="Tên")] = None
    of: Annotated[AppendixOf | None, Field(title="Kèm theo văn bản")] = None
    sections: list[Section] = Field(default_factory=list, title="Các mục")
    tables: list[TableRead] = Field(default_factory=list, title="Các bảng")
    paragraphs: list[Paragraph] = Field(default_factory=list, title="Các đoạn")
    evidence: Annotated[Evidence, Field(title="Nơi đọc được")]


class Footnote(Model):
    """A footnote: its marker and its text."""

    marker: Annotated[str, Field(title="Dấu chú thích")]
    text: Annotated[str, Field(title="Nguyên văn")]
    evidence: Annotated[Evidence, Field(title="Nơi đọc được")]


class Diagnostic(Model):
    """What could not be read, was repaired, or is odd."""

    rule: Annotated[str, Field(title="Quy tắc")]
    level: Annotated[Level, Field(title="Mức độ")]
    message: Annotated[str, Field(title="Nội dung")]
    evidence: Annotated[Evidence | None, Field(title="Nơi đọc được")] = None


class DigitalSignature(Model):
    """A digital signature as a PDF shows it; validity is unknown unless checked."""

    signer: Annotated[str | None, Field(title="Người ký")] = None
    time: Annotated[str | None, Field(title="Thời điểm ký")] = None
    valid: Annotated[bool | None, Field(title="Hợp lệ")] = None


class Ocr(Model):
    """What the OCR engine said of itself."""

    engine: Annotated[str, Field(title="Chương trình OCR")]
    language: Annotated[str, Field(title="Ngôn ngữ")]
    confidence: Annotated[float | None, Field(title="Độ tin cậy OCR")] = None


class Source(Model):
    """The file that was read."""

    name: Annotated[str | None, Field(title="Tên tệp")] = None
    sha256: Annotated[str, Field(title="SHA-256")]
    media_type: Annotated[str, Field(title="Kiểu tệp")]
    pages: Annotated[int | None, Field(title="Số trang")] = None
    reader: Annotated[str, Field(title="Trình đọc")]
    ocr: Annotated[Ocr | None, Field(title="Nhận dạng chữ")] = None
    signatures: list[DigitalSignature] = Field(default_factory=list, title="Chữ ký số")


class Plan(Model):
    """A Vietnamese administrative document, above all a kế hoạch, as typed values."""

    schema_version: Annotated[Literal["1"], Field(title="Phiên bản lược đồ")] = "1"
    source: Annotated[Source, Field(title="Tệp nguồn")]
    kind: Annotated[str | None, Field(title="Loại văn bản")] = None
    number: Annotated[PlanNumber | None, Field(title="Số, ký hiệu")] = None
    issuer: Annotated[Issuer | None, Field(title="Cơ quan ban hành")] = None
    place: Annotated[Text | None, Field(title="Địa danh")] = None
    date: Annotated[PlanDate | None, Field(title="Ngày ban hành")] = None
    title: Annotated[Text | None, Field(title="Trích yếu")] = None
    years: list[int] = Field(default_factory=list, title="Năm kế hoạch")
    secrecy: Annotated[str | None, Field(title="Độ mật")] = None
    urgency: Annotated[str | None, Field(title="Độ khẩn")] = None
    addressees: list[Text] = Field(default_factory=list, title="Kính gửi")
    legal_bases: list[LegalBasis] = Field(default_factory=list, title="Căn cứ")
    citations: list[Citation] = Field(default_factory=list, title="Văn bản được viện dẫn")
    purpose: list[Text] = Field(default_factory=list, title="Mục đích")
    requirements: list[Text] = Field(default_factory=list, title="Yêu cầu")
    body: list[Text] = Field(default_factory=list, title="Đoạn ngoài các mục")
    sections: list[Section] = Field(default_factory=list, title="Các mục")
    tasks: list[Task] = Field(default_factory=list, title="Nội dung theo quý")
    implementation: list[Implementation] = Field(default_factory=list, title="Tổ chức thực hiện")
    budget: list[Text] = Field(default_factory=list, title="Kinh phí")
    recipients: list[Text] = Field(default_factory=list, title="Nơi nhận")
    signature: Annotated[Signature | None, Field(title="Chữ ký")] = None
    appendices: list[Appendix] = Field(default_factory=list, title="Phụ lục")
    footnotes: list[Footnote] = Field(default_factory=list, title="Chú thích")
    marks: list[Mark] = Field(default_factory=list, title="Thành phần cố định của mẫu")
    diagnostics: list[Diagnostic] = Field(default_factory=list, title="Ghi nhận khi đọc")

    def to_json(self, *, indent: int | None = None) -> str:
        """The contract's JSON; two equal Plans give equal bytes."""
        return self.model_dump_json(indent=indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Plan":
        """Read back what :meth:`to_json` wrote; ``pydantic.ValidationError`` if it is no Plan."""
        return cls.model_validate_json(text)

    def to_dict(self) -> dict[str, Any]:
        """Plain lists, dicts, strings and numbers."""
        return self.model_dump(mode="json")
