"""The questions asked, apart from who is answering them: found again, reworded, withdrawn, counted, erased."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, select, update

from bot.asked import LIMITED, OWED, WITHDRAWN, Asked, Place, State
from bot.inbox import asked_of
from bot.tables import answers, feedback, questions
from bot.transactions import Transactions

_q = questions.c


@dataclass(frozen=True, slots=True)
class Held:
    """A question as it is kept."""

    id: str
    asked: Asked
    state: State
    outcome: str | None
    reply_ts: str | None
    received_at: float


class Questions:
    """Safe to use from several threads and processes."""

    def __init__(self, engine: Engine, *, now: Callable[[], float] = time.time) -> None:
        self._store, self._now = Transactions(engine), now

    def find(self, question: str) -> Held | None:
        """The question of that id, or None."""
        with self._store.reading() as connection:
            row = connection.execute(select(questions).where(_q.id == question)).one_or_none()
        return _held(row) if row is not None else None

    def asked_since(self, team: str, asker: str, within: float) -> int:
        """How many questions this asker put in the last `within` seconds, those refused for their number left out."""
        with self._store.reading() as connection:
            count = connection.execute(
                select(func.count())
                .select_from(questions)
                .where(_q.team == team, _q.asker == asker, _q.received_at > self._now() - within)
                .where(_q.outcome.is_(None) | (_q.outcome != LIMITED))
            ).scalar_one()
        return int(count)

    def latest(self, team: str, asker: str, limit: int = 5) -> list[Held]:
        """The asker's last questions, newest first, erased ones left out."""
        with self._store.reading() as connection:
            rows = connection.execute(
                select(questions)
                .where(_q.team == team, _q.asker == asker, _q.text != "")
                .order_by(_q.received_at.desc())
                .limit(limit)
            ).all()
        return [_held(row) for row in rows]

    def reword(self, asked: Asked) -> bool:
        """Have an edited question answered anew, in its reply. False when it is unknown, or says the same as before."""
        with self._store.writing(urgent=True) as connection:
            row = connection.execute(_message(asked.team, asked.channel, asked.ts)).one_or_none()
            if row is None or row.asker != asked.asker or row.text == asked.text or row.outcome == WITHDRAWN:
                return False
            # Nobody's: whoever answers the old words cannot finish it any more, and the caretaker takes it up.
            connection.execute(
                update(questions)
                .where(_q.id == row.id)
                .values(
                    text=asked.text,
                    removed=list(asked.removed),
                    state=_reopened(row),
                    outcome=None,
                    owner=None,
                    leased_until=0.0,
                    not_before=0.0,
                    received_at=self._now(),
                    finished_at=None,
                )
            )
        return True

    def withdraw(self, team: str, channel: str, ts: str) -> Held | None:
        """Forget the words of a question whose message was deleted; the question as it stood, None when unknown."""
        with self._store.writing(urgent=True) as connection:
            row = connection.execute(_message(team, channel, ts)).one_or_none()
            if row is None or row.outcome == WITHDRAWN:
                return None
            self._forget(connection, [row.id])
            connection.execute(
                update(questions)
                .where(_q.id == row.id)
                .values(state=State.FAILED, outcome=WITHDRAWN, owner=None, leased_until=0.0, finished_at=self._now())
            )
        return _held(row)

    def erase(self, team: str, asker: str) -> int:
        """Forget the words and the answers of this asker's questions; how many. What is owed an answer stays."""
        with self._store.writing() as connection:
            found = connection.execute(
                select(_q.id).where(_q.team == team, _q.asker == asker, _q.text != "", _q.state.not_in(OWED))
            )
            return self._forget(connection, [row.id for row in found])

    def erase_before(self, when: float) -> int:
        """Forget the words and the answers of every question received before then; how many."""
        with self._store.writing() as connection:
            found = connection.execute(
                select(_q.id).where(_q.received_at < when, _q.text != "", _q.state.not_in(OWED)).limit(500)
            )
            return self._forget(connection, [row.id for row in found])

    def _forget(self, connection: Connection, ids: list[str]) -> int:
        """The rows stay, without words: an event delivered again must still be known."""
        for question in ids:
            connection.execute(delete(answers).where(answers.c.question == question))
            connection.execute(delete(feedback).where(feedback.c.question == question))
            connection.execute(
                update(questions).where(_q.id == question).values(text="", removed=[], context=None, response_url=None)
            )
        return len(ids)


def again(held: Held, event_id: str, asker: str, **changed: Any) -> Asked:
    """The same question put once more, by a press of a button: in the same thread, but no message of its own."""
    place = Place.MENTION if held.asked.place is Place.FOLLOW_UP else held.asked.place
    return replace(held.asked, event_id=event_id, asker=asker, place=place, ts=None, removed=(), **changed)


def _message(team: str, channel: str, ts: str | None) -> Any:
    return select(questions).where(_q.team == team, _q.channel == channel, _q.ts == ts)


def _reopened(row: Row[Any]) -> State:
    if row.reply_ts is not None:
        return State.PLACEHOLDER
    return State.TAKEN if row.state == State.TAKEN else State.ANSWERING


def _held(row: Row[Any]) -> Held:
    return Held(row.id, asked_of(row), State(row.state), row.outcome, row.reply_ts, row.received_at)
