"""Keep the file a document was read from, so that its pages can be shown for as long as a build cites them."""

from __future__ import annotations

import shutil
import time
from collections.abc import Collection
from pathlib import Path

from knowledge.adapters.documents import document_name, documents_folder
from knowledge.put_in_place import ASIDE, ORPHAN_SECONDS, written_aside


def keep(source_file: Path, digest: str, home: Path) -> Path:
    """Copy a document into `home/documents` once, and return where it is kept.

    `digest` is the SHA-256 of the file's bytes. The copy is made aside and put in place whole, so no reader ever sees
    half of it. Raises ValueError where `digest` is none, and OSError where the disk refuses.
    """
    name = document_name(digest, source_file.suffix)
    if name is None:
        raise ValueError(f"{digest!r} is not a SHA-256")
    folder = documents_folder(home)
    place = folder / name
    if place.is_file() and place.stat().st_size == source_file.stat().st_size:
        return place
    folder.mkdir(parents=True, exist_ok=True)
    with source_file.open("rb") as original, written_aside(place) as copy:
        shutil.copyfileobj(original, copy)
    return place


def kept(home: Path, digest: str, suffix: str) -> Path | None:
    """Where the document of that digest and ending is kept, None where it is not."""
    name = document_name(digest, suffix)
    path = documents_folder(home) / name if name else None
    return path if path is not None and path.is_file() else None


def drop_unused(home: Path, digests_in_use: Collection[str]) -> list[str]:
    """Remove kept documents of no digest in use, and what an ingest that was killed left. Returns the names removed.

    Give the digests of every build that is still held, not of the published one alone: a roll back needs its pages too.
    """
    folder = documents_folder(home)
    needed = {digest[:32] for digest in digests_in_use}
    removed = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        half_made = path.name.startswith(ASIDE)
        if half_made and time.time() - path.stat().st_mtime < ORPHAN_SECONDS:
            continue
        if half_made or path.name.partition(".")[0] not in needed:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
            removed.append(path.name)
    return removed
