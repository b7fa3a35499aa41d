"""A loopback Slack, and bots that are gone when the test is."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bot.running_bot import ROOT, SUBSCRIPTIONS, RunningBot
from tests.slack_server import Message, SlackServer

OFFICER, SUPERVISOR = "U0OFFICER", "U0SUPERVISOR"
ROOM, DM = "C0ENQUIRIES", "D0OFFICER"
StartBot = Callable[..., RunningBot]


def granted() -> tuple[str, ...]:
    """The scopes of the app manifest: the bot is tested with no others."""
    manifest = json.loads((ROOT / "manifest.json").read_text())
    return tuple(manifest["oauth_config"]["scopes"]["bot"])


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with SlackServer(echo=True) as server:
        server.subscriptions = SUBSCRIPTIONS
        server.grant_only(*granted())
        yield server


@pytest.fixture
def start_bot(slack: SlackServer, tmp_path: Path) -> Iterator[StartBot]:
    """Starts bots on one data directory, and stops them all."""
    started: list[RunningBot] = []

    def start(*, wait: bool = True, **environ: str) -> RunningBot:
        bot = RunningBot(slack, tmp_path / "desk", **{"DESK_QUESTIONS_AN_HOUR": "500", **environ})
        started.append(bot)
        return bot.connected() if wait else bot

    yield start
    for bot in started:
        bot.stop()


def answered(
    slack: SlackServer,
    channel: str,
    thread_ts: str,
    timeout: float = 10.0,
    words: str = "recorded within 24 hours",
    *,
    whole: bool = True,
) -> Message:
    """The reply in a thread, once it holds the answer; `whole` waits for its blocks too."""

    def found() -> Message | None:
        replies = slack.messages(channel, thread_ts=thread_ts)
        return next(
            (reply for reply in replies if words in slack.visible_text(reply) and (reply.blocks or not whole)), None
        )

    reply = slack.wait_for(found, timeout, f"the answer in {channel}")
    assert reply is not None
    return reply


def posts(slack: SlackServer) -> int:
    """How many replies the bot has begun: by a post, or by a stream where there are streams."""
    return len(slack.calls_to("chat.postMessage")) + sum(call.ok for call in slack.calls_to("chat.startStream"))


def settled(slack: SlackServer, bot: RunningBot, timeout: float = 10.0) -> None:
    """Wait until the bot's own account says that nothing is owed, in a report written after now."""
    asked = time.time()

    def quiet() -> bool:
        try:
            report = json.loads((bot.home / "health.json").read_text())
        except (OSError, ValueError):
            return False
        return report["as_of"] > asked and report["owed"] == 0 and report["under_way"] == 0

    slack.wait_for(quiet, timeout, "nothing owed")
