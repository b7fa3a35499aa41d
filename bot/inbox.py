"""The durable inbox: every question recorded before Slack is told it arrived, and answered once.

A question belongs to one process at a time, by a lease that the process renews while it lives. Each step is a single
conditional write, so that two processes cannot both take it, and a process that lost its lease finds out before it
posts. Nothing here knows how answers are made or shown.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.asked import OWED, WITHDRAWN, Asked, Owed, Place, State
from bot.tables import questions
from bot.transactions import Transactions

LEASE = 30.0
"""Seconds a question stays with a process that has stopped renewing."""

_q = questions.c


class Inbox:
    """What was asked, what is owed. Safe to use from several threads and several processes."""

    def __init__(
        self,
        engine: Engine,
        owner: str,
        *,
        is_dead: Callable[[str], bool] = lambda owner: False,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._store, self.owner, self._is_dead, self._now = Transactions(engine), owner, is_dead, now

    def record(self, asked: Asked) -> Owed | None:
        """Keep a question and claim it, or None when it is there already: redelivered, or heard in another way."""
        question, now = uuid.uuid4().hex, self._now()
        values = {
            "id": question,
            "event_id": asked.event_id,
            "surface": asked.place,
            "team": asked.team,
            "channel": asked.channel,
            "ts": asked.ts,
            "thread": asked.thread,
            "asker": asked.asker,
            "text": asked.text,
            "removed": list(asked.removed),
            "told_of_removal": 0,
            "response_url": asked.response_url,
            "state": State.TAKEN,
            "owner": self.owner,
            "leased_until": now + LEASE,
            "not_before": 0.0,
            "attempts": 1,
            "received_at": now,
            "as_at": asked.as_at.isoformat() if asked.as_at else None,
            "context": list(asked.context) if asked.context is not None else None,
            "shared": int(asked.shared),
        }
        try:
            with self._store.writing(urgent=True) as connection:
                connection.execute(insert(questions).values(values))
        except IntegrityError:
            return None
        return Owed(question, asked, State.TAKEN, None, now, 1)

    def begin(self, question: str) -> bool:
        """From now on a reply may stand in Slack. False when the question is no longer this process's."""
        return self._advance(question, {"state": State.ANSWERING}, only_from=(State.TAKEN, State.ANSWERING))

    def placed(self, question: str, reply_ts: str) -> bool:
        """The placeholder stands at this ts; everything after is an update of it."""
        return self._advance(question, {"state": State.PLACEHOLDER, "reply_ts": reply_ts})

    def finish(self, question: str, outcome: str, *, failed: bool = False) -> bool:
        """Nothing more is owed."""
        return self._advance(
            question,
            {
                "state": State.FAILED if failed else State.ANSWERED,
                "outcome": outcome,
                "finished_at": self._now(),
                "response_url": None,
                "owner": None,
                "leased_until": 0.0,
            },
        )

    def put_off(self, question: str, seconds: float) -> bool:
        """Not now: any process may take it again after so many seconds."""
        return self._advance(
            question, {"owner": None, "leased_until": 0.0, "not_before": self._now() + max(0.0, seconds)}
        )

    def tell_of_removal(self, question: str) -> bool:
        """True once per question: the asker is told of removed personal data no more than once."""
        with self._store.writing() as connection:
            done = connection.execute(
                update(questions).where(_q.id == question, _q.told_of_removal == 0).values(told_of_removal=1)
            )
        return done.rowcount == 1

    def renew(self, held: Collection[str]) -> None:
        """Keep the questions this process is seeing to. Any other it once took lapses, and is taken again."""
        if not held:
            return
        with self._store.writing() as connection:
            connection.execute(
                update(questions)
                .where(_q.owner == self.owner, _q.id.in_(held), _q.state.in_(OWED))
                .values(leased_until=self._now() + LEASE)
            )

    def release(self) -> int:
        """Give up every question this process still holds, for another process or the next start."""
        with self._store.writing() as connection:
            done = connection.execute(
                update(questions).where(_q.owner == self.owner, _q.state.in_(OWED)).values(owner=None, leased_until=0.0)
            )
        return done.rowcount

    def claim(self, limit: int, *, busy_with: Collection[str] = ()) -> list[Owed]:
        """Take up to `limit` questions that nobody is seeing to, oldest first."""
        now = self._now()
        with self._store.writing() as connection:
            free = [
                row
                for row in connection.execute(
                    select(questions).where(_q.state.in_(OWED), _q.not_before <= now).order_by(_q.received_at)
                )
                if row.id not in busy_with and self._is_free(row, now)
            ]
            return [_owed(row) for row in free[:limit] if self._take(connection, row, now)]

    def owed(self) -> int:
        """How many questions wait for an answer, whoever has them."""
        with self._store.reading() as connection:
            return len(connection.execute(select(_q.id).where(_q.state.in_(OWED))).all())

    def replies_in(self, question: Owed) -> frozenset[str]:
        """Where replies to the other questions of the same thread stand."""
        asked = question.asked
        with self._store.reading() as connection:
            found = connection.execute(
                select(_q.reply_ts).where(
                    _q.team == asked.team,
                    _q.channel == asked.channel,
                    _q.thread == asked.thread,
                    _q.id != question.id,
                    _q.reply_ts.is_not(None),
                )
            )
            return frozenset(row.reply_ts for row in found)

    def is_withdrawn(self, question: str) -> bool:
        """Whether the asker deleted the message meanwhile."""
        with self._store.reading() as connection:
            outcome = connection.execute(select(_q.outcome).where(_q.id == question)).scalar_one_or_none()
        return outcome == WITHDRAWN

    def has_asked_in(self, team: str, channel: str, thread: str, asker: str, *, within: float) -> bool:
        """Whether this asker put a question in this thread in the last `within` seconds."""
        return bool(self._asked_in(team, channel, thread, asker, within, limit=1))

    def earlier(self, question: Owed, *, within: float, limit: int = 5) -> list[str]:
        """The asker's own earlier questions in the same thread, oldest first."""
        asked = question.asked
        if asked.context is not None:
            return list(asked.context)
        if asked.thread is None:
            return []
        rows = self._asked_in(asked.team, asked.channel, asked.thread, asked.asker, within, limit=limit + 1)
        others = (row for row in reversed(rows) if row.id != question.id and row.received_at <= question.received_at)
        return [row.text for row in others if row.text]

    def _asked_in(
        self, team: str, channel: str, thread: str, asker: str, within: float, *, limit: int
    ) -> Sequence[Any]:
        with self._store.reading() as connection:
            found = connection.execute(
                select(_q.id, _q.text, _q.received_at)
                .where(
                    _q.team == team,
                    _q.channel == channel,
                    _q.thread == thread,
                    _q.asker == asker,
                    _q.received_at >= self._now() - within,
                )
                .order_by(_q.received_at.desc())
                .limit(limit)
            )
            return found.all()

    def _is_free(self, row: Row[Any], now: float) -> bool:
        return row.owner is None or row.leased_until < now or self._is_dead(row.owner)

    def _take(self, connection: Connection, row: Row[Any], now: float) -> bool:
        same = _q.owner.is_(None) if row.owner is None else _q.owner == row.owner
        done = connection.execute(
            update(questions)
            .where(and_(_q.id == row.id, same, _q.leased_until == row.leased_until, _q.state.in_(OWED)))
            .values(owner=self.owner, leased_until=now + LEASE, attempts=row.attempts + 1)
        )
        return done.rowcount == 1

    def _advance(self, question: str, values: dict[str, Any], *, only_from: tuple[State, ...] = OWED) -> bool:
        with self._store.writing() as connection:
            done = connection.execute(
                update(questions)
                .where(_q.id == question, _q.owner == self.owner, _q.state.in_(only_from))
                .values(values)
            )
        return done.rowcount == 1


def _owed(row: Row[Any]) -> Owed:
    return Owed(row.id, asked_of(row), State(row.state), row.reply_ts, row.received_at, row.attempts + 1)


def asked_of(row: Row[Any]) -> Asked:
    """The question in a row of the table."""
    return Asked(
        event_id=row.event_id,
        place=Place(row.surface),
        team=row.team,
        channel=row.channel,
        asker=row.asker,
        text=row.text,
        ts=row.ts,
        thread=row.thread,
        removed=tuple(row.removed),
        response_url=row.response_url,
        as_at=date.fromisoformat(row.as_at) if row.as_at else None,
        context=tuple(row.context) if row.context is not None else None,
        shared=bool(row.shared),
    )
