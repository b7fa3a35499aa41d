"""Acts that must not happen twice, however often Slack tells of the press."""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError

from bot.tables import once
from bot.transactions import Transactions


class Once:
    """Safe to use from several threads and processes."""

    def __init__(self, engine: Engine, *, now: Callable[[], float] = time.time) -> None:
        self._store, self._now = Transactions(engine), now

    def first(self, key: str) -> bool:
        """True for the first who asks with this key (up to 128 characters)."""
        try:
            with self._store.writing() as connection:
                connection.execute(insert(once).values(key=key, done_at=self._now()))
        except IntegrityError:
            return False
        return True

    def when(self, key: str) -> float | None:
        """When it was done, in seconds since 1970; None where it was not."""
        with self._store.reading() as connection:
            found = connection.execute(select(once.c.done_at).where(once.c.key == key)).scalar_one_or_none()
        return float(found) if found is not None else None

    def undo(self, key: str) -> None:
        """It did not happen after all, and may be tried again."""
        with self._store.writing() as connection:
            connection.execute(delete(once).where(once.c.key == key))
