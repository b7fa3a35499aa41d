"""Cancellation checks made, and those taken for the record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "checks",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("criterion", sa.String(8), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.Column("checked_at", sa.Float(), nullable=False),
        sa.Column("is_whole", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(64)),
        sa.Column("asker", sa.String(64)),
        sa.Column("kept", sa.JSON(), nullable=False),
    )
    op.create_index("ix_checks_checked_at", "checks", ["checked_at"])


def downgrade() -> None:
    """Drop it and everything in it."""
    op.drop_table("checks")
