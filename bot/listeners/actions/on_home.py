"""The button of the Home tab."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack

from bot.parts import Parts
from bot.presses import read_press


def erase(parts: Parts) -> Callable[[Ack, dict[str, Any]], None]:
    """Forget what the person asked."""

    def listen(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        if press := read_press(body):
            parts.errands.submit(parts.home.erase, press.team, press.user)

    return listen
