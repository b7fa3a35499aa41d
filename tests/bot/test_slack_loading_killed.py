"""The desk, or the build, killed while an edition is loaded; a damaged build: nobody is left without word."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.build import ingest
from ingest.publish import build_ids, current_build, publish
from tests.bot.loading_fixtures import (
    NEW_RULES,
    OFFICE,
    REGISTRAR,
    add,
    audited,
    furnish,
    offered,
    publish_rules,
    shows,
    start,
)
from tests.bot.slack_fixtures import DM, OFFICER, answered
from tests.builders import TODAY
from tests.fakes import FakeEmbedder
from tests.slack_server import SlackServer

pytestmark = pytest.mark.slow


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with SlackServer(echo=True) as server:
        yield furnish(server)


def children(home: Path) -> list[int]:
    """The processes that build on this data directory."""
    found = subprocess.run(["pgrep", "-f", f"bot_with_builds build .*{home}/loading"], capture_output=True, check=False)
    return [int(line) for line in found.stdout.split()]


def test_a_build_goes_on_while_the_desk_is_killed_and_the_next_desk_shows_it(
    slack: SlackServer, tmp_path: Path
) -> None:
    home, go_on = tmp_path / "desk", tmp_path / "go on"
    publish_rules(home, tmp_path / "guidance")
    bot = start(slack, home, FAKE_BUILD_WAITS=str(go_on))
    try:
        card = add(slack)
        shows(slack, card, "Reading documents")
        bot.kill()
        bot.stop()
        go_on.touch()
        bot = start(slack, home)

        shows(slack, card, "nothing speaks against publishing it")
        assert 1 == len(slack.messages(OFFICE))
    finally:
        bot.stop()


def test_a_build_that_was_killed_too_is_said_to_be_abandoned_and_can_be_made_again(
    slack: SlackServer, tmp_path: Path
) -> None:
    home, go_on = tmp_path / "desk", tmp_path / "go on"
    first = publish_rules(home, tmp_path / "guidance")
    bot = start(slack, home, FAKE_BUILD_WAITS=str(go_on))
    try:
        card = add(slack)
        shows(slack, card, "Reading documents")
        bot.kill()
        (child,) = children(home)
        os.kill(child, signal.SIGKILL)
        bot.stop()
        bot = start(slack, home)

        shows(slack, card, "The build was abandoned")
        assert first == current_build(home)
        assert ["Build again"] == offered(card)
        slack.press(REGISTRAR, card, "load_again", times=2).wait_acked()
        shows(slack, card, "nothing speaks against publishing it")
        assert ["edition_loaded", "load_abandoned", "edition_built"] == [one["act"] for one in audited(home)]
    finally:
        bot.stop()


def test_a_damaged_build_is_told_once_and_the_one_before_answers(slack: SlackServer, tmp_path: Path) -> None:
    home, folder = tmp_path / "desk", tmp_path / "guidance"
    first = publish_rules(home, folder)
    (folder / "rules.md").write_bytes(NEW_RULES)
    ingest([folder / "sources.toml"], home=home, embedder=FakeEmbedder(), by="tests", today=TODAY)
    second = str(current_build(home))
    (home / "builds" / second / "passages.jsonl").write_bytes(b"")
    for _ in range(2):
        bot = start(slack, home)
        try:
            asked = slack.say(OFFICER, DM, "how long have I got to record a crime after the report").wait_acked()
            answered(slack, DM, asked.ts, words="within 24 hours")
            slack.wait_for(lambda: slack.messages(OFFICE), 15, "the alarm")
            slack.wait_for(lambda: json.loads((home / "health.json").read_text())["owed"] == 0, 10)
        finally:
            bot.stop()

    (alarm,) = slack.messages(OFFICE)
    said = slack.visible_text(alarm)
    assert f"Build {second} is published and cannot be opened." in said
    assert f"answers from build {first}" in said
    publish(home, first)
    assert {first, second} == set(build_ids(home))
