"""
The date of a plan, blanks and all, in its narrow row: where the day is blank, the month tells
whether what is cited was in force.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the column, and fill it from the plans."""
    op.add_column(
        "listing",
        sa.Column(
            "date",
            sa.Text(),
            comment="Ngày ban hành (ISO 8601, ngắn hơn nếu để trống ngày, tháng)",
        ),
    )
    op.execute(
        "UPDATE listing SET date ="
        " (SELECT plans.date FROM plans WHERE plans.sha256 = listing.sha256)"
    )
