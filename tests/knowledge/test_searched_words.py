"""Somebody's name in a question changes nothing of what is searched for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.personal_data import replace_personal_data
from knowledge.searched_words import searched_words

_SET = Path(__file__).parents[2] / "evaluation" / "questions.jsonl"
QUESTIONS = [
    question
    for question in (json.loads(line)["question"] for line in _SET.read_text(encoding="utf-8").splitlines())
    if not replace_personal_data(question).removed
]
WITH = [
    "{} vic is Jane Placeholder, 07700 900123",
    "Mr Ahmed Fictional, dob 01/02/1990: {}",
    "{} (crime ref 12/345678/26, jane.placeholder@example.invalid)",
    "suspect named Ahmed Fictional. {}",
    "{}. Her name is Jane Placeholder and her number is 07700 900123.",
    "vic: Jane Placeholder, sus: Ahmed Fictional, {}",
    "{}, ring me on 07700 900123",
    "{} - NHS no 943 476 5919",
    "IP Mrs Jane Placeholder, born 3 May 1988. {}",
]


def searched(text: str) -> str:
    return searched_words(replace_personal_data(text).text)


@pytest.mark.parametrize("form", WITH)
def test_a_question_is_searched_for_alike_with_and_without_personal_data(form: str) -> None:
    """The whole question set; a full stop more or less is no difference."""
    differing = [
        (question, searched(form.format(question)))
        for question in QUESTIONS
        if searched(form.format(question)).rstrip(" .?!,") != searched(question).rstrip(" .?!,")
    ]

    assert [] == differing


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("vic Jane Placeholder wont support pros", "vic wont support pros"),
        ("can it be cancelled, ring 07700 900123", "can it be cancelled"),
        ("the victim is a child, crime it?", "the victim is a child, crime it?"),
        ("is s47 an 8N", "is s47 an 8N"),
    ],
)
def test_who_it_happened_to_stays(asked: str, left: str) -> None:
    assert left == searched(asked)
