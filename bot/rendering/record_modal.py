"""The modal with the text to paste into a crime record. Pure."""

from __future__ import annotations

from slack_sdk.models.blocks import RichTextBlock, RichTextPreformattedElement
from slack_sdk.models.views import View

from bot.rendering import limits
from bot.rendering.message import rich, section, small, text

CALLBACK = "record"
_BLOCKS = 8


def record_modal(words: str, reference: str) -> View:
    """The view; text beyond what a modal shows is behind the reference."""
    pieces = _pieces(words)
    shown = [
        RichTextBlock(elements=[RichTextPreformattedElement(elements=[text(piece)])]) for piece in pieces[:_BLOCKS]
    ]
    left = len(pieces) > _BLOCKS
    return View(
        type="modal",
        callback_id=CALLBACK,
        title="For the crime record",
        close="Close",
        blocks=[
            rich(section(text("Select the text and copy it into the crime record."))),
            *shown,
            small(
                f"{'It goes on. ' if left else ''}desk show {reference} on the desk\u2019s machine opens it again "
                "as it is, for as long as answers are kept."
            ),
        ],
    )


def _pieces(words: str) -> list[str]:
    """Whole lines, as many to a piece as Slack takes."""
    pieces = [""]
    for line in words.splitlines():
        for at in range(0, max(1, len(line)), limits.TEXT_OBJECT):
            part = line[at : at + limits.TEXT_OBJECT]
            if pieces[-1] and len(pieces[-1]) + len(part) + 1 > limits.TEXT_OBJECT:
                pieces.append("")
            pieces[-1] += ("\n" if pieces[-1] else "") + part
    return pieces
