"""
The first tables: documents, their plans and what is read off them, corrections; views.
"""

import sqlalchemy as sa
from alembic import op

from tdkt_parse.store.tables import Json

revision = "0001"
down_revision = None

VIEWS = {
    "v_tasks_by_quarter": (
        "Công việc theo năm, quý: nội dung, chủ trì, phối hợp, thời hạn",
        """
SELECT y.year, q.quarter, p.issuer, p.number, t.label, t.content, t.lead, t.support, t.timing,
       t.starts, t.ends, t.sha256, t.position
FROM tasks t
JOIN plans p ON p.sha256 = t.sha256
LEFT JOIN plan_years y ON y.sha256 = t.sha256
LEFT JOIN task_quarters q ON q.sha256 = t.sha256 AND q.task = t.position
""",
    ),
    "v_cited_instruments": (
        "Văn bản được viện dẫn: số lần, số kế hoạch viện dẫn, trong căn cứ, hiệu lực",
        """
SELECT i.id, i.number, i.kind, i.title, i.issuer, i.issued, i.effective, i.expired, i.replaced_by,
       COUNT(*) AS citations, COUNT(DISTINCT c.sha256) AS plans,
       COUNT(DISTINCT CASE WHEN c."where" = 'legal_bases' THEN c.sha256 END) AS plans_resting_on_it
FROM instruments i
JOIN citations c ON c.instrument = i.id
GROUP BY i.id, i.number, i.kind, i.title, i.issuer, i.issued, i.effective, i.expired, i.replaced_by
""",
    ),
    "v_expired_bases": (
        "Căn cứ đã hết hiệu lực vào ngày ký kế hoạch (chỉ kế hoạch có đủ ngày ký)",
        """
SELECT p.issuer, p.number, p.signed, b.text AS basis, i.number AS instrument, i.title, i.expired,
       i.replaced_by, i.expiry_checked, p.sha256, b.position
FROM legal_bases b
JOIN plans p ON p.sha256 = b.sha256
JOIN legal_basis_citations l ON l.sha256 = b.sha256 AND l.basis = b.position
JOIN citations c ON c.sha256 = l.sha256 AND c.position = l.citation
JOIN instruments i ON i.id = c.instrument
WHERE NOT c.nested AND i.expired <= p.signed
""",
    ),
}


def upgrade() -> None:
    """From nothing to the first tables."""
    op.create_table(
        "agencies",
        sa.Column(
            "key", sa.Text(), nullable=False, comment="Khóa so sánh tên, không phân biệt hoa thường"
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Tên cơ quan, đơn vị"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_agencies")),
        comment="Cơ quan, đơn vị được nêu tên",
    )
    op.create_table(
        "instruments",
        sa.Column("id", sa.Text(), nullable=False, comment="Mã văn bản trong sổ văn bản"),
        sa.Column("number", sa.Text(), nullable=True, comment="Số, ký hiệu"),
        sa.Column("kind", sa.Text(), nullable=True, comment="Loại văn bản"),
        sa.Column("title", sa.Text(), nullable=True, comment="Trích yếu"),
        sa.Column("issuer", sa.Text(), nullable=True, comment="Cơ quan ban hành"),
        sa.Column("issued", sa.Date(), nullable=True, comment="Ngày ban hành"),
        sa.Column("effective", sa.Date(), nullable=True, comment="Ngày có hiệu lực"),
        sa.Column(
            "expired",
            sa.Date(),
            nullable=True,
            comment="Ngày hết hiệu lực (ngày đầu tiên không còn hiệu lực)",
        ),
        sa.Column(
            "expiry_checked",
            sa.Boolean(),
            nullable=False,
            comment="Ngày hết hiệu lực đã được đối chiếu với nguồn",
        ),
        sa.Column("replaced_by", sa.Text(), nullable=True, comment="Văn bản thay thế"),
        sa.Column("urn", sa.Text(), nullable=True, comment="URN:LEX (RFC 9676)"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instruments")),
        comment="Văn bản được viện dẫn đã xác định được trong sổ văn bản",
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Text(), nullable=False, comment="Mã lượt nhập"),
        sa.Column("started_at", sa.Text(), nullable=False, comment="Bắt đầu (giờ UTC, ISO 8601)"),
        sa.Column(
            "finished_at",
            sa.Text(),
            nullable=True,
            comment="Kết thúc; trống nếu bị dừng giữa chừng",
        ),
        sa.Column("parser_version", sa.Text(), nullable=False, comment="Phiên bản chương trình"),
        sa.Column("added", sa.Integer(), nullable=True, comment="Số văn bản mới"),
        sa.Column("changed", sa.Integer(), nullable=True, comment="Số văn bản đọc lại có thay đổi"),
        sa.Column("unchanged", sa.Integer(), nullable=True, comment="Số văn bản không đổi"),
        sa.Column("failed", sa.Integer(), nullable=True, comment="Số tệp không đọc được"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        comment="Các lượt nhập có thay đổi cơ sở dữ liệu",
    )
    op.create_table(
        "documents",
        sa.Column("sha256", sa.Text(), nullable=False, comment="SHA-256 nội dung tệp"),
        sa.Column("media_type", sa.Text(), nullable=False, comment="Kiểu tệp"),
        sa.Column("pages", sa.Integer(), nullable=True, comment="Số trang"),
        sa.Column("reader", sa.Text(), nullable=False, comment="Trình đọc"),
        sa.Column("ocr_engine", sa.Text(), nullable=True, comment="Chương trình nhận dạng chữ"),
        sa.Column(
            "ocr_confidence", sa.Float(), nullable=True, comment="Độ tin cậy nhận dạng chữ, 0 đến 1"
        ),
        sa.Column(
            "added_at", sa.Text(), nullable=False, comment="Nhập lần đầu (giờ UTC, ISO 8601)"
        ),
        sa.Column("run", sa.Text(), nullable=True, comment="Lượt nhập gần nhất"),
        sa.ForeignKeyConstraint(
            ["run"], ["runs.id"], name=op.f("fk_documents_run"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_documents")),
        comment="Văn bản đã nhập, mỗi nội dung một dòng",
    )
    op.create_table(
        "corrections",
        sa.Column("id", sa.Text(), nullable=False, comment="Mã sửa đổi"),
        sa.Column("sha256", sa.Text(), nullable=False, comment="Văn bản (SHA-256 nội dung tệp)"),
        sa.Column(
            "pointer",
            sa.Text(),
            nullable=False,
            comment="Chỗ sửa trong JSON (JSON Pointer, RFC 6901)",
        ),
        sa.Column("before", sa.Text(), nullable=False, comment="Giá trị máy đã đọc (JSON)"),
        sa.Column("after", sa.Text(), nullable=False, comment="Giá trị đúng (JSON)"),
        sa.Column("author", sa.Text(), nullable=True, comment="Người sửa"),
        sa.Column("note", sa.Text(), nullable=True, comment="Ghi chú"),
        sa.Column("made_at", sa.Text(), nullable=False, comment="Lúc sửa (giờ UTC, ISO 8601)"),
        sa.ForeignKeyConstraint(
            ["sha256"], ["documents.sha256"], name=op.f("fk_corrections_sha256"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        comment="Sửa đổi của con người; giữ nguyên khi đọc lại",
    )
    op.create_index(op.f("ix_corrections_sha256"), "corrections", ["sha256"], unique=False)
    op.create_table(
        "files",
        sa.Column("sha256", sa.Text(), nullable=False, comment="Văn bản (SHA-256 nội dung tệp)"),
        sa.Column("path", sa.Text(), nullable=False, comment="Đường dẫn tệp"),
        sa.ForeignKeyConstraint(
            ["sha256"], ["documents.sha256"], name=op.f("fk_files_sha256"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sha256", "path", name=op.f("pk_files")),
        comment="Nơi đã gặp văn bản; cùng nội dung có thể ở nhiều nơi",
    )
    op.create_table(
        "plans",
        sa.Column("sha256", sa.Text(), nullable=False, comment="Văn bản (SHA-256 nội dung tệp)"),
        sa.Column("schema_version", sa.Text(), nullable=False, comment="Phiên bản lược đồ JSON"),
        sa.Column(
            "parser_version", sa.Text(), nullable=False, comment="Phiên bản chương trình đã đọc"
        ),
        sa.Column(
            "fingerprint",
            sa.Text(),
            nullable=False,
            comment="SHA-256 của kết quả đọc, để biết có thay đổi",
        ),
        sa.Column("kind", sa.Text(), nullable=True, comment="Loại văn bản"),
        sa.Column("number", sa.Text(), nullable=True, comment="Số, ký hiệu chuẩn hóa"),
        sa.Column("symbol", sa.Text(), nullable=True, comment="Ký hiệu"),
        sa.Column("issuer", sa.Text(), nullable=True, comment="Cơ quan ban hành, như in"),
        sa.Column("parent", sa.Text(), nullable=True, comment="Cơ quan chủ quản, như in"),
        sa.Column("agency", sa.Text(), nullable=True, comment="Cơ quan ban hành"),
        sa.Column(
            "level", sa.Text(), nullable=True, comment="Cấp: central, province, district, commune"
        ),
        sa.Column("place", sa.Text(), nullable=True, comment="Địa danh"),
        sa.Column(
            "date",
            sa.Text(),
            nullable=True,
            comment="Ngày ban hành (ISO 8601, ngắn hơn nếu để trống ngày, tháng)",
        ),
        sa.Column(
            "signed", sa.Date(), nullable=True, comment="Ngày ban hành nếu đủ ngày, tháng, năm"
        ),
        sa.Column("title", sa.Text(), nullable=True, comment="Trích yếu"),
        sa.Column("secrecy", sa.Text(), nullable=True, comment="Độ mật"),
        sa.Column("urgency", sa.Text(), nullable=True, comment="Độ khẩn"),
        sa.Column("signer", sa.Text(), nullable=True, comment="Người ký"),
        sa.Column("signer_role", sa.Text(), nullable=True, comment="Chức vụ người ký"),
        sa.Column("json", Json(), nullable=False, comment="Toàn bộ kết quả đọc (JSON)"),
        sa.Column(
            "exact",
            sa.Text(),
            nullable=True,
            comment="JSON nguyên văn khi cột json không chứa được",
        ),
        sa.ForeignKeyConstraint(["agency"], ["agencies.key"], name=op.f("fk_plans_agency")),
        sa.ForeignKeyConstraint(
            ["sha256"], ["documents.sha256"], name=op.f("fk_plans_sha256"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_plans")),
        comment="Kế hoạch và văn bản hành chính đã đọc",
    )
    op.create_index(op.f("ix_plans_agency"), "plans", ["agency"], unique=False)
    op.create_index(op.f("ix_plans_number"), "plans", ["number"], unique=False)
    op.create_index(op.f("ix_plans_signed"), "plans", ["signed"], unique=False)
    op.create_table(
        "citations",
        sa.Column("sha256", sa.Text(), nullable=False, comment="Văn bản (SHA-256 nội dung tệp)"),
        sa.Column(
            "position",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="Thứ tự trong văn bản, từ 0",
        ),
        sa.Column("kind", sa.Text(), nullable=False, comment="Loại văn bản"),
        sa.Column("number", sa.Text(), nullable=True, comment="Số, ký hiệu chuẩn hóa"),
        sa.Column("number_key", sa.Text(), nullable=True, comment="Khóa so sánh số, ký hiệu"),
        sa.Column(
            "date", sa.Text(), nullable=True, comment="Ngày ban hành như viện dẫn (ISO 8601)"
        ),
        sa.Column("title", sa.Text(), nullable=True, comment="Trích yếu"),
        sa.Column("issuer", sa.Text(), nullable=True, comment="Cơ quan ban hành"),
        sa.Column("pinpoint", sa.Text(), nullable=True, comment="Điều, khoản, điểm"),
        sa.Column("where", sa.Text(), nullable=False, comment="Phần có viện dẫn"),
        sa.Column("nested", sa.Boolean(), nullable=False, comment="Nằm trong trích yếu khác"),
        sa.Column("relation", sa.Text(), nullable=True, comment="Quan hệ với viện dẫn khác"),
        sa.Column("relation_to", sa.Integer(), nullable=True, comment="Viện dẫn liên quan"),
        sa.Column("alias", sa.Text(), nullable=True, comment="Gọi tắt"),
        sa.Column(
            "instrument",
            sa.Text(),
            nullable=True,
            comment="Văn bản xác định được; trống nếu chưa chắc chắn",
        ),
        sa.Column("method", sa.Text(), nullable=True, comment="Cách xác định"),
        sa.Column("reason", sa.Text(), nullable=True, comment="Lý do chưa xác định"),
        sa.Column("text", sa.Text(), nullable=False, comment="Nguyên văn"),
        sa.ForeignKeyConstraint(
            ["instrument"], ["instruments.id"], name=op.f("fk_citations_instrument")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["plans.sha256"], name=op.f("fk_citations_sha256"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sha256", "position", name=op.f("pk_citations")),
        comment="Văn bản được viện dẫn",
    )
    op.create_index(op.f("ix_citations_instrument"), "citations", ["instrument"], unique=False)
    op.create_index(op.f("ix_citations_number_key"), "citations", ["number_key"], unique=False)
    op.create_table(
        "findings",
        sa.Column("sha256", sa.Text(), nullable=False, comment="Văn bản (SHA-256 nội dung tệp)"),
        sa.Column(
            "position",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="Thứ tự trong văn bản, từ 0",
        ),
        sa.Column("rule", sa.Text(), nullable=False, comment="Quy tắc"),
        sa.Column("name", sa.Text(), nullable=False, comment="Tên quy tắc"),
        sa.Column("level", sa.Text(), nullable=False, comment="Mức độ: error, warning, info"),
        sa.Column(
            "certainty", sa.Text(), nullable=False, comment="Mức chắc chắn: certain, possible"
        ),
        sa.Column("message", sa.Text(), nullable=False, comment="Nội dung"),
        sa.Column("message_en", sa.Text(), nullable=False, comment="Nội dung (tiếng Anh)"),
        sa.Column("locator", sa.Text(), nullable=False, comment="Căn cứ của quy tắc"),
        sa.Column("citation", sa.Integer(), nullable=True, comment="Viện dẫn"),
        sa.Column("instrument", sa.Text(), nullable=True, comment="Văn bản liên quan"),
        sa.Column("verdict", sa.Text(), nullable=True, comment="Hiệu lực"),
        sa.Column("text", sa.Text(), nullable=True, comment="Chỗ liên quan, nguyên văn"),
        sa.ForeignKeyConstraint(
            ["sha256"], ["plans.sha256"], name=op.f("fk_findings_sha256"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sha256", "position", name=op.f("pk_findings")),
        comment="Phát hiện khi kiểm tra",
    )
    op.create_index(op.f("ix_findings_rule"), "findings", ["rule"], unique=False)
    op.create_table(
        "implementation_items",
        sa.Column("sha256", sa.Text(), nullable=False, comment="Văn bản (SHA-256 nội dung tệp)"),
        sa.Column(
            "position",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="Thứ tự trong văn bản, từ 0",
        ),
        sa.Column("actors", sa.Text(), nullable=False, comment="Đơn vị"),
        sa.Column("text", sa.Text(), nullable=False, comment="Nguyên văn"),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["plans.sha256"],
            name=op.f("fk_implementation_items_sha256"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sha256", "position", name=op.f("pk_implementation_items")),
        comment="Tổ chức thực hiện",
    )
    op.create_table(
        "legal_bases",
        sa.Column("sha256", sa.Text(), nullable=False, comment="Văn bản (SHA-256 nội dung tệp)"),
        sa.Column(
            "position",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="Thứ tự trong văn bản, từ 0",
        ),
        sa.Column("verb", sa.Text(), nullable=True, comment="Từ mở đầu"),
        sa.Column("text", sa.Text(), nullable=False, comment="Nguyên văn"),
        sa.ForeignKeyConstraint(
            ["sha256"], ["plans.sha256"], name=op.f("fk_legal_bases_sha256"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sha256", "position", name=op.f("pk_legal_bases")),
        comment="Căn cứ ban hành",
    )
    op.create_table(
        "plan_years",
        sa.Column("sha256", sa.Text(), nullable=False, comment="Văn bản (SHA-256 nội dung tệp)"),
        sa.Column(
            "year", sa.Integer(), autoincrement=False, nullable=False, comment="Năm kế hoạch"
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["plans.sha256"], name=op.f("fk_plan_years_sha256"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sha256", "year", name=op.f("pk_plan_years")),
        comment="Năm kế hoạch của văn bản",
    )
    op.create_index(op.f("ix_plan_years_year"), "plan_years", ["year"], unique=False)
    op.create_table(
        "recipients",
        sa.Column("sha256", sa.Text(), nullable=False, comment="Văn bản (SHA-256 nội dung tệp)"),
        sa.Column(
            "position",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="Thứ tự trong văn bản, từ 0",
        ),
        sa.Column("text", sa.Text(), nullable=False, comment="Nơi nhận"),
        sa.ForeignKeyConstraint(
            ["sha256"], ["plans.sha256"], name=op.f("fk_recipients_sha256"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sha256", "position", name=op.f("pk_recipients")),
        comment="Nơi nhận",
    )
    op.create_table(
        "sections",
        sa.Column("sha256", sa.Text(), nullable=False, comment="Văn bản (SHA-256 nội dung tệp)"),
        sa.Column(
            "position",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="Thứ tự trong văn bản, từ 0, kể cả phụ lục",
        ),
        sa.Column("parent", sa.Integer(), nullable=True, comment="Mục chứa mục này"),
        sa.Column("depth", sa.Integer(), nullable=False, comment="Độ sâu, từ 0"),
        sa.Column("appendix", sa.Text(), nullable=True, comment="Phụ lục chứa mục này"),
        sa.Column("label", sa.Text(), nullable=True, comment="Số mục"),
        sa.Column("heading", sa.Text(), nullable=True, comment="Tiêu đề"),
        sa.Column("role", sa.Text(), nullable=False, comment="Vai trò"),
        sa.Column("text", sa.Text(), nullable=False, comment="Các đoạn của mục, mỗi đoạn một dòng"),
        sa.ForeignKeyConstraint(
            ["sha256"], ["plans.sha256"], name=op.f("fk_sections_sha256"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sha256", "position", name=op.f("pk_sections")),
        comment="Các mục của văn bản và phụ lục",
    )
    op.create_table(
        "tasks",
        sa.Column("sha256", sa.Text(), nullable=False, comment="Văn bản (SHA-256 nội dung tệp)"),
        sa.Column(
            "position",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="Thứ tự trong văn bản, từ 0",
        ),
        sa.Column("label", sa.Text(), nullable=True, comment="Số thứ tự, như in"),
        sa.Column("content", sa.Text(), nullable=False, comment="Nội dung"),
        sa.Column("lead", sa.Text(), nullable=False, comment="Chủ trì"),
        sa.Column("support", sa.Text(), nullable=False, comment="Phối hợp"),
        sa.Column("timing", sa.Text(), nullable=True, comment="Thời gian, nguyên văn"),
        sa.Column("starts", sa.Date(), nullable=True, comment="Từ ngày"),
        sa.Column("ends", sa.Date(), nullable=True, comment="Đến ngày, thời hạn"),
        sa.Column(
            "recurrence",
            sa.Text(),
            nullable=True,
            comment="Lặp lại: weekly, monthly, quarterly, yearly, continuous",
        ),
        sa.Column("where", sa.Text(), nullable=False, comment="Phần của văn bản"),
        sa.ForeignKeyConstraint(
            ["sha256"], ["plans.sha256"], name=op.f("fk_tasks_sha256"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sha256", "position", name=op.f("pk_tasks")),
        comment="Nội dung công việc",
    )
    op.create_index(op.f("ix_tasks_ends"), "tasks", ["ends"], unique=False)
    op.create_table(
        "implementation_deadlines",
        sa.Column("sha256", sa.Text(), nullable=False, comment="Văn bản (SHA-256 nội dung tệp)"),
        sa.Column(
            "item",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="Mục tổ chức thực hiện",
        ),
        sa.Column(
            "position", sa.Integer(), autoincrement=False, nullable=False, comment="Thứ tự, từ 0"
        ),
        sa.Column("timing", sa.Text(), nullable=True, comment="Thời gian, nguyên văn"),
        sa.Column("starts", sa.Date(), nullable=True, comment="Từ ngày"),
        sa.Column("ends", sa.Date(), nullable=True, comment="Đến ngày, thời hạn"),
        sa.Column(
            "recurrence",
            sa.Text(),
            nullable=True,
            comment="Lặp lại: weekly, monthly, quarterly, yearly, continuous",
        ),
        sa.ForeignKeyConstraint(
            ["sha256", "item"],
            ["implementation_items.sha256", "implementation_items.position"],
            name=op.f("fk_implementation_deadlines_sha256_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "sha256", "item", "position", name=op.f("pk_implementation_deadlines")
        ),
        comment="Thời hạn trong tổ chức thực hiện",
    )
    op.create_index(
        op.f("ix_implementation_deadlines_ends"), "implementation_deadlines", ["ends"], unique=False
    )
    op.create_table(
        "implementation_units",
        sa.Column("sha256", sa.Text(), nullable=False, comment="Văn bản (SHA-256 nội dung tệp)"),
        sa.Column(
            "item",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="Mục tổ chức thực hiện",
        ),
        sa.Column(
            "position", sa.Integer(), autoincrement=False, nullable=False, comment="Thứ tự, từ 0"
        ),
        sa.Column("agency", sa.Text(), nullable=True, comment="Cơ quan, đơn vị"),
        sa.Column("name", sa.Text(), nullable=False, comment="Tên như in"),
        sa.ForeignKeyConstraint(
            ["agency"], ["agencies.key"], name=op.f("fk_implementation_units_agency")
        ),
        sa.ForeignKeyConstraint(
            ["sha256", "item"],
            ["implementation_items.sha256", "implementation_items.position"],
            name=op.f("fk_implementation_units_sha256_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sha256", "item", "position", name=op.f("pk_implementation_units")),
        comment="Đơn vị được giao trong tổ chức thực hiện",
    )
    op.create_index(
        op.f("ix_implementation_units_agency"), "implementation_units", ["agency"], unique=False
    )
    op.create_table(
        "legal_basis_citations",
        sa.Column("sha256", sa.Text(), nullable=False, comment="Văn bản (SHA-256 nội dung tệp)"),
        sa.Column("basis", sa.Integer(), autoincrement=False, nullable=False, comment="Căn cứ"),
        sa.Column(
            "citation", sa.Integer(), autoincrement=False, nullable=False, comment="Viện dẫn"
        ),
        sa.ForeignKeyConstraint(
            ["sha256", "basis"],
            ["legal_bases.sha256", "legal_bases.position"],
            name=op.f("fk_legal_basis_citations_sha256_basis"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sha256", "citation"],
            ["citations.sha256", "citations.position"],
            name=op.f("fk_legal_basis_citations_sha256_citation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "sha256", "basis", "citation", name=op.f("pk_legal_basis_citations")
        ),
        comment="Viện dẫn trong từng căn cứ",
    )
    op.create_index(
        op.f("ix_legal_basis_citations_sha256_citation"),
        "legal_basis_citations",
        ["sha256", "citation"],
        unique=False,
    )
    op.create_table(
        "task_quarters",
        sa.Column("sha256", sa.Text(), nullable=False, comment="Văn bản (SHA-256 nội dung tệp)"),
        sa.Column("task", sa.Integer(), autoincrement=False, nullable=False, comment="Công việc"),
        sa.Column(
            "quarter", sa.Integer(), autoincrement=False, nullable=False, comment="Quý, 1 đến 4"
        ),
        sa.ForeignKeyConstraint(
            ["sha256", "task"],
            ["tasks.sha256", "tasks.position"],
            name=op.f("fk_task_quarters_sha256_task"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sha256", "task", "quarter", name=op.f("pk_task_quarters")),
        comment="Quý thực hiện công việc",
    )
    op.create_table(
        "task_units",
        sa.Column("sha256", sa.Text(), nullable=False, comment="Văn bản (SHA-256 nội dung tệp)"),
        sa.Column("task", sa.Integer(), autoincrement=False, nullable=False, comment="Công việc"),
        sa.Column("role", sa.Text(), nullable=False, comment="lead: chủ trì; support: phối hợp"),
        sa.Column(
            "position", sa.Integer(), autoincrement=False, nullable=False, comment="Thứ tự, từ 0"
        ),
        sa.Column("agency", sa.Text(), nullable=True, comment="Cơ quan, đơn vị"),
        sa.Column("name", sa.Text(), nullable=False, comment="Tên như in"),
        sa.ForeignKeyConstraint(["agency"], ["agencies.key"], name=op.f("fk_task_units_agency")),
        sa.ForeignKeyConstraint(
            ["sha256", "task"],
            ["tasks.sha256", "tasks.position"],
            name=op.f("fk_task_units_sha256_task"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sha256", "task", "role", "position", name=op.f("pk_task_units")),
        comment="Đơn vị chủ trì, phối hợp",
    )
    op.create_index(op.f("ix_task_units_agency"), "task_units", ["agency"], unique=False)

    postgres = op.get_bind().dialect.name == "postgresql"
    for name, (comment, query) in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query.strip()}")
        if postgres:
            op.execute(f"COMMENT ON VIEW {name} IS '{comment}'")
