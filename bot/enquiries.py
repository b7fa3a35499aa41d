"""Questions put to the registrar's office: kept before anything is posted, posted once, answered once, told once."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.questions import Held
from bot.tables import enquiries
from bot.transactions import Transactions

_e = enquiries.c


class Progress(StrEnum):
    """How far an enquiry has come. `posting` says that it may stand in the channel although nobody knows where."""

    NEW = "new"
    POSTING = "posting"
    OPEN = "open"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    NOT_FOR_US = "not_for_us"


@dataclass(frozen=True, slots=True)
class Enquiry:
    """One question put to the registrar's office."""

    id: str
    question: str
    team: str
    asker: str
    channel: str
    thread: str | None
    text: str
    as_at: date
    build: str
    state: Progress
    posted_in: str
    posted_ts: str | None
    owner: str | None
    answer: str | None
    answered_by: str | None
    asked_at: float
    answered_at: float | None
    told_at: float | None
    chased_at: float | None


class Enquiries:
    """Safe to use from several threads and processes."""

    def __init__(self, engine: Engine, *, now: Callable[[], float] = time.time) -> None:
        self._store, self._now = Transactions(engine), now

    def ask(self, held: Held, *, as_at: date, build: str, channel: str, by: str) -> bool:
        """Put a question to the registrar; False when that was done already. `channel` is the registrar's.

        Whoever puts a question that somebody else asked is told directly, not in that person's thread.
        """
        asked = held.asked
        values = {
            "id": uuid.uuid4().hex,
            "question": held.id,
            "team": asked.team,
            "asker": by,
            "channel": asked.channel,
            "thread": asked.thread if by == asked.asker else None,
            "text": asked.text,
            "as_at": as_at.isoformat(),
            "build": build,
            "state": Progress.NEW,
            "posted_in": channel,
            "asked_at": self._now(),
        }
        try:
            with self._store.writing(urgent=True) as connection:
                connection.execute(insert(enquiries).values(values))
        except IntegrityError:
            return False
        return True

    def find(self, enquiry: str) -> Enquiry | None:
        """The enquiry of that id."""
        return next(iter(self._where(_e.id == enquiry)), None)

    def of(self, *states: Progress) -> Sequence[Enquiry]:
        """All in one of these states, oldest first."""
        return self._where(_e.state.in_(states))

    def untold(self) -> Sequence[Enquiry]:
        """Those that were settled and whose asker was not told yet, oldest first."""
        return self._where(_e.state.in_((Progress.ANSWERED, Progress.NOT_FOR_US)) & _e.told_at.is_(None))

    def advance(
        self,
        enquiry: str,
        *states: Progress,
        to: Progress | None = None,
        also: Callable[[Connection], None] | None = None,
        **values: Any,
    ) -> bool:
        """Change an enquiry that is in one of `states`; False when it is not, because somebody was quicker.

        `also` is done in the same transaction when it was changed.
        """
        changed = {**values, **({"state": to} if to is not None else {})}
        with self._store.writing() as connection:
            done = connection.execute(update(enquiries).where(_e.id == enquiry, _e.state.in_(states)).values(changed))
            if also is not None and done.rowcount == 1:
                also(connection)
        return done.rowcount == 1

    def told(self, enquiry: str) -> bool:
        """The asker was told; False when that was done already."""
        with self._store.writing() as connection:
            done = connection.execute(
                update(enquiries).where(_e.id == enquiry, _e.told_at.is_(None)).values(told_at=self._now())
            )
        return done.rowcount == 1

    def chase(self, enquiry: str, before: float) -> bool:
        """The office is going to be reminded now of a question that waits since `before`; False when it need not be.

        Each reminder begins the waiting anew.
        """
        waits = func.coalesce(_e.chased_at, _e.asked_at) <= before
        unsettled = _e.state.in_((Progress.OPEN, Progress.ASSIGNED))
        with self._store.writing() as connection:
            done = connection.execute(
                update(enquiries).where(_e.id == enquiry, unsettled, waits).values(chased_at=self._now())
            )
        return done.rowcount == 1

    def _where(self, condition: Any) -> Sequence[Enquiry]:
        with self._store.reading() as connection:
            rows = connection.execute(select(enquiries).where(condition).order_by(_e.asked_at)).all()
        return [_enquiry(row) for row in rows]


def _enquiry(row: Row[Any]) -> Enquiry:
    values = {name: getattr(row, name) for name in Enquiry.__dataclass_fields__}
    return Enquiry(**{**values, "as_at": date.fromisoformat(row.as_at), "state": Progress(row.state)})
