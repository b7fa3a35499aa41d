"""Write a file aside and put it in place in one step, so that nobody ever reads half of it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

ASIDE = ".aside-"
"""What the name of everything half made begins with."""
ORPHAN_SECONDS = 24 * 3600
"""After which what is still half made is nobody's: who made it was killed."""


def put_in_place(path: Path, body: str | bytes, *, to_disk: bool = True) -> None:
    """Make `path` hold this text, in UTF-8, or these bytes: wholly or not at all. Raises OSError.

    Unless it need not be `to_disk`, it stays so when the power fails.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with written_aside(path, to_disk=to_disk) as file:
        file.write(body.encode() if isinstance(body, str) else body)


@contextmanager
def written_aside(path: Path, *, to_disk: bool = True) -> Iterator[BinaryIO]:
    """A file to write, which takes the place of `path` once it is whole. Raises OSError where the disk refuses."""
    # Each that writes has a file of its own, of another ending, so that nobody takes it for the one it will be.
    aside = path.with_name(f"{ASIDE}{path.name}-{os.getpid()}-{threading.get_ident()}")
    try:
        with aside.open("wb") as file:
            yield file
            if to_disk:
                file.flush()
                os.fsync(file.fileno())
        aside.replace(path)
    except BaseException:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise
    if to_disk:
        settle(path.parent)


def settle(path: Path) -> None:
    """See to it that a file, or what was renamed in a folder, stays so when the power fails."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
