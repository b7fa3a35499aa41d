"""`desk drafts`: a person looks at what was fetched, and confirms or discards it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands.session import Session
from bot.holding import published_build
from ingest.fetch.drafts import Draft
from tests.bot.a_session import a_session, desk_command
from tests.bot.some_builds import an_ingesting_session
from tests.ingest.fetch.lists import a_list, fetched, only_draft
from tests.ingest.fetch.publishers import ASSETS, PAGE, Publishers, a_pdf, an_attachment, publishers

FILE = f"{ASSETS}/1/rules-v2.pdf"


@pytest.fixture
def sites() -> Iterator[Publishers]:
    with publishers() as served:
        served.serve_item(PAGE, attachments=[an_attachment("Invented rules 2026 to 2027", FILE)])
        served.serve_file(FILE, a_pdf("Every crime must be recorded within 24 hours of the report."))
        yield served


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def session(home: Path) -> Session:
    return a_session(home=home)


@pytest.fixture
def draft(sites: Publishers, home: Path, tmp_path: Path) -> Draft:
    """One draft that waits."""
    fetched(home, sites, a_list(tmp_path / "list"))
    return only_draft(home)


def test_a_draft_is_shown_with_its_proposals_and_the_command_that_confirms_it(session: Session, draft: Draft) -> None:
    result = desk_command("drafts", session=session)

    said = " ".join(result.stdout.split())
    assert 0 == result.exit_code
    assert f"{draft.id}, a document not held before, fetched 2026-11-22" in said
    assert "Proposed edition 2026/27, v2, from 1 April 2026 (it says: With effect from April 2026)" in said
    assert f"From {FILE}" in said
    assert f'desk drafts confirm {draft.id} --effective-from 2026-04-01 --edition "2026/27"' in said


def test_as_json_every_draft_is_whole(session: Session, draft: Draft) -> None:
    (shown,) = json.loads(desk_command("drafts", "list", "--json", session=session).stdout)["drafts"]

    assert (draft.id, "2026-04-01", draft.digest) == (shown["id"], shown["effective_from"], shown["digest"])


def test_where_none_waits_that_is_said(session: Session) -> None:
    assert "No draft waits; `desk fetch` looks for new editions.\n" == desk_command("drafts", session=session).stdout
    assert {"drafts": []} == json.loads(desk_command("drafts", "--json", session=session).stdout)


def test_a_confirmed_draft_can_be_published(draft: Draft, home: Path) -> None:
    session = an_ingesting_session(home)

    confirmed = desk_command(
        "drafts", "confirm", draft.id, "--effective-from", "1 May 2026", "--edition", "May 2026", session=session
    )

    listed = home / "sources" / "sources.toml"
    assert [
        "Confirmed Invented Rules, edition May 2026, from 1 May 2026.",
        f"It is listed in {listed}; publish it with `desk ingest --sources {listed}`.",
    ] == confirmed.stdout.splitlines()
    assert 0 == desk_command("ingest", "--sources", str(listed), session=session).exit_code
    (edition,) = published_build(home).editions
    assert ("rules", "May 2026", draft.digest) == (edition.document, edition.label, edition.digest)


def test_as_json_a_confirmation_says_what_it_did(session: Session, draft: Draft, home: Path) -> None:
    result = desk_command("drafts", "confirm", "rules", "--json", session=session)

    assert {
        "confirmed": draft.id,
        "document": "rules",
        "edition": "2026/27",
        "effective_from": "2026-04-01",
        "effective_to": None,
        "sources": str(home / "sources" / "sources.toml"),
        "notes": [],
    } == json.loads(result.stdout)


def test_the_edition_that_ends_is_named(
    session: Session, draft: Draft, sites: Publishers, home: Path, tmp_path: Path
) -> None:
    desk_command("drafts", "confirm", draft.id, session=session)
    sites.serve_file(FILE, a_pdf("Other rules 2027/28", footer="With effect from April 2027"))
    fetched(home, sites, a_list(tmp_path / "list"))

    result = desk_command("drafts", "confirm", "rules", "--edition", "2027/28", session=session)

    assert "Edition 2026/27 now ends on 31 March 2027.\n" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["confirm", "nothing"], "There is no draft 'nothing'; `desk drafts` lists those that wait."),
        (["discard", "nothing"], "There is no draft 'nothing'; `desk drafts` lists those that wait."),
        (["confirm", "rules", "--effective-from", "soon"], "'soon' is not a date; write it like 2013-04-01"),
        (["confirm", "rules", "--effective-from", "2026-02-31"], "'2026-02-31' is not a date"),
        (["confirm", "rules", "--edition", "--"], "'--' is no label of an edition"),
        (["confirm", "rules", "--replace"], "leave out --replace"),
    ],
)
def test_a_mistake_is_one_sentence_and_wrong_use(
    session: Session, draft: Draft, home: Path, arguments: list[str], says: str
) -> None:
    result = desk_command("drafts", *arguments, session=session)

    assert (2, "") == (result.exit_code, result.stdout)
    assert says in result.stderr
    assert 1 == result.stderr.count("\n")
    assert draft == only_draft(home)


def test_confirming_twice_is_one_sentence(session: Session, draft: Draft) -> None:
    desk_command("drafts", "confirm", draft.id, session=session)

    again = desk_command("drafts", "confirm", draft.id, session=session)

    assert (2, f"The draft '{draft.id}' was confirmed as edition 2026/27 already.\n") == (again.exit_code, again.stderr)


def test_a_discarded_draft_is_gone(session: Session, draft: Draft) -> None:
    result = desk_command("drafts", "discard", draft.id, session=session)

    assert (0, f"Discarded {draft.id}. The same file is not offered again.\n") == (result.exit_code, result.stdout)
    assert "No draft waits" in desk_command("drafts", session=session).stdout
