"""The cancellation check: the command, the button under an answer, the two steps of its form, and its record."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.parts import Parts
from bot.presses import read_press
from bot.rendering import phrases
from bot.rendering.answer_buttons import CHECK_CANCELLATION
from bot.rendering.cancellation_modal import (
    AS_AT,
    CRITERION,
    FIRST,
    KIND,
    OFFENCE,
    RELIED_ON,
    SECOND,
    YES,
    first_step,
    second_step,
)
from bot.rendering.cancellation_result import RECORD, result_modal
from bot.rendering.check_record import check_record_text
from bot.rendering.passage_modal import notice_modal
from bot.rendering.record_modal import record_modal
from bot.slash_commands import CANCELLATION
from knowledge.cancellation.crime import offence_given
from knowledge.cancellation.form import Begun, Choice, Criterion, Decider, Form, Kind, Pressure, ReliedOn, Told
from knowledge.cancellation.menus import Asked
from knowledge.errors import DeskError, WrongUse

Chosen = TypeVar("Chosen", bound=Choice)


def register(app: App, parts: Parts) -> None:
    """The command, the button and the form."""
    app.command(CANCELLATION)(_open)
    app.action(CHECK_CANCELLATION)(_open)
    app.view(FIRST)(_go_on)
    app.view(SECOND)(_check(parts))
    app.action(RECORD)(_record(parts))


def _open(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=first_step())


def _go_on(ack: Ack, body: dict[str, Any]) -> None:
    values = body["view"]["state"]["values"]
    criterion, kind = _of(Criterion, _chosen(values, CRITERION)), _of(Kind, _chosen(values, KIND))
    offence = str(values[OFFENCE][OFFENCE].get("value") or "").strip()
    if kind is Kind.OTHER:
        try:
            offence_given(offence)
        except WrongUse as wrong:
            ack(response_action="errors", errors={OFFENCE: str(wrong)})
            return
    as_at = str(values[AS_AT][AS_AT].get("selected_date") or "")
    ack(response_action="update", view=second_step(criterion, kind, offence, as_at))


def _check(parts: Parts) -> Callable[[Ack, dict[str, Any]], None]:
    """Checks, and shows the result in the form's place. Whose it is is kept only once it is taken for the record."""

    def listen(ack: Ack, body: dict[str, Any]) -> None:
        view = body["view"]
        try:
            form = _form(json.loads(view["private_metadata"]), view["state"]["values"], parts.home.today())
            shown = result_modal(*parts.cancelling.check(form))
        except DeskError as fault:
            shown = notice_modal(str(fault))
        ack(response_action="update", view=shown)

    return listen


def _record(parts: Parts) -> Callable[[Ack, dict[str, Any], WebClient], None]:
    """Lays the check out for the crime record, over the result."""

    def listen(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        if press := read_press(body):
            taken = parts.cancelling.checks.take(press.value, press.team, press.user)
            view = notice_modal(phrases.UNKNOWN_PRESS)
            if taken is not None:
                view = record_modal(check_record_text(taken), taken.reference)
            client.views_push(trigger_id=press.trigger, view=view)

    return listen


def _form(kept: Mapping[str, str], values: Mapping[str, Any], today: date) -> Form:
    """What was not asked, because nothing turns on it, is left at what says least."""
    relied_on = values[RELIED_ON][RELIED_ON]["selected_options"]
    return Form(
        criterion=_of(Criterion, kept[CRITERION]),
        kind=_of(Kind, kept[KIND]),
        relied_on=tuple(_of(ReliedOn, option["value"]) for option in relied_on),
        decider=_of(Decider, _chosen(values, Asked.DECIDER), Decider.INVESTIGATING_OFFICER),
        independent=_chosen(values, Asked.INDEPENDENT) == YES,
        told=_of(Told, _chosen(values, Asked.TOLD), Told.NOT_YET),
        pressure=_of(Pressure, _chosen(values, Asked.PRESSURE), Pressure.NOT_CONSIDERED),
        as_at=date.fromisoformat(kept[AS_AT]) if kept[AS_AT] else today,
        offence=kept[OFFENCE],
        begun=_of(Begun, _chosen(values, Asked.BEGUN), Begun.NOT_SAID),
    )


def _of(choices: type[Chosen], value: str, otherwise: Chosen | None = None) -> Chosen:
    """The choice of that value. Raises WrongUse for a value that was never offered."""
    found = next((choice for choice in choices if choice.value == value), otherwise if not value else None)
    if found is None:
        raise WrongUse("The form did not arrive as it was sent; please open it again.")
    return found


def _chosen(values: Mapping[str, Any], name: str) -> str:
    option = ((values.get(name) or {}).get(name) or {}).get("selected_option") or {}
    return str(option.get("value") or "")
