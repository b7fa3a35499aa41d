"""*Show passage*: the passage whole, in its surroundings, in a modal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.passages import Passages


def show_passage(passages: Passages) -> Callable[[Ack, dict[str, Any], dict[str, Any], WebClient], None]:
    """The listener."""

    def show(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=passages.view(str(action.get("value", ""))))

    return show
