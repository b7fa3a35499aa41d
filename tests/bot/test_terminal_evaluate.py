"""`desk evaluate` and `desk ask --explain`: how good the answers are, and how one was come to."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.bot.a_session import QUESTION, a_session, desk_command

ASKED = [
    ("one", "answerable", QUESTION, "answered", [{"document": "rules", "pages": [10]}]),
    ("two", "answerable", "is lateness counted in hours", "answered", [{"document": "rules", "pages": [3]}]),
    ("three", "out_of_scope", "what sentence will he get", "declined", []),
    ("four", "answerable", "what of another document", "answered", [{"document": "not-held", "pages": [1]}]),
]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    names = ("id", "kind", "question", "expect", "answers")
    records = [
        dict(zip(names, (i, kind, text, [expect], answers), strict=True)) for i, kind, text, expect, answers in ASKED
    ]
    path.write_text("\n".join(json.dumps({**record, "split": "test"}) for record in records))
    return path


def test_the_figures_are_given_with_the_banks_and_without_and_the_misses_are_listed(
    questions: Path, tmp_path: Path
) -> None:
    shown = desk_command("evaluate", str(questions), session=a_session(home=tmp_path)).stdout

    assert "with banks" in shown
    assert "without" in shown
    assert "is lateness counted in hours" in shown  # page 3 is the April 2013 edition's: a miss, and listed
    assert QUESTION not in shown
    assert "3 questions asked; 1 about documents not held left out." in shown


def test_the_json_holds_every_figure_and_what_was_left_out(questions: Path, tmp_path: Path) -> None:
    body = json.loads(desk_command("evaluate", str(questions), "--json", session=a_session(home=tmp_path)).stdout)

    assert body["asked"] == 3
    assert body["left_out"] == 1
    assert body["with_banks"]["hit_1"] == 0.5
    assert body["with_banks"]["abstained"] == 1.0
    assert body["baseline"] is None  # no document is kept to read again


def test_an_unknown_split_is_refused_in_a_sentence(questions: Path) -> None:
    result = desk_command("evaluate", str(questions), "--split", "most")

    assert result.exit_code == 2


def test_an_explanation_says_what_was_read_found_and_decided() -> None:
    shown = desk_command("ask", f"as at April 2013 {QUESTION}", "--explain").stdout

    assert "2013-04-01 (as asked for)" in shown
    assert re.search(f"searched for +{QUESTION}", shown)
    assert "coverage" in shown
    assert re.search(r"\n  so +answered\n", shown)


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("what sentence will he get", "declined: sentence"),
        ("xyzzy plugh", "not covered: nothing found fits well enough"),
    ],
)
def test_an_explanation_names_the_step_that_kept_silent(question: str, why: str) -> None:
    assert why in desk_command("ask", question, "--explain").stdout


def test_the_explanation_stands_in_the_json_only_when_asked_for() -> None:
    assert "explanation" not in json.loads(desk_command("ask", QUESTION, "--json").stdout)
    explained = json.loads(desk_command("ask", QUESTION, "--json", "--explain").stdout)["explanation"]
    assert explained["candidates"][0]["parts"].keys() >= {"passage", "sentence", "words", "coverage"}
