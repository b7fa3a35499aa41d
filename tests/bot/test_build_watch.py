"""A published build that is damaged while the desk runs: found by checking it now and then, and told once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.build_watch import VERIFY_EVERY, BuildWatch
from bot.once import Once
from bot.slack_calls import Calls, web_client
from bot.store import open_store
from knowledge.adapters.published_builds import PublishedBuilds
from tests.bot.loading_fixtures import OFFICE, furnish, publish_rules
from tests.fakes import FakeEmbedder
from tests.slack_server import SlackError, SlackServer


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with SlackServer() as server:
        yield furnish(server)


@pytest.mark.faults
def test_a_build_damaged_while_it_answers_is_found_and_told_once(slack: SlackServer, tmp_path: Path) -> None:
    """What was not told because Slack refused it is told the next time."""
    build = publish_rules(tmp_path / "desk", tmp_path / "guidance")
    home, hours = tmp_path / "desk", [0.0]
    engine = open_store(f"sqlite:///{tmp_path / 'desk.sqlite3'}")
    client = web_client(slack.bot_token, slack.api_url)
    builds = PublishedBuilds(home, FakeEmbedder().fingerprint)
    watch = BuildWatch(home, builds, client, Calls(), Once(engine), OFFICE, now=lambda: hours[0])
    try:
        watch.look()
        (home / "builds" / build / "passages.jsonl").write_bytes(b"")
        watch.look()
        assert [] == slack.messages(OFFICE)

        slack.script("chat.postMessage", SlackError("not_in_channel"))
        for _ in range(3):
            hours[0] += VERIFY_EVERY
            watch.look()
    finally:
        engine.dispose()

    (alarm,) = slack.messages(OFFICE)
    assert build in slack.visible_text(alarm)
    assert "Roll back, or ingest again" in slack.visible_text(alarm)
