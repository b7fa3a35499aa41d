"""Somebody opened the app: its Home tab is made anew, its Messages tab gets the prompts of their role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.parts import Parts


def home_opened(parts: Parts) -> Callable[[dict[str, Any], dict[str, Any]], None]:
    """The listener."""

    def opened(event: dict[str, Any], body: dict[str, Any]) -> None:
        user, channel = str(event.get("user") or ""), str(event.get("channel") or "")
        if event.get("tab") == "home":
            parts.errands.submit(parts.home.publish, str(body.get("team_id") or ""), user)
        elif channel:
            parts.errands.submit(parts.home.suggest, user, channel)

    return opened
