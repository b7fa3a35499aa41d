"""Questions in other words come together, and different ones do not."""

from __future__ import annotations

import pytest

from bot.report.alike import gather_alike

TOPICS = (
    ("noise complaint from a neighbour what do i do", "how do i deal with a noise complaint from neighbours"),
    ("can i search a car without grounds", "search of a car, what grounds do i need"),
    ("what overtime am i owed for rest day working", "overtime for rest day working?"),
    ("custody clock how long", "how long is the custody clock"),
    ("do i crime a lost passport", "lost passport what do i do"),
    ("can i retain a phone after NFA", "can we keep the phone after nfa"),
    ("who pays for a damaged door after a warrant",),
    ("what form for a sudden death",),
)


@pytest.mark.parametrize("turned", [False, True])
def test_the_same_question_in_other_words_is_gathered_and_no_two_topics_are(turned: bool) -> None:
    mixed = [topic[n] for n in (0, 1) for topic in TOPICS if n < len(topic)]
    groups = gather_alike(mixed[::-1] if turned else mixed)

    assert {frozenset(topic) for topic in TOPICS} == {frozenset(group.questions) for group in groups}


def test_the_largest_group_comes_first_and_the_same_words_count_each_time() -> None:
    groups = gather_alike(["lost passport", "custody clock", "custody clock", "custody clock how long"])

    assert [3, 1] == [len(group.questions) for group in groups]


def test_a_question_of_nothing_but_common_words_is_still_a_question() -> None:
    assert [("what is it",)] == [group.questions for group in gather_alike(["what is it"])]
    assert () == gather_alike([])
