"""From sources to a published build: read, split, embed, write aside, verify, judge, publish. Whole or not at all."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from ingest.canaries import read_canaries
from ingest.embed import embed_units, units_of
from ingest.gate import Gate, held_already, publish_or_hold
from ingest.hold_cancellation_table import hold_cancellation_table
from ingest.inputs import compare_editions, inputs_of, is_published
from ingest.keep_documents import keep
from ingest.keep_transcriptions import keep_transcriptions
from ingest.link_offences import link_offences
from ingest.outside_bank import embed_scope, read_outside
from ingest.passages import SPLITTER, make_passages
from ingest.publish import BUILDING, Held, builds_folder, current_build, hold, new_build_id, remove_unfinished
from ingest.question_bank import anchor, read_bank
from ingest.read_whole import READER
from ingest.readings import read_all
from ingest.report import IngestReport
from ingest.sources import Source, read_sources
from ingest.tidy import tidy
from ingest.twins import differences_of, link_twins
from ingest.verify import verify
from knowledge.adapters.build_directory import write_build
from knowledge.adapters.build_editions import read_build
from knowledge.errors import DeskError, IngestBusy, SourcesInvalid
from knowledge.model import Build, Passage
from knowledge.ports import Embedder

Report = Callable[[str, int, int], None]
"""Called with (what is being done, done, total)."""
_UNJUDGED = Held(("The ingest that made this build ended before it was judged; ingest again.",))


def ingest(
    sources: Sequence[Path],
    *,
    home: Path,
    embedder: Embedder,
    by: str,
    dry_run: bool = False,
    progress: Report = lambda stage, done, total: None,
    bank: Path | None = None,
    canaries: Sequence[Path] = (),
    two_persons: bool = False,
    today: date | None = None,
    listed: Sequence[Source] = (),
    drafts: Sequence[str] = (),
    keep_back: bool = False,
) -> IngestReport:
    """Build and publish an index of every document the sources.toml files name.

    `by` is who asked for it; `bank` is the folder of the question bank; the questions outside the
    documents stand beside it in `outside`. `canaries` are files of canary questions, asked as on `today`. A build that
    they, or what it lacks, speak against is kept unpublished and the report's `held` says why; with `two_persons` or
    `keep_back` every build is. `listed` are sources beside those of the files, `drafts` the ids of the draft editions
    among them, which the build remembers. A document that cannot be read is rejected with
    a reason and the rest proceed; when none can be read nothing is published. Unchanged input publishes nothing new.
    Raises SourcesInvalid, WrongUse for canaries that cannot be read, IngestBusy, BuildInvalid or DeskError.
    """
    began = time.monotonic()
    wanted = [*_all_sources(sources, today or date.today()), *listed]
    gate = Gate(read_canaries(canaries), today, two_persons, keep_back)
    before = current_build(home)
    try:
        with _only_one(home):
            report = _ingest(wanted, home, embedder, by, dry_run, progress, bank, gate, drafts)
            if not dry_run:
                tidy(home)
    except (OSError, sqlite3.Error) as fault:
        said = getattr(fault, "strerror", None) or fault
        if current_build(home) != before:
            raise DeskError(f"The build is published, and the disk may lose it again: {said}.") from None
        raise DeskError(f"The build was abandoned and the published one still serves: {said}.") from None
    report.seconds = time.monotonic() - began
    return report


@contextmanager
def _only_one(home: Path) -> Iterator[None]:
    """The lock of ingest on a data directory. Raises IngestBusy where another process holds it, or OSError."""
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / "ingest.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise IngestBusy("Another ingest is at work on this data directory; wait for it to finish.") from None
    try:
        yield
    finally:
        lock.release()


def _all_sources(paths: Sequence[Path], today: date) -> list[Source]:
    listed: dict[str, Source] = {}
    for path in paths:
        for source in read_sources(path):
            if source.edition.key in listed:
                raise SourcesInvalid(
                    f"{path.name}: {source.edition.document!r} edition {source.edition.label!r} is also listed in "
                    f"{listed[source.edition.key].listed_in.name}."
                )
            # A build never changes, so an edition cannot fall out of one on a later day.
            if source.edition.withdrawn is not None and source.edition.withdrawn > today:
                raise SourcesInvalid(
                    f"{path.name}: {source.edition.document!r} edition {source.edition.label!r} is withdrawn on a day "
                    "to come; give it an effective_to instead, or withdraw it on that day."
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
    gate: Gate,
    drafts: Sequence[str],
) -> IngestReport:
    report = IngestReport()
    entries = read_bank(bank) if bank is not None and bank.is_dir() else []
    outside = read_outside(bank.with_name("outside")) if bank is not None else []
    readings = read_all(listed, home / "cache", report.rejected, progress)
    editions = [replace(source.edition, digest=reading.digest) for source, reading in readings]
    compare_editions(home, editions, report)
    if not editions:
        return report
    for source, reading in readings:
        if source.file is not None and reading.digest and not dry_run:
            keep(source.file, reading.digest, home)
            keep_transcriptions(source, reading.digest, home)
    transcribed = [text for _, held in readings for text in held.transcriptions]
    inputs = inputs_of(editions, embedder, [entries, outside, transcribed])
    if is_published(home, inputs):
        report.build, report.published = current_build(home), True
        report.passages = report.reused = read_build(builds_folder(home) / str(report.build)).passages
        return report
    again = None if dry_run else held_already(home, inputs)
    if again is not None:
        report.passages = report.reused = read_build(builds_folder(home) / again).passages
        publish_or_hold(home, again, embedder, gate, progress, report)
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
    report.warnings += hold_cancellation_table(home, passages, keep=not dry_run)
    anchored = anchor(entries, passages)
    report.warnings += [
        f"question bank, {entry.file}: {entry.words!r} (page {entry.page}) stands in no passage of {entry.document}"
        for entry in anchored.unresolved
    ]
    report.passages = len(passages)
    if dry_run:
        return report
    units = units_of(passages, anchored.questions)
    remove_unfinished(home)
    _refuse_full_disk(home, len(units.ids))
    embedded = embed_units(
        units, embedder, home / "cache", lambda done, total: progress("Embedding what is new", done, total)
    )
    scope = embed_scope(
        outside, entries, anchored.texts(), [f"{p.section} {p.text}" for p in passages], embedder, home / "cache"
    )
    report.embedded, report.reused = embedded.passages_embedded, embedded.passages_reused
    build = Build(
        id=new_build_id(home, inputs),
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
            **({"drafts": list(drafts)} if drafts else {}),
        },
    )
    progress("Writing and verifying the build", 0, 2)
    aside = builds_folder(home) / f"{BUILDING}{build.id}"
    try:
        write_build(
            aside,
            build,
            passages,
            units.ids,
            embedded.vectors,
            offences,
            differences_of(passages),
            scope,
            {passage: [question.text for question in questions] for passage, questions in anchored.questions.items()},
        )
        progress("Writing and verifying the build", 1, 2)
        verify(aside)
        hold(home, build.id, _UNJUDGED)  # before it has its name: whole and not yet judged, it must not be served
        aside.rename(builds_folder(home) / build.id)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    progress("Writing and verifying the build", 2, 2)
    publish_or_hold(home, build.id, embedder, gate, progress, report)
    return report


def _refuse_full_disk(home: Path, units: int) -> None:
    # About 12 kB a unit: its vector three times (cache, Chroma, flat file) with Chroma's own structures.
    needed = 3 * units * 12_000
    free = shutil.disk_usage(home).free
    if free < needed:
        raise DeskError(
            f"There is not enough room to build the index: {needed // 10**6} MB are needed and {free // 10**6} MB are "
            "free; make room and ingest again."
        )
