"""Guidance to ingest, sessions to ingest it in, and a way to have builds without making their indexes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from bot import wiring
from bot.commands.session import Session
from bot.settings import Settings
from ingest.build import IngestReport, ingest
from ingest.publish import build_ids, publish
from ingest.sources import read_sources
from tests.builders import TODAY
from tests.fakes import FakeEmbedder

Progress = Callable[[str, int, int], None]
TEXT = "# Rules\n\n## When to record\n\nA crime must be recorded within 24 hours of the report.\n"


def a_source(document: str, file: str) -> str:
    return (
        f'[[document]]\nid = "{document}"\ntitle = "T"\npublisher = "P"\nauthority = "national_rule"\n'
        f'edition = "2026/27"\neffective_from = 2026-04-01\nfile = "{file}"\n'
    )


def some_guidance(folder: Path) -> Path:
    """A new folder with one rule document and its sources.toml."""
    folder.mkdir()
    (folder / "rules.md").write_text(TEXT)
    (folder / "sources.toml").write_text(a_source("rules", "rules.md"))
    return folder


def an_ingesting_session(home: Path) -> Session:
    """A session that really ingests, with an embedder that needs no model."""

    def with_fake(settings: Settings, sources: Sequence[Path], dry_run: bool, progress: Progress) -> IngestReport:
        return ingest(
            sources,
            home=settings.home,
            embedder=FakeEmbedder(),
            by="tests",
            dry_run=dry_run,
            progress=progress,
            canaries=[settings.home / "canaries.jsonl"],
            two_persons=settings.two_persons,
            today=settings.today,
        )

    return Session(Settings(home=home, today=TODAY), ingest=with_fake, published=wiring.published)


def pretend_to_ingest(settings: Settings, sources: Sequence[Path], dry_run: bool, progress: Progress) -> IngestReport:
    """Publish a build of which only the plain files are there, in no time."""
    editions = [source.edition for path in sources for source in read_sources(path)]
    name = f"20261122-{len(build_ids(settings.home)):06}"
    directory = settings.home / "builds" / name
    directory.mkdir(parents=True)
    plain = [{k: v.isoformat() if isinstance(v, date) else v for k, v in asdict(e).items()} for e in editions]
    (directory / "editions.json").write_text(json.dumps(plain))
    (directory / "passages.jsonl").write_text("")
    made = {"id": name, "created": "now", "created_by": "tests", "passages": len(plain), "splitter": "1", "units": 1}
    (directory / "MANIFEST.json").write_text(json.dumps({**made, "model": {}, "changes": {}, "files": {}}))
    publish(settings.home, name)
    return IngestReport(name, True, passages=len(plain))
