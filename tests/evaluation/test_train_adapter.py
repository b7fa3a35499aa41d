"""The query adapter: learned from questions and the passages that answer them, and true of passages left out."""

from __future__ import annotations

import numpy as np
import pytest

from evaluation.train_adapter import Lessons, learn
from knowledge.ports import Vectors

DIMENSION = 32
RULES = 40


def unit(vectors: Vectors) -> Vectors:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def lessons() -> Lessons:
    """Rules, each in two sentences, and questions that say the same in another tongue: turned by one rotation."""
    chance = np.random.default_rng(5)
    rules = unit(chance.normal(size=(RULES, DIMENSION)))
    turn, _ = np.linalg.qr(np.eye(DIMENSION) + 0.2 * chance.normal(size=(DIMENSION, DIMENSION)))
    of = np.repeat(np.arange(RULES), 2)
    sentences = unit(rules[of] + 0.3 * chance.normal(size=(2 * RULES, DIMENSION)) / DIMENSION**0.5)
    asked = np.repeat(np.arange(RULES), 4)
    questions = unit(rules[asked] @ turn + 0.2 * chance.normal(size=(4 * RULES, DIMENSION)) / DIMENSION**0.5)
    return Lessons(rules, sentences, of, questions, asked)


def lead(questions: Vectors, lessons: Lessons) -> float:
    """How much nearer questions are to what answers them than to the rest, on average."""
    near = questions @ lessons.passages.T
    own = near[np.arange(len(questions)), lessons.question_of]
    return float(own.mean() - near.mean())


def test_questions_come_nearer_to_what_answers_them(lessons: Lessons) -> None:
    turned = learn(lessons).turn(lessons.questions)

    assert lead(turned, lessons) > lead(lessons.questions, lessons) + 0.01
    np.testing.assert_allclose(np.linalg.norm(turned, axis=1), 1, atol=1e-5)


def test_what_is_left_out_teaches_nothing(lessons: Lessons) -> None:
    out = {3, 17}
    others = ~np.isin(lessons.question_of, list(out))
    stays = ~np.isin(lessons.sentence_of, list(out))
    kept = [number for number in range(RULES) if number not in out]
    place = {number: at for at, number in enumerate(kept)}
    never_there = Lessons(
        lessons.passages[kept],
        lessons.sentences[stays],
        np.array([place[number] for number in lessons.sentence_of[stays]]),
        lessons.questions[others],
        np.array([place[number] for number in lessons.question_of[others]]),
    )

    np.testing.assert_allclose(learn(lessons, out).matrix, learn(never_there).matrix, atol=1e-6)


def test_the_same_lessons_teach_the_same(lessons: Lessons) -> None:
    np.testing.assert_array_equal(learn(lessons).matrix, learn(lessons).matrix)
