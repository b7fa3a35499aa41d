"""What the owner of a suspended ruling is told, and the line under its card in the registrar's channel. Pure."""

from __future__ import annotations

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ConfirmObject,
    PlainTextObject,
    RichTextElementParts,
)

from bot.kept_rulings import Cause, KeptRuling
from bot.rendering import limits
from bot.rendering.escape import inert
from bot.rendering.message import Message, button, quotation, rich, section, shortened, small, text
from bot.rendering.ruling_words import cause_said, sentence, stands, why_said
from knowledge.notices import spoken_date

STILL_RIGHT, RETIRE = "ruling_still_right", "ruling_retire"
_AT_MOST = 3
_LONG = 1_200
"""Characters of a passage that are shown, whole or not at all: of three, the old and the new words fit a message."""
_SUSPENDED = "A ruling of yours is suspended. Nobody is answered from it until somebody has looked at it again."


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
            small(f"And {len(kept.causes) - _AT_MOST} more; desk rulings show {ruling.reference} prints all.")
        )
    blocks += [_buttons(kept), small(f"Ruling {ruling.reference} \u00b7 given on {spoken_date(ruling.answered_on)}")]
    return Message(f"{_SUSPENDED} {sentence(why_said(kept))} The question: {asked}", tuple(blocks))


def suspended_line(kept: KeptRuling) -> Message:
    """What is said under its card, with the same buttons for the rest of the office."""
    said = f"Ruling {kept.ruling.reference} is {stands(kept)}."
    told = section(text(f"{said} It was given by "), RichTextElementParts.User(user_id=kept.ruling.owner), text("."))
    return Message(said, (rich(told), _buttons(kept)))


def _cause(cause: Cause) -> list[Block]:
    blocks = [rich(section(text(sentence(cause_said(cause)), bold=True)))]
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
            button("Still right", STILL_RIGHT, value),
            button("Retire", RETIRE, value, confirm=sure),
        ]
    )
