"""Slash commands."""

from __future__ import annotations

from slack_bolt import App

from bot.answering import Answering
from bot.listeners.commands.recording import RECORDING, ask_privately


def register(app: App, answering: Answering) -> None:
    """`/recording QUESTION`."""
    app.command(RECORDING)(ask_privately(answering))
