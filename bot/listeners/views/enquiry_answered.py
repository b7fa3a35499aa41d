"""An answer of the registrar's office: kept before it is acknowledged; the asker is told by the chores."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from slack_bolt import Ack

from bot.parts import Parts
from bot.rendering.answer_enquiry_modal import ANSWER, REVIEW
from bot.rendering.passage_modal import notice_modal


def enquiry_answered(parts: Parts) -> Callable[[Ack, dict[str, Any]], None]:
    """The listener. A form whose answer was not kept stays open, so that nothing typed is lost."""

    def listen(ack: Ack, body: dict[str, Any]) -> None:
        values, enquiry = body["view"]["state"]["values"], str(body["view"]["private_metadata"])
        picked = ((values.get(REVIEW) or {}).get(REVIEW) or {}).get("selected_date")
        review = date.fromisoformat(picked) if picked else None
        sent = parts.registrar_desk.answer(
            enquiry, str(body["user"]["id"]), str(values[ANSWER][ANSWER].get("value") or ""), review
        )
        if sent.done:
            ack(response_action="update", view=notice_modal(sent.words))
        else:
            ack(response_action="errors", errors={sent.at: sent.words})
        parts.errands.submit(parts.registrar_desk.show, enquiry)

    return listen
