"""The guidance that forms are checked against: the digest that ships, and the official documents where they are."""

from __future__ import annotations

import json
import os
import pickle
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from bot.holding import published_build
from ingest.link_offences import link_offences
from ingest.passages import make_passages
from ingest.read_whole import read_whole
from ingest.sources import read_sources
from knowledge.adapters.build_passages import read_passages
from knowledge.model import Passage
from tests.fakes import FakeEmbedder
from tests.knowledge.cancellation.some_guidance import SomeGuidance, the_digest

GUIDANCE, HOME = os.environ.get("DESK_TEST_GUIDANCE", ""), os.environ.get("DESK_TEST_HOME", "")
_READ = ("crime-recording-rules", "notifiable-offence-list")


@pytest.fixture(scope="session")
def digest() -> SomeGuidance:
    """The digest of the current rules that ships with the desk."""
    return SomeGuidance(the_digest())


@pytest.fixture(scope="session")
def official(tmp_path_factory: pytest.TempPathFactory) -> SomeGuidance:
    """The official rules and the offence list: as published in DESK_TEST_HOME, or else read, pictures and all.

    Reading takes a minute, so the processes that run the tests side by side share it.
    """
    if HOME:
        build = published_build(Path(HOME))
        folder = Path(HOME) / "builds" / build.id
        offences = (folder / "offences.jsonl").read_text(encoding="utf-8").splitlines()
        return SomeGuidance(tuple(read_passages(folder, build)), [json.loads(line) for line in offences])
    if not GUIDANCE:
        pytest.skip("DESK_TEST_GUIDANCE names no folder with the official documents")
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with FileLock(shared / "official.lock"):
        kept = shared / "official.pickle"
        if not kept.is_file():
            kept.write_bytes(pickle.dumps(_read_official()))
        passages, records = pickle.loads(kept.read_bytes())
    return SomeGuidance(passages, records)


def _read_official() -> tuple[list[Passage], list[Any]]:
    passages: list[Passage] = []
    records: list[Any] = []
    for source in read_sources(Path(GUIDANCE) / "sources.toml"):
        if source.edition.document in _READ and source.file is not None:
            reading = read_whole(source.file)
            made = make_passages(reading, source.edition, FakeEmbedder().count_tokens, 256)
            passages += made
            records += link_offences(reading.offences, made, source.edition)
    return passages, records
