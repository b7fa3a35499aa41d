"""An answer of the registrar's office: kept before it is acknowledged; the asker is told by the chores."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from slack_bolt import Ack

from bot.parts import Parts
from bot.registrar_desk import Typed
from bot.rendering.answer_enquiry_modal import ANSWER, QUESTION, RESTS_ON, REVIEW
from bot.rendering.passage_modal import notice_modal


def enquiry_answered(parts: Parts) -> Callable[[Ack, dict[str, Any]], None]:
    """The listener. A form whose answer was not kept stays open, so that nothing typed is lost."""

    def listen(ack: Ack, body: dict[str, Any]) -> None:
        values, enquiry = body["view"]["state"]["values"], str(body["view"]["private_metadata"])
        given = {name: (values.get(name) or {}).get(name) or {} for name in (QUESTION, ANSWER, RESTS_ON, REVIEW)}
        picked = given[REVIEW].get("selected_date")
        typed = Typed(
            words=str(given[ANSWER].get("value") or ""),
            question=str(given[QUESTION].get("value") or ""),
            rests_on=tuple(str(one["value"]) for one in given[RESTS_ON].get("selected_options") or ()),
            review=date.fromisoformat(picked) if picked else None,
        )
        sent = parts.registrar_desk.answer(enquiry, str(body["user"]["id"]), typed)
        if sent.done:
            ack(response_action="update", view=notice_modal(sent.words))
        else:
            ack(response_action="errors", errors={sent.at: sent.words})
        parts.errands.submit(parts.registrar_desk.show, enquiry)

    return listen
