"""Answers for another day, edits, feedback, enquiries to the registrar, page pictures, and acts that happen once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the tables."""
    with op.batch_alter_table("questions") as table:
        table.add_column(sa.Column("as_at", sa.String(10)))
        table.add_column(sa.Column("context", sa.JSON()))
        table.add_column(sa.Column("shared", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "feedback",
        sa.Column("question", sa.String(32), sa.ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("asker", sa.String(64), primary_key=True),
        sa.Column("helpful", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(24), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("build", sa.String(128), nullable=False),
        sa.Column("passages", sa.JSON(), nullable=False),
        sa.Column("out_of_date", sa.JSON(), nullable=False),
        sa.Column("given_at", sa.Float(), nullable=False),
    )
    op.create_table(
        "enquiries",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("question", sa.String(32), nullable=False, unique=True),
        sa.Column("team", sa.String(64), nullable=False),
        sa.Column("asker", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("thread", sa.String(32)),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("as_at", sa.String(10), nullable=False),
        sa.Column("build", sa.String(128), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("posted_in", sa.String(64), nullable=False),
        sa.Column("posted_ts", sa.String(32)),
        sa.Column("owner", sa.String(64)),
        sa.Column("answer", sa.Text()),
        sa.Column("answered_by", sa.String(64)),
        sa.Column("asked_at", sa.Float(), nullable=False),
        sa.Column("answered_at", sa.Float()),
        sa.Column("told_at", sa.Float()),
        sa.Column("chased_at", sa.Float()),
    )
    op.create_index("ix_enquiries_state", "enquiries", ["state"])
    op.create_table(
        "pictures",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("file", sa.String(32), nullable=False),
        sa.Column("made_at", sa.Float(), nullable=False),
    )
    op.create_table(
        "once",
        sa.Column("key", sa.String(128), primary_key=True),
        sa.Column("done_at", sa.Float(), nullable=False),
    )


def downgrade() -> None:
    """Drop them and everything in them."""
    for table in ("once", "pictures", "enquiries", "feedback"):
        op.drop_table(table)
    with op.batch_alter_table("questions") as altered:
        for column in ("shared", "context", "as_at"):
            altered.drop_column(column)
