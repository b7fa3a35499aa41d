"""The bot as a process against the loopback Slack: every place a question can be put, and what is no question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.running_bot import SUBSCRIPTIONS, RunningBot
from tests.bot.slack_fixtures import DM, OFFICER, ROOM, SUPERVISOR, answered, granted, posts, settled
from tests.slack_server import SlackServer

QUESTION = "how long have i got to record it"


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


def database(bot: RunningBot) -> bytes:
    return b"".join(path.read_bytes() for path in Path(bot.home).glob("desk.sqlite3*"))


@pytest.mark.parametrize("times", [1, 3])
def test_a_direct_message_is_answered_once_in_its_thread(slack: SlackServer, bot: RunningBot, times: int) -> None:
    """However often Slack delivers it."""
    asked = slack.say(OFFICER, DM, QUESTION, times=times).wait_acked()
    reply = answered(slack, DM, asked.ts)
    settled(slack, bot)

    assert [reply] == slack.messages(DM, thread_ts=asked.ts)
    assert "recorded within 24 hours" in slack.visible_text(reply)
    assert asked.slowest_ack < 1.0


@pytest.mark.parametrize("times", [1, 3])
def test_a_mention_is_answered_once_in_its_thread(slack: SlackServer, bot: RunningBot, times: int) -> None:
    """Slack tells of one post twice, as app_mention and as message, and each of them perhaps three times."""
    asked = slack.mention(OFFICER, ROOM, QUESTION, times=times).wait_acked()
    reply = answered(slack, ROOM, asked.ts)
    settled(slack, bot)

    assert {"app_mention", "message"} == {envelope.payload["event"]["type"] for envelope in asked.envelopes}
    assert [reply] == slack.messages(ROOM, thread_ts=asked.ts)
    assert asked.slowest_ack < 1.0


@pytest.mark.parametrize("times", [1, 3])
def test_a_command_is_answered_once_and_privately(slack: SlackServer, bot: RunningBot, times: int) -> None:
    before = len(slack.ephemerals(SUPERVISOR)), len(slack.messages(ROOM))
    slack.slash("/recording", QUESTION, SUPERVISOR, ROOM, times=times).wait_acked()
    settled(slack, bot)

    assert (before[0] + 1, before[1]) == (len(slack.ephemerals(SUPERVISOR)), len(slack.messages(ROOM)))
    assert "recorded within 24 hours" in slack.visible_text(slack.ephemerals(SUPERVISOR)[-1])
    assert [] == slack.problems


def test_a_follow_up_needs_no_mention_and_knows_what_was_asked(slack: SlackServer, bot: RunningBot) -> None:
    asked = slack.mention(OFFICER, ROOM, "can it be cancelled").wait_acked()
    answered(slack, ROOM, asked.ts)
    slack.say(OFFICER, ROOM, "and who decides", asked.ts).wait_acked()

    slack.wait_for(lambda: len(slack.messages(ROOM, thread_ts=asked.ts)) == 2, 10, "a second answer")
    settled(slack, bot)
    said = slack.visible_text(slack.messages(ROOM, thread_ts=asked.ts)[1])
    assert "Asked: and who decides" in said
    assert "Asked before: can it be cancelled" in said


def test_other_talk_in_a_channel_is_left_alone_and_not_kept(slack: SlackServer, bot: RunningBot) -> None:
    """Somebody else in the thread, words to a colleague, thanks, and threads the desk has no part in."""
    asked = slack.mention(OFFICER, ROOM, QUESTION).wait_acked()
    answered(slack, ROOM, asked.ts)
    elsewhere = slack.say(SUPERVISOR, ROOM, "who has the keys, canarytalk").wait_acked()
    for said in (
        slack.say(SUPERVISOR, ROOM, "my own canarytalk opinion", asked.ts),
        slack.say(OFFICER, ROOM, f"<@{SUPERVISOR}> canarytalk what do you think", asked.ts, raw=True),
        slack.say(OFFICER, ROOM, "thanks, that's great!", asked.ts),
        slack.say(OFFICER, ROOM, "top drawer, canarytalk", elsewhere.ts),
    ):
        said.wait_acked()
    settled(slack, bot)

    assert 1 == len(slack.messages(ROOM, thread_ts=asked.ts))
    assert [] == slack.messages(ROOM, thread_ts=elsewhere.ts)
    assert b"canarytalk" not in database(bot)


def test_edits_joins_bots_and_its_own_words_are_not_questions(slack: SlackServer, bot: RunningBot) -> None:
    """All are acknowledged, or Slack would count them against the app."""
    asked = slack.say(OFFICER, DM, QUESTION).wait_acked()
    answered(slack, DM, asked.ts)
    before = posts(slack)
    slack.edit(asked, QUESTION).wait_acked()
    slack.event(
        {"type": "message", "subtype": "channel_join", "user": OFFICER, "channel": ROOM, "ts": "1.2"}
    ).wait_acked()
    slack.event(
        {"type": "message", "bot_id": "B9", "user": "U9", "text": "hi", "channel": DM, "ts": "1.3"}
    ).wait_acked()
    slack.event({"type": "team_join", "user": {"id": "U9"}}).wait_acked()
    settled(slack, bot)

    assert before == posts(slack)


@pytest.mark.parametrize("typed", ["", "   ", "\u200b"])
def test_a_mention_without_a_question_is_told_how_to_ask(slack: SlackServer, bot: RunningBot, typed: str) -> None:
    asked = slack.mention(OFFICER, ROOM, typed).wait_acked()

    def told() -> bool:
        replies = slack.messages(ROOM, thread_ts=asked.ts)
        return len(replies) == 1 and "in your own words" in slack.visible_text(replies[0])

    slack.wait_for(told, 10, "how to ask")


def test_personal_data_is_kept_nowhere_and_the_asker_is_told_once(slack: SlackServer, bot: RunningBot) -> None:
    """In a channel the note is for the asker alone; at DEBUG the log holds nothing of it either."""
    before = len(slack.ephemerals(OFFICER))
    asked = slack.mention(
        OFFICER, ROOM, "vic is Jane Placeholder, 07700 900123, has left force, do i crime it", times=3
    ).wait_acked()
    reply = answered(slack, ROOM, asked.ts)
    settled(slack, bot)

    notes = slack.ephemerals(OFFICER)[before:]
    assert 1 == len(notes)
    assert "telephone number" in slack.visible_text(notes[0])
    assert "Placeholder" not in slack.visible_text(reply)
    for canary in ("Placeholder", "900123"):
        assert canary not in bot.log
        assert canary.encode() not in database(bot)
    assert slack.bot_token not in bot.log
    assert slack.app_token not in bot.log


def test_in_a_direct_message_the_answer_says_what_was_removed(slack: SlackServer, bot: RunningBot) -> None:
    asked = slack.say(OFFICER, DM, "sus is Mr Ahmed Fictional, caution?").wait_acked()

    assert "taken out of your question" in slack.visible_text(answered(slack, DM, asked.ts))


def test_what_is_typed_comes_back_inert(slack: SlackServer, bot: RunningBot) -> None:
    """An asker cannot have the desk call a channel, name a person or make a link."""
    typed = "is <!channel> <@U0SUPERVISOR> <http://evil.example|gov.uk> & <b> &amp; a crime"
    asked = slack.mention(OFFICER, ROOM, typed).wait_acked()
    reply = answered(slack, ROOM, asked.ts)

    assert {"https://www.gov.uk/invented"} >= set(slack.mentions(reply))
    assert "<" not in reply.text
    assert reply.arguments["unfurl_links"] in (False, "0", 0)
    assert reply.arguments["unfurl_media"] in (False, "0", 0)


def test_a_passage_is_shown_in_its_surroundings(slack: SlackServer, bot: RunningBot) -> None:
    asked = slack.mention(OFFICER, ROOM, QUESTION).wait_acked()
    reply = answered(slack, ROOM, asked.ts)
    slack.press(SUPERVISOR, reply, "show_passage:1").wait_acked()

    modal = slack.wait_for_modal(SUPERVISOR)
    shown = slack.visible_text(modal)
    assert "Passage 1 of 2" in shown
    assert shown.index("The clock starts") < shown.index("A crime must be recorded") < shown.index("Delay is explained")
    assert len(modal.private_metadata) < 200


def test_every_call_was_accepted_and_every_envelope_acknowledged(slack: SlackServer, bot: RunningBot) -> None:
    """Run last: nothing that went before was refused by Slack or left waiting."""
    settled(slack, bot)

    assert [] == [str(call) for call in slack.calls if not call.ok]
    assert [] == [envelope.payload for envelope in slack.envelopes if envelope.acked_at is None]
    assert [] == slack.problems
