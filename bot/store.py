"""Open the database of the inbox and the records: SQLite in the data directory by default, PostgreSQL by URL.

SQLite runs in WAL with synchronous=FULL, because an event is acknowledged only once it would survive a power cut.
Every transaction that writes takes its lock at the beginning: two that read first and write later would refuse each
other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from tenacity import Retrying, retry_if_exception, stop_after_delay, wait_fixed

import bot
from bot.transactions import READ_ONLY
from knowledge.errors import StoreUnavailable

_MIGRATING = 0x0DE5  # the PostgreSQL advisory lock held while one process migrates
_PATIENCE = 2  # seconds to wait for another writer: Slack waits three for the acknowledgement

_OPENING = 60
"""Seconds to wait for another process that is just migrating the tables: nobody waits for an acknowledgement yet."""


def open_store(url: str) -> Engine:
    """The engine, its tables migrated to what this version expects. Raises StoreUnavailable."""
    with _opening():
        engine = _engine(url)
        for attempt in _until_it_is_free():
            with attempt, engine.begin() as connection:
                _check(connection)
                _migrate(connection)
    return engine


@contextmanager
def opened_store(url: str) -> Iterator[Engine]:
    """The engine as `open_store` opens it, closed when done. Raises StoreUnavailable."""
    engine = open_store(url)
    try:
        yield engine
    finally:
        engine.dispose()


def read_store(url: str) -> Engine:
    """The engine of a store that another process keeps: neither checked nor migrated. Raises StoreUnavailable."""
    with _opening():
        return _engine(url)


@contextmanager
def _opening() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, OSError, ValueError) as fault:
        # The text of a database error may hold what was being written.
        raise StoreUnavailable(
            f"The inbox cannot be opened ({type(fault).__name__}); check DESK_DATABASE_URL and the data directory."
        ) from None


def _until_it_is_free() -> Retrying:
    """Tries again while SQLite is locked. Its own waiting is not enough: a change to WAL may be refused at once."""

    def is_locked(fault: BaseException) -> bool:
        return isinstance(fault, OperationalError) and "locked" in str(fault.orig)

    return Retrying(
        retry=retry_if_exception(is_locked), stop=stop_after_delay(_OPENING), wait=wait_fixed(0.1), reraise=True
    )


def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(address, hide_parameters=True, pool_pre_ping=True)
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, hide_parameters=True, connect_args={"timeout": _PATIENCE})
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver would otherwise begin late, and without the write lock
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    reads = connection.get_execution_options().get(READ_ONLY)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _check(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        said = connection.execute(text("PRAGMA quick_check")).scalar()
        if said != "ok":
            raise ValueError("damaged")


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
    config = Config()
    config.set_main_option("script_location", str(Path(bot.__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
