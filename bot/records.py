"""The answers given: what was said, from which build, and the passages as they read, so it can be shown a year on."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Row, delete, insert, select

from bot.kept_answers import answer_of, passage_of, passage_record
from bot.tables import answers, questions
from bot.transactions import Transactions
from knowledge.model import Answer, Passage

_REFERENCE = 8
"""Letters of a question's id that people are given."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One citation of an answer given, with its passage as it read then."""

    build: str
    number: int
    of: int
    quote: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was given: its reference, to whom, and when (seconds since 1970)."""

    question: str
    reference: str
    answer: Answer
    asker: str
    answered_at: float


class Records:
    """Keeps and finds answers by their question's id."""

    def __init__(self, engine: Engine) -> None:
        self._store = Transactions(engine)

    def keep(self, question: str, answer: Answer) -> None:
        """Keep an answer whole. Keeping it again, after a restart, replaces it."""
        passages = {c.passage.id: passage_record(c.passage) for c in answer.citations}
        values = {
            "question": question,
            "build": answer.build,
            "status": str(answer.status),
            "kept": {**answer.to_json(), "passages": passages},
            "answered_at": time.time(),
        }
        with self._store.writing() as connection:
            connection.execute(delete(answers).where(answers.c.question == question))
            connection.execute(insert(answers).values(values))

    def citation(self, question: str, number: int) -> Kept | None:
        """A numbered citation of the answer to a question, or None when there is none."""
        row = self._row(question)
        if row is None:
            return None
        cited = row.kept["citations"]
        found = next((one for one in cited if one["number"] == number), None)
        if found is None:
            return None
        return Kept(row.build, number, len(cited), found["quote"], passage_of(row.kept["passages"][found["passage"]]))

    def answer(self, question: str) -> Answer | None:
        """The answer as it was given, with its passages as they read, or None when none is kept."""
        row = self._row(question)
        return answer_of(row.kept) if row is not None else None

    def by_reference(self, reference: str) -> Given | None:
        """The answer whose question's id begins with the reference; None when there is none, or more than one."""
        wanted = reference.strip().lower()
        if len(wanted) < _REFERENCE or not wanted.isalnum():
            return None
        with self._store.reading() as connection:
            rows = connection.execute(
                select(answers.c.question, answers.c.kept, answers.c.answered_at, questions.c.asker)
                .join(questions, questions.c.id == answers.c.question)
                .where(answers.c.question.startswith(wanted, autoescape=True))
            ).all()
        if len(rows) != 1:
            return None
        return _given(rows[0])

    def since(self, when: float) -> list[Given]:
        """The answers given since then, oldest first."""
        with self._store.reading() as connection:
            rows = connection.execute(
                select(answers.c.question, answers.c.kept, answers.c.answered_at, questions.c.asker)
                .join(questions, questions.c.id == answers.c.question)
                .where(answers.c.answered_at >= when)
                .order_by(answers.c.answered_at)
            ).all()
        return [_given(row) for row in rows]

    def _row(self, question: str) -> Row[Any] | None:
        with self._store.reading() as connection:
            return connection.execute(select(answers).where(answers.c.question == question)).one_or_none()


def reference_of(question: str) -> str:
    """What a person is given to find a question's answer by."""
    return question[:_REFERENCE].upper()


def _given(row: Any) -> Given:
    return Given(row.question, reference_of(row.question), answer_of(row.kept), row.asker, row.answered_at)
