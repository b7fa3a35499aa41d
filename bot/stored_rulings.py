"""The rulings of the desk's records, as the desk asks for them (the Rulings port)."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Engine, inspect, make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.rulings import RulingStore
from bot.store import read_store
from bot.tables import rulings
from knowledge.errors import StoreUnavailable
from knowledge.ruling import Ruling, RulingState

_LOG = logging.getLogger(__name__)


class StoredRulings:
    """Asked at every question, so that a ruling answers from the moment it is given, and no longer than it is in force.

    The records are neither made nor migrated here: where there are none yet, there are no rulings. A desk whose records
    cannot be read answers from the documents alone.
    """

    def __init__(self, url: str) -> None:
        """`url` is SQLAlchemy's of the records. Nothing is opened before the first question."""
        self._url = url
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._read: tuple[tuple[object, ...], Sequence[Ruling]] | None = None

    def in_force(self) -> Sequence[Ruling]:
        """Every ruling that is neither suspended nor retired, oldest first; none where none can be read."""
        try:
            with self._lock:
                return self._now()
        except (StoreUnavailable, SQLAlchemyError) as fault:
            _LOG.warning("rulings_unreadable fault=%s", type(fault).__name__)
            return ()

    def _now(self) -> Sequence[Ruling]:
        if self._engine is None:
            self._engine = self._opened()
        if self._engine is None:
            return ()
        store = RulingStore(self._engine)
        stamp = store.stamp()
        if self._read is None or self._read[0] != stamp:
            self._read = stamp, tuple(kept.ruling for kept in store.all(RulingState.IN_FORCE))
        return self._read[1]

    def _opened(self) -> Engine | None:
        address = make_url(self._url)
        if address.get_backend_name() == "sqlite" and not Path(address.database or "").is_file():
            return None
        engine = read_store(self._url)
        return engine if inspect(engine).has_table(rulings.name) else None
