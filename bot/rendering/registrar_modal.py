"""What the asker sees before a question goes to the registrar's office. Pure."""

from __future__ import annotations

from slack_sdk.models.views import View

from bot.rendering.escape import inert
from bot.rendering.message import quotation, rich, section, shortened, small, text
from bot.rendering.sources import source_line
from knowledge.model import Answer
from knowledge.notices import spoken_date

CALLBACK = "ask_registrar"


def registrar_modal(question: str, answer: Answer) -> View:
    """The words that will be sent, to be sent or not. They cannot be changed here: they are the question answered."""
    blocks = [
        rich(section(text("This will be sent to the registrar\u2019s office:", bold=True))),
        rich(quotation(text(shortened(inert(answer.question), 1_000)))),
        small(
            f"As at {spoken_date(answer.as_at)}. Personal details were taken out; your name goes with it, so that "
            "you can be told the answer. Others who ask the same may be shown the question and its answer, without "
            "your name."
        ),
    ]
    if answer.citations:
        blocks.append(rich(section(text("With the passages the desk found:"))))
        blocks += [small(source_line(citation)) for citation in answer.citations[:3]]
    return View(
        type="modal",
        callback_id=CALLBACK,
        title="Ask the registrar",
        submit="Send",
        close="Cancel",
        blocks=blocks,
        private_metadata=question,
    )
