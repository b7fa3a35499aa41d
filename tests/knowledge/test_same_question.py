"""When a question is the one a ruling was given on, measured on pairs invented for it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from knowledge.adapters.sentence_transformer import SentenceTransformerEmbedder
from knowledge.encode import Encoded, encode
from knowledge.same_question import is_same_question
from knowledge.searched_words import searched_words
from tests.fakes import FakeEmbedder

RULINGS = tomllib.loads(Path(__file__).with_name("ruling_pairs.toml").read_text(encoding="utf-8"))["ruling"]


@pytest.fixture(scope="module")
def embedder() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder()


@pytest.mark.parametrize("split", [pytest.param("tuning", marks=pytest.mark.slow), "held_out"])
def test_no_other_question_is_taken_for_the_same_and_half_of_the_same_ones_are_found(
    split: str, embedder: SentenceTransformerEmbedder
) -> None:
    """A wrong ruling shown is worse than one not shown, so the two errors are not weighed alike."""
    taken: dict[str, list[str]] = {"same": [], "different": []}
    asked = {"same": 0, "different": 0}
    for ruling in (one for one in RULINGS if one["split"] == split):
        ruled = _encoded(ruling["question"], embedder)
        for kind, count in taken.items():
            asked[kind] += len(ruling[kind])
            count += [words for words in ruling[kind] if is_same_question(_encoded(words, embedder), ruled)]
    shown, found = len(taken["different"]), len(taken["same"])
    print(f"\n{split}: {shown} of {asked['different']} others shown, {found} of {asked['same']} same ones found")

    assert [] == taken["different"]
    assert found >= 0.5 * asked["same"]


def test_personal_data_and_shorthand_make_no_other_question() -> None:
    embedder = FakeEmbedder()
    ruled = _encoded("victim refuses to support prosecution of a dog theft, do we record it", embedder)

    assert is_same_question(_encoded("vic is [name], [telephone number], " + ruled.text, embedder), ruled)


@pytest.mark.parametrize(
    "asked",
    [
        "the suspect hit the victim, is it assault",
        "the victim did not hit the suspect, is it assault",
        "two victims hit the suspect, is it assault",
        "who records that the victim hit the suspect, is it assault",
        "the victim hit the suspect 008/06, is it assault",
    ],
)
def test_what_the_rules_turn_on_decides_however_near_the_words(asked: str) -> None:
    embedder = FakeEmbedder()
    ruled = _encoded("the victim hit the suspect, is it assault", embedder)

    assert 0.0 == is_same_question(_encoded(asked, embedder), ruled)
    assert is_same_question(_encoded("is it assault, the victim hit the suspect?", embedder), ruled)


def _encoded(text: str, embedder: SentenceTransformerEmbedder | FakeEmbedder) -> Encoded:
    return encode(searched_words(text), embedder)
