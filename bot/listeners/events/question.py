"""A question in a direct message, a mention or a thread."""

from __future__ import annotations

from collections.abc import Callable

from slack_bolt import BoltContext

from bot.answering import Answering
from bot.middleware.record_question import OWED


def take_question(answering: Answering) -> Callable[[BoltContext], None]:
    """The listener that has a recorded question answered."""

    def take(context: BoltContext) -> None:
        answering.begin(context[OWED])

    return take
