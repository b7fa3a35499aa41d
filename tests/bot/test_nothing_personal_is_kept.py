"""A name, a number and a token planted wherever somebody can type are in no log, no column, no file (fault row 32)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.running_bot import SUBSCRIPTIONS, RunningBot
from tests.bot.slack_fixtures import DM, OFFICER, ROOM, SUPERVISOR, answered, granted, settled
from tests.slack_server import ServerError, SlackError, SlackServer

CANARIES = ("Placeholder", "900123", "12/345678/26", "placeholder@example.invalid", "canarytoken")
PLANTED = (
    "vic is Jane Placeholder, 07700 900123, crime ref 12/345678/26, jane.placeholder@example.invalid, "
    "my token is xoxb-canarytoken-1234, do i crime it"
)


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with SlackServer() as server:
        server.subscriptions = SUBSCRIPTIONS
        server.grant_only(*granted())
        server.add_channel("C0OFFICE", "crime-registrar", kind="private", members=("U0REGISTRAR", "U0BOT"))
        yield server


@pytest.mark.parametrize("how", ["well", "a fault of the desk", "faults of Slack"])
def test_what_is_personal_stays_with_slack(slack: SlackServer, tmp_path: Path, how: str) -> None:
    """By message, mention, command, shortcut, edit, feedback and to the registrar, at DEBUG."""
    fault = "Jane Placeholder 07700 900123" if how == "a fault of the desk" else ""
    bot = RunningBot(
        slack,
        tmp_path / "desk",
        DESK_LOG_LEVEL="DEBUG",
        DESK_REGISTRAR_CHANNEL="C0OFFICE",
        FAKE_DESK_FAULT=fault,
    ).connected()
    try:
        if how == "faults of Slack":
            slack.script("chat.update", ServerError(), SlackError("msg_blocks_too_long"))
        asked = slack.say(OFFICER, DM, PLANTED).wait_acked()
        slack.mention(OFFICER, ROOM, PLANTED).wait_acked()
        slack.slash("/recording", PLANTED, OFFICER, ROOM).wait_acked()
        said = slack.say(SUPERVISOR, ROOM, PLANTED)
        assert said.message is not None
        slack.shortcut(OFFICER, "check_rules", said.message).wait_acked()
        settled(slack, bot, 30)
        if how == "well":
            reply = answered(slack, DM, asked.ts)
            slack.press(OFFICER, reply, "not_helpful").wait_acked()
            form = slack.wait_for_modal(OFFICER)
            slack.submit(form, {"reason": "other", "comment": PLANTED}).wait_acked()
            slack.press(OFFICER, reply, "ask_registrar").wait_acked()
            form = slack.wait_for(
                lambda: (shown := slack.modal(OFFICER)) and shown.callback_id == "ask_registrar" and shown, 10, "form"
            )
            slack.submit(form).wait_acked()
            slack.edit(asked, f"{PLANTED} again").wait_acked()
            slack.wait_for(lambda: slack.messages("C0OFFICE"), 10, "the enquiry")
            settled(slack, bot, 30)
        slack.send_raw('{"type": "events_api", "envelope_id": "x", "payload": "Jane Placeholder 07700 900123 ' + '"}')
        slack.open_home(OFFICER).wait_acked()
        slack.wait_for(lambda: slack.home(OFFICER), 10, "the Home tab")
        assert 0 == bot.terminate()
        kept = {path.name: path.read_bytes() for path in (tmp_path / "desk").rglob("*") if path.is_file()}
        shown = "\n".join(slack.visible_text(one) for one in [*slack.messages("C0OFFICE"), *_replies(slack)])
        for canary in (*CANARIES, slack.bot_token, slack.app_token):
            assert canary not in bot.log
            assert [] == [name for name, content in kept.items() if canary.encode() in content]
            assert canary not in shown
    finally:
        bot.stop()


def _replies(slack: SlackServer) -> list[object]:
    return [one for one in [*slack.messages(DM), *slack.messages(ROOM), *slack.ephemerals(OFFICER)] if one.bot_id]
