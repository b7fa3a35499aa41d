"""The modal that shows a passage in its surroundings, the cited words marked. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, DividerBlock
from slack_sdk.models.views import View

from bot.records import Kept
from bot.rendering import limits
from bot.rendering.answer_buttons import SHOW_PAGE
from bot.rendering.escape import allowed_link, inert
from bot.rendering.message import button, link, rich, section, shortened, small, text
from bot.rendering.sources import edition_of, pages
from knowledge.model import Authority, Citation, Passage

CALLBACK = "passage"
TURN = "turn"
"""The action of the buttons to another citation of the same answer."""


def passage_modal(question: str, kept: Kept, around: Sequence[Passage], *, page: bool = False) -> View:
    """The view to open. `around` are the neighbours in document order, the passage among them; it may be empty.

    `page` says whether a picture of its page can be asked for.
    """
    passage = kept.passage
    before = [one for one in around if one.ordinal < passage.ordinal]
    after = [one for one in around if one.ordinal > passage.ordinal]
    citation = Citation(kept.number, passage, kept.quote)
    where = ", ".join(filter(None, [inert(passage.section), pages(passage.pages)]))
    heading = section(text(shortened(where or passage.edition.title, 500), bold=True))
    blocks: list[Block] = [rich(heading), small(edition_of(citation))]
    blocks += [_neighbour("Before this", one) for one in before]
    blocks += [DividerBlock(), *_marked(passage.text, kept.quote), DividerBlock()]
    blocks += [_neighbour("After this", one) for one in after]
    if not around and passage.edition.authority is not Authority.RULING:
        blocks.append(small(f"As it stood in build {kept.build}, which is no longer the one in use."))
    if url := allowed_link(passage.edition.url):
        blocks.append(rich(section(link(url, "Open the official page"))))
    if buttons := _buttons(question, kept, page):
        blocks.append(ActionsBlock(elements=buttons))
    return View(
        type="modal",
        callback_id=CALLBACK,
        title=f"Passage {kept.number} of {kept.of}"[: limits.MODAL_TITLE],
        close="Close",
        blocks=blocks,
        private_metadata=json.dumps({"question": question, "number": kept.number}),
    )


def _buttons(question: str, kept: Kept, page: bool) -> list[ButtonElement]:
    """To the citations before and after, and to the page."""
    there = {kept.number - 1: "Previous citation", kept.number + 1: "Next citation"}
    shown = [
        button(words, f"{TURN}:{number}", f"{question}:{number}")
        for number, words in there.items()
        if 1 <= number <= kept.of
    ]
    return [*shown, button("Show the page", SHOW_PAGE, f"{question}:{kept.number}")] if page else shown


def notice_modal(words: str, title: str = "Recording Desk") -> View:
    """A sentence in a modal, when there is no passage to show."""
    return View(type="modal", callback_id=CALLBACK, title=title, close="Close", blocks=[rich(section(text(words)))])


def _neighbour(label: str, passage: Passage) -> Block:
    return small(f"{label}: {shortened(inert(passage.text), 1_200)}")


def _marked(whole: str, quote: str) -> list[Block]:
    """The passage paragraph by paragraph, the cited words in bold, wherever lines were broken in the original."""
    start, end = _find(whole, quote)
    blocks: list[Block] = []
    room = limits.MODAL_CHARACTERS
    for found in re.finditer(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*", whole):
        for a, b in _pieces(found.start(), found.end()):
            if room <= 0 or len(blocks) >= 60:
                return [*blocks, small("The passage goes on; it is whole in the document.")]
            parts = [
                text(words, bold=bold)
                for at, to, bold in (
                    (a, min(b, start), False),
                    (max(a, start), min(b, end), True),
                    (max(a, end), b, False),
                )
                if at < to and (words := _line(whole[at:to]))
            ]
            if parts:
                blocks.append(rich(section(*parts)))
                room -= b - a
    return blocks or [rich(section(text("This passage holds no text.")))]


def _line(words: str) -> str:
    lead = " " if words[:1].isspace() else ""
    trail = " " if words[-1:].isspace() else ""
    shown = inert(words)
    return f"{lead}{shown}{trail}" if shown else ""


def _pieces(start: int, end: int) -> list[tuple[int, int]]:
    return [(at, min(at + limits.TEXT_OBJECT, end)) for at in range(start, end, limits.TEXT_OBJECT)]


def _find(whole: str, quote: str) -> tuple[int, int]:
    words = quote.split()
    if not words:
        return len(whole), len(whole)
    found = re.search(r"\s+".join(map(re.escape, words)), whole)
    return found.span() if found else (len(whole), len(whole))
