"""
The index of search; plans that were there before are put into it when all versions are done.
"""

import sqlalchemy as sa
from alembic import op

from tdkt_parse.store.tables import Terms

revision = "0002"
down_revision = "0001"

FTS5 = (
    """CREATE VIRTUAL TABLE search_index USING fts5 (
    terms, content = 'search_texts', content_rowid = 'id', detail = none, columnsize = 0,
    tokenize = "ascii tokenchars '_/-'"
)""",
    """CREATE TRIGGER search_texts_in AFTER INSERT ON search_texts BEGIN
    INSERT INTO search_index (rowid, terms) VALUES (new.id, new.terms);
END""",
    """CREATE TRIGGER search_texts_out AFTER DELETE ON search_texts BEGIN
    INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', old.id, old.terms);
END""",
    """CREATE TRIGGER search_texts_over AFTER UPDATE ON search_texts BEGIN
    INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', old.id, old.terms);
    INSERT INTO search_index (rowid, terms) VALUES (new.id, new.terms);
END""",
)
GIN = (
    "CREATE INDEX search_index ON search_texts USING gin (terms)",
    "ALTER TABLE search_texts ALTER COLUMN terms SET STATISTICS 1000",
)


def upgrade() -> None:
    """Make the table of what plans are found by, and its index."""
    op.create_table(
        "search_texts",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
            comment="Ngày ban hành và nội dung: số lớn hơn là văn bản mới hơn",
        ),
        sa.Column("sha256", sa.Text(), nullable=False, comment="Văn bản (SHA-256 nội dung tệp)"),
        sa.Column(
            "part",
            sa.Integer(),
            nullable=False,
            comment="Phần thứ mấy của văn bản dài, từ 0",
        ),
        sa.Column("text", sa.Text(), nullable=False, comment="Văn bản để trích đoạn"),
        sa.Column("terms", Terms(), nullable=False, comment="Các từ để tìm"),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["plans.sha256"],
            name=op.f("fk_search_texts_sha256"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_texts")),
        comment="Chỉ mục tìm kiếm",
    )
    op.create_index(op.f("ix_search_texts_sha256"), "search_texts", ["sha256"])
    postgres = op.get_bind().dialect.name == "postgresql"
    for statement in GIN if postgres else FTS5:
        op.execute(statement)
