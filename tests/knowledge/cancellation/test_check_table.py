"""The reviewed table against new editions: what changed is said, and nothing is drawn from it until it is reviewed."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.cancellation.check_cancellation import check_cancellation
from knowledge.cancellation.check_table import check_table
from knowledge.cancellation.judge import CHANGED
from knowledge.cancellation.resolve import State
from knowledge.cancellation.result import Verdict
from tests.knowledge.cancellation.scenarios import a_form
from tests.knowledge.cancellation.some_guidance import (
    SomeGuidance,
    a_later_edition,
    passages_of,
    starter_editions,
    the_digest,
    the_digest_of_2013,
)

LATER = date(2027, 6, 1)
NEW_WORDS = ("No other crime qualifies.", "Section 20 qualifies too.")


def test_the_digest_that_ships_is_as_it_was_reviewed(digest: SomeGuidance) -> None:
    assert [] == check_table(digest.passages())


@pytest.mark.slow
def test_it_is_as_reviewed_however_its_file_is_read_and_divided() -> None:
    """The digest ships as a PDF: other lines, other blocks, other passages."""
    guidance = SomeGuidance(passages_of(*starter_editions()[("rules-digest", "2026/27")]))

    assert [] == check_table(guidance.passages())


@pytest.mark.slow
def test_the_official_rules_are_as_they_were_reviewed(official: SomeGuidance) -> None:
    assert [] == check_table(official.passages())


def test_a_build_without_a_reviewed_document_has_nothing_to_check() -> None:
    assert [] == check_table(the_digest_of_2013())


def test_changed_words_are_a_problem_that_says_what_to_record_once_reviewed() -> None:
    guidance = SomeGuidance(a_later_edition(the_digest(), NEW_WORDS))

    (problem,) = check_table(guidance.passages())

    assert ("rules-digest", "2027/28", "c5", State.CHANGED) == (
        problem.document,
        problem.edition,
        problem.rule,
        problem.state,
    )
    assert 64 == len(problem.sha256)
    assert problem.sha256 in str(problem)


def test_a_sentence_added_inside_a_rule_is_a_change() -> None:
    added = ("First obtain a crime reference", "Ask twice. First obtain a crime reference")

    assert ["c1"] == [problem.rule for problem in check_table(a_later_edition(the_digest(), added))]


def test_a_rule_that_is_gone_is_a_problem() -> None:
    gone = ("Only a person independent of the investigation may decide", "Anyone may decide")
    guidance = SomeGuidance(a_later_edition(the_digest(), gone))

    assert [("independence", State.GONE)] == [(one.rule, one.state) for one in check_table(guidance.passages())]
    assert "is not there any more" in str(check_table(guidance.passages())[0])


def test_only_the_newest_edition_of_a_document_is_held_against_the_table() -> None:
    both = (*the_digest(), *a_later_edition(the_digest(), NEW_WORDS))

    assert ["2027/28"] == [problem.edition for problem in check_table(both)]


def test_a_line_whose_rule_changed_is_unclear_and_quotes_the_words_as_they_are_now() -> None:
    guidance = SomeGuidance(a_later_edition(the_digest(), NEW_WORDS))

    result = check_cancellation(a_form("C5", "105A", "self-defence-shown", as_at=LATER), guidance)

    changed = result.lines[0]
    quotes = {citation.number: citation.quote for citation in result.citations}
    assert (Verdict.UNCLEAR, True) == (changed.verdict, CHANGED in changed.says)
    assert "Section 20 qualifies too." in quotes[changed.citations[0]]
    assert ["MET"] * 4 == [str(line.verdict) for line in result.lines[1:]]
    assert any("reviewed against edition 2026/27" in notice and "2027/28" in notice for notice in result.notices)


def test_a_line_whose_rule_is_gone_is_unclear_and_quotes_the_nearest_words() -> None:
    gone = ("Only a person independent of the investigation may decide", "Anyone may decide")
    guidance = SomeGuidance(a_later_edition(the_digest(), gone))

    result = check_cancellation(a_form("C3", "46", "duplicate", as_at=LATER), guidance)

    line = next(line for line in result.lines if "independent" in line.rule)
    assert (Verdict.UNCLEAR, True) == (line.verdict, CHANGED in line.says and "nearest words" in line.says)
    cited = {citation.number: citation for citation in result.citations}
    assert all(cited[number].quote in cited[number].passage.text for number in line.citations)


def test_a_later_edition_with_the_same_words_needs_no_new_review() -> None:
    guidance = SomeGuidance(a_later_edition(the_digest(), ("bicycle", "tricycle")))

    result = check_cancellation(a_form("C5", "105A", "self-defence-shown", as_at=LATER), guidance)

    assert [] == check_table(guidance.passages())
    assert {"MET"} == {str(line.verdict) for line in result.lines}


def test_each_date_is_checked_by_the_edition_in_force_then() -> None:
    both = SomeGuidance((*the_digest(), *a_later_edition(the_digest(), NEW_WORDS)))

    def said(day: date) -> str:
        return check_cancellation(a_form("C5", "105A", "self-defence-shown", as_at=day), both).lines[0].says

    assert CHANGED not in said(date(2026, 6, 1))
    assert CHANGED in said(LATER)
