"""A build as a directory: how it is written (once) and how it is opened (read only).

MANIFEST.json     written last; a directory without one is no build
editions.json     the editions held
passages.jsonl    every passage, edition by edition, in document order
offences.jsonl    structured records of the offence list
outside.jsonl     topics officers ask about that the documents do not cover, a line a phrasing
scope.npz         vectors of the questions inside and outside the documents, and how a question leans by all of them
differences.jsonl where passages that print the same rule word it differently
chroma/  bm25/    the two indexes
asked/            as bm25/, over the questions of the bank by the passage they are anchored to, where there are any
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from knowledge.adapters.bm25_index import Bm25LexicalIndex, write_lexical
from knowledge.adapters.build_editions import build_of, write_editions
from knowledge.adapters.build_files import check_files, write_manifest
from knowledge.adapters.build_passages import read_passages, write_passages
from knowledge.adapters.chroma_index import ChromaDenseIndex, write_dense
from knowledge.adapters.scope_bank import ScopeBank, read_scope, scope_of, write_scope
from knowledge.errors import BuildInvalid, ModelMismatch
from knowledge.model import Build, Edition, Outside, Passage, Scope
from knowledge.ports import ModelFingerprint, Vectors
from knowledge.shorthand import write_out

LAYOUT = "layout.2"
"""Raised when what a build consists of changes, so that the next ingest makes a new one of the same documents."""


def write_build(
    directory: Path,
    manifest: Build,
    passages: Sequence[Passage],
    units: Sequence[tuple[str, str]],
    vectors: Vectors,
    offences: Sequence[dict[str, Any]] = (),
    differences: Sequence[dict[str, Any]] = (),
    scope: ScopeBank | None = None,
    asked: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Write a complete build into a new directory.

    `units` are (unit id, passage id) pairs, one a row of `vectors` (n, dimension); `asked` are the questions of the
    bank by the passage they are anchored to. The manifest is written last and flushed to the disk, so a directory that
    has one is whole.
    """
    directory.mkdir(parents=True)
    edition_of = {passage.id: passage.edition.key for passage in passages}
    write_editions(directory, manifest.editions)
    write_passages(directory, passages)
    _write(directory / "offences.jsonl", "".join(json.dumps(record, default=str) + "\n" for record in offences))
    _write(directory / "differences.jsonl", "".join(json.dumps(pair) + "\n" for pair in differences))
    _write(directory / "outside.jsonl", "".join(json.dumps(asdict(t)) + "\n" for t in scope.topics) if scope else "")
    write_scope(directory / "scope.npz", scope, vectors.shape[1])
    write_lexical(
        directory / "bm25",
        [p.id for p in passages],
        [p.edition.key for p in passages],
        [f"{p.section}\n{p.section}\n{p.text}" for p in passages],
    )
    if asked:
        texts = [
            "\n".join(f"{question}\n{write_out(question)}" for question in questions) for questions in asked.values()
        ]
        write_lexical(directory / "asked", list(asked), [edition_of[passage] for passage in asked], texts)
    write_dense(directory / "chroma", [u for u, _ in units], [edition_of[p] for _, p in units], vectors)
    body = {
        "id": manifest.id,
        "created": manifest.created,
        "created_by": manifest.created_by,
        "passages": len(passages),
        "units": len(units),
        "model": manifest.model,
        "splitter": manifest.splitter,
        "changes": manifest.changes,
    }
    write_manifest(directory, body)


class BuildDirectory:
    """One build, open for reading (the OpenBuild port)."""

    def __init__(self, directory: Path, model: ModelFingerprint | None = None) -> None:
        """Open and check. Raises BuildInvalid, or ModelMismatch naming the field that differs from `model`."""
        self.directory = directory
        try:
            self._open(check_files(directory), model)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:  # of a build made before the seal
            raise BuildInvalid(f"Build {directory.name} is damaged: it cannot be read.") from fault

    def _open(self, body: dict[str, Any], model: ModelFingerprint | None) -> None:
        directory = self.directory
        if model is not None:
            for field, value in model.to_json().items():
                if body["model"].get(field) != value:
                    raise ModelMismatch(
                        f"Build {directory.name} was made with another embedding model: {field} is "
                        f"{body['model'].get(field)!r} in the build and {value!r} here; ingest again."
                    )
        self.manifest = build_of(directory, body)
        self.editions: Sequence[Edition] = self.manifest.editions
        self._passages: dict[str, Passage] = {}
        self._order: dict[str, list[str]] = {}
        for passage in read_passages(directory, self.manifest):
            self._passages[passage.id] = passage
            self._order.setdefault(passage.edition.key, []).append(passage.id)
        self._place = {pid: i for ids in self._order.values() for i, pid in enumerate(ids)}
        with (directory / "offences.jsonl").open() as lines:
            self._offences: list[dict[str, Any]] = [json.loads(line) for line in lines]
        with (directory / "differences.jsonl").open() as lines:
            self._differences: list[dict[str, Any]] = [json.loads(line) for line in lines]
        with (directory / "outside.jsonl").open() as lines:
            topics = [Outside(**json.loads(line)) for line in lines]
        self._scope = read_scope(directory / "scope.npz", topics)
        self.dense = ChromaDenseIndex(directory / "chroma")
        self.lexical = Bm25LexicalIndex(directory / "bm25")
        # A build made before there was one, or without a bank, is searched without it.
        self.asked = Bm25LexicalIndex(directory / "asked") if (directory / "asked").is_dir() else None
        if len(self._passages) != body["passages"] or self.dense.count != body["units"]:
            raise BuildInvalid(f"Build {directory.name} is damaged: it holds fewer passages than its manifest says.")

    def passage(self, passage_id: str) -> Passage:
        """The passage of that id. Raises KeyError."""
        return self._passages[passage_id]

    def passages(self) -> Iterable[Passage]:
        """All passages, edition by edition, in document order."""
        return self._passages.values()

    def surroundings(self, passage: Passage, around: int = 1) -> list[Passage]:
        """The passage with its neighbours in the edition."""
        order = self._order[passage.edition.key]
        place = self._place[passage.id]
        return [self._passages[pid] for pid in order[max(0, place - around) : place + around + 1]]

    def offences(self) -> Sequence[dict[str, Any]]:
        """Structured records of the offence list."""
        return self._offences

    def scope(self, vectors: Vectors, text: str) -> Scope | None:
        """Where a question stands between what the documents cover and what they do not."""
        return scope_of(vectors, text, self._scope) if self._scope else None

    def differences(self) -> Sequence[dict[str, Any]]:
        """Where twins word the same rule differently: `a`, `b` (passage ids) and `wordings` (pairs of sentences)."""
        return self._differences


def _write(path: Path, text: str) -> None:
    path.write_text(text)
