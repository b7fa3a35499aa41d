"""Find the ruling given on a question, or on one near to it, where it still stands on the build in use.

Whether it stands is asked of the build the answer is made from, every time: a ruling that a new build has overtaken is
not answered from in the moment before anybody has suspended it.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from knowledge.as_at import read_dates
from knowledge.encode import Encoded, encode
from knowledge.model import Authority
from knowledge.near_question import is_near_question
from knowledge.ports import Embedder, OpenBuild
from knowledge.ruling import Ruling
from knowledge.ruling_holds import doubts, rests_now
from knowledge.same_question import is_same_question
from knowledge.searched_words import searched_words

_EQUAL = 0.02
"""Rulings whose questions are this much alike near answer the same question: the one given last prevails."""


@dataclass(frozen=True, slots=True)
class RulingQuestions:
    """The questions of rulings as they are compared, each encoded once. Safe to use from several threads."""

    _known: dict[str, Encoded] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, rulings: Sequence[Ruling], embedder: Embedder) -> list[Encoded]:
        """The encoded question of each ruling, in order. Those of rulings not named any more are forgotten."""
        # A date in the question says which day it was asked for, as in the questions it is compared with.
        wanted = [read_dates(searched_words(one.question), one.answered_on).text for one in rulings]
        with self._lock:
            for gone in self._known.keys() - set(wanted):
                del self._known[gone]
            for text in wanted:
                if text not in self._known:
                    self._known[text] = encode(text, embedder)
            return [self._known[text] for text in wanted]


@dataclass(frozen=True, slots=True)
class Ruled:
    """The ruling on a question; where there is none, one on a question near to it. Mostly neither."""

    same: Ruling | None = None
    near: Ruling | None = None


def find_ruling(
    asked: Encoded,
    rulings: Sequence[Ruling],
    questions: RulingQuestions,
    embedder: Embedder,
    build: OpenBuild,
    *,
    as_at: date,
    today: date,
) -> Ruled:
    """The ruling given on this question, or near to it, that is in force on `as_at` and stands on `build`."""
    encoded = list(zip(rulings, questions.of(rulings, embedder), strict=True))
    same = [(near, one) for one, ruled in encoded if (near := is_same_question(asked, ruled))]
    if found := [(near, one) for near, one in same if _stands(one, build, as_at, today)]:
        best = max(near for near, _ in found)
        equal = [one for near, one in found if near >= best - _EQUAL]
        return Ruled(same=max(enumerate(equal), key=lambda pair: (pair[1].answered_on, pair[0]))[1])
    close = [(near, one) for one, ruled in encoded if (near := is_near_question(asked, ruled))]
    nearest_first = sorted(close, key=lambda pair: (pair[0], pair[1].answered_on), reverse=True)
    return Ruled(near=next((one for _, one in nearest_first if _stands(one, build, as_at, today)), None))


def _stands(ruling: Ruling, build: OpenBuild, as_at: date, today: date) -> bool:
    return (
        bool(ruling.rests_on)
        and ruling.passage.edition.governs(as_at)
        and all(citation.passage.edition.authority is not Authority.RULING for citation in ruling.rests_on)
        and not doubts(ruling, build, today)
        and all(citation.passage.edition.governs(as_at) for citation in rests_now(ruling, build, today))
    )
