"""Whether the passages found answer the question, or the documents do not say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.model import Authority, Found, Outside, Scope

ENOUGH_FROM_PROSE = 0.45
ENOUGH_FROM_BANK = 0.40
"""From where the desk answers: how well the words of a passage fit, or how near a reviewed question of the bank is.
Chosen on the tuning questions (docs/retrieval.md)."""

INSIDE = -0.05
LEAN = 0.2
OWN = 0.2
NAMED = 0.5
"""From where a question is taken to be about what the documents cover, how much the lean of all reviewed questions
and a word only the documents use count, and from where a topic outside is near enough to be named: docs/retrieval.md
says how they were chosen."""

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


def is_outside(found: Sequence[Found], scope: Scope | None) -> bool:
    """Whether a question is about something the documents do not cover, whatever edition is in force.

    It is weighed by what it is nearest to: a reviewed question or the words of a passage inside, against a reviewed
    question outside, and by how it leans by all of them. False where the build holds no such questions.
    """
    return scope is not None and standing(found, scope) < INSIDE


def standing(found: Sequence[Found], scope: Scope) -> float:
    """How far inside the documents a question stands, about -1 to 1."""
    prose, _ = confidence(found)
    return max(scope.inside, prose) - scope.outside + LEAN * scope.lean + (OWN if scope.own else 0.0)


def topic_outside(scope: Scope | None) -> Outside | None:
    """The topic outside the documents that is near enough to be named."""
    return scope.topic if scope is not None and scope.outside >= NAMED else None


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
