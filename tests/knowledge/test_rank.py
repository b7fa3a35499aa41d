"""Which passage comes first, and what the questions of the bank count for."""

from __future__ import annotations

from dataclasses import replace

from knowledge.encode import encode
from knowledge.model import Found
from knowledge.rank import Weights
from knowledge.retrieve import retrieve
from tests.builders import TODAY, a_passage
from tests.fakes import FakeBuild, FakeEmbedder

BICYCLES = a_passage("A pedal cycle is recorded under class 44.", ordinal=1, path=("Cycles",))
BOATS = a_passage("A vessel is recorded under class 49.", ordinal=2, path=("Vessels",))


def found(question: str, weights: Weights | None = None, **asked: list[str]) -> list[Found]:
    build = FakeBuild(
        [BICYCLES, BOATS],
        FakeEmbedder(),
        asked={{"bicycles": BICYCLES, "boats": BOATS}[name].id: texts for name, texts in asked.items()},
    )
    return retrieve(encode(question, FakeEmbedder()), build, as_at=TODAY, weights=weights)


def test_the_words_in_which_officers_ask_for_a_rule_find_it() -> None:
    question = "dinghy gone from the marina"
    by_its_own = found(question)
    with_bank = found(question, boats=["somebody had a dinghy away from the marina"])

    assert BOATS.id == with_bank[0].passage.id
    assert with_bank[0].parts["asked"] > 0.5
    assert 1.0 == with_bank[0].parts["asked_words"]
    assert all(one.parts["asked"] == one.parts["asked_words"] == 0.0 for one in by_its_own)


def test_without_the_banks_their_words_count_for_nothing() -> None:
    question = "dinghy gone from the marina"
    asked = ["somebody had a dinghy away from the marina"]
    without = {one.passage.id: one.score for one in found(question, Weights().without_banks(), boats=asked)}

    assert without == {one.passage.id: one.score for one in found(question)}


def test_a_passage_that_several_questions_come_near_is_above_one_that_a_single_one_does() -> None:
    weights = replace(Weights().without_banks(), banked=1.0)
    build = FakeBuild([BICYCLES, BOATS], FakeEmbedder())
    question = encode("bike nicked", FakeEmbedder())
    compare = build.dense.compare

    def with_questions(*arguments):  # type: ignore[no-untyped-def]
        plain, turned = compare(*arguments)
        plain[BICYCLES.id] |= {"q0": 0.8, "q1": 0.8, "q2": 0.8}
        plain[BOATS.id] |= {"q0": 0.8, "q1": 0.1, "q2": 0.1}
        return plain, turned

    build.dense.compare = with_questions
    first, second = retrieve(question, build, as_at=TODAY, weights=weights)

    assert (BICYCLES.id, BOATS.id) == (first.passage.id, second.passage.id)
    assert first.parts["bank"] == second.parts["bank"]
    assert first.parts["banked"] > second.parts["banked"]
