"""A matrix that turns the vector of an officer's question towards the words in which rules answer it.

A small model puts "can we no-crime this" near other talk of the street and not near "additional verifiable
information". The matrix was learned from the question bank (`python -m evaluation.train_adapter`), and helps with
documents it has not seen too (docs/retrieval.md). It belongs to the weights of one model and is used with no others.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.ports import Vectors

FILE = Path(__file__).with_name("query_adapter.npz")


@dataclass(frozen=True, slots=True, eq=False)
class QueryAdapter:
    """`matrix` (dimension, dimension): what is added to a vector is the vector times it."""

    matrix: Vectors

    def turn(self, questions: Vectors) -> Vectors:
        """(n, dimension) unit vectors in and out."""
        turned: Vectors = questions + questions @ self.matrix
        turned /= np.linalg.norm(turned, axis=1, keepdims=True)
        return turned


def read_adapter(weights_sha256: str, file: Path = FILE) -> QueryAdapter | None:
    """The adapter learned for the model with these weights, or None."""
    if not file.is_file():
        return None
    with np.load(file, allow_pickle=False) as held:
        if str(held["weights_sha256"]) != weights_sha256:
            return None
        return QueryAdapter(held["matrix"].astype(np.float32))


def write_adapter(adapter: QueryAdapter, weights_sha256: str, file: Path = FILE) -> None:
    """Write it in half precision: what is lost is far below what a question's wording changes."""
    np.savez_compressed(file, matrix=adapter.matrix.astype(np.float16), weights_sha256=np.array(weights_sha256))
