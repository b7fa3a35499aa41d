"""Which of the documents on a page is the one wanted."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.fetch.choose import choose_attachment
from ingest.fetch.faults import FetchFault
from ingest.fetch.pages import Attachment, Page
from ingest.fetch.wanted import Wanted
from knowledge.model import Authority

RULES = "Crime Recording Rules for Front line Officers and Staff"
PAGE = [
    ("Crime recording rules for frontline officers and staff: 2026 to 2027", "rules-2026-27.pdf"),
    ("Crime Recording Schools Protocol", "schools.pdf"),
    ("Notifiable offences and notifiable reported incidents 2026 to 2027", "offences.pdf"),
    ("Notifiable offences and notifiable reported incidents 2026 to 2027 (ODS)", "offences.ods"),
    ("Principal crime look-up table", "look-up.pdf"),
    ("Alternate offence for retail robbery", "robbery.pdf"),
]


def chosen(title: str, offered: list[tuple[str, str]] = PAGE, *, alone: bool = False, **over: Any) -> str | None:
    wanted = Wanted("it", title, "Home Office", over.pop("authority", Authority.NATIONAL_RULE), **over)
    attachments = [Attachment(name, f"https://x.uk/{file}", "." + file.rpartition(".")[2]) for name, file in offered]
    found = choose_attachment(wanted, Page("", "", tuple(attachments)), alone=alone)
    return found.name if found else None


@pytest.mark.parametrize(
    ("title", "authority", "file"),
    [
        (RULES, Authority.NATIONAL_RULE, "rules-2026-27.pdf"),
        ("Crime Recording (Schools Protocol)", Authority.NATIONAL_RULE, "schools.pdf"),
        ("Alternate Offence for Retail Robbery", Authority.NATIONAL_GUIDANCE, "robbery.pdf"),
        ("Notifiable Offence List", Authority.OFFENCE_LIST, "offences.ods"),
        ("Notifiable Offence List", Authority.NATIONAL_GUIDANCE, "offences.pdf"),
        ("National Standard for Incident Recording", Authority.NATIONAL_RULE, None),
    ],
)
def test_by_its_title_and_what_it_is_read_from(title: str, authority: Authority, file: str | None) -> None:
    assert file == chosen(title, authority=authority)


def test_by_the_words_that_the_list_gives() -> None:
    assert "look-up.pdf" == chosen("Annex C", attachment="principal look-up")
    assert None is chosen(RULES, attachment="principal recording")


def test_by_the_kind_that_is_held() -> None:
    assert "offences.ods" == chosen("Notifiable Offence List", ending=".ods")


def test_the_latest_year_though_the_older_title_is_nearer() -> None:
    offered = [(f"{RULES} 2025/26", "a.pdf"), ("Crime recording rules for frontline officers 2026 to 2027", "b.pdf")]

    assert "b.pdf" == chosen(RULES, offered)


def test_a_document_about_it_is_not_taken_for_it_though_it_is_later() -> None:
    offered = [(RULES, "a.pdf"), ("Crime recording rules: summary of what changes in 2027", "b.pdf")]

    assert "a.pdf" == chosen(RULES, offered, attachment="crime recording rules")


def test_the_only_document_of_a_page_whatever_it_is_called() -> None:
    offered = [("Get the report", "report.pdf"), ("Picture", "cover.jpg")]

    assert "report.pdf" == chosen("Making it count", offered, alone=True)
    assert None is chosen("Making it count", offered, alone=False)
    assert None is chosen("Making it count", offered, alone=True, attachment="count")


def test_two_that_fit_alike_are_for_a_person_to_tell_apart() -> None:
    with pytest.raises(FetchFault, match="two documents that fit alike"):
        chosen(RULES, [(RULES, "a.pdf"), (RULES, "b.pdf")])
