"""`/recording QUESTION`: an answer only the asker sees."""

from __future__ import annotations

from collections.abc import Callable

from slack_bolt import Ack, BoltContext

from bot.answering import Answering
from bot.middleware.record_question import OWED


def ask_privately(answering: Answering) -> Callable[[Ack, BoltContext], None]:
    """The listener. It acknowledges without words, so that the reply is the one thing shown."""

    def ask(ack: Ack, context: BoltContext) -> None:
        ack()
        answering.begin(context[OWED])

    return ask
