"""What every embedder keeps to, the fake and the real one alike."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.adapters.sentence_transformer import SentenceTransformerEmbedder
from knowledge.ports import Embedder
from tests.fakes import FakeEmbedder


@pytest.fixture(scope="module", params=["fake", "sentence-transformers"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return FakeEmbedder() if request.param == "fake" else SentenceTransformerEmbedder()


def test_vectors_come_in_the_order_of_the_texts_and_have_unit_length(embedder: Embedder) -> None:
    texts = ["a", "the victim declines to support a prosecution and the crime is recorded all the same", "b c"]

    together = embedder.embed(texts)

    assert (3, embedder.fingerprint.dimension) == together.shape
    assert np.float32 == together.dtype
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    for row, text in zip(together, texts, strict=True):
        np.testing.assert_allclose(row, embedder.embed([text])[0], atol=1e-5)


def test_a_text_is_nearer_to_itself_than_to_another(embedder: Embedder) -> None:
    crime, weather, again = embedder.embed(["record the crime", "sunny spells tomorrow", "record the crime"])

    assert crime @ again > crime @ weather


def test_an_adapted_question_keeps_unit_length_and_stays_nearest_to_itself(embedder: Embedder) -> None:
    texts = ["can we no crime this", "how long have i got", "is it theft or robbery"]
    questions = embedder.embed(texts)
    before = questions.copy()

    turned = embedder.adapt(questions)

    np.testing.assert_allclose(np.linalg.norm(turned, axis=1), 1, atol=1e-5)
    assert [0, 1, 2] == (turned @ questions.T).argmax(axis=1).tolist()
    np.testing.assert_array_equal(before, questions)
    assert (0, embedder.fingerprint.dimension) == embedder.adapt(embedder.embed([])).shape


def test_no_text_gives_no_vector(embedder: Embedder) -> None:
    assert (0, embedder.fingerprint.dimension) == embedder.embed([]).shape


def test_progress_ends_with_everything_done(embedder: Embedder) -> None:
    seen: list[tuple[int, int]] = []

    embedder.embed(["one", "two", "three"], lambda done, total: seen.append((done, total)))

    assert (3, 3) == seen[-1]


def test_more_words_are_more_tokens(embedder: Embedder) -> None:
    assert embedder.count_tokens("record the crime now") > embedder.count_tokens("record")


def test_the_default_weights_are_the_ones_the_design_names() -> None:
    assert (
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
        == SentenceTransformerEmbedder().fingerprint.weights_sha256
    )
