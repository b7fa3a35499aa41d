"""How an answer was come to, step by step, for whoever maintains the desk: `desk ask --explain`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.clarify import clarify
from knowledge.codes import codes_in
from knowledge.decide import ENOUGH_FROM_BANK, ENOUGH_FROM_PROSE, INSIDE, answers, confidence, is_outside, standing
from knowledge.decline import decline
from knowledge.encode import Encoded
from knowledge.find_ruling import Ruled
from knowledge.look_up import LookUp
from knowledge.model import Found, Question, Scope


@dataclass(frozen=True, slots=True)
class Explanation:
    """What each step made of a question. `lines` are (step, what it gave); `found` the passages with their scores."""

    lines: tuple[tuple[str, str], ...]
    found: tuple[Found, ...]

    def to_json(self) -> dict[str, object]:
        """As plain values."""
        return {
            "steps": [{"step": step, "gave": gave} for step, gave in self.lines],
            "candidates": [
                {
                    "passage": one.passage.id,
                    "section": one.passage.section,
                    "pages": list(one.passage.pages),
                    "score": round(one.score, 3),
                    "parts": {name: round(value, 3) for name, value in one.parts.items()},
                    "collapsed": [twin.id for twin in one.collapsed],
                }
                for one in self.found
            ],
        }


def explained(
    question: Question,
    encoded: Encoded,
    found: Sequence[Found],
    scope: Scope | None,
    *,
    happened: date | None,
    listed: LookUp | None,
    rules_held: bool,
    ruled: Ruled,
) -> Explanation:
    """The explanation of a question that was read, encoded and searched for."""
    prose, bank = confidence(found)
    lines = [
        ("as kept", question.text),
        ("personal data removed", ", ".join(question.removed) or "none"),
        ("as at", question.as_at.isoformat() + (" (as asked for)" if question.dated else " (today)")),
        ("happened", happened.isoformat() if happened else "no past date"),
        ("searched for", encoded.text),
        ("written out", encoded.written_out if encoded.written_out != encoded.text else "no shorthand"),
        ("codes", ", ".join(codes_in(question.text)) or "none"),
    ]
    for name, ruling in (("ruling", ruled.same), ("ruling on a near one", ruled.near)):
        if ruling is not None:
            lines.append((name, f"{ruling.reference}, given on: {ruling.question}"))
    if scope is not None:
        near = f"inside {scope.inside:.2f}, outside {scope.outside:.2f} ({scope.topic.topic}), lean {scope.lean:+.2f}"
        own = f"words of the documents' own: {', '.join(scope.own) or 'none'}"
        lines.append(("scope", f"{near}, {own}; stands at {standing(found, scope):+.2f}, {INSIDE:+.2f} is needed"))
    lines.append(
        (
            "confidence",
            f"by words {prose:.2f} ({ENOUGH_FROM_PROSE} is enough), "
            f"by the bank {bank:.2f} ({ENOUGH_FROM_BANK} is enough)",
        )
    )
    lines.append(("so", _why(question, encoded, found, scope, listed, rules_held, ruled)))
    return Explanation(tuple(lines), tuple(found))


def _why(
    question: Question,
    encoded: Encoded,
    found: Sequence[Found],
    scope: Scope | None,
    listed: LookUp | None,
    rules_held: bool,
    ruled: Ruled,
) -> str:
    """The step that decided, in the order `Desk.ask` takes them."""
    if declined := decline(question.text):
        return f"declined: {declined.kind}"
    if listed is not None and listed.alone:
        return "answered from the offence list: the question names a code and nothing else"
    if ruled.same is not None:
        return "answered from the registrar's ruling on the same question"
    if not rules_held:
        return "not covered: no rule or guidance in force on that date is held"
    if is_outside(found, scope):
        return "not covered: nearer to questions outside the documents"
    if not answers(found, encoded.text):
        return "not covered: nothing found fits well enough, or only background does"
    if branch := clarify(encoded.text, found):
        return f"asked back: the rules branch on {branch.fact}"
    return "answered"
