"""From when a document says that it applies, and which edition it seems to be."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.fetch.effective import find_effective_date, propose_edition, read_effective_date, read_version

APRIL = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("With effect from April 2026", APRIL),
        ("with effect from 1 April 2026.", APRIL),
        ("With effect from the 1st of April 2026", APRIL),
        ("With effect\nfrom: 1st April, 2026", APRIL),
        ("Effective from 01/04/2026", APRIL),
        ("Effective date: 1.4.2026", APRIL),
        ("Effective date \u2013 2026-04-01", APRIL),
        ("Date effective Wednesday 1 April 2026", APRIL),
        ("This comes into force on 1 April 2026", APRIL),
        ("came into effect on 1 July 2010", date(2010, 7, 1)),
        ("In force from Sept 2025", date(2025, 9, 1)),
        ("applies from April 1, 2026", APRIL),
        ("w.e.f. April 2026", APRIL),
        ("Implementation date: 3 June 2023", date(2023, 6, 3)),
        ("with effect from 2026/27", APRIL),
        ("WITH EFFECT FROM\u00a0APRIL 2026", APRIL),
    ],
)
def test_the_ways_of_saying_it(text: str, day: date) -> None:
    assert day == read_effective_date(f"Invented Rules\n{text}\nmore text")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Updated April 2026",
        "Published: 1 April 2026",
        "Review date April 2027",
        "with effect from 2026",
        "with effect from last April",
        "with effect from two years ago",
        "with effect from today",
        "with effect from 31 February 2026",
        "with effect from 45/13/2026",
        "the effect from April 2026 on",
        "It applies from the moment of the report, April 2026 or not.",
    ],
)
def test_other_dates_say_nothing_of_it(text: str) -> None:
    assert read_effective_date(text) is None


def test_the_day_on_every_page_outweighs_one_in_the_text() -> None:
    text = "A change effective from 1 October 2025. " + "With effect from April 2026\n" * 3

    found = find_effective_date(text)

    assert found is not None
    assert (APRIL, "With effect from April 2026") == (found.day, found.words)


def test_of_days_given_as_often_the_first_counts() -> None:
    assert APRIL == read_effective_date("With effect from April 2026. Old: with effect from April 2013.")


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_is_too_odd(text: str) -> None:
    read_effective_date("with effect from " + text)
    propose_edition(text, text, None, None)
    read_version(text)


@pytest.mark.parametrize(
    ("titles", "first_pages", "label"),
    [
        ("Crime rules 2026 to 2027", "", "2026/27"),
        ("rules-2026_27-April-v2.pdf", "", "2026/27"),
        ("rules 2026-27", "", "2026/27"),
        ("rules", "Invented Rules 2026/27 Updated", "2026/27"),
        ("rules 1999/00 2009/10", "", "2009/10"),
        ("rules 2023-25", "", "April 2026"),
        ("rules 2026-04-01", "", "April 2026"),
        ("rules", "x" * 700 + " 2013/14", "April 2026"),
    ],
)
def test_an_edition_is_called_by_its_financial_year_or_else_by_its_month(
    titles: str, first_pages: str, label: str
) -> None:
    assert label == propose_edition(titles, first_pages, APRIL, date(2026, 6, 2))


def test_without_either_it_is_called_by_the_month_it_was_published_or_not_at_all() -> None:
    assert "June 2026" == propose_edition("rules", "", None, date(2026, 6, 2))
    assert "" == propose_edition("rules", "", None, None)


@pytest.mark.parametrize(
    ("titles", "version"),
    [
        ("rules-2026_27-April-v2.pdf", "April v2"),
        ("Policy V1.3", "v1.3"),
        ("Policy version 4", "v4"),
        ("Policy_v2_final.docx", "v2"),
        ("Rules v Regina", ""),
        ("nov2025.pdf", ""),
        ("rules", ""),
    ],
)
def test_a_version_is_read_from_a_title_or_a_file_name(titles: str, version: str) -> None:
    assert version == read_version(titles)
