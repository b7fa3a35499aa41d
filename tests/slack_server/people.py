"""What people do in conversations: write, mention, edit, delete, look at the Home tab. Each act returns a Delivery.

`times` delivers the same event (same event_id) in that many envelopes, `concurrently` or each after the last was
acknowledged. An act the bot is not subscribed to happens in the workspace and sends nothing.
"""

from __future__ import annotations

from typing import Any

from .envelopes import Delivery
from .outbox import Outbox
from .payloads import app_mention_event, escaped, event_callback, message_changed, message_deleted, message_event
from .records import Records
from .state import Channel, Json, Message
from .web_api.views import view_json
from .workspace import APP, BOT_USER, TEAM, Workspace

MENTION = f"<@{BOT_USER}>"


class People:
    """Acts that become Events API events. Mixed into SlackServer."""

    workspace: Workspace
    records: Records
    outbox: Outbox
    subscriptions: set[str]  # as the app manifest lists them: app_mention, message.im, message.channels ...
    echo: bool  # tell the bot of its own messages too, as Slack does in direct messages

    def say(
        self,
        user: str,
        channel: str,
        text: str,
        thread_ts: str | None = None,
        *,
        raw: bool = False,
        files: list[str] | None = None,
        **delivery: Any,
    ) -> Delivery:
        """Write a message. In a channel it reaches the bot when it mentions it, or when messages are subscribed to.

        `text` is what is typed, and is escaped as Slack escapes it unless `raw`.
        """
        with self.records.changed:
            place = self._place(user, channel)
            message = Message(place.id, self.workspace.new_ts(), user, text if raw else escaped(text))
            message.thread_ts = thread_ts
            message.files = [self.workspace.files[f].json(self.workspace.base_url) for f in files or []]
            self.workspace.messages.append(message)
            done = Delivery(self.records, message=message)
            person = self.workspace.users[user]
            if MENTION in message.text and place.kind != "im" and "app_mention" in self.subscriptions:
                self._event(done, app_mention_event(message, place, person), place, **delivery)
            if self._hears(place):
                self._event(done, message_event(message, place, person), place, **delivery)
        return done

    def mention(self, user: str, channel: str, text: str, thread_ts: str | None = None, **delivery: Any) -> Delivery:
        """Write a message that begins by naming the bot."""
        return self.say(user, channel, f"{MENTION} {text}", thread_ts, **delivery)

    def edit(self, message: Message | Delivery, text: str, **delivery: Any) -> Delivery:
        """Change what a message says."""
        return self._change(_message(message), text, delivery)

    def delete(self, message: Message | Delivery, **delivery: Any) -> Delivery:
        """Delete a message."""
        return self._change(_message(message), None, delivery)

    def open_home(self, user: str, tab: str = "home", **delivery: Any) -> Delivery:
        """Look at the app's Home tab, or its Messages tab."""
        with self.records.changed:
            channel = self.workspace.dm(user)
            event: Json = {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": tab}
            event["event_ts"] = self.workspace.new_ts()
            home = self.workspace.homes.get(user)
            if tab == "home" and home is not None:
                event["view"] = view_json(home)
            done = Delivery(self.records, view=home)
            if "app_home_opened" in self.subscriptions:
                self._event(done, event, channel, **delivery)
        return done

    def event(self, event: Json, *, channel: str | None = None, **delivery: Any) -> Delivery:
        """Send any other event as it stands, subscribed to or not."""
        done = Delivery(self.records)
        with self.records.changed:
            event = {"event_ts": self.workspace.new_ts(), **event}
            place = self.workspace.channels.get(channel or str(event.get("channel")))
            self._event(done, event, place, **delivery)
        return done

    def redeliver(
        self, delivery: Delivery, times: int = 1, *, reason: str = "timeout", concurrently: bool = True
    ) -> None:
        """Send everything of an earlier act again, as Slack does when it saw no acknowledgement."""
        sent = {id(envelope.payload): envelope for envelope in delivery.envelopes}
        for envelope in sent.values():
            attempts = sum(1 for e in delivery.envelopes if e.payload is envelope.payload)
            self.outbox.send(
                delivery, envelope.type, envelope.payload, times=times, concurrently=concurrently,
                first_attempt=attempts, reason=reason, on_ack=envelope.on_ack,
            )  # fmt: skip

    def _change(self, message: Message, text: str | None, delivery: dict[str, Any]) -> Delivery:
        with self.records.changed:
            place = self.workspace.channels[message.channel]
            before = message.json(APP, TEAM)
            done = Delivery(self.records, message=message)
            ts = self.workspace.new_ts()
            if text is None:
                message.deleted = True
                event = message_deleted(message, place, before, ts)
            else:
                message.replace(escaped(text), [])
                message.edited = True
                event = message_changed(message, place, before, message.json(APP, TEAM), ts)
            if self._hears(place):
                self._event(done, event, place, **delivery)
        return done

    def _echo(self, what: str, message: Message) -> None:
        """Tell the bot of its own message, where it would hear anyone's."""
        place = self.workspace.channels[message.channel]
        if not self.echo or message.only_for or not self._hears(place) or what == "streamed":
            return
        done, now = Delivery(self.records, message=message), message.json(APP, TEAM)
        if what == "posted":
            event = message_event(message, place, self.workspace.users[BOT_USER])
        elif what == "deleted":
            event = message_deleted(message, place, now, self.workspace.new_ts())
        else:
            before = now | ({"text": message.earlier[-1][0]} if message.earlier else {})
            event = message_changed(message, place, before, now, self.workspace.new_ts())
        self._event(done, event, place)

    def _hears(self, place: Channel) -> bool:
        kind = {"public": "message.channels", "private": "message.groups"}.get(place.kind, f"message.{place.kind}")
        return kind in self.subscriptions and BOT_USER in place.members

    def _event(self, done: Delivery, event: Json, place: Channel | None, **delivery: Any) -> None:
        event_id = delivery.pop("event_id", None) or self.workspace.new_id("Ev")
        shared = bool(place and place.is_ext_shared)
        self.outbox.send(done, "events_api", event_callback(event, event_id, is_ext_shared=shared), **delivery)

    def _place(self, user: str, channel: str) -> Channel:
        place = self.workspace.channels[channel]
        assert user in place.members, f"{user} is not in {channel} and cannot write there"
        assert not place.is_archived, f"{channel} is archived and nobody can write there"
        return place


def _message(of: Message | Delivery) -> Message:
    message = of.message if isinstance(of, Delivery) else of
    assert message is not None, "This act wrote no message."
    return message
