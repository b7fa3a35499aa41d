"""`desk audit`: publishing and rolling back are recorded, and the record is checked."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.audit import account, audit_trail, record_build_act
from bot.commands.session import Session
from bot.settings import load_settings
from knowledge.adapters.audit_check import read_trail
from knowledge.adapters.audit_trail import key_file, trail_file
from knowledge.errors import DeskError
from tests.bot.a_session import desk_command
from tests.bot.some_builds import an_ingesting_session, pretend_to_ingest, some_guidance


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return replace(an_ingesting_session(tmp_path / "home"), ingest=pretend_to_ingest)


@pytest.fixture
def sources(tmp_path: Path) -> str:
    return str(some_guidance(tmp_path / "guidance") / "sources.toml")


@pytest.fixture
def published_twice(session: Session, sources: str) -> Session:
    """Two builds published and one rolled back: three records."""
    for _ in range(2):
        desk_command("ingest", "--sources", sources, session=session)
    desk_command("builds", "rollback", session=session)
    return session


def acts(session: Session) -> list[tuple[str, str, object]]:
    return [(one.act, one.build[-1:], one.details.get("previous_build")) for one in read_trail(session.settings.home)]


def test_publishing_and_rolling_back_are_recorded_with_what_was_before(published_twice: Session) -> None:
    first, second = "20261122-000000", "20261122-000001"

    assert [("published", "0", None), ("published", "1", first), ("rolled_back", "0", second)] == acts(published_twice)
    records = read_trail(published_twice.settings.home)
    assert {account()} == {record.actor for record in records}
    assert records[0].details["digest"] == records[2].details["digest"] != records[1].details["digest"]


def test_what_publishes_nothing_new_is_not_recorded(session: Session, sources: str) -> None:
    desk_command("ingest", "--sources", sources, "--dry-run", session=replace(session, ingest=lambda *_: _nothing()))
    desk_command("ingest", "--sources", sources, session=replace(session, ingest=lambda *_: _nothing()))
    desk_command("builds", "rollback", session=session)

    assert [] == acts(session)


def _nothing():  # type: ignore[no-untyped-def]
    from ingest.report import IngestReport

    return IngestReport()


def test_ingesting_the_same_again_is_recorded_once(tmp_path: Path, sources: str) -> None:
    session = an_ingesting_session(tmp_path / "home")
    for _ in range(2):
        desk_command("ingest", "--sources", sources, session=session)

    assert ["published"] == [act for act, _, _ in acts(session)]


def test_a_trail_that_cannot_be_written_is_said_after_what_was_published(session: Session, sources: str) -> None:
    desk_command("ingest", "--sources", sources, session=session)
    key_file(session.settings.home).unlink()

    result = desk_command("ingest", "--sources", sources, session=session)

    assert (1, True) == (result.exit_code, result.stdout.startswith("Published build 20261122-000001"))
    assert "put audit.key back from a backup" in result.stderr.splitlines()[-1]


def test_the_list_shows_the_last_with_their_details(published_twice: Session) -> None:
    shown = desk_command("audit", "list", "-n", "2", session=published_twice).stdout
    body = json.loads(desk_command("audit", "list", "--json", session=published_twice).stdout)

    says = " ".join(shown.split())
    assert says.startswith("2 20")
    assert f"Z {account()} published 20261122-000001 (digest " in says
    assert "previous_build 20261122-000001)" in says
    assert [1, 2, 3] == [record["sequence"] for record in body["records"]]
    assert {"sequence", "time", "actor", "act", "build", "details", "previous", "digest", "hmac"} == set(
        body["records"][0]
    )


def test_before_anything_is_recorded_each_says_so(session: Session) -> None:
    assert "Nothing has been recorded yet.\n" == desk_command("audit", "list", session=session).stdout
    assert "0:" + "0" * 64 + "\n" == desk_command("audit", "head", session=session).stdout
    assert "The audit trail is sound: 0 records." in desk_command("audit", "verify", session=session).stdout


def test_a_sound_trail_is_verified_against_the_head_that_was_kept(published_twice: Session) -> None:
    head = desk_command("audit", "head", session=published_twice).stdout.strip()
    result = desk_command("audit", "verify", "--anchor", head, session=published_twice)
    body = json.loads(desk_command("audit", "verify", "--anchor", head, "--json", session=published_twice).stdout)

    assert (0, "The audit trail is sound: 3 records.\n") == (result.exit_code, result.stdout)
    assert (True, 3, head, True, None, "", []) == tuple(body.values())
    told = json.loads(desk_command("audit", "head", "--json", session=published_twice).stdout)
    assert head == f"{told['sequence']}:{told['digest']}"


def test_without_an_anchor_it_says_what_cannot_be_known(published_twice: Session) -> None:
    assert "only an anchor shows" in desk_command("audit", "verify", session=published_twice).stdout


def test_an_edited_record_is_named_and_fails(published_twice: Session) -> None:
    trail = trail_file(published_twice.settings.home)
    trail.write_text(trail.read_text().replace('"rolled_back"', '"published"'))

    result = desk_command("audit", "verify", session=published_twice)
    told = desk_command("audit", "verify", "--json", session=published_twice)
    head = desk_command("audit", "head", session=published_twice)

    says = "Record 3 (line 3) was edited: its digest is not that of its words.\n"
    assert (1, "", says) == (result.exit_code, result.stdout, result.stderr)
    assert (1, 3, False) == (
        told.exit_code,
        json.loads(told.stdout)["first_bad"],
        json.loads(told.stdout)["sound"],
    )
    assert (1, "", says) == (head.exit_code, head.stdout, head.stderr), "a bad head is no anchor"


def test_a_trail_cut_off_fails_against_the_anchor(published_twice: Session) -> None:
    head = desk_command("audit", "head", session=published_twice).stdout.strip()
    trail = trail_file(published_twice.settings.home)
    trail.write_text("".join(trail.read_text().splitlines(keepends=True)[:-1]))

    result = desk_command("audit", "verify", "--anchor", head, session=published_twice)

    assert (1, True) == (result.exit_code, "its end was cut off" in result.stderr)


def test_a_torn_line_is_a_note_and_no_fault(published_twice: Session) -> None:
    trail = trail_file(published_twice.settings.home)
    trail.write_bytes(trail.read_bytes() + b'{"sequence":4,"ti')

    result = desk_command("audit", "verify", session=published_twice)

    assert (0, True) == (result.exit_code, "3 records" in result.stdout)
    assert result.stderr.startswith("Note: Line 4 was torn while it was written, as by a power cut")


def test_what_is_no_anchor_is_wrong_use(published_twice: Session) -> None:
    assert 2 == desk_command("audit", "verify", "--anchor", "yesterday", session=published_twice).exit_code


def test_a_key_in_the_settings_is_used_and_not_kept(session: Session) -> None:
    given = load_settings({"DESK_HOME": str(session.settings.home), "DESK_AUDIT_KEY": " a key from the safe \n"}, None)
    record_build_act(given, "published", "b1", previous=None, actor="U0123456789")

    assert not key_file(session.settings.home).exists()
    assert 0 == desk_command("audit", "verify", session=replace(session, settings=given)).exit_code
    assert "safe" not in repr(given)
    with pytest.raises(DeskError, match="key"):
        audit_trail(session.settings).record("registrar", "published")


def test_no_account_is_still_an_actor(monkeypatch: pytest.MonkeyPatch) -> None:
    """A container runs under a number that no name belongs to."""

    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("getpass.getuser", nobody)

    assert "unknown" == account()
