"""Slack at its worst, once each: still one visible answer. Longer trials are in tests/faults."""

from __future__ import annotations

import time

import pytest

from tests.bot.slack_fixtures import DM, OFFICER, ROOM, StartBot, answered, settled
from tests.slack_server import Closed, Delivery, HtmlBody, RateLimited, Reset, ServerError, SlackError, SlackServer

QUESTION = "how long have i got to record it"


def test_kill_9_after_the_acknowledgement_and_a_restart_make_one_answer(
    slack: SlackServer, start_bot: StartBot
) -> None:
    """Fault row 4, and Slack's retry of the same event after the restart, row 1."""
    first = start_bot(FAKE_DESK_SLOW="30")
    direct = slack.say(OFFICER, DM, QUESTION).wait_acked()
    mention = slack.mention(OFFICER, ROOM, QUESTION).wait_acked()
    command = slack.slash("/recording", QUESTION, OFFICER, ROOM).wait_acked()
    first.kill()
    second = start_bot()

    answered(slack, DM, direct.ts)
    answered(slack, ROOM, mention.ts)
    slack.redeliver(direct, 2)
    slack.redeliver(mention)
    slack.redeliver(command)
    for delivery in (direct, mention, command):
        delivery.wait_acked()
    settled(slack, second)
    assert 1 == len(slack.messages(DM, thread_ts=direct.ts))
    assert 1 == len(slack.messages(ROOM, thread_ts=mention.ts))
    assert 1 == len(slack.ephemerals(OFFICER))
    assert "recorded within 24 hours" in slack.visible_text(slack.ephemerals(OFFICER)[0])


def test_sigterm_lets_an_answer_under_way_end(slack: SlackServer, start_bot: StartBot) -> None:
    """Fault row 6, within the grace."""
    bot = start_bot(FAKE_DESK_SLOW="1")
    asked = slack.say(OFFICER, DM, QUESTION).wait_acked()

    assert 0 == bot.terminate()
    assert "Sources" in slack.visible_text(slack.messages(DM, thread_ts=asked.ts)[0])


@pytest.mark.faults
def test_faults_of_posting_and_updating_leave_one_visible_answer(slack: SlackServer, start_bot: StartBot) -> None:
    """Fault rows 7 to 9: each on its own question, all on one bot."""
    bot = start_bot()
    trials = {
        "reset after accepting the stream": ("chat.startStream", Reset(after_accepting=True)),
        "closed after accepting the stream": ("chat.startStream", Closed(after_accepting=True)),
        "500 after accepting the stream": ("chat.startStream", ServerError(after_accepting=True)),
        "no stream just now": ("chat.startStream", RateLimited(1)),
        "a stream that ended early": ("chat.stopStream", SlackError("message_not_in_streaming_state")),
        "reset after accepting the post": ("chat.postMessage", Reset(after_accepting=True)),
        "closed after accepting the post": ("chat.postMessage", Closed(after_accepting=True)),
        "500 after accepting the post": ("chat.postMessage", ServerError(after_accepting=True)),
        "limited for a second": ("chat.postMessage", RateLimited(1)),
        "limited without saying how long": ("chat.postMessage", RateLimited(None)),
        "reset on update": ("chat.update", Reset()),
        "500 on update": ("chat.update", ServerError()),
        "a web page on update": ("chat.update", HtmlBody()),
        "limited on update": ("chat.update", RateLimited("1")),
        "too long": ("chat.update", SlackError("msg_blocks_too_long")),
    }
    asked_in: dict[str, Delivery] = {}
    for trial, (method, fault) in trials.items():
        slack.script(method, fault)
        posted = method == "chat.postMessage"  # a direct message is streamed
        asked = (slack.mention if posted else slack.say)(OFFICER, ROOM if posted else DM, f"{QUESTION}, {trial}")
        asked_in[trial] = asked.wait_acked()
        answered(slack, asked.channel, asked.ts, whole=trial != "too long")
    settled(slack, bot)

    shown = {trial: slack.messages(asked.channel, thread_ts=asked.ts) for trial, asked in asked_in.items()}
    assert dict.fromkeys(trials, 1) == {trial: len(replies) for trial, replies in shown.items()}
    assert {} == slack.faults.unplayed


@pytest.mark.faults
@pytest.mark.parametrize("how", ["disconnect_message", "close"])
def test_a_lost_connection_is_opened_again(slack: SlackServer, start_bot: StartBot, how: str) -> None:
    """Fault row 10, its two quick ways; reset and half-open are in tests/faults."""
    start_bot()
    slack.drop_connections(how)
    gone = time.monotonic()
    asked = slack.say(OFFICER, DM, QUESTION)
    slack.wait_for(lambda: len(slack.connections) == 2 and slack.num_connections == 1, 10, "a new connection")
    took = time.monotonic() - gone
    asked.wait_acked(10)
    answered(slack, DM, asked.ts)

    assert took < (1.0 if how == "disconnect_message" else 10.0)


@pytest.mark.parametrize("name", ["SLACK_APP_TOKEN", "SLACK_BOT_TOKEN"])
def test_a_refused_token_ends_the_bot_with_one_sentence(slack: SlackServer, start_bot: StartBot, name: str) -> None:
    """Fault row 11, second half; no traceback, no token."""
    slack.revoke(slack.environment()[name], "invalid_auth")
    bot = start_bot(wait=False)

    assert 1 == bot.process.wait(15)
    assert f"Slack refuses {name}" in bot.log
    assert "Traceback" not in bot.log
    assert slack.app_token not in bot.log


def test_an_answer_that_cannot_be_made_is_a_kind_sentence(slack: SlackServer, start_bot: StartBot) -> None:
    """The exception's own words reach neither the asker nor the log."""
    bot = start_bot(FAKE_DESK_FAULT="canary in a fault", DESK_LOG_LEVEL="DEBUG")
    asked = slack.say(OFFICER, DM, QUESTION).wait_acked()
    settled(slack, bot)

    said = slack.visible_text(slack.messages(DM, thread_ts=asked.ts)[0])
    reference = said.rpartition("Reference ")[2].strip(" .")
    assert "Sorry" in said
    assert "canary" not in said + bot.log
    assert QUESTION not in bot.log
    assert reference in bot.log


@pytest.mark.faults
@pytest.mark.parametrize("code", ["channel_not_found", "is_archived", "not_in_channel"])
def test_where_the_desk_may_not_write_the_asker_is_told_directly_once(
    slack: SlackServer, start_bot: StartBot, code: str
) -> None:
    """Fault row 17; and nothing is tried again."""
    bot = start_bot()
    slack.script("chat.postMessage", SlackError(code))
    slack.mention(OFFICER, ROOM, QUESTION, times=3).wait_acked()
    slack.wait_for(lambda: slack.messages(DM), 10, "a direct message")
    settled(slack, bot)

    assert ["cannot write in"] == [
        "cannot write in" for one in slack.messages(DM) if "cannot write in" in slack.visible_text(one)
    ]
    assert 2 == len(slack.calls_to("chat.postMessage"))


@pytest.mark.faults
def test_a_token_that_is_revoked_meanwhile_is_an_alarm_and_no_loop(slack: SlackServer, start_bot: StartBot) -> None:
    """Fault row 17: the question waits in the inbox, and is answered when the token is good again."""
    bot = start_bot()
    slack.lacks("chat.startStream")
    slack.script("chat.postMessage", SlackError("token_revoked"))
    slack.say(OFFICER, DM, QUESTION).wait_acked()
    slack.wait_for(lambda: '"code": "token_revoked"' in bot.log, 10, "the alarm")
    slack.wait_for(lambda: "question_put_off" in bot.log, 10, "the question to be put off")

    assert 1 == len(slack.calls_to("chat.postMessage"))
