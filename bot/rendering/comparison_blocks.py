"""A comparison of two builds for Slack: a few rules for a card, all of them in a modal with pages. Pure.

Words gone are struck through, new ones bold; figures and words of duty are named apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    DividerBlock,
    RichTextElement,
    RichTextElementParts,
)
from slack_sdk.models.views import View

from bot.comparisons import Shown, ShownComparison, Word
from bot.rendering.around import around
from bot.rendering.escape import inert
from bot.rendering.message import button, quotation, rich, section, shortened, small, text

CALLBACK = "comparison"
TURN = "comparison_turn"
_LONGEST = 900
"""Characters of one rule's words: the comparison by command line has them all."""
_PAGE_BLOCKS, _PAGE_CHARACTERS = 40, 8_000
_KIND = {"changed": "Changed", "added": "Added", "removed": "Removed"}


def few_changes(comparison: ShownComparison, most: int, characters: int) -> tuple[list[Block], int]:
    """The first rules of a comparison within that room, those with another figure or duty first; how many are left."""
    changes = sorted((one for edition in comparison.editions for one in edition.changes), key=lambda one: not one.mind)
    blocks: list[Block] = []
    for number, change in enumerate(changes[:most]):
        room = len(change.where) + len(change.mind) + sum(len(one.text) for one in _words(change.words))
        if room > characters:
            return blocks, len(changes) - number
        characters -= room
        blocks.append(_change(change))
    return blocks, len(changes) - len(blocks)


def comparison_modal(comparison: ShownComparison, page: int) -> View:
    """One page of the whole comparison, with buttons to the page before and the next."""
    pages = list(_pages(comparison))
    page = min(max(page, 0), len(pages) - 1)
    at = f"{comparison.before}|{comparison.after}"
    buttons = [
        button(words, f"{TURN}:{where}", f"{at}|{to}")
        for words, where, to in (("Previous page", "back", page - 1), ("Next page", "on", page + 1))
        if 0 <= to < len(pages)
    ]
    blocks = [*pages[page], *([ActionsBlock(elements=buttons)] if buttons else [])]
    blocks.append(small(f"Page {page + 1} of {len(pages)} \u00b7 {comparison.before} compared with {comparison.after}"))
    return View(type="modal", callback_id=CALLBACK, title="What would change", close="Close", blocks=blocks)


def _pages(comparison: ShownComparison) -> Iterator[list[Block]]:
    page: list[Block] = [rich(section(text(f"{inert(comparison.summary)}.", bold=True)))]
    page += [rich(section(text(f"Needs a yes: {inert(says)}"))) for says in comparison.concerns[:10]]
    room = _PAGE_CHARACTERS
    for edition in comparison.editions:
        parts: list[tuple[int, Block]] = [
            (200, DividerBlock()),
            (
                200,
                rich(section(text(inert(edition.name), bold=True)), *(section(text(inert(t))) for t in edition.told)),
            ),
        ]
        parts += [(sum(len(w.text) for w in _words(one.words)) + 100, _change(one)) for one in edition.changes]
        for size, block in parts:
            if len(page) >= _PAGE_BLOCKS or size > room:
                yield page
                page, room = [], _PAGE_CHARACTERS
            page.append(block)
            room -= size
    yield page or [small("Nothing more.")]


def _change(change: Shown) -> Block:
    heading = section(
        text(f"{_KIND.get(change.kind, change.kind)}: "), text(inert(change.where) or "\u2026", bold=True)
    )
    told = [piece for word in _words(change.words) for piece in _pieces(word)]
    mind = [section(text("Mind: ", bold=True), text(inert(change.mind)))] if change.mind else []
    return rich(heading, quotation(*(told or [text("\u2026")])), *mind)


def _words(words: Sequence[Word]) -> list[Word]:
    """The words in runs, unchanged ones shortened to those around a difference, the whole to what fits."""
    shown, left = [], _LONGEST
    for number, word in enumerate(words):
        said = around(word.text, number == 0, number == len(words) - 1) if word.said == "same" else word.text
        if len(words) == 1:
            said = word.text
        said = shortened(said, max(left, 2))
        left -= len(said)
        shown.append(Word(word.said, said, word.mark))
        if left <= 2:
            break
    return shown


def _pieces(word: Word) -> list[RichTextElement]:
    """A run of words, inert; the blanks at its ends are neither struck through nor bold."""
    said = inert(word.text)
    before, after = (" " if word.text[:1].isspace() else "", " " if word.text[-1:].isspace() and said else "")
    if word.said == "same" or not said:
        return [text(f"{before}{said}{after}")] if before + said + after else []
    gone = word.said == "gone"
    style = RichTextElementParts.TextStyle(strike=gone or None, bold=None if gone else True)
    shown: list[RichTextElement] = [RichTextElementParts.Text(text=said, style=style)]
    return [*([text(before)] if before else []), *shown, *([text(after)] if after else [])]
