"""Answer from a ruling where the question is the one it was given on, and where it still stands on the build in use.

Whether it stands is asked of the build the answer is made from, every time: a ruling that a new build has overtaken is
not answered from in the moment before anybody has suspended it.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from knowledge.as_at import read_dates
from knowledge.check_citations import fold
from knowledge.encode import Encoded, encode
from knowledge.model import Authority, Citation, Statement
from knowledge.notices import spoken_date
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


def ruling_for(
    asked: Encoded,
    rulings: Sequence[Ruling],
    questions: RulingQuestions,
    embedder: Embedder,
    build: OpenBuild,
    *,
    as_at: date,
    today: date,
) -> Ruling | None:
    """The ruling given on this question that is in force on `as_at` and stands on `build`; None when there is none."""
    encoded = questions.of(rulings, embedder)
    nearness = ((is_same_question(asked, ruled), one) for one, ruled in zip(rulings, encoded, strict=True))
    found = [(near, one) for near, one in nearness if near and _stands(one, build, as_at, today)]
    if not found:
        return None
    best = max(near for near, _ in found)
    equal = [one for near, one in found if near >= best - _EQUAL]
    return max(enumerate(equal), key=lambda pair: (pair[1].answered_on, pair[0]))[1]


def told_by(ruling: Ruling, build: OpenBuild, today: date) -> tuple[list[Statement], list[Citation], str]:
    """The ruling first, then the rules it rests on as `build` holds them, and the notice that says whose ruling it is.

    Words of a rule that the ruling says itself are cited and not said again.
    """
    said = fold(ruling.answer)
    citations = [Citation(1, ruling.passage, ruling.answer)]
    statements = [Statement(ruling.answer, (1,))]
    for number, rule in enumerate(rests_now(ruling, build, today), start=2):
        citations.append(Citation(number, rule.passage, rule.quote))
        if fold(rule.quote) not in said:
            statements.append(Statement(rule.quote, (number,)))
    return statements, citations, says(ruling)


def says(ruling: Ruling) -> str:
    """Whose ruling it is, of which day, on which editions (`..., 22 November 2026, on ...`), and what was asked."""
    editions = "; ".join(f"{edition.title}, edition {edition.label}" for edition in ruling.editions)
    return (
        f"{ruling.passage.edition.title}, {spoken_date(ruling.answered_on)}, on {editions}. If your question differs "
        f"from the one it was given on, ask the registrar\u2019s office. That was: {ruling.question}"
    )


def _stands(ruling: Ruling, build: OpenBuild, as_at: date, today: date) -> bool:
    return (
        bool(ruling.rests_on)
        and ruling.passage.edition.governs(as_at)
        and all(citation.passage.edition.authority is not Authority.RULING for citation in ruling.rests_on)
        and not doubts(ruling, build, today)
        and all(citation.passage.edition.governs(as_at) for citation in rests_now(ruling, build, today))
    )
