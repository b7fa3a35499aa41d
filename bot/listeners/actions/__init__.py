"""Buttons and choices."""

from __future__ import annotations

import re

from slack_bolt import App

from bot.listeners.actions import on_answer, on_home, on_passage
from bot.listeners.on_press import on_press
from bot.parts import Parts
from bot.rendering import answer_buttons as under
from bot.rendering import enquiry_card as card
from bot.rendering.home_view import ERASE
from bot.rendering.passage_modal import TURN


def register(app: App, parts: Parts) -> None:
    """Under an answer, in its passages, on the Home tab, on the registrar's card."""
    app.action(re.compile(rf"^{under.SHOW_PASSAGE}:\d+$"))(on_passage.show(parts))
    app.action(re.compile(rf"^{TURN}:\d+$"))(on_passage.turn(parts))
    app.action(under.SHOW_PAGE)(on_press(parts, parts.pages.show))
    app.action(re.compile(rf"^(?:{under.AS_AT}|{under.CHOOSE}):"))(on_answer.ask_again(parts))
    app.action(under.HELPFUL)(on_answer.helpful(parts))
    app.action(under.NOT_HELPFUL)(on_answer.not_helpful(parts))
    app.action(under.ASK_REGISTRAR)(on_answer.ask_registrar(parts))
    app.action(under.FOR_THE_RECORD)(on_answer.for_the_record(parts))
    app.action(under.SHARE)(on_answer.share(parts))
    app.action(ERASE)(on_home.erase(parts))
    for button in (card.ANSWER, card.APPROVE, card.NOT_FOR_US, card.ASSIGN):
        app.action(button)(on_press(parts, parts.registrar_desk.press))
