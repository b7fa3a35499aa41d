"""The pointer to the published build, replaced in one step; roll back is the same step.

A build that is kept unpublished stands beside the published ones with a mark, `<build>.held.json`, which says why.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from knowledge.adapters.build_directory import MANIFEST
from knowledge.errors import BuildInvalid, NoBuild

CURRENT = "CURRENT"
PREVIOUS = "PREVIOUS"
KEPT = 5
"""Builds kept to roll back to (design.md section 4)."""
KEPT_UNPUBLISHED = 2
"""Builds kept unpublished, beside those: the newest, and the one before it to compare it with."""
HELD = ".held.json"
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,80}")
_ORPHAN_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Held:
    """Why a build is kept unpublished.

    `because` are the sentences a person must say yes to, `fell` the ids of canaries among them. `second_person` is set
    where somebody other than who made it has to publish it, and there may be nothing else against it.
    """

    because: tuple[str, ...] = ()
    fell: tuple[str, ...] = ()
    second_person: bool = False


def builds_folder(home: Path) -> Path:
    """Where builds stand below the data directory."""
    return home / "builds"


def current_build(home: Path) -> str | None:
    """Id of the published build, None when nothing is published. A pointer that is no name counts as nothing."""
    return _read(builds_folder(home) / CURRENT)


def previous_build(home: Path) -> str | None:
    """Id of the build that was published before the published one, None where nobody knows."""
    return _read(builds_folder(home) / PREVIOUS)


def build_ids(home: Path) -> list[str]:
    """Ids of complete builds, oldest first (an id begins with its time)."""
    folder = builds_folder(home)
    if not folder.is_dir():
        return []
    return sorted(p.name for p in folder.iterdir() if _NAME.fullmatch(p.name) and (p / MANIFEST).is_file())


def hold(home: Path, build_id: str, why: Held) -> None:
    """Mark a build, which need not be there yet, as kept unpublished: it is never served until `publish` names it."""
    _write(_mark(home, build_id), json.dumps(asdict(why)))


def held_back(home: Path, build_id: str) -> Held | None:
    """Why a build is kept unpublished; None for one that is or was published."""
    if build_id == current_build(home) or not _mark(home, build_id).is_file():
        return None
    try:
        told = json.loads(_mark(home, build_id).read_text(encoding="utf-8"))
        return Held(tuple(told["because"]), tuple(told["fell"]), bool(told["second_person"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Held(("The note of why this build is kept unpublished cannot be read.",))


def unpublished_ids(home: Path) -> list[str]:
    """Ids of the complete builds that are kept unpublished, oldest first."""
    return [name for name in build_ids(home) if held_back(home, name) is not None]


def publish(home: Path, build_id: str) -> None:
    """Point to a complete build, and take away what marks it as unpublished. Raises BuildInvalid when there is none."""
    folder = builds_folder(home)
    if not _NAME.fullmatch(build_id) or not (folder / build_id / MANIFEST).is_file():
        raise BuildInvalid(f"There is no complete build {build_id!r}; `desk builds list` shows what there is.")
    before = current_build(home)
    if before and before != build_id:
        _write(folder / PREVIOUS, before)
    _write(folder / CURRENT, build_id)
    _mark(home, build_id).unlink(missing_ok=True)


def rollback(home: Path) -> str:
    """Publish the build that was published before this one, and return its id. Raises NoBuild."""
    folder = builds_folder(home)
    before = _read(folder / PREVIOUS)
    if before is None or not (folder / before / MANIFEST).is_file():
        never = set(unpublished_ids(home))
        earlier = [b for b in build_ids(home) if b < (current_build(home) or "") and b not in never]
        if not earlier:
            raise NoBuild("There is no earlier build to roll back to.")
        before = earlier[-1]
    publish(home, before)
    return before


def prune(home: Path) -> list[str]:
    """Remove builds beyond the last five, never the published one or its predecessor, and half-built remains.

    Builds kept unpublished do not count among the five, which are there to roll back to: the last two are kept.
    """
    folder = builds_folder(home)
    unpublished = unpublished_ids(home)
    served = [name for name in build_ids(home) if name not in unpublished]
    safe = {current_build(home), _read(folder / PREVIOUS), *served[-KEPT:], *unpublished[-KEPT_UNPUBLISHED:]}
    removed = []
    for path in folder.iterdir() if folder.is_dir() else ():
        unfinished = path.name.startswith(".building-") and time.time() - path.stat().st_mtime > _ORPHAN_SECONDS
        if path.is_dir() and (unfinished or (_NAME.fullmatch(path.name) and path.name not in safe)):
            shutil.rmtree(path, ignore_errors=True)
            removed.append(path.name)
    for mark in folder.glob(f"*{HELD}"):
        if not (folder / mark.name.removesuffix(HELD)).is_dir():
            mark.unlink(missing_ok=True)
    return removed


def _mark(home: Path, build_id: str) -> Path:
    return builds_folder(home) / f"{build_id}{HELD}"


def _read(path: Path) -> str | None:
    try:
        name = path.read_text().strip()
    except (OSError, UnicodeDecodeError):
        return None
    return name if _NAME.fullmatch(name) else None


def _write(path: Path, name: str) -> None:
    """Replace a pointer or a mark so that a reader sees the old name or the new one, whatever happens in between."""
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
