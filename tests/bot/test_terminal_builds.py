"""`desk builds`: what has been published, compared, rolled back, verified."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.commands.session import Session
from bot.holding import published_build
from knowledge.errors import BuildInvalid
from tests.bot.a_session import desk_command
from tests.bot.some_builds import TEXT, a_source, an_ingesting_session, pretend_to_ingest, some_guidance


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return replace(an_ingesting_session(tmp_path / "home"), ingest=pretend_to_ingest)


@pytest.fixture
def two(session: Session, tmp_path: Path) -> list[str]:
    """Two builds, the second with a document more."""
    guidance = some_guidance(tmp_path / "guidance")
    names = []
    for _ in range(2):
        desk_command("ingest", "--sources", str(guidance / "sources.toml"), session=session)
        names.append(published_build(session.settings.home).id)
        (guidance / "more.md").write_text(TEXT.replace("Rules", "More"))
        with (guidance / "sources.toml").open("a") as sources:
            sources.write(a_source("more", "more.md"))
    return names


def test_the_list_is_newest_first_and_marks_the_published_one(session: Session, two: list[str]) -> None:
    shown = desk_command("builds", session=session).stdout

    assert shown.startswith(f"* {two[1]}  ")
    assert f"\n  {two[0]}  " in shown
    assert shown == desk_command("builds", "list", session=session).stdout
    body = json.loads(desk_command("builds", "list", "--json", session=session).stdout)
    assert (two[1], list(reversed(two))) == (body["published"], [build["id"] for build in body["builds"]])


def test_show_names_the_editions_of_a_build(session: Session, two: list[str]) -> None:
    body = json.loads(desk_command("builds", "show", two[0], "--json", session=session).stdout)

    assert ["rules"] == [edition["document"] for edition in body["editions"]]
    shown = desk_command("builds", "show", session=session).stdout
    assert 2 == " ".join(shown.split()).count("T, 2026/27 (in force from 1 April 2026); national rule")


def test_compare_says_what_the_later_one_added(session: Session, two: list[str]) -> None:
    shown = desk_command("builds", "compare", *two, session=session).stdout
    back = json.loads(desk_command("builds", "compare", *reversed(two), "--json", session=session).stdout)

    assert "added      more@2026-27\nunchanged  1\n" == shown
    assert ["more@2026-27"] == back["editions"]["withdrawn"]


def test_rollback_publishes_the_one_before(session: Session, two: list[str]) -> None:
    result = desk_command("builds", "rollback", session=session)

    assert f"Build {two[0]} is published again, in place of {two[1]}.\n" == result.stdout
    assert two[0] == published_build(session.settings.home).id


@pytest.mark.parametrize("arguments", [["show", "../../etc"], ["verify", "none"], ["compare", "a", "b"]])
def test_a_build_that_is_not_there_is_one_sentence(session: Session, two: list[str], arguments: list[str]) -> None:
    result = desk_command("builds", *arguments, session=session)

    assert (1, "") == (result.exit_code, result.stdout)
    assert "`desk builds list` shows what there is" in result.stderr


@pytest.mark.parametrize("name", ["list", "show", "verify", "rollback"])
def test_before_anything_is_published_each_says_so(session: Session, name: str) -> None:
    result = desk_command("builds", name, session=session)

    assert (1, "") == (result.exit_code, result.stdout)
    assert "Nothing has been published yet; run `desk ingest`" in result.stderr


def test_when_the_published_build_cannot_be_read_the_newest_other_is_named(session: Session, two: list[str]) -> None:
    builds = session.settings.home / "builds"
    (builds / two[1] / "MANIFEST.json").write_text("{")

    assert two[0] == published_build(session.settings.home).id

    (builds / two[0] / "editions.json").write_text("[1]")
    with pytest.raises(BuildInvalid, match="desk ingest"):
        published_build(session.settings.home)


@pytest.mark.slow
def test_a_sound_build_is_verified_and_a_damaged_one_is_not(tmp_path: Path) -> None:
    session = an_ingesting_session(tmp_path / "home")
    sources = some_guidance(tmp_path / "guidance") / "sources.toml"
    desk_command("ingest", "--sources", str(sources), session=session)
    sound = desk_command("builds", "verify", session=session)
    damaged = session.settings.home / "builds" / published_build(session.settings.home).id / "passages.jsonl"
    damaged.write_text(damaged.read_text()[:-20])

    broken = desk_command("builds", "verify", session=session)

    assert (0, True) == (sound.exit_code, "is sound" in sound.stdout)
    assert (1, 1) == (broken.exit_code, broken.stderr.count("\n"))
    assert "damaged" in broken.stderr
