"""The pointer to the published build, replaced in one step; roll back is the same step."""

from __future__ import annotations

import os
import re
import shutil
import time
from pathlib import Path

from knowledge.adapters.build_directory import MANIFEST
from knowledge.errors import BuildInvalid, NoBuild

CURRENT = "CURRENT"
PREVIOUS = "PREVIOUS"
KEPT = 5
"""Builds kept to roll back to (design.md section 4)."""
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,80}")
_ORPHAN_SECONDS = 24 * 3600


def builds_folder(home: Path) -> Path:
    """Where builds stand below the data directory."""
    return home / "builds"


def current_build(home: Path) -> str | None:
    """Id of the published build, None when nothing is published. A pointer that is no name counts as nothing."""
    return _read(builds_folder(home) / CURRENT)


def build_ids(home: Path) -> list[str]:
    """Ids of complete builds, oldest first (an id begins with its time)."""
    folder = builds_folder(home)
    if not folder.is_dir():
        return []
    return sorted(p.name for p in folder.iterdir() if _NAME.fullmatch(p.name) and (p / MANIFEST).is_file())


def publish(home: Path, build_id: str) -> None:
    """Point to a complete build. Raises BuildInvalid when there is no such build."""
    folder = builds_folder(home)
    if not _NAME.fullmatch(build_id) or not (folder / build_id / MANIFEST).is_file():
        raise BuildInvalid(f"There is no complete build {build_id!r}; `desk builds list` shows what there is.")
    before = current_build(home)
    if before and before != build_id:
        _write(folder / PREVIOUS, before)
    _write(folder / CURRENT, build_id)


def rollback(home: Path) -> str:
    """Publish the build that was published before this one, and return its id. Raises NoBuild."""
    folder = builds_folder(home)
    before = _read(folder / PREVIOUS)
    if before is None or not (folder / before / MANIFEST).is_file():
        earlier = [b for b in build_ids(home) if b < (current_build(home) or "")]
        if not earlier:
            raise NoBuild("There is no earlier build to roll back to.")
        before = earlier[-1]
    publish(home, before)
    return before


def prune(home: Path) -> list[str]:
    """Remove builds beyond the last five, never the published one or its predecessor, and half-built remains."""
    folder = builds_folder(home)
    safe = {current_build(home), _read(folder / PREVIOUS), *build_ids(home)[-KEPT:]}
    removed = []
    for path in folder.iterdir() if folder.is_dir() else ():
        unfinished = path.name.startswith(".building-") and time.time() - path.stat().st_mtime > _ORPHAN_SECONDS
        if path.is_dir() and (unfinished or (_NAME.fullmatch(path.name) and path.name not in safe)):
            shutil.rmtree(path, ignore_errors=True)
            removed.append(path.name)
    return removed


def _read(path: Path) -> str | None:
    try:
        name = path.read_text().strip()
    except (OSError, UnicodeDecodeError):
        return None
    return name if _NAME.fullmatch(name) else None


def _write(path: Path, name: str) -> None:
    """Replace a pointer so that a reader sees the old name or the new one, whatever happens in between."""
    aside = path.with_name(f".{path.name}-{os.getpid()}")
    with aside.open("w") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
