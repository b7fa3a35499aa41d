"""What is published, read from the plain files of the build.

Opening a build loads the engines behind its indexes, which takes seconds. A greeting, `desk doctor` and the start of
every `make run` only need to know what is there.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.errors import BuildInvalid, NoBuild
from knowledge.model import Authority, Build, Edition

_MANIFEST = "MANIFEST.json"
_HELD = ".held.json"
_DATES = ("effective_from", "effective_to", "published", "withdrawn")


def published_build(home: Path) -> Build:
    """The manifest and editions of the build that answers. Raises NoBuild or BuildInvalid.

    That is the one the pointer names, or the newest other one where that cannot be read, as for answering; never one
    that is kept unpublished.
    """
    current = published_id(home)
    whole = sorted((path.parent.name for path in (home / "builds").glob(f"[!.]*/{_MANIFEST}")), reverse=True)
    names = [name for name in whole if name == current or not (home / "builds" / f"{name}{_HELD}").is_file()]
    if whole and not names:
        raise NoBuild(f"Nothing has been published yet; build {whole[0]} is kept unpublished: `desk builds publish`.")
    if not names:
        raise NoBuild("Nothing has been published yet; run `desk ingest` to index the guidance.")
    for name in sorted(names, key=lambda name: name != current):
        with suppress(OSError, ValueError, KeyError, TypeError):
            return _build(home / "builds" / name)
    raise BuildInvalid(f"Build {current or names[0]} cannot be read; run `desk ingest` to make it anew.")


def published_id(home: Path) -> str | None:
    """The id that the pointer names; None when there is no pointer or what it names is not there."""
    try:
        name = (home / "builds" / "CURRENT").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    is_name = name.replace("-", "").isalnum()
    return name if is_name and (home / "builds" / name / _MANIFEST).is_file() else None


def _build(directory: Path) -> Build:
    manifest = json.loads((directory / _MANIFEST).read_text(encoding="utf-8"))
    editions = json.loads((directory / "editions.json").read_text(encoding="utf-8"))
    return Build(
        id=manifest["id"],
        created=manifest["created"],
        created_by=manifest["created_by"],
        passages=manifest["passages"],
        editions=tuple(_edition(record) for record in editions),
        model=manifest["model"],
        splitter=manifest["splitter"],
        changes=manifest["changes"],
    )


def _edition(record: dict[str, Any]) -> Edition:
    record = {"withdrawn": None, **record}  # a build made before an edition could be withdrawn says nothing of it
    dates = {name: date.fromisoformat(record[name]) if record[name] else None for name in _DATES}
    return Edition(**{**record, **dates, "authority": Authority(record["authority"])})
