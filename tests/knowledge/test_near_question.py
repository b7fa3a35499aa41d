"""When a question is near to one a ruling was given on, measured on pairs invented for it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from evaluation import __file__ as evaluation
from knowledge.adapters.sentence_transformer import SentenceTransformerEmbedder
from knowledge.encode import Encoded, encode
from knowledge.near_question import is_near_question
from knowledge.searched_words import searched_words

RULINGS = tomllib.loads(Path(__file__).with_name("ruling_pairs.toml").read_text(encoding="utf-8"))["ruling"]
QUESTIONS = Path(evaluation).with_name("questions.jsonl").read_text(encoding="utf-8").splitlines()
ON_THE_MATTER = {
    "spat on at the bus stop",
    "shed broken into",
    "shed done over at bottom of garden",
    "garage burglary as at 04/2013, dwelling or not",
    "whats the time limit for getting a crime on",
}
KINDS = ("same", "reworded", "different")


@pytest.fixture(scope="module")
def embedder() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder()


@pytest.mark.parametrize("split", [pytest.param("tuning", marks=pytest.mark.slow), "held_out"])
def test_most_of_the_same_questions_are_near_and_none_on_another_matter(
    split: str, embedder: SentenceTransformerEmbedder
) -> None:
    rulings = [one for one in RULINGS if one["split"] == split]
    encoded = {words: _encoded(words, embedder) for one in rulings for words in _questions(one)}

    def near(words: list[str], ruling: dict[str, Any]) -> list[str]:
        return [one for one in words if is_near_question(encoded[one], encoded[ruling["question"]])]

    found = {kind: sum(len(near(one[kind], one)) for one in rulings) for kind in KINDS}
    asked = {kind: sum(len(one[kind]) for one in rulings) for kind in KINDS}
    others = [(_questions(other), one) for one in rulings for other in rulings if other is not one]
    taken = [words for questions, one in others for words in near(questions, one)]
    said = ", ".join(f"{found[kind]} of {asked[kind]} {kind}" for kind in KINDS)
    print(f"\n{split}: near are {said}; {len(taken)} of {sum(len(q) for q, _ in others)} on another matter")

    assert [] == taken
    assert found["same"] >= 0.9 * asked["same"]
    assert found["reworded"] >= 0.3 * asked["reworded"]


@pytest.mark.slow
def test_of_the_question_set_only_questions_on_the_matter_are_near(embedder: SentenceTransformerEmbedder) -> None:
    asked = [one["question"] for one in map(json.loads, QUESTIONS) if one["split"] == "tuning"]
    ruled = [_encoded(one["question"], embedder) for one in RULINGS if one["split"] == "tuning"]
    encoded = [(words, _encoded(words, embedder)) for words in asked]
    near = {words for words, one in encoded for ruling in ruled if is_near_question(one, ruling)}
    print(f"\n{len(near)} of {len(asked)} questions of the set are near to one of {len(ruled)} rulings")

    assert ON_THE_MATTER == near


def _questions(ruling: dict[str, Any]) -> list[str]:
    return [ruling["question"], *(words for kind in KINDS for words in ruling[kind])]


def _encoded(text: str, embedder: SentenceTransformerEmbedder) -> Encoded:
    return encode(searched_words(text), embedder)
