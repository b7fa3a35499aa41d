"""The buttons on an enquiry in the registrar's channel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack

from bot.parts import Parts
from bot.presses import read_press


def pressed(parts: Parts) -> Callable[[Ack, dict[str, Any]], None]:
    """All four: whether somebody may is asked of Slack first, which can take longer than the acknowledgement may."""

    def listen(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        if press := read_press(body):
            parts.errands.submit(parts.registrar_desk.press, press)

    return listen
