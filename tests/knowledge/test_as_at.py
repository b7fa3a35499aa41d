"""Which date a question concerns."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.as_at import read_date, read_dates
from tests.builders import TODAY


@pytest.mark.parametrize(
    ("question", "edition"),
    [
        ("as at April 2013 how long do we have to record", date(2013, 4, 1)),
        ("how long in april 2013 did we have", date(2013, 4, 1)),
        ("vic reported 3/3/24 what was the rule", date(2024, 3, 3)),
        ("reported 3 March 2024 by her mum", date(2024, 3, 3)),
        ("reported on the 3rd of March 2024", date(2024, 3, 3)),
        ("what were the rules back in 2019 for burglary", date(2019, 4, 1)),
        ("last march what was the limit", date(2026, 3, 1)),
        ("last december what was the limit", date(2025, 12, 1)),
        ("under the 2015/16 rules what is AVI", date(2015, 4, 1)),
        ("2013 rules on no-crime", date(2013, 4, 1)),
        ("cancelled in March '24, who decided", date(2024, 3, 1)),
        ("as of 2013-04-30, who may no-crime", date(2013, 4, 30)),
        ("garage burglary as at 04/2013", date(2013, 4, 1)),
        ("reported mid 2018 what was the limit", date(2018, 4, 1)),
        ("reported two years ago what was the limit", date(2024, 11, 1)),
        ("recorded 18 months ago, which rule", date(2025, 5, 1)),
        ("how long did we have last year", date(2025, 11, 22)),
        ("reported last march by her mum", date(2026, 3, 1)),
        ("what did the rules in force in april 2013 say of inspections", date(2013, 4, 1)),
    ],
)
def test_an_edition_or_report_date_chooses_the_edition(question: str, edition: date) -> None:
    assert edition == read_dates(question, TODAY).edition


@pytest.mark.parametrize(
    "question",
    [
        "how long have i got to record it",
        "sus born 3/4/2008 is he old enough",
        "dob 03/04/1990 does age matter",
        "is 008/58 in force",
        "what class is 28/3",
        "Public Order Act 1986 section 5",
        "vic is 15 and sus is 20",
        "may i record it",
        "reported 31/31/24",
        "what did the 2023-25 PEEL say about recording",
        "she left him two years ago and he texts her",
        "they split up last year, hes outside hers every night",
        "he was nicked last march for her windows and hes done them again",
        "when did littering stop being notifiable, someone says may 2023",
        "what did inspectors find wrong in 2013",
        "what will the rules be as at April 2031",
    ],
)
def test_ages_codes_statutes_birth_dates_and_impossible_dates_choose_none(question: str) -> None:
    assert read_dates(question, TODAY).edition is None


@pytest.mark.parametrize(
    ("question", "year"),
    [
        ("rape happened in 1995 reported today", 1995),
        ("assault took place on 20 March 2026, is it 068/25", 2026),
        ("historic abuse from 1988", 1988),
    ],
)
def test_when_it_only_happened_then_todays_edition_is_used_and_the_date_is_told_apart(question: str, year: int) -> None:
    dates = read_dates(question, TODAY)

    assert dates.edition is None
    assert dates.happened is not None
    assert year == dates.happened.year


def test_the_words_of_the_date_are_not_searched_for_and_the_rest_is() -> None:
    assert "how long do we have" == read_dates("as at April 2013 how long do we have", TODAY).text
    assert "vic reported what now" == read_dates("vic reported 3/3/24 what now", TODAY).text


def test_a_date_on_its_own_is_read_in_the_same_forms() -> None:
    assert date(2013, 4, 1) == read_date("April 2013", TODAY)
    assert date(2013, 4, 1) == read_date("2013-04-01", TODAY)
    assert TODAY == read_date("today", TODAY)
    assert read_date("soonish", TODAY) is None
