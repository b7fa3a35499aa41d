"""`desk ingest` and `desk builds`, on small documents and an embedder that needs no model."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot import wiring
from bot.commands import ingest as command
from bot.commands.session import Session
from bot.holding import published_build
from bot.settings import Settings
from ingest.build import IngestReport, ingest
from knowledge.adapters.build_directory import read_build
from knowledge.errors import BuildInvalid, NoBuild
from tests.bot.a_session import desk_command
from tests.builders import TODAY
from tests.fakes import FakeEmbedder

REPORT_KEYS = ["build", "published", "documents", "passages", "rejected", "seconds"]
TEXT = "# Rules\n\n## When to record\n\nA crime must be recorded within 24 hours of the report.\n"


@pytest.fixture
def guidance(tmp_path: Path) -> Path:
    """A folder of guidance: one rule document."""
    folder = tmp_path / "guidance"
    folder.mkdir()
    (folder / "rules.md").write_text(TEXT)
    (folder / "sources.toml").write_text(a_source("rules", "rules.md"))
    return folder


def a_source(document: str, file: str, edition: str = "2026/27") -> str:
    return (
        f'[[document]]\nid = "{document}"\ntitle = "T"\npublisher = "P"\nauthority = "national_rule"\n'
        f'edition = "{edition}"\neffective_from = 2026-04-01\nfile = "{file}"\n'
    )


@pytest.fixture
def session(tmp_path: Path) -> Session:
    def with_fake(
        settings: Settings, sources: Sequence[Path], dry_run: bool, progress: Callable[[str, int, int], None]
    ) -> IngestReport:
        return ingest(
            sources, home=settings.home, embedder=FakeEmbedder(), by="tests", dry_run=dry_run, progress=progress
        )

    settings = Settings(home=tmp_path / "home", today=TODAY)
    return Session(settings, ingest=with_fake, published=wiring.published)


def ingested(session: Session, guidance: Path, *more: str) -> dict[str, object]:
    result = desk_command("ingest", "--sources", str(guidance / "sources.toml"), "--json", *more, session=session)
    assert 0 == result.exit_code, result.stderr
    body = json.loads(result.stdout)
    assert isinstance(body, dict)
    return body


def test_ingest_json_is_one_object_with_exactly_the_keys_scripts_depend_on(session: Session, guidance: Path) -> None:
    body = ingested(session, guidance)

    assert REPORT_KEYS == list(body)
    assert body["published"] is True
    assert ["added", "changed", "unchanged", "withdrawn", "rejected"] == list(body["documents"])  # type: ignore[call-overload]


def test_progress_off_a_terminal_is_plain_lines_on_standard_error(session: Session, guidance: Path) -> None:
    result = desk_command("ingest", "--sources", str(guidance / "sources.toml"), session=session)

    assert "Reading documents: 1 of 1\n" in result.stderr
    assert result.stdout.startswith("Published build ")
    assert 1 == result.stdout.count("\n")


def test_a_document_that_cannot_be_read_is_named_with_the_reason_and_the_rest_is_published(
    session: Session, guidance: Path
) -> None:
    (guidance / "empty.pdf").touch()
    with (guidance / "sources.toml").open("a") as sources:
        sources.write(a_source("empty", "empty.pdf") + a_source("gone", "gone.pdf"))

    result = desk_command("ingest", "--sources", str(guidance / "sources.toml"), session=session)

    assert 0 == result.exit_code
    assert "Not read: empty.pdf: it is empty.\n" in result.stderr
    assert "Not read: gone.pdf: there is no such file.\n" in result.stderr
    assert "1 added, 2 rejected" in result.stdout


def test_when_nothing_can_be_read_nothing_is_published(session: Session, guidance: Path) -> None:
    (guidance / "rules.md").write_text("")

    result = desk_command("ingest", "--sources", str(guidance / "sources.toml"), session=session)

    assert 1 == result.exit_code
    assert "nothing was published; mend the sources" in result.stderr


def test_a_dry_run_says_what_would_change_and_publishes_nothing(session: Session, guidance: Path) -> None:
    body = ingested(session, guidance, "--dry-run")

    assert (None, False) == (body["build"], body["published"])
    with pytest.raises(NoBuild):
        published_build(session.settings.home)


def test_wrong_sources_name_the_line_and_are_wrong_use(session: Session, guidance: Path) -> None:
    (guidance / "sources.toml").write_text(a_source("rules", "rules.md").replace("national_rule", "gospel"))

    result = desk_command("ingest", "--sources", str(guidance / "sources.toml"), session=session)

    assert (2, "") == (result.exit_code, result.stdout)
    assert result.stderr.splitlines()[-1].startswith("sources.toml, line 5: authority must be one of")


class TestStarter:
    """`desk ingest --starter`, with which every `make run` begins."""

    @pytest.fixture(autouse=True)
    def _starter(self, guidance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(command, "STARTER", guidance / "sources.toml")

    def test_it_is_indexed_when_nothing_is_published(self, session: Session) -> None:
        result = desk_command("ingest", "--starter", session=session)

        assert 0 == result.exit_code
        assert 1 == len(published_build(session.settings.home).editions)

    def test_it_is_left_alone_without_loading_anything_while_it_has_not_changed(self, session: Session) -> None:
        desk_command("ingest", "--starter", session=session)

        again = desk_command("ingest", "--starter", session=replace(session, ingest=None))  # type: ignore[arg-type]

        assert (0, "", "") == (again.exit_code, again.stdout, again.stderr)

    def test_it_is_indexed_again_when_a_file_of_it_changed(self, session: Session, guidance: Path) -> None:
        desk_command("ingest", "--starter", session=session)
        (guidance / "rules.md").write_text(TEXT.replace("24", "12"))

        assert "1 changed" in desk_command("ingest", "--starter", session=session).stdout

    def test_it_never_replaces_what_an_administrator_published(
        self, session: Session, guidance: Path, tmp_path: Path
    ) -> None:
        own = tmp_path / "own"
        own.mkdir()
        (own / "policy.md").write_text(TEXT.replace("Rules", "Policy"))
        (own / "sources.toml").write_text(a_source("own", "policy.md"))
        desk_command("ingest", "--starter", session=session)
        build = ingested(session, own)["build"]
        (guidance / "rules.md").write_text(TEXT.replace("24", "12"))

        again = desk_command("ingest", "--starter", session=session)

        assert (0, "") == (again.exit_code, again.stdout)
        assert build == published_build(session.settings.home).id

    def test_it_is_asked_for_alone(self, session: Session) -> None:
        assert 2 == desk_command("ingest", "--starter", "--dry-run", session=session).exit_code


class TestBuilds:
    """`desk builds`."""

    @pytest.fixture
    def two(self, session: Session, guidance: Path) -> list[str]:
        first = ingested(session, guidance)["build"]
        (guidance / "more.md").write_text(TEXT.replace("Rules", "More"))
        with (guidance / "sources.toml").open("a") as sources:
            sources.write(a_source("more", "more.md"))
        return [str(first), str(ingested(session, guidance)["build"])]

    def test_the_list_is_newest_first_and_marks_the_published_one(self, session: Session, two: list[str]) -> None:
        shown = desk_command("builds", session=session).stdout

        assert shown.startswith(f"* {two[1]}  ")
        assert f"\n  {two[0]}  " in shown
        assert shown == desk_command("builds", "list", session=session).stdout
        body = json.loads(desk_command("builds", "list", "--json", session=session).stdout)
        assert (two[1], list(reversed(two))) == (body["published"], [build["id"] for build in body["builds"]])

    def test_show_names_the_editions_of_a_build(self, session: Session, two: list[str]) -> None:
        body = json.loads(desk_command("builds", "show", two[0], "--json", session=session).stdout)

        assert ["rules"] == [edition["document"] for edition in body["editions"]]
        assert "T, 2026/27 (in force from 1 April 2026; national rule)" in desk_command(
            "builds", "show", session=session
        ).stdout.replace("\n    ", " ")

    def test_compare_says_what_the_later_one_added(self, session: Session, two: list[str]) -> None:
        shown = desk_command("builds", "compare", *two, session=session).stdout
        back = json.loads(desk_command("builds", "compare", *reversed(two), "--json", session=session).stdout)

        assert "added      more@2026-27\n1 editions unchanged\n" == shown
        assert ["more@2026-27"] == back["editions"]["withdrawn"]

    def test_rollback_publishes_the_one_before(self, session: Session, two: list[str]) -> None:
        result = desk_command("builds", "rollback", session=session)

        assert result.stdout.replace("\n", " ").startswith(f"Build {two[0]} is published again, in place of {two[1]}.")
        assert two[0] == published_build(session.settings.home).id

    def test_a_sound_build_is_verified_and_a_damaged_one_is_not(self, session: Session, two: list[str]) -> None:
        sound = desk_command("builds", "verify", session=session)
        damaged = session.settings.home / "builds" / two[0] / "passages.jsonl"
        damaged.write_text(damaged.read_text()[:-20])

        broken = desk_command("builds", "verify", two[0], session=session)

        assert (0, True) == (sound.exit_code, "is sound" in sound.stdout)
        assert (1, 1) == (broken.exit_code, broken.stderr.count("\n"))
        assert "damaged" in broken.stderr

    @pytest.mark.parametrize("arguments", [["show", "../../etc"], ["verify", "none"], ["compare", "a", "b"]])
    def test_a_build_that_is_not_there_is_one_sentence(
        self, session: Session, two: list[str], arguments: list[str]
    ) -> None:
        result = desk_command("builds", *arguments, session=session)

        assert (1, "") == (result.exit_code, result.stdout)
        assert "`desk builds list` shows what there is" in result.stderr

    @pytest.mark.parametrize("name", ["list", "show", "verify", "rollback"])
    def test_before_anything_is_published_each_says_so(self, session: Session, name: str) -> None:
        result = desk_command("builds", name, session=session)

        assert (1, "") == (result.exit_code, result.stdout)
        assert "Nothing has been published yet; run `desk ingest`" in result.stderr


def test_what_is_read_without_opening_is_what_the_adapter_reads(session: Session, guidance: Path) -> None:
    ingested(session, guidance)
    build = published_build(session.settings.home)

    assert read_build(session.settings.home / "builds" / build.id) == build


def test_when_the_published_build_cannot_be_read_the_newest_other_is_named(session: Session, guidance: Path) -> None:
    first = ingested(session, guidance)["build"]
    (guidance / "rules.md").write_text(TEXT.replace("24", "12"))
    second = ingested(session, guidance)["build"]
    (session.settings.home / "builds" / str(second) / "MANIFEST.json").write_text("{")

    assert first == published_build(session.settings.home).id

    (session.settings.home / "builds" / str(first) / "editions.json").write_text("[1]")
    with pytest.raises(BuildInvalid, match="desk ingest"):
        published_build(session.settings.home)
