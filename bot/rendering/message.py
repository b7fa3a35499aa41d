"""A message ready to send, and the pieces it is built from. Nothing here parses markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    PlainTextObject,
    RichTextBlock,
    RichTextElement,
    RichTextElementParts,
    RichTextQuoteElement,
    RichTextSectionElement,
)

from bot.rendering.escape import escape, inert
from bot.rendering.limits import FALLBACK, TEXT_OBJECT


@dataclass(frozen=True)
class Message:
    """Words for notifications and screen readers, and blocks for the eye. `words` are not escaped yet."""

    words: str
    blocks: tuple[Block, ...] = field(default=())

    def payload(self) -> dict[str, Any]:
        """As Slack's methods take it. Building the dictionaries runs slack_sdk's own checks of Slack's limits."""
        shown = escape(shortened(self.words, FALLBACK)) or "Recording Desk"
        return {"text": shown, **({"blocks": [block.to_dict() for block in self.blocks]} if self.blocks else {})}

    def without_blocks(self) -> Message:
        """For a Slack that refuses the blocks."""
        return Message(self.words)


def plain(words: str) -> Message:
    """A sentence or two of the desk's own."""
    return Message(words, (rich(section(text(words))),))


def text(words: str, *, bold: bool = False, italic: bool = False) -> RichTextElement:
    """Words in rich text, as they stand."""
    style = RichTextElementParts.TextStyle(bold=bold or None, italic=italic or None) if bold or italic else None
    return RichTextElementParts.Text(text=words or "\u2026", style=style)  # Slack refuses empty text


def link(url: str, words: str) -> RichTextElement:
    """A link to an address that `allowed_link` let through."""
    return RichTextElementParts.Link(url=url, text=words)


def section(*parts: RichTextElement) -> RichTextElement:
    """A paragraph."""
    return RichTextSectionElement(elements=list(parts))


def quotation(*parts: RichTextElement) -> RichTextElement:
    """A paragraph with a bar at its side."""
    return RichTextQuoteElement(elements=list(parts))


def rich(*paragraphs: RichTextElement) -> Block:
    """One block of paragraphs."""
    return RichTextBlock(elements=list(paragraphs))


def button(
    words: str, action: str, value: str, *, style: str | None = None, confirm: ConfirmObject | None = None
) -> ButtonElement:
    """A button that carries `value`. No emoji is made of its words."""
    shown = PlainTextObject(text=words, emoji=False)
    return ButtonElement(text=shown, action_id=action, value=value, style=style, confirm=confirm)


def small(words: str) -> Block:
    """A line in small grey letters."""
    return ContextBlock(elements=[PlainTextObject(text=shortened(inert(words), TEXT_OBJECT) or "\u2026", emoji=False)])


def shortened(words: str, most: int) -> str:
    """Cut at a word with an ellipsis. Never used on quoted words."""
    if len(words) <= most:
        return words
    return words[: most - 1].rsplit(" ", 1)[0].rstrip() + "\u2026"


def characters(blocks: Sequence[Block]) -> int:
    """The characters Slack counts against a message: every piece of text its blocks show."""
    return sum(_count(block.to_dict()) for block in blocks)


def _count(node: Any) -> int:
    if isinstance(node, dict):
        own = sum(len(value) for key, value in node.items() if key in ("text", "alt_text") and isinstance(value, str))
        return own + sum(_count(value) for key, value in node.items() if not isinstance(value, str))
    return sum(map(_count, node)) if isinstance(node, list) else 0
