"""What can be done from an answer: each button, form and date picker over a real socket, the bot as a process."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

import pytest

from tests.bot.running_bot import SUBSCRIPTIONS, RunningBot
from tests.bot.slack_fixtures import DM, OFFICER, ROOM, SUPERVISOR, answered, granted, settled
from tests.slack_server import Message, SlackServer, View

QUESTION = "how long have i got to record it"
REGISTRARS, REGISTRAR, OFFICE = "S0REGISTRARS", "U0REGISTRAR", "C0REGISTRAR"


@pytest.fixture(scope="module")
def slack() -> Iterator[SlackServer]:
    with SlackServer(echo=True) as server:
        server.subscriptions = SUBSCRIPTIONS
        server.grant_only(*granted())
        server.add_channel(OFFICE, "crime-registrar", kind="private", members=(REGISTRAR, "U0BOT"))
        yield server


@pytest.fixture(scope="module")
def bot(slack: SlackServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    running = RunningBot(
        slack,
        tmp_path_factory.mktemp("desk"),
        DESK_LOG_LEVEL="DEBUG",
        DESK_REGISTRAR_GROUPS=REGISTRARS,
        DESK_REGISTRAR_CHANNEL=OFFICE,
        DESK_QUESTIONS_AN_HOUR="500",
    ).connected()
    yield running
    running.stop()


def kept(bot: RunningBot, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(bot.home / "desk.sqlite3") as connection:
        return connection.execute(query).fetchall()


def a_reply(slack: SlackServer, channel: str = DM, user: str = OFFICER, words: str = QUESTION) -> Message:
    asked = slack.say(user, channel, words) if channel == DM else slack.mention(user, channel, words)
    return answered(slack, channel, asked.wait_acked().ts)


def actions(message: Message) -> list[str]:
    return [e["action_id"] for b in message.blocks if b["type"] == "actions" for e in b["elements"]]


def action(message: Message, begins: str) -> str:
    return next(name for name in actions(message) if name.startswith(begins))


def modal_of(slack: SlackServer, user: str, callback: str) -> View:
    def there() -> View | None:
        view = slack.modal(user)
        return view if view is not None and view.callback_id == callback else None

    found = slack.wait_for(there, 10, f"the modal {callback}")
    assert found is not None
    return found


def whispered(slack: SlackServer, user: str, words: str) -> None:
    slack.wait_for(
        lambda: any(words in slack.visible_text(one) for one in slack.ephemerals(user)), 10, f"a note that says {words}"
    )


def test_an_answer_for_another_date_is_given_below_the_first(slack: SlackServer, bot: RunningBot) -> None:
    reply = a_reply(slack)
    times = slack.press(OFFICER, reply, action(reply, "as_at:"), "2013-04-01", times=3)
    times.wait_acked()

    def dated() -> bool:
        thread = slack.messages(DM, thread_ts=reply.thread_ts)
        return any("As at 1 April 2013" in slack.visible_text(one) for one in thread)

    slack.wait_for(dated, 10, "the answer as at April 2013")
    settled(slack, bot)
    assert 2 == len(slack.messages(DM, thread_ts=reply.thread_ts))


def test_an_option_of_what_was_asked_back_is_answered_with_the_question_before_it(
    slack: SlackServer, bot: RunningBot
) -> None:
    asked = slack.say(OFFICER, DM, "ask back please").wait_acked()
    reply = answered(slack, DM, asked.ts, words="It depends")
    slack.press(OFFICER, reply, "choose:1").wait_acked()

    def chosen() -> bool:
        said = [slack.visible_text(one) for one in slack.messages(DM, thread_ts=asked.ts)]
        return any("Asked: 13 or over" in one and "Asked before: ask back please" in one for one in said)

    slack.wait_for(chosen, 10, "the answer to the option")


def test_helpful_is_kept_and_the_asker_hears_so(slack: SlackServer, bot: RunningBot) -> None:
    reply = a_reply(slack)
    slack.press(OFFICER, reply, "helpful").wait_acked()

    whispered(slack, OFFICER, "has been noted")
    assert (1, "") in kept(bot, "SELECT helpful, reason FROM feedback")


def test_not_helpful_is_kept_with_reason_and_flag_and_without_personal_data(
    slack: SlackServer, bot: RunningBot
) -> None:
    reply = a_reply(slack)
    slack.press(OFFICER, reply, "not_helpful").wait_acked()
    form = modal_of(slack, OFFICER, "not_helpful")
    cited = form.blocks[2]["element"]["options"][0]["value"]
    slack.submit(
        form,
        {"reason": "out_of_date", "comment": "vic is Jane Placeholder, 07700 900123", "out_of_date": [cited]},
    ).wait_acked()

    assert "has been noted" in slack.visible_text(modal_of(slack, OFFICER, "heard"))
    ((reason, comment, flagged, passages),) = kept(
        bot, "SELECT reason, comment, out_of_date, passages FROM feedback WHERE helpful = 0"
    )
    assert ("out_of_date", [cited]) == (reason, json.loads(str(flagged)))
    assert "Placeholder" not in str(comment)
    assert "900123" not in str(comment)
    assert [cited, 64] == [json.loads(str(passages))[0][0], len(json.loads(str(passages))[0][1])]


def test_an_answer_is_laid_out_for_the_crime_record(slack: SlackServer, bot: RunningBot) -> None:
    reply = a_reply(slack)
    slack.press(OFFICER, reply, "for_the_record").wait_acked()

    shown = slack.visible_text(modal_of(slack, OFFICER, "record"))
    ((question,),) = kept(bot, f"SELECT id FROM questions WHERE reply_ts = '{reply.ts}'")
    assert f"reference {str(question)[:8].upper()}" in shown
    assert "A crime must be recorded within 24 hours of the report." in shown


def test_a_private_answer_is_shared_in_the_channel_once(slack: SlackServer, bot: RunningBot) -> None:
    slack.slash("/recording", QUESTION, OFFICER, ROOM).wait_acked()
    settled(slack, bot)
    reply = slack.ephemerals(OFFICER)[-1]
    before = len(slack.messages(ROOM))
    slack.press(OFFICER, reply, "share").wait_acked()
    whispered(slack, OFFICER, "Shared in the channel")
    slack.press(OFFICER, reply, "share").wait_acked()
    whispered(slack, OFFICER, "was shared in the channel before")

    posts = slack.messages(ROOM)[before:]
    assert 1 == len(posts)
    assert QUESTION in slack.visible_text(posts[0])
    assert "recorded within 24 hours" in slack.visible_text(posts[0])


def test_a_message_is_checked_against_the_rules_privately(slack: SlackServer, bot: RunningBot) -> None:
    said = slack.say(SUPERVISOR, ROOM, "she says he pushed her, does that need criming? ring 07700 900123")
    assert said.message is not None
    before = len(slack.ephemerals(OFFICER))
    slack.shortcut(OFFICER, "check_rules", said.message, times=3).wait_acked()
    settled(slack, bot)

    notes = slack.ephemerals(OFFICER)[before:]
    assert 1 == len(notes)
    assert "does that need criming" in slack.visible_text(notes[0])
    assert "900123" not in bot.log


def test_the_passage_modal_leads_to_the_next_citation_and_back(slack: SlackServer, bot: RunningBot) -> None:
    reply = a_reply(slack)
    slack.press(OFFICER, reply, "show_passage:1").wait_acked()
    modal = modal_of(slack, OFFICER, "passage")
    slack.press(OFFICER, modal, "turn:2").wait_acked()
    slack.wait_for(lambda: "Passage 2 of 2" in slack.visible_text(slack.modal(OFFICER)), 10, "the second passage")
    slack.press(OFFICER, modal, "turn:1").wait_acked()
    slack.wait_for(lambda: "Passage 1 of 2" in slack.visible_text(slack.modal(OFFICER)), 10, "the first passage")


def test_a_question_goes_to_the_registrar_once_after_it_was_shown(slack: SlackServer, bot: RunningBot) -> None:
    reply = a_reply(slack, words="vic is Jane Placeholder, can it be cancelled")
    for says in ("has been sent to", "sent to the registrar\u2019s office already"):
        slack.press(OFFICER, reply, "ask_registrar").wait_acked()
        form = modal_of(slack, OFFICER, "ask_registrar")
        assert "can it be cancelled" in slack.visible_text(form)
        slack.submit(form).wait_acked()
        assert says in slack.visible_text(modal_of(slack, OFFICER, "passage"))

    (card,) = slack.wait_for(lambda: slack.messages(OFFICE), 10, "the enquiry in the registrar's channel")
    shown = slack.visible_text(card)
    assert "can it be cancelled" in shown
    assert "A crime must be recorded" in shown
    assert "Placeholder" not in shown


def test_an_edited_question_is_answered_anew_in_the_same_reply(slack: SlackServer, bot: RunningBot) -> None:
    asked = slack.say(OFFICER, DM, QUESTION).wait_acked()
    reply = answered(slack, DM, asked.ts)
    slack.edit(asked, "how long have i got, it was last week").wait_acked()

    slack.wait_for(lambda: "it was last week" in slack.visible_text(reply), 10, "the answer to the new words")
    settled(slack, bot)
    assert 1 == len(slack.messages(DM, thread_ts=asked.ts))


def test_a_deleted_question_takes_its_answer_with_it_and_is_forgotten(slack: SlackServer, bot: RunningBot) -> None:
    asked = slack.mention(OFFICER, ROOM, "canaryquestion how long have i got").wait_acked()
    reply = answered(slack, ROOM, asked.ts)
    settled(slack, bot)
    slack.delete(asked).wait_acked()

    slack.wait_for(lambda: reply.deleted, 10, "the reply to go")
    assert [] == kept(bot, "SELECT 1 FROM questions WHERE text LIKE '%canaryquestion%'")
    assert [] == kept(bot, "SELECT 1 FROM answers WHERE kept LIKE '%canaryquestion%'")


def test_the_home_tab_shows_an_officer_what_they_asked_and_can_erase(slack: SlackServer, bot: RunningBot) -> None:
    a_reply(slack, words="a question of mine to forget")
    settled(slack, bot)
    slack.open_home(OFFICER).wait_acked()
    home = slack.wait_for(lambda: slack.home(OFFICER), 10, "the Home tab")
    shown = slack.visible_text(home)
    assert "Invented Recording Rules" in shown
    assert "a question of mine to forget" in shown
    assert "The index" not in shown

    slack.press(OFFICER, home, "erase_mine").wait_acked()
    slack.wait_for(
        lambda: "have not asked anything" in slack.visible_text(slack.home(OFFICER)), 10, "the Home tab without it"
    )
    assert [] == kept(bot, f"SELECT 1 FROM questions WHERE asker = '{OFFICER}' AND text != ''")
    assert [] == kept(bot, "SELECT 1 FROM answers WHERE kept LIKE '%of mine to forget%'")


def test_the_home_tab_shows_the_registrars_office_the_index(slack: SlackServer, bot: RunningBot) -> None:
    slack.open_home(REGISTRAR).wait_acked()
    home = slack.wait_for(lambda: slack.home(REGISTRAR), 10, "the Home tab")

    assert "The index" in slack.visible_text(home)


def test_the_prompts_change_with_the_role(slack: SlackServer, bot: RunningBot) -> None:
    shown = []
    for user, channel in ((OFFICER, DM), (REGISTRAR, "D0REGISTRAR")):
        slack.open_home(user, tab="messages").wait_acked()
        slack.wait_for(lambda channel=channel: channel in slack.workspace.prompts, 10, "prompts")
        shown.append([prompt["title"] for prompt in slack.workspace.prompts[channel]["prompts"]])

    assert shown[0] != shown[1]
    assert "Who decides" in shown[1]


def test_a_direct_message_is_streamed_and_completed_by_update(slack: SlackServer, bot: RunningBot) -> None:
    before = len(slack.calls_to("chat.startStream"))
    reply = a_reply(slack)

    assert before + 1 == len(slack.calls_to("chat.startStream"))
    assert not reply.streaming
    assert "Sources" in slack.visible_text(reply)
    assert any(status["status"].startswith("is looking") for status in slack.workspace.statuses)


def test_every_call_was_accepted_and_every_envelope_acknowledged(slack: SlackServer, bot: RunningBot) -> None:
    """Run last: nothing that went before was refused by Slack or left waiting."""
    settled(slack, bot)

    assert [] == [str(call) for call in slack.calls if not call.ok]
    assert [] == [envelope.payload for envelope in slack.envelopes if envelope.acked_at is None]
    assert [] == slack.problems
