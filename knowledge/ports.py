"""What the domain needs from the outside, in its own words. Each port has an adapter and a fake under one contract.

Vectors are NumPy float32 arrays of unit length. A unit is one embedded text of a passage: the passage whole, its
heading, one of its sentences, or a question of the bank anchored to it; its id is `<passage id>#<kind>` with kind `p`,
`h`, `s<n>` (sentence n), `q<n>` or `q<n>.<s>` (question n, whose anchor stands in sentence s).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from knowledge.model import Build, Edition, Passage, Scope
from knowledge.ruling import Ruling

Vectors = npt.NDArray[np.float32]
Cosines = dict[str, dict[str, float]]
"""By passage, by kind of unit."""
Progress = Callable[[int, int], None]
"""Called with (done, total)."""


@dataclass(frozen=True, slots=True)
class ModelFingerprint:
    """What makes two embedding models the same one. A build opens only with the model it was made with."""

    name: str
    weights_sha256: str
    dimension: int
    max_tokens: int

    def to_json(self) -> dict[str, object]:
        """As it stands in a manifest."""
        return {
            "name": self.name,
            "weights_sha256": self.weights_sha256,
            "dimension": self.dimension,
            "max_tokens": self.max_tokens,
        }


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def fingerprint(self) -> ModelFingerprint: ...

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """(n,) texts in, (n, dimension) float32 unit vectors out, in order."""
        ...

    def adapt(self, questions: Vectors) -> Vectors:
        """(n, dimension) unit vectors of questions, turned towards the words in which rules answer such questions.

        Unchanged where nothing was learned for this model.
        """
        ...

    def count_tokens(self, text: str) -> int:
        """Tokens of `text` as the model counts them, its special tokens included."""
        ...


@dataclass(frozen=True, slots=True)
class UnitHit:
    """A unit found, with its score (cosine for dense, BM25 for lexical)."""

    unit: str
    score: float

    @property
    def passage(self) -> str:
        """Id of the passage the unit belongs to."""
        return self.unit.rpartition("#")[0]

    @property
    def kind(self) -> str:
        """`p`, `h`, `s<n>` or `q<n>`."""
        return self.unit.rpartition("#")[2]


class DenseIndex(Protocol):
    """Nearest units by cosine."""

    def nearest(self, vector: Vectors, *, limit: int, editions: frozenset[str]) -> list[UnitHit]:
        """Up to `limit` units of passages whose edition key is in `editions`, best first."""
        ...

    def compare(self, questions: Sequence[Vectors], passages: Sequence[str]) -> list[Cosines]:
        """For each question, by passage, each of its units (by kind) with its best cosine to the question's rows.

        A question is (n, dimension), a row to each of its forms. Unknown passages are left out.
        """
        ...


class LexicalIndex(Protocol):
    """Best passages by BM25 over heading path and text."""

    def search(self, text: str, *, limit: int, editions: frozenset[str]) -> list[UnitHit]:
        """Up to `limit` hits (unit kind `p`) with a score above 0, best first."""
        ...

    def covered(self, text: str, passages: Sequence[str]) -> dict[str, float]:
        """`coverage` of each named passage with its headings. Unknown passages are left out."""
        ...

    def coverage(self, text: str, passage_text: str) -> float:
        """Share of the words of `text`, weighed by how rare each is in the build, that stand in `passage_text`."""
        ...


class OpenBuild(Protocol):
    """One complete build, open for reading. Never changes once open."""

    @property
    def manifest(self) -> Build: ...
    @property
    def editions(self) -> Sequence[Edition]: ...
    @property
    def dense(self) -> DenseIndex: ...
    @property
    def lexical(self) -> LexicalIndex: ...
    @property
    def asked(self) -> LexicalIndex | None:
        """As `lexical`, over the questions of the bank that are anchored to each passage; None where there are none."""
        ...

    def passage(self, passage_id: str) -> Passage:
        """The passage of that id. Raises KeyError."""
        ...

    def passages(self) -> Iterable[Passage]:
        """All passages, edition by edition, in document order."""
        ...

    def surroundings(self, passage: Passage, around: int = 1) -> list[Passage]:
        """The passage with up to `around` passages before and after it in its edition, in document order."""
        ...

    def offences(self) -> Sequence[dict[str, Any]]:
        """Structured records of the offence list, in document order (empty where none is held)."""
        ...

    def scope(self, vectors: Vectors, text: str) -> Scope | None:
        """Where a question of these words stands; None where the build holds no reviewed questions.

        `vectors` (n, dimension) are its forms, the one as typed last.
        """
        ...

    def differences(self) -> Sequence[dict[str, Any]]:
        """Where twins word the same rule differently: `a`, `b` (passage ids) and `wordings` (pairs of sentences)."""
        ...


class Builds(Protocol):
    """The published build, noticed anew without a restart."""

    def current(self) -> OpenBuild:
        """The published build. Raises NoBuild, BuildInvalid or ModelMismatch."""
        ...

    @property
    def trouble(self) -> str:
        """A sentence on why another build than the published one answers; empty where that one does."""
        ...


class Rulings(Protocol):
    """The registrar's rulings as they stand now, also those given since the build was published."""

    def in_force(self) -> Sequence[Ruling]:
        """Every ruling that is neither suspended nor retired, oldest first; none where none can be read."""
        ...


class Clock(Protocol):
    """What today is."""

    def today(self) -> date: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """One statement as a chat model wrote it: its text, and per passage relied on its number and the words quoted."""

    text: str
    quotes: tuple[tuple[int, str], ...]


class AnswerWriter(Protocol):
    """A chat model that puts passages into short statements. Nothing it says is believed before it is checked."""

    @property
    def name(self) -> str:
        """`provider:model`."""
        ...

    def write(self, question: str, passages: Sequence[Passage]) -> list[Draft]:
        """Statements citing `passages` by 1-based position. Raises WriterUnavailable."""
        ...
