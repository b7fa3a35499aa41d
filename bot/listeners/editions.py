"""Editions and builds: the buttons of the Home tab, of a load's card and of the comparison, and their forms."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App

from bot.listeners.on_press import on_press
from bot.parts import Parts
from bot.rendering import phrases
from bot.rendering.comparison_blocks import TURN
from bot.rendering.edition_modal import FORM, LABEL, REASON_FORM, SURE
from bot.rendering.load_card import ADD, AGAIN, COMPARE, KEEP, PUBLISH, ROLL_BACK, TELL
from bot.rendering.passage_modal import notice_modal

Listener = Callable[[Ack, dict[str, Any]], None]


def register(app: App, parts: Parts) -> None:
    """Every button goes the same way; the forms are kept before they are acknowledged."""
    pressed = on_press(parts, parts.editions_desk.press)
    for button in (ADD, PUBLISH, KEEP, COMPARE, ROLL_BACK, TELL, AGAIN):
        app.action(button)(pressed)
    app.action(re.compile(rf"^{TURN}:"))(pressed)
    app.view(FORM)(_described(parts))
    app.view(SURE)(_sure(parts))
    app.view(REASON_FORM)(_reasoned(parts))


def _described(parts: Parts) -> Listener:
    """What is wrong stands by its input; otherwise what will be done is shown first."""

    def listen(ack: Ack, body: dict[str, Any]) -> None:
        checked, view = parts.edition_forms.check(str(body["user"]["id"]), body["view"]["state"]["values"])
        if view is not None:
            ack(response_action="update", view=view)
        else:
            ack(response_action="errors", errors=dict(checked.errors or {LABEL: phrases.REGISTRARS_ONLY}))

    return listen


def _sure(parts: Parts) -> Listener:
    def listen(ack: Ack, body: dict[str, Any]) -> None:
        view = body["view"]
        words = parts.edition_forms.begin(str(body["user"]["id"]), str(view["id"]), str(view["private_metadata"]))
        ack(response_action="update", view=notice_modal(words))

    return listen


def _reasoned(parts: Parts) -> Listener:
    """Publishing checks the build whole, which takes longer than the acknowledgement may."""

    def listen(ack: Ack, body: dict[str, Any]) -> None:
        view, user = body["view"], str(body["user"]["id"])
        ack(response_action="update", view=notice_modal(phrases.PUBLISHING))
        parts.errands.submit(
            parts.editions_desk.reasoned, user, str(view["id"]), str(view["private_metadata"]), view["state"]["values"]
        )

    return listen
