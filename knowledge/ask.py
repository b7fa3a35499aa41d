"""From a question to an answer (design.md section 5), step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from knowledge.answer_from_list import answer_from_list, with_list
from knowledge.answer_from_ruling import answer_from_ruling, near_notice
from knowledge.clarify import clarify
from knowledge.clean import LONGEST, clean
from knowledge.compose import nearest
from knowledge.compose_and_check import compose_and_check
from knowledge.conflict import other_wordings, overridden
from knowledge.decide import answers, is_outside, topic_outside
from knowledge.decline import decline
from knowledge.encode import Encoded, encode
from knowledge.explain import Explanation, explained
from knowledge.find_ruling import Ruled, RulingQuestions, find_ruling
from knowledge.follow_up import in_context
from knowledge.held_then import is_held_then, rules_held
from knowledge.look_up import LookUp, look_up, not_in_force
from knowledge.model import Answer, Found, Question, Scope, Status
from knowledge.notices import notices_for
from knowledge.ports import AnswerWriter, Builds, Clock, Embedder, OpenBuild, Rulings
from knowledge.rank import Weights
from knowledge.read_question import QuestionRead, read_question
from knowledge.retrieve import retrieve
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
        watch, today = Stopwatch(), self.clock.today()
        build = self.builds.current()  # The whole answer is made from this one build, whatever is published meanwhile.
        with watch.part("clean"):
            read = read_question(text, as_at, today)
            searched = in_context(read.searched, [searched_words(clean(words)) for words in earlier])
        question = read.question
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
            return answer_from_list(listed, question, build, today, watch)
        encoded = encode(searched, self.embedder, watch)
        ruled = self._ruled(encoded, build, question.as_at, today, watch)
        if ruled.same is not None:
            return answer_from_ruling(ruled.same, question, read.happened, build, today, watch)
        answer = self._answer_from_documents(read, encoded, listed, build, today, watch)
        if ruled.near is not None:
            answer = replace(answer, notices=(*answer.notices, near_notice(ruled.near)))
        return answer

    def search(self, text: str, *, limit: int = 10, as_at: date | None = None) -> tuple[date, list[Found]]:
        """The passages nearest to a question, best first, and the date they are in force on."""
        build, read = self.builds.current(), read_question(text, as_at, self.clock.today())
        day = read.question.as_at
        return day, self._retrieve(encode(read.searched, self.embedder), build, day, limit)

    def explain(self, text: str, *, as_at: date | None = None) -> Explanation:
        """How `ask` comes to its answer: what was read, what was found and with which scores, and why it answers."""
        build, today = self.builds.current(), self.clock.today()
        read = read_question(text, as_at, today)
        question, encoded = read.question, encode(read.searched, self.embedder)
        return explained(
            question,
            encoded,
            self._retrieve(encoded, build, question.as_at, CANDIDATES),
            self._scope(encoded, build),
            happened=read.happened,
            listed=look_up(question.words, build, question.as_at),
            rules_held=rules_held(build, question.as_at),
            ruled=self._ruled(encoded, build, question.as_at, today, Stopwatch()),
        )

    def _answer_from_documents(
        self,
        read: QuestionRead,
        encoded: Encoded,
        listed: LookUp | None,
        build: OpenBuild,
        today: date,
        watch: Stopwatch,
    ) -> Answer:
        """What the documents say; else that they do not, or which fact they turn on."""
        question, searched = read.question, encoded.text
        found = self._retrieve(encoded, build, question.as_at, CANDIDATES, watch)
        now = self._retrieve(encoded, build, today, CANDIDATES, watch) if question.as_at != today else found
        held = rules_held(build, question.as_at) and is_held_then(found, now, build, question.as_at)
        scope = self._scope(encoded, build)
        outside = is_outside(found, scope)
        topic = topic_outside(scope) if outside else None
        if outside or not answers(found, searched) or not held:
            with watch.part("compose"):
                # Where nothing is held for that date, today's rule may be offered, and only labelled as today's.
                nearest_ones = nearest(found if held else now, searched, build.lexical)
            notices = notices_for(
                question, build, today, read.happened, covered=False, offered=nearest_ones, outside=topic
            )
            return Answer(
                Status.NOT_COVERED,
                question.text,
                question.as_at,
                build.manifest.id,
                citations=tuple(nearest_ones),
                notices=notices,
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
        statements, citations, composed_by = compose_and_check(found, searched, question, build, self.writer, watch)
        statements, citations, differing = other_wordings(statements, citations, build, question.as_at)
        if listed is not None and not_in_force(listed):
            statements, citations = with_list(statements, citations, listed)
        told = notices_for(question, build, today, read.happened, covered=bool(statements), offered=citations)
        return Answer(
            Status.ANSWERED if statements else Status.NOT_COVERED,
            question.text,
            question.as_at,
            build.manifest.id,
            composed_by=composed_by,
            statements=tuple(statements),
            citations=tuple(citations),
            notices=(*told, *overridden(citations), *differing),
            took_ms=watch.took_ms(),
        )

    def _ruled(self, asked: Encoded, build: OpenBuild, as_at: date, today: date, watch: Stopwatch) -> Ruled:
        """The registrar's ruling on this very question, or near to it, that is in force and stands on this build."""
        if self.rulings is None:
            return Ruled()
        with watch.part("rulings"):
            held = self.rulings.in_force()
            return find_ruling(asked, held, self._ruled_on, self.embedder, build, as_at=as_at, today=today)

    def _retrieve(
        self, question: Encoded, build: OpenBuild, day: date, limit: int, watch: Stopwatch | None = None
    ) -> list[Found]:
        weights = Weights() if self.with_banks else Weights().without_banks()
        return retrieve(question, build, as_at=day, limit=limit, weights=weights, watch=watch)

    def _scope(self, question: Encoded, build: OpenBuild) -> Scope | None:
        return build.scope(question.vectors, question.text) if self.with_banks else None


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
