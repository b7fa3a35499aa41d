"""How an answer looks in the terminal."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.rendering.terminal_answer import DECIDES, answer_view
from bot.rendering.terminal_passage import found_view, passage_view
from knowledge.model import Authority, Citation, Statement, Status
from tests.bot.a_session import printed
from tests.builders import TODAY, a_found, a_passage, an_answer, an_edition

RULE = a_passage(pages=(25,))
POLICY = a_passage(
    "Tell the sergeant.", edition=an_edition(document="p", title="Policy", authority=Authority.FORCE_POLICY)
)
FOUND = a_passage(
    "A fifth were wrong.", edition=an_edition(document="i", title="Report", authority=Authority.INSPECTION)
)


def test_statements_stand_under_the_authority_they_rest_on_rules_first() -> None:
    shown = printed(answer_view(an_answer(RULE, POLICY, FOUND)))

    order = [
        "What the rules require",
        RULE.text,
        "What force policy adds",
        POLICY.text,
        "What inspectors found",
        FOUND.text,
    ]
    places = [shown.index(part) for part in order]
    assert sorted(places) == places


def test_each_citation_names_document_edition_dates_section_and_page() -> None:
    shown = printed(answer_view(an_answer(RULE)))

    assert (
        "\n  Invented Recording Rules, 2026/27 (in force from 1 April 2026)\n  [1] When to record, page 25\n" in shown
    )


def test_an_edition_is_named_once_for_all_that_is_cited_of_it() -> None:
    other = a_passage("Another thing.", ordinal=2, path=("Elsewhere",))

    shown = printed(answer_view(an_answer(RULE, other)))

    assert 1 == shown.count("Invented Recording Rules")
    assert "\n  [1] When to record, page 25\n  [2] Elsewhere, page 2\n" in shown


def test_what_the_title_says_already_is_not_said_again() -> None:
    edition = an_edition(title="Digest of the Rules 2026/27 (Somebody)")

    shown = printed(answer_view(an_answer(a_passage(edition=edition, path=("Digest of the Rules 2026/27", "Limits")))))

    assert "\n  Digest of the Rules 2026/27 (Somebody) (in force from 1 April 2026)\n  [1] Limits, page 1\n" in shown


def test_words_of_the_documents_stand_in_quotation_marks_and_others_do_not() -> None:
    citation = Citation(1, RULE, RULE.text)
    own_words = an_answer(
        RULE, statements=(Statement("Record within a day.", (1,)),), citations=(citation,), composed_by="some:model"
    )

    assert f"\n  [1] \u201c{RULE.text}\u201d\n" in printed(answer_view(an_answer(RULE)), 120)
    shown = printed(answer_view(own_words), 120)
    assert "\n  [1] Record within a day.\n" in shown
    assert f"\n      \u201c{RULE.text}\u201d\n" in shown
    assert "written by some:model and checked in code" in shown


def test_a_statement_on_two_documents_stands_under_the_stronger() -> None:
    both = an_answer(POLICY, RULE, statements=(Statement("Both say so.", (1, 2)),))

    shown = printed(answer_view(both))

    assert "What the rules require" in shown
    assert "What force policy adds" not in shown
    assert "[1][2] Both say so." in shown


def test_not_covered_offers_the_nearest_passages_as_such() -> None:
    shown = printed(answer_view(an_answer(RULE, status=Status.NOT_COVERED, statements=(), notices=("Not said.",))))

    assert shown.startswith("Not covered as at 22 November 2026\nNot said.\n")
    assert "Nearest passages, not an answer" in shown
    assert RULE.text in shown
    assert "What the rules require" not in shown


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.ANSWERED])
def test_every_other_status_is_named_with_its_notices_and_options(status: Status) -> None:
    answer = an_answer(status=status, statements=(), citations=(), notices=("Why.",), options=("under 13", "13 to 15"))

    shown = printed(answer_view(answer))

    assert "Why." in shown
    assert "  a  under 13\n  b  13 to 15\n" in shown
    assert DECIDES in shown


@pytest.mark.parametrize(
    ("start", "end", "published", "expected"),
    [
        (date(2013, 4, 1), date(2014, 3, 31), None, "in force 1 April 2013 to 31 March 2014"),
        (date(2026, 4, 1), None, None, "in force from 1 April 2026"),
        (None, date(2014, 3, 31), None, "in force to 31 March 2014"),
        (None, None, date(2014, 6, 1), "published 1 June 2014, never in force as a rule"),
        (None, None, None, "undated, never in force as a rule"),
    ],
)
def test_the_dates_of_an_edition(start: date | None, end: date | None, published: date | None, expected: str) -> None:
    edition = an_edition(effective_from=start, effective_to=end, published=published)

    assert expected in printed(answer_view(an_answer(a_passage(edition=edition))), 120)


@pytest.mark.parametrize(
    ("pages", "expected"),
    [((), ""), ((25,), ", page 25"), ((25, 26), ", pages 25-26"), ((3, 7), ", pages 3 and 7")],
)
def test_the_pages_of_a_passage(pages: tuple[int, ...], expected: str) -> None:
    assert f"  [1] When to record{expected}\n" in printed(answer_view(an_answer(a_passage(pages=pages))))


def test_nothing_in_a_document_can_drive_the_terminal_or_rich() -> None:
    nasty = "red \x1b[31m bell \x07 [bold]not markup[/bold] \u202eturned \x9b2J"

    shown = printed(answer_view(an_answer(a_passage(nasty))), 200)

    assert "[bold]not markup[/bold]" in shown
    assert not set("\x1b\x07\u202e\x9b") & set(shown)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300), st.integers(20, 120))
@example("\n", 20)
def test_any_text_prints_at_any_width(text: str, width: int) -> None:
    passage = a_passage(text or "x", path=(text[:40],))

    shown = printed(answer_view(an_answer(passage)), width)

    assert "Answered" in shown
    assert not any(line.endswith(" ") for line in shown.split("\n"))


def test_a_passage_whose_quotation_is_not_found_in_it_is_shown_unmarked() -> None:
    shown = printed(passage_view(Citation(1, RULE, "words from elsewhere"), [], []))

    assert RULE.text in shown
    assert "\u00ab" not in shown


def test_passages_found_are_numbered_with_place_and_score() -> None:
    shown = printed(found_view(TODAY, [a_found(RULE, 0.5)]), 120)

    assert "1. Invented Recording Rules, 2026/27" in shown
    assert "   When to record, page 25 (national rule; score 0.50)\n" in shown
    assert "comes near" in printed(found_view(TODAY, []))
