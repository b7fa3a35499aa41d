"""The form in which a member of the registrar's office answers an enquiry. Pure."""

from __future__ import annotations

from slack_sdk.models.blocks import DatePickerElement, InputBlock, PlainTextInputElement
from slack_sdk.models.views import View

from bot.enquiries import Enquiry
from bot.rendering.escape import inert
from bot.rendering.message import quotation, rich, section, shortened, small, text
from knowledge.model import Answer, Status
from knowledge.notices import spoken_date

CALLBACK = "answer_enquiry"
ANSWER, REVIEW = "enquiry_words", "enquiry_review"
LONGEST = 2_000
"""Characters of a typed answer: what one screen of a phone can be scrolled through."""


def answer_enquiry_modal(enquiry: Enquiry, answer: Answer | None) -> View:
    """The question, and room for the answer, begun with what the desk said where it had an answer."""
    return View(
        type="modal",
        callback_id=CALLBACK,
        title="Answer",
        submit="Send",
        close="Cancel",
        blocks=[
            rich(section(text("The question:", bold=True)), quotation(text(shortened(inert(enquiry.text), 1_000)))),
            small(f"As at {spoken_date(enquiry.as_at)} \u00b7 build {enquiry.build}"),
            InputBlock(
                block_id=ANSWER,
                label="Your answer",
                hint="Without names or other personal details: they are taken out before it is kept. The asker is told "
                "that the registrar\u2019s office answered, not who.",
                element=PlainTextInputElement(
                    action_id=ANSWER, multiline=True, max_length=LONGEST, initial_value=_begun(answer)
                ),
            ),
            InputBlock(
                block_id=REVIEW,
                label="To be looked at again on",
                optional=True,
                element=DatePickerElement(action_id=REVIEW),
            ),
        ],
        private_metadata=enquiry.id,
    )


def _begun(answer: Answer | None) -> str | None:
    """The desk's first statement, whole or not at all."""
    if answer is None or answer.status is not Status.ANSWERED:
        return None
    words = inert(answer.statements[0].text)
    return words if 0 < len(words) <= LONGEST else None
