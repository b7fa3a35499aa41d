"""The guided form of the cancellation check, in two steps of choices. Pure.

The first step says under which criterion and what crime; the second asks only what matters under them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from slack_sdk.models.blocks import (
    DatePickerElement,
    InputBlock,
    InputInteractiveElement,
    Option,
    PlainTextInputElement,
    StaticMultiSelectElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.rendering.message import small
from knowledge.cancellation.form import Begun, Choice, Criterion, Decider, Kind, Pressure, Told
from knowledge.cancellation.menus import Asked, asked, offered

FIRST, SECOND = "cancellation_crime", "cancellation_check"
CRITERION, KIND, OFFENCE, RELIED_ON, AS_AT = "criterion", "kind", "offence", "relied_on", "as_at"
_OFFENCE_LENGTH = 40
_TITLE = "Cancellation check"
_NOTE = (
    "Choices only, never the words of a report. The result says what the rules require and what stands in the way; "
    "it is no decision."
)
_QUESTIONS: dict[Asked, tuple[str, type[Choice]]] = {
    Asked.DECIDER: ("Who is deciding?", Decider),
    Asked.TOLD: ("Was the victim told beforehand?", Told),
    Asked.PRESSURE: ("Were fear, pressure and coercion considered?", Pressure),
    Asked.BEGUN: ("Has any substantive investigation begun?", Begun),
}
YES, NO = "yes", "no"


def first_step() -> View:
    """Which criterion, what crime, which day."""
    return _modal(
        FIRST,
        "Next",
        [
            small(_NOTE),
            _input(CRITERION, "Under which criterion?", _menu(CRITERION, Criterion)),
            _input(KIND, "What is recorded?", _menu(KIND, Kind)),
            _input(
                OFFENCE,
                "Its class or offence code",
                PlainTextInputElement(
                    action_id=OFFENCE, max_length=_OFFENCE_LENGTH, placeholder="8N s47, 105A, 008/06"
                ),
                optional=True,
                hint="Not needed for rape or homicide.",
            ),
            _input(AS_AT, "As at", DatePickerElement(action_id=AS_AT), optional=True, hint="Today when left out."),
        ],
        "",
    )


def second_step(criterion: Criterion, kind: Kind, offence: str, as_at: str) -> View:
    """What is relied on, and what else matters. `as_at` is a day as 2013-04-01, or empty."""
    relied_on = StaticMultiSelectElement(
        action_id=RELIED_ON, options=_options(offered(criterion)), placeholder="Choose all that is put forward"
    )
    blocks = [_input(RELIED_ON, "What is relied on?", relied_on)]
    for question in asked(criterion, kind):
        if question is Asked.INDEPENDENT:
            yes_no = [Option(value=YES, text="Yes"), Option(value=NO, text="No")]
            element = StaticSelectElement(action_id=question, options=yes_no, placeholder="Choose")
            blocks.append(_input(question, "Is that person independent of the investigation?", element))
        else:
            words, choices = _QUESTIONS[question]
            blocks.append(_input(question, words, _menu(question, choices)))
    kept = {CRITERION: criterion, KIND: kind, OFFENCE: offence, AS_AT: as_at}
    return _modal(SECOND, "Check", blocks, json.dumps(kept))


def _modal(callback: str, submit: str, blocks: list[object], kept: str) -> View:
    return View(
        type="modal",
        callback_id=callback,
        title=_TITLE,
        submit=submit,
        close="Cancel",
        blocks=blocks,  # type: ignore[arg-type]
        private_metadata=kept,
    )


def _input(
    name: str, words: str, element: InputInteractiveElement, *, optional: bool = False, hint: str = ""
) -> object:
    return InputBlock(block_id=name, label=words, element=element, optional=optional, hint=hint or None)


def _menu(name: str, choices: type[Choice]) -> StaticSelectElement:
    return StaticSelectElement(action_id=name, options=_options(choices), placeholder="Choose")


def _options(choices: Iterable[Choice]) -> list[Option]:
    return [Option(value=str(choice.value), text=choice.label) for choice in choices]
