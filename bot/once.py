"""Acts that must not happen twice, however often Slack tells of the press."""

from __future__ import annotations

import time

from sqlalchemy import Engine, delete, insert
from sqlalchemy.exc import IntegrityError

from bot.tables import once
from bot.transactions import Transactions


class Once:
    """Safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self._store = Transactions(engine)

    def first(self, key: str) -> bool:
        """True for the first who asks with this key (up to 128 characters)."""
        try:
            with self._store.writing() as connection:
                connection.execute(insert(once).values(key=key, done_at=time.time()))
        except IntegrityError:
            return False
        return True

    def undo(self, key: str) -> None:
        """It did not happen after all, and may be tried again."""
        with self._store.writing() as connection:
            connection.execute(delete(once).where(once.c.key == key))
