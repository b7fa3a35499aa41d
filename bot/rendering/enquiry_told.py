"""What the asker is told when the registrar's office has settled their question. Pure."""

from __future__ import annotations

from datetime import date

from slack_sdk.models.blocks import Block

from bot.enquiries import Enquiry, Progress
from bot.rendering.enquiry_card import desk_words, paragraphs
from bot.rendering.escape import inert
from bot.rendering.message import Message, quotation, rich, section, shortened, small, text
from bot.rendering.sources import edition_of, source_line
from knowledge.model import Answer
from knowledge.notices import spoken_date
from knowledge.ruling import Ruling

_SOURCES = 5
_ELSEWHERE = (
    "They have read it, and it is not about how a crime is recorded. Your supervisor can tell you who advises on it: "
    "for charging, investigation or a case file that is usually somebody else in the force. If it is about recording "
    "after all, ask again and say what you need to record."
)


def told_message(enquiry: Enquiry, answer: Answer | None, ruling: Ruling | None = None) -> Message:
    """The message; `answer` is what the desk had said, None when that is no longer kept.

    Its sources stand below where the registrar's office took its words as they were; `ruling` is what the
    answer became.
    """
    asked = shortened(inert(enquiry.text), 300)
    settled = enquiry.state is Progress.ANSWERED and enquiry.answer
    heading = (
        "The Force Crime Registrar\u2019s office has answered your question"
        if settled
        else "Your question was not for the Force Crime Registrar\u2019s office"
    )
    said = paragraphs(enquiry.answer or "") if settled else (_ELSEWHERE,)
    blocks: list[Block] = [
        rich(section(text(heading, bold=True)), quotation(text(asked))),
        rich(*(section(text(words)) for words in said)),
    ]
    if settled and answer is not None and enquiry.answer == desk_words(answer):
        blocks += [small(source_line(citation)) for citation in answer.citations[:_SOURCES]]
    blocks.append(small(_dated(enquiry, answer)))
    if ruling is not None:
        again = spoken_date(ruling.review_on)
        blocks.append(small(f"Ruling {ruling.reference}, which the office looks at again on {again}"))
    return Message(f"{heading}. {asked} {' '.join(said)}", tuple(blocks))


def _dated(enquiry: Enquiry, answer: Answer | None) -> str:
    editions = list(dict.fromkeys(edition_of(citation) for citation in answer.citations)) if answer else []
    told = "Answered" if enquiry.state is Progress.ANSWERED else "Read"
    by = f"{told} by the Force Crime Registrar\u2019s office"
    if enquiry.answered_at is not None:
        by += f" on {spoken_date(date.fromtimestamp(enquiry.answered_at))}"
    return " \u00b7 ".join([by, f"as at {spoken_date(enquiry.as_at)}", *editions[:3], f"build {inert(enquiry.build)}"])
