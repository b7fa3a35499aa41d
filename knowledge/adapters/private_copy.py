"""A copy of part of a build that an engine may write to: Chroma writes to a directory when it only reads from it.

Opening a Chroma directory takes its write lock by a row in a table, and one with fewer units than it persists at once
has its index files written anew at every opening. Two processes that open it write over each other, and one that is
killed meanwhile leaves it damaged. Each process opens a copy of its own: what is published stays as it was written.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from knowledge.errors import BuildInvalid

_PREFIX = "recording-desk-"
_LOCK = "in-use"
_SETTLING_SECONDS = 60
"""A copy this young may belong to a process that has not locked it yet."""


class PrivateCopy:
    """A copy in the folder for temporary files, until it is closed or the process ends."""

    def __init__(self, original: Path, without: Collection[str] = ()) -> None:
        """Copy `original` but for the files named. Raises BuildInvalid where it cannot be read or there is no room."""
        _sweep()
        try:
            self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        except OSError as fault:
            raise _no_room(original, fault) from fault
        # Not bound to a thread: whoever drops the last answer from this build closes it.
        self._lock = FileLock(self._folder / _LOCK, thread_local=False)
        self.path = self._folder / "copy"
        try:
            self._lock.acquire(timeout=0)
            shutil.copytree(original, self.path, ignore=lambda _, names: [name for name in names if name in without])
        except (OSError, shutil.Error) as fault:
            self.close()
            raise _no_room(original, fault) from fault

    def close(self) -> None:
        """Remove it. Nothing may be reading from it any more."""
        self._lock.release()
        shutil.rmtree(self._folder, ignore_errors=True)


def _no_room(original: Path, fault: BaseException) -> BuildInvalid:
    said = getattr(fault, "strerror", None) or type(fault).__name__
    return BuildInvalid(
        f"Build {original.parent.name} cannot be opened: copying its index to {tempfile.gettempdir()} failed ({said})."
    )


def _sweep() -> None:
    """Remove the copies of processes that were killed: their locks went with them."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError, Timeout):
            if time.time() - folder.stat().st_mtime < _SETTLING_SECONDS:
                continue
            with FileLock(folder / _LOCK, timeout=0):
                shutil.rmtree(folder, ignore_errors=True)
