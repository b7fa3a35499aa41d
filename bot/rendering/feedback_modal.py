"""The form that asks what was wrong with an answer, and the word of thanks. Pure."""

from __future__ import annotations

from slack_sdk.models.blocks import CheckboxesElement, InputBlock, Option, PlainTextInputElement, RadioButtonsElement
from slack_sdk.models.views import View

from bot.feedback import LONGEST, Reason
from bot.rendering import phrases
from bot.rendering.escape import inert
from bot.rendering.message import rich, section, shortened, small, text
from bot.rendering.sources import pages
from knowledge.model import Answer, Citation

CALLBACK = "not_helpful"
REASON, COMMENT, OUT_OF_DATE = "reason", "comment", "out_of_date"

_SHOWN = {
    Reason.WRONG_RULE: "It is the wrong rule",
    Reason.OUT_OF_DATE: "It is out of date",
    Reason.DID_NOT_ANSWER: "It did not answer my question",
    Reason.HARD_TO_FOLLOW: "It is hard to follow",
    Reason.OTHER: "Something else",
}


def feedback_modal(question: str, answer: Answer) -> View:
    """The form for an answer."""
    blocks = [
        InputBlock(
            block_id=REASON,
            label="What was wrong?",
            element=RadioButtonsElement(
                action_id=REASON, options=[Option(value=str(r), text=words) for r, words in _SHOWN.items()]
            ),
        ),
        InputBlock(
            block_id=COMMENT,
            label="Anything to add?",
            hint="One sentence, without names or other personal details: they are taken out before it is kept.",
            optional=True,
            element=PlainTextInputElement(action_id=COMMENT, multiline=True, max_length=LONGEST),
        ),
    ]
    if options := [_option(citation) for citation in answer.citations[:10]]:
        blocks.append(
            InputBlock(
                block_id=OUT_OF_DATE,
                label="Is one of the passages out of date?",
                optional=True,
                element=CheckboxesElement(action_id=OUT_OF_DATE, options=options),
            )
        )
    return View(
        type="modal",
        callback_id=CALLBACK,
        title="Not helpful",
        submit="Send",
        close="Cancel",
        blocks=blocks,
        private_metadata=question,
    )


def thanks_modal(words: str = phrases.HEARD) -> View:
    """What stands in the form's place when it was sent."""
    return View(
        type="modal",
        callback_id="heard",
        title="Recording Desk",
        close="Close",
        blocks=[
            rich(section(text(words, bold=True))),
            small("The registrar\u2019s office reads what was not helpful, without your name."),
        ],
    )


def _option(citation: Citation) -> Option:
    passage = citation.passage
    where = ", ".join(filter(None, [passage.path[-1] if passage.path else "", pages(passage.pages)]))
    words = shortened(inert(f"[{citation.number}] {where or passage.edition.title}"), 75)
    return Option(value=passage.id[:150], text=words)
