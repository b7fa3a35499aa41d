"""The passages of a build, read without its indexes: enough to show what it holds, also of one by an earlier desk."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

from knowledge.errors import BuildInvalid
from knowledge.model import Build, Passage, PassageKind

PASSAGES = "passages.jsonl"
_KNOWN = {field.name for field in fields(Passage)}


def read_passages(directory: Path, build: Build) -> list[Passage]:
    """All passages of the build in `directory`, edition by edition, in document order. Raises BuildInvalid."""
    editions = {edition.key: edition for edition in build.editions}
    found = []
    try:
        with (directory / PASSAGES).open(encoding="utf-8") as lines:
            for line in lines:
                record = {name: value for name, value in json.loads(line).items() if name in _KNOWN}
                lists = {name: tuple(record.get(name, ())) for name in ("path", "pages", "printed", "twins")}
                sentences = tuple((start, end) for start, end in record.get("sentences", ()))
                told = {"edition": editions[record["edition"]], "kind": PassageKind(record["kind"])}
                found.append(Passage(**{**record, **lists, **told, "sentences": sentences}))
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise BuildInvalid(
            f"Build {build.id} is damaged: its passages cannot be read; run `desk builds verify {build.id}`."
        ) from fault
    return found


def write_passages(directory: Path, passages: Iterable[Passage]) -> None:
    """Write passages, edition by edition in document order, into the directory of a build that is being made."""
    with (directory / PASSAGES).open("w", encoding="utf-8") as lines:
        for passage in passages:
            record = {name: getattr(passage, name) for name in _KNOWN - {"edition"}}
            lines.write(json.dumps({**record, "edition": passage.edition.key}, sort_keys=True) + "\n")
