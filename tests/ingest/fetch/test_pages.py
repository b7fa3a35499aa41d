"""What is read of a publication page: GOV.UK's content items, and plain pages by their links."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.fetch.faults import FetchFault
from ingest.fetch.govuk import api_address, as_web_page, read_item, web_address
from ingest.fetch.links import page_of_links
from ingest.fetch.pages import Attachment, Page
from tests.ingest.fetch.publishers import ASSETS, PAGE, a_change, an_attachment, an_html_attachment, an_item


def read(**over: Any) -> Page:
    page = read_item(json.dumps(an_item(PAGE, **over)).encode(), PAGE)
    assert isinstance(page, Page)
    return page


def test_the_content_api_answers_for_a_page() -> None:
    address = "https://www.gov.uk/api/content/government/publications/invented-rules"

    assert address == api_address(PAGE + "/?x=1#part") == api_address(address)
    assert PAGE == web_address(address)


def test_attachments_of_every_type_are_read_in_order() -> None:
    page = read(
        attachments=[
            an_attachment(" Rules\u200b  2026 ", f"{ASSETS}/1/rules.pdf"),
            an_html_attachment("Protocol", "/government/publications/invented-rules/protocol"),
            {"attachment_type": "external", "id": "3", "title": "Elsewhere", "url": "https://elsewhere.example/x.pdf"},
            an_attachment("", "/media/2/list", content_type="application/vnd.oasis.opendocument.spreadsheet"),
            {"attachment_type": "file", "id": "4"},
            "not an attachment",
        ]
    )

    assert [
        Attachment("Rules 2026", f"{ASSETS}/1/rules.pdf", ".pdf"),
        Attachment("Protocol", f"{PAGE}/protocol", ".html"),
        Attachment("Elsewhere", "https://elsewhere.example/x.pdf", ".pdf"),
        Attachment("list", "https://www.gov.uk/media/2/list", ".ods"),
    ] == list(page.attachments)


def test_the_latest_change_is_told_whatever_the_order() -> None:
    changes = [
        a_change("First.", "2013-07-04T09:30:00+01:00"),
        a_change("Third.", "2026-04-01T09:00:00+01:00"),
        a_change("Second.", "2025-04-01T09:00:00+01:00"),
    ]

    page = read(change_history=changes)

    assert ("Third.", date(2026, 4, 1)) == (page.note, page.updated)


@pytest.mark.parametrize(
    ("notice", "since"),
    [
        ({}, ""),
        (None, ""),
        ({"explanation": "", "withdrawn_at": "2015-01-13T13:05:30Z"}, "13 January 2015"),
        ({"withdrawn_at": "once"}, "a day that cannot be read"),
    ],
)
def test_a_page_is_withdrawn_only_where_its_notice_says_when(notice: object, since: str) -> None:
    assert since == read(withdrawn_notice=notice).withdrawn


def test_documents_that_an_older_page_only_links_to() -> None:
    body = f'<p>See <a href="{ASSETS}/1/rules.pdf">the rules</a> and <a href="/other">another page</a>.</p>'

    assert [Attachment("the rules", f"{ASSETS}/1/rules.pdf", ".pdf")] == list(read(body=body).attachments)


def test_a_publishers_words_cannot_end_the_heading_they_stand_in() -> None:
    assert b"<h1>&lt;/h1&gt;&lt;script&gt;</h1>" in as_web_page("</h1><script>", "<p>x</p>")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(
    st.fixed_dictionaries(
        {"document_type": st.sampled_from(["guidance", "redirect", "gone"])},
        optional=dict.fromkeys(("title", "public_updated_at", "withdrawn_notice", "redirects"), _JSON)
        | {
            "details": _JSON
            | st.fixed_dictionaries(
                {}, optional=dict.fromkeys(("attachments", "body", "documents", "change_history"), _JSON)
            )
        },
    )
)
def test_no_item_is_too_odd(item: dict[str, Any]) -> None:
    with suppress(FetchFault):
        read_item(json.dumps(item).encode(), PAGE)


def test_links_are_resolved_and_told_once_by_their_longest_words() -> None:
    page = page_of_links(
        b"""<html><head><base href="/uploads/"></head><body><h1> The  report </h1>
        <time datetime="2014-11-18">18 November</time>
        <a href="report.pdf#page=2"><img src="x"></a> <a href="report.pdf">Get the report (PDF)</a>
        <a href="/tables.xlsx" title="Tables"></a> <a href="mailto:x@y.uk">write</a> <a href="next.html">next</a>
        <a href="http://[bad">bad</a> <a>none</a></body></html>""",
        "https://hmicfrs.justiceinspectorates.gov.uk/publications/report/",
    )

    root = "https://hmicfrs.justiceinspectorates.gov.uk"
    assert ("The report", date(2014, 11, 18)) == (page.title, page.updated)
    assert [
        Attachment("Get the report (PDF)", f"{root}/uploads/report.pdf", ".pdf"),
        Attachment("Tables", f"{root}/tables.xlsx", ".xlsx"),
    ] == list(page.attachments)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_page_is_too_odd(body: bytes) -> None:
    page_of_links(body, PAGE)
