"""What is published and what else is held, read from the plain files of the build.

Opening a build loads the engines behind its indexes, which takes seconds. A greeting, `desk doctor` and the start of
every `make run` only need to know what is there.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from knowledge.adapters.build_editions import read_build
from knowledge.adapters.build_files import CURRENT, HELD, MANIFEST, read_pointer
from knowledge.errors import BuildInvalid, NoBuild
from knowledge.model import Build


def published_build(home: Path) -> Build:
    """The manifest and editions of the build that answers. Raises NoBuild or BuildInvalid.

    That is the one the pointer names, or the newest other one where that cannot be read, as for answering; never one
    that is kept unpublished.
    """
    current = published_id(home)
    whole = sorted((path.parent.name for path in (home / "builds").glob(f"[!.]*/{MANIFEST}")), reverse=True)
    names = [name for name in whole if name == current or not (home / "builds" / f"{name}{HELD}").is_file()]
    if whole and not names:
        raise NoBuild(f"Nothing has been published yet; build {whole[0]} is kept unpublished: `desk builds publish`.")
    if not names:
        raise NoBuild("Nothing has been published yet; run `desk ingest` to index the guidance.")
    for name in sorted(names, key=lambda name: name != current):
        with suppress(BuildInvalid):
            return read_build(home / "builds" / name)
    raise BuildInvalid(f"Build {current or names[0]} cannot be read; run `desk ingest` to make it anew.")


def read_held(home: Path, name: str) -> Build:
    """The manifest and editions of the build of that name. Raises NoBuild or BuildInvalid."""
    from ingest.publish import build_ids

    if name not in build_ids(home):
        raise NoBuild(f"There is no build {name}; `desk builds list` shows what there is.")
    return read_build(home / "builds" / name)


def published_id(home: Path) -> str | None:
    """The id that the pointer names; None when there is no pointer or what it names is not there."""
    name = read_pointer(home / "builds" / CURRENT)
    return name if name and (home / "builds" / name / MANIFEST).is_file() else None
