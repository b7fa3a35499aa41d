"""What was wrong with an answer: kept before it is acknowledged, and thanked for in the form's place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack

from bot.feedback import Reason
from bot.parts import Parts
from bot.rendering import phrases
from bot.rendering.feedback_modal import COMMENT, OUT_OF_DATE, REASON, thanks_modal


def feedback_sent(parts: Parts) -> Callable[[Ack, dict[str, Any]], None]:
    """The listener."""

    def listen(ack: Ack, body: dict[str, Any]) -> None:
        view = body["view"]
        values = view["state"]["values"]
        chosen = values[REASON][REASON].get("selected_option") or {}
        flagged = ((values.get(OUT_OF_DATE) or {}).get(OUT_OF_DATE) or {}).get("selected_options") or []
        kept = parts.feedback.keep(
            str(view["private_metadata"]),
            str(body["user"]["id"]),
            helpful=False,
            reason=Reason(chosen.get("value", Reason.OTHER)),
            comment=str((values.get(COMMENT) or {}).get(COMMENT, {}).get("value") or ""),
            out_of_date=[str(option["value"]) for option in flagged],
        )
        ack(response_action="update", view=thanks_modal(phrases.HEARD if kept else phrases.UNKNOWN_PRESS))

    return listen
