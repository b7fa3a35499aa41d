"""One fetch at a time on a data directory, and no draft confirmed while it is at work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from knowledge.errors import IngestBusy


@contextmanager
def fetch_lock(home: Path) -> Iterator[None]:
    """Hold it while the block runs. Raises IngestBusy at once where another holds it."""
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / "fetch.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise IngestBusy("Another fetch is at work on this data directory; wait for it to finish.") from None
    try:
        yield
    finally:
        lock.release()
