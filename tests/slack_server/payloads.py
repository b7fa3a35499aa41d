"""The JSON of events and interactions, as Slack documents it. Pure: values in, payload out."""

from __future__ import annotations

import re
import time
from typing import Any

from .state import Channel, Json, Message, User
from .workspace import APP, BOT_USER, TEAM

_MENTION = re.compile(r"(<@[UW]\w+>)")


def escaped(text: str) -> str:
    """As Slack escapes what a person types: `&`, `<` and `>`, but not the mentions its own client made."""
    parts = _MENTION.split(text)
    return "".join(
        part if _MENTION.fullmatch(part) else part.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        for part in parts
    )


def event_callback(event: Json, event_id: str, *, team: str = TEAM, is_ext_shared: bool = False) -> Json:
    """The wrapper of every Events API event."""
    return {
        "token": "verification-token",
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": is_ext_shared,
        "event_context": f"4-{event_id}",
    }


def message_event(message: Message, channel: Channel, user: User) -> Json:
    """A `message` event for something just written."""
    event = _written(message, channel, user) | {"type": "message", "channel_type": channel.channel_type}
    if message.files:
        event |= {"subtype": "file_share", "files": message.files}
    if message.bot_id:
        event |= {"bot_id": message.bot_id, "app_id": APP}
    return event


def app_mention_event(message: Message, channel: Channel, user: User) -> Json:
    """An `app_mention` event for the same."""
    return _written(message, channel, user) | {"type": "app_mention"}


def message_changed(message: Message, channel: Channel, before: Json, now: Json, ts: str) -> Json:
    """A `message` event with subtype message_changed."""
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": channel.id,
        "channel_type": channel.channel_type,
        "ts": ts,
        "event_ts": ts,
        "message": now,
        "previous_message": before,
    }


def message_deleted(message: Message, channel: Channel, before: Json, ts: str) -> Json:
    """A `message` event with subtype message_deleted."""
    return {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "channel": channel.id,
        "channel_type": channel.channel_type,
        "ts": ts,
        "event_ts": ts,
        "deleted_ts": message.ts,
        "previous_message": before,
    }


def slash_command(command: str, text: str, user: User, channel: Channel, trigger_id: str, response_url: str) -> Json:
    """What a slash command carries."""
    return {
        "token": "verification-token",
        "team_id": TEAM,
        "team_domain": "force",
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.kind == "im" else channel.name,
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def interaction(kind: str, user: User, trigger_id: str | None, **fields: Any) -> Json:
    """What block_actions, view_submission, shortcut and message_action have in common."""
    payload: Json = {
        "type": kind,
        "token": "verification-token",
        "api_app_id": APP,
        "team": {"id": TEAM, "domain": "force"},
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id},
        "enterprise": None,
        "is_enterprise_install": False,
    }
    if trigger_id is not None:
        payload["trigger_id"] = trigger_id
    return payload | fields


def _written(message: Message, channel: Channel, user: User) -> Json:
    event: Json = {
        "user": message.user,
        "ts": message.ts,
        "client_msg_id": f"00000000-0000-0000-0000-{message.ts.replace('.', '')[-12:]}",
        "text": message.text,
        "team": user.team_id,
        "channel": channel.id,
        "event_ts": message.ts,
    }
    if message.blocks:
        event["blocks"] = message.blocks
    elif message.text and not message.bot_id:
        words = {"type": "text", "text": message.text}
        section = {"type": "rich_text_section", "elements": [words]}
        event["blocks"] = [{"type": "rich_text", "block_id": "typed", "elements": [section]}]
    if message.thread_ts:
        event["thread_ts"] = message.thread_ts
        event["parent_user_id"] = user.id
    if user.team_id != TEAM:
        event["user_team"] = event["source_team"] = user.team_id
    return event
