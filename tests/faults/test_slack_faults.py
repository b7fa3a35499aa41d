"""Kills, floods and broken connections against the bot as a process: rows 3 to 12 and 36 of the fault table."""

from __future__ import annotations

import json
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from tests.bot.running_bot import RunningBot
from tests.bot.slack_fixtures import DM, OFFICER, ROOM, StartBot, answered, posts, settled
from tests.slack_server import Hang, Meanwhile, RateLimited, SlackError, SlackServer

pytestmark = pytest.mark.faults
QUESTION = "how long have i got to record it"


@pytest.mark.parametrize("method", ["chat.startStream", "chat.postMessage", "chat.update"])
@pytest.mark.parametrize("after_accepting", [True, False])
def test_kill_9_in_the_middle_of_a_call_never_makes_a_second_post(
    slack: SlackServer, start_bot: StartBot, method: str, after_accepting: bool
) -> None:
    """Row 5: whether Slack had done it or not when the bot died, one message stands, and it is the answer."""
    first = start_bot()
    slack.script(
        method, Meanwhile(lambda: (first.process.kill(), first.process.wait()), after_accepting=after_accepting)
    )
    where = ROOM if method == "chat.postMessage" else DM  # a direct message is streamed
    asked = (slack.mention if where == ROOM else slack.say)(OFFICER, where, QUESTION).wait_acked()
    first.process.wait(10)
    before = len(slack.messages(where, thread_ts=asked.ts))
    second = start_bot()
    reply = answered(slack, where, asked.ts)
    settled(slack, second)

    assert [reply] == slack.messages(where, thread_ts=asked.ts)
    assert before <= 1


def test_where_slack_will_not_let_us_look_nothing_is_posted_twice(slack: SlackServer, start_bot: StartBot) -> None:
    """Row 5 without the scope to read the thread: the asker is told privately instead."""
    first = start_bot()
    slack.script("chat.postMessage", Meanwhile(lambda: (first.process.kill(), first.process.wait())))
    slack.always("conversations.replies", SlackError("missing_scope"))
    asked = slack.mention(OFFICER, ROOM, QUESTION).wait_acked()
    first.process.wait(10)
    settled(slack, start_bot())

    assert 1 == len(slack.messages(ROOM, thread_ts=asked.ts))
    assert "ask again" in slack.visible_text(slack.ephemerals(OFFICER)[-1])


def test_what_grace_is_too_short_for_is_answered_by_the_next_start(slack: SlackServer, start_bot: StartBot) -> None:
    """Row 6: exit 0 in time, nothing lost, nothing twice."""
    first = start_bot(FAKE_DESK_SLOW="30", DESK_GRACE_SECONDS="1", DESK_ANSWER_WORKERS="1")
    asked = [slack.say(OFFICER, DM, f"{QUESTION} {n}").wait_acked() for n in range(3)]
    slack.wait_for(lambda: len(slack.messages(DM)) == 3, 10, "three placeholders")
    began = time.monotonic()
    assert 0 == first.terminate()
    took = time.monotonic() - began
    settled(slack, start_bot())

    assert took < 6
    for one in asked:
        answered(slack, DM, one.ts)
        assert 1 == len(slack.messages(DM, thread_ts=one.ts))


def test_a_question_that_waited_too_long_is_not_answered_late(slack: SlackServer, start_bot: StartBot) -> None:
    """Row 4: older than the limit gets "please ask again"."""
    bot = start_bot(FAKE_DESK_SLOW="30")
    asked = slack.say(OFFICER, DM, QUESTION).wait_acked()
    bot.kill()
    settled(slack, start_bot(DESK_FRESH_MINUTES="0.01"))

    replies = slack.messages(DM, thread_ts=asked.ts)
    assert 1 == len(replies)
    assert "ask again" in slack.visible_text(replies[0])


def test_two_processes_on_one_inbox_answer_once(slack: SlackServer, start_bot: StartBot) -> None:
    """Row 12: whichever connection an event and its retries go to."""
    one, two = start_bot(), start_bot(wait=False)
    slack.wait_connected(2, 20)
    asked = [slack.mention(OFFICER, ROOM, f"{QUESTION} {n}", times=4) for n in range(5)]
    for delivery in asked:
        delivery.wait_acked(10)
        answered(slack, ROOM, delivery.ts)
    settled(slack, one)
    settled(slack, two)

    assert [1] * 5 == [len(slack.messages(ROOM, thread_ts=delivery.ts)) for delivery in asked]


def test_the_questions_of_a_killed_process_are_taken_by_the_other(slack: SlackServer, start_bot: StartBot) -> None:
    one = start_bot(FAKE_DESK_SLOW="30")
    asked = slack.say(OFFICER, DM, QUESTION).wait_acked()
    two = start_bot(wait=False)
    slack.wait_connected(2, 20)
    one.process.kill()

    answered(slack, DM, asked.ts)
    settled(slack, two)
    assert 1 == len(slack.messages(DM, thread_ts=asked.ts))


def test_twenty_deliveries_of_one_event_make_one_answer(slack: SlackServer, start_bot: StartBot) -> None:
    """Row 1, concurrently, and once more after a restart."""
    bot = start_bot()
    asked = slack.say(OFFICER, DM, QUESTION, times=20).wait_acked()
    answered(slack, DM, asked.ts)
    settled(slack, bot)
    bot.kill()
    second = start_bot()
    slack.redeliver(asked, 3)
    asked.wait_acked()
    settled(slack, second)

    assert 1 == len(slack.messages(DM, thread_ts=asked.ts))
    assert 1 == posts(slack)
    assert asked.slowest_ack < 1.0


def test_slow_answers_do_not_hold_up_a_button_and_the_queue_has_an_end(slack: SlackServer, start_bot: StartBot) -> None:
    """Row 3: ten askers see that the desk is looking, the eleventh that it is busy, a button is acknowledged."""
    first = start_bot()
    shown = slack.say(OFFICER, DM, QUESTION).wait_acked()
    reply = answered(slack, DM, shown.ts)
    settled(slack, first)
    first.kill()
    start_bot(FAKE_DESK_SLOW="5", DESK_ANSWER_WORKERS="10", DESK_QUEUE_LIMIT="10")
    people = [slack.add_user(f"U0ASKER{n}") for n in range(10)]
    asked = [slack.say(one.id, slack.dm(one.id), f"{QUESTION} {n}").wait_acked() for n, one in enumerate(people)]
    slack.wait_for(lambda: all(slack.messages(one.channel) for one in asked), 5, "ten placeholders")
    pressed = slack.press(OFFICER, reply, "show_passage:1").wait_acked()
    late = slack.say(OFFICER, DM, "one too many").wait_acked()

    slack.wait_for(lambda: "more questions than" in _said(slack, late.ts), 3, "busy")
    assert pressed.slowest_ack < 1.0
    slack.wait_for_modal(OFFICER)
    for one in asked:
        answered(slack, one.channel, one.ts, 20)


def test_a_long_rate_limit_holds_no_thread(slack: SlackServer, start_bot: StartBot) -> None:
    """Row 8: an hour is not waited out; the question is put off, and other work goes on."""
    bot = start_bot(DESK_ANSWER_WORKERS="1")
    slack.script("chat.update", RateLimited(3600), RateLimited("Wed, 21 Oct 2099 07:28:00 GMT"))
    asked = [slack.say(OFFICER, DM, QUESTION).wait_acked() for _ in range(3)]

    slack.wait_for(lambda: any("Sources" in _said(slack, one.ts) for one in asked), 10, "the third one's answer")
    assert 2 == bot.log.count("question_put_off")


def test_a_slack_that_hangs_is_given_up_in_time(slack: SlackServer, start_bot: StartBot) -> None:
    """Row 9: no call holds a thread for ten seconds, and the debt stays in the inbox until it is paid."""
    start_bot()
    slack.script("chat.postMessage", Hang(30, after_accepting=True))
    asked = slack.say(OFFICER, DM, QUESTION).wait_acked()
    answered(slack, DM, asked.ts, 15)

    assert 1 == len(slack.messages(DM, thread_ts=asked.ts))


@pytest.mark.parametrize("how", ["reset", "half_open"])
def test_a_silently_lost_connection_is_noticed(slack: SlackServer, start_bot: StartBot, how: str) -> None:
    """Row 10: within fifteen seconds."""
    start_bot()
    slack.drop_connections(how)
    gone = time.monotonic()
    slack.wait_for(lambda: len(slack.connections) == 2 and slack.num_connections == 1, 20, "a new connection")
    took = time.monotonic() - gone
    asked = slack.say(OFFICER, DM, QUESTION).wait_acked(10)
    answered(slack, DM, asked.ts)

    assert took < 15


def test_a_megabyte_that_came_while_the_desk_was_held_up_is_read_whole(slack: SlackServer, start_bot: StartBot) -> None:
    """slack_sdk reads with a level of recursion for each receive: with 1,024 bytes each, the connection is lost."""
    bot = start_bot()
    event = {"type": "event_callback", "event": {"type": "of no interest"}, "pad": "x" * 5_000}
    frames = [
        json.dumps(
            {"envelope_id": f"held-{n}", "type": "events_api", "accepts_response_payload": False, "payload": event}
        )
        for n in range(400)
    ]
    slack.send_backlog(frames, lambda held: bot.process.send_signal(signal.SIGSTOP if held else signal.SIGCONT))
    asked = slack.say(OFFICER, DM, QUESTION).wait_acked(30)

    answered(slack, DM, asked.ts)
    assert 400 == len(slack.socket_mode.stray_acks)
    assert 1 == len(slack.connections)


def test_a_slack_that_opens_no_connection_is_asked_again(slack: SlackServer, start_bot: StartBot) -> None:
    """Row 11: recovers unaided, and says meanwhile that it is not connected."""
    slack.always("apps.connections.open", SlackError("internal_error"))
    bot = start_bot(wait=False)
    slack.wait_for_call("apps.connections.open", 2, 20)
    slack.wait_for(lambda: _health(bot).get("connected") is False, 5, "a red light")
    slack.always("apps.connections.open", None)
    slack.wait_connected(1, 20)
    asked = slack.say(OFFICER, DM, QUESTION).wait_acked()

    answered(slack, DM, asked.ts)


def test_an_inbox_that_cannot_be_written_acknowledges_nothing(slack: SlackServer, start_bot: StartBot) -> None:
    """Row 36: Slack is not told, so Slack sends it again, and then it is answered once."""
    bot = start_bot()
    slack.redeliver_unacked(4)
    lock = sqlite3.connect(bot.home / "desk.sqlite3", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    asked = slack.say(OFFICER, DM, QUESTION)
    slack.wait_for(lambda: "listener_failed" in bot.log, 10, "the fault in the log")
    assert asked.envelopes[0].acked_at is None
    lock.rollback()
    answered(slack, DM, asked.ts, 15)
    settled(slack, bot)

    assert 1 == len(slack.messages(DM, thread_ts=asked.ts))


def test_malformed_frames_and_payloads_are_survived(slack: SlackServer, start_bot: StartBot) -> None:
    """Row 13: none is answered, the bot lives, and the next good event is."""
    bot = start_bot()
    frames: list[object] = ["", "{", "null", "[]", '{"type": 5}', '{"type": "events_api"}', "\u0000", "x" * 100_000]
    for payload in (None, [], "text", 7, {}, {"event": None}, {"event": []}, {"event": {"type": "message", "ts": []}}):
        for kind in ("events_api", "slash_commands", "interactive"):
            frames.append(json.dumps({"type": kind, "envelope_id": f"odd-{len(frames)}", "payload": payload}))
    frames += [json.dumps({"type": "interactive", "envelope_id": "b", "payload": {"type": "block_actions"}})]
    for frame in frames:
        slack.send_raw(str(frame))
    asked = slack.say(OFFICER, DM, QUESTION).wait_acked(10)
    answered(slack, DM, asked.ts)
    settled(slack, bot)

    assert 1 == posts(slack)
    assert "Traceback" not in bot.log


def _said(slack: SlackServer, ts: str) -> str:
    return " ".join(slack.visible_text(message) for message in slack.messages(DM, thread_ts=ts))


def _health(bot: RunningBot) -> dict[str, object]:
    path = Path(bot.home) / "health.json"
    return json.loads(path.read_text()) if path.exists() else {}
