"""*Show passage* and *Next citation*."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.parts import Parts
from bot.presses import read_press


def show(parts: Parts) -> Callable[[Ack, dict[str, Any], WebClient], None]:
    """The passage whole, in its surroundings, in a modal."""

    def listen(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        if press := read_press(body):
            client.views_open(trigger_id=press.trigger, view=parts.passages.view(press.value))

    return listen


def turn(parts: Parts) -> Callable[[Ack, dict[str, Any], WebClient], None]:
    """Another citation of the same answer, in the same modal."""

    def listen(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        if press := read_press(body):
            view = parts.passages.view(press.value)
            client.views_update(view_id=str(press.view.get("id")), hash=press.view.get("hash"), view=view)

    return listen
