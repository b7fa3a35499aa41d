"""The modal that shows the real page with the passage marked on it, and its words beneath. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ImageBlock, PlainTextObject
from slack_sdk.models.blocks.basic_components import SlackFile
from slack_sdk.models.views import View

from bot.records import Kept
from bot.rendering import limits
from bot.rendering.escape import allowed_link, inert
from bot.rendering.message import link, quotation, rich, section, shortened, small, text
from bot.rendering.sources import edition_of, pages
from knowledge.model import Citation, PassageKind

CALLBACK = "page"
DRAWING = "The page is being drawn\u2026"
NO_PICTURE = "The page cannot be shown as a picture here. These are its words."


def page_modal(kept: Kept, shown: Sequence[tuple[int, str]], says: str = "") -> View:
    """The view; `shown` are pages of the file and Slack's ids of their pictures, `says` what to say in their place."""
    passage = kept.passage
    where = ", ".join(filter(None, [inert(passage.section), pages(passage.pages)]))
    blocks: list[Block] = [rich(section(text(shortened(where or passage.edition.title, 500), bold=True)))]
    if says:
        blocks.append(rich(section(text(says))))
    title = shortened(inert(passage.edition.title), 120)
    blocks += [
        ImageBlock(
            alt_text=f"Page {page} of {title}, the passage framed and the cited words marked",
            title=PlainTextObject(text=f"Page {page}", emoji=False),
            slack_file=SlackFile(id=file),
        )
        for page, file in shown
    ]
    if passage.kind is PassageKind.PICTURE and passage.confidence is not None and not passage.reviewed:
        blocks.append(small(f"Its words were read from a picture, {passage.confidence:.0%} sure: trust the page."))
    if len(kept.quote) <= limits.QUOTE:
        blocks.append(rich(quotation(text(inert(kept.quote)))))
    blocks.append(small(edition_of(Citation(kept.number, passage, kept.quote))))
    if url := allowed_link(passage.edition.url):
        blocks.append(rich(section(link(url, "Open the official page"))))
    return View(type="modal", callback_id=CALLBACK, title=f"The page of [{kept.number}]", close="Close", blocks=blocks)
