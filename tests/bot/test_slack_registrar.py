"""What the registrar's office does with a question, and what the asker hears: over a real socket, the bot a process."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.running_bot import SUBSCRIPTIONS, RunningBot
from tests.bot.slack_fixtures import DM, OFFICER, ROOM, SUPERVISOR, answered, granted, settled
from tests.slack_server import Message, ServerError, SlackError, SlackServer, View

REGISTRARS, REGISTRAR, COLLEAGUE, OFFICE = "S0REGISTRARS", "U0REGISTRAR", "U0COLLEAGUE", "C0REGISTRAR"
TOLD, NOT_THEIRS = "has answered your question", "was not for the Force Crime Registrar"


def furnish(server: SlackServer) -> None:
    server.subscriptions = SUBSCRIPTIONS
    server.grant_only(*granted())
    server.add_user(COLLEAGUE)
    server.add_usergroup(REGISTRARS, (REGISTRAR, COLLEAGUE))
    server.add_channel(OFFICE, "crime-registrar", kind="private", members=(REGISTRAR, COLLEAGUE, SUPERVISOR, "U0BOT"))


def started(slack: SlackServer, home: Path, **environ: str) -> RunningBot:
    values = {
        "DESK_LOG_LEVEL": "DEBUG",
        "DESK_REGISTRAR_GROUPS": REGISTRARS,
        "DESK_REGISTRAR_CHANNEL": OFFICE,
        "DESK_QUESTIONS_AN_HOUR": "500",
    }
    return RunningBot(slack, home, **{**values, **environ}).connected()


@pytest.fixture(scope="module")
def slack() -> Iterator[SlackServer]:
    with SlackServer(echo=True) as server:
        furnish(server)
        yield server


@pytest.fixture(scope="module")
def bot(slack: SlackServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    running = started(slack, tmp_path_factory.mktemp("desk"))
    yield running
    running.stop()


@pytest.fixture
def own_slack() -> Iterator[SlackServer]:
    with SlackServer(echo=True) as server:
        furnish(server)
        yield server


def audited(bot: RunningBot) -> list[dict[str, object]]:
    trail = bot.home / "audit" / "trail.jsonl"
    return [json.loads(line) for line in trail.read_text().splitlines()] if trail.exists() else []


def row(bot: RunningBot, words: str) -> tuple[object, ...]:
    with sqlite3.connect(bot.home / "desk.sqlite3") as connection:
        rows = connection.execute(
            "SELECT id, state, owner, answered_by, answer FROM enquiries WHERE text = ?", (words,)
        ).fetchall()
    (found,) = rows
    return tuple(found)


def form_of(slack: SlackServer, user: str, callback: str, enquiry: str | None = None) -> View:
    def there() -> View | None:
        view = slack.modal(user)
        fits = view is not None and view.callback_id == callback and enquiry in (None, view.private_metadata)
        return view if fits else None

    found = slack.wait_for(there, 10, f"the form {callback}")
    assert found is not None
    return found


def send_on(slack: SlackServer, reply: Message, words: str, by: str = OFFICER) -> Message:
    """Put an answered question to the registrar; the card."""
    slack.press(by, reply, "ask_registrar").wait_acked()
    slack.submit(form_of(slack, by, "ask_registrar")).wait_acked()

    def posted() -> Message | None:
        return next((one for one in slack.messages(OFFICE) if one.blocks and words in slack.visible_text(one)), None)

    card = slack.wait_for(posted, 10, "the card")
    assert card is not None
    return card


def an_enquiry(slack: SlackServer, words: str) -> tuple[Message, Message]:
    """A question asked directly and put to the registrar: the desk's reply, the card."""
    asked = slack.say(OFFICER, DM, words).wait_acked()
    reply = answered(slack, DM, asked.ts)
    return reply, send_on(slack, reply, words)


def shows(slack: SlackServer, card: Message, words: str) -> None:
    slack.wait_for(lambda: words in slack.visible_text(card), 10, f"the card to say {words}")


def whispered(slack: SlackServer, user: str, words: str, before: int = 0) -> None:
    slack.wait_for(
        lambda: any(words in slack.visible_text(one) for one in slack.ephemerals(user)[before:]), 10, f"a note: {words}"
    )


def told(slack: SlackServer, channel: str, thread: str | None, words: str = TOLD) -> Message:
    def there() -> Message | None:
        said = slack.messages(channel, thread_ts=thread) if thread else slack.messages(channel)
        return next((one for one in said if words in slack.visible_text(one)), None)

    found = slack.wait_for(there, 45, "the asker told")
    assert found is not None
    return found


def told_times(slack: SlackServer, enquiry: object) -> int:
    """How many messages anywhere tell of it."""
    payloads = [(one.metadata or {}).get("event_payload") or {} for one in slack.workspace.messages]
    return sum(payload.get("told") == enquiry for payload in payloads)


def offered(card: Message) -> list[str]:
    return [e["text"]["text"] for b in card.blocks if b["type"] == "actions" for e in b["elements"]]


def test_the_office_answers_and_the_asker_is_told_once_in_the_thread(slack: SlackServer, bot: RunningBot) -> None:
    """Every press and form arrives three times, as Slack may deliver them."""
    question = "does the clock start when it is reported"
    reply, card = an_enquiry(slack, question)
    slack.press(REGISTRAR, card, "enquiry_answer", times=3).wait_acked()
    form = form_of(slack, REGISTRAR, "answer_enquiry")
    assert "A crime must be recorded within 24 hours of the report." in str(form.blocks)
    words = "From the report.\nAsk Jane Placeholder on 07700 900123 about delay."
    slack.submit(form, {"enquiry_words": words, "enquiry_review": "2035-04-01"}, times=3).wait_acked()

    said = slack.visible_text(told(slack, DM, reply.thread_ts))
    shows(slack, card, "Answered by @U0REGISTRAR")
    enquiry, state, _, by, kept = row(bot, question)
    assert ("answered", REGISTRAR) == (state, by)
    assert "From the report.\nAsk [name] on [telephone number] about delay." == kept
    assert "which the office looks at again on 1 April 2035" in said
    shows(slack, card, "in force")
    for part in (question, "From the report.", "as at", "edition 2026/27", "build fake-build", "on [telephone number]"):
        assert part in said
    assert REGISTRAR not in said
    assert [] == offered(card)
    assert 1 == told_times(slack, enquiry)
    records = [one for one in audited(bot) if one["details"].get("enquiry") == str(enquiry)]  # type: ignore[attr-defined]
    assert [("enquiry_answered", REGISTRAR, "fake-build")] == [(r["act"], r["actor"], r["build"]) for r in records]
    assert 1 == [r["act"] for r in audited(bot)].count("ruling_given")
    assert question not in json.dumps(audited(bot))
    assert "900123" not in bot.log + json.dumps(audited(bot))


def test_the_desks_answer_is_approved_as_the_card_shows_it(slack: SlackServer, bot: RunningBot) -> None:
    question = "must a crime be recorded at once"
    reply, card = an_enquiry(slack, question)
    slack.press(COLLEAGUE, card, "enquiry_approve", times=3).wait_acked()

    said = slack.visible_text(told(slack, DM, reply.thread_ts))
    enquiry, state, _, by, _ = row(bot, question)
    assert ("answered", COLLEAGUE) == (state, by)
    assert "A crime must be recorded within 24 hours of the report." in said
    assert "The supervisor is told by the end of the tour of duty." in said
    assert "[1] Invented Recording Rules" in said
    assert 1 == told_times(slack, enquiry)
    assert ["enquiry_approved"] == [r["act"] for r in audited(bot) if str(enquiry) in json.dumps(r)]


def test_an_answer_that_changed_after_the_card_was_shown_is_not_approved(slack: SlackServer, bot: RunningBot) -> None:
    """As when the officer edits the question meanwhile, and the desk answers the new words, which nobody has read."""
    question = "can this one change"
    _, card = an_enquiry(slack, question)
    enquiry = row(bot, question)[0]
    with sqlite3.connect(bot.home / "desk.sqlite3") as connection:
        connection.execute(
            "UPDATE answers SET kept = replace(kept, 'within 24 hours', 'within 72 hours') "
            "WHERE question = (SELECT question FROM enquiries WHERE id = ?)",
            (enquiry,),
        )
    connection.close()
    slack.press(REGISTRAR, card, "enquiry_approve").wait_acked()

    whispered(slack, REGISTRAR, "no longer the one that the card showed")
    shows(slack, card, "within 72 hours")
    assert "open" == row(bot, question)[1]


def test_not_for_us_tells_the_asker_where_else_to_ask(slack: SlackServer, bot: RunningBot) -> None:
    question = "who signs my overtime"
    reply, card = an_enquiry(slack, question)
    slack.press(REGISTRAR, card, "enquiry_not_for_us", times=3).wait_acked()

    said = slack.visible_text(told(slack, DM, reply.thread_ts, NOT_THEIRS))
    assert "Your supervisor can tell you" in said
    shows(slack, card, "Not for the registrar")
    enquiry, state, *_ = row(bot, question)
    assert "not_for_us" == state
    assert 1 == told_times(slack, enquiry)


def test_an_enquiry_is_taken_on_once_and_settled_once(slack: SlackServer, bot: RunningBot) -> None:
    """The second to press is told so, and what they typed stays in their form."""
    question = "who was quicker here"
    _, card = an_enquiry(slack, question)
    enquiry = row(bot, question)[0]
    forms = []
    for user in (REGISTRAR, COLLEAGUE):
        slack.press(user, card, "enquiry_answer").wait_acked()
        forms.append(form_of(slack, user, "answer_enquiry", str(enquiry)))
    slack.press(REGISTRAR, card, "enquiry_assign").wait_acked()
    shows(slack, card, "Taken on by @U0REGISTRAR")
    assert "Assign to me" not in offered(card)

    slack.submit(forms[0], {"enquiry_words": "First."}).wait_acked()
    shows(slack, card, "Answered by @U0REGISTRAR")
    slack.submit(forms[1], {"enquiry_words": "Second."}).wait_acked()
    assert "settled already" in forms[1].errors["enquiry_words"]
    assert ("answered", REGISTRAR, REGISTRAR, "First.") == row(bot, question)[1:]
    acts = [r["act"] for r in audited(bot) if str(enquiry) in json.dumps(r)]
    assert ["enquiry_assigned", "enquiry_answered"] == acts


def test_of_two_presses_at_once_one_counts_and_the_other_is_told_so(slack: SlackServer, bot: RunningBot) -> None:
    question = "two at once"
    reply, card = an_enquiry(slack, question)
    before = {user: len(slack.ephemerals(user)) for user in (REGISTRAR, COLLEAGUE)}
    presses = [slack.press(REGISTRAR, card, "enquiry_approve"), slack.press(COLLEAGUE, card, "enquiry_not_for_us")]
    for press in presses:
        press.wait_acked()

    def heard() -> list[str]:
        return [
            user
            for user, had in before.items()
            if any("settled already" in slack.visible_text(one) for one in slack.ephemerals(user)[had:])
        ]

    slack.wait_for(heard, 10, "the slower to hear of it")
    enquiry, state, _, by, _ = row(bot, question)
    assert {("answered", REGISTRAR): [COLLEAGUE], ("not_for_us", COLLEAGUE): [REGISTRAR]}[
        (str(state), str(by))
    ] == heard()
    told(slack, DM, reply.thread_ts, TOLD if state == "answered" else NOT_THEIRS)
    assert 1 == told_times(slack, enquiry)


@pytest.mark.parametrize("button", ["enquiry_answer", "enquiry_approve", "enquiry_not_for_us", "enquiry_assign"])
def test_whoever_is_not_of_the_office_is_refused_and_audited(slack: SlackServer, bot: RunningBot, button: str) -> None:
    question = f"may anybody press {button.replace('_', ' ')}"
    _, card = an_enquiry(slack, question)
    before = len(slack.ephemerals(SUPERVISOR))
    slack.press(SUPERVISOR, card, button, times=2).wait_acked()

    whispered(slack, SUPERVISOR, "Only members of the registrar", before)
    enquiry, state, *_ = row(bot, question)
    assert "open" == state
    refused = [r for r in audited(bot) if str(enquiry) in json.dumps(r)]
    assert {("refused", SUPERVISOR, button)} == {(r["act"], r["actor"], r["details"]["reason"]) for r in refused}  # type: ignore[index]


def test_whoever_left_the_office_with_the_form_open_is_refused_and_audited(slack: SlackServer, bot: RunningBot) -> None:
    question = "am I still of the office"
    _, card = an_enquiry(slack, question)
    enquiry = row(bot, question)[0]
    slack.press(COLLEAGUE, card, "enquiry_answer").wait_acked()
    form = form_of(slack, COLLEAGUE, "answer_enquiry", str(enquiry))
    slack.add_usergroup(REGISTRARS, (REGISTRAR,))
    try:
        slack.submit(form, {"enquiry_words": "Yes."}).wait_acked()
        assert "Only members of the registrar" in form.errors["enquiry_words"]
    finally:
        slack.add_usergroup(REGISTRARS, (REGISTRAR, COLLEAGUE))
    assert "open" == row(bot, question)[1]
    assert ["refused"] == [r["act"] for r in audited(bot) if str(enquiry) in json.dumps(r)]


def test_a_slack_that_does_not_say_who_is_of_the_office_lets_nobody_act(slack: SlackServer, bot: RunningBot) -> None:
    question = "what if Slack does not say"
    _, card = an_enquiry(slack, question)
    before = len(slack.ephemerals(REGISTRAR))
    slack.script("usergroups.users.list", ServerError())
    slack.press(REGISTRAR, card, "enquiry_approve").wait_acked()

    whispered(slack, REGISTRAR, "Slack does not say that you are one", before)
    assert "open" == row(bot, question)[1]


def test_a_review_date_in_the_past_is_not_taken(slack: SlackServer, bot: RunningBot) -> None:
    question = "when is it looked at again"
    _, card = an_enquiry(slack, question)
    slack.press(REGISTRAR, card, "enquiry_answer").wait_acked()
    form = form_of(slack, REGISTRAR, "answer_enquiry", str(row(bot, question)[0]))
    slack.submit(form, {"enquiry_words": "Yes.", "enquiry_review": "2020-01-01"}).wait_acked()

    assert "still to come" in form.errors["enquiry_review"]
    assert "open" == row(bot, question)[1]


def rulings(bot: RunningBot, words: str) -> list[tuple[object, ...]]:
    """Question, answer, how many passages and state of what the enquiry led to."""
    with sqlite3.connect(bot.home / "desk.sqlite3") as connection:
        rows = connection.execute(
            "SELECT question, answer, rests_on, state FROM rulings WHERE enquiry = ?", (row(bot, words)[0],)
        ).fetchall()
    return [(question, answer, len(json.loads(rests_on)), state) for question, answer, rests_on, state in rows]


def test_an_approved_answer_becomes_a_ruling_on_the_passages_it_cited(slack: SlackServer, bot: RunningBot) -> None:
    question = "does approving make a ruling"
    _, card = an_enquiry(slack, question)
    slack.press(REGISTRAR, card, "enquiry_approve", times=3).wait_acked()
    shows(slack, card, "in force")

    ((asked, said, passages, state),) = rulings(bot, question)
    assert (question, 2, "in_force") == (asked, passages, state)
    assert "A crime must be recorded within 24 hours of the report." in str(said)


def test_the_office_says_on_which_passages_its_answer_rests_and_how_others_would_ask(
    slack: SlackServer, bot: RunningBot
) -> None:
    question = "which passages does it rest on"
    _, card = an_enquiry(slack, question)
    slack.press(REGISTRAR, card, "enquiry_answer").wait_acked()
    form = form_of(slack, REGISTRAR, "answer_enquiry", str(row(bot, question)[0]))
    (boxes,) = [b["element"] for b in form.blocks if b.get("block_id") == "enquiry_rests_on"]
    values = {
        "enquiry_words": "On this one.",
        "enquiry_question": "what does a rule of Jane Placeholder rest on",
        "enquiry_rests_on": [boxes["options"][1]["value"]],
    }
    slack.submit(form, values, times=3).wait_acked()
    shows(slack, card, "in force")

    assert [("what does a rule of rest on", "On this one.", 1, "in_force")] == rulings(bot, question)


def test_an_answer_that_rests_on_nothing_is_told_and_makes_no_ruling(slack: SlackServer, bot: RunningBot) -> None:
    question = "what if it rests on nothing"
    reply, card = an_enquiry(slack, question)
    slack.press(REGISTRAR, card, "enquiry_answer").wait_acked()
    form = form_of(slack, REGISTRAR, "answer_enquiry", str(row(bot, question)[0]))
    slack.submit(form, {"enquiry_words": "Nothing.", "enquiry_rests_on": []}).wait_acked()

    assert "rests on no passage" in slack.visible_text(form)
    told(slack, DM, reply.thread_ts)
    assert [] == rulings(bot, question)


def test_a_question_asked_privately_is_answered_to_the_asker_alone(slack: SlackServer, bot: RunningBot) -> None:
    question = "a private one from a command"
    slack.slash("/recording", question, OFFICER, ROOM).wait_acked()
    settled(slack, bot)
    card = send_on(slack, slack.ephemerals(OFFICER)[-1], question)
    slack.press(REGISTRAR, card, "enquiry_approve").wait_acked()

    found = slack.wait_for(
        lambda: [m for m in slack.messages(DM) if question in slack.visible_text(m) and TOLD in slack.visible_text(m)],
        10,
        "the asker told directly",
    )
    assert 1 == len(found)
    assert not [m for m in slack.messages(ROOM) if question in slack.visible_text(m)]


def test_whoever_puts_another_persons_question_is_told_directly(slack: SlackServer, bot: RunningBot) -> None:
    question = "an officer asks and a supervisor sends it on"
    asked = slack.mention(OFFICER, ROOM, question).wait_acked()
    card = send_on(slack, answered(slack, ROOM, asked.ts), question, by=SUPERVISOR)
    slack.press(REGISTRAR, card, "enquiry_approve").wait_acked()

    told(slack, slack.dm(SUPERVISOR), None)
    assert not [m for m in slack.messages(ROOM) if TOLD in slack.visible_text(m)]


def test_a_thread_that_is_closed_by_now_is_no_reason_to_be_silent(slack: SlackServer, bot: RunningBot) -> None:
    question = "the channel was archived meanwhile"
    asked = slack.mention(OFFICER, ROOM, question).wait_acked()
    card = send_on(slack, answered(slack, ROOM, asked.ts), question)
    settled(slack, bot)
    slack.script("chat.postMessage", SlackError("is_archived"))
    slack.press(REGISTRAR, card, "enquiry_approve").wait_acked()

    slack.wait_for(
        lambda: any(question in slack.visible_text(one) for one in slack.messages(DM)), 10, "the asker told directly"
    )
    assert 1 == told_times(slack, row(bot, question)[0])


def test_a_post_whose_answer_was_lost_is_not_made_twice(slack: SlackServer, bot: RunningBot) -> None:
    question = "the connection closed on the way"
    reply, card = an_enquiry(slack, question)
    settled(slack, bot)
    slack.script("chat.postMessage", ServerError(after_accepting=True))
    slack.press(REGISTRAR, card, "enquiry_approve").wait_acked()
    told(slack, DM, reply.thread_ts)
    enquiry = row(bot, question)[0]

    def done() -> bool:
        with sqlite3.connect(bot.home / "desk.sqlite3") as connection:
            return bool(connection.execute("SELECT told_at FROM enquiries WHERE id = ?", (enquiry,)).fetchone()[0])

    slack.wait_for(done, 10, "it to be kept that the asker was told")
    assert 1 == told_times(slack, enquiry)


@pytest.mark.faults
def test_the_asker_is_told_once_also_when_the_desk_is_killed_on_the_way(own_slack: SlackServer, tmp_path: Path) -> None:
    bot = started(own_slack, tmp_path / "desk")
    try:
        question = "was the desk killed"
        reply, card = an_enquiry(own_slack, question)
        settled(own_slack, bot)
        own_slack.press(REGISTRAR, card, "enquiry_answer").wait_acked()
        form = form_of(own_slack, REGISTRAR, "answer_enquiry")
        own_slack.always("chat.postMessage", ServerError())
        own_slack.submit(form, {"enquiry_words": "It was."}).wait_acked()
        bot.kill()
        enquiry = row(bot, question)[0]
        assert 0 == told_times(own_slack, enquiry)
        own_slack.always("chat.postMessage", None)
        bot.stop()
        bot = started(own_slack, tmp_path / "desk")

        assert "It was." in own_slack.visible_text(told(own_slack, DM, reply.thread_ts))
        settled(own_slack, bot)
        assert 1 == told_times(own_slack, enquiry)
    finally:
        bot.stop()


@pytest.mark.faults
def test_two_desks_on_the_same_records_post_a_card_and_tell_the_asker_once(
    own_slack: SlackServer, tmp_path: Path
) -> None:
    desks = [started(own_slack, tmp_path / "desk"), started(own_slack, tmp_path / "desk")]
    try:
        own_slack.wait_connected(2)
        for number in range(4):
            question = f"two desks and question {number}"
            reply, card = an_enquiry(own_slack, question)
            own_slack.press(REGISTRAR, card, "enquiry_approve").wait_acked()
            told(own_slack, DM, reply.thread_ts)
        settled(own_slack, desks[0])
        counts = [told_times(own_slack, row(desks[0], f"two desks and question {n}")[0]) for n in range(4)]
        assert [1, 1, 1, 1] == counts
        assert 4 == len(own_slack.messages(OFFICE))
    finally:
        for desk in desks:
            desk.stop()


@pytest.mark.slow
def test_an_enquiry_that_waits_is_chased_once_in_each_period(own_slack: SlackServer, tmp_path: Path) -> None:
    hours = 4 / 3600
    bot = started(own_slack, tmp_path / "desk", DESK_CHASE_HOURS=f"{hours:.6f}")
    try:
        _, card = an_enquiry(own_slack, "is anybody there")
        own_slack.press(REGISTRAR, card, "enquiry_assign").wait_acked()
        shows(own_slack, card, "Taken on by @U0REGISTRAR")

        def reminders() -> list[Message]:
            said = own_slack.messages(OFFICE, thread_ts=card.ts)
            return [one for one in said if "without an answer" in own_slack.visible_text(one)]

        own_slack.wait_for(lambda: len(reminders()) >= 2, 30, "two reminders")
        own_slack.press(REGISTRAR, card, "enquiry_not_for_us").wait_acked()
        shows(own_slack, card, "Not for the registrar")
        first, second = reminders()[:2]
        assert "Taken on by @U0REGISTRAR" in own_slack.visible_text(second)
        assert float(second.ts) - float(first.ts) >= hours * 3600 - 0.5
    finally:
        bot.stop()
