"""Transactions on the store: faults in one sentence, readers beside writers, acknowledgements before everything else.

SQLite lets one writer in at a time, and whoever finds it busy sleeps and tries again, which with fifty questions at
once can take longer than Slack waits for an acknowledgement. So the threads of one process stand in a line here, and
what must be written before Slack is answered goes to its head.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from knowledge.errors import StoreUnavailable

READ_ONLY = "desk_read_only"
"""The execution option by which `bot.store` tells a transaction that takes no write lock."""


class Gate:
    """One at a time; the urgent before the others, otherwise in the order they came."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: tuple[list[object], list[object]] = ([], [])
        self._taken = False

    @contextmanager
    def passing(self, *, urgent: bool) -> Iterator[None]:
        """Inside, no other thread is."""
        me = object()
        line = self._waiting[0 if urgent else 1]
        with self._changed:
            line.append(me)
            self._changed.wait_for(lambda: not self._taken and self._is_next(me))
            line.remove(me)
            self._taken = True
        try:
            yield
        finally:
            with self._changed:
                self._taken = False
                self._changed.notify_all()

    def _is_next(self, me: object) -> bool:
        urgent, others = self._waiting
        return (urgent or others)[0] is me


_gates: WeakKeyDictionary[Engine, Gate] = WeakKeyDictionary()
_making = threading.Lock()


class Transactions:
    """Raises StoreUnavailable for every fault but IntegrityError, which is an outcome: it is there already."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = engine.execution_options(**{READ_ONLY: True})
        with _making:
            self._gate = _gates.setdefault(engine, Gate())

    @contextmanager
    def writing(self, *, urgent: bool = False) -> Iterator[Connection]:
        """A transaction that is committed at its end. `urgent` is for what Slack waits for."""
        if self._engine.dialect.name != "sqlite":
            with self._telling(), self._engine.begin() as connection:
                yield connection
            return
        with self._gate.passing(urgent=urgent), self._telling(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state and changes nothing; it waits for no writer."""
        with self._telling(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise
        except SQLAlchemyError as fault:
            # The text of a database error may hold what was being written.
            raise StoreUnavailable(
                f"The desk's records cannot be read or written just now ({type(fault).__name__})."
            ) from None
