"""Read every source, those whose bytes and reader are unchanged from the cache."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.read_document import MOST_BYTES, reading_from_json, reading_to_json
from ingest.read_whole import READER, read_whole
from ingest.readers.blocks import Reading
from ingest.sources import Source
from ingest.transcriptions import read_transcriptions, with_transcriptions
from knowledge.errors import DocumentRejected
from knowledge.put_in_place import put_in_place

_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Held:
    """A reading with the SHA-256 of the file it was read from, and the transcriptions that are part of it."""

    reading: Reading
    digest: str
    transcriptions: tuple[str, ...] = ()


def read_all(
    sources: Sequence[Source],
    cache: Path,
    rejected: list[tuple[str, str]],
    progress: Callable[[str, int, int], None],
) -> list[tuple[Source, Held]]:
    """(source, reading) of every document that can be read; the others are added to `rejected` with the reason.

    A source that names only an address is passed over: `desk fetch` gets its file.
    """
    wanted = [source for source in sources if source.file is not None]
    out: list[tuple[Source, Held]] = []
    editions = Counter(source.edition.document for source in wanted)
    progress("Reading documents", 0, len(wanted))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for number, (source, result) in enumerate(
            zip(
                wanted,
                pool.map(lambda one: _read(one, cache, editions[one.edition.document] == 1), wanted),
                strict=True,
            ),
            start=1,
        ):
            if isinstance(result, DocumentRejected):
                rejected.append((result.file, result.reason))
            else:
                out.append((source, result))
            progress("Reading documents", number, len(wanted))
    return out


def _read(source: Source, cache: Path, alone: bool) -> Held | DocumentRejected:
    path = source.file
    assert path is not None  # noqa: S101 - read_all passes over sources without a file
    try:
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            return Held(read_whole(path), "")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        held = cache / "readings" / f"{digest[:32]}-{READER}{path.suffix.lower()}.json"
        reading = _from_cache(held)
        if reading is None:
            reading = read_whole(path)
            if not reading.pictures:  # A picture that could not be read this time is tried again the next.
                with suppress(OSError):  # The document was read all the same; a full disk is told of when it matters.
                    _to_cache(held, reading)
    except DocumentRejected as fault:
        return fault
    except OSError as fault:
        return DocumentRejected(path.name, f"it cannot be read ({fault.strerror or type(fault).__name__})")
    pages, unused = read_transcriptions(source, alone=alone)
    if pages:
        reading = with_transcriptions(reading, pages)
    reading = replace(reading, warnings=(*reading.warnings, *unused))
    return Held(reading, digest, tuple(one.text for _, one in sorted(pages.items())))


def _from_cache(path: Path) -> Reading | None:
    try:
        return reading_from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _to_cache(path: Path, reading: Reading) -> None:
    put_in_place(path, json.dumps(reading_to_json(reading)), to_disk=False)
