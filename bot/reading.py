"""From what Slack sends to a question, or to nothing: bots, edits, joins and other people's talk are not questions.

The asker's words lose Slack's own markup and their personal data here, before anything is recorded.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.asked import Asked, Place
from knowledge.clean import LONGEST, clean
from knowledge.personal_data import Cleaned, replace_personal_data

Replace = Callable[[str], Cleaned]

# Slack's subtypes of messages that a person wrote just now. Everything else is an edit, a join, a bot, a notice.
_WRITTEN = (None, "file_share", "thread_broadcast")
_SEQUENCE = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_THANKS = re.compile(
    r"(?:ok(?:ay)?|many|great|perfect|brilliant|lovely|cool|got it|will do|roger|nice one|ta|cheers|thanks?|thank you|"
    r"thx|much appreciated|sarge|sir|ma'?am|boss|mate|so much|very much|a lot|all|that'?s|yes|no worries|[\s,.!👍🙏])+",
    re.IGNORECASE,
)


def read_event(body: Mapping[str, Any], bot_user: str, replace: Replace = replace_personal_data) -> Asked | None:
    """The question in a `message` or `app_mention` event.

    A message in a channel that does not name the bot comes back as a follow-up: whether it is one depends on who has
    asked in that thread before, which the inbox knows.
    """
    event = body.get("event")
    if not isinstance(event, Mapping) or event.get("type") not in ("message", "app_mention"):
        return None
    user, channel, ts = event.get("user"), event.get("channel"), event.get("ts")
    if not all(isinstance(value, str) and value for value in (user, channel, ts)):
        return None
    if event.get("subtype") not in _WRITTEN or event.get("bot_id") or event.get("hidden"):
        return None
    if user in (bot_user, "USLACKBOT"):
        return None
    said, thread = str(event.get("text") or ""), event.get("thread_ts")
    place = _place(event, said, bot_user, thread)
    if place is None:
        return None
    words = _read(said, bot_user, replace)
    return Asked(
        event_id=str(body.get("event_id") or f"message:{channel}:{ts}"),
        place=place,
        team=_team(body),
        channel=str(channel),
        asker=str(user),
        text=words.text,
        ts=str(ts),
        thread=str(thread or ts),
        removed=words.removed,
        shared=bool(body.get("is_ext_shared_channel")),
    )


def read_edit(body: Mapping[str, Any], bot_user: str, replace: Replace = replace_personal_data) -> Asked | None:
    """The new words of a message that was edited. Whether it was a question, the inbox knows."""
    event = body.get("event")
    message = event.get("message") if isinstance(event, Mapping) else None
    if not isinstance(event, Mapping) or not isinstance(message, Mapping) or event.get("subtype") != "message_changed":
        return None
    if message.get("subtype") not in _WRITTEN:
        return None  # a deleted message that has replies is changed into a notice first
    whole = {**message, "type": "message", "channel": event.get("channel"), "channel_type": event.get("channel_type")}
    # Named again, so that it is read as it would have been when it was first put.
    return read_event(
        {**body, "event": {**whole, "text": f"<@{bot_user}> {message.get('text') or ''}"}}, bot_user, replace
    )


def read_deletion(body: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """Team, channel and ts of a message that was deleted."""
    event = body.get("event")
    if not isinstance(event, Mapping):
        return None
    channel, ts = event.get("channel"), event.get("deleted_ts")
    if event.get("subtype") == "message_changed" and isinstance(message := event.get("message"), Mapping):
        # A message that has replies stays as a tombstone.
        ts = message.get("ts") if message.get("subtype") == "tombstone" else None
    elif event.get("subtype") != "message_deleted":
        return None
    return (_team(body), channel, ts) if isinstance(channel, str) and isinstance(ts, str) else None


def read_command(body: Mapping[str, Any], replace: Replace = replace_personal_data) -> Asked | None:
    """The question in a slash command. Its trigger is what makes it the same command when it is delivered again."""
    trigger, user, channel = body.get("trigger_id"), body.get("user_id"), body.get("channel_id")
    if not all(isinstance(value, str) and value for value in (trigger, user, channel)):
        return None
    words = _read(str(body.get("text") or ""), "", replace)
    return Asked(
        event_id=f"command:{trigger}",
        place=Place.COMMAND,
        team=_team(body),
        channel=str(channel),
        asker=str(user),
        text=words.text,
        removed=words.removed,
        response_url=str(body.get("response_url") or "") or None,
    )


def read_shortcut(body: Mapping[str, Any], replace: Replace = replace_personal_data) -> Asked | None:
    """The question in *Check the recording rules* on a message, by whoever wrote it; the answer is its user's alone."""
    trigger, message = body.get("trigger_id"), body.get("message")
    user, channel = _id(body, "user"), _id(body, "channel")
    if not (isinstance(trigger, str) and isinstance(message, Mapping) and user and channel):
        return None
    words = _read(str(message.get("text") or ""), "", replace)
    return Asked(
        event_id=f"shortcut:{trigger}",
        place=Place.SHORTCUT,
        team=_id(body, "team"),
        channel=channel,
        asker=user,
        text=words.text,
        removed=words.removed,
        response_url=str(body.get("response_url") or "") or None,
    )


def _id(body: Mapping[str, Any], of: str) -> str:
    held = body.get(of)
    found = held.get("id") if isinstance(held, Mapping) else None
    return found if isinstance(found, str) else ""


def plain_words(said: str, bot_user: str) -> str:
    """What was typed: the bot's own name dropped, other people's replaced, links and channels by their labels."""

    def read(found: re.Match[str]) -> str:
        mark, target, label = found.groups()
        if mark == "@":
            return " " if target == bot_user else "[name]"
        if mark == "#":
            return f"#{label or 'channel'}"
        if mark == "!":
            return " "
        return label or target

    return html.unescape(_SEQUENCE.sub(read, said)).strip()


def _read(said: str, bot_user: str, replace: Replace) -> Cleaned:
    words = replace(clean(plain_words(said, bot_user))[: LONGEST + 1])
    # Somebody named by an @mention is somebody named.
    removed = (*words.removed, "name") if "[name]" in words.text and "name" not in words.removed else words.removed
    return Cleaned(words.text, removed)


def _place(event: Mapping[str, Any], said: str, bot_user: str, thread: Any) -> Place | None:
    if event.get("channel_type") == "im":
        return Place.DIRECT
    if f"<@{bot_user}>" in said or f"<@{bot_user}|" in said or event["type"] == "app_mention":
        return Place.MENTION
    if not thread or thread == event.get("ts") or "<@" in said or "<!" in said:
        return None  # said to the room, or to somebody else
    return None if _THANKS.fullmatch(said) else Place.FOLLOW_UP


def _team(body: Mapping[str, Any]) -> str:
    return str(body.get("team_id") or body.get("enterprise_id") or "")
