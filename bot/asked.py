"""What somebody asked through Slack, as it is kept: the words cleaned, and where the answer goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Place(StrEnum):
    """Where a question was put."""

    DIRECT = "direct"
    MENTION = "mention"
    FOLLOW_UP = "follow_up"
    COMMAND = "command"
    SHORTCUT = "shortcut"

    @property
    def is_private(self) -> bool:
        """Whether only the asker sees the answer."""
        return self in (Place.DIRECT, Place.COMMAND, Place.SHORTCUT)


class State(StrEnum):
    """How far a question has come. The first three are owed an answer.

    `answering` says that a reply may already stand in Slack although its ts is not known here: it was going to be
    posted when the process died, or Slack did not say whether it was.
    """

    TAKEN = "taken"
    ANSWERING = "answering"
    PLACEHOLDER = "placeholder"
    ANSWERED = "answered"
    FAILED = "failed"


WITHDRAWN = "withdrawn"
"""The outcome of a question whose message the asker deleted."""
REMEMBERED = 24 * 3600.0
"""Seconds for which an asker's own questions in a thread are context for the next."""
LIMITED = "limited"
"""The outcome of one too many in an hour: it does not count against the asker."""
OWED = (State.TAKEN, State.ANSWERING, State.PLACEHOLDER)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is first recorded. `text` holds no personal data; `removed` names the kinds taken out.

    `as_at` is the day the asker chose to have it answered for; `context` what they asked before, oldest first, where
    that is not what stands in the thread; `shared` whether another organisation reads the channel.
    """

    event_id: str
    place: Place
    team: str
    channel: str
    asker: str
    text: str
    ts: str | None = None
    thread: str | None = None
    removed: tuple[str, ...] = ()
    response_url: str | None = None
    as_at: date | None = None
    context: tuple[str, ...] | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Owed:
    """A question that this process has claimed and must see to its end."""

    id: str
    asked: Asked
    state: State
    reply_ts: str | None
    received_at: float
    attempts: int

    @property
    def reference(self) -> str:
        """What is told to a person when something went wrong."""
        return self.id[:8].upper()
