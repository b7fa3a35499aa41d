"""Whether the passages found answer the question, or the documents do not say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.model import Authority, Found

ENOUGH_FROM_PROSE = 0.50
ENOUGH_FROM_BANK = 0.45
"""From where the desk answers: how well the words of a passage fit, or how near a reviewed question of the bank is.
Chosen on the tuning questions (docs/retrieval.md)."""

_WHAT_MUST_I_DO = re.compile(
    r"\b(?:must|should|shall|do (?:i|we|you)|can (?:i|we|you|the|a|my|his)|may (?:i|we)|have to|need to|needs|"
    r"how (?:long|soon|many)|allowed|required|when|crime it|record)\b",
    re.IGNORECASE,
)


def confidence(found: Sequence[Found]) -> tuple[float, float]:
    """How surely the best passages speak to the question (0 to about 1): by their words, and by the question bank."""
    prose = max(
        (
            0.5 * max(one.parts["sentence"], one.parts["passage"])
            + 0.5 * one.parts["coverage"]
            + 0.3 * one.parts["code"]
            for one in found[:3]
        ),
        default=0.0,
    )
    return prose, max((one.parts["bank"] for one in found[:3]), default=0.0)


def answers(found: Sequence[Found], question: str) -> bool:
    """Whether the desk may answer from what was found.

    A background document (a newspaper, say) never answers what must be done on its own (design.md section 6).
    """
    prose, bank = confidence(found)
    if prose < ENOUGH_FROM_PROSE and bank < ENOUGH_FROM_BANK:
        return False
    if found[0].passage.edition.authority is Authority.BACKGROUND:
        return not _WHAT_MUST_I_DO.search(question)
    return True
