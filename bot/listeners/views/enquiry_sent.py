"""A question to the registrar's office: kept before it is acknowledged, posted by the chores."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack

from bot.parts import Parts
from bot.rendering import phrases
from bot.rendering.passage_modal import notice_modal


def enquiry_sent(parts: Parts) -> Callable[[Ack, dict[str, Any]], None]:
    """The listener."""

    def listen(ack: Ack, body: dict[str, Any]) -> None:
        question = str(body["view"]["private_metadata"])
        held, answer = parts.questions.find(question), parts.records.answer(question)
        if held is None or answer is None or not parts.registrar_channel:
            words = phrases.UNKNOWN_PRESS
        else:
            first = parts.enquiries.ask(
                held,
                as_at=answer.as_at,
                build=answer.build,
                channel=parts.registrar_channel,
                by=str(body["user"]["id"]),
            )
            words = phrases.ASKED_REGISTRAR if first else phrases.ASKED_REGISTRAR_BEFORE
        ack(response_action="update", view=notice_modal(words))

    return listen
