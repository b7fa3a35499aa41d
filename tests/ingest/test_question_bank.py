"""The question bank is anchored to the passages that answer it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.question_bank import BankEntry, BankQuestion, anchor, read_bank
from knowledge.errors import SourcesInvalid
from tests.builders import a_passage, an_edition

LIMIT = a_passage("A crime must be recorded  within 24 hours.", ordinal=10, path=("Recording", "When to record"))
REPEAT = a_passage("It must be recorded within 24 hours too.", ordinal=11, path=("Recording", "Elsewhere"))


def an_entry(words: str = "recorded within 24 hours", **over) -> BankEntry:
    values = {"file": "x.toml", "document": "rules", "section": ("Recording",), "page": 10, "asks": ("how long",)}
    return BankEntry(words=words, **{**values, **over})


def test_an_entry_is_anchored_to_the_passage_that_holds_its_words_whatever_the_line_breaks() -> None:
    assert {LIMIT.id: (BankQuestion("how long", 0),)} == anchor([an_entry()], [LIMIT]).questions


def test_where_the_words_stand_twice_the_page_and_then_the_headings_decide() -> None:
    assert [LIMIT.id] == list(anchor([an_entry(page=10)], [REPEAT, LIMIT]).questions)
    assert [REPEAT.id] == list(anchor([an_entry(page=0, section=("Elsewhere",))], [LIMIT, REPEAT]).questions)


def test_an_entry_follows_its_words_to_another_page_of_a_new_edition() -> None:
    moved = a_passage(LIMIT.text, ordinal=44, edition=an_edition(label="2027/28", effective_from=date(2027, 4, 1)))

    assert {LIMIT.id, moved.id} == set(anchor([an_entry()], [LIMIT, moved]).questions)


def test_an_entry_whose_words_are_gone_is_reported_and_not_attached_anywhere() -> None:
    entry = an_entry("within 72 hours")

    anchored = anchor([entry], [LIMIT, REPEAT])

    assert {} == anchored.questions
    assert (entry,) == anchored.unresolved


def test_an_entry_for_a_document_not_held_is_passed_over() -> None:
    assert () == anchor([an_entry(document="schools")], [LIMIT]).unresolved


def test_a_rule_in_a_picture_is_anchored_by_its_page() -> None:
    assert [LIMIT.id] == list(anchor([an_entry("", page=10)], [LIMIT]).questions)
    assert {} == anchor([an_entry("", page=99)], [LIMIT]).questions


def test_words_of_a_heading_and_words_over_several_cells_of_a_row_are_found() -> None:
    row = a_passage("Offence: Threats to kill; HO Class: 3B; Maximum: 10 yrs", ordinal=14, path=("Look-up table",))

    assert [row.id] == list(anchor([an_entry("Threats to kill 3B", page=14)], [LIMIT, row]).questions)
    assert [row.id] == list(anchor([an_entry("Look-up table", page=14)], [LIMIT, row]).questions)


def test_a_faulty_bank_names_the_file_and_the_fault(tmp_path: Path) -> None:
    (tmp_path / "theft.toml").write_text('[[question]]\ndocument = "rules"\n')
    with pytest.raises(SourcesInvalid, match=r"theft\.toml.*section"):
        read_bank(tmp_path)
    (tmp_path / "theft.toml").write_text("[[question")
    with pytest.raises(SourcesInvalid, match=r"theft\.toml"):
        read_bank(tmp_path)
