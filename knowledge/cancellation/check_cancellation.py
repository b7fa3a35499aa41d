"""Check what the rules in force require before a recorded crime is transferred or cancelled (facts: CRR26 pages 25-26).

The check informs. It never decides, and nothing it says is a permission.
"""

from __future__ import annotations

from dataclasses import replace

from knowledge.cancellation.form import Form
from knowledge.cancellation.judge import judge
from knowledge.cancellation.load_table import load_table
from knowledge.cancellation.resolve import Guidance, resolve
from knowledge.cancellation.result import CheckResult, Verdict
from knowledge.cancellation.reviews import NO_REVIEWS, Reviews
from knowledge.check_citations import check_citations
from knowledge.model import Statement


def check_cancellation(form: Form, build: Guidance, reviews: Reviews = NO_REVIEWS) -> CheckResult:
    """What the rules in force on the form's date require of it, line by line, from the documents of one build.

    `reviews` are the force's own reviews of rules whose words changed since the table that ships was reviewed.

    Raises WrongUse where the crime on the form is not a class or an offence code.
    """
    table = load_table()
    return _sound(judge(form, table, resolve(table, build, form.as_at, reviews)))


def _sound(result: CheckResult) -> CheckResult:
    """The result with only citations that hold, as for an answer; a line that loses one is no longer decided."""
    statements = [Statement(citation.quote, (citation.number,)) for citation in result.citations]
    retrieved = {citation.passage.id for citation in result.citations}
    _, sound = check_citations(statements, result.citations, retrieved=retrieved, as_at=result.as_at)
    if len(sound) == len(result.citations):
        return result
    numbers = {citation.number for citation in sound}
    lines = tuple(
        line
        if numbers.issuperset(line.citations)
        else replace(
            line,
            verdict=Verdict.UNCLEAR,
            says="A rule this line rests on cannot be quoted word for word, so nothing is drawn from it.",
            missing=("The registrar's word",),
            citations=tuple(number for number in line.citations if number in numbers),
        )
        for line in result.lines
    )
    return replace(result, lines=lines, citations=tuple(sound), held=tuple(n for n in result.held if n in numbers))
