"""Knowing when the documents do not say: questions nearer to something outside them than to anything inside."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest.outside_bank import embed_scope, read_outside
from ingest.question_bank import read_bank
from knowledge.adapters.scope_bank import ScopeBank, own_words, read_scope, scope_of, write_scope
from knowledge.ask import Desk
from knowledge.decide import is_outside
from knowledge.errors import BuildInvalid, SourcesInvalid
from knowledge.model import Outside, Scope, Status
from tests.builders import TODAY, a_passage
from tests.fakes import FakeBuild, FakeBuilds, FakeClock, FakeEmbedder

CUSTODY = Outside("how long a prisoner may be held", "PACE Code C and your custody officer.")
GUIDANCE = Path(__file__).parents[2] / "guidance"


def test_a_question_about_something_outside_is_told_so_with_where_to_look() -> None:
    rule = a_passage("A crime must be recorded within 24 hours of the report of a prisoner.")
    build = FakeBuild([rule], FakeEmbedder(), outside={"how long can the prisoner be held in the cells": CUSTODY})

    answer = Desk(FakeBuilds(build), FakeEmbedder(), FakeClock(TODAY)).ask(
        "how long can the prisoner be held in the cells"
    )

    assert answer.status is Status.NOT_COVERED
    assert CUSTODY.topic in answer.notices[0]
    assert "PACE Code C" in answer.notices[0]


def test_a_question_nearer_to_the_rules_is_answered_all_the_same() -> None:
    rule = a_passage("A crime must be recorded within 24 hours of the report.")
    build = FakeBuild([rule], FakeEmbedder(), outside={"how long can the prisoner be held in the cells": CUSTODY})

    answer = Desk(FakeBuilds(build), FakeEmbedder(), FakeClock(TODAY)).ask(
        "crime must be recorded within how many hours of the report"
    )

    assert answer.status is Status.ANSWERED


def test_the_lean_tells_the_two_sides_apart_and_is_as_written_when_read_again(tmp_path: Path) -> None:
    chance = np.random.default_rng(3)
    inside = chance.normal(1, 0.3, (40, 8)).astype(np.float32)
    outside = chance.normal(-1, 0.3, (30, 8)).astype(np.float32)
    write_scope(tmp_path / "scope.npz", ScopeBank(inside, outside, [CUSTODY] * 30), 8)

    bank = read_scope(tmp_path / "scope.npz", [CUSTODY] * 30)

    assert bank is not None
    assert scope_of(inside[0], "", bank).lean > 0.5
    assert scope_of(outside[0], "", bank).lean < -0.5
    assert scope_of(outside[0], "", bank).topic == CUSTODY


def test_a_word_only_the_documents_use_speaks_for_them() -> None:
    near_outside = Scope(0.3, 0.45, 0.0, CUSTODY)

    assert is_outside([], near_outside)
    assert not is_outside([], replace(near_outside, own=("zarquon",)))
    assert "zarquon" in own_words(["Enter it on Zarquon."], ["how do i enter a crime"])
    assert "enter" not in own_words(["Enter it on Zarquon."], ["how do i enter a crime"])


@pytest.mark.parametrize("written", [b"", b"not vectors", b"PK\x03\x04 torn"])
def test_a_torn_file_of_vectors_makes_the_build_invalid(tmp_path: Path, written: bytes) -> None:
    (tmp_path / "scope.npz").write_bytes(written)

    with pytest.raises(BuildInvalid):
        read_scope(tmp_path / "scope.npz", [])


def test_one_side_alone_tells_nothing(tmp_path: Path) -> None:
    write_scope(tmp_path / "scope.npz", None, 8)

    assert read_scope(tmp_path / "scope.npz", []) is None
    assert embed_scope([], [], ["a question"], [], FakeEmbedder(), tmp_path) is None


def test_where_other_documents_are_held_the_bank_still_says_what_recording_is_about(tmp_path: Path) -> None:
    outside, bank = read_outside(GUIDANCE / "outside"), read_bank(GUIDANCE / "questions")

    scope = embed_scope(outside, bank, [], ["Enter it on Zarquon."], FakeEmbedder(), tmp_path)

    assert scope is not None
    assert len(scope.inside) == len(bank)
    assert "zarquon" in scope.own
    assert len(outside) < len(scope.outside) == len(scope.topics) <= 3 * len(outside)


def test_the_bank_of_questions_outside_is_sound_and_shares_no_wording_with_the_one_inside() -> None:
    outside = read_outside(GUIDANCE / "outside")
    inside = {ask.lower() for entry in read_bank(GUIDANCE / "questions") for ask in entry.asks}
    asks = [ask.lower() for entry in outside for ask in entry.asks]

    assert len(outside) >= 170
    assert len(asks) == len(set(asks)) >= 1000
    assert not inside & set(asks)
    assert all(entry.says and entry.topic and len(entry.asks) >= 5 for entry in outside)


def test_an_entry_that_lacks_its_signpost_is_named(tmp_path: Path) -> None:
    (tmp_path / "custody.toml").write_text('[[outside]]\ntopic = "cells"\nasks = ["how long"]\n')

    with pytest.raises(SourcesInvalid, match=r"custody\.toml: an entry lacks or misuses 'says'"):
        read_outside(tmp_path)
