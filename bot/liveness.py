"""Whether the process that holds a lease still lives: each holds a lock that the system drops when it dies.

Without this a restart after kill -9 would wait for leases to run out. A process on another machine leaves no lock
here, and then the lease alone decides.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from filelock import FileLock, Timeout


class Liveness:
    """One per process; `owner` is its name in leases."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "processes"
        self._folder.mkdir(parents=True, exist_ok=True)
        self.owner = f"{os.getpid()}-{secrets.token_hex(6)}"
        self._lock = FileLock(self._path(self.owner), thread_local=False)
        self._lock.acquire(timeout=0)

    def is_dead(self, owner: str) -> bool:
        """True only when that process ran on this data directory and is gone."""
        path = self._path(owner)
        if owner == self.owner or not path.exists():
            return False
        try:
            with FileLock(path, timeout=0):
                return True
        except Timeout:
            return False

    def forget_the_dead(self) -> None:
        """Remove the locks of processes that are gone. Call when nothing is leased to them any more."""
        for path in self._folder.glob("*.lock"):
            if self.is_dead(path.stem):
                path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go."""
        self._lock.release()
        self._path(self.owner).unlink(missing_ok=True)

    def _path(self, owner: str) -> Path:
        return self._folder / f"{owner}.lock"
