"""The inbox and the answers given."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "questions",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("event_id", sa.String(255), nullable=False, unique=True),
        sa.Column("surface", sa.String(16), nullable=False),
        sa.Column("team", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("ts", sa.String(32)),
        sa.Column("thread", sa.String(32)),
        sa.Column("asker", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("removed", sa.JSON(), nullable=False),
        sa.Column("told_of_removal", sa.Integer(), nullable=False),
        sa.Column("response_url", sa.Text()),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(32)),
        sa.Column("reply_ts", sa.String(32)),
        sa.Column("owner", sa.String(64)),
        sa.Column("leased_until", sa.Float(), nullable=False),
        sa.Column("not_before", sa.Float(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.Float(), nullable=False),
        sa.Column("finished_at", sa.Float()),
        sa.UniqueConstraint("team", "channel", "ts", name="uq_questions_message"),
    )
    op.create_index("ix_questions_state", "questions", ["state", "leased_until"])
    op.create_index("ix_questions_thread", "questions", ["team", "channel", "thread"])
    op.create_table(
        "answers",
        sa.Column("question", sa.String(32), sa.ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("build", sa.String(128), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("answered_at", sa.Float(), nullable=False),
    )


def downgrade() -> None:
    """Drop both tables and everything in them."""
    op.drop_table("answers")
    op.drop_table("questions")
