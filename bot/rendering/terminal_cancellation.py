"""A cancellation check as it looks in the terminal. Pure: a CheckResult in, something rich can print out."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.text import Text

from bot.rendering.hanging import Hanging
from bot.rendering.locator import edition_of, place_of
from bot.rendering.printable import printable
from bot.rendering.terminal_answer import DECIDES, heading
from knowledge.cancellation.result import CheckResult, ResultLine, Verdict
from knowledge.model import Citation
from knowledge.notices import spoken_date

_STYLE = {
    Verdict.MET: "bold green",
    Verdict.NOT_MET: "bold red",
    Verdict.UNCLEAR: "bold yellow",
    Verdict.REGISTRAR_ONLY: "bold magenta",
}
_WIDEST = max(len(verdict) for verdict in Verdict)


def check_view(result: CheckResult) -> RenderableType:
    """The whole check: criterion, date and edition, each line with what is missing, the rules quoted, and notices."""
    quoted = f", by {result.edition}" if result.edition else ""
    title = f"Check under {result.criterion} as at {spoken_date(result.as_at)}{quoted}"
    parts: list[RenderableType] = [Hanging(printable(title, "bold"))]
    if result.lines:
        parts.append(Hanging(printable(_counted(result.lines), "dim")))
        for line in result.lines:
            parts += [Text(), *_line(line)]
    parts += [Text(), heading("What to know besides")] if result.lines else [Text()]
    parts += [Hanging(printable(notice, "yellow"), Text("  - ")) for notice in result.notices]
    if result.citations:
        # Held passages are quoted by documents that no line rests on; the notices say which.
        parts += [Text(), heading("The rules quoted" if result.lines else "What is held"), *_quoted(result.citations)]
    parts += [Text(), Hanging(printable(f"Build {result.build}. {DECIDES}", "dim"))]
    return Group(*parts)


def _counted(lines: Iterable[ResultLine]) -> str:
    """`On what the form says: 2 MET, 1 NOT MET.`"""
    verdicts = [line.verdict for line in lines]
    counts = [f"{verdicts.count(verdict)} {verdict}" for verdict in Verdict if verdict in verdicts]
    return f"On what the form says: {', '.join(counts)}."


def _line(line: ResultLine) -> list[RenderableType]:
    lead = Text(f"{line.verdict:<{_WIDEST}}  ", _STYLE[line.verdict])
    marks = "".join(f"[{number}]" for number in line.citations)
    said = Text.assemble(printable(line.rule, "bold"), "\n", printable(line.says), " ", (marks, "cyan"))
    missing = [printable(f"\nMissing: {what}.") for what in line.missing]
    return [Hanging(Text.assemble(said, *missing), lead)]


def _quoted(citations: Iterable[Citation]) -> list[RenderableType]:
    parts: list[RenderableType] = []
    edition = None
    for citation in citations:
        if citation.passage.edition != edition:
            edition = citation.passage.edition
            parts.append(Hanging(printable(edition_of(edition)), Text("  ")))
        words = f"{place_of(citation.passage) or 'the whole document'}\n\u201c{citation.quote}\u201d"
        parts.append(Hanging(printable(words), Text(f"  [{citation.number}] ", "cyan")))
    return parts
