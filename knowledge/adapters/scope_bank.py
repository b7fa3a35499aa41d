"""Questions inside and outside the documents as vectors, and where a question stands between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from knowledge.adapters.bm25_index import words_of
from knowledge.errors import BuildInvalid
from knowledge.model import Outside, Scope
from knowledge.ports import Vectors

_LEAST_LETTERS = 5
_RIDGE = 3.0
"""Penalty of the ridge regression; from 1 to 30 its cross-validated accuracy differs by 2 in 100."""


@dataclass(frozen=True, slots=True)
class ScopeBank:
    """Vectors (n, dimension) of the bank's questions inside, and outside with the topic of each.

    `own` are stemmed words that the documents use and none of those questions does: the names of a force, its systems
    and its forms, by which a question about a document that has no bank of its own can be told.
    """

    inside: Vectors
    outside: Vectors
    topics: Sequence[Outside]
    own: frozenset[str] = frozenset()
    lean: Vectors | None = None


def write_scope(path: Path, bank: ScopeBank | None, dimension: int) -> None:
    """Write the vectors and, fitted to them, the (dimension + 1,) weights of the lean."""
    none = np.zeros((0, dimension), dtype=np.float32)
    inside, outside = (bank.inside, bank.outside) if bank else (none, none)
    own = np.array(sorted(bank.own) if bank else [], dtype=np.str_)
    np.savez(path, inside=inside, outside=outside, lean=_fitted(inside, outside), own=own)


def read_scope(path: Path, topics: Sequence[Outside]) -> ScopeBank | None:
    """The bank as written, or None where it lacks one side or the other: nothing can be told by one side alone.

    Raises BuildInvalid where the file is not as it should be.
    """
    try:
        with np.load(path) as held:
            inside, outside, lean = held["inside"], held["outside"], held["lean"]
            own = frozenset(str(word) for word in held["own"])
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as fault:
        raise BuildInvalid(f"The questions inside and outside cannot be read ({type(fault).__name__}).") from fault
    return ScopeBank(inside, outside, topics, own, lean) if len(inside) and len(outside) == len(topics) else None


def own_words(documents: Iterable[str], questions: Iterable[str]) -> frozenset[str]:
    """Stemmed words of five letters and more that stand in a document and in no reviewed question."""
    asked = {word for text in questions for word in words_of(text)}
    used = {word for text in documents for word in words_of(text)}
    return frozenset(word for word in used - asked if len(word) >= _LEAST_LETTERS and word.isalpha())


def scope_of(vectors: Vectors, text: str, bank: ScopeBank) -> Scope:
    """Where a question of these words stands; `vectors` are its forms, the one as typed last."""
    forms = np.atleast_2d(vectors)
    near = (forms @ bank.outside.T).max(axis=0)
    nearest = int(np.argmax(near))
    lean = float(np.append(forms[-1], 1.0) @ bank.lean) if bank.lean is not None else 0.0
    own = tuple(word for word in words_of(text) if word in bank.own)
    return Scope(float((forms @ bank.inside.T).max()), float(near[nearest]), lean, bank.topics[nearest], own)


def _fitted(inside: Vectors, outside: Vectors) -> Vectors:
    """Ridge regression of 1 for inside and -1 for outside on the vectors, both sides weighing the same."""
    if not len(inside) or not len(outside):
        return np.zeros(inside.shape[1] + 1, dtype=np.float32)
    both = np.vstack([inside, outside]).astype(np.float64)
    both = np.c_[both, np.ones(len(both))]
    wanted = np.r_[np.ones(len(inside)), -np.ones(len(outside))]
    weights = np.r_[np.full(len(inside), 1 / len(inside)), np.full(len(outside), 1 / len(outside))]
    weights /= weights.mean()
    weighted = (both * weights[:, None]).T
    penalty = _RIDGE * np.eye(both.shape[1])
    return np.asarray(np.linalg.solve(weighted @ both + penalty, weighted @ wanted), dtype=np.float32)
