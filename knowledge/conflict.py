"""Where what is cited disagrees: force policy that is looser than a national rule, and a rule printed in two wordings.

The national rule prevails over force policy, which may add steps and may not loosen (design.md section 2). Between two
wordings of one rule nothing in the documents decides, and the registrar does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from knowledge.model import Authority, Citation, Statement
from knowledge.ports import OpenBuild
from knowledge.wordings import same_words

_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
_NUMBERS = {word: number for number, word in enumerate(_WORDS, start=1)}
_UNITS = {"hour": 1.0, "day": 24.0, "week": 168.0, "month": 730.0}
_SPAN = re.compile(rf"\b(?P<many>\d{{1,3}}|{'|'.join(_NUMBERS)})[\s-]+(?P<unit>{'|'.join(_UNITS)})s?\b", re.IGNORECASE)
_LIMIT = re.compile(
    r"\b(?:within|no later than|not? (?:more|longer) than|up to|at the latest|limit|before)\b", re.IGNORECASE
)
_FORBIDS = re.compile(r"\b(?:must not|may not|cannot|can not|should not|never|not be|only)\b", re.IGNORECASE)
_ALLOWS = re.compile(
    r"\b(?:may|can|need not|do(?:es)? not (?:need|have) to|is not required|allowed to)\b", re.IGNORECASE
)
_WORD = re.compile(r"[a-z]{4,}")
_SAME_MATTER = 0.34
"""Share of the words of the shorter of two sentences from which they are about the same matter."""
_NATIONAL = frozenset({Authority.NATIONAL_RULE, Authority.NATIONAL_GUIDANCE})


def overridden(citations: Sequence[Citation]) -> list[str]:
    """A sentence on each cited force policy that is looser than a national rule cited beside it."""
    told: list[str] = []
    policies = [c for c in citations if c.passage.edition.authority is Authority.FORCE_POLICY]
    rules = [c for c in citations if c.passage.edition.authority in _NATIONAL]
    for policy in policies:
        rule = next((rule for rule in rules if _looser(policy.quote, rule.quote)), None)
        if rule is not None:
            told.append(
                f"Force policy [{policy.number}] is looser than the national rule [{rule.number}]. The national rule "
                "prevails: force policy may add steps and may not loosen a rule."
            )
    return told


def other_wordings(
    statements: Sequence[Statement], citations: Sequence[Citation], build: OpenBuild, as_at: date
) -> tuple[list[Statement], list[Citation], list[str]]:
    """The answer with, after a rule that is also printed in other words, those words; and a sentence on each."""
    out: list[Statement] = []
    cited = list(citations)
    told: list[str] = []
    for statement in statements:
        out.append(statement)
        for number in statement.citations[:1]:
            citation = next(c for c in citations if c.number == number)
            found = _other_wording(citation, build)
            if (
                found is None
                or not found.passage.edition.governs(as_at)
                or any(c.passage == found.passage and c.quote == found.quote for c in cited)
            ):
                continue
            other = Citation(max(c.number for c in cited) + 1, found.passage, found.quote)
            cited.append(other)
            out.append(Statement(other.quote, (other.number,)))
            told.append(
                f"This rule is printed in two wordings, [{number}] and [{other.number}], and they differ. "
                "If the difference decides, ask the Force Crime Registrar."
            )
    return out, cited, told


def _other_wording(citation: Citation, build: OpenBuild) -> Citation | None:
    for pair in build.differences():
        sides = ((pair["a"], pair["b"], 0), (pair["b"], pair["a"], 1))
        for own, other, side in sides:
            if own != citation.passage.id:
                continue
            for wording in pair["wordings"]:
                ours, theirs = wording[side], wording[1 - side]
                if _matters(ours, theirs) and same_words(ours, citation.quote) is not None:
                    passage = build.passage(other)
                    if theirs in passage.text:
                        return Citation(0, passage, theirs)
    return None


def _matters(ours: str, theirs: str) -> bool:
    """Whether two wordings differ in a figure, a duty or a refusal, and not only in style."""

    def weight(text: str) -> tuple[list[str], list[str]]:
        figures = re.findall(r"\d+[A-Z]?", text.lstrip("0123456789.) "))
        return figures, sorted(
            w.lower() for w in re.findall(r"\b(?:must|should|may|not|never|only|all|any)\b", text, re.I)
        )

    return weight(ours) != weight(theirs)


def _looser(policy: str, rule: str) -> bool:
    """Whether the policy gives longer, or allows what the rule forbids, on the same matter."""
    if not _same_matter(policy, rule):
        return False
    ours, national = _limits(policy), _limits(rule)
    if ours and national:
        return min(ours) > max(national)
    return bool(_FORBIDS.search(rule) and _ALLOWS.search(policy) and not _FORBIDS.search(policy))


def _limits(text: str) -> list[float]:
    """Hours of the time limits of a sentence."""
    if not _LIMIT.search(text):
        return []
    return [
        float(_NUMBERS.get(found["many"].lower()) or int(found["many"])) * _UNITS[found["unit"].lower()]
        for found in _SPAN.finditer(text)
    ]


def _same_matter(a: str, b: str) -> bool:
    first, second = set(_WORD.findall(a.lower())), set(_WORD.findall(b.lower()))
    return bool(first and second) and len(first & second) >= _SAME_MATTER * min(len(first), len(second))
