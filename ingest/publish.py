"""The pointer to the published build, replaced in one step; roll back is the same step.

A build that is kept unpublished stands beside the published ones with a mark, `<build>.held.json`, which says why.
"""

from __future__ import annotations

import json
import shutil
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from knowledge.adapters.build_files import CURRENT, HELD, MANIFEST, NAME, read_pointer
from knowledge.errors import BuildInvalid, NoBuild
from knowledge.put_in_place import ORPHAN_SECONDS, put_in_place

PREVIOUS = "PREVIOUS"
KEPT = 5
"""Builds kept to roll back to (design.md section 4)."""
KEPT_UNPUBLISHED = 2
"""Builds kept unpublished, beside those: the newest, and the one before it to compare it with."""
BUILDING = ".building-"
"""What the name of a build begins with while it is made, or taken away."""
_TIME = "%Y%m%d-%H%M%S"


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
    return read_pointer(builds_folder(home) / CURRENT)


def previous_build(home: Path) -> str | None:
    """Id of the build that was published before the published one, None where nobody knows."""
    return read_pointer(builds_folder(home) / PREVIOUS)


def build_ids(home: Path) -> list[str]:
    """Ids of complete builds, oldest first (an id begins with its time)."""
    folder = builds_folder(home)
    if not folder.is_dir():
        return []
    return sorted(p.name for p in folder.iterdir() if NAME.fullmatch(p.name) and (p / MANIFEST).is_file())


def new_build_id(home: Path, inputs: str) -> str:
    """An id for a build made now from these inputs: after every other, also where the clock was put back."""
    now = datetime.now(UTC).replace(microsecond=0)
    for name in build_ids(home):
        with suppress(ValueError):
            now = max(now, datetime.strptime(name[:15], _TIME).replace(tzinfo=UTC) + timedelta(seconds=1))
    return f"{now:{_TIME}}-{inputs[:8]}"


def hold(home: Path, build_id: str, why: Held) -> None:
    """Mark a build, which need not be there yet, as kept unpublished: it is never served until `publish` names it."""
    put_in_place(_mark(home, build_id), json.dumps(asdict(why)) + "\n")


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
    if not NAME.fullmatch(build_id) or not (folder / build_id / MANIFEST).is_file():
        raise BuildInvalid(f"There is no complete build {build_id!r}; `desk builds list` shows what there is.")
    before = current_build(home)
    if before and before != build_id:
        # It was published: the mark is there where the process that published it was killed before it took it away.
        _mark(home, before).unlink(missing_ok=True)
        put_in_place(folder / PREVIOUS, f"{before}\n")
    put_in_place(folder / CURRENT, f"{build_id}\n")
    with suppress(OSError):  # a mark on the published build says nothing, and the next publish takes it away
        _mark(home, build_id).unlink(missing_ok=True)


def rollback(home: Path) -> str:
    """Publish the build that was published before this one, and return its id. Raises NoBuild."""
    folder = builds_folder(home)
    before = read_pointer(folder / PREVIOUS)
    # Who was killed between the two pointers left the published build in both.
    if before in (None, current_build(home)) or not (folder / str(before) / MANIFEST).is_file():
        never = set(unpublished_ids(home))
        earlier = [b for b in build_ids(home) if b < (current_build(home) or "") and b not in never]
        if not earlier:
            raise NoBuild("There is no earlier build to roll back to.")
        before = earlier[-1]
    publish(home, str(before))
    return str(before)


def prune(home: Path) -> list[str]:
    """Remove builds beyond the last five, never the published one or its predecessor, and what was left half made.

    Builds kept unpublished do not count among the five, which are there to roll back to: the last two are kept. Call
    it under the lock of ingest: a build half made is then nobody's. What else may be another process's, such as a
    pointer written aside, is removed when it is a day old.
    """
    folder = builds_folder(home)
    removed = remove_unfinished(home)
    unpublished = unpublished_ids(home)
    served = [name for name in build_ids(home) if name not in unpublished]
    safe = {current_build(home), read_pointer(folder / PREVIOUS), *served[-KEPT:], *unpublished[-KEPT_UNPUBLISHED:]}
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir() and NAME.fullmatch(path.name) and path.name not in safe:
            _remove(path)
            removed.append(path.name)
        elif path.name.startswith(".") and path.is_file() and time.time() - path.stat().st_mtime > ORPHAN_SECONDS:
            path.unlink(missing_ok=True)
            removed.append(path.name)
    for mark in folder.glob(f"*{HELD}"):
        if not (folder / mark.name.removesuffix(HELD)).is_dir():
            mark.unlink(missing_ok=True)
    return removed


def remove_unfinished(home: Path) -> list[str]:
    """Remove builds half made, or half removed, by an ingest that was killed. Call it under the lock of ingest."""
    found = list(builds_folder(home).glob(f"{BUILDING}*"))
    for path in found:
        shutil.rmtree(path, ignore_errors=True)
    return [path.name for path in found]


def _remove(build: Path) -> None:
    """Remove a build so that whoever is killed meanwhile leaves nothing that could be taken for one."""
    aside = build if build.name.startswith(BUILDING) else build.with_name(f"{BUILDING}{build.name}")
    with suppress(OSError):
        build.rename(aside)
    shutil.rmtree(aside, ignore_errors=True)


def _mark(home: Path, build_id: str) -> Path:
    return builds_folder(home) / f"{build_id}{HELD}"
