"""What a build is made from, and how that differs from the published one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from ingest.passages import SPLITTER
from ingest.publish import build_ids, builds_folder, current_build
from ingest.read_whole import READER
from ingest.report import IngestReport
from knowledge.adapters.build_directory import LAYOUT
from knowledge.adapters.build_editions import read_build
from knowledge.adapters.build_files import check_files
from knowledge.errors import BuildInvalid
from knowledge.model import Edition
from knowledge.ports import Embedder


def compare_editions(home: Path, editions: Sequence[Edition], report: IngestReport) -> None:
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


def inputs_of(editions: Sequence[Edition], embedder: Embedder, beside: Sequence[object]) -> str:
    """Digest of everything a build is made from; equal inputs give an equal build.

    `beside` is what is in it beside the documents: banks of questions, transcriptions.
    """
    made_with = [READER, SPLITTER, LAYOUT, repr(beside), embedder.fingerprint.to_json()]
    told = json.dumps([[repr(edition) for edition in editions], made_with])
    return hashlib.sha256(told.encode()).hexdigest()


def is_published(home: Path, inputs: str) -> bool:
    """Whether the published build was made from just these inputs, and is as it was written."""
    current = current_build(home)
    if current is None or current not in build_ids(home):
        return False
    try:
        changes = check_files(builds_folder(home) / current)["changes"]
    except BuildInvalid:
        return False
    return isinstance(changes, dict) and changes.get("inputs") == inputs
