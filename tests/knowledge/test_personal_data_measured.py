"""How much personal data is caught, and how little else, on sentences invented for it."""

from __future__ import annotations

import re
from pathlib import Path

from knowledge.personal_data import replace_personal_data

_MARK = re.compile(r"\{\{(id|name):([^}]*)\}\}")
_LINES = [
    line
    for line in Path(__file__).with_name("personal_data_sentences.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
MARKED = [line for line in _LINES if _MARK.search(line)]
PLAIN = [line for line in _LINES if not _MARK.search(line)]


def _survivors(kind: str) -> tuple[int, list[str]]:
    marks, survivors = 0, []
    for line in MARKED:
        text = replace_personal_data(_MARK.sub(r"\2", line)).text
        for found in _MARK.finditer(line):
            if found[1] != kind:
                continue
            marks += 1
            telling = [word for word in found[2].split() if word.rstrip(".") not in _TITLES]
            if any(re.search(rf"(?<![\w@.]){re.escape(word)}(?![\w@])", text) for word in telling):
                survivors.append(line)
    return marks, survivors


# A title is not somebody's name.
_TITLES = {"Mr", "Mrs", "Ms", "Miss", "Dr", "Lady", "Sgt", "PC", "DC"}


def test_the_set_is_large_enough_to_mean_something() -> None:
    assert 200 <= len(_LINES)
    assert 90 <= len(PLAIN)


def test_at_least_95_of_100_identifiers_are_removed() -> None:
    marks, survivors = _survivors("id")

    assert 0.95 <= 1 - len(survivors) / marks, survivors


def test_at_least_85_of_100_names_are_removed() -> None:
    marks, survivors = _survivors("name")

    assert 0.85 <= 1 - len(survivors) / marks, survivors


def test_no_more_than_2_of_100_sentences_of_rules_and_codes_are_touched() -> None:
    touched = [(line, replace_personal_data(line).text) for line in PLAIN if replace_personal_data(line).text != line]

    assert len(touched) <= 0.02 * len(PLAIN), touched
