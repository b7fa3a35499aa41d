"""Buttons."""

from __future__ import annotations

import re

from slack_bolt import App

from bot.listeners.actions.show_passage import show_passage
from bot.passages import Passages
from bot.rendering.answer_blocks import SHOW_PASSAGE


def register(app: App, passages: Passages) -> None:
    """*Show passage* under an answer."""
    app.action(re.compile(rf"^{SHOW_PASSAGE}:\d+$"))(show_passage(passages))
