"""What the owner of a suspended ruling is told, and the line under its card in the registrar's channel. Pure."""

from __future__ import annotations

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    PlainTextObject,
    RichTextElementParts,
)

from bot.kept_rulings import Cause, KeptRuling
from bot.rendering import limits
from bot.rendering.escape import inert
from bot.rendering.message import Message, quotation, rich, section, shortened, small, text
from knowledge.notices import spoken_date
from knowledge.ruling import Ruling, RulingState
from knowledge.ruling_holds import Why

STILL_RIGHT, RETIRE = "ruling_still_right", "ruling_retire"
_AT_MOST = 3
_LONG = 1_200
"""Characters of a passage that are shown, whole or not at all: of three, the old and the new words fit a message."""
_SUSPENDED = "A ruling of yours is suspended. Nobody is answered from it until somebody has looked at it again."
_SAID = {
    Why.ALTERED: "A rule that it rests on has changed.",
    Why.GONE: "A rule that it rests on is no longer held.",
    Why.WITHDRAWN: "The edition that it rests on has been withdrawn.",
    Why.ENDED: "The edition that it rests on is no longer in force.",
    Why.REVIEW_PASSED: "The day has passed on which it was to be looked at again.",
    Why.BY_HAND: "It was suspended by hand.",
}
_STATE = {
    RulingState.IN_FORCE: "in force",
    RulingState.SUSPENDED: "suspended",
    RulingState.RETIRED: "retired",
}


def suspended_message(kept: KeptRuling) -> Message:
    """The direct message to its owner: the question and the answer, what changed, and what may be done."""
    ruling = kept.ruling
    asked = shortened(inert(ruling.question), 500)
    blocks: list[Block] = [
        rich(section(text(_SUSPENDED, bold=True))),
        rich(section(text("The question:", bold=True)), quotation(text(asked))),
        rich(section(text("Your answer:", bold=True)), quotation(text(shortened(inert(ruling.answer), _LONG)))),
    ]
    for cause in kept.causes[:_AT_MOST]:
        blocks += _cause(cause)
    if len(kept.causes) > _AT_MOST:
        blocks.append(
            small(f"And {len(kept.causes) - _AT_MOST} more; `desk rulings show {ruling.reference}` lists all.")
        )
    blocks += [_buttons(kept), small(_line(ruling))]
    said = " ".join(why_suspended(kept))
    return Message(f"{_SUSPENDED} {said} The question: {asked}", tuple(blocks))


def suspended_line(kept: KeptRuling) -> Message:
    """What is said under its card, with the same buttons for the rest of the office."""
    said = f"Ruling {kept.ruling.reference} is suspended. {' '.join(why_suspended(kept))}"
    told = section(text(f"{said} Given by "), RichTextElementParts.User(user_id=kept.ruling.owner), text("."))
    return Message(said, (rich(told), _buttons(kept)))


def ruling_line(kept: KeptRuling) -> str:
    """How it stands, for the card: `Ruling 1A2B3C4D · in force · to be looked at again on 1 April 2035`."""
    state = " ".join([_STATE[kept.state], *why_suspended(kept)]).rstrip(".")
    return f"Ruling {kept.ruling.reference} \u00b7 {state} \u00b7 {_again(kept.ruling)}"


def why_suspended(kept: KeptRuling) -> list[str]:
    """A sentence for each kind of cause, each once, as they come."""
    reasons = [inert(cause.reason) for cause in kept.causes if cause.reason]
    return [*dict.fromkeys(_SAID[cause.why] for cause in kept.causes), *reasons]


def _cause(cause: Cause) -> list[Block]:
    blocks = [rich(section(text(_SAID[cause.why], bold=True)))]
    if cause.reason:
        blocks.append(rich(quotation(text(inert(cause.reason)))))
    if cause.place:
        blocks.append(small(cause.place))
    if cause.was and cause.was == cause.now:
        blocks.append(
            rich(section(text("It reads the same in the edition in force:")), quotation(text(_shown(cause.was))))
        )
    elif cause.was:
        blocks.append(rich(section(text("It read:")), quotation(text(_shown(cause.was)))))
        now = (
            [section(text("It now reads:")), quotation(text(_shown(cause.now)))]
            if cause.now
            else [section(text("Nothing that is held has come in its place."))]
        )
        blocks.append(rich(*now))
    return blocks


def _shown(words: str) -> str:
    said = inert(words)
    return said if len(said) <= min(_LONG, limits.QUOTE) else "(a long passage: desk rulings show prints it whole)"


def _buttons(kept: KeptRuling) -> Block:
    value = f"{kept.id}:{kept.turn}"
    sure = ConfirmObject(
        title="Retire the ruling",
        text=PlainTextObject(text="Nobody will be answered from it again.", emoji=False),
        confirm="Retire",
        deny="Keep",
    )
    return ActionsBlock(
        elements=[
            ButtonElement(text=PlainTextObject(text="Still right", emoji=False), action_id=STILL_RIGHT, value=value),
            ButtonElement(
                text=PlainTextObject(text="Retire", emoji=False), action_id=RETIRE, value=value, confirm=sure
            ),
        ]
    )


def _line(ruling: Ruling) -> str:
    return f"Ruling {ruling.reference} \u00b7 given on {spoken_date(ruling.answered_on)} \u00b7 {_again(ruling)}"


def _again(ruling: Ruling) -> str:
    return f"to be looked at again on {spoken_date(ruling.review_on)}"
