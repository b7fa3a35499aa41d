"""`desk ingest` keeps a build unpublished when something speaks against it, and `desk builds publish` publishes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.commands import publish_build
from bot.commands.session import Session
from bot.holding import published_build
from bot.settings import Settings, load_settings
from ingest.publish import current_build, unpublished_ids
from knowledge.adapters.audit_record import AuditRecord
from knowledge.adapters.audit_trail import trail_file
from knowledge.errors import NoBuild
from tests.bot.a_session import desk_command
from tests.bot.some_builds import TEXT, a_source, an_ingesting_session, some_guidance
from tests.builders import TODAY


def records(session: Session) -> list[AuditRecord]:
    """What the audit trail holds."""
    lines = trail_file(session.settings.home).read_text().splitlines()
    return [AuditRecord(**json.loads(line)) for line in lines]


def two_then_one(session: Session, folder: Path) -> Path:
    """Publish two documents; the sources left name only one of them."""
    sources = some_guidance(folder) / "sources.toml"
    (folder / "more.md").write_text(TEXT.replace("Rules", "More"))
    sources.write_text(a_source("rules", "rules.md") + a_source("more", "more.md"))
    assert 0 == desk_command("ingest", "--sources", str(sources), session=session).exit_code
    sources.write_text(a_source("rules", "rules.md"))
    return sources


def test_a_build_that_lacks_a_document_waits_for_a_reason(tmp_path: Path) -> None:
    session = an_ingesting_session(tmp_path / "home")
    sources = two_then_one(session, tmp_path / "guidance")
    first = published_build(session.settings.home).id

    result = desk_command("ingest", "--sources", str(sources), "--json", session=session)

    body = json.loads(result.stdout)
    assert (1, False) == (result.exit_code, body["published"])
    assert ["build", "published", "documents", "passages", "rejected", "seconds"] == list(body)
    assert "T (more) is in the build before and not in this one." in result.stderr
    assert "half or fewer are left" in result.stderr
    assert f'`desk builds publish {body["build"]} --reason "why you may"`' in result.stderr
    assert first == published_build(session.settings.home).id
    listed = desk_command("builds", session=session).stdout
    assert "; kept unpublished" in " ".join(listed.split())
    assert [body["build"]] == json.loads(desk_command("builds", "--json", session=session).stdout)["unpublished"]

    refused = desk_command("builds", "publish", body["build"], session=session)

    assert (2, "") == (refused.exit_code, refused.stdout)
    assert "--reason" in refused.stderr
    assert first == current_build(session.settings.home)

    given = "replaced by the handbook, says jane@example.org"
    done = desk_command("builds", "publish", body["build"], "--reason", given, session=session)

    assert (0, f"Build {body['build']} is published, in place of {first}.\n") == (done.exit_code, done.stdout)
    last = records(session)[-1]
    assert ("published_anyway", body["build"], first) == (last.act, last.build, last.details["previous_build"])
    assert last.details["reason"].startswith("replaced by the handbook")
    assert "jane" not in last.details["reason"]
    assert [] == unpublished_ids(session.settings.home)
    again = desk_command("builds", "publish", body["build"], session=session)
    assert (2, True) == (again.exit_code, "published already" in again.stderr)


def test_a_reason_given_beforehand_publishes_it_in_one_go(tmp_path: Path) -> None:
    session = an_ingesting_session(tmp_path / "home")
    sources = two_then_one(session, tmp_path / "guidance")

    result = desk_command("ingest", "--sources", str(sources), "--yes", "it was dropped", "--json", session=session)

    body = json.loads(result.stdout)
    assert (0, True) == (result.exit_code, body["published"])
    assert body["build"] == published_build(session.settings.home).id
    assert ["published", "published_anyway"] == [one.act for one in records(session)]
    assert "it was dropped" == records(session)[-1].details["reason"]


def test_yes_needs_a_reason_and_is_not_for_the_starter(tmp_path: Path) -> None:
    session = an_ingesting_session(tmp_path / "home")

    assert 2 == desk_command("ingest", "--yes", " ", session=session).exit_code
    assert 2 == desk_command("ingest", "--starter", "--yes", "so", session=session).exit_code


def test_where_two_persons_are_asked_for_the_one_who_made_it_may_not_publish_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(home=tmp_path / "home", today=TODAY, two_persons=True)
    session = Session(settings, ingest=an_ingesting_session(tmp_path).ingest)
    sources = some_guidance(tmp_path / "guidance") / "sources.toml"

    made = desk_command("ingest", "--sources", str(sources), "--yes", "mine", session=session)

    (build,) = unpublished_ids(settings.home)
    assert 1 == made.exit_code
    assert f"`desk builds publish {build}`" in made.stderr
    with pytest.raises(NoBuild, match="kept unpublished"):
        published_build(settings.home)

    monkeypatch.setattr(publish_build, "account", lambda: "tests")
    refused = desk_command("builds", "publish", build, session=session)
    assert (1, True) == (refused.exit_code, "another person has to publish it" in refused.stderr)
    assert current_build(settings.home) is None

    monkeypatch.setattr(publish_build, "account", lambda: "another")
    assert 0 == desk_command("builds", "publish", build, session=session).exit_code
    assert build == published_build(settings.home).id
    assert ["published"] == [one.act for one in records(session)]


def test_two_persons_is_a_setting_and_off_unless_set() -> None:
    assert not load_settings({}, None).two_persons
    assert load_settings({"DESK_TWO_PERSONS": "true"}, None).two_persons
