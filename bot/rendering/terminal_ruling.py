"""A ruling as it looks in the terminal. Pure."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from bot.kept_rulings import KeptRuling
from bot.rendering.hanging import Hanging
from bot.rendering.locator import edition_of, place_of
from bot.rendering.printable import printable
from bot.rendering.ruling_message import ruling_line, why_suspended
from bot.rendering.terminal_answer import heading
from knowledge.notices import spoken_date


def ruling_line_view(kept: KeptRuling) -> RenderableType:
    """Reference, state and review date, and the question below."""
    return Hanging(printable(f"{ruling_line(kept)}\n{kept.ruling.question}"))


def ruling_view(kept: KeptRuling) -> RenderableType:
    """The whole ruling, with every word it rests on."""
    ruling = kept.ruling
    given = f"Given on {spoken_date(ruling.answered_on)} by {ruling.owner}, on build {ruling.build}"
    parts: list[RenderableType] = [Hanging(printable(ruling_line(kept), "bold")), Hanging(printable(given))]
    parts += [Text(), heading("Question"), Hanging(printable(ruling.question))]
    parts += [Text(), heading("Answer"), Hanging(printable(ruling.answer))]
    parts += [Text(), heading("It rests on")]
    for citation in ruling.rests_on:
        where = f"{edition_of(citation.passage.edition)}, {place_of(citation.passage)}"
        said = f"{where}\n\u201c{citation.quote}\u201d"
        parts.append(Hanging(printable(said), Text(f"  [{citation.number}]  ", "cyan")))
    if kept.causes:
        parts += [Text(), heading("Why it does not answer now")]
        parts += [Hanging(printable(words)) for words in why_suspended(kept)]
    for cause in kept.causes:
        if cause.was:
            now = cause.now or "(nothing that is held has come in its place)"
            parts.append(Hanging(printable(f"{cause.place}\nIt read: {cause.was}\nIt now reads: {now}")))
    return Group(*parts)
