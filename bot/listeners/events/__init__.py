"""Events that people's messages cause."""

from __future__ import annotations

import re

from slack_bolt import App

from bot.listeners.events.home_opened import home_opened
from bot.listeners.events.ignore import ignore
from bot.listeners.events.question import take_question
from bot.parts import Parts


def register(app: App, parts: Parts) -> None:
    """Messages and mentions are questions by the time they come here: the middleware recorded them."""
    app.event("app_mention")(take_question(parts.answering))
    app.event("message")(take_question(parts.answering))
    app.event("app_home_opened")(home_opened(parts))
    app.event(re.compile(".*"))(ignore)
