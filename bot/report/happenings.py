"""What happened, as the report counts it. `asker` is only ever counted and never shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.checks import Outcome
from bot.feedback import Reason


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a passage stands: what the report says of a question's subject."""

    document: str
    topic: str
    section: str


NOWHERE = Rule("", "", "")
"""Of a question for which no passage was near, or whose answer has been forgotten."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. `unit` is the channel it was put in, empty where it was put in private; `text` may be erased."""

    at: float
    status: str
    asker: str
    unit: str
    text: str
    rule: Rule = NOWHERE


@dataclass(frozen=True, slots=True)
class NotHelpful:
    """An answer that somebody marked as not helpful; what they wrote holds no personal data."""

    at: float
    reason: Reason
    comment: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Flagged:
    """A passage that somebody flagged as out of date."""

    at: float
    rule: Rule
    edition: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Put:
    """A question put to the registrar's office. `settled_at` is None while it is open."""

    reference: str
    asked_at: float
    settled_at: float | None
    answered: bool
    taken_on: bool


@dataclass(frozen=True, slots=True)
class Happenings:
    """All of it, each in the order it happened."""

    asked: Sequence[Asked] = ()
    not_helpful: Sequence[NotHelpful] = ()
    flagged: Sequence[Flagged] = ()
    checks: Sequence[Outcome] = ()
    put: Sequence[Put] = ()
