"""The button of the Home tab."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack

from bot.listeners.on_press import on_press
from bot.parts import Parts


def erase(parts: Parts) -> Callable[[Ack, dict[str, Any]], None]:
    """Forget what the person asked."""
    return on_press(parts, lambda press: parts.home.erase(press.team, press.user))
