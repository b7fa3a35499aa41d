"""A fetch from beginning to end: what is new becomes a draft, what is held is left alone, what is broken is named."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from ingest.fetch.drafts import drafts_folder, drafts_of
from ingest.fetch.lock import fetch_lock
from ingest.fetch.report import Outcome
from knowledge.errors import IngestBusy, SourcesInvalid
from tests.ingest.fetch.lists import a_list, a_listed, fetched, left_in, only_draft, outcomes
from tests.ingest.fetch.publishers import (
    ASSETS,
    EVIL,
    PAGE,
    Publishers,
    Reply,
    a_change,
    a_pdf,
    a_redirect,
    an_attachment,
    an_html_attachment,
    an_item,
    an_ods,
    api,
)

PDF = f"{ASSETS}/aaaa/invented-rules-2026_27-April-v2.pdf"
ODS = f"{ASSETS}/bbbb/invented-offences-april-2026.ods"
HTML = "/government/publications/invented-rules/invented-protocol"
INSPECTION = "https://hmicfrs.justiceinspectorates.gov.uk/publications/invented-inspection/"
RULES = a_pdf("Invented Rules 2026/27")
KEYS = ["checked", "new", "changed", "unchanged", "vanished", "failed", "drafts"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return a_list(tmp_path / "list")


@pytest.fixture
def published(sites: Publishers) -> Publishers:
    """The rules as they are first published."""
    sites.serve_item(
        PAGE,
        attachments=[an_attachment("Invented rules 2026 to 2027", PDF)],
        change_history=[
            a_change("The rules for 2026 to 2027 were added.", "2026-04-01T09:00:00+01:00"),
            a_change("First published.", "2013-07-04T09:30:00+01:00"),
        ],
    )
    sites.serve_file(PDF, RULES)
    return sites


def reissue(sites: Publishers, body: bytes, name: str = "cccc/invented-rules-2027_28.pdf") -> None:
    """The page lists another file from now on, at another address, as GOV.UK does."""
    sites.serve_item(
        PAGE,
        attachments=[an_attachment("Invented rules 2027 to 2028", f"{ASSETS}/{name}")],
        public_updated_at="2027-04-01T08:00:00.000+00:00",
        change_history=[a_change("The rules for 2027 to 2028 were added.", "2027-04-01T09:00:00+01:00")],
    )
    sites.serve_file(f"{ASSETS}/{name}", body)


def test_a_new_document_is_kept_as_a_draft_with_what_it_says_of_itself(
    published: Publishers, home: Path, listed: Path
) -> None:
    report = fetched(home, published, listed)

    draft = only_draft(home)
    assert {"rules": "new"} == outcomes(report)
    assert (draft.id,) == report.drafts
    assert ("2026/27", "April v2", date(2026, 4, 1)) == (draft.edition, draft.version, draft.effective_from)
    assert "With effect from April 2026" == draft.effective_words
    assert (date(2026, 4, 1), "The rules for 2026 to 2027 were added.") == (draft.published, draft.note)
    assert (PDF, PAGE, "Invented rules 2026 to 2027") == (draft.came_from, draft.page, draft.listed_as)
    assert hashlib.sha256(RULES).hexdigest() == draft.digest
    assert RULES == (drafts_folder(home) / draft.id / "rules.pdf").read_bytes()
    assert [f"drafts/{draft.id}/draft.toml", f"drafts/{draft.id}/rules.pdf", "fetched.json"] == left_in(home)


def test_nothing_that_is_fetched_is_in_the_list_that_is_ingested(
    published: Publishers, home: Path, listed: Path
) -> None:
    fetched(home, published, listed)

    assert not (home / "sources").exists()
    assert not (home / "builds").exists()


def test_documents_of_every_kind_come_from_one_page_that_is_asked_for_once(
    sites: Publishers, home: Path, tmp_path: Path
) -> None:
    twin = ODS.replace(".ods", ".pdf")
    sites.serve_item(
        PAGE,
        attachments=[
            an_attachment("Invented rules 2026 to 2027", PDF),
            an_attachment("Invented offence list (PDF)", twin),
            an_attachment(
                "Invented offence list (ODS)", ODS, content_type="application/vnd.oasis.opendocument.spreadsheet"
            ),
            an_html_attachment("Invented protocol", HTML),
        ],
    )
    sites.serve_file(PDF, RULES)
    sites.serve_file(ODS, an_ods(), "application/vnd.oasis.opendocument.spreadsheet")
    sites.serve_item(f"https://www.gov.uk{HTML}", body="<h2>Schools</h2><p>Effective from 1 June 2023.</p>")
    path = a_list(
        tmp_path / "list",
        a_listed(),
        a_listed("offences", title="Invented Offence List", authority="offence_list"),
        a_listed("protocol", title="The protocol", attachment="protocol"),
    )

    report = fetched(home, sites, path)

    assert {"rules": "new", "offences": "new", "protocol": "new"} == outcomes(report)
    drafts = {draft.document: draft for draft in drafts_of(home)}
    assert ["offences.ods", "protocol.html", "rules.pdf"] == sorted(draft.file for draft in drafts.values())
    assert ("2026/27", date(2023, 6, 1)) == (drafts["offences"].edition, drafts["protocol"].effective_from)
    text = (drafts_folder(home) / drafts["protocol"].id / "protocol.html").read_text()
    assert "<h2>Schools</h2>" in text
    assert f"https://www.gov.uk{HTML}" == drafts["protocol"].came_from
    # The page was updated for one of them, and does not say which.
    assert [None] * 3 == [draft.published for draft in drafts.values()]
    assert (1, 0) == (sites.times(api(PAGE)), sites.times(twin))


def test_what_has_not_changed_is_not_brought_again(published: Publishers, home: Path, listed: Path) -> None:
    fetched(home, published, listed)
    before = left_in(home)

    report = fetched(home, published, listed)

    assert {"rules": "unchanged"} == outcomes(report)
    assert report.nothing_new
    assert before == left_in(home)
    assert (2, 2) == (published.times(api(PAGE)), published.times(PDF))
    assert all("if-none-match" in one.headers for one in published.asked[2:])


def test_an_html_attachment_that_has_not_changed_is_not_brought_again(
    sites: Publishers, home: Path, tmp_path: Path
) -> None:
    sites.serve_item(PAGE, attachments=[an_html_attachment("Invented rules", HTML)])
    sites.serve_item(f"https://www.gov.uk{HTML}", body="<p>With effect from April 2026</p>")
    path = a_list(tmp_path / "list")
    fetched(home, sites, path)

    assert {"rules": "unchanged"} == outcomes(fetched(home, sites, path))
    assert "if-none-match" in sites.asked[-1].headers


def test_a_changed_attachment_of_the_same_page_is_a_draft_beside_the_first(
    published: Publishers, home: Path, listed: Path
) -> None:
    fetched(home, published, listed)
    reissue(published, a_pdf("Invented Rules 2027/28", footer="With effect from April 2027"))

    report = fetched(home, published, listed)

    assert {"rules": "changed"} == outcomes(report)
    (found,) = report.of(Outcome.CHANGED)
    assert ("The rules for 2027 to 2028 were added.", date(2027, 4, 1)) == (found.note, found.published)
    assert found.draft is not None
    assert ("2027/28", date(2027, 4, 1)) == (found.draft.edition, found.draft.effective_from)
    assert 2 == len(report.drafts)


def test_other_bytes_at_the_same_address_are_a_change(published: Publishers, home: Path, listed: Path) -> None:
    fetched(home, published, listed)
    published.serve_file(PDF, a_pdf("Invented Rules 2026/27, mended"))

    report = fetched(home, published, listed)

    assert {"rules": "changed"} == outcomes(report)
    labels = [draft.edition for draft in drafts_of(home)]
    assert 2 == len(set(labels))
    assert any(label.startswith("2026/27 April v2") or label == "2026/27 April v2" for label in labels)


def test_a_check_says_what_is_new_and_keeps_nothing(published: Publishers, home: Path, listed: Path) -> None:
    first = fetched(home, published, listed, check=True)

    assert {"rules": "new"} == outcomes(first)
    assert not first.nothing_new
    assert not home.exists()
    fetched(home, published, listed)
    before = (home / "fetched.json").read_text(), left_in(home)
    assert fetched(home, published, listed, check=True).nothing_new
    reissue(published, a_pdf("Invented Rules 2027/28"))
    assert {"rules": "changed"} == outcomes(fetched(home, published, listed, check=True))
    assert before == ((home / "fetched.json").read_text(), left_in(home))
    assert {"rules": "changed"} == outcomes(fetched(home, published, listed))


def test_the_report_as_json_names_documents_by_what_was_found(
    published: Publishers, home: Path, tmp_path: Path
) -> None:
    broken = a_listed("broken", title="Broken", page="", url=f"{ASSETS}/none.pdf")

    body = fetched(home, published, a_list(tmp_path / "list", a_listed(), broken)).to_json()

    assert KEYS == list(body)
    assert (2, ["rules"], [], [], []) == tuple(body[key] for key in KEYS[:5])
    assert [{"id": "broken", "reason": "its file is not there (404)"}] == body["failed"]
    assert [only_draft(home).id] == body["drafts"]
    json.dumps(body)


class TestHeld:
    """What is held in any way is not new."""

    def test_a_file_that_the_list_itself_names(self, published: Publishers, home: Path, tmp_path: Path) -> None:
        path = a_list(tmp_path / "list", a_listed(file="mine.pdf", edition="2026/27", effective_from=date(2026, 4, 1)))
        (path.parent / "mine.pdf").write_bytes(RULES)

        assert {"rules": "unchanged"} == outcomes(fetched(home, published, path))
        assert [] == drafts_of(home)

    def test_a_file_that_differs_from_the_one_the_list_names_is_a_change(
        self, published: Publishers, home: Path, tmp_path: Path
    ) -> None:
        path = a_list(tmp_path / "list", a_listed(file="mine.pdf"))
        (path.parent / "mine.pdf").write_bytes(RULES + b"\n")

        assert {"rules": "changed"} == outcomes(fetched(home, published, path))

    def test_a_file_of_the_published_build(self, published: Publishers, home: Path, listed: Path) -> None:
        build = home / "builds" / "20261122-000001"
        build.mkdir(parents=True)
        edition = {"document": "rules", "title": "T", "publisher": "P", "authority": "national_rule", "label": "1"}
        edition |= dict.fromkeys(("effective_from", "effective_to", "published"))
        edition |= {"digest": hashlib.sha256(RULES).hexdigest()}
        (build / "editions.json").write_text(json.dumps([edition]))
        made = {"id": build.name, "created": "now", "created_by": "tests", "passages": 1, "splitter": "1", "units": 1}
        (build / "MANIFEST.json").write_text(json.dumps({**made, "model": {}, "changes": {}, "files": {}}))
        (home / "builds" / "CURRENT").write_text(build.name)

        assert {"rules": "unchanged"} == outcomes(fetched(home, published, listed))

    def test_a_draft_is_not_made_twice_though_what_was_seen_is_forgotten(
        self, published: Publishers, home: Path, listed: Path
    ) -> None:
        fetched(home, published, listed)
        (home / "fetched.json").write_text("{ torn")

        assert {"rules": "unchanged"} == outcomes(fetched(home, published, listed))
        assert 1 == len(drafts_of(home))

    def test_a_draft_that_somebody_deleted_by_hand_is_offered_again(
        self, published: Publishers, home: Path, listed: Path
    ) -> None:
        fetched(home, published, listed)
        for path in (drafts_folder(home) / only_draft(home).id).iterdir():
            path.unlink()

        assert {"rules": "new"} == outcomes(fetched(home, published, listed))
        assert 1 == len(drafts_of(home))


class TestVanished:
    """What its publisher took away is told from what could not be fetched."""

    @pytest.mark.parametrize(
        ("reply", "reason"),
        [
            (Reply(b"{}", 404), "its page is not there (404)"),
            (Reply(b"{}", 410), "its page was removed by its publisher"),
            (
                Reply(json.dumps({"document_type": "gone", "base_path": "/x", "details": {}}).encode()),
                "its page was removed by its publisher",
            ),
            (
                Reply(
                    json.dumps(
                        an_item(
                            PAGE,
                            attachments=[an_attachment("Invented rules", PDF)],
                            withdrawn_notice={"explanation": "<p>Old.</p>", "withdrawn_at": "2026-09-13T13:05:30Z"},
                        )
                    ).encode()
                ),
                "its publisher withdrew it on 13 September 2026",
            ),
            (
                Reply(
                    json.dumps(
                        an_item(PAGE, attachments=[an_attachment("Another thing", f"{ASSETS}/b/b.pdf")])
                    ).encode()
                ),
                "its page lists it no more",
            ),
        ],
    )
    def test_a_held_document_that_is_no_longer_offered_vanished(
        self, published: Publishers, home: Path, tmp_path: Path, reply: Reply, reason: str
    ) -> None:
        path = a_list(tmp_path / "list", a_listed(), a_listed("other", title="Quite different", attachment="zebra"))
        fetched(home, published, path)
        published.serve(api(PAGE), reply)

        report = fetched(home, published, path)

        assert "vanished" == outcomes(report)["rules"]
        assert [reason] == [one.reason for one in report.of(Outcome.VANISHED) if one.document == "rules"]
        assert 1 == len(report.drafts)

    def test_a_page_that_was_never_there_is_an_error_in_the_list(
        self, sites: Publishers, home: Path, listed: Path
    ) -> None:
        assert {"rules": "failed"} == outcomes(fetched(home, sites, listed))

    def test_a_file_missing_from_a_page_that_lists_it_is_its_publishers_slip(
        self, published: Publishers, home: Path, listed: Path
    ) -> None:
        fetched(home, published, listed)
        published.serve(PDF, Reply(b"", 404))

        assert {"rules": "failed"} == outcomes(fetched(home, published, listed))

    def test_a_plain_file_that_is_gone_vanished(self, sites: Publishers, home: Path, tmp_path: Path) -> None:
        path = a_list(tmp_path / "list", a_listed(page="", url=PDF))
        sites.serve_file(PDF, RULES)
        fetched(home, sites, path)
        sites.serve(PDF, Reply(b"", 404))

        assert {"rules": "vanished"} == outcomes(fetched(home, sites, path))


class TestMoved:
    """A page that moved is followed on the list, and the new address is told."""

    new = "https://www.gov.uk/government/publications/invented-recording-rules"

    def test_to_where_the_content_api_says(self, published: Publishers, home: Path, listed: Path) -> None:
        published.replies[api(self.new)] = published.replies[api(PAGE)]
        item = a_redirect(PAGE, "/government/publications/invented-recording-rules?x=1#part")
        published.serve(api(PAGE), Reply(json.dumps(item).encode()))

        (found,) = fetched(home, published, listed).findings

        assert Outcome.NEW is found.outcome
        assert self.new == found.moved_to
        assert found.draft is not None
        assert self.new == found.draft.page

    def test_to_where_the_server_says(self, published: Publishers, home: Path, listed: Path) -> None:
        published.replies[api(self.new)] = published.replies[api(PAGE)]
        published.serve(api(PAGE), Reply(status=301, headers={"Location": api(self.new)}))

        (found,) = fetched(home, published, listed).findings

        assert (Outcome.NEW, self.new) == (found.outcome, found.moved_to)

    def test_but_not_off_the_list(self, published: Publishers, home: Path, listed: Path) -> None:
        item = a_redirect(PAGE, f"https://{EVIL}/rules")
        published.serve(api(PAGE), Reply(json.dumps(item).encode()))
        published.serve(f"https://{EVIL}/rules", Reply(b"<html><a href='rules.pdf'>Invented rules</a></html>"))

        (found,) = fetched(home, published, listed).findings

        assert Outcome.FAILED is found.outcome
        assert f"it is on {EVIL}, which is not on the list of hosts to fetch from" == found.reason
        assert not [one for one in published.asked if EVIL in one.address]

    def test_nor_in_a_circle(self, published: Publishers, home: Path, listed: Path) -> None:
        published.serve(api(PAGE), Reply(json.dumps(a_redirect(PAGE, PAGE)).encode()))

        (found,) = fetched(home, published, listed).findings

        assert "its page redirects more than 5 times" == found.reason


class TestBroken:
    """One broken document is named with the reason, the rest come, and nothing of it is left."""

    login = b"<!DOCTYPE html>\n<html><body>Please sign in</body></html>"

    @pytest.mark.parametrize(
        ("reply", "reason"),
        [
            (Reply(login), "it is a web page, not a PDF"),
            (Reply(an_ods()), "it is an ODS spreadsheet, not a PDF"),
            (Reply(RULES[: len(RULES) // 2]), "it is cut short: a PDF whose end is missing"),
            (Reply(RULES, declares=len(RULES) // 2), "it is cut short: a PDF whose end is missing"),
            (Reply(RULES, declares=len(RULES) + 9), "the connection ended before all of it had come"),
            (Reply(RULES, declares=200 * 1024**2), "its file is larger than 100 MB"),
            (Reply(b"%PDF-1.7\nnothing in it\n%%EOF"), "it is damaged"),
            (Reply(b"GIF89a"), "it is none of the kinds of document"),
            (Reply(b""), "its file is empty"),
            (Reply(b"oops", 500), "the server was too busy to give its file (500)"),
            (Reply(status=302, headers={"Location": f"https://{EVIL}/x.pdf"}), "its file redirects"),
        ],
    )
    def test_a_file_that_is_no_whole_pdf_is_refused(
        self, published: Publishers, home: Path, tmp_path: Path, reply: Reply, reason: str
    ) -> None:
        bad = f"{ASSETS}/bad/bad.pdf"
        published.serve(bad, reply)
        path = a_list(tmp_path / "list", a_listed("bad", page="", url=bad), a_listed())

        report = fetched(home, published, path)

        assert {"bad": "failed", "rules": "new"} == outcomes(report)
        assert report.findings[0].reason.startswith(reason)
        assert ["rules"] == [draft.document for draft in drafts_of(home)]
        assert 3 == len(left_in(home))

    def test_a_file_that_never_ends_is_refused_and_the_rest_come(
        self, published: Publishers, home: Path, tmp_path: Path
    ) -> None:
        bad = f"{ASSETS}/bad/bad.pdf"
        published.serve(bad, Reply(b"%PDF-1.7", goes_on=b"x", every=0.02))
        path = a_list(tmp_path / "list", a_listed("bad", page="", url=bad), a_listed())

        report = fetched(home, published, path, seconds=0.5)

        assert {"bad": "failed", "rules": "new"} == outcomes(report)
        assert "it did not come in time" == report.findings[0].reason
        assert 3 == len(left_in(home))

    def test_a_page_whose_document_failed_is_read_again_the_next_time(
        self, published: Publishers, home: Path, listed: Path
    ) -> None:
        fetched(home, published, listed)
        reissue(published, b"<html></html>")
        assert {"rules": "failed"} == outcomes(fetched(home, published, listed))
        published.serve_file(f"{ASSETS}/cccc/invented-rules-2027_28.pdf", a_pdf("Invented Rules 2027/28"))

        assert {"rules": "changed"} == outcomes(fetched(home, published, listed))

    @pytest.mark.parametrize(
        "body",
        [
            b"<html>Down for maintenance</html>",
            b"[]",
            b'{"document_type": 1}',
            b"[" * 100_000,
            b'{"a": "\xff"}',
            b"null",
        ],
    )
    def test_a_page_that_does_not_answer_as_the_content_api_does(
        self, sites: Publishers, home: Path, listed: Path, body: bytes
    ) -> None:
        sites.serve(api(PAGE), Reply(body))

        (found,) = fetched(home, sites, listed).findings

        assert (Outcome.FAILED, "its page did not answer as GOV.UK's content API does") == (found.outcome, found.reason)

    def test_an_attachment_off_the_list_is_not_asked_for(self, sites: Publishers, home: Path, listed: Path) -> None:
        sites.serve_item(PAGE, attachments=[an_attachment("Invented rules", f"https://{EVIL}/rules.pdf")])
        sites.serve_file(f"https://{EVIL}/rules.pdf", RULES)

        (found,) = fetched(home, sites, listed).findings

        assert f"it is on {EVIL}, which is not on the list of hosts to fetch from" == found.reason
        assert [api(PAGE)] == [one.address for one in sites.asked]


class TestOtherPublishers:
    """Pages without a content API are read by their links; a file's own address needs no page."""

    def test_a_page_of_links(self, sites: Publishers, home: Path, tmp_path: Path) -> None:
        file = "https://assets-hmicfrs.justiceinspectorates.gov.uk/uploads/invented-inspection.pdf"
        page = f"""<html><head><meta property="article:modified_time" content="2014-11-18T00:01:00+00:00"></head><body>
            <h1>Invented inspection</h1><a href="/glossary/">Glossary</a>
            <a href="{file}">Invented inspection (PDF)</a> <a href="{file}"><img src="x.png"></a></body></html>"""
        sites.serve(INSPECTION, Reply(page.encode(), headers={"Content-Type": "text/html"}))
        sites.serve_file(file, a_pdf("Invented inspection", footer=""))
        path = a_list(tmp_path / "list", a_listed("inspection", title="An inspection", page=INSPECTION))

        report = fetched(home, sites, path)

        draft = only_draft(home)
        assert {"inspection": "new"} == outcomes(report)
        assert (file, date(2014, 11, 18), "November 2014", None) == (
            draft.came_from,
            draft.published,
            draft.edition,
            draft.effective_from,
        )

    def test_a_plain_web_page_is_the_document(self, sites: Publishers, home: Path, tmp_path: Path) -> None:
        address = "https://publications.parliament.uk/pa/invented/76002.htm"
        sites.serve_file(address, b"<html><body><h1>Report</h1><p>Some text.</p></body></html>", "text/html")
        path = a_list(tmp_path / "list", a_listed("report", page="", url=address))

        assert {"report": "new"} == outcomes(fetched(home, sites, path))
        assert "report.html" == only_draft(home).file

    def test_a_page_of_govuk_without_attachments_is_the_document(
        self, sites: Publishers, home: Path, listed: Path
    ) -> None:
        sites.serve_item(PAGE, body="<p>With effect from 1 April 2026, the text itself.</p>")

        assert {"rules": "new"} == outcomes(fetched(home, sites, listed))
        assert ("rules.html", PAGE) == (only_draft(home).file, only_draft(home).came_from)
        assert {"rules": "unchanged"} == outcomes(fetched(home, sites, listed))

    def test_a_force_has_its_own_host(self, sites: Publishers, home: Path, tmp_path: Path) -> None:
        address = "https://www.westmarch.police.uk/policy.pdf"
        sites.serve_file(address, a_pdf("Policy"))
        path = a_list(tmp_path / "list", a_listed("policy", authority="force_policy", page="", url=address))

        assert {"policy": "failed"} == outcomes(fetched(home, sites, path))
        assert {"policy": "new"} == outcomes(fetched(home, sites, path, hosts=["www.westmarch.police.uk"]))


class TestData:
    """What a fetch leaves in the data directory, and who may be at it."""

    def test_what_a_killed_fetch_left_half_made_is_cleared_away(
        self, published: Publishers, home: Path, listed: Path
    ) -> None:
        for half in ("drafts/.aside-rules-12345678", "drafts/.aside-abc"):
            (home / half).mkdir(parents=True)
            (home / half / "rules.pdf").write_bytes(b"%PDF-")
        (home / "sources").mkdir()
        for half in (".aside-7-fetched.json", "sources/.aside-trial.toml", "sources/.aside-7-rules.pdf"):
            (home / half).touch()
        (drafts_folder(home) / "rules-00000000").mkdir()

        report = fetched(home, published, listed)

        assert 1 == len(report.drafts)
        assert 3 == len(left_in(home))

    def test_one_fetch_at_a_time_but_a_check_beside_it(self, published: Publishers, home: Path, listed: Path) -> None:
        with fetch_lock(home):
            with pytest.raises(IngestBusy):
                fetched(home, published, listed)
            assert {"rules": "new"} == outcomes(fetched(home, published, listed, check=True))

    def test_a_disk_that_refuses_leaves_no_half_draft(
        self, published: Publishers, home: Path, listed: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("ingest.fetch.drafts.put_in_place", full)
        with pytest.raises(OSError, match="No space"):
            fetched(home, published, listed)
        assert ["fetched.json"] == left_in(home)

        monkeypatch.undo()
        assert {"rules": "new"} == outcomes(fetched(home, published, listed))

    def test_a_list_without_an_address_is_wrong(self, sites: Publishers, home: Path, tmp_path: Path) -> None:
        with pytest.raises(SourcesInvalid, match="no document has a page or a url"):
            fetched(home, sites, a_list(tmp_path / "list", a_listed(page="", file="x.pdf")))
