"""DenseIndex on an embedded Chroma directory.

A directory is written once, by `write_dense`, and only ever read afterwards: a Chroma directory that is written while
it answers, or killed while it is written, was found unusable (docs/adr/0001-immutable-builds.md). Chroma's own client
is used because langchain-chroma took three times as long for the same neighbours (docs/adr/0005-chroma-client.md).
Chroma writes to what it only reads from, so that what is published is copied before it is opened.
"""

from __future__ import annotations

import errno
import json
import weakref
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.config import Settings

from knowledge.adapters.private_copy import PrivateCopy
from knowledge.errors import BuildInvalid
from knowledge.ports import Cosines, UnitHit, Vectors

_COLLECTION = "units"
_VECTORS = "vectors.npy"
_UNITS = "units.json"
_BATCH = 5000  # Chroma refuses batches over get_max_batch_size(), 5,461 with its SQLite.
# ef_search 200: with the default 100, asking for 200 neighbours returns fewer than asked.
_CONFIGURATION: Any = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 250, "max_neighbors": 32}}


def write_dense(directory: Path, units: Sequence[str], editions: Sequence[str], vectors: Vectors) -> None:
    """Write unit ids, the edition key of each, and their vectors into a new Chroma directory.

    `units` come passage by passage. The vectors also stand in one flat file, in the order of `units`: comparing a
    question with every unit of some passages reads rows there in microseconds, where Chroma takes milliseconds. Raises
    OSError where it cannot be written.
    """
    try:
        client = _client(directory)
        try:
            _add(client, units, editions, vectors)
        finally:
            client.close()  # what it has not written yet is written now, before anybody counts the files in
    except Exception as fault:  # Chroma says in a way of its own that a disk is full
        said = f"the vector index cannot be written ({type(fault).__name__}); look whether the disk is full"
        raise OSError(errno.EIO, said) from fault
    np.save(directory / _VECTORS, np.ascontiguousarray(vectors, dtype=np.float32))
    (directory / _UNITS).write_text(json.dumps([list(units), list(editions)]))


def _add(client: Any, units: Sequence[str], editions: Sequence[str], vectors: Vectors) -> None:
    # Its graph is written once, when the last unit is in. What is not written then, each opening would work out anew.
    hnsw = {**_CONFIGURATION["hnsw"], "sync_threshold": max(len(units), 3)}
    collection = client.create_collection(_COLLECTION, configuration={"hnsw": hnsw}, embedding_function=None)
    for start in range(0, len(units), _BATCH):
        stop = start + _BATCH
        collection.add(
            ids=list(units[start:stop]),
            embeddings=vectors[start:stop],
            metadatas=[{"edition": key} for key in editions[start:stop]],
        )


class ChromaDenseIndex:
    """Nearest units by cosine."""

    def __init__(self, directory: Path) -> None:
        copy = PrivateCopy(directory, without=(_VECTORS, _UNITS))
        try:
            client = _client(copy.path)
        except BaseException as fault:  # Chroma raises its own, SQLite's and Rust's errors for a damaged directory.
            copy.close()
            raise _cannot_be_opened(fault) from fault
        # Chroma keeps every client it has made, and with it the whole index, until it is told to let go.
        weakref.finalize(self, _let_go, client, copy)
        try:
            self._collection = client.get_collection(_COLLECTION, embedding_function=None)
            self.count: int = self._collection.count()
            # Into memory: of a file that is cut short while it is mapped, the next row read ends the process.
            self._vectors = np.load(directory / _VECTORS)
            units, editions = json.loads((directory / _UNITS).read_text())
        except Exception as fault:
            raise _cannot_be_opened(fault) from fault
        if not len(units) == len(editions) == len(self._vectors) == self.count:
            raise BuildInvalid("The vector index of the build is damaged: its parts hold different numbers of units.")
        self._units: list[str] = units
        self._edition: dict[str, str] = dict(zip(units, editions, strict=True))
        self._rows: dict[str, list[int]] = {}
        self._kinds: dict[str, list[str]] = {}
        for row, unit in enumerate(units):
            passage, _, kind = unit.rpartition("#")
            self._rows.setdefault(passage, []).append(row)
            self._kinds.setdefault(passage, []).append(kind)

    def nearest(self, vector: Vectors, *, limit: int, editions: frozenset[str]) -> list[UnitHit]:
        """Up to `limit` units of the named editions, best first.

        A `where` filter costs many times the search itself, so more than enough is fetched and the rest dropped
        here; only when other editions crowd out the answer is the store asked to filter.
        """
        wanted = min(limit, self.count)
        if wanted == 0:
            return []
        found = self._query(vector, min(wanted * 3 // 2, self.count), None)
        hits = [hit for hit in found if self._edition[hit.unit] in editions]
        if len(hits) < wanted and len(found) < self.count:
            hits = self._query(vector, wanted, {"edition": {"$in": sorted(editions)}}) if editions else []
        return hits[:wanted]

    def _query(self, vector: Vectors, limit: int, where: dict[str, Any] | None) -> list[UnitHit]:
        found = self._collection.query(
            query_embeddings=[vector.ravel()], n_results=limit, where=where, include=["distances"]
        )
        return [
            UnitHit(unit, 1.0 - float(distance))
            for unit, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]

    def compare(self, questions: Sequence[Vectors], passages: Sequence[str]) -> list[Cosines]:
        """For each question, by passage, each of its units with its best cosine to the question's rows."""
        known = [passage for passage in passages if passage in self._rows]
        vectors = np.asarray(self._vectors[[row for passage in known for row in self._rows[passage]]])
        tables: list[Cosines] = []
        for question in questions:
            scores = iter((vectors @ np.atleast_2d(question).T).max(axis=1).tolist() if known else ())
            # `zip` takes as many scores as the passage has units, and leaves the rest for the next one.
            tables.append({passage: dict(zip(self._kinds[passage], scores, strict=False)) for passage in known})
        return tables

    def vector(self, unit: str) -> Vectors:
        """The stored vector of a unit. Raises KeyError."""
        passage = unit.rpartition("#")[0]
        row = next(row for row in self._rows[passage] if self._units[row] == unit)
        return np.asarray(self._vectors[row])


def _cannot_be_opened(fault: BaseException) -> BuildInvalid:
    return BuildInvalid(f"The vector index of the build cannot be opened ({type(fault).__name__}).")


def _let_go(client: Any, copy: PrivateCopy) -> None:
    with suppress(Exception):  # at the end of the process parts of Chroma may be gone already
        client.close()
    copy.close()


def _client(directory: Path) -> Any:
    return chromadb.PersistentClient(str(directory), settings=Settings(anonymized_telemetry=False))
