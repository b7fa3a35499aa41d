"""Whether a ruling still stands on what it was given on: its passages read as they did, in editions that are in force.

A passage is the same when its edition, its section and its words are; where only its page or its id is another, no rule
has changed (`knowledge.recall.rule_digest`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from knowledge.check_citations import fold
from knowledge.model import Citation, Passage
from knowledge.recall import rule_digest
from knowledge.ruling import Ruling

_WORD = re.compile(r"[a-z0-9]+(?:/[a-z0-9]+)*")
_SUCCEEDS = 0.5
"""From which share of common words a passage is taken to have come in another's place. Below it nothing is offered as
the new words: a person reads them before a ruling rests on them, and a wrong pair would mislead."""


class Holding(Protocol):
    """As much of a build as is needed here: its passages."""

    def passage(self, passage_id: str) -> Passage:
        """The passage of that id. Raises KeyError."""
        ...

    def passages(self) -> Iterable[Passage]:
        """All passages, edition by edition, in document order."""
        ...


class Why(StrEnum):
    """Why a ruling no longer stands. The last three concern no passage: its day, and who suspended or retired it."""

    ALTERED = "altered"
    GONE = "gone"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    REVIEW_PASSED = "review_passed"
    BY_HAND = "by_hand"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason: the passage as the ruling rests on it, and the one in its place now, where there are such."""

    why: Why
    was: Passage | None = None
    now: Passage | None = None


def doubts(ruling: Ruling, build: Holding, today: date) -> tuple[Doubt, ...]:
    """What speaks against the ruling on `today` with what `build` holds; empty when it stands."""
    found = [Doubt(Why.REVIEW_PASSED)] if today > ruling.review_on else []
    for citation in ruling.rests_on:
        was = citation.passage
        held = held_as_it_read(was, build)
        if held is None:
            now = successor(was, build, today)
            found.append(Doubt(Why.ALTERED if now else Why.GONE, was, now))
        elif held.edition.withdrawn is not None:
            found.append(Doubt(Why.WITHDRAWN, was, successor(was, build, today)))
        elif not held.edition.governs(today):
            found.append(Doubt(Why.ENDED, was, successor(was, build, today)))
    return tuple(found)


def held_as_it_read(passage: Passage, build: Holding) -> Passage | None:
    """The passage as `build` holds it, wherever its page and id are now; None when its words are no longer there."""
    wanted = rule_digest(passage)
    try:
        same = build.passage(passage.id)
        if rule_digest(same) == wanted:
            return same
    except KeyError:
        pass
    alike = (one for one in build.passages() if one.edition.key == passage.edition.key and one.path == passage.path)
    return next((one for one in alike if rule_digest(one) == wanted), None)


def successor(passage: Passage, build: Holding, today: date) -> Passage | None:
    """The passage of the same document, in force on `today`, that came in this one's place; None when none did."""
    words = _counted(passage.text)
    best: tuple[float, Passage | None] = (0.0, None)
    for one in build.passages():
        if one.edition.document != passage.edition.document or not one.edition.governs(today):
            continue
        alike = _alike(words, _counted(one.text)) + (0.1 if one.path == passage.path else 0.0)
        if alike > best[0]:
            best = alike, one
    return best[1] if best[0] >= _SUCCEEDS else None


def rests_now(ruling: Ruling, build: Holding, today: date) -> tuple[Citation, ...]:
    """What the ruling would rest on if it were given today on the same passages, or on those in their place."""
    found: dict[str, Citation] = {}
    for citation in ruling.rests_on:
        held = held_as_it_read(citation.passage, build)
        now = held if held is not None and held.edition.governs(today) else successor(citation.passage, build, today)
        if now is not None and now.id not in found:
            found[now.id] = Citation(len(found) + 1, now, _quoted(citation.quote, now))
    return tuple(found.values())


def _quoted(quote: str, passage: Passage) -> str:
    """The same words where they still stand there, else the sentence nearest to them."""
    if fold(quote) in fold(passage.text):
        return quote
    words = _counted(quote)
    sentences = [passage.text[start:end] for start, end in passage.sentences] or [passage.text]
    return max(sentences, key=lambda sentence: _alike(words, _counted(sentence)))


def _counted(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.lower()))


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """Share of the words of both that they have in common (Dice)."""
    return 2 * (one & other).total() / max(1, one.total() + other.total())
