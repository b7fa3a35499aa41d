"""The files of a build: which it must have, what each read like when it was written, and the seal on its manifest.

Everything that can be told of a build without the engines behind its indexes, which take seconds to load.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from knowledge.errors import BuildInvalid
from knowledge.put_in_place import put_in_place, settle

CURRENT = "CURRENT"
"""The pointer beside the builds: a file that holds the name of the published one."""
NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,80}")
"""What a build may be called."""
MANIFEST = "MANIFEST.json"
HELD = ".held.json"
"""Ending of the mark beside a build that is kept unpublished."""
PLAIN = ("editions.json", "passages.jsonl", "offences.jsonl", "differences.jsonl", "outside.jsonl", "scope.npz")
_SEAL = "seal"


def read_pointer(path: Path) -> str | None:
    """The name that a pointer holds; None where it cannot be read or holds none."""
    try:
        name = path.read_text().strip()
    except (OSError, UnicodeDecodeError):
        return None
    return name if NAME.fullmatch(name) else None


def write_manifest(directory: Path, body: dict[str, Any]) -> None:
    """Write the manifest of a build whose other files are complete, with the digest of each, and flush it to the disk.

    Every file is flushed first: a directory that has a manifest is whole, also after a power cut.
    """
    body = {**body, "files": digests_of(directory)}
    for path in [one for one in directory.rglob("*") if one.is_file() or one.is_dir()] + [directory]:
        settle(path)
    put_in_place(directory / MANIFEST, json.dumps({**body, _SEAL: _seal_of(body)}, indent=1))


def read_manifest(directory: Path) -> dict[str, Any]:
    """The manifest as written. Raises BuildInvalid where there is none, it cannot be read or its seal is broken."""
    try:
        body: dict[str, Any] = json.loads((directory / MANIFEST).read_text())
        if not isinstance(body["files"], dict) or not isinstance(body["model"], dict):
            raise TypeError("manifest")
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise BuildInvalid(f"Build {directory.name} has no readable manifest.") from fault
    seal = body.pop(_SEAL, None)
    if seal is not None and seal != _seal_of(body):  # a build made before manifests were sealed has none
        raise BuildInvalid(f"Build {directory.name} is damaged: its manifest is not as it was written.")
    return body


def check_files(directory: Path) -> dict[str, Any]:
    """The manifest, once every file is found to read as it was written. Raises BuildInvalid naming one that does not.

    Of a build made before the files of its indexes were counted in, those are not looked at.
    """
    body = read_manifest(directory)
    files = body["files"]
    if missing := [name for name in PLAIN if name not in files]:
        raise BuildInvalid(f"Build {directory.name} was made by an earlier desk, without {missing[0]}; ingest again.")
    for name, digest in files.items():
        try:
            sound = ".." not in Path(name).parts and _digest(directory / name) == digest
        except (OSError, ValueError):
            sound = False
        if not sound:
            raise BuildInvalid(f"Build {directory.name} is damaged: {name} is not as it was written.")
    return body


def digests_of(directory: Path) -> dict[str, str]:
    """SHA-256 of every file of a build but its manifest, by its path below the build."""
    files = sorted(path for path in directory.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(directory).as_posix(): _digest(path) for path in files}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _seal_of(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
