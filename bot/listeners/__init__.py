"""What the desk listens to in Slack. Each package maps Slack's names to functions; nothing is decided here."""

from __future__ import annotations

from slack_bolt import App

from bot.listeners import actions, cancellation, commands, editions, events, rulings, shortcuts, views
from bot.listeners.fault import answer_fault
from bot.parts import Parts


def register(app: App, parts: Parts) -> None:
    """Every listener of every package, and the one place where their faults end."""
    events.register(app, parts)
    commands.register(app, parts)
    shortcuts.register(app, parts)
    actions.register(app, parts)
    views.register(app, parts)
    cancellation.register(app, parts)
    editions.register(app, parts)
    rulings.register(app, parts)
    app.error(answer_fault)
