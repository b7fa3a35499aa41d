"""Events that people's messages cause."""

from __future__ import annotations

import re

from slack_bolt import App

from bot.answering import Answering
from bot.listeners.events.ignore import ignore
from bot.listeners.events.question import take_question


def register(app: App, answering: Answering) -> None:
    """Messages and mentions are questions by the time they come here: the middleware recorded them."""
    app.event("app_mention")(take_question(answering))
    app.event("message")(take_question(answering))
    app.event(re.compile(".*"))(ignore)
