"""The manifest of a build and the editions it holds, read and written without the engines behind its indexes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.adapters.build_files import read_manifest
from knowledge.errors import BuildInvalid
from knowledge.model import Authority, Build, Edition

EDITIONS = "editions.json"
_DATES = ("effective_from", "effective_to", "published", "withdrawn")


def read_build(directory: Path) -> Build:
    """Manifest and editions of a build without opening its indexes. Raises BuildInvalid."""
    return build_of(directory, read_manifest(directory))


def build_of(directory: Path, manifest: dict[str, Any]) -> Build:
    """The build of `directory`, whose manifest was read already. Raises BuildInvalid."""
    try:
        records = json.loads((directory / EDITIONS).read_text(encoding="utf-8"))
        return Build(
            id=manifest["id"],
            created=manifest["created"],
            created_by=manifest["created_by"],
            passages=manifest["passages"],
            editions=tuple(_edition(record) for record in records),
            model=manifest["model"],
            splitter=manifest["splitter"],
            changes=manifest["changes"],
        )
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise BuildInvalid(f"Build {directory.name} is damaged: its editions cannot be read.") from fault


def write_editions(directory: Path, editions: Sequence[Edition]) -> None:
    """Write the editions into the directory of a build that is being made."""
    (directory / EDITIONS).write_text(json.dumps([_plain(edition) for edition in editions], indent=1), encoding="utf-8")


def _plain(edition: Edition) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in asdict(edition).items()}


def _edition(record: dict[str, Any]) -> Edition:
    record = {"withdrawn": None, **record}  # a build made before an edition could be withdrawn says nothing of it
    dates = {name: date.fromisoformat(record[name]) if record[name] else None for name in _DATES}
    return Edition(**{**record, **dates, "authority": Authority(record["authority"])})
