"""Which answers a published change has made wrong: those that cited a passage which now reads otherwise, or is gone.

An answer is told by what it cited, as it read then, and by the day it was answered for: a rule that changes in April
leaves the answers for March as right as they were.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.model import Answer, Passage


class Became(StrEnum):
    """What a published change did to a passage."""

    ALTERED = "altered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A passage that answers may have cited, and what became of it.

    `digest` is `Passage.digest` and `rule` `rule_digest` of it as it read; `was` and `now` are its texts, `now` and
    `now_passage` empty where it is withdrawn. Answers for the days `since` to `until`, both inclusive, are concerned;
    None leaves that side open.
    """

    passage: str
    digest: str
    rule: str
    became: Became
    was: str
    now: str = ""
    now_passage: str = ""
    since: date | None = None
    until: date | None = None

    def concerns(self, as_at: date) -> bool:
        """Whether answers for that day are concerned."""
        return (self.since is None or self.since <= as_at) and (self.until is None or as_at <= self.until)


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A passage as an answer cited it. `rule` may be empty where only the digest was kept."""

    passage: str
    digest: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A kept answer: which question it answers, for which day, and what it cited."""

    question: str
    as_at: date
    passages: tuple[CitedPassage, ...]


@dataclass(frozen=True, slots=True)
class Recalled:
    """An answer to put right, with the changes that made it wrong, in the order it cited them."""

    question: str
    changes: tuple[RuleChange, ...]


def recall(changes: Iterable[RuleChange], cited: Sequence[Cited]) -> list[Recalled]:
    """The answers that cited a changed passage for a day the change concerns, in the order given.

    A passage is the same when its digest is, or its edition, section and words are: between two builds its page may
    have moved, which its digest shows and which changes no rule. Ids count for nothing, since they are given anew.
    """
    by_digest: defaultdict[str, list[RuleChange]] = defaultdict(list)
    for change in changes:
        for told in {change.digest, change.rule} - {""}:
            by_digest[told].append(change)
    found = []
    for answer in cited:
        hit = dict.fromkeys(
            change
            for one in answer.passages
            for told in (one.digest, one.rule)
            for change in by_digest.get(told, ())
            if change.concerns(answer.as_at)
        )
        if hit:
            found.append(Recalled(answer.question, tuple(hit)))
    return found


def cited_of(question: str, answer: Answer) -> Cited:
    """What to ask `recall` of a kept answer, `question` being the id it is kept under."""
    passages = dict.fromkeys(citation.passage for citation in answer.citations)
    return Cited(
        question,
        answer.as_at,
        tuple(CitedPassage(one.id, one.digest, rule_digest(one)) for one in passages),
    )


def rule_digest(passage: Passage) -> str:
    """SHA-256 over edition, section and words, white space apart: equal where only the page or the number moved."""
    material = "\x1f".join([passage.edition.key, passage.section, " ".join(passage.text.split())])
    return hashlib.sha256(b"rule\x1f" + material.encode()).hexdigest()
