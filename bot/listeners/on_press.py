"""A press whose act may take longer than its acknowledgement may: Slack, for one, is asked who may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack

from bot.parts import Parts
from bot.presses import Press, read_press


def on_press(parts: Parts, act: Callable[[Press], object]) -> Callable[[Ack, dict[str, Any]], None]:
    """A listener that acknowledges at once and has `act` done as an errand."""

    def listen(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        if press := read_press(body):
            parts.errands.submit(act, press)

    return listen
