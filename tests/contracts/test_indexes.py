"""What every dense and lexical index keeps to, the fakes and the real ones alike."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.adapters.bm25_index import Bm25LexicalIndex, write_lexical
from knowledge.adapters.chroma_index import ChromaDenseIndex, write_dense
from knowledge.ports import DenseIndex, LexicalIndex
from tests.fakes import FakeDenseIndex, FakeLexicalIndex

_RANDOM = np.random.default_rng(7).normal(size=(90, 16)).astype(np.float32)
VECTORS = _RANDOM / np.linalg.norm(_RANDOM, axis=1, keepdims=True)
UNITS = [f"rules@2026/{row // 3:04d}#{('p', 'h', 's0')[row % 3]}" for row in range(90)]
EDITIONS = ["rules@2013" if row < 60 else "rules@2026" for row in range(90)]
BOTH = frozenset(EDITIONS)

TEXTS = [
    "A crime must be recorded within 24 hours",
    "Section 47 assault is 008/06 in class 8N",
    "The registrar decides on rape",
    "A crime must be recorded within 72 hours",
]


@pytest.fixture(params=["fake", "chroma"])
def dense(request: pytest.FixtureRequest, tmp_path: Path) -> DenseIndex:
    if request.param == "fake":
        return FakeDenseIndex(UNITS, EDITIONS, VECTORS)
    write_dense(tmp_path / "chroma", UNITS, EDITIONS, VECTORS)
    return ChromaDenseIndex(tmp_path / "chroma")


@pytest.fixture(params=["fake", "bm25s"])
def lexical(request: pytest.FixtureRequest, tmp_path: Path) -> LexicalIndex:
    ids, editions = ["a", "b", "c", "d"], ["now", "now", "now", "then"]
    if request.param == "fake":
        return FakeLexicalIndex(ids, editions, TEXTS)
    write_lexical(tmp_path / "bm25", ids, editions, TEXTS)
    return Bm25LexicalIndex(tmp_path / "bm25")


def test_the_nearest_unit_to_a_units_own_vector_is_that_unit(dense: DenseIndex) -> None:
    for row in (0, 41, 89):
        first = dense.nearest(VECTORS[row], limit=5, editions=BOTH)[0]
        assert UNITS[row] == first.unit
        assert pytest.approx(1.0, abs=1e-4) == first.score


def test_hits_come_best_first_and_no_more_than_asked_for(dense: DenseIndex) -> None:
    hits = dense.nearest(VECTORS[3], limit=20, editions=BOTH)

    assert 20 == len(hits)
    assert sorted((hit.score for hit in hits), reverse=True) == [hit.score for hit in hits]


def test_only_the_named_editions_are_searched_even_when_others_crowd_them_out(dense: DenseIndex) -> None:
    hits = dense.nearest(VECTORS[0], limit=30, editions=frozenset({"rules@2026"}))

    assert set(UNITS[60:]) == {hit.unit for hit in hits}
    assert [] == dense.nearest(VECTORS[0], limit=30, editions=frozenset())


def test_every_unit_of_the_named_passages_is_compared(dense: DenseIndex) -> None:
    (table,) = dense.compare([VECTORS[1]], ["rules@2026/0000", "rules@2026/0007", "unknown"])

    assert {"rules@2026/0000", "rules@2026/0007"} == set(table)
    assert {"p", "h", "s0"} == set(table["rules@2026/0000"])
    assert pytest.approx(1.0, abs=1e-4) == table["rules@2026/0000"]["h"]


def test_of_several_forms_of_a_question_the_nearest_counts(dense: DenseIndex) -> None:
    (table,) = dense.compare([VECTORS[:2]], ["rules@2026/0000"])

    assert pytest.approx(1.0, abs=1e-4) == table["rules@2026/0000"]["p"]
    assert pytest.approx(1.0, abs=1e-4) == table["rules@2026/0000"]["h"]


def test_several_questions_are_compared_each_by_itself(dense: DenseIndex) -> None:
    first, second = dense.compare([VECTORS[:1], VECTORS[1:2]], ["rules@2026/0000"])

    assert pytest.approx(1.0, abs=1e-4) == first["rules@2026/0000"]["p"] == second["rules@2026/0000"]["h"]
    assert first["rules@2026/0000"]["h"] == pytest.approx(second["rules@2026/0000"]["p"], abs=1e-4)
    assert 0.9 > first["rules@2026/0000"]["h"]


def test_a_word_is_found_in_any_inflection_and_a_code_only_whole(lexical: LexicalIndex) -> None:
    now = frozenset({"now"})

    assert "a" == lexical.search("recording crimes", limit=1, editions=now)[0].passage
    assert ["b"] == [hit.passage for hit in lexical.search("008/06", limit=5, editions=now)]
    assert [] == lexical.search("008", limit=5, editions=now)


def test_words_of_an_edition_not_named_are_not_found(lexical: LexicalIndex) -> None:
    assert ["d"] == [hit.passage for hit in lexical.search("72 hours", limit=5, editions=frozenset({"then"}))]
    assert "d" not in [hit.passage for hit in lexical.search("72 hours", limit=5, editions=frozenset({"now"}))]


def test_nothing_but_stop_words_or_unknown_words_finds_nothing(lexical: LexicalIndex) -> None:
    assert [] == lexical.search("the of zzyzx", limit=5, editions=frozenset({"now"}))
    assert [] == lexical.search("", limit=5, editions=frozenset({"now"}))


def test_what_is_covered_of_passages_is_their_coverage(lexical: LexicalIndex) -> None:
    covered = lexical.covered("registrar decides rape", ["c", "unknown"])

    assert {"c"} == set(covered)
    assert pytest.approx(lexical.coverage("registrar decides rape", TEXTS[2])) == covered["c"]


def test_coverage_is_the_share_of_the_questions_words_a_passage_holds(lexical: LexicalIndex) -> None:
    assert pytest.approx(1.0) == lexical.coverage("registrar decides rape", TEXTS[2])
    assert 0 < lexical.coverage("registrar zzyzx", TEXTS[2]) < 1
    assert pytest.approx(0.0) == lexical.coverage("", TEXTS[2])
