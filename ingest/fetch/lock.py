"""One fetch at a time on a data directory, and no draft confirmed while it is at work.

Whoever takes the lock first clears away what an earlier run that was killed left half made.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.fetch.drafts import drafts_folder
from ingest.fetch.own_sources import own_sources
from knowledge.errors import IngestBusy
from knowledge.put_in_place import ASIDE


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
        _sweep(home)
        yield
    finally:
        lock.release()


def _sweep(home: Path) -> None:
    for folder in (home, drafts_folder(home), own_sources(home).parent):
        for path in folder.glob(f"{ASIDE}*"):
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
