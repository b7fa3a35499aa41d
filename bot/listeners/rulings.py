"""The buttons on a suspended ruling, and the form that puts it in force again."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from slack_bolt import Ack, App

from bot.listeners.on_press import on_press
from bot.parts import Parts
from bot.rendering.passage_modal import notice_modal
from bot.rendering.renew_ruling_modal import CALLBACK, UNTIL
from bot.rendering.ruling_message import RETIRE, STILL_RIGHT


def register(app: App, parts: Parts) -> None:
    """Both buttons and the form."""
    for button in (STILL_RIGHT, RETIRE):
        app.action(button)(on_press(parts, parts.rulings_desk.press))
    app.view(CALLBACK)(_sent(parts))


def _sent(parts: Parts) -> Callable[[Ack, dict[str, Any]], None]:
    """Kept before it is acknowledged. A form that was not kept stays open with the reason."""

    def listen(ack: Ack, body: dict[str, Any]) -> None:
        view = body["view"]
        shown = json.loads(view["private_metadata"])
        picked = ((view["state"]["values"].get(UNTIL) or {}).get(UNTIL) or {}).get("selected_date")
        until = date.fromisoformat(picked) if picked else None
        done, words = parts.rulings_desk.renew(
            str(shown["ruling"]), int(shown["turn"]), str(shown["mark"]), str(body["user"]["id"]), until
        )
        if done:
            ack(response_action="update", view=notice_modal(words))
        else:
            ack(response_action="errors", errors={UNTIL: words})
        parts.errands.submit(parts.rulings_desk.show, str(shown["ruling"]))

    return listen
