"""What the asker must be told beside the answer: dates, personal data, what is not held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from knowledge.model import Citation, Outside, PassageKind, Question
from knowledge.pressure import SAYS as PRESSED_SAYS
from knowledge.pressure import pressed

if TYPE_CHECKING:
    from knowledge.ports import OpenBuild


def spoken_date(day: date) -> str:
    """`1 April 2013`."""
    return f"{day.day} {day:%B %Y}"


def notices_for(
    question: Question,
    build: OpenBuild,
    today: date,
    happened: date | None,
    *,
    covered: bool,
    offered: Sequence[Citation],
    outside: Outside | None = None,
) -> tuple[str, ...]:
    """One sentence each, the most important first."""
    told: list[str] = []
    not_in_force = [c for c in offered if not c.passage.edition.governs(question.as_at)]
    if not_in_force:
        told.append(
            f"No edition in force on {spoken_date(question.as_at)} is held. What follows is today's rule "
            f"({spoken_date(today)}), shown only as today's."
        )
    elif not covered and outside is not None:
        told.append(
            f"The recording rules do not cover this: it reads as a question about {outside.topic}. "
            f"Look to: {outside.says.rstrip('.')}. If it is about recording, put it another way or ask the Force Crime "
            "Registrar's office."
        )
    elif not covered and offered:
        told.append(
            "The documents held do not answer this. The nearest passages are shown as such; "
            "ask the Force Crime Registrar's office."
        )
    elif not covered:
        told.append("The documents held do not answer this; ask the Force Crime Registrar's office.")
    told += [_picture_notice(citation) for citation in offered if citation.passage.kind is PassageKind.PICTURE]
    if pressed(question.text):
        told.append(PRESSED_SAYS)
    if covered and question.dated and question.as_at != today:
        told.append(f"Answered from the editions in force on {spoken_date(question.as_at)}, not from today's.")
    if happened is not None and happened < today:
        told.append(
            f"Today's edition is used. The rules give no general statement on which edition governs something that "
            f"happened in the past ({happened.year}); if that decides it, ask the Force Crime Registrar."
        )
    if question.removed:
        told.append(f"Personal data was removed from the question before it was kept: {', '.join(question.removed)}.")
    return tuple(told)


def _picture_notice(citation: Citation) -> str:
    passage = citation.passage
    page = f"page {passage.pages[0]}" if passage.pages else "the page"
    if passage.reviewed:
        who, _, when = passage.reviewed.rpartition(", ")
        return f"Citation {citation.number} is a picture on {page}; its words were written down by {who} ({when})."
    how = f"read from a picture ({passage.confidence:.0%} sure)" if passage.confidence else "the words of a chart"
    return f"Citation {citation.number} is {how} and nobody has reviewed it; look at {page} itself."
