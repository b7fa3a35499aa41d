"""A whole passage in its surroundings, and a list of passages found, as they look in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from bot.rendering.hanging import Hanging
from bot.rendering.locator import edition_of, place_of
from bot.rendering.printable import printable
from knowledge.model import Citation, Found, Passage
from knowledge.notices import spoken_date

BEGIN, END = "\u00ab", "\u00bb"
"""Marks around the cited words, so that they show without colour too."""


def passage_view(citation: Citation, before: Sequence[Passage], after: Sequence[Passage]) -> RenderableType:
    """The cited passage whole, its cited words marked, between its neighbours in the edition."""
    mark = Text(f"[{citation.number}] ", "cyan")
    edition = citation.passage.edition
    about = [part for part in (edition_of(edition), place_of(citation.passage), edition.url) if part]
    parts: list[RenderableType] = [Hanging(printable("\n".join(about)), mark)]
    parts += _neighbours("Before it", before)
    parts += [Text(), Text("The passage", style="bold"), Hanging(_marked(citation), Text("  "))]
    parts += _neighbours("After it", after)
    return Group(*parts)


def _marked(citation: Citation) -> Text:
    text, quote = citation.passage.text, citation.quote
    start = text.find(quote) if quote else -1
    if start < 0:
        return printable(text)
    end = start + len(quote)
    return Text.assemble(
        printable(text[:start]), BEGIN, printable(text[start:end], "bold reverse"), END, printable(text[end:])
    )


def _neighbours(label: str, passages: Sequence[Passage]) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for passage in passages:
        where = place_of(passage)
        parts += [Text(), Hanging(printable(f"{label} ({where})" if where else label, "bold dim"))]
        parts.append(Hanging(printable(passage.text, "dim"), Text("  ")))
    return parts


def found_view(day: date, found: Sequence[Found]) -> RenderableType:
    """Passages found, best first, each with its place and score."""
    if not found:
        return Text(f"No passage of the editions in force on {spoken_date(day)} comes near this question.")
    parts: list[RenderableType] = [Text(f"Passages as at {spoken_date(day)}, best first", style="bold")]
    for number, one in enumerate(found, start=1):
        edition = one.passage.edition
        place = f"{place_of(one.passage)} ({str(edition.authority).replace('_', ' ')}; score {one.score:.2f})"
        lines = [printable(edition_of(edition)), printable(place.strip()), printable(one.passage.text, "dim")]
        parts += [Text(), Hanging(Text("\n").join(lines), Text(f"{number}. ", "cyan"))]
    return Group(*parts)
