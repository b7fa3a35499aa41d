"""Embed the units of passages, each text once ever: vectors are kept by model and text."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingest.question_bank import BankQuestion
from knowledge.model import Passage, PassageKind
from knowledge.ports import Embedder, ModelFingerprint, Progress, Vectors

_LEAST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Units:
    """(unit id, passage id) pairs and the text of each, passage by passage."""

    ids: list[tuple[str, str]]
    texts: list[str]


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors in the order of the units, and of which passages something had to be embedded anew."""

    vectors: Vectors
    passages_embedded: int
    passages_reused: int


def units_of(passages: Sequence[Passage], questions: Mapping[str, Sequence[BankQuestion]] | None = None) -> Units:
    """What is embedded of each passage: the whole, its headings, its sentences, the questions anchored to it."""
    units = Units([], [])
    for passage in passages:
        forms = [("p", f"{passage.section}\n{passage.text}")]
        if passage.path:
            forms.append(("h", " - ".join(passage.path[-2:])))
        # A list of offences is looked up by code or class; a vector for each of its rows would crowd out the rules.
        sentences = () if passage.kind is PassageKind.OFFENCE else passage.sentences
        if len(sentences) == 1:
            sentences = ()  # Its one sentence is the passage.
        for number, (start, end) in enumerate(sentences):
            if len(passage.text[start:end].split()) >= _LEAST_WORDS:
                forms.append((f"s{number}", passage.text[start:end]))
        for number, asked in enumerate((questions or {}).get(passage.id, ())):
            forms.append((f"q{number}" if asked.sentence is None else f"q{number}.{asked.sentence}", asked.text))
        for kind, text in forms:
            units.ids.append((f"{passage.id}#{kind}", passage.id))
            units.texts.append(text)
    return units


def embed_units(units: Units, embedder: Embedder, cache: Path, progress: Progress | None = None) -> Embedded:
    """Vectors of all units, from the cache where a text was embedded before with the same model."""
    vectors, fresh = _vectors(units.texts, embedder, cache, progress)
    passages = {passage for _, passage in units.ids}
    embedded = {passage for (_, passage), is_fresh in zip(units.ids, fresh, strict=True) if is_fresh}
    return Embedded(vectors, len(embedded), len(passages - embedded))


@dataclass(frozen=True, slots=True)
class Remembering:
    """An embedder that embeds a text once ever. Loading a model takes longer than asking every canary question."""

    embedder: Embedder
    cache: Path

    @property
    def fingerprint(self) -> ModelFingerprint:
        return self.embedder.fingerprint

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return _vectors(texts, self.embedder, self.cache, progress)[0]

    def adapt(self, questions: Vectors) -> Vectors:
        return self.embedder.adapt(questions)

    def count_tokens(self, text: str) -> int:
        return self.embedder.count_tokens(text)


def _vectors(
    texts: Sequence[str], embedder: Embedder, cache: Path, progress: Progress | None
) -> tuple[Vectors, list[bool]]:
    """The vector of each text, and whether it had to be embedded now."""
    cache.mkdir(parents=True, exist_ok=True)
    mark = embedder.fingerprint
    path = cache / f"embeddings-{mark.weights_sha256[:16]}-{mark.dimension}.sqlite3"
    try:
        return _kept_vectors(path, texts, embedder, progress)
    except sqlite3.OperationalError:  # a full disk, a lock: the cache itself is as it was
        raise
    except sqlite3.DatabaseError:
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            path.with_name(name).unlink(missing_ok=True)
        return _kept_vectors(path, texts, embedder, progress)


def _kept_vectors(
    path: Path, texts: Sequence[str], embedder: Embedder, progress: Progress | None
) -> tuple[Vectors, list[bool]]:
    dimension = embedder.fingerprint.dimension
    digests = [hashlib.sha256(text.encode()).digest() for text in texts]
    with closing(_open(path)) as held:
        known = _fetch(held, digests)
        fresh: dict[bytes, str] = {}
        for digest, text in zip(digests, texts, strict=True):
            if digest not in known:
                fresh.setdefault(digest, text)
        if fresh:
            vectors = embedder.embed(list(fresh.values()), progress)
            rows = list(zip(fresh, vectors, strict=True))
            with held:
                held.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", [(d, v.tobytes()) for d, v in rows])
            known.update(rows)
    out = np.asarray([known[digest] for digest in digests], dtype=np.float32).reshape(len(digests), dimension)
    return out, [digest in fresh for digest in digests]


def _open(path: Path) -> sqlite3.Connection:
    held = sqlite3.connect(path, timeout=30)
    held.execute("PRAGMA journal_mode=WAL")
    held.execute("CREATE TABLE IF NOT EXISTS vector (digest BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID")
    return held


def _fetch(held: sqlite3.Connection, digests: Sequence[bytes]) -> dict[bytes, Vectors]:
    wanted = list(dict.fromkeys(digests))
    found: dict[bytes, Vectors] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ",".join("?" * len(part))
        for digest, value in held.execute(f"SELECT digest, value FROM vector WHERE digest IN ({marks})", part):  # noqa: S608 - only question marks
            found[digest] = np.frombuffer(value, dtype=np.float32)
    return found
