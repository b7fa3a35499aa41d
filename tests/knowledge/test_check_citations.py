"""An answer says only what its citations say."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.check_citations import check_citations, fold
from knowledge.model import Citation, Statement
from tests.builders import TODAY, a_passage, an_edition

PASSAGE = a_passage("A crime must be recorded within 24 hours. Class 8N includes 008/06.")


def check(statement: str, quote: str = "A crime must be recorded within 24 hours.", **over):
    citation = Citation(1, over.get("passage", PASSAGE), quote)
    return check_citations(
        [Statement(statement, over.get("numbers", (1,)))],
        [citation],
        retrieved=over.get("retrieved", {PASSAGE.id}),
        as_at=over.get("as_at", TODAY),
    )


def test_a_statement_that_its_citation_bears_out_is_kept() -> None:
    statements, citations = check("Record it within 24 hours.")

    assert ["Record it within 24 hours."] == [statement.text for statement in statements]
    assert [1] == [citation.number for citation in citations]


@pytest.mark.parametrize(
    "statement", ["Record it within 72 hours.", "This is 008/07.", "It is class 8M.", "C2 applies."]
)
def test_a_number_limit_or_code_that_no_cited_passage_holds_drops_the_statement(statement: str) -> None:
    assert ([], []) == check(statement)


def test_a_quotation_that_is_not_in_the_passage_is_never_shown() -> None:
    assert ([], []) == check("Record it.", quote="A crime must be recorded within a day.")


def test_a_passage_that_was_not_retrieved_for_this_question_cannot_be_cited() -> None:
    assert ([], []) == check("Record it.", retrieved={"other"})


def test_an_edition_not_in_force_on_the_date_cannot_be_cited() -> None:
    assert ([], []) == check("Record it.", as_at=date(2013, 4, 1))


def test_the_first_and_last_day_of_an_edition_are_both_in_force() -> None:
    edition = an_edition(effective_from=date(2013, 4, 1), effective_to=date(2014, 3, 31))
    passage = a_passage("Record it.", edition=edition)
    for day, kept in (
        (date(2013, 3, 31), 0),
        (date(2013, 4, 1), 1),
        (date(2014, 3, 31), 1),
        (date(2014, 4, 1), 0),
    ):
        statements, _ = check("Record it.", quote="Record it.", passage=passage, retrieved={passage.id}, as_at=day)
        assert kept == len(statements)


def test_a_statement_citing_nothing_or_something_unknown_is_dropped() -> None:
    assert ([], []) == check("Record it.", numbers=())
    assert ([], []) == check("Record it.", numbers=(2,))


def test_white_space_hyphens_and_typographic_marks_make_no_difference_to_a_quotation() -> None:
    assert fold("low\u2011level \u2018crime\u2019\n of\ufb01ce") == fold("low-level 'crime' office")
