"""
The tables of the service: accounts, their sessions and tokens, and the files to be read.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "accounts",
        sa.Column("name", sa.Text(), nullable=False, comment="Tên đăng nhập"),
        sa.Column("role", sa.Text(), nullable=False, comment="Vai trò: read, correct, administer"),
        sa.Column("password", sa.Text(), nullable=False, comment="Mật khẩu đã băm (argon2id)"),
        sa.Column("made_at", sa.Text(), nullable=False, comment="Lúc tạo (giờ UTC, ISO 8601)"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_accounts")),
        comment="Tài khoản của người dùng trang web",
    )
    op.create_table(
        "sessions",
        sa.Column("key", sa.Text(), nullable=False, comment="SHA-256 của mã phiên"),
        sa.Column("account", sa.Text(), nullable=False, comment="Tài khoản"),
        sa.Column(
            "made_at", sa.Text(), nullable=False, comment="Lúc đăng nhập (giờ UTC, ISO 8601)"
        ),
        sa.Column("expires", sa.Float(), nullable=False, comment="Hết hạn (giây từ 1970, giờ UTC)"),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.name"], name=op.f("fk_sessions_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sessions")),
        comment="Phiên đăng nhập",
    )
    op.create_index(op.f("ix_sessions_account"), "sessions", ["account"])
    op.create_table(
        "tokens",
        sa.Column("id", sa.Text(), nullable=False, comment="Mã để gọi tên"),
        sa.Column("key", sa.Text(), nullable=False, comment="SHA-256 của mã bí mật"),
        sa.Column("account", sa.Text(), nullable=False, comment="Tài khoản"),
        sa.Column("role", sa.Text(), nullable=False, comment="Vai trò: read, correct, administer"),
        sa.Column("label", sa.Text(), nullable=True, comment="Dùng cho việc gì"),
        sa.Column("made_at", sa.Text(), nullable=False, comment="Lúc tạo (giờ UTC, ISO 8601)"),
        sa.Column(
            "expires",
            sa.Float(),
            nullable=True,
            comment="Hết hạn (giây từ 1970, giờ UTC); trống: không hết hạn",
        ),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.name"], name=op.f("fk_tokens_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("key"),
        comment="Mã truy cập của chương trình",
    )
    op.create_index(op.f("ix_tokens_account"), "tokens", ["account"])
    op.create_table(
        "jobs",
        sa.Column("id", sa.Text(), nullable=False, comment="Mã việc"),
        sa.Column("batch", sa.Text(), nullable=False, comment="Lần gửi tệp"),
        sa.Column("sha256", sa.Text(), nullable=False, comment="Nội dung tệp (SHA-256)"),
        sa.Column("name", sa.Text(), nullable=False, comment="Tên tệp như người gửi đặt"),
        sa.Column("size", sa.Integer(), nullable=False, comment="Số byte"),
        sa.Column("work", sa.Text(), nullable=False, comment="Việc: store, parse, audit"),
        sa.Column("options", sa.Text(), nullable=False, comment="Cách đọc (JSON)"),
        sa.Column("priority", sa.Integer(), nullable=False, comment="Số nhỏ hơn làm trước"),
        sa.Column("state", sa.Text(), nullable=False, comment="waiting, running, done, failed"),
        sa.Column("attempts", sa.Integer(), nullable=False, comment="Số lần đã bắt đầu"),
        sa.Column("worker", sa.Text(), nullable=True, comment="Tiến trình đang làm"),
        sa.Column(
            "lease",
            sa.Float(),
            nullable=True,
            comment="Tiến trình giữ việc đến lúc (giây từ 1970, giờ UTC)",
        ),
        sa.Column("page", sa.Integer(), nullable=True, comment="Trang đang đọc"),
        sa.Column("pages", sa.Integer(), nullable=True, comment="Số trang"),
        sa.Column(
            "change", sa.Text(), nullable=True, comment="Kết quả: new, changed, unchanged, older"
        ),
        sa.Column("error", sa.Text(), nullable=True, comment="Loại lỗi"),
        sa.Column("message", sa.Text(), nullable=True, comment="Lỗi"),
        sa.Column("hint", sa.Text(), nullable=True, comment="Cần làm gì"),
        sa.Column("warnings", sa.Text(), nullable=True, comment="Phần không đọc được (JSON)"),
        sa.Column(
            "result", sa.Text(), nullable=True, comment="Kết quả nếu không lưu văn bản (JSON)"
        ),
        sa.Column("account", sa.Text(), nullable=True, comment="Người gửi"),
        sa.Column("made_at", sa.Text(), nullable=False, comment="Lúc nhận (giờ UTC, ISO 8601)"),
        sa.Column(
            "started_at", sa.Text(), nullable=True, comment="Lúc bắt đầu (giờ UTC, ISO 8601)"
        ),
        sa.Column("finished_at", sa.Text(), nullable=True, comment="Lúc xong (giờ UTC, ISO 8601)"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        comment="Tệp được gửi đến để đọc",
    )
    op.create_index(op.f("ix_jobs_batch"), "jobs", ["batch"])
    op.create_index(
        op.f("ix_jobs_state_priority_made_at"), "jobs", ["state", "priority", "made_at"]
    )
    op.create_index(op.f("ix_jobs_made_at"), "jobs", ["made_at"])
