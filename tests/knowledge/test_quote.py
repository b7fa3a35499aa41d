"""What is quoted of a passage: the run of sentences that most likely answers, and never a torn end of a rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.adapters.bm25_index import Bm25LexicalIndex, write_lexical
from knowledge.model import Found, PassageKind
from knowledge.quote import A_WORD, best_quote
from knowledge.quoted_run import LONGEST_QUOTE, best_run
from tests.builders import a_passage

RULE = "A stolen bicycle is recorded as one crime."
FILLER = "Officers keep the duty log up to date through every hour of the shift they work in the station."


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Bm25LexicalIndex:
    directory = tmp_path_factory.mktemp("words") / "lexical"
    texts = [RULE, FILLER, "However, a borrowed bicycle is not.", "A crime is cancelled by the registrar."]
    write_lexical(directory, [str(n) for n in range(len(texts))], ["e"] * len(texts), texts)
    return Bm25LexicalIndex(directory)


def found(text: str, near: int) -> Found:
    """A passage whose sentence of that number lies nearest to the question."""
    passage = a_passage(text)
    cosines = {n: 0.9 if n == near else 0.05 for n in range(len(passage.sentences))}
    return Found(passage, 1.0, sentences=cosines, adapted=cosines)


def quoted(one: Found, words: Bm25LexicalIndex, question: str = "bicycle stolen") -> str:
    return best_quote(one, question, words, a_word=A_WORD)[0]


def test_the_sentence_that_answers_is_quoted_without_what_does_not_belong_to_it(words: Bm25LexicalIndex) -> None:
    said = quoted(found(f"{FILLER} {FILLER} {RULE} {FILLER} {FILLER}", 2), words)

    assert RULE in said
    assert len(said.split()) <= len(RULE.split()) + len(FILLER.split())


def test_a_rule_is_quoted_with_the_sentence_that_takes_a_case_out_of_it(words: Bm25LexicalIndex) -> None:
    assert "borrowed" in quoted(found(f"{FILLER} {RULE} However, a borrowed bicycle is not. {FILLER}", 1), words)


def test_a_sentence_that_leans_on_the_one_before_is_quoted_with_it(words: Bm25LexicalIndex) -> None:
    assert quoted(found(f"{FILLER} {RULE} This is so at night too. {FILLER}", 2), words).startswith(RULE)


@pytest.mark.parametrize("marks", ["- {}", "({}) ", "{}. "])
def test_an_item_of_a_list_is_quoted_with_what_the_list_is_of(words: Bm25LexicalIndex, marks: str) -> None:
    items = ["a stolen bicycle.", "a stolen boat.", "a stolen barge."]
    marked = [f"- {item}" if marks.startswith("-") else marks.format("abc"[n]) + item for n, item in enumerate(items)]
    text = "\n".join(["These are never recorded here:", *marked])
    passage = a_passage(text, sentences=tuple((text.index(line), text.index(line) + len(line)) for line in _cut(text)))
    cosines = {0: 0.05, 1: 0.1, 2: 0.9, 3: 0.1}

    said = quoted(Found(passage, 1.0, sentences=cosines, adapted=cosines), words, "boat stolen")

    assert said.startswith("These are never recorded here:")
    assert "boat" in said


def _cut(text: str) -> list[str]:
    return [line.removeprefix("- ") for line in text.split("\n")]


def test_a_lead_in_is_not_quoted_without_its_list(words: Bm25LexicalIndex) -> None:
    text = "Bicycles are recorded in one of two ways:\n- stolen, as theft.\n- damaged, as damage."
    passage = a_passage(text, sentences=tuple((text.index(line), text.index(line) + len(line)) for line in _cut(text)))
    near = {0: 0.9, 1: 0.05, 2: 0.05}

    assert "as theft" in quoted(Found(passage, 1.0, sentences=near, adapted=near), words)


def test_a_row_of_a_table_is_quoted_whole(words: Bm25LexicalIndex) -> None:
    one = found("Offence: theft; Class: 49. Maximum: seven years.", 0)

    assert one.passage.text == quoted(replace(one, passage=replace(one.passage, kind=PassageKind.TABLE_ROW)), words)


def test_no_quotation_is_longer_than_a_phone_shows_unless_one_sentence_is() -> None:
    passage = a_passage(" ".join([FILLER] * 12))
    long = a_passage(" ".join(["word"] * (LONGEST_QUOTE + 30)) + ".")

    first, last = best_run(passage, [1 / 12] * 12, 0.0)
    assert len(passage.text[passage.sentences[first][0] : passage.sentences[last][1]].split()) <= LONGEST_QUOTE
    assert (0, 0) == best_run(long, [1.0], 0.0)
