"""The form in which a member of the registrar's office answers an enquiry. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import (
    CheckboxesElement,
    DatePickerElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    PlainTextObject,
)
from slack_sdk.models.views import View

from bot.enquiries import Enquiry
from bot.rendering.escape import inert
from bot.rendering.message import quotation, rich, section, shortened, small, text
from bot.rendering.sources import pages
from knowledge.model import Answer, Citation, Status
from knowledge.notices import spoken_date

CALLBACK = "answer_enquiry"
QUESTION, ANSWER, RESTS_ON, REVIEW = "enquiry_question", "enquiry_words", "enquiry_rests_on", "enquiry_review"
LONGEST = 2_000
"""Characters of a typed answer: what one screen of a phone can be scrolled through."""
LONGEST_QUESTION = 1_000
_OPTION = 75
"""Characters Slack takes of an option's text, and of what stands under it."""


def answer_enquiry_modal(enquiry: Enquiry, answer: Answer | None, rests_on: Sequence[Citation], review: date) -> View:
    """The question, room for the answer, begun with what the desk said where it had one, and what a ruling needs.

    `rests_on` are the passages to choose from, `review` the day it is looked at again unless another is chosen.
    """
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
                block_id=QUESTION,
                label="The question, as others would ask it",
                hint="From now on this question is answered with your answer, in these or other words.",
                element=PlainTextInputElement(
                    action_id=QUESTION,
                    multiline=True,
                    max_length=LONGEST_QUESTION,
                    initial_value=shortened(inert(enquiry.text), LONGEST_QUESTION) or None,
                ),
            ),
            *([_resting(rests_on, answer)] if rests_on else []),
            InputBlock(
                block_id=REVIEW,
                label="To be looked at again on",
                element=DatePickerElement(action_id=REVIEW, initial_date=review.isoformat()),
            ),
        ],
        private_metadata=enquiry.id,
    )


def chosen(rests_on: Sequence[Citation], values: Sequence[str]) -> list[Citation] | None:
    """The passages that were ticked; None when one of them is not among those the form showed."""
    by_value = {_value(citation): citation for citation in rests_on}
    return [by_value[value] for value in values] if set(values) <= by_value.keys() else None


def _resting(rests_on: Sequence[Citation], answer: Answer | None) -> InputBlock:
    """What the desk answered from is ticked; of passages that are only the nearest, the first."""
    options = [
        Option(
            value=_value(citation),
            text=PlainTextObject(text=shortened(_where(citation), _OPTION), emoji=False),
            description=PlainTextObject(
                text=shortened(inert(citation.passage.section), _OPTION) or "\u2026", emoji=False
            ),
        )
        for citation in rests_on
    ]
    return InputBlock(
        block_id=RESTS_ON,
        label="It rests on",
        hint="Leave ticked what your answer rests on: it is shown under the answer, and when it changes the ruling is "
        "suspended and you are told. With none ticked, the asker is told and no ruling is made.",
        optional=True,
        element=CheckboxesElement(
            action_id=RESTS_ON,
            options=options,
            initial_options=options if answer is not None and answer.status is Status.ANSWERED else options[:1],
        ),
    )


def _where(citation: Citation) -> str:
    """The page first: what stands behind it may be cut."""
    edition, path = citation.passage.edition, citation.passage.path
    parts = [pages(citation.passage.pages), inert(path[-1]) if path else "", inert(edition.title), inert(edition.label)]
    return f"[{citation.number}] " + ", ".join(filter(None, parts))


def _value(citation: Citation) -> str:
    """Ties a tick to the words that were shown."""
    return f"{citation.number}:{citation.passage.digest[:16]}"


def _begun(answer: Answer | None) -> str | None:
    """The desk's first statement, whole or not at all."""
    if answer is None or answer.status is not Status.ANSWERED:
        return None
    words = inert(answer.statements[0].text)
    return words if 0 < len(words) <= LONGEST else None
