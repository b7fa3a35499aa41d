"""A question alike to one that was ruled on is answered from the ruling, as long as the ruling stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.rendering.limits import NOTICE
from knowledge.answer_from_ruling import near_notice
from knowledge.ask import Desk
from knowledge.model import Answer, Authority, Passage, Status
from knowledge.ruling import Ruling, RulingState
from knowledge.ruling_holds import Why, doubts, rests_now
from tests.builders import TODAY, a_passage, a_ruling, an_edition
from tests.fakes import FakeBuild, FakeBuilds, FakeClock, FakeEmbedder, FakeRulings

RULE = a_passage("A third party may report a crime for somebody else.", ordinal=7, path=("Reports",))
OTHER = a_passage("A crime must be recorded within 24 hours of the report.", ordinal=8)
RULING = a_ruling(RULE)
ALIKE = "a lollipop lady, may she report a theft for a child?"


def ask(question: str, ruling: Ruling, *passages: Passage, as_at: date | None = None, today: date = TODAY) -> Answer:
    embedder = FakeEmbedder()
    builds = FakeBuilds(FakeBuild(passages or (RULE, OTHER), embedder, "another-build"))
    return Desk(builds, embedder, FakeClock(today), rulings=FakeRulings(ruling)).ask(question, as_at=as_at)


def is_told_near(answer: Answer) -> bool:
    return any("has ruled on a question near to yours" in notice for notice in answer.notices)


def is_ruled(answer: Answer) -> bool:
    return any(citation.passage.edition.authority is Authority.RULING for citation in answer.citations)


def test_the_ruling_is_said_first_then_the_rules_it_rests_on_from_the_build_in_use() -> None:
    answer = ask(ALIKE, RULING)

    assert (Status.ANSWERED, "another-build") == (answer.status, answer.build)
    assert [RULING.answer, RULE.text] == [statement.text for statement in answer.statements]
    assert [Authority.RULING, Authority.NATIONAL_RULE] == [c.passage.edition.authority for c in answer.citations]
    assert answer.notices[0].startswith(
        "Ruling by the Force Crime Registrar\u2019s office, 20 November 2026, on Invented Recording Rules, edition 2026"
    )
    assert RULING.question in answer.notices[0]


def test_what_the_ruling_says_in_the_rules_own_words_is_not_said_twice() -> None:
    answer = ask(ALIKE, replace(RULING, answer=f"{RULE.text}\nSo yes."))

    assert 1 == len(answer.statements)
    assert 2 == len(answer.citations)


@pytest.mark.parametrize("question", ["may a lollipop lady report a theft for a victim", "how long to record a crime"])
def test_another_question_is_answered_from_the_documents(question: str) -> None:
    assert not is_ruled(ask(question, RULING))


@pytest.mark.parametrize("state", [RulingState.SUSPENDED, RulingState.RETIRED])
def test_a_ruling_that_is_not_in_force_answers_nothing(state: RulingState) -> None:
    assert not is_ruled(ask(ALIKE, replace(RULING, state=state)))


def test_a_ruling_answers_from_the_day_it_was_given_to_its_review_date() -> None:
    days = {
        date(2026, 11, 19): False,  # the day before
        date(2026, 11, 20): True,
        date(2026, 11, 22): True,
    }
    assert days == {day: is_ruled(ask(ALIKE, RULING, as_at=day)) for day in days}
    on = {date(2027, 11, 20): True, date(2027, 11, 21): False}
    assert on == {day: is_ruled(ask(ALIKE, RULING, today=day)) for day in on}


def test_a_ruling_does_not_answer_for_a_day_before_the_edition_it_rests_on() -> None:
    """Given in March on rules that begin in April."""
    early = replace(RULING, answered_on=date(2026, 3, 20), review_on=date(2027, 3, 20))

    assert not is_ruled(ask(ALIKE, early, as_at=date(2026, 3, 25)))
    assert is_ruled(ask(ALIKE, early, as_at=date(2026, 4, 1)))


CHANGED = replace(RULE, text="A third party may not report a crime for somebody else.", sentences=())
NEXT = an_edition(label="2027/28", effective_from=date(2027, 4, 1))


@pytest.mark.parametrize(
    ("held", "why"),
    [
        ((CHANGED, OTHER), Why.ALTERED),
        ((OTHER,), Why.GONE),
        ((replace(RULE, path=("Elsewhere",)), OTHER), Why.ALTERED),
        ((replace(RULE, edition=an_edition(withdrawn=date(2026, 11, 21))), OTHER), Why.WITHDRAWN),
        ((replace(RULE, edition=an_edition(effective_to=date(2026, 11, 21))), OTHER), Why.ENDED),
        ((replace(RULE, edition=NEXT), OTHER), Why.GONE),
    ],
)
def test_a_build_that_no_longer_holds_what_it_rests_on_never_answers_from_it(
    held: tuple[Passage, ...], why: Why
) -> None:
    """In the moment before anybody has suspended it: the ruling is still in force."""
    answer = ask(ALIKE, RULING, *held)

    assert not is_ruled(answer)
    assert [why] == [one.why for one in doubts(RULING, FakeBuild(held, FakeEmbedder()), TODAY)]


def test_a_passage_that_only_moved_to_another_page_and_id_changes_no_ruling() -> None:
    moved = replace(RULE, id="rules@2026-27/0099", pages=(31,))
    answer = ask(ALIKE, RULING, moved, OTHER)

    assert is_ruled(answer)
    assert (31,) == answer.citations[1].passage.pages


def test_the_passage_in_its_place_is_found_for_whoever_renews_it() -> None:
    build = FakeBuild((CHANGED, OTHER), FakeEmbedder())
    (doubt,) = doubts(RULING, build, TODAY)

    assert (RULE, CHANGED) == (doubt.was, doubt.now)
    (now,) = rests_now(RULING, build, TODAY)
    assert (CHANGED, CHANGED.text) == (now.passage, now.quote)
    assert () == rests_now(RULING, FakeBuild((OTHER,), FakeEmbedder()), TODAY)


def test_of_two_rulings_on_the_same_question_the_later_prevails() -> None:
    embedder = FakeEmbedder()
    later = replace(RULING, id="c" * 32, answer="No.", answered_on=date(2026, 11, 21))
    desk = Desk(
        FakeBuilds(FakeBuild((RULE, OTHER), embedder)), embedder, FakeClock(TODAY), rulings=FakeRulings(later, RULING)
    )

    assert "No." == desk.ask(ALIKE).statements[0].text


NEAR = "may a lollipop lady report a theft for a teacher"


def test_a_ruling_on_a_near_question_is_told_last_and_answers_nothing() -> None:
    answer = ask(NEAR, RULING)

    assert not is_ruled(answer)
    assert RULING.answer not in [statement.text for statement in answer.statements]
    assert [is_told_near(replace(answer, notices=(one,))) for one in answer.notices] == [False] * (
        len(answer.notices) - 1
    ) + [True]
    told = answer.notices[-1]
    for words in (RULING.question, RULING.answer, RULING.reference, "20 November 2026", "holds only if that is"):
        assert words in told
    assert "ask the registrar\u2019s office" in told


@pytest.mark.parametrize(
    ("asked", "ruled_on", "status"),
    [
        ("may a third party report a crime", "may a third party report a crime by fax", Status.ANSWERED),
        ("shed broken into", "garden shed broken into on an allotment", Status.NEEDS_CLARIFYING),
        ("may penguins swim", "may penguins swim for a living", Status.NOT_COVERED),
    ],
)
def test_it_is_told_whatever_the_desk_could_say_of_the_question_itself(
    asked: str, ruled_on: str, status: Status
) -> None:
    shed = a_passage(
        "A shed with a connecting door to the home is part of the home; an unconnected shed that is broken into is not."
    )
    answer = ask(asked, replace(RULING, question=ruled_on), RULE, shed)

    assert (status, True) == (answer.status, is_told_near(answer))


@pytest.mark.parametrize("state", [RulingState.SUSPENDED, RulingState.RETIRED])
def test_a_near_ruling_that_is_not_in_force_is_not_told(state: RulingState) -> None:
    assert not is_told_near(ask(NEAR, replace(RULING, state=state)))


def test_a_near_ruling_is_told_only_while_it_stands_on_the_build_and_for_days_it_governs() -> None:
    assert is_told_near(ask(NEAR, RULING, as_at=date(2026, 11, 20)))
    assert not is_told_near(ask(NEAR, RULING, as_at=date(2026, 11, 19)))
    assert not is_told_near(ask(NEAR, RULING, CHANGED, OTHER))
    assert not is_told_near(ask(NEAR, RULING, OTHER))
    assert not is_told_near(ask(NEAR, RULING, today=date(2027, 11, 21)))


def test_nothing_is_told_as_near_beside_a_ruling_or_beside_another_matter() -> None:
    assert not is_told_near(ask(ALIKE, RULING))
    assert not is_told_near(ask("how long to record a crime", RULING))


def test_of_near_rulings_one_is_told_the_nearest_that_stands() -> None:
    embedder = FakeEmbedder()
    further = replace(RULING, id="c" * 32, question="may a lollipop lady report a burglary for a man")
    fallen = replace(RULING, id="d" * 32, question="may a lollipop lady report a theft for a teacher at noon")
    fallen = replace(fallen, rests_on=a_ruling(CHANGED).rests_on)
    builds = FakeBuilds(FakeBuild((RULE, OTHER), embedder))
    desk = Desk(builds, embedder, FakeClock(TODAY), rulings=FakeRulings(fallen, further, RULING))

    told = [one for one in desk.ask(NEAR).notices if "has ruled on a question near" in one]
    assert 1 == len(told)
    assert RULING.reference in told[0]


def test_a_long_near_ruling_is_told_as_it_begins_and_how_to_read_it_whole() -> None:
    told = ask(NEAR, replace(RULING, answer="Record it at once.\n" + "And tell the sergeant. " * 40)).notices[-1]
    assert "Its answer begins: \u201cRecord it at once. And tell" in told
    assert "ask it in those words" in told

    whole = " lollipop lady report a theft for a teacher" * 20
    told = near_notice(replace(RULING, question=whole, answer=whole))
    assert "in those words" not in told
    assert len(told) <= NOTICE


def test_the_explanation_names_the_ruling() -> None:
    embedder = FakeEmbedder()
    builds = FakeBuilds(FakeBuild((RULE, OTHER), embedder))
    desk = Desk(builds, embedder, FakeClock(TODAY), rulings=FakeRulings(RULING))
    steps = dict(desk.explain(ALIKE).lines)

    assert RULING.reference in steps["ruling"]
    assert "ruling" in steps["so"]
    assert "ruling" not in dict(desk.explain("how long to record a crime").lines)

    near = dict(desk.explain(NEAR).lines)
    assert RULING.reference in near["ruling on a near one"]
    assert "ruling" not in near["so"]
