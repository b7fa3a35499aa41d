"""`desk ingest` on small documents, with an embedder that needs no model."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.commands import ingest as command
from bot.commands.session import Session
from bot.holding import published_build
from ingest.build import IngestReport
from knowledge.adapters.build_editions import read_build
from knowledge.errors import NoBuild
from tests.bot.a_session import desk_command
from tests.bot.some_builds import TEXT, a_source, an_ingesting_session, pretend_to_ingest, some_guidance

REPORT_KEYS = ["build", "published", "documents", "passages", "rejected", "seconds"]


@pytest.fixture
def guidance(tmp_path: Path) -> Path:
    return some_guidance(tmp_path / "guidance")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return an_ingesting_session(tmp_path / "home")


def test_what_can_be_read_is_published_and_the_rest_is_named_with_the_reason(session: Session, guidance: Path) -> None:
    (guidance / "empty.pdf").touch()
    with (guidance / "sources.toml").open("a") as sources:
        sources.write(a_source("empty", "empty.pdf") + a_source("gone", "gone.pdf"))

    result = desk_command("ingest", "--sources", str(guidance / "sources.toml"), "--json", session=session)

    body = json.loads(result.stdout)
    assert (0, 1) == (result.exit_code, result.stdout.count("\n"))
    assert REPORT_KEYS == list(body)
    assert ["added", "changed", "unchanged", "withdrawn", "rejected"] == list(body["documents"])
    assert (True, ["rules@2026-27"]) == (body["published"], body["documents"]["added"])
    assert "Reading documents: 3 of 3\n" in result.stderr
    assert "Not read: empty.pdf: it is empty.\n" in result.stderr
    assert "Not read: gone.pdf: there is no such file.\n" in result.stderr
    build = published_build(session.settings.home)
    assert body["build"] == build.id
    assert read_build(session.settings.home / "builds" / build.id) == build


def test_when_nothing_can_be_read_nothing_is_published(session: Session, guidance: Path) -> None:
    (guidance / "rules.md").write_text("")

    result = desk_command("ingest", "--sources", str(guidance / "sources.toml"), session=session)

    assert 1 == result.exit_code
    assert "nothing was published; mend the sources" in result.stderr


def test_a_dry_run_says_what_would_change_and_publishes_nothing(session: Session, guidance: Path) -> None:
    result = desk_command("ingest", "--sources", str(guidance / "sources.toml"), "--dry-run", session=session)

    assert (0, "Would publish 1 passages; editions: 1 added.\n") == (result.exit_code, result.stdout)
    with pytest.raises(NoBuild):
        published_build(session.settings.home)


def test_wrong_sources_name_the_line_and_are_wrong_use(session: Session, guidance: Path) -> None:
    (guidance / "sources.toml").write_text(a_source("rules", "rules.md").replace("national_rule", "gospel"))

    result = desk_command("ingest", "--sources", str(guidance / "sources.toml"), session=session)

    assert (2, "") == (result.exit_code, result.stdout)
    assert result.stderr.splitlines()[-1].startswith("sources.toml, line 5: authority must be one of")


def test_of_an_unused_question_bank_only_how_much_is_told(session: Session) -> None:
    warnings = ["rules.pdf: page 3 is mostly a picture", *["question bank, x.toml: nothing of it"] * 7]

    def noting(*_: Any) -> IngestReport:
        return IngestReport("b", True, passages=1, warnings=warnings)

    result = desk_command("ingest", session=replace(session, ingest=noting))

    assert "Note: rules.pdf: page 3 is mostly a picture\nNote: 7 entries of the question bank" in result.stderr
    assert 2 == result.stderr.count("\n")


class TestStarter:
    """`desk ingest --starter`, with which every `make run` begins."""

    @pytest.fixture(autouse=True)
    def _starter(self, guidance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(command, "STARTER", guidance / "sources.toml")

    @pytest.fixture
    def session(self, tmp_path: Path) -> Session:
        return replace(an_ingesting_session(tmp_path / "home"), ingest=pretend_to_ingest)

    def test_it_is_indexed_when_nothing_is_published(self, session: Session) -> None:
        result = desk_command("ingest", "--starter", session=session)

        assert 0 == result.exit_code
        assert "Indexing the starter guidance" in result.stderr
        assert 1 == len(published_build(session.settings.home).editions)

    def test_it_is_left_alone_without_loading_anything_while_it_has_not_changed(self, session: Session) -> None:
        desk_command("ingest", "--starter", session=session)

        again = desk_command("ingest", "--starter", session=replace(session, ingest=None))  # type: ignore[arg-type]

        assert (0, "", "") == (again.exit_code, again.stdout, again.stderr)

    def test_it_is_indexed_again_when_a_file_of_it_changed(self, session: Session, guidance: Path) -> None:
        desk_command("ingest", "--starter", session=session)
        (guidance / "rules.md").write_text(TEXT.replace("24", "12"))

        again = desk_command("ingest", "--starter", session=session)

        assert "Published build " in again.stdout
        assert "" == desk_command("ingest", "--starter", session=session).stdout

    def test_it_never_replaces_what_an_administrator_published(self, session: Session, guidance: Path) -> None:
        own = some_guidance(guidance.parent / "own")
        desk_command("ingest", "--starter", session=session)
        desk_command("ingest", "--sources", str(own / "sources.toml"), session=session)
        build = published_build(session.settings.home).id
        (guidance / "rules.md").write_text(TEXT.replace("24", "12"))

        again = desk_command("ingest", "--starter", session=session)

        assert (0, "") == (again.exit_code, again.stdout)
        assert build == published_build(session.settings.home).id

    def test_it_is_asked_for_alone(self, session: Session) -> None:
        assert 2 == desk_command("ingest", "--starter", "--dry-run", session=session).exit_code
