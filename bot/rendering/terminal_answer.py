"""An answer as it looks in the terminal. Pure: an Answer in, something rich can print out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from string import ascii_lowercase

from rich.console import Group, RenderableType
from rich.text import Text

from bot.rendering.hanging import Hanging
from bot.rendering.headings import HEADINGS
from bot.rendering.locator import edition_of, place_of
from bot.rendering.printable import printable
from knowledge.compose import group_of
from knowledge.model import Answer, Statement, Status
from knowledge.notices import spoken_date

_STATUS = {
    Status.ANSWERED: ("Answered", "bold green"),
    Status.NOT_COVERED: ("Not covered", "bold yellow"),
    Status.NEEDS_CLARIFYING: ("One more thing is needed", "bold yellow"),
    Status.DECLINED: ("Declined", "bold yellow"),
    Status.FAILED: ("Failed", "bold red"),
}
DECIDES = "The desk informs; the Force Crime Registrar decides."


def answer_view(answer: Answer) -> RenderableType:
    """The whole answer: status and date, notices, statements grouped by authority, citations, and who decides."""
    parts: list[RenderableType] = [Hanging(_status_line(answer))]
    parts += [Hanging(printable(notice, "yellow")) for notice in answer.notices]
    parts += [
        Hanging(printable(option), Text(f"  {letter}  ", "bold"))
        for letter, option in zip(ascii_lowercase, answer.options, strict=False)
    ]
    if answer.status is Status.ANSWERED:
        parts += _statements(answer)
        parts += [Text(), heading("Where it stands"), *_citations(answer)]
    elif answer.citations:
        parts += [Text(), heading("Nearest passages, not an answer")]
        parts += _citations(answer)
    parts += [Text(), Hanging(Text(DECIDES, style="dim"))]
    return Group(*parts)


def heading(words: str) -> Hanging:
    """A heading between the parts of an answer."""
    return Hanging(Text(words, style="bold underline"))


def _status_line(answer: Answer) -> Text:
    word, style = _STATUS[answer.status]
    writer = "" if answer.composed_by == "quotation" else f", written by {answer.composed_by} and checked in code"
    return Text.assemble((word, style), f" as at {spoken_date(answer.as_at)}", printable(writer, "dim"))


def _statements(answer: Answer) -> list[RenderableType]:
    by_number = {citation.number: citation for citation in answer.citations}

    def group(statement: Statement) -> str:
        # A statement resting on several documents is read under the strongest of them.
        strongest = min((by_number[n].passage.edition.authority for n in statement.citations), key=lambda a: a.rank)
        return group_of(strongest)

    parts: list[RenderableType] = []
    for name, statements in groupby(answer.statements, key=group):
        parts += [Text(), heading(HEADINGS[name])]
        for statement in statements:
            quotes = [by_number[number].quote for number in statement.citations]
            said = _quoted(statement.text) if statement.text in quotes else statement.text
            style = "bold" if statement is answer.statements[0] else ""
            parts.append(Hanging(printable(said, style), _mark(statement.citations)))
    return parts


def _citations(answer: Answer) -> list[RenderableType]:
    """Each edition once, and under it where in it each citation stands, with its words where they were not said yet."""
    said = {statement.text for statement in answer.statements}
    parts: list[RenderableType] = []
    for edition, cited in groupby(answer.citations, key=lambda citation: citation.passage.edition):
        parts.append(Hanging(printable(edition_of(edition)), Text("  ")))
        for citation in cited:
            lines = [place_of(citation.passage) or "the whole document"]
            if citation.quote not in said:
                lines.append(_quoted(citation.quote))
            parts.append(Hanging(printable("\n".join(lines)), _mark([citation.number])))
    return parts


def _mark(numbers: Iterable[int]) -> Text:
    return Text(f"  {''.join(f'[{number}]' for number in numbers)} ", "cyan")


def _quoted(words: str) -> str:
    return f"\u201c{words}\u201d"
