"""What may be said of what was found: the chat model's statements that hold, or else quotation."""

from __future__ import annotations

from contextlib import suppress

from knowledge.check_citations import check_citations
from knowledge.compose import compose
from knowledge.compose_with_model import compose_with_model
from knowledge.errors import WriterUnavailable
from knowledge.model import Citation, Found, Question, Statement
from knowledge.ports import AnswerWriter, OpenBuild
from knowledge.stopwatch import Stopwatch


def compose_and_check(
    found: list[Found],
    searched: str,
    question: Question,
    build: OpenBuild,
    writer: AnswerWriter | None,
    watch: Stopwatch,
) -> tuple[list[Statement], list[Citation], str]:
    """The statements that were checked, what they cite, and who composed them."""
    retrieved = {one.passage.id for one in found}
    if writer is not None:
        with watch.part("compose"), suppress(WriterUnavailable):
            statements, citations = compose_with_model(found, question.text, writer)
            kept, cited = check_citations(statements, citations, retrieved=retrieved, as_at=question.as_at)
            if kept:
                return kept, cited, writer.name
    with watch.part("compose"):
        statements, citations = compose(found, searched, build.lexical)
    with watch.part("check"):
        kept, cited = check_citations(statements, citations, retrieved=retrieved, as_at=question.as_at)
    return kept, cited, "quotation"
