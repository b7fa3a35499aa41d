"""What the desk listens to in Slack. Each package maps Slack's names to functions; nothing is decided here."""

from __future__ import annotations

from slack_bolt import App

from bot.answering import Answering
from bot.listeners import actions, commands, events
from bot.listeners.fault import answer_fault
from bot.passages import Passages


def register(app: App, answering: Answering, passages: Passages) -> None:
    """Every listener of every package, and the one place where their faults end."""
    events.register(app, answering)
    commands.register(app, answering)
    actions.register(app, passages)
    app.error(answer_fault)
