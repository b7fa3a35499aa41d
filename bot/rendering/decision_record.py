"""An answer as a block of text to paste into a crime record: dated, with every word it rests on. Pure.

The same answer gives the same text, byte for byte, however long ago it was given.
"""

from __future__ import annotations

from datetime import UTC, datetime

from bot.rendering.escape import inert
from bot.rendering.locator import dates_of, place_of
from knowledge.model import Answer, Authority, Citation, Status
from knowledge.notices import spoken_date

_STATUS = {
    Status.ANSWERED: "answered",
    Status.NOT_COVERED: "the documents held do not answer this",
    Status.NEEDS_CLARIFYING: "asked back",
    Status.DECLINED: "declined",
    Status.FAILED: "could not be answered",
}


def decision_record(answer: Answer, reference: str, asker: str, answered_at: float) -> str:
    """Plain text, lines ended by newlines. `answered_at` is seconds since 1970; `asker` is as Slack names people."""
    when = datetime.fromtimestamp(answered_at, UTC)
    lines = [
        f"Recording Desk, reference {reference}",
        f"Asked by {inert(asker)} on {spoken_date(when.date())} at {when:%H:%M} UTC",
        f"Question (personal details removed): {inert(answer.question)}",
        f"Status: {_STATUS[answer.status]}",
        f"As at: {spoken_date(answer.as_at)}",
        f"Build: {inert(answer.build)}",
    ]
    lines += [f"Note: {inert(notice)}" for notice in answer.notices]
    if answer.composed_by != "quotation":
        lines.append(f"Written by {inert(answer.composed_by)}, checked in code:")
        lines += [f"- {inert(one.text)} {''.join(f'[{n}]' for n in one.citations)}" for one in answer.statements]
    if answer.citations:
        lines.append("Rules quoted:" if answer.status is Status.ANSWERED else "Nearest passages, not an answer:")
        lines += [line for citation in answer.citations for line in cited(citation)]
    lines.append("The desk informs; the Force Crime Registrar decides.")
    return "\n".join(lines) + "\n"


def cited(citation: Citation) -> list[str]:
    """A citation as two lines: its words, and where they stand."""
    edition = citation.passage.edition
    where = place_of(citation.passage)
    label = inert(edition.label) if edition.authority is Authority.RULING else f"edition {inert(edition.label)}"
    title = f"{inert(edition.title)}, {label} ({dates_of(edition)})"
    return [
        f"[{citation.number}] \u201c{inert(citation.quote)}\u201d",
        f"    {title}{', ' + inert(where) if where else ''}",
    ]
