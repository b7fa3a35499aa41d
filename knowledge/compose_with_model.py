"""Compose an answer from a chat model's drafts, as citations that can be checked like any other."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.model import Citation, Found, Statement
from knowledge.ports import AnswerWriter

_SHOWN = 6
"""Passages the model is shown: the best ones, so that it has little to confuse."""


def compose_with_model(
    found: Sequence[Found], question: str, writer: AnswerWriter
) -> tuple[list[Statement], list[Citation]]:
    """Statements and citations as the model wrote them, unchecked. Raises WriterUnavailable."""
    passages = [one.passage for one in found[:_SHOWN]]
    statements: list[Statement] = []
    citations: list[Citation] = []
    for draft in writer.write(question, passages):
        numbers = []
        for number, words in draft.quotes:
            if not 1 <= number <= len(passages):
                # A passage the model made up: number 0 is held by no citation, so the check drops the statement.
                numbers.append(0)
                continue
            citation = Citation(len(citations) + 1, passages[number - 1], words)
            held = next((c for c in citations if (c.passage.id, c.quote) == (citation.passage.id, words)), None)
            if held is None:
                citations.append(citation)
            numbers.append((held or citation).number)
        statements.append(Statement(draft.text, tuple(dict.fromkeys(numbers))))
    return statements, citations
