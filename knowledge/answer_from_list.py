"""Answer from the offence list: alone where a question names a code and nothing else, else beside what was found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge.check_citations import check_citations
from knowledge.look_up import LookUp
from knowledge.model import Answer, Citation, Question, Statement, Status
from knowledge.notices import notices_for
from knowledge.ports import OpenBuild
from knowledge.stopwatch import Stopwatch


def answer_from_list(listed: LookUp, question: Question, build: OpenBuild, today: date, watch: Stopwatch) -> Answer:
    """The answer to a question about a code and nothing else: what the offence list says of it."""
    with watch.part("check"):
        kept, cited = check_citations(
            listed.statements,
            listed.citations,
            retrieved={citation.passage.id for citation in listed.citations},
            as_at=question.as_at,
        )
    notices = notices_for(question, build, today, None, covered=bool(kept), offered=cited)
    if listed.unknown:
        stands = "stands" if len(listed.unknown) == 1 else "stand"
        notices = (f"{' and '.join(listed.unknown)} {stands} nowhere in the offence list held.", *notices)
    return Answer(
        Status.ANSWERED if kept else Status.NOT_COVERED,
        question.text,
        question.as_at,
        build.manifest.id,
        statements=tuple(kept),
        citations=tuple(cited),
        notices=notices,
        took_ms=watch.took_ms(),
    )


def with_list(
    statements: list[Statement], citations: list[Citation], listed: LookUp
) -> tuple[list[Statement], list[Citation]]:
    """The answer with, first, what the offence list says of a code that has ended or has not begun."""
    first = len(listed.citations)
    moved = [Statement(s.text, tuple(number + first for number in s.citations)) for s in statements]
    renumbered = [replace(citation, number=citation.number + first) for citation in citations]
    return [*listed.statements, *moved], [*listed.citations, *renumbered]
