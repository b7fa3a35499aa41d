"""Personal data is replaced before anything is kept; the rules' own codes are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.personal_data import replace_personal_data
from knowledge.searched_words import searched_words


@pytest.mark.parametrize(
    ("text", "secret", "kind"),
    [
        ("vic is Jane Placeholder and wont support", "Placeholder", "name"),
        ("Mr Ahmed Fictional says it didnt happen", "Fictional", "name"),
        ("suspect Dave Smith says self defence", "Smith", "name"),
        ("vic called john smith wont support", "smith", "name"),
        ("sus dob 3/4/1980", "1980", "date of birth"),
        ("born on 3 April 1980", "1980", "date of birth"),
        ("ring her on 07700 900123", "900123", "telephone number"),
        ("+44 7700 900 123 is his number", "7700", "telephone number"),
        ("email jane.placeholder@example.com", "placeholder@", "e-mail address"),
        ("NI QQ123456C? no AB 12 34 56 C", "12 34 56", "National Insurance number"),
        ("nhs number 943 476 5919", "943", "NHS number"),
        ("car is AB12 CDE", "AB12", "vehicle registration mark"),
        ("lives at SG1 1AA", "1AA", "postcode"),
        ("crime 41/12345/26 needs cancelling", "12345", "crime or incident number"),
        ("log 1234 of 03/03/26", "1234", "crime or incident number"),
        ("PC 1234 took it", "1234", "collar number"),
        ("sort code 12-34-56 account 12345678", "12345678", "bank details"),
        ("card 4111 1111 1111 1111 used", "1111", "bank details"),
        ("he lives at 12 High Street", "High Street", "address"),
    ],
)
def test_personal_data_is_replaced_and_its_kind_is_named(text: str, secret: str, kind: str) -> None:
    cleaned = replace_personal_data(text)

    assert secret not in cleaned.text
    assert kind in cleaned.removed
    assert secret not in " ".join(cleaned.removed)


@pytest.mark.parametrize(
    "text",
    [
        "is 008/58 the code for 8M and N100/01?",
        "what is 125/12 and C2, s47, 028/03",
        "does outcome 16 apply to s20 GBH",
        "Can the OIC cancel his own crime",
        "as at 1 April 2013 who decides",
        "under the 2015/16 rules",
        "Home Office Counting Rules, Section C",
        "is NFIB52E a thing",
        "Force Crime Registrar decides on Rape and Homicide",
        "record within 24 hours not 72",
        "Outcome 8 for a 14 year old",
        "Hertfordshire Constabulary inspection in 2017",
        "4 motors on one street all scratched",
        "2 lads in our road with a crossbow",
    ],
)
def test_codes_statutes_dates_and_words_of_the_rules_stay(text: str) -> None:
    assert text == replace_personal_data(text).text


def test_a_question_is_searched_for_as_if_the_name_had_never_been_there() -> None:
    with_name = searched_words(replace_personal_data("vic Jane Placeholder wont support").text)

    assert "vic wont support" == with_name


@given(st.text(max_size=300))
def test_any_text_at_all_can_be_cleaned(text: str) -> None:
    replace_personal_data(text)


def test_a_surname_after_a_collar_number_is_a_name_and_an_offence_after_it_is_none() -> None:
    assert "[collar number] [name] here" == replace_personal_data("PC 4567 Adeyemi here").text
    assert "[collar number] Section 47 or 20" == replace_personal_data("PS 22 Section 47 or 20").text
