"""Who is answered and where: guests, strangers, shared channels, settings, and a Slack that does not say (row 18)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.bot.running_bot import SUBSCRIPTIONS, RunningBot
from tests.bot.slack_fixtures import DM, OFFICER, ROOM, SUPERVISOR, answered, granted, posts, settled
from tests.slack_server import ServerError, SlackServer

QUESTION = "how long have i got to record it"
KINDS: dict[str, dict[str, Any]] = {
    "a guest of several channels": {"is_restricted": True},
    "a guest of one channel": {"is_ultra_restricted": True},
    "somebody deactivated": {"deleted": True},
    "somebody from another workspace": {"team_id": "T9ELSEWHERE"},
    "a stranger in a shared channel": {"is_stranger": True, "team_id": "T9ELSEWHERE"},
    "a bot": {"is_bot": True},
}


@pytest.fixture(scope="module")
def slack() -> Iterator[SlackServer]:
    with SlackServer(echo=True) as server:
        server.subscriptions = SUBSCRIPTIONS
        server.grant_only(*granted())
        yield server


@pytest.fixture(scope="module")
def bot(slack: SlackServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    running = RunningBot(slack, tmp_path_factory.mktemp("desk"), DESK_LOG_LEVEL="DEBUG").connected()
    yield running
    running.stop()


@pytest.mark.parametrize("kind", KINDS)
def test_others_are_refused_kindly_and_out_of_the_channels_sight(
    slack: SlackServer, bot: RunningBot, kind: str
) -> None:
    user = slack.add_user(f"U9{list(KINDS).index(kind)}", in_channels=(ROOM,), **KINDS[kind])
    asked = slack.mention(user.id, ROOM, QUESTION).wait_acked()
    slack.wait_for(lambda: slack.ephemerals(user.id), 10, "a private refusal")
    settled(slack, bot)

    assert [] == slack.messages(ROOM, thread_ts=asked.ts)
    assert "I answer members of this workspace only" in slack.visible_text(slack.ephemerals(user.id)[0])


@pytest.mark.parametrize("kind", KINDS)
def test_a_command_of_theirs_is_refused_too(slack: SlackServer, bot: RunningBot, kind: str) -> None:
    user = slack.add_user(f"U8{list(KINDS).index(kind)}", in_channels=(ROOM,), **KINDS[kind])
    slack.slash("/recording", QUESTION, user.id, ROOM).wait_acked()
    settled(slack, bot)

    assert "I answer members of this workspace only" in slack.visible_text(slack.ephemerals(user.id)[-1])


def test_nothing_is_said_in_a_channel_that_another_organisation_reads(slack: SlackServer, bot: RunningBot) -> None:
    slack.add_channel("C9SHARED", "joint-operation", is_ext_shared=True)
    before = len(slack.ephemerals(OFFICER))
    asked = slack.mention(OFFICER, "C9SHARED", QUESTION).wait_acked()
    slack.wait_for(lambda: len(slack.ephemerals(OFFICER)) > before, 10, "a private refusal")
    settled(slack, bot)

    assert [] == slack.messages("C9SHARED", thread_ts=asked.ts)
    assert "another organisation" in slack.visible_text(slack.ephemerals(OFFICER)[-1])


def test_somebody_made_a_guest_since_is_refused_after_a_while_only(slack: SlackServer, bot: RunningBot) -> None:
    """What Slack said of a person holds for ten minutes: a question is not worth more calls."""
    user = slack.add_user("U7CHANGED", in_channels=(ROOM,))
    answered(slack, ROOM, slack.mention(user.id, ROOM, QUESTION).wait_acked().ts)
    user.is_restricted = True
    answered(slack, ROOM, slack.mention(user.id, ROOM, QUESTION).wait_acked().ts)

    assert 1 == sum(call.arguments.get("user") == user.id for call in slack.calls_to("users.info"))


@pytest.mark.parametrize("how", ["missing_scope", "unknown_method", "fault"])
def test_when_slack_does_not_say_who_asks_they_are_answered(tmp_path_factory: pytest.TempPathFactory, how: str) -> None:
    """The rules are no secret, and an officer waits. Nobody is an administrator then."""
    with SlackServer() as slack:
        slack.subscriptions = SUBSCRIPTIONS
        if how == "missing_scope":
            slack.grant_only(*(scope for scope in granted() if scope not in ("users:read", "usergroups:read")))
        for method in ("users.info", "usergroups.users.list"):
            if how == "unknown_method":
                slack.lacks(method)
            elif how == "fault":
                slack.always(method, ServerError())
        running = RunningBot(
            slack, tmp_path_factory.mktemp("desk"), DESK_REGISTRAR_GROUPS="S0REGISTRARS", DESK_ALLOWED_GROUPS="S0ALL"
        ).connected()
        try:
            answered(slack, DM, slack.say(OFFICER, DM, QUESTION).wait_acked().ts)
            slack.open_home("U0REGISTRAR").wait_acked()
            home = slack.wait_for(lambda: slack.home("U0REGISTRAR"), 10, "the Home tab")
            assert "The index" not in slack.visible_text(home)
        finally:
            running.stop()


def test_only_the_channels_and_groups_of_the_settings_are_answered(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A direct message needs no channel, and the group holds everywhere."""
    with SlackServer() as slack:
        slack.subscriptions = SUBSCRIPTIONS
        slack.add_channel("C5OTHER", "another-room")
        slack.add_usergroup("S5PILOT", (OFFICER,))
        running = RunningBot(
            slack, tmp_path_factory.mktemp("desk"), DESK_ALLOWED_CHANNELS=ROOM, DESK_ALLOWED_GROUPS="S5PILOT"
        ).connected()
        try:
            answered(slack, ROOM, slack.mention(OFFICER, ROOM, QUESTION).wait_acked().ts)
            answered(slack, DM, slack.say(OFFICER, DM, QUESTION).wait_acked().ts)
            before = posts(slack)
            slack.mention(OFFICER, "C5OTHER", QUESTION).wait_acked()
            slack.mention(SUPERVISOR, ROOM, QUESTION).wait_acked()
            slack.wait_for(lambda: slack.ephemerals(OFFICER) and slack.ephemerals(SUPERVISOR), 10, "two refusals")
            settled(slack, running)

            assert "not set up to answer in this channel" in slack.visible_text(slack.ephemerals(OFFICER)[0])
            assert "not open to your group" in slack.visible_text(slack.ephemerals(SUPERVISOR)[0])
            assert before == posts(slack)
        finally:
            running.stop()


def test_one_too_many_in_an_hour_is_told_so_and_does_not_count(slack: SlackServer, bot: RunningBot) -> None:
    user = slack.add_user("U6EAGER")
    where = slack.dm(user.id)
    for _ in range(20):
        answered(slack, where, slack.say(user.id, where, QUESTION).wait_acked().ts)
    late = slack.say(user.id, where, QUESTION).wait_acked()

    reply = answered(slack, where, late.ts, words="20 questions within the hour")
    settled(slack, bot)
    assert [reply] == slack.messages(where, thread_ts=late.ts)
