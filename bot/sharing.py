"""*Share in channel*: a private answer shown to the channel it was asked in, once."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from slack_sdk import WebClient

from bot.once import Once
from bot.presses import Press
from bot.questions import Questions
from bot.records import Records
from bot.rendering import phrases
from bot.rendering.answer_blocks import answer_message
from bot.rendering.answer_buttons import Offers
from bot.rendering.message import Message, small
from bot.slack_calls import Calls, Refused, Unavailable

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Sharing:
    """Posts an answer as it was given. It is the asker's to share, and nobody else's."""

    client: WebClient
    calls: Calls
    questions: Questions
    records: Records
    once: Once

    def share(self, press: Press) -> str:
        """Post it; the sentence to tell whoever pressed."""
        held, answer = self.questions.find(press.question), self.records.answer(press.question)
        if held is None or answer is None:
            return phrases.UNKNOWN_PRESS
        if held.asked.asker != press.user:
            return phrases.NOT_YOURS
        key = f"share:{held.id}"
        if not self.once.first(key):
            return phrases.SHARED_BEFORE
        message = answer_message(answer, held.id, Offers())
        shown = Message(message.words, (small(f"Asked privately and shared: {answer.question}"), *message.blocks))
        try:
            self.calls.once(
                lambda: self.client.chat_postMessage(
                    channel=held.asked.channel, unfurl_links=False, unfurl_media=False, **shown.payload()
                ),
                uncertain=True,
            )
        except (Refused, Unavailable) as fault:
            code = getattr(fault, "code", "")
            log.warning("not_shared", question=held.id, fault=type(fault).__name__, code=code)
            if isinstance(fault, Refused):
                self.once.undo(key)
            return phrases.NOT_SHARED_HERE if code in ("not_in_channel", "channel_not_found") else phrases.NOT_SHARED
        return phrases.SHARED
