"""Whether the starter guidance has to be indexed: cheap to find out, so that every start may ask.

It is indexed when nothing is published, and again when its files changed since. A build that an administrator made from
other sources is never replaced by it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

_RECORD = "starter.json"


def starter_may_stand(home: Path, published: str | None, digest: str) -> bool:
    """Whether what is published (a build's id, or None) needs nothing from the starter guidance of this digest."""
    if published is None:
        return False
    record = _read(home)
    return record.get("build") != published or record.get("digest") == digest


def note_starter(home: Path, build: str, digest: str) -> None:
    """Note that this build was made from the starter guidance of this digest."""
    aside = home / f"{_RECORD}.tmp"
    aside.write_text(json.dumps({"build": build, "digest": digest}))
    aside.replace(home / _RECORD)


def digest_of(folder: Path, marks: Sequence[str] = ()) -> str:
    """One digest over every file below a folder, and over the marks of whatever else a build is made with."""
    whole = hashlib.sha256("\x00".join(marks).encode())
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(f"\x00{path.relative_to(folder)}\x00".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _read(home: Path) -> dict[str, object]:
    try:
        record = json.loads((home / _RECORD).read_text())
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}
