"""A whole passage in its surroundings, and a list of passages found, as they look in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from bot.rendering.hanging import Hanging
from bot.rendering.inert import inert
from bot.rendering.locator import dates_of, pages_of
from bot.rendering.terminal_answer import citation_line
from knowledge.model import Citation, Found, Passage
from knowledge.notices import spoken_date

BEGIN, END = "\u00ab", "\u00bb"
"""Marks around the cited words, so that they show without colour too."""


def passage_view(citation: Citation, before: Sequence[Passage], after: Sequence[Passage]) -> RenderableType:
    """The cited passage whole, its cited words marked, between its neighbours in the edition."""
    mark = Text(f"[{citation.number}] ", "cyan")
    parts: list[RenderableType] = [Hanging(citation_line(citation, quoted=False), mark)]
    if citation.passage.edition.url:
        parts.append(inert(citation.passage.edition.url, "dim"))
    parts += _neighbours("Before it", before)
    parts += [Text(), Text("The passage", style="bold"), Hanging(_marked(citation), Text("  "))]
    parts += _neighbours("After it", after)
    return Group(*parts)


def _marked(citation: Citation) -> Text:
    text, quote = citation.passage.text, citation.quote
    start = text.find(quote) if quote else -1
    if start < 0:
        return inert(text)
    end = start + len(quote)
    return Text.assemble(inert(text[:start]), BEGIN, inert(text[start:end], "bold reverse"), END, inert(text[end:]))


def _neighbours(label: str, passages: Sequence[Passage]) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for passage in passages:
        where = ", ".join(part for part in (passage.section, pages_of(passage)) if part)
        parts += [Text(), inert(f"{label} ({where})" if where else label, "bold dim")]
        parts.append(Hanging(inert(passage.text, "dim"), Text("  ")))
    return parts


def found_view(day: date, found: Sequence[Found]) -> RenderableType:
    """Passages found, best first, each with its place and score."""
    if not found:
        return Text(f"No passage of the editions in force on {spoken_date(day)} comes near this question.")
    parts: list[RenderableType] = [Text(f"Passages as at {spoken_date(day)}, best first", style="bold")]
    for number, one in enumerate(found, start=1):
        edition = one.passage.edition
        where = ", ".join(part for part in (one.passage.section, pages_of(one.passage)) if part)
        about = f"{dates_of(edition)}; {str(edition.authority).replace('_', ' ')}; score {one.score:.2f}"
        lines = [
            inert(f"{edition.title}, {edition.label}"),
            inert(f"{where} ({about})"),
            inert(one.passage.text, "dim"),
        ]
        parts += [Text(), Hanging(Text("\n").join(lines), Text(f"{number}. ", "cyan"))]
    return Group(*parts)
