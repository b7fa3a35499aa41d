"""`desk fetch` against the publishers' sites on loopback, and what is told of it on the terminal and in Slack."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.commands import fetch as command
from bot.rendering.fetch_summary import fetch_summary
from bot.settings import Settings
from ingest.fetch.network import Network
from ingest.fetch.report import FetchReport, Finding, Outcome
from tests.bot.a_session import a_session, desk_command
from tests.ingest.fetch.lists import a_list, a_listed
from tests.ingest.fetch.publishers import ASSETS, PAGE, Publishers, a_change, a_pdf, an_attachment, publishers

FILE = f"{ASSETS}/1/rules.pdf"


@pytest.fixture
def sites(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publishers]:
    """The rules as they are published, with the command's own way there led to them."""
    with publishers() as served:
        served.serve_item(
            PAGE,
            attachments=[an_attachment("Invented rules 2026 to 2027", FILE)],
            change_history=[a_change("Added <b>rules</b>.", "2026-04-01T09:00:00+01:00")],
        )
        served.serve_file(FILE, a_pdf("Invented Rules 2026/27"))

        def there(hosts: Iterable[str]) -> Network:
            return served.network(hosts=list(hosts))

        monkeypatch.setattr(command, "network", there)
        yield served


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return a_list(tmp_path / "list", a_listed(), a_listed("bad", title="Bad", page="", url=f"{ASSETS}/none.pdf"))


def test_what_is_new_is_told_with_the_draft_and_what_to_do_next(sites: Publishers, home: Path, listed: Path) -> None:
    result = desk_command("fetch", "--sources", str(listed), session=a_session(home=home))

    (draft,) = [path.name for path in (home / "drafts").iterdir()]
    assert 0 == result.exit_code
    assert [
        "New: Invented Rules, listed as Invented rules 2026 to 2027, its page updated 1 April 2026.",
        "  Its publisher says: Added <b>rules</b>.",
        f"  Draft {draft}: edition 2026/27, from 1 April 2026 (it says: With effect from April 2026).",
        "Checked 2 documents: 1 new, 1 failed.",
        "1 draft waits for a person. Look at each draft, then confirm or discard it: `desk drafts` says how.",
    ] == result.stdout.splitlines()
    assert "Not fetched: bad: its file is not there (404).\n" in result.stderr
    assert "rules, KB" in result.stderr


def test_as_json_it_is_one_object_and_nothing_else(sites: Publishers, home: Path, listed: Path) -> None:
    result = desk_command("fetch", "--sources", str(listed), "--json", session=a_session(home=home))

    body = json.loads(result.stdout)
    assert (0, 1) == (result.exit_code, result.stdout.count("\n"))
    assert ["checked", "new", "changed", "unchanged", "vanished", "failed", "drafts"] == list(body)
    assert (2, ["rules"], ["bad"]) == (body["checked"], body["new"], [one["id"] for one in body["failed"]])


def test_a_check_is_fit_for_a_daily_job(sites: Publishers, home: Path, tmp_path: Path) -> None:
    """The exit code says whether anybody has to look, and nothing is said of documents that are as they were."""
    path, session = str(a_list(tmp_path / "list")), a_session(home=home)

    before = desk_command("fetch", "--sources", path, "--check", "--json", session=session)
    desk_command("fetch", "--sources", path, session=session)
    after = desk_command("fetch", "--sources", path, "--check", "--json", session=session)

    assert (1, ["rules"], []) == (
        before.exit_code,
        json.loads(before.stdout)["new"],
        json.loads(before.stdout)["drafts"],
    )
    assert (0, ["rules"], "") == (after.exit_code, json.loads(after.stdout)["unchanged"], after.stderr)
    assert 1 == len(json.loads(after.stdout)["drafts"])


def test_when_nothing_could_be_fetched_the_exit_code_says_so(sites: Publishers, home: Path, tmp_path: Path) -> None:
    path = a_list(tmp_path / "list", a_listed("bad", page="", url=f"{ASSETS}/none.pdf"))

    result = desk_command("fetch", "--sources", str(path), session=a_session(home=home))

    assert (1, "Checked 1 document: 1 failed.\n") == (result.exit_code, result.stdout)


def test_a_forces_own_host_is_named_for_each_fetch(sites: Publishers, home: Path, tmp_path: Path) -> None:
    address = "https://www.westmarch.police.uk/policy.pdf"
    sites.serve_file(address, a_pdf("Policy"))
    path = str(a_list(tmp_path / "list", a_listed("policy", page="", url=address, force="Westmarch Police")))
    session = a_session(home=home)

    refused = desk_command("fetch", "--sources", path, session=session)
    wrong = desk_command("fetch", "--sources", path, "--host", "10.0.0.1", session=session)
    taken = desk_command("fetch", "--sources", path, "--host", "www.westmarch.police.uk", session=session)

    assert (1, 2, 0) == (refused.exit_code, wrong.exit_code, taken.exit_code)
    assert "is not on the list of hosts to fetch from" in refused.stderr
    assert "'10.0.0.1' is not the name of a public host" in wrong.stderr


def test_a_wrong_list_names_the_line_and_is_wrong_use(sites: Publishers, home: Path, tmp_path: Path) -> None:
    path = a_list(tmp_path / "list", a_listed(authority="gospel"))

    result = desk_command("fetch", "--sources", str(path), session=a_session(home=home))

    assert (2, "") == (result.exit_code, result.stdout)
    assert result.stderr.startswith("official.toml, line 5: authority must be one of")


def test_without_a_list_the_projects_own_is_fetched(sites: Publishers, home: Path) -> None:
    result = desk_command("fetch", "--json", session=a_session(home=home))

    assert 1 == result.exit_code
    assert {"crime-recording-rules", "notifiable-offence-list"} <= {
        one["id"] for one in json.loads(result.stdout)["failed"]
    }


def test_what_a_publisher_writes_cannot_move_the_cursor(sites: Publishers, home: Path, tmp_path: Path) -> None:
    sites.serve_item(PAGE, attachments=[an_attachment("Invented rules \x1b[2J\u202e", FILE)])

    result = desk_command("fetch", "--sources", str(a_list(tmp_path / "list")), session=a_session(home=home))

    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout


def test_no_setting_leads_anywhere_but_to_the_public_internet_by_https() -> None:
    """What a test may do (loopback, http) is reached by no setting and no option."""
    assert not [name for name in Settings.model_fields if "fetch" in name or "resolve" in name or "scheme" in name]
    with command.network(["www.westmarch.police.uk"]) as there:
        assert there._scheme == "https"
        assert there.transport._pool._network_backend._resolve is None  # type: ignore[attr-defined]


class TestSummary:
    """The message for the administrators' channel."""

    def test_it_names_what_changed_and_what_waits_escaped(self) -> None:
        report = FetchReport(
            (
                Finding(
                    "rules",
                    "Rules <!channel>",
                    Outcome.CHANGED,
                    published=date(2026, 4, 1),
                    note="A & https://elsewhere.example/x.",
                ),
                Finding("old", "Old rules", Outcome.VANISHED, reason="its publisher withdrew it on 1 May 2026"),
                Finding("bad", "Bad", Outcome.FAILED, reason="its file is not there (404)"),
                Finding("same", "Same", Outcome.UNCHANGED),
            ),
            ("rules-12345678",),
            check=True,
        )

        assert [
            "*Official documents.* Checked 4 documents: 1 changed, 1 unchanged, 1 vanished, 1 failed.",
            "\u2022 Changed: Rules &lt;!channel&gt;, its page updated 1 April 2026; its publisher says: A &amp; [link]",
            "\u2022 Vanished: Old rules: its publisher withdrew it on 1 May 2026.",
            "\u2022 Could not be fetched: Bad: its file is not there (404).",
            "Nothing was kept; `desk fetch` brings the documents as drafts.",
            "Drafts that wait for a person: `rules-12345678`. Nothing answers from them until they are confirmed.",
        ] == fetch_summary(report).splitlines()

    def test_where_nothing_is_new_it_is_one_line(self) -> None:
        report = FetchReport((Finding("same", "Same", Outcome.UNCHANGED),), (), check=True)

        assert "*Official documents.* Checked 1 document: 1 unchanged." == fetch_summary(report)
        assert report.nothing_new

    def test_it_stays_short_however_much_is_new(self) -> None:
        found = tuple(Finding(f"d{n}", "T" * 300, Outcome.NEW, note="N" * 300) for n in range(60))

        said = fetch_summary(FetchReport(found, tuple(f"d{n}-12345678" for n in range(60))))

        assert "and 40 more." in said
        assert len(said) < 15_000
