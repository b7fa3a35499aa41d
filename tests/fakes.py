"""Fakes behind the ports, under the same contract tests as the real adapters (tests/contracts)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from knowledge.adapters.bm25_index import words_of
from knowledge.model import Build, Edition, Outside, Passage, Scope
from knowledge.ports import Cosines, ModelFingerprint, Progress, UnitHit, Vectors
from knowledge.ruling import Ruling, RulingState


class FakeEmbedder:
    """A bag of stemmed words hashed into a few dimensions: equal texts are equal, shared words are near."""

    def __init__(self, name: str = "fake", dimension: int = 64) -> None:
        self.fingerprint = ModelFingerprint(name, hashlib.sha256(name.encode()).hexdigest(), dimension, 256)
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.embedded += texts
        out = np.zeros((len(texts), self.fingerprint.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in words_of(text) or ["\x00"]:
                digest = hashlib.sha256(f"{self.fingerprint.name}:{word}".encode()).digest()
                out[row, digest[0] % self.fingerprint.dimension] += 1.0 if digest[1] % 2 else -1.0
            if not out[row].any():
                out[row, 0] = 1.0
        if progress:
            progress(len(texts), len(texts))
        return out / np.linalg.norm(out, axis=1, keepdims=True)

    def adapt(self, questions: Vectors) -> Vectors:
        return questions

    def count_tokens(self, text: str) -> int:
        return len(text.split()) + 2


class FakeDenseIndex:
    """Exact cosine over vectors in memory."""

    def __init__(self, units: Sequence[str], editions: Sequence[str], vectors: Vectors) -> None:
        self._units, self._editions, self._vectors = list(units), list(editions), vectors

    def nearest(self, vector: Vectors, *, limit: int, editions: frozenset[str]) -> list[UnitHit]:
        hits = [
            UnitHit(unit, float(row @ vector.ravel()))
            for unit, edition, row in zip(self._units, self._editions, self._vectors, strict=True)
            if edition in editions
        ]
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    def compare(self, questions: Sequence[Vectors], passages: Sequence[str]) -> list[Cosines]:
        return [self._compare(np.atleast_2d(question), passages) for question in questions]

    def _compare(self, question: Vectors, passages: Sequence[str]) -> Cosines:
        table: Cosines = {}
        for unit, row in zip(self._units, self._vectors, strict=True):
            passage, _, kind = unit.rpartition("#")
            if passage in passages:
                table.setdefault(passage, {})[kind] = float((question @ row).max())
        return table


class FakeLexicalIndex:
    """Counts shared words."""

    def __init__(self, passages: Sequence[str], editions: Sequence[str], texts: Sequence[str]) -> None:
        self._rows = list(zip(passages, editions, [set(words_of(text)) for text in texts], strict=True))

    def search(self, text: str, *, limit: int, editions: frozenset[str]) -> list[UnitHit]:
        wanted = set(words_of(text))
        hits = [
            UnitHit(f"{passage}#p", float(len(wanted & held)))
            for passage, edition, held in self._rows
            if edition in editions and wanted & held
        ]
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    def covered(self, text: str, passages: Sequence[str]) -> dict[str, float]:
        wanted = set(words_of(text))
        held = {passage: words for passage, _, words in self._rows}
        return {p: len(wanted & held[p]) / len(wanted) if wanted else 0.0 for p in passages if p in held}

    def coverage(self, text: str, passage_text: str) -> float:
        wanted, held = set(words_of(text)), set(words_of(passage_text))
        return len(wanted & held) / len(wanted) if wanted else 0.0


class FakeBuild:
    """An open build over passages in memory."""

    def __init__(
        self,
        passages: Sequence[Passage],
        embedder: FakeEmbedder,
        build_id: str = "fake-build",
        offences: Sequence[dict[str, Any]] = (),
        outside: Mapping[str, Outside] | None = None,
        asked: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._offences = offences
        self._outside = [(topic, embedder.embed([asked]).ravel()) for asked, topic in (outside or {}).items()]
        self._passages = {passage.id: passage for passage in passages}
        self.editions: Sequence[Edition] = list(dict.fromkeys(passage.edition for passage in passages))
        self.manifest = Build(build_id, "2026-11-22T00:00:00", "tests", len(passages), tuple(self.editions))
        units, editions, texts = [], [], []
        for passage in passages:
            forms = [("p", f"{passage.section}\n{passage.text}"), ("h", passage.section)]
            forms += [(f"s{n}", passage.text[start:end]) for n, (start, end) in enumerate(passage.sentences)]
            for kind, text in forms:
                units.append(f"{passage.id}#{kind}")
                editions.append(passage.edition.key)
                texts.append(text)
        self.dense = FakeDenseIndex(units, editions, embedder.embed(texts))
        self.lexical = FakeLexicalIndex(
            list(self._passages),
            [passage.edition.key for passage in passages],
            [f"{passage.section} {passage.text}" for passage in passages],
        )
        of = {passage.id: passage.edition.key for passage in passages}
        self.asked = (
            FakeLexicalIndex(list(asked), [of[p] for p in asked], [" ".join(texts) for texts in asked.values()])
            if asked
            else None
        )

    def passage(self, passage_id: str) -> Passage:
        return self._passages[passage_id]

    def passages(self) -> Iterable[Passage]:
        return self._passages.values()

    def surroundings(self, passage: Passage, around: int = 1) -> list[Passage]:
        order = [held for held in self._passages.values() if held.edition == passage.edition]
        place = order.index(passage)
        return order[max(0, place - around) : place + around + 1]

    def offences(self) -> Sequence[dict[str, Any]]:
        return self._offences

    def differences(self) -> Sequence[dict[str, Any]]:
        return []

    def scope(self, vectors: Vectors, text: str) -> Scope | None:
        if not self._outside:
            return None
        outside, topic = max(
            ((float((vectors @ row).max()), topic) for topic, row in self._outside), key=lambda p: p[0]
        )
        return Scope(0.0, outside, 0.0, topic)


class FakeBuilds:
    """One build, until a test publishes another."""

    def __init__(self, build: FakeBuild, trouble: str = "") -> None:
        self.build, self.trouble = build, trouble

    def current(self) -> FakeBuild:
        return self.build


class FakeClock:
    """A day that a test sets."""

    def __init__(self, day: date) -> None:
        self.day = day

    def today(self) -> date:
        return self.day


class FakeRulings:
    """Rulings that a test gives, suspends and retires."""

    def __init__(self, *rulings: Ruling) -> None:
        self.rulings = list(rulings)

    def in_force(self) -> Sequence[Ruling]:
        return [one for one in self.rulings if one.state is RulingState.IN_FORCE]
