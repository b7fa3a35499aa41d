"""The numbered sources under an answer: title, edition, section, page and, for official hosts, a link. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, RichTextElement

from bot.rendering.escape import allowed_link, inert
from bot.rendering.message import link, rich, section, shortened, text
from knowledge.model import Authority, Citation, Edition
from knowledge.notices import spoken_date

_SHOW = "official page"


def sources_block(citations: Sequence[Citation], room: int) -> Block:
    """As many sources as fit in `room` characters, each whole, and how many more there are."""
    paragraphs: list[RichTextElement] = [section(text("Sources", bold=True))]
    room -= 80  # the heading, and the line that says how many are left out
    for place, citation in enumerate(citations):
        line = source_line(citation)
        if len(line) + len(_SHOW) + 3 > room:
            paragraphs.append(section(text(f"and {len(citations) - place} more.")))
            break
        room -= len(line) + len(_SHOW) + 3
        parts = [text(line)]
        if url := allowed_link(citation.passage.edition.url):
            parts += [text(" \u2014 "), link(url, _SHOW)]
        paragraphs.append(section(*parts))
    return rich(*paragraphs)


def source_line(citation: Citation) -> str:
    """`[1] Title, edition 2026/27, When to record > Time, p. 10`."""
    edition, passage = citation.passage.edition, citation.passage
    parts = [shortened(inert(edition.title), 150), _labelled(edition, 60)]
    # The document's own title, where it heads every section, stands before it already.
    path = passage.path[1:] if len(passage.path) > 1 and passage.path[0] in edition.title else passage.path
    if path:
        parts.append(shortened(inert(" > ".join(path)), 200))
    if where := pages(passage.pages):
        parts.append(where)
    return f"[{citation.number}] " + ", ".join(parts)


def edition_of(citation: Citation) -> str:
    """`Title, edition 2026/27, in force from 1 April 2026`."""
    edition = citation.passage.edition
    said = f"{shortened(inert(edition.title), 80)}, {_labelled(edition, 40)}"
    if edition.authority is Authority.RULING:
        return said
    if edition.effective_from:
        said += f", in force from {spoken_date(edition.effective_from)}"
    if edition.effective_to:
        said += f" to {spoken_date(edition.effective_to)}"
    return said


def _labelled(edition: Edition, most: int) -> str:
    """A ruling's label is the day it was given."""
    label = shortened(inert(edition.label), most)
    return label if edition.authority is Authority.RULING else f"edition {label}"


def pages(numbers: Sequence[int]) -> str:
    """`p. 10` or `pp. 10-12`, or nothing where the format has no pages."""
    if not numbers:
        return ""
    first, last = numbers[0], numbers[-1]
    return f"p. {first}" if first == last else f"pp. {first}\u2013{last}"
