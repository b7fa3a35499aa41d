"""Which answers given a published change has made wrong, and telling their askers, each once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from slack_sdk import WebClient

from bot.once import Once
from bot.records import Given
from bot.rendering.recall_message import recall_message
from bot.slack_calls import Calls, Refused, Unavailable
from knowledge.model import Status
from knowledge.recall import RuleChange, cited_of, recall

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ToPutRight:
    """An answer given, and the changes that made it wrong, in the order it cited them."""

    given: Given
    changes: tuple[RuleChange, ...]


def to_put_right(changes: Sequence[RuleChange], given: Sequence[Given]) -> list[ToPutRight]:
    """Of the answers given, those that answered from a passage which now reads otherwise or is gone."""
    answered = {one.question: one for one in given if one.answer.status is Status.ANSWERED}
    found = recall(changes, [cited_of(question, one.answer) for question, one in answered.items()])
    return [ToPutRight(answered[one.question], one.changes) for one in found]


@dataclass(frozen=True, slots=True)
class Recalling:
    """Tells askers by direct message. `build` is the one that changed the rules."""

    client: WebClient
    calls: Calls
    once: Once
    build: str

    def tell(self, one: ToPutRight) -> bool:
        """Tell the asker; False when they were told before, or Slack does not take it (then it may be tried again)."""
        key = f"recall:{self.build}:{one.given.question}"[:128]
        if not self.once.first(key):
            return False
        payload = recall_message(one.given, one.changes, self.build).payload()
        try:
            self.calls.once(
                lambda: self.client.chat_postMessage(
                    channel=one.given.asker, unfurl_links=False, unfurl_media=False, **payload
                ),
                uncertain=True,
            )
        except (Refused, Unavailable) as fault:
            log.warning("not_told", question=one.given.question, fault=type(fault).__name__)
            if isinstance(fault, Refused):
                self.once.undo(key)
            return False
        return True
