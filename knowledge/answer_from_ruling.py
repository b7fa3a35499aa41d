"""Answer from a ruling: it first, then the rules it rests on as they stand in the build in use.

A ruling on a question that is only near is no answer: the asker is told that there is one, and on which question.
"""

from __future__ import annotations

from datetime import date

from knowledge.check_citations import check_citations, fold
from knowledge.model import Answer, Citation, Question, Statement, Status
from knowledge.notices import notices_for, spoken_date
from knowledge.ports import OpenBuild
from knowledge.ruling import OFFICE, Ruling
from knowledge.ruling_holds import rests_now
from knowledge.stopwatch import Stopwatch

_ASKED = 400
"""Characters of the question that an answer from a ruling names."""
_QUOTED = 250
_WHOLE = 300
"""Characters of a near question, and of its answer, that a notice has room for (`bot.rendering.limits.NOTICE`)."""
_TO_READ_IT = " (ask it in those words to read the whole answer)"


def answer_from_ruling(
    ruling: Ruling, question: Question, happened: date | None, build: OpenBuild, today: date, watch: Stopwatch
) -> Answer:
    """The answer to the question that `ruling` was given on, where it stands on `build`."""
    statements, citations = _told(ruling, build, today)
    with watch.part("check"):
        retrieved = {citation.passage.id for citation in citations}
        kept, _ = check_citations(statements, citations, retrieved=retrieved, as_at=question.as_at)
    return Answer(
        Status.ANSWERED,
        question.text,
        question.as_at,
        build.manifest.id,
        statements=tuple(kept),
        citations=tuple(citations),
        notices=(_says(ruling), *notices_for(question, build, today, happened, covered=True, offered=citations)),
        took_ms=watch.took_ms(),
    )


def near_notice(ruling: Ruling) -> str:
    """What the asker of a near question is told of it: the day, the question, the answer or how it begins."""
    question, answer = _begun(ruling.question, _QUOTED), _begun(ruling.answer, _WHOLE)
    cut, findable = answer.endswith("\u2026"), not question.endswith("\u2026")
    return (
        f"{OFFICE[0].upper()}{OFFICE[1:]} has ruled on a question near to yours, on {spoken_date(ruling.answered_on)} "
        f"(ruling {ruling.reference}): {_quoted(question)} "
        f"Its answer{' begins' if cut else ''}: {_quoted(answer)} "
        f"It holds only if that is the question you ask{_TO_READ_IT if cut and findable else ''}; otherwise ask the "
        "registrar\u2019s office."
    )


def _told(ruling: Ruling, build: OpenBuild, today: date) -> tuple[list[Statement], list[Citation]]:
    """Words of a rule that the ruling says itself are cited and not said again."""
    said = fold(ruling.answer)
    citations = [Citation(1, ruling.passage, ruling.answer)]
    statements = [Statement(ruling.answer, (1,))]
    for number, rule in enumerate(rests_now(ruling, build, today), start=2):
        citations.append(Citation(number, rule.passage, rule.quote))
        if fold(rule.quote) not in said:
            statements.append(Statement(rule.quote, (number,)))
    return statements, citations


def _says(ruling: Ruling) -> str:
    """Whose ruling it is, of which day, on which editions (`..., 22 November 2026, on ...`), and what was asked."""
    editions = "; ".join(f"{edition.title}, edition {edition.label}" for edition in ruling.editions)
    return (
        f"{ruling.passage.edition.title}, {spoken_date(ruling.answered_on)}, on {editions}. It was given on the "
        f"question {_quoted(_begun(ruling.question, _ASKED))} If yours differs, ask the registrar\u2019s office."
    )


def _begun(words: str, most: int) -> str:
    """The words on one line, whole, or as many of their first ones as there is room for."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1].rpartition(' ')[0] or line[: most - 1]}\u2026"


def _quoted(words: str) -> str:
    """In quotation marks, ending a sentence."""
    ending = "" if words.endswith((".", "?", "!", "\u2026")) else "."
    return f"\u201c{words}\u201d{ending}"
