"""From sources to a published build: read, split, embed, write aside, verify, publish. Whole or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from ingest.embed import embed_units, units_of
from ingest.link_offences import link_offences
from ingest.passages import SPLITTER, make_passages
from ingest.publish import build_ids, builds_folder, current_build, prune, publish
from ingest.question_bank import anchor, read_bank
from ingest.read_whole import READER
from ingest.readings import read_all
from ingest.sources import Source, read_sources
from ingest.twins import differences_of, link_twins
from ingest.verify import verify
from knowledge.adapters.build_directory import read_build, read_manifest, write_build
from knowledge.errors import BuildInvalid, DeskError, IngestBusy, SourcesInvalid
from knowledge.model import Build, Edition, Passage
from knowledge.ports import Embedder

Report = Callable[[str, int, int], None]
"""Called with (what is being done, done, total)."""


@dataclass
class IngestReport:
    """What an ingest did; `to_json` is the object of design.md section 6."""

    build: str | None = None
    published: bool = False
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    rejected: list[tuple[str, str]] = field(default_factory=list)
    passages: int = 0
    embedded: int = 0
    reused: int = 0
    warnings: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """As `desk ingest --json` ends with it."""
        return {
            "build": self.build,
            "published": self.published,
            "documents": {
                "added": self.added,
                "changed": self.changed,
                "unchanged": self.unchanged,
                "withdrawn": self.withdrawn,
                "rejected": [file for file, _ in self.rejected],
            },
            "passages": {"total": self.passages, "embedded": self.embedded, "reused": self.reused},
            "rejected": [{"file": file, "reason": reason} for file, reason in self.rejected],
            "seconds": round(self.seconds, 1),
        }


def ingest(
    sources: Sequence[Path],
    *,
    home: Path,
    embedder: Embedder,
    by: str,
    dry_run: bool = False,
    progress: Report = lambda stage, done, total: None,
    bank: Path | None = None,
) -> IngestReport:
    """Build and publish an index of every document the sources.toml files name.

    `by` is who asked for it; `bank` is the folder of the question bank. A document that cannot be read is rejected with
    a reason and the rest proceed; when none can be read nothing is published. Unchanged input publishes nothing new.
    Raises SourcesInvalid, IngestBusy, BuildInvalid or DeskError.
    """
    began = time.monotonic()
    listed = _all_sources(sources)
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / "ingest.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise IngestBusy("Another ingest is at work on this data directory; wait for it to finish.") from None
    try:
        report = _ingest(listed, home, embedder, by, dry_run, progress, bank)
    except OSError as fault:
        raise DeskError(
            f"The build was abandoned and the published one still serves: {fault.strerror or fault}."
        ) from None
    finally:
        lock.release()
    report.seconds = time.monotonic() - began
    return report


def _all_sources(paths: Sequence[Path]) -> list[Source]:
    listed: dict[str, Source] = {}
    for path in paths:
        for source in read_sources(path):
            if source.edition.key in listed:
                raise SourcesInvalid(
                    f"{path.name}: {source.edition.document!r} edition {source.edition.label!r} is also listed in "
                    f"{listed[source.edition.key].listed_in.name}."
                )
            listed[source.edition.key] = source
    return list(listed.values())


def _ingest(
    listed: Sequence[Source],
    home: Path,
    embedder: Embedder,
    by: str,
    dry_run: bool,
    progress: Report,
    bank: Path | None,
) -> IngestReport:
    report = IngestReport()
    entries = read_bank(bank) if bank is not None and bank.is_dir() else []
    readings = read_all(listed, home / "cache", report.rejected, progress)
    editions = [replace(source.edition, digest=reading.digest) for source, reading in readings]
    _compare(home, editions, report)
    if not editions:
        return report
    transcribed = [text for _, held in readings for text in held.transcriptions]
    inputs = _inputs(editions, embedder, repr(entries) + repr(transcribed))
    if _is_published(home, inputs):
        report.build, report.published = current_build(home), True
        report.passages = report.reused = read_build(builds_folder(home) / str(report.build)).passages
        return report
    passages: list[Passage] = []
    offences: list[dict[str, Any]] = []
    limit = embedder.fingerprint.max_tokens
    for number, (edition, (_, reading)) in enumerate(zip(editions, readings, strict=True), start=1):
        passages += make_passages(reading.reading, edition, embedder.count_tokens, limit)
        offences += link_offences(reading.reading.offences, passages, edition)
        report.warnings += [f"{edition.file or edition.document}: {w}" for w in reading.reading.warnings]
        progress("Dividing into passages", number, len(editions))
    passages = link_twins(passages)
    anchored = anchor(entries, passages)
    report.warnings += [
        f"question bank, {entry.file}: {entry.words!r} (page {entry.page}) stands in no passage of {entry.document}"
        for entry in anchored.unresolved
    ]
    report.passages = len(passages)
    if dry_run:
        return report
    units = units_of(passages, anchored.questions)
    _refuse_full_disk(home, len(units.ids))
    embedded = embed_units(
        units, embedder, home / "cache", lambda done, total: progress("Embedding what is new", done, total)
    )
    report.embedded, report.reused = embedded.passages_embedded, embedded.passages_reused
    build = Build(
        id=f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{inputs[:8]}",
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        created_by=by,
        passages=len(passages),
        editions=tuple(editions),
        model=embedder.fingerprint.to_json(),
        splitter=f"{READER} {SPLITTER}",
        changes={
            "inputs": inputs,
            "added": report.added,
            "changed": report.changed,
            "withdrawn": report.withdrawn,
            "warnings": report.warnings,
        },
    )
    progress("Writing and verifying the build", 0, 2)
    aside = builds_folder(home) / f".building-{build.id}"
    try:
        write_build(aside, build, passages, units.ids, embedded.vectors, offences, differences_of(passages))
        progress("Writing and verifying the build", 1, 2)
        verify(aside)
        aside.rename(builds_folder(home) / build.id)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    publish(home, build.id)
    progress("Writing and verifying the build", 2, 2)
    prune(home)
    report.build, report.published = build.id, True
    return report


def _compare(home: Path, editions: Sequence[Edition], report: IngestReport) -> None:
    """What is added, changed, unchanged and withdrawn against the published build."""
    before: dict[str, Edition] = {}
    current = current_build(home)
    if current:
        try:
            before = {edition.key: edition for edition in read_build(builds_folder(home) / current).editions}
        except (BuildInvalid, OSError):
            before = {}
    for edition in editions:
        held = before.pop(edition.key, None)
        if held is None:
            report.added.append(edition.key)
        elif held == edition:
            report.unchanged.append(edition.key)
        else:
            report.changed.append(edition.key)
    report.withdrawn += sorted(before)


def _inputs(editions: Sequence[Edition], embedder: Embedder, bank: str) -> str:
    """Digest of everything a build is made from. Equal inputs give an equal build."""
    made_with = [READER, SPLITTER, bank, embedder.fingerprint.to_json()]
    told = json.dumps([[repr(edition) for edition in editions], made_with])
    return hashlib.sha256(told.encode()).hexdigest()


def _is_published(home: Path, inputs: str) -> bool:
    current = current_build(home)
    if current is None or current not in build_ids(home):
        return False
    try:
        changes = read_manifest(builds_folder(home) / current)["changes"]
    except BuildInvalid:
        return False
    return isinstance(changes, dict) and changes.get("inputs") == inputs


def _refuse_full_disk(home: Path, units: int) -> None:
    # About 12 kB a unit: its vector three times (cache, Chroma, flat file) with Chroma's own structures.
    needed = 3 * units * 12_000
    free = shutil.disk_usage(home).free
    if free < needed:
        raise DeskError(
            f"There is not enough room to build the index: {needed // 10**6} MB are needed and {free // 10**6} MB are "
            "free; make room and ingest again."
        )
