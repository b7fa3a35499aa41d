"""An enquiry as the registrar's channel sees it: the question, what the desk found, how far it has come. Pure."""

from __future__ import annotations

import hashlib

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    RichTextElement,
    RichTextElementParts,
)

from bot.enquiries import Enquiry, Progress
from bot.kept_rulings import KeptRuling
from bot.rendering import limits
from bot.rendering.escape import inert
from bot.rendering.message import Message, button, quotation, rich, section, shortened, small, text
from bot.rendering.ruling_words import ruling_line
from bot.rendering.sources import source_line
from knowledge.model import Answer, Status
from knowledge.notices import spoken_date

ANSWER, APPROVE, NOT_FOR_US, ASSIGN = "enquiry_answer", "enquiry_approve", "enquiry_not_for_us", "enquiry_assign"
LONGEST_DRAFT = 5_000
"""Characters of a desk's answer that the card shows whole, and so that can be approved."""
PASSAGES = 3
"""How many of what the desk found the card shows."""
_ROOM = 7_000
"""Characters for what the desk said and the passages: with the question and the sources, under what Slack takes."""
_SETTLED = (Progress.ANSWERED, Progress.NOT_FOR_US)

_STATE = {
    Progress.NEW: "Open",
    Progress.POSTING: "Open",
    Progress.OPEN: "Open",
    Progress.ASSIGNED: "Taken on",
    Progress.ANSWERED: "Answered",
    Progress.NOT_FOR_US: "Not for the registrar\u2019s office",
}
_WHO = {**dict.fromkeys(Progress, "Taken on by "), Progress.ANSWERED: "Answered by ", Progress.NOT_FOR_US: "Read by "}


def enquiry_card(
    enquiry: Enquiry, answer: Answer | None, age_hours: float = 0.0, ruling: KeptRuling | None = None
) -> Message:
    """The message for an enquiry; `answer` is what the desk said, None when that is no longer kept.

    `ruling` is what the office's answer became, if it did.
    """
    asked = shortened(inert(enquiry.text), 1_000)
    blocks: list[Block] = [
        rich(section(text("A question for the registrar\u2019s office", bold=True)), quotation(text(asked))),
        small(_about(enquiry, answer, age_hours)),
    ]
    if member := enquiry.answered_by or enquiry.owner:
        blocks.append(rich(section(text(_WHO[enquiry.state]), _person(member))))
    if enquiry.answer:
        blocks.append(
            rich(section(text("Answer:", bold=True)), *(section(text(p)) for p in paragraphs(enquiry.answer)))
        )
    if ruling is not None:
        blocks.append(small(ruling_line(ruling)))
    if answer is not None and answer.citations and enquiry.state not in _SETTLED:
        blocks += _found(answer)
    if buttons := _buttons(enquiry, answer):
        blocks.append(ActionsBlock(elements=buttons))
    return Message(f"A question for the registrar's office: {asked}", tuple(blocks))


def enquiry_reminder(enquiry: Enquiry, age_hours: float) -> Message:
    """What is said under the card of a question that has waited too long; whoever took it on is called by it."""
    words = f"This question has waited for {_waited(age_hours)} without an answer."
    parts = [text(f"{words} "), text("Taken on by "), _person(enquiry.owner)] if enquiry.owner else [text(words)]
    return Message(words, (rich(section(*parts)),))


def desk_words(answer: Answer) -> str:
    """What the desk said, a statement a line: what is approved."""
    return "\n".join(words for statement in answer.statements if (words := inert(statement.text)))


def mark_of(answer: Answer) -> str:
    """Ties a press of *Approve* to the words its card showed: the question may have been edited and answered anew."""
    return hashlib.sha256(f"{answer.build}\n{answer.as_at}\n{desk_words(answer)}".encode()).hexdigest()[:16]


def paragraphs(words: str) -> tuple[str, ...]:
    """The lines of an answer, each inert."""
    return tuple(shown for line in words.split("\n") if (shown := inert(line)))


def _person(member: str) -> RichTextElement:
    return RichTextElementParts.User(user_id=member)


def _found(answer: Answer) -> list[Block]:
    """What the desk said, whole or not at all, then the nearest passages, as far as there is room."""
    blocks: list[Block] = []
    said = desk_words(answer) if _can_be_approved(answer) else ""
    if said:
        heading = section(text("The desk answered:", bold=True))
        blocks.append(rich(heading, *(quotation(text(words)) for words in said.split("\n"))))
    else:
        shown = "The desk answered from" if answer.status is Status.ANSWERED else "The nearest passages the desk found"
        blocks.append(rich(section(text(shown, bold=True))))
    room = _ROOM - len(said)
    for citation in answer.citations[:PASSAGES]:
        quote = inert(citation.quote)
        if len(quote) <= min(limits.QUOTE, room) and quote not in said.split("\n"):
            blocks.append(rich(quotation(text(quote))))
            room -= len(quote)
        blocks.append(small(source_line(citation)))
    return blocks


def _can_be_approved(answer: Answer) -> bool:
    """Only what the card shows whole can be approved."""
    return answer.status is Status.ANSWERED and 0 < len(desk_words(answer)) <= LONGEST_DRAFT


def _about(enquiry: Enquiry, answer: Answer | None, age_hours: float) -> str:
    parts = [_STATE[enquiry.state], f"as at {spoken_date(enquiry.as_at)}", f"build {inert(enquiry.build)}"]
    if answer is not None:
        parts.append(f"the desk: {str(answer.status).replace('_', ' ')}")
    if age_hours >= 1 and enquiry.state in (Progress.OPEN, Progress.ASSIGNED):
        parts.append(f"waiting for {_waited(age_hours)}")
    return " \u00b7 ".join(parts)


def _waited(hours: float) -> str:
    if hours < 1.5:
        return "an hour" if hours >= 1 else "less than an hour"
    return f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"


def _buttons(enquiry: Enquiry, answer: Answer | None) -> list[ButtonElement]:
    if enquiry.state in _SETTLED:
        return []
    shown = [button("Answer", ANSWER, enquiry.id)]
    if answer is not None and _can_be_approved(answer):
        shown.append(button("Approve the desk\u2019s answer", APPROVE, f"{enquiry.id}:{mark_of(answer)}"))
    shown.append(button("Not for us", NOT_FOR_US, enquiry.id))
    if enquiry.state is not Progress.ASSIGNED:
        shown.append(button("Assign to me", ASSIGN, enquiry.id))
    return shown
