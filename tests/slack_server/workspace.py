"""One invented force on Slack: who is in it, what has been said, and the ids Slack hands out."""

from __future__ import annotations

import itertools
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from . import limits
from .refused import Refused
from .state import Channel, File, Json, Message, User, View

TEAM, APP, BOT_USER, BOT_ID = "T0FORCE", "A0DESK", "U0BOT", "B0BOT"
OFFICER, SUPERVISOR, REGISTRAR = "U0OFFICER", "U0SUPERVISOR", "U0REGISTRAR"
ENQUIRIES, REGISTRARS = "C0ENQUIRIES", "S0REGISTRARS"


@dataclass
class Trigger:
    """Leave to open one view for one person, for three seconds."""

    user: str
    at: float
    used: bool = False


class Workspace:
    """Everything Slack remembers. Callers hold `Records.changed` when they change it."""

    def __init__(self, trigger_seconds: float = limits.TRIGGER_SECONDS) -> None:
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.usergroups: dict[str, dict[str, Any]] = {}
        self.messages: list[Message] = []
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[str]] = {}  # open modals by user, the topmost last
        self.homes: dict[str, View] = {}
        self.files: dict[str, File] = {}
        self.triggers: dict[str, Trigger] = {}
        self.statuses: list[Json] = []  # every assistant.threads.setStatus, oldest first
        self.prompts: dict[str, Json] = {}  # by channel: what setSuggestedPrompts last set
        self.titles: dict[tuple[str, str], str] = {}
        self.trigger_seconds = trigger_seconds
        self.agent_view = True  # as the app manifest says; see web_api/assistant.py
        self.base_url = ""
        self.on_change: Callable[[str, Message], None] = lambda what, message: None
        self._last_ts = 0
        self._numbers = itertools.count(1)
        self._furnish()

    def _furnish(self) -> None:
        for user in (
            User(BOT_USER, "recording_desk", "Recording Desk", is_bot=True),
            User(OFFICER, "pc.okafor", "PC Ada Okafor"),
            User(SUPERVISOR, "ps.hughes", "PS Rhys Hughes"),
            User(REGISTRAR, "registrar", "Jo Marsh"),
        ):
            self.users[user.id] = user
            if not user.is_bot:
                self.dm(user.id)
        self.channels[ENQUIRIES] = Channel(ENQUIRIES, "enquiries", members={BOT_USER, OFFICER, SUPERVISOR, REGISTRAR})
        self.usergroups[REGISTRARS] = {"handle": "registrars", "name": "Registrars", "users": [REGISTRAR]}

    def new_id(self, prefix: str) -> str:
        """An id Slack would hand out."""
        return f"{prefix}{next(self._numbers):03d}{secrets.token_hex(3).upper()}"

    def new_ts(self) -> str:
        """A message timestamp, later than every one before."""
        self._last_ts = max(self._last_ts + 1, int(time.time() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def dm(self, user: str) -> Channel:
        """The direct conversation between the bot and a person, opened when there is none."""
        for channel in self.channels.values():
            if channel.kind == "im" and channel.with_user == user:
                return channel
        channel = Channel("D" + user[1:], kind="im", members={BOT_USER, user}, with_user=user)
        self.channels[channel.id] = channel
        return channel

    def channel(self, name: str) -> Channel:
        """By id, by #name, or by the id of a person. Refuses as Slack does when the bot could not know of it."""
        if name in self.users:
            if self.users[name].is_bot:
                raise Refused("cannot_dm_bot")
            return self.dm(name)
        found = self.channels.get(name)
        if found is None:
            wanted = name.removeprefix("#")
            found = next((c for c in self.channels.values() if c.name == wanted and c.name), None)
        if found is None or (found.kind != "public" and BOT_USER not in found.members):
            raise Refused("channel_not_found")
        return found

    def channel_to_post_in(self, name: str) -> Channel:
        """As `channel`, and the bot may write there."""
        found = self.channel(name)
        if found.is_archived:
            raise Refused("is_archived")
        if BOT_USER not in found.members:
            raise Refused("not_in_channel")
        return found

    def message(self, channel: str, ts: str) -> Message | None:
        """A message that everybody in the channel can see."""
        for message in reversed(self.messages):
            if message.channel == channel and message.ts == ts and not message.deleted and not message.only_for:
                return message
        return None

    def post(self, message: Message) -> Message:
        """Show a message."""
        self.messages.append(message)
        self.on_change("posted", message)
        return message

    def new_trigger(self, user: str) -> str:
        """A trigger_id for something a person has just done."""
        trigger = f"{next(self._numbers)}.{secrets.randbelow(10**9)}.{secrets.token_hex(8)}"
        self.triggers[trigger] = Trigger(user, time.monotonic())
        return trigger

    def exchange(self, trigger_id: str) -> str:
        """Whose trigger it is. Once, and soon."""
        trigger = self.triggers.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if time.monotonic() - trigger.at > self.trigger_seconds:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger.user
