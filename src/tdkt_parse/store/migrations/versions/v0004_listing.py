"""
What pages of lists are made of: a narrow row a plan, confirmations, corrections of whole items.

The rows of plans that were there before are made when all versions are done.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables, and the indexes by which plans are counted."""
    op.add_column(
        "corrections",
        sa.Column(
            "action",
            sa.Text(),
            nullable=False,
            server_default="set",
            comment="set: thay giá trị; add: thêm mục; remove: bỏ mục;"
            " move: chuyển mục tới vị trí mới",
        ),
    )
    op.create_table(
        "reviews",
        sa.Column("sha256", sa.Text(), nullable=False, comment="Văn bản (SHA-256 nội dung tệp)"),
        sa.Column(
            "fingerprint",
            sa.Text(),
            nullable=False,
            comment="Kết quả đọc đã được xác nhận (plans.fingerprint)",
        ),
        sa.Column("author", sa.Text(), comment="Người xác nhận"),
        sa.Column("made_at", sa.Text(), nullable=False, comment="Lúc xác nhận (giờ UTC, ISO 8601)"),
        sa.ForeignKeyConstraint(
            ["sha256"], ["documents.sha256"], name=op.f("fk_reviews_sha256"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_reviews")),
        comment="Xác nhận của con người: kết quả đọc đã được đối chiếu; giữ nguyên khi đọc lại",
    )
    op.create_table(
        "listing",
        sa.Column("sha256", sa.Text(), nullable=False, comment="Văn bản (SHA-256 nội dung tệp)"),
        sa.Column(
            "place",
            sa.BigInteger(),
            nullable=False,
            comment="Thứ tự theo ngày ban hành, số lớn hơn là văn bản mới hơn",
        ),
        sa.Column("signed", sa.Date(), comment="Ngày ban hành nếu đủ ngày, tháng, năm"),
        sa.Column("level", sa.Text(), comment="Cấp: central, province, district, commune"),
        _needed("years", "Các năm kế hoạch, ngăn bằng dấu phẩy"),
        _needed("quarters", "Các quý có công việc: tổng của 1, 2, 4, 8", sa.Integer()),
        _needed("status", "new, corrected, confirmed, stale"),
        _needed("worst", "Mức nặng nhất của các phát hiện: error, warning, info, none"),
        _needed("rules", "Các quy tắc có phát hiện, giữa hai dấu cách"),
        _needed("findings", "Số phát hiện", sa.Integer()),
        _needed("notes", "Số ghi nhận khi đọc", sa.Integer()),
        _needed("tasks", "Số công việc", sa.Integer()),
        _needed("issuer_key", "Cơ quan ban hành, không dấu"),
        _needed("title_key", "Trích yếu, không dấu, để xếp"),
        _needed("number_key", "Số, ký hiệu, để xếp"),
        sa.ForeignKeyConstraint(
            ["sha256"], ["plans.sha256"], name=op.f("fk_listing_sha256"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_listing")),
        comment="Danh sách: mỗi kế hoạch một dòng ngắn, để lọc, đếm và xếp",
    )
    op.create_index(op.f("ix_listing_place_sha256"), "listing", ["place", "sha256"])
    counted = ["level", "years", "status", "worst", "quarters"]
    op.create_index(op.f("ix_listing_level_years_status_worst_quarters"), "listing", counted)
    op.drop_index(op.f("ix_findings_rule"), "findings")
    op.create_index(op.f("ix_findings_rule_sha256"), "findings", ["rule", "sha256"])
    op.drop_index(op.f("ix_citations_instrument"), "citations")
    op.create_index(op.f("ix_citations_instrument_sha256"), "citations", ["instrument", "sha256"])


def _needed(name: str, comment: str, kind: Any = None) -> Any:
    return sa.Column(name, kind or sa.Text(), nullable=False, comment=comment)
