"""The buttons under an answer that do more than show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient

from bot.listeners.on_press import on_press
from bot.middleware.record_question import OWED
from bot.parts import Parts
from bot.presses import read_press
from bot.rendering import phrases
from bot.rendering.decision_record import decision_record
from bot.rendering.feedback_modal import feedback_modal
from bot.rendering.passage_modal import notice_modal
from bot.rendering.record_modal import record_modal
from bot.rendering.registrar_modal import registrar_modal

Listener = Callable[[Ack, dict[str, Any]], None]
Opener = Callable[[Ack, dict[str, Any], WebClient], None]


def ask_again(parts: Parts) -> Callable[[Ack, BoltContext, dict[str, Any]], None]:
    """Another date, or what the desk asked back: a recorded question by now, unless its answer is gone."""

    def listen(ack: Ack, context: BoltContext, body: dict[str, Any]) -> None:
        ack()
        if (owed := context.get(OWED)) is not None:
            parts.answering.begin(owed)
        elif press := read_press(body):
            parts.errands.submit(parts.whispers.say, press, phrases.UNKNOWN_PRESS)

    return listen


def helpful(parts: Parts) -> Listener:
    """Kept before it is acknowledged."""

    def listen(ack: Ack, body: dict[str, Any]) -> None:
        if press := read_press(body):
            kept = parts.feedback.keep(press.question, press.user, helpful=True)
            parts.errands.submit(parts.whispers.say, press, phrases.HEARD if kept else phrases.UNKNOWN_PRESS)
        ack()

    return listen


def not_helpful(parts: Parts) -> Opener:
    """Opens the form that asks why."""

    def listen(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        if press := read_press(body):
            answer = parts.records.answer(press.question)
            view = feedback_modal(press.question, answer) if answer else notice_modal(phrases.UNKNOWN_PRESS)
            client.views_open(trigger_id=press.trigger, view=view)

    return listen


def ask_registrar(parts: Parts) -> Opener:
    """Shows what would be sent."""

    def listen(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        if press := read_press(body):
            answer = parts.records.answer(press.question)
            view = notice_modal(phrases.UNKNOWN_PRESS)
            if answer is not None and parts.registrar_channel:
                view = registrar_modal(press.question, answer)
            client.views_open(trigger_id=press.trigger, view=view)

    return listen


def for_the_record(parts: Parts) -> Opener:
    """The answer as text to paste into a crime record."""

    def listen(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        if press := read_press(body):
            given = parts.records.by_reference(press.question)
            view = notice_modal(phrases.UNKNOWN_PRESS)
            if given is not None:
                words = decision_record(given.answer, given.reference, given.asker, given.answered_at)
                view = record_modal(words, given.reference)
            client.views_open(trigger_id=press.trigger, view=view)

    return listen


def share(parts: Parts) -> Listener:
    """A private answer to the channel."""
    return on_press(parts, lambda press: parts.whispers.say(press, parts.sharing.share(press)))
