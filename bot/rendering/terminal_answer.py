"""An answer as it looks in the terminal. Pure: an Answer in, something rich can print out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.text import Text

from bot.rendering.hanging import Hanging
from bot.rendering.inert import inert
from bot.rendering.locator import dates_of, pages_of
from knowledge.compose import group_of
from knowledge.model import Answer, Citation, Statement, Status
from knowledge.notices import spoken_date

GROUPS = {
    "rules": "What the rules require",
    "policy": "What force policy adds",
    "inspection": "What inspectors found",
    "background": "Background, not a rule",
}
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
    parts += [Hanging(inert(notice, "yellow")) for notice in answer.notices]
    parts += [Hanging(inert(option), Text("  - ")) for option in answer.options]
    if answer.status is Status.ANSWERED:
        parts += _statements(answer)
        parts += [Text(), heading("Where it stands"), *_citations(answer.citations, quoted=False)]
    elif answer.citations:
        parts += [Text(), heading("Nearest passages, not an answer")]
        parts += _citations(answer.citations, quoted=True)
    parts += [Text(), Hanging(Text(DECIDES, style="dim"))]
    return Group(*parts)


def heading(words: str) -> Hanging:
    """A heading between the parts of an answer."""
    return Hanging(Text(words, style="bold underline"))


def _status_line(answer: Answer) -> Text:
    word, style = _STATUS[answer.status]
    return Text.assemble((word, style), f" as at {spoken_date(answer.as_at)}")


def _statements(answer: Answer) -> list[RenderableType]:
    by_number = {citation.number: citation for citation in answer.citations}

    def group(statement: Statement) -> str:
        # A statement resting on several documents is read under the strongest of them.
        strongest = min((by_number[n].passage.edition.authority for n in statement.citations), key=lambda a: a.rank)
        return group_of(strongest)

    parts: list[RenderableType] = []
    for name, statements in groupby(answer.statements, key=group):
        parts += [Text(), heading(GROUPS[name])]
        for statement in statements:
            key = statement is answer.statements[0]
            parts.append(Hanging(_statement(statement, by_number, "bold" if key else ""), Text("  ")))
    return parts


def _statement(statement: Statement, by_number: dict[int, Citation], style: str) -> Text:
    """The words and the numbers; quotation marks where they are the documents' own words."""
    verbatim = any(statement.text == by_number[number].quote for number in statement.citations)
    said = f"\u201c{statement.text}\u201d" if verbatim else statement.text
    return Text.assemble(inert(said, style), " ", (_numbers(statement.citations), "cyan"))


def _numbers(numbers: Iterable[int]) -> str:
    return "".join(f"[{number}]" for number in numbers)


def _citations(citations: Sequence[Citation], *, quoted: bool) -> list[RenderableType]:
    return [
        Hanging(citation_line(citation, quoted=quoted), Text(f"  [{citation.number}] ", "cyan"))
        for citation in citations
    ]


def citation_line(citation: Citation, *, quoted: bool) -> Text:
    """Document, edition, section, page and dates; with its words where they stand nowhere else."""
    edition = citation.passage.edition
    lines = [Text.assemble(inert(edition.title), ", ", inert(edition.label), f" ({dates_of(edition)})")]
    where = ", ".join(part for part in (citation.passage.section, pages_of(citation.passage)) if part)
    if where:
        lines.append(inert(where))
    if quoted:
        lines.append(inert(f"\u201c{citation.quote}\u201d", "italic"))
    return Text("\n").join(lines)
