"""The buttons under an answer: look closer, ask for another day, say what was wrong, pass it on. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    DatePickerElement,
    InteractiveElement,
    PlainTextObject,
)

from bot.rendering import limits
from bot.rendering.escape import inert
from bot.rendering.message import button, rich, section, shortened, text
from knowledge.model import Answer, Status

SHOW_PASSAGE = "show_passage"
SHOW_PAGE = "show_page"
AS_AT = "as_at"
CHOOSE = "choose"
HELPFUL = "helpful"
NOT_HELPFUL = "not_helpful"
ASK_REGISTRAR = "ask_registrar"
SHARE = "share"
FOR_THE_RECORD = "for_the_record"
CHECK_CANCELLATION = "check_cancellation"

_ON_A_PHONE = 30
"""Characters of a button that a phone shows whole. Slack takes 75."""


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be done from an answer beyond reading it.

    `page` is the number of the citation whose page can be drawn, 0 when none can; `registrar` whether there is a
    channel to ask in; `share` whether the answer is its asker's alone and could be shown to the channel;
    `cancelling` whether it is about cancelling a crime, so that the check is at hand.
    """

    page: int = 0
    registrar: bool = False
    share: bool = False
    cancelling: bool = False
    feedback: bool = False


def answer_buttons(answer: Answer, question: str, offers: Offers) -> list[Block]:
    """Rows of buttons, none where there is nothing to do."""
    if answer.status is Status.DECLINED:
        return []
    looking, acting = _looking(answer, question, offers), _acting(answer, question, offers)
    return [_row(buttons) for buttons in (looking, acting) if buttons]


def option_blocks(answer: Answer, question: str) -> list[Block]:
    """The facts to choose from when the desk asks back: on the buttons where they fit, else lettered above them."""
    options = [(place, inert(option)) for place, option in enumerate(answer.options[:10]) if inert(option)]
    if not options:
        return []
    if all(len(words) <= _ON_A_PHONE for _, words in options):
        return [_row([button(words, f"{CHOOSE}:{place}", f"{question}:{place}") for place, words in options])]
    lettered = [(place, ascii_uppercase[number], words) for number, (place, words) in enumerate(options)]
    lines = [section(text(f"{letter}  ", bold=True), text(shortened(words, 300))) for _, letter, words in lettered]
    buttons = [button(letter, f"{CHOOSE}:{place}", f"{question}:{place}") for place, letter, _ in lettered]
    return [rich(*lines), _row(buttons)]


def _row(buttons: Sequence[InteractiveElement]) -> Block:
    return ActionsBlock(elements=list(buttons))


def _looking(answer: Answer, question: str, offers: Offers) -> list[InteractiveElement]:
    row: list[InteractiveElement] = [
        button(f"Show passage {citation.number}", f"{SHOW_PASSAGE}:{citation.number}", f"{question}:{citation.number}")
        for citation in answer.citations[: limits.BUTTONS]
    ]
    if offers.page:
        row.append(button("Show the page", SHOW_PAGE, f"{question}:{offers.page}"))
    return row


def _acting(answer: Answer, question: str, offers: Offers) -> list[InteractiveElement]:
    row: list[InteractiveElement] = []
    if offers.feedback:
        row += [button("Helpful", HELPFUL, question), button("Not helpful", NOT_HELPFUL, question)]
    if offers.feedback and answer.status is not Status.FAILED:
        row.append(
            DatePickerElement(
                action_id=f"{AS_AT}:{question}", placeholder=PlainTextObject(text="As at another date", emoji=False)
            )
        )
    if offers.feedback and answer.citations:
        row.append(button("For the record", FOR_THE_RECORD, question))
    if offers.cancelling:
        row.append(button("Check a cancellation", CHECK_CANCELLATION, question))
    if offers.registrar:
        row.append(button("Ask the registrar", ASK_REGISTRAR, question))
    if offers.share:
        row.append(button("Share in channel", SHARE, question))
    return row
