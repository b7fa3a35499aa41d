"""Slash commands."""

from __future__ import annotations

from slack_bolt import App

from bot.listeners.commands.recording import ask_privately
from bot.parts import Parts
from bot.slash_commands import RECORDING


def register(app: App, parts: Parts) -> None:
    """`/recording QUESTION`."""
    app.command(RECORDING)(ask_privately(parts.answering))
