"""From a question to an answer (design.md section 5), step by step."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

from knowledge.answer_from_ruling import RulingQuestions, ruling_for, told_by
from knowledge.as_at import read_dates
from knowledge.check_citations import check_citations
from knowledge.clarify import clarify
from knowledge.clean import LONGEST, clean
from knowledge.compose import compose, nearest
from knowledge.compose_with_model import compose_with_model
from knowledge.conflict import other_wordings, overridden
from knowledge.decide import answers, is_outside, topic_outside
from knowledge.decline import decline
from knowledge.encode import Encoded, encode
from knowledge.errors import WriterUnavailable
from knowledge.explain import Explanation, explained
from knowledge.follow_up import in_context
from knowledge.held_then import is_held_then, rules_held
from knowledge.look_up import LookUp, look_up, not_in_force
from knowledge.model import Answer, Citation, Found, Question, Statement, Status
from knowledge.notices import notices_for
from knowledge.personal_data import replace_personal_data
from knowledge.ports import AnswerWriter, Builds, Clock, Embedder, OpenBuild, Rulings
from knowledge.rank import Weights
from knowledge.retrieve import retrieve
from knowledge.ruling import Ruling
from knowledge.searched_words import searched_words
from knowledge.stopwatch import Stopwatch

CANDIDATES = 12
"""Passages an answer is made from."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk: one verb to ask, one to search. Safe to call from several threads."""

    builds: Builds
    embedder: Embedder
    clock: Clock
    writer: AnswerWriter | None = None
    with_banks: bool = True
    """False leaves the reviewed questions, inside and outside, out of account: what a new document would get."""
    rulings: Rulings | None = None
    _ruled_on: RulingQuestions = field(default_factory=RulingQuestions)

    def ask(self, text: str, *, as_at: date | None = None, earlier: Sequence[str] = ()) -> Answer:
        """Answer a question with cited passages.

        `as_at` overrides any date in the question; `earlier` are the asker's own earlier questions in the same thread,
        oldest first. Raises NoBuild, BuildInvalid or ModelMismatch when there is nothing to answer from.
        """
        watch = Stopwatch()
        build = self.builds.current()  # The whole answer is made from this one build, whatever is published meanwhile.
        with watch.part("clean"):
            question, searched, happened = self._read(text, as_at)
            searched = in_context(searched, [searched_words(clean(words)) for words in earlier])
        if not searched:
            return _unasked(
                question, build, "Ask a question in your own words, for example: how long have I got to record it?"
            )
        if len(clean(text)) > LONGEST:
            return _unasked(
                question, build, f"Questions may have up to {LONGEST:,} characters; please ask the one that matters."
            )
        if declined := decline(question.words):
            return _unasked(question, build, declined.says, Status.DECLINED, watch)
        listed = look_up(question.words, build, question.as_at)
        if listed is not None and listed.alone:
            return self._listed(listed, question, build, watch)
        encoded = encode(searched, self.embedder, watch)
        if (ruling := self._ruling(encoded, build, question.as_at, watch)) is not None:
            return self._ruled(ruling, question, happened, build, watch)
        found = self._retrieve(encoded, build, question.as_at, CANDIDATES, watch)
        today = self.clock.today()
        now = self._retrieve(encoded, build, today, CANDIDATES, watch) if question.as_at != today else found
        held = rules_held(build, question.as_at) and is_held_then(found, now, build, question.as_at)
        scope = build.scope(encoded.vectors, encoded.text) if self.with_banks else None
        outside = is_outside(found, scope)
        topic = topic_outside(scope) if outside else None
        if outside or not answers(found, searched) or not held:
            with watch.part("compose"):
                # Where nothing is held for that date, today's rule may be offered, and only labelled as today's.
                citations = nearest(found if held else now, searched, build.lexical)
            return Answer(
                Status.NOT_COVERED,
                question.text,
                question.as_at,
                build.manifest.id,
                citations=tuple(citations),
                notices=notices_for(
                    question,
                    build,
                    today,
                    happened,
                    covered=False,
                    offered=citations,
                    outside=topic,
                ),
                took_ms=watch.took_ms(),
            )
        if branch := clarify(searched, found):
            return Answer(
                Status.NEEDS_CLARIFYING,
                question.text,
                question.as_at,
                build.manifest.id,
                citations=tuple(nearest(found, searched, build.lexical)),
                notices=(branch.asks,),
                options=branch.options,
                took_ms=watch.took_ms(),
            )
        statements, citations, composed_by = self._compose(found, searched, question, build, watch)
        statements, citations, differing = other_wordings(statements, citations, build, question.as_at)
        if listed is not None and not_in_force(listed):
            statements, citations = _with_list(statements, citations, listed)
        return Answer(
            Status.ANSWERED if statements else Status.NOT_COVERED,
            question.text,
            question.as_at,
            build.manifest.id,
            composed_by=composed_by,
            statements=tuple(statements),
            citations=tuple(citations),
            notices=(
                *notices_for(question, build, today, happened, covered=bool(statements), offered=citations),
                *overridden(citations),
                *differing,
            ),
            took_ms=watch.took_ms(),
        )

    def _compose(
        self, found: list[Found], searched: str, question: Question, build: OpenBuild, watch: Stopwatch
    ) -> tuple[list[Statement], list[Citation], str]:
        """What may be said: the chat model's statements that hold, or else quotation."""
        retrieved = {one.passage.id for one in found}
        if self.writer is not None:
            with watch.part("compose"), suppress(WriterUnavailable):
                statements, citations = compose_with_model(found, question.text, self.writer)
                kept, cited = check_citations(statements, citations, retrieved=retrieved, as_at=question.as_at)
                if kept:
                    return kept, cited, self.writer.name
        with watch.part("compose"):
            statements, citations = compose(found, searched, build.lexical)
        with watch.part("check"):
            kept, cited = check_citations(statements, citations, retrieved=retrieved, as_at=question.as_at)
        return kept, cited, "quotation"

    def _listed(self, listed: LookUp, question: Question, build: OpenBuild, watch: Stopwatch) -> Answer:
        """The answer to a question about a code and nothing else: what the offence list says of it."""
        with watch.part("check"):
            kept, cited = check_citations(
                listed.statements,
                listed.citations,
                retrieved={citation.passage.id for citation in listed.citations},
                as_at=question.as_at,
            )
        notices = notices_for(question, build, self.clock.today(), None, covered=bool(kept), offered=cited)
        if listed.unknown:
            stands = "stands" if len(listed.unknown) == 1 else "stand"
            notices = (f"{' and '.join(listed.unknown)} {stands} nowhere in the offence list held.", *notices)
        return Answer(
            Status.ANSWERED if kept else Status.NOT_COVERED,
            question.text,
            question.as_at,
            build.manifest.id,
            statements=tuple(kept),
            citations=tuple(cited),
            notices=notices,
            took_ms=watch.took_ms(),
        )

    def _ruling(self, asked: Encoded, build: OpenBuild, as_at: date, watch: Stopwatch) -> Ruling | None:
        """The registrar's ruling on this very question, where one is in force and stands on this build."""
        if self.rulings is None:
            return None
        with watch.part("rulings"):
            held, today = self.rulings.in_force(), self.clock.today()
            return ruling_for(asked, held, self._ruled_on, self.embedder, build, as_at=as_at, today=today)

    def _ruled(
        self, ruling: Ruling, question: Question, happened: date | None, build: OpenBuild, watch: Stopwatch
    ) -> Answer:
        today = self.clock.today()
        statements, citations, says = told_by(ruling, build, today)
        with watch.part("check"):
            retrieved = {citation.passage.id for citation in citations}
            kept, _ = check_citations(statements, citations, retrieved=retrieved, as_at=question.as_at)
        return Answer(
            Status.ANSWERED,
            question.text,
            question.as_at,
            build.manifest.id,
            statements=tuple(kept),
            citations=tuple(citations),
            notices=(says, *notices_for(question, build, today, happened, covered=True, offered=citations)),
            took_ms=watch.took_ms(),
        )

    def search(self, text: str, *, limit: int = 10, as_at: date | None = None) -> tuple[date, list[Found]]:
        """The passages nearest to a question, best first, and the date they are in force on."""
        build = self.builds.current()
        question, searched, _ = self._read(text, as_at)
        return question.as_at, self._retrieve(encode(searched, self.embedder), build, question.as_at, limit)

    def _retrieve(
        self, question: Encoded, build: OpenBuild, day: date, limit: int, watch: Stopwatch | None = None
    ) -> list[Found]:
        weights = Weights() if self.with_banks else Weights(bank=0.0)
        return retrieve(question, build, as_at=day, limit=limit, weights=weights, watch=watch)

    def explain(self, text: str, *, as_at: date | None = None) -> Explanation:
        """How `ask` comes to its answer: what was read, what was found and with which scores, and why it answers."""
        build = self.builds.current()
        question, searched, happened = self._read(text, as_at)
        encoded = encode(searched, self.embedder)
        return explained(
            question,
            encoded,
            self._retrieve(encoded, build, question.as_at, CANDIDATES),
            build.scope(encoded.vectors, encoded.text) if self.with_banks else None,
            happened=happened,
            listed=look_up(question.words, build, question.as_at),
            rules_held=rules_held(build, question.as_at),
            ruling=self._ruling(encoded, build, question.as_at, Stopwatch()),
        )

    def _read(self, text: str, as_at: date | None) -> tuple[Question, str, date | None]:
        """The question to keep, the words to search for, and a past date on which something only happened."""
        cleaned = replace_personal_data(clean(text)[: LONGEST + 1])
        words, today = searched_words(cleaned.text), self.clock.today()
        dates = read_dates(words, today)
        day = as_at or dates.edition or today
        question = Question(cleaned.text, day, cleaned.removed, dated=bool(as_at or dates.edition), words=words)
        return question, dates.text, dates.happened


def _with_list(
    statements: list[Statement], citations: list[Citation], listed: LookUp
) -> tuple[list[Statement], list[Citation]]:
    """The answer with, first, what the offence list says of a code that has ended or has not begun."""
    first = len(listed.citations)
    moved = [Statement(s.text, tuple(number + first for number in s.citations)) for s in statements]
    renumbered = [replace(citation, number=citation.number + first) for citation in citations]
    return [*listed.statements, *moved], [*listed.citations, *renumbered]


def _unasked(
    question: Question, build: OpenBuild, says: str, status: Status = Status.DECLINED, watch: Stopwatch | None = None
) -> Answer:
    return Answer(
        status,
        question.text,
        question.as_at,
        build.manifest.id,
        notices=(says,),
        took_ms=watch.took_ms() if watch else {},
    )
