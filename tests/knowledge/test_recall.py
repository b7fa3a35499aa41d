"""Which answers a published change made wrong: exactly those that cited what changed, for a day it concerns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from knowledge.model import Passage
from knowledge.recall import Became, Cited, CitedPassage, Recalled, RuleChange, cited_of, recall, rule_digest
from tests.builders import TODAY, a_passage, an_answer, an_edition

LIMIT = a_passage("A crime must be recorded within 24 hours of the report.", ordinal=1)
OTHER = a_passage("One crime for each victim.", ordinal=2, path=("Counting",))


def altered(passage: Passage, **over: object) -> RuleChange:
    told = RuleChange(passage.id, passage.digest, rule_digest(passage), Became.ALTERED, passage.text, "48 hours")
    return replace(told, **over)  # type: ignore[arg-type]


def answered(question: str, *passages: Passage, as_at: date = TODAY) -> Cited:
    return cited_of(question, an_answer(*passages, as_at=as_at))


def test_an_answer_that_cited_the_changed_passage_is_recalled_with_the_change() -> None:
    change = altered(LIMIT)

    assert [Recalled("q1", (change,))] == recall([change], [answered("q1", LIMIT), answered("q2", OTHER)])


def test_an_answer_that_cited_two_is_told_once_of_each() -> None:
    changes = [altered(OTHER), altered(LIMIT), altered(LIMIT)]

    (recalled,) = recall(changes, [answered("q1", LIMIT, OTHER, LIMIT)])

    assert (changes[1], changes[0]) == recalled.changes


def test_the_day_that_was_asked_about_decides() -> None:
    change = altered(LIMIT, since=date(2027, 4, 1), until=date(2028, 3, 31))
    days = [date(2027, 3, 31), date(2027, 4, 1), date(2028, 3, 31), date(2028, 4, 1)]

    recalled = recall([change], [answered(day.isoformat(), LIMIT, as_at=day) for day in days])

    assert ["2027-04-01", "2028-03-31"] == [one.question for one in recalled]


@pytest.mark.parametrize(
    ("cited", "is_recalled"),
    [
        pytest.param(replace(LIMIT, id="other", ordinal=9), True, id="numbered anew"),
        pytest.param(replace(LIMIT, pages=(7,)), True, id="on another page"),
        pytest.param(replace(LIMIT, text=LIMIT.text.replace(" ", "\n")), True, id="in other white space"),
        pytest.param(replace(LIMIT, text=LIMIT.text.replace("24", "48")), False, id="other words under the same id"),
        pytest.param(replace(LIMIT, path=("Annex",)), False, id="the same words in another section"),
        pytest.param(replace(LIMIT, edition=an_edition(label="2025/26")), False, id="in another edition"),
    ],
)
def test_a_passage_is_known_by_its_edition_section_and_words(cited: Passage, is_recalled: bool) -> None:
    assert is_recalled is bool(recall([altered(LIMIT)], [answered("q1", cited)]))


def test_where_only_the_digest_was_kept_it_is_enough() -> None:
    kept = Cited("q1", TODAY, (CitedPassage(LIMIT.id, LIMIT.digest),))

    assert ["q1"] == [one.question for one in recall([altered(LIMIT)], [kept])]
    assert [] == recall([replace(altered(LIMIT), rule="")], [Cited("q2", TODAY, (CitedPassage("x", "", ""),))])


def test_without_changes_nothing_is_recalled() -> None:
    assert [] == recall([], [answered("q1", LIMIT)])
