"""From Slack's events to questions: what is one, what is not, and what is left of what was typed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asked import Place
from bot.reading import plain_words, read_command, read_event

BOT = "U0BOT"


def event(**over: Any) -> dict[str, Any]:
    values = {
        "type": "message",
        "channel_type": "im",
        "user": "U1",
        "channel": "D1",
        "ts": "5.5",
        "text": "do i crime it",
    }
    return {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": {**values, **over}}


def test_a_direct_message_is_a_question_answered_in_its_own_thread() -> None:
    asked = read_event(event(), BOT)

    assert asked is not None
    assert (Place.DIRECT, "do i crime it", "5.5", "5.5") == (asked.place, asked.text, asked.ts, asked.thread)


@pytest.mark.parametrize(
    ("over", "place"),
    [
        ({"channel_type": "channel", "text": f"<@{BOT}> do i"}, Place.MENTION),
        ({"channel_type": "group", "text": f"so <@{BOT}|desk>, do i"}, Place.MENTION),
        ({"type": "app_mention", "channel_type": None, "text": f"<@{BOT}> do i"}, Place.MENTION),
        ({"channel_type": "channel", "thread_ts": "1.1"}, Place.FOLLOW_UP),
        ({"channel_type": "im", "thread_ts": "1.1"}, Place.DIRECT),
        ({"subtype": "file_share"}, Place.DIRECT),
        ({"channel_type": "channel", "subtype": "thread_broadcast", "thread_ts": "1.1"}, Place.FOLLOW_UP),
        ({"channel_type": "channel"}, None),
        ({"channel_type": "channel", "thread_ts": "5.5"}, None),
        ({"channel_type": "channel", "thread_ts": "1.1", "text": "<@U2> what do you think"}, None),
        ({"channel_type": "channel", "thread_ts": "1.1", "text": "<!here> anyone"}, None),
        ({"channel_type": "channel", "thread_ts": "1.1", "text": "Ok, thanks very much!"}, None),
        ({"subtype": "message_changed"}, None),
        ({"subtype": "channel_join"}, None),
        ({"subtype": "bot_message"}, None),
        ({"bot_id": "B1"}, None),
        ({"user": BOT}, None),
        ({"user": "USLACKBOT"}, None),
        ({"user": None}, None),
        ({"hidden": True}, None),
        ({"ts": 5.5}, None),
        ({"type": "reaction_added"}, None),
    ],
)
def test_what_is_a_question_and_where_it_was_put(over: dict[str, Any], place: Place | None) -> None:
    asked = read_event(event(**over), BOT)

    assert place == (asked.place if asked else None)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (f"<@{BOT}> is  it &lt;b&gt; &amp;amp; so", "is  it <b> &amp; so"),
        ("see <https://www.gov.uk/x|the rules> and <https://www.gov.uk/y>", "see the rules and https://www.gov.uk/y"),
        ("<!channel> in <#C1|burglary>", "in #burglary"),
        ("<@U2> did it", "[name] did it"),
        ("<mailto:a@b.uk|a@b.uk>", "a@b.uk"),
    ],
)
def test_slacks_own_markup_is_read_and_undone_once(typed: str, read: str) -> None:
    assert read == plain_words(typed, BOT)


def test_somebody_mentioned_is_personal_data_like_somebody_named() -> None:
    asked = read_event(event(text="<@U2> pushed him, crime?"), BOT)

    assert asked is not None
    assert "U2" not in asked.text
    assert ("name",) == asked.removed


def test_the_record_of_a_question_holds_no_personal_data() -> None:
    asked = read_event(event(text="vic is Jane Placeholder, 07700 900123, crime ref 12/345678/26"), BOT)

    assert asked is not None
    assert not any(canary in repr(asked) for canary in ("Placeholder", "900123", "345678"))
    assert {"name", "telephone number", "crime or incident number"} == set(asked.removed)


def test_a_very_long_question_is_kept_no_longer_than_the_desk_reads() -> None:
    asked = read_event(event(text="word " * 10_000), BOT)

    assert asked is not None
    assert 1_001 >= len(asked.text)


def test_the_same_command_delivered_again_is_the_same_event() -> None:
    body = {"command": "/recording", "text": "do i", "trigger_id": "1.2.a", "user_id": "U1", "channel_id": "C1"}
    one, two = read_command(body), read_command(dict(body))

    assert one is not None
    assert one == two
    assert (Place.COMMAND, None) == (one.place, one.ts)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(list(event()["event"])), json_values), json_values)
def test_no_payload_whatever_makes_reading_fail(over: dict[str, Any], event_id: Any) -> None:
    body = {**event(**over), "event_id": event_id}
    read_event(body, BOT)
    read_event({"event": event_id}, BOT)
    read_command({**over, "trigger_id": event_id})
