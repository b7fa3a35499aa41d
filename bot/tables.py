"""The tables: the inbox, the answers given, what people did with them. `bot/migrations` makes them; a test compares."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

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
    Column("as_at", String(10)),  # the day to answer for, where the asker chose one
    Column("context", JSON),  # what was asked before, where that is not the thread: a pressed button knows it better
    Column(
        "shared", Integer, nullable=False, server_default="0"
    ),  # asked in a channel shared with another organisation
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

feedback = Table(
    "feedback",
    metadata,
    Column("question", String(32), ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True),
    Column("asker", String(64), primary_key=True),
    Column("helpful", Integer, nullable=False),
    Column("reason", String(24), nullable=False),
    Column("comment", Text, nullable=False),  # personal data replaced before it came here
    Column("build", String(128), nullable=False),
    Column("passages", JSON, nullable=False),  # the ids of those cited, with their digests
    Column("out_of_date", JSON, nullable=False),  # the ids of those flagged
    Column("given_at", Float, nullable=False),
)

enquiries = Table(
    "enquiries",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("question", String(32), nullable=False, unique=True),
    Column("team", String(64), nullable=False),
    Column("asker", String(64), nullable=False),
    Column("channel", String(64), nullable=False),  # where the asker is told
    Column("thread", String(32)),
    Column("text", Text, nullable=False),  # personal data replaced before it came here
    Column("as_at", String(10), nullable=False),
    Column("build", String(128), nullable=False),
    Column("state", String(16), nullable=False),
    Column("posted_in", String(64), nullable=False),
    Column("posted_ts", String(32)),
    Column("owner", String(64)),  # the member of the registrar's office who took it on
    Column("answer", Text),
    Column("answered_by", String(64)),
    Column("asked_at", Float, nullable=False),
    Column("answered_at", Float),
    Column("told_at", Float),
    Column("chased_at", Float),
    Index("ix_enquiries_state", "state"),
)

rulings = Table(
    "rulings",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("enquiry", String(32), nullable=False, unique=True),
    Column("question", Text, nullable=False),  # personal data replaced before it came here, as in the answer
    Column("answer", Text, nullable=False),
    Column("rests_on", JSON, nullable=False),  # the passages as they read, with their digests, and the words relied on
    Column("build", String(128), nullable=False),  # the build they were read in
    Column("owner", String(64), nullable=False),
    Column("answered_on", Date, nullable=False),
    Column("review_on", Date, nullable=False),
    Column("state", String(16), nullable=False),
    Column("turn", Integer, nullable=False),  # one more with every change, so that an old button does nothing
    Column("causes", JSON, nullable=False),  # why it is suspended or retired, with the old and the new words
    Column("changed_at", Float, nullable=False),
    Column("told_at", Float),  # when its owner was told of the suspension
    Index("ix_rulings_state", "state"),
)

pictures = Table(
    "pictures",
    metadata,
    Column("key", String(64), primary_key=True),  # digest of the passage, the words marked and the page
    Column("file", String(32), nullable=False),  # Slack's id of the picture uploaded
    Column("made_at", Float, nullable=False),
)

once = Table(
    "once",
    metadata,
    Column("key", String(128), primary_key=True),  # an act that must not happen twice, as `share:<question>`
    Column("done_at", Float, nullable=False),
)

checks = Table(
    "checks",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("criterion", String(8), nullable=False),
    Column("outcome", JSON, nullable=False),  # how many lines came out in which way
    Column("checked_at", Float, nullable=False),
    Column("is_whole", Integer, nullable=False),
    Column("team", String(64)),
    Column("asker", String(64)),  # none until somebody takes it for the record
    Column("kept", JSON, nullable=False),  # form, result and passages as they read; empty unless it is whole
    Index("ix_checks_checked_at", "checked_at"),
)

loads = Table(
    "loads",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("form", String(64), nullable=False, unique=True),  # Slack's id of the form it was asked for in
    Column("by", String(64), nullable=False),
    Column("wanted", JSON, nullable=False),  # what the form said of the edition, and Slack's id of its file
    Column("stage", String(16), nullable=False),
    Column("draft", String(160), nullable=False),
    Column("build", String(128), nullable=False),
    Column("base", String(128), nullable=False),  # the build it was added to: what is published by then may be another
    Column("posted_in", String(64), nullable=False),
    Column("posted_ts", String(32)),
    Column("shown", String(64), nullable=False),  # digest of the message as it stands
    Column("told", JSON, nullable=False),  # progress, counts, reasons, who published
    Column("begun_at", Float, nullable=False),
    Column("changed_at", Float, nullable=False),
    Index("ix_loads_stage", "stage"),
)
