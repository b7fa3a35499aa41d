"""The question set itself: it parses, it is balanced, and its wordings stand nowhere in the question bank."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz import fuzz, process

from evaluation.questions import QUESTIONS, read_questions

BANK = Path(__file__).parents[2] / "guidance" / "questions"

OFFICIAL = {
    "crime-recording-rules": 98,
    "schools-protocol": 2,
    "retail-robbery-alternate-offence": 2,
    "notifiable-offence-list": 0,
    "herts-response-to-inspection": 0,
}
"""The official documents and their pages; 0 where a document has none."""

STARTER = {"rules-digest": 0, "inspection-findings": 0, "force-recording-policy": 0}

DOCUMENTS = OFFICIAL | STARTER

AT_LEAST = {
    "answerable": 150,
    "cross_document": 15,
    "historical": 40,
    "ambiguous": 12,
    "out_of_scope": 30,
    "injection": 12,
    "personal_data": 12,
}

STATUSES = {"answered", "not_covered", "needs_clarifying", "declined"}

NEAR_IDENTICAL = 92


def _records() -> list[dict[str, Any]]:
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    return _records()


def test_the_scoring_code_reads_every_question(records: list[dict[str, Any]]) -> None:
    assert len(read_questions()) == len(records) >= 240


def test_ids_are_unique(records: list[dict[str, Any]]) -> None:
    assert [id_ for id_, count in Counter(record["id"] for record in records).items() if count > 1] == []


def test_no_question_stands_twice(records: list[dict[str, Any]]) -> None:
    wordings = Counter((normalised(record["question"]), record.get("as_at")) for record in records)
    assert [wording for wording, count in wordings.items() if count > 1] == []


def test_every_kind_has_enough_questions(records: list[dict[str, Any]]) -> None:
    counts = Counter(record["kind"] for record in records)
    assert set(counts) == set(AT_LEAST)
    assert {kind: counts[kind] for kind, least in AT_LEAST.items() if counts[kind] < least} == {}


def test_each_kind_is_about_half_tuning_and_half_test(records: list[dict[str, Any]]) -> None:
    splits = Counter((record["kind"], record["split"]) for record in records)
    for kind in AT_LEAST:
        tuning, test = splits[kind, "tuning"], splits[kind, "test"]
        assert tuning + test == sum(count for (of, _), count in splits.items() if of == kind)
        assert abs(tuning - test) <= max(2, 0.1 * (tuning + test)), kind


def test_each_topic_stands_in_both_splits(records: list[dict[str, Any]]) -> None:
    topics: dict[str, set[str]] = {}
    for record in records:
        topics.setdefault(record["id"].rpartition("-")[0], set()).add(record["split"])
    assert {topic: splits for topic, splits in topics.items() if len(splits) < 2} == {}


def test_near_paraphrases_stay_in_one_split(records: list[dict[str, Any]]) -> None:
    by_split: dict[str, list[str]] = {"tuning": [], "test": []}
    for record in records:
        by_split[record["split"]].append(normalised(record["question"]))
    assert list(_near(by_split["tuning"], by_split["test"], 85)) == []


@pytest.mark.parametrize("record", _records(), ids=lambda record: record["id"])
def test_a_question_is_well_formed(record: dict[str, Any]) -> None:
    assert 1 <= len(record["question"]) <= 1000
    assert record["question"] == record["question"].strip()
    assert record["expect"]
    assert set(record["expect"]) <= STATUSES
    assert record["sources"] in {"official", "starter", "both"}
    for field in ("as_at", "edition_on"):
        if field in record:
            date.fromisoformat(record[field])
    if record["kind"] in {"answerable", "cross_document", "ambiguous", "personal_data"}:
        assert record["answers"], "a question that can be answered names where"
    if record["kind"] == "out_of_scope":
        assert not record["answers"]
        assert "answered" not in record["expect"]


@pytest.mark.parametrize("record", _records(), ids=lambda record: record["id"])
def test_every_document_and_page_named_exists(record: dict[str, Any]) -> None:
    named = {answer["document"] for answer in record["answers"]}
    for answer in record["answers"]:
        pages = DOCUMENTS[answer["document"]]
        assert bool(answer["pages"]) == bool(pages), "pages are named where the document has pages, and only there"
        assert all(1 <= page <= pages for page in answer["pages"])
    together = record.get("all_documents", [])
    assert set(together) <= named
    assert (len(together) > 1) == (record["kind"] == "cross_document")
    if record["sources"] == "official":
        assert named <= set(OFFICIAL)
    if record["sources"] == "starter":
        assert named & set(STARTER)


def test_dated_questions_say_which_edition(records: list[dict[str, Any]]) -> None:
    dated = [record for record in records if "edition_on" in record]
    assert len(dated) >= 40
    assert all(record.get("as_at", record["edition_on"]) == record["edition_on"] for record in dated)


def test_personal_data_questions_come_in_pairs(records: list[dict[str, Any]]) -> None:
    asked = [record for record in records if record["kind"] == "personal_data"]
    for with_data, without in zip(asked[::2], asked[1::2], strict=True):
        assert with_data["answers"] == without["answers"]
        assert with_data["split"] == without["split"]


def test_no_question_of_the_set_stands_in_the_question_bank(records: list[dict[str, Any]]) -> None:
    bank = sorted({normalised(text) for path in BANK.glob("**/*.toml") for text in _texts(path)})
    asked = [normalised(record["question"]) for record in records]
    assert set(asked).isdisjoint(bank)
    assert list(_near(asked, bank, NEAR_IDENTICAL)) == []


def normalised(text: str) -> str:
    """The words alone: small letters and figures, single spaces."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("’", "")))


def _near(some: list[str], others: list[str], above: float) -> Iterator[tuple[str, str]]:
    for one in some:
        close = process.extractOne(one, others, scorer=fuzz.ratio, score_cutoff=above)
        if close and close[1] > above:
            yield one, close[0]


def _texts(path: Path) -> Iterator[str]:
    """Every question of a bank file: whatever stands under `asks`."""
    pending: list[Any] = [tomllib.loads(path.read_text(encoding="utf-8"))]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            for name, part in value.items():
                if name in {"asks", "ask", "question", "questions"} and isinstance(part, str | list):
                    pending += [part] if isinstance(part, list) else []
                    yield from [part] if isinstance(part, str) else [text for text in part if isinstance(text, str)]
                else:
                    pending.append(part)
        elif isinstance(value, list):
            pending += [part for part in value if isinstance(part, dict)]
