"""The desk asks back only where the rules found branch on a fact the question lacks."""

from __future__ import annotations

import pytest

from knowledge.ask import Desk
from knowledge.clarify import clarify, is_choice
from knowledge.follow_up import in_context
from knowledge.model import Found, Status
from tests.builders import TODAY, a_passage
from tests.fakes import FakeBuild, FakeBuilds, FakeClock, FakeEmbedder

SHED = a_passage(
    "A shed with a connecting door to the home is part of the home; an unconnected shed that is broken into is not."
)


def found(text: str = SHED.text) -> list[Found]:
    return [Found(a_passage(text), 1.0)]


def test_a_short_question_that_lacks_the_deciding_fact_is_asked_back_with_answers_to_choose_from() -> None:
    branch = clarify("shed broken into", found())

    assert branch is not None
    assert branch.asks.endswith("?")
    assert len(branch.options) >= 3


@pytest.mark.parametrize(
    "question",
    [
        "detached shed in the garden broken into",
        "shed attached to the house broken into",
        "a shed was broken into last night and the owner wants to know when we will send somebody to look at it",
    ],
)
def test_a_question_that_says_where_or_says_much_is_not_asked_back(question: str) -> None:
    assert clarify(question, found()) is None


def test_nothing_is_asked_where_the_rules_found_do_not_branch_on_the_fact() -> None:
    assert clarify("shed broken into", found("A lamp is counted once for each owner.")) is None


def test_the_answer_chosen_is_searched_for_together_with_the_question() -> None:
    branch = clarify("shed broken into", found())
    assert branch is not None

    assert is_choice(branch.options[0].upper())
    assert in_context(branch.options[0], ["shed broken into"]) == f"shed broken into: {branch.options[0]}"


def test_the_desk_asks_back_and_answers_when_told() -> None:
    desk = Desk(FakeBuilds(FakeBuild([SHED], FakeEmbedder())), FakeEmbedder(), FakeClock(TODAY))

    first = desk.ask("shed broken into")
    assert first.status is Status.NEEDS_CLARIFYING
    assert first.to_json()["options"] == list(first.options)

    second = desk.ask(first.options[0], earlier=["shed broken into"])
    assert second.status is Status.ANSWERED
