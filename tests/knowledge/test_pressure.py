"""An officer told to keep a crime off the figures gets the rule, and where to raise it."""

from __future__ import annotations

import pytest

from knowledge.pressure import SAYS, pressed
from tests.bot.a_session import QUESTION, a_desk


@pytest.mark.parametrize(
    "question",
    [
        "sgt told me not to crime it, must i",
        "my inspector says this stays off the figures",
        "boss wants it left, he said don't record it till monday",
        "easiest way to make 6 assaults go away, dci wants them gone",
        "skipper wont let me record a robbery as it looks bad for figures",
        "supervisor says leave it as an incident",
    ],
)
def test_being_told_to_keep_it_off_is_noticed(question: str) -> None:
    assert pressed(question)


@pytest.mark.parametrize(
    "question",
    [
        "sgt asks whether it must be recorded",
        "vic does not want it recorded",
        "who may cancel a crime, inspector or registrar",
        "is it a cri or a crime when the school deals with it",
        "they have two recorded crimes, which is the principal",
    ],
)
def test_an_ordinary_question_is_not_taken_for_it(question: str) -> None:
    assert not pressed(question)


def test_the_answer_gives_the_rule_and_says_where_to_raise_it() -> None:
    answer = a_desk().ask(f"sgt told me not to record it, {QUESTION}")

    assert answer.statements
    assert SAYS in answer.notices
