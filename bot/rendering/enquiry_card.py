"""An enquiry as the registrar's channel sees it: the question, what the desk found, how far it has come. Pure."""

from __future__ import annotations

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, PlainTextObject

from bot.enquiries import Enquiry, Progress
from bot.rendering import limits
from bot.rendering.escape import inert
from bot.rendering.message import Message, quotation, rich, section, shortened, small, text
from bot.rendering.sources import source_line
from knowledge.model import Answer, Status
from knowledge.notices import spoken_date

ANSWER, APPROVE, NOT_FOR_US, ASSIGN = "enquiry_answer", "enquiry_approve", "enquiry_not_for_us", "enquiry_assign"
_PASSAGES = 3

_STATE = {
    Progress.NEW: "Open",
    Progress.POSTING: "Open",
    Progress.OPEN: "Open",
    Progress.ASSIGNED: "Taken on",
    Progress.ANSWERED: "Answered",
    Progress.NOT_FOR_US: "Not for the registrar\u2019s office",
}


def enquiry_card(enquiry: Enquiry, answer: Answer | None, age_hours: float = 0.0) -> Message:
    """The message for an enquiry; `answer` is what the desk said, None when that is no longer kept."""
    asked = shortened(inert(enquiry.text), 1_000)
    blocks: list[Block] = [
        rich(section(text("A question for the registrar\u2019s office", bold=True)), quotation(text(asked))),
        small(_about(enquiry, answer, age_hours)),
    ]
    if answer is not None and answer.citations:
        said = "The desk answered from" if answer.status is Status.ANSWERED else "The nearest passages the desk found"
        blocks.append(rich(section(text(said, bold=True))))
        for citation in answer.citations[:_PASSAGES]:
            quote = inert(citation.quote)
            if len(quote) <= limits.QUOTE:
                blocks.append(rich(quotation(text(quote))))
            blocks.append(small(source_line(citation)))
    if enquiry.answer:
        blocks.append(rich(section(text("Answer: ", bold=True), text(shortened(inert(enquiry.answer), 2_000)))))
    if buttons := _buttons(enquiry, answer):
        blocks.append(ActionsBlock(elements=buttons))
    return Message(f"A question for the registrar's office: {asked}", tuple(blocks))


def _about(enquiry: Enquiry, answer: Answer | None, age_hours: float) -> str:
    parts = [_STATE[enquiry.state], f"as at {spoken_date(enquiry.as_at)}", f"build {inert(enquiry.build)}"]
    if answer is not None:
        parts.append(f"the desk: {str(answer.status).replace('_', ' ')}")
    if age_hours >= 1 and enquiry.state in (Progress.OPEN, Progress.ASSIGNED):
        parts.append(
            f"waiting for {age_hours:.0f} hours" if age_hours < 48 else f"waiting for {age_hours / 24:.0f} days"
        )
    return " \u00b7 ".join(parts)


def _buttons(enquiry: Enquiry, answer: Answer | None) -> list[ButtonElement]:
    if enquiry.state in (Progress.ANSWERED, Progress.NOT_FOR_US):
        return []
    shown = [(ANSWER, "Answer")]
    if answer is not None and answer.status is Status.ANSWERED:
        shown.append((APPROVE, "Approve the desk\u2019s answer"))
    shown.append((NOT_FOR_US, "Not for us"))
    if enquiry.state is not Progress.ASSIGNED:
        shown.append((ASSIGN, "Assign to me"))
    return [
        ButtonElement(text=PlainTextObject(text=words, emoji=False), action_id=action, value=enquiry.id)
        for action, words in shown
    ]
