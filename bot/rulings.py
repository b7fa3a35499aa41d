"""The registrar's rulings as they are kept: given with the answer, suspended, renewed, retired, each change once."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select, update

from bot.kept_rulings import Cause, KeptRuling, anchors_record, causes_record, kept_ruling
from bot.tables import rulings
from bot.transactions import Transactions
from knowledge.model import Citation
from knowledge.ruling import Ruling, RulingState

_r = rulings.c
_SHORTEST = 4


class RulingStore:
    """Safe to use from several threads and processes. Every change names the `turn` it was decided on."""

    def __init__(self, engine: Engine, *, now: Callable[[], float] = time.time) -> None:
        self._store, self._now = Transactions(engine), now

    def give(self, connection: Connection, ruling: Ruling, enquiry: str) -> None:
        """Keep a ruling in the transaction that settles its enquiry: there is never the one without the other."""
        values = {
            "id": ruling.id,
            "enquiry": enquiry,
            "question": ruling.question,
            "answer": ruling.answer,
            "rests_on": anchors_record(ruling.rests_on),
            "build": ruling.build,
            "owner": ruling.owner,
            "answered_on": ruling.answered_on,
            "review_on": ruling.review_on,
            "state": ruling.state,
            "turn": 0,
            "causes": [],
            "changed_at": self._now(),
        }
        connection.execute(insert(rulings).values(values))

    def all(self, *states: RulingState) -> list[KeptRuling]:
        """Those in one of these states, or all; the oldest first."""
        return self._where(_r.state.in_(states or tuple(RulingState)))

    def find(self, ruling: str) -> KeptRuling | None:
        """The ruling of that id, or whose reference begins so; None when there is none, or more than one."""
        wanted = ruling.strip().lower()
        if len(wanted) < _SHORTEST or not wanted.isalnum():
            return None
        found = self._where(_r.id.startswith(wanted, autoescape=True))
        return found[0] if len(found) == 1 else None

    def of_enquiry(self, enquiry: str) -> KeptRuling | None:
        """The ruling that an enquiry led to."""
        return next(iter(self._where(_r.enquiry == enquiry)), None)

    def stamp(self) -> tuple[object, ...]:
        """What is another whenever a ruling was given or changed."""
        with self._store.reading() as connection:
            counted = connection.execute(
                select(func.count(), func.sum(_r.turn), func.max(_r.changed_at)).select_from(rulings)
            )
            return tuple(counted.one())

    def suspend(self, kept: KeptRuling, causes: Sequence[Cause]) -> bool:
        """Answer from it no more until it is renewed; False when it was changed meanwhile."""
        if kept.state is not RulingState.IN_FORCE:
            return False
        return self._change(kept, state=RulingState.SUSPENDED, causes=causes_record(causes), told_at=None)

    def renew(self, kept: KeptRuling, rests_on: Sequence[Citation], build: str, until: date) -> bool:
        """In force again, or longer, on these passages; False when it was changed meanwhile or is retired."""
        if kept.state is RulingState.RETIRED:
            return False
        return self._change(
            kept,
            state=RulingState.IN_FORCE,
            rests_on=anchors_record(rests_on),
            build=build,
            review_on=until,
            causes=[],
        )

    def retire(self, kept: KeptRuling, causes: Sequence[Cause]) -> bool:
        """Answer from it never again; False when it was changed meanwhile or is retired."""
        if kept.state is RulingState.RETIRED:
            return False
        return self._change(kept, state=RulingState.RETIRED, causes=causes_record(causes))

    def untold(self) -> list[KeptRuling]:
        """Those suspended whose owner was not told yet."""
        return self._where((_r.state == RulingState.SUSPENDED) & _r.told_at.is_(None))

    def told(self, kept: KeptRuling) -> None:
        """Its owner was told of this suspension."""
        with self._store.writing() as connection:
            connection.execute(
                update(rulings).where(_r.id == kept.id, _r.turn == kept.turn).values(told_at=self._now())
            )

    def _change(self, kept: KeptRuling, **values: Any) -> bool:
        values |= {"turn": kept.turn + 1, "changed_at": self._now()}
        with self._store.writing() as connection:
            done = connection.execute(update(rulings).where(_r.id == kept.id, _r.turn == kept.turn).values(values))
        return done.rowcount == 1

    def _where(self, condition: Any) -> list[KeptRuling]:
        with self._store.reading() as connection:
            rows = connection.execute(select(rulings).where(condition).order_by(_r.answered_on, _r.changed_at)).all()
        return [kept_ruling(row) for row in rows]
