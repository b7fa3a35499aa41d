"""Which files of each document are held already, in whatever way, so that none of them is offered as new."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from ingest.fetch.drafts import drafts_of
from ingest.fetch.memory import Memory
from ingest.fetch.own_sources import own_sources
from ingest.publish import builds_folder, current_build
from ingest.sources import Record, read_records
from knowledge.adapters.build_editions import read_build
from knowledge.errors import BuildInvalid, SourcesInvalid
from knowledge.model import Authority, Edition


def held_digests(home: Path, lists: Sequence[Path], memory: Memory) -> dict[str, set[str]]:
    """SHA-256 by document of what the lists name, what was confirmed, drafted or discarded, and what is published."""
    held: dict[str, set[str]] = defaultdict(set)
    for document, digests in memory.digests.items():
        held[document].update(digests)
    for draft in drafts_of(home):
        held[draft.document].add(draft.digest)
    for path in (*lists, own_sources(home)):
        for document, file in _files(path):
            if digest := _digest(file):
                held[document].add(digest)
    for document, digest in _published(home):
        held[document].add(digest)
    return held


def held_editions(home: Path, lists: Sequence[Path]) -> dict[str, set[str]]:
    """Keys of the editions that are listed, confirmed or drafted already, by document."""
    held: dict[str, set[str]] = defaultdict(set)
    named = [(draft.document, draft.authority, draft.edition) for draft in drafts_of(home)]
    for path in (*lists, own_sources(home)):
        for one in _records(path):
            named.append((one.values["id"], Authority(one.values["authority"]), one.values.get("edition", "")))
    for document, authority, label in named:
        held[document].add(Edition(document, "", "", authority, label).key)
    return held


def _records(path: Path) -> list[Record]:
    try:
        return read_records(path, ("id", "authority"))
    except SourcesInvalid:  # the lists were read before; the confirmed ones need not be there
        return []


def _files(path: Path) -> list[tuple[str, Path]]:
    return [(one.values["id"], path.parent / one.values["file"]) for one in _records(path) if one.values.get("file")]


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return ""


def _published(home: Path) -> list[tuple[str, str]]:
    current = current_build(home)
    if current is None:
        return []
    try:
        editions = read_build(builds_folder(home) / current).editions
    except (BuildInvalid, OSError, ValueError, KeyError, TypeError):  # a damaged build is for `desk builds verify`
        return []
    return [(edition.document, edition.digest) for edition in editions if edition.digest]
