"""From what two builds say to the answers that are no longer right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ingest.compare import compare
from ingest.compare_recall import rule_changes
from knowledge.model import Build, Edition, Passage
from knowledge.recall import Became, RuleChange, cited_of, recall
from tests.builders import a_passage, an_answer, an_edition
from tests.ingest.test_compare_concerns import withdrawn

NOW = an_edition(label="2026/27", effective_from=date(2026, 4, 1))
NEXT = an_edition(label="2027/28", effective_from=date(2027, 4, 1))
LATER = an_edition(label="2028/29", effective_from=date(2028, 4, 1))
ENDED = replace(NOW, effective_to=date(2027, 3, 31))
SAME = "The officer in the case tells the victim what was decided and writes down when."


def until(edition: Edition, following: Edition) -> Edition:
    assert following.effective_from
    return replace(edition, effective_to=following.effective_from - timedelta(days=1))


def rules(edition: Edition, hours: int | None) -> list[Passage]:
    """An edition with a rule that never changes, and one on hours unless it has none."""
    texts = [SAME] + ([f"A crime must be recorded within {hours} hours of the report."] if hours else [])
    return [
        a_passage(text, ordinal=n, edition=edition, path=(f"Part {len(text)}",), pages=(n,))
        for n, text in enumerate(texts, start=1)
    ]


def changes(was: Sequence[list[Passage]], now: Sequence[list[Passage]]) -> list[RuleChange]:
    builds = []
    for held in (was, now):
        passages = [passage for edition in held for passage in edition]
        builds.append((Build("b", "now", "tests", len(passages), tuple(p[0].edition for p in held)), passages))
    return rule_changes(compare(*builds[0], *builds[1]))


def told(found: list[RuleChange]) -> list[tuple[str, str, date | None, date | None]]:
    return [(str(one.became), "".join(filter(str.isdigit, one.now)), one.since, one.until) for one in found]


def test_a_passage_edited_in_place_concerns_every_day() -> None:
    found = changes([rules(NOW, 24)], [rules(NOW, 48)])

    assert [("altered", "48", None, None)] == told(found)
    assert (rules(NOW, 24)[1].text, rules(NOW, 24)[1].digest) == (found[0].was, found[0].digest)


def test_a_passage_taken_out_in_place_is_withdrawn_for_every_day() -> None:
    (change,) = changes([rules(NOW, 24)], [rules(NOW, None)])

    assert (Became.WITHDRAWN, "", None) == (change.became, change.now, change.since)


@pytest.mark.parametrize("kept", [True, False])
def test_a_new_edition_concerns_the_days_from_which_it_is_in_force(kept: bool) -> None:
    after = [rules(ENDED, 24), rules(NEXT, 48)] if kept else [rules(NEXT, 48)]

    assert [("altered", "48", date(2027, 4, 1), None)] == told(changes([rules(NOW, 24)], after))


def test_a_new_edition_in_the_same_words_changes_no_answer() -> None:
    assert [] == changes([rules(NOW, 24)], [rules(ENDED, 24), rules(NEXT, 24)])


def test_what_moved_to_another_page_or_heading_changes_no_answer() -> None:
    moved = [replace(passage, pages=(9,), path=("Annex", *passage.path)) for passage in rules(NOW, 24)]

    assert [] == changes([rules(NOW, 24)], [moved])


def test_a_rule_that_changes_twice_is_told_for_each_of_its_spans() -> None:
    found = changes([rules(NOW, 24)], [rules(ENDED, 24), rules(until(NEXT, LATER), 48), rules(LATER, 72)])

    assert [
        ("altered", "48", date(2027, 4, 1), date(2028, 3, 31)),
        ("altered", "72", date(2028, 4, 1), None),
    ] == told(found)


def test_a_rule_that_changes_only_in_the_edition_after_the_next_is_told_from_then() -> None:
    found = changes([rules(NOW, 24)], [rules(ENDED, 24), rules(until(NEXT, LATER), 24), rules(LATER, 72)])

    assert [("altered", "72", date(2028, 4, 1), None)] == told(found)


def test_a_rule_that_comes_back_is_told_for_the_span_between() -> None:
    found = changes([rules(NOW, 24)], [rules(ENDED, 24), rules(until(NEXT, LATER), 48), rules(LATER, 24)])

    assert [("altered", "48", date(2027, 4, 1), date(2028, 3, 31))] == told(found)


def test_an_edition_put_in_between_concerns_its_own_days() -> None:
    found = changes(
        [rules(NOW, 24), rules(LATER, 72)],
        [rules(ENDED, 24), rules(until(NEXT, LATER), 48), rules(LATER, 72)],
    )

    assert [("altered", "48", date(2027, 4, 1), date(2028, 3, 31))] == told(found)


def test_a_document_that_is_gone_is_withdrawn_with_every_passage() -> None:
    policy = an_edition(document="policy")

    found = changes([rules(NOW, 24), rules(policy, 36)], [rules(NOW, 24)])

    assert [("withdrawn", "", None, None)] * 2 == told(found)


def test_a_withdrawn_edition_withdraws_its_own_passages_and_no_others() -> None:
    was = [rules(ENDED, 24), rules(until(NEXT, LATER), 48), rules(LATER, 72)]
    middle = [replace(p, edition=withdrawn(p.edition)) for p in was[1]]

    found = changes(was, [was[0], middle, was[2]])

    assert [("withdrawn", None)] * 2 == [(str(one.became), one.since) for one in found]
    assert {p.digest for p in was[1]} == {one.digest for one in found}


def test_the_list_names_exactly_the_answers_that_cited_the_changed_passage() -> None:
    was = rules(NOW, 24)
    found = changes([was], [rules(ENDED, 24), rules(NEXT, 48)])
    answers = [
        cited_of("changed", an_answer(was[1], as_at=date(2027, 5, 1))),
        cited_of("both", an_answer(*was, as_at=date(2027, 4, 1))),
        cited_of("for the day before", an_answer(was[1], as_at=date(2027, 3, 31))),
        cited_of("of another rule", an_answer(was[0], as_at=date(2027, 5, 1))),
    ]

    assert ["changed", "both"] == [one.question for one in recall(found, answers)]
