"""The adapter that turns a question's vector, and the model it belongs to."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from knowledge.adapters.query_adapter import QueryAdapter, read_adapter, write_adapter
from knowledge.adapters.sentence_transformer import SentenceTransformerEmbedder


def test_what_was_written_is_read_for_the_same_weights_and_no_others(tmp_path: Path) -> None:
    file = tmp_path / "adapter.npz"
    matrix = np.random.default_rng(1).normal(0, 0.05, (8, 8)).astype(np.float32)

    write_adapter(QueryAdapter(matrix), "one", file)

    held = read_adapter("one", file)
    assert held is not None
    np.testing.assert_allclose(matrix, held.matrix, atol=1e-3)
    assert read_adapter("another", file) is None
    assert read_adapter("one", tmp_path / "absent.npz") is None


def test_an_adapter_that_learned_nothing_turns_nothing() -> None:
    vectors = np.eye(3, 8, dtype=np.float32)

    np.testing.assert_array_equal(vectors, QueryAdapter(np.zeros((8, 8), np.float32)).turn(vectors))


def test_the_adapter_that_ships_belongs_to_the_model_that_ships() -> None:
    held = read_adapter(SentenceTransformerEmbedder().fingerprint.weights_sha256)

    assert held is not None
    assert (384, 384) == held.matrix.shape
    assert np.isfinite(held.matrix).all()
    assert held.matrix.any()
