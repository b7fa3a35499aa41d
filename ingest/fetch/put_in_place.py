"""Write a file aside, to the disk, and put it in place in one step, so that nobody ever reads half of it."""

from __future__ import annotations

import os
from pathlib import Path

ASIDE = ".aside-"
"""What the name of everything half made begins with."""


def put_in_place(path: Path, text: str) -> None:
    """Make `path` hold this text, wholly or not at all. Raises OSError where the disk refuses."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{ASIDE}{os.getpid()}-{path.name}")
    try:
        with aside.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    settle(path.parent)


def settle(folder: Path) -> None:
    """See to it that what was renamed in a folder stays so when the power fails."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
