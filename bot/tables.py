"""The tables of the inbox and of the answers given. `bot/migrations` makes them; a test compares the two."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

metadata = MetaData()

questions = Table(
    "questions",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("event_id", String(255), nullable=False, unique=True),
    Column("surface", String(16), nullable=False),
    Column("team", String(64), nullable=False),
    Column("channel", String(64), nullable=False),
    Column("ts", String(32)),  # of the asker's message; none for a command, which is not a message
    Column("thread", String(32)),  # the message the thread hangs from
    Column("asker", String(64), nullable=False),
    Column("text", Text, nullable=False),  # personal data replaced before it came here
    Column("removed", JSON, nullable=False),  # the kinds of personal data replaced
    Column("told_of_removal", Integer, nullable=False),
    Column("response_url", Text),  # a capability to answer a command: forgotten when the question is done
    Column("state", String(16), nullable=False),
    Column("outcome", String(32)),
    Column("reply_ts", String(32)),
    Column("owner", String(64)),
    Column("leased_until", Float, nullable=False),
    Column("not_before", Float, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("received_at", Float, nullable=False),
    Column("finished_at", Float),
    UniqueConstraint("team", "channel", "ts", name="uq_questions_message"),
    Index("ix_questions_state", "state", "leased_until"),
    Index("ix_questions_thread", "team", "channel", "thread"),
)

answers = Table(
    "answers",
    metadata,
    Column("question", String(32), ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True),
    Column("build", String(128), nullable=False),
    Column("status", String(32), nullable=False),
    Column("kept", JSON, nullable=False),  # the answer, and its passages as they read, with their digests
    Column("answered_at", Float, nullable=False),
)
