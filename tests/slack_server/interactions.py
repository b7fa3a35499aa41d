"""What people do with the bot's commands, buttons and shortcuts. Each act returns a Delivery.

A trigger_id is good for three seconds and one view. What the bot acknowledges a command with is shown to the person.
"""

from __future__ import annotations

import time
from typing import Any

from . import forms
from .envelopes import Delivery, Envelope
from .http_addresses import HttpAddresses
from .outbox import Outbox
from .payloads import interaction, slash_command
from .records import Records
from .refused import Refused
from .response_urls import ResponseUrl, respond
from .socket_mode import PATIENCE
from .state import Json, Message, View
from .web_api.views import view_json
from .workspace import APP, TEAM, Workspace


class Interactions:
    """Acts that become slash_commands and interactive envelopes. Mixed into SlackServer."""

    workspace: Workspace
    records: Records
    outbox: Outbox
    addresses: HttpAddresses
    problems: list[str]  # what went wrong in front of a person, beyond what a call was answered

    def slash(self, command: str, text: str, user: str, channel: str, **delivery: Any) -> Delivery:
        """Give a slash command."""
        with self.records.changed:
            url = ResponseUrl(user, channel)
            done = self._begin(user, url)
            place, person = self.workspace.channels[channel], self.workspace.users[user]
            payload = slash_command(command, text, person, place, done.trigger_id, done.response_url)

            def show(envelope: Envelope) -> None:
                if envelope.response and self._in_time(envelope, command):
                    self._respond(url, envelope.response, command)

            self.outbox.send(done, "slash_commands", payload, accepts_response_payload=True, on_ack=show, **delivery)
        return done

    def press(
        self,
        user: str,
        shown: Message | View,
        action_id: str,
        value: Any = None,
        *,
        block_id: str | None = None,
        **delivery: Any,
    ) -> Delivery:
        """Press a button, or choose `value` in a menu, in a message or a view that shows it."""
        with self.records.changed:
            block, element = forms.find(shown, action_id, value, block_id)
            fields = forms.given(element, value)
            look = ("text", "style") if element["type"] == "button" else ()
            action: Json = {"type": element["type"], "action_id": action_id, "block_id": block["block_id"]}
            action |= {key: element[key] for key in look if key in element}
            action |= fields | {"action_ts": self.workspace.new_ts()}
            if isinstance(shown, View):
                if element["type"] not in ("button", "overflow"):
                    shown.state.setdefault(block["block_id"], {})[action_id] = {"type": element["type"], **fields}
                done = self._begin(user, None)
                where: Json = {"container": {"type": "view", "view_id": shown.id}, "view": view_json(shown)}
            else:
                assert not shown.deleted, "The message is gone: there is nothing to press."
                assert shown.only_for in (None, user), f"{user} cannot see this message"
                done = self._begin(user, ResponseUrl(user, shown.channel, origin=shown))
                where = self._on_message(shown) | {"response_url": done.response_url}
            done.message, done.view = (None, shown) if isinstance(shown, View) else (shown, None)
            person = self.workspace.users[user]
            payload = interaction("block_actions", person, done.trigger_id, actions=[action], **where)
            if isinstance(shown, Message):
                payload["state"] = {"values": {}}
            self.outbox.send(done, "interactive", payload, **delivery)
        return done

    def shortcut(self, user: str, callback_id: str, message: Message | None = None, **delivery: Any) -> Delivery:
        """Use a shortcut: on a message when one is given, else a global one."""
        with self.records.changed:
            person, ts = self.workspace.users[user], self.workspace.new_ts()
            if message is None:
                done = self._begin(user, None)
                payload = interaction("shortcut", person, done.trigger_id, callback_id=callback_id, action_ts=ts)
            else:
                done = self._begin(user, ResponseUrl(user, message.channel))
                place = self.workspace.channels[message.channel]
                payload = interaction(
                    "message_action", person, done.trigger_id, callback_id=callback_id, action_ts=ts,
                    response_url=done.response_url, message_ts=message.ts, message=message.json(APP, TEAM),
                    channel={"id": place.id, "name": place.name or "directmessage"},
                )  # fmt: skip
            self.outbox.send(done, "interactive", payload, **delivery)
        return done

    def _begin(self, user: str, url: ResponseUrl | None) -> Delivery:
        done = Delivery(self.records, trigger_id=self.workspace.new_trigger(user))
        if url is not None:
            done.response_url = self.addresses.new_response_url(url)
        return done

    def _on_message(self, message: Message) -> Json:
        place = self.workspace.channels[message.channel]
        container: Json = {
            "type": "message", "message_ts": message.ts, "channel_id": place.id, "is_ephemeral": bool(message.only_for),
        }  # fmt: skip
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        where: Json = {"container": container, "channel": {"id": place.id, "name": place.name or "directmessage"}}
        if not message.only_for:  # Slack keeps no ephemeral message, and so cannot send it along
            where["message"] = message.json(APP, TEAM)
        return where

    def _in_time(self, envelope: Envelope, what: str) -> bool:
        taken = time.monotonic() - (envelope.sent_at or 0.0)
        if taken > PATIENCE:
            self.problems.append(f"{what} was acknowledged after {taken:.1f} s: the person was told it failed")
        return taken <= PATIENCE

    def _respond(self, url: ResponseUrl, body: Json, what: str) -> None:
        try:
            respond(self.workspace, url, body)
        except Refused as refused:
            self.problems.append(f"the answer to {what} was refused: {refused.answer}")
