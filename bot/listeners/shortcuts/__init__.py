"""Shortcuts on messages."""

from __future__ import annotations

from slack_bolt import App

from bot.intake import CHECK_RULES
from bot.listeners.commands.recording import ask_privately
from bot.parts import Parts


def register(app: App, parts: Parts) -> None:
    """*Check the recording rules*: by the time it comes here the message is a recorded question."""
    app.shortcut(CHECK_RULES)(ask_privately(parts.answering))
