"""Editions that administrators load in Slack."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "loads",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("form", sa.String(64), nullable=False, unique=True),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("draft", sa.String(160), nullable=False),
        sa.Column("build", sa.String(128), nullable=False),
        sa.Column("base", sa.String(128), nullable=False),
        sa.Column("posted_in", sa.String(64), nullable=False),
        sa.Column("posted_ts", sa.String(32)),
        sa.Column("shown", sa.String(64), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("begun_at", sa.Float(), nullable=False),
        sa.Column("changed_at", sa.Float(), nullable=False),
    )
    op.create_index("ix_loads_stage", "loads", ["stage"])


def downgrade() -> None:
    """Drop it and everything in it."""
    op.drop_table("loads")
