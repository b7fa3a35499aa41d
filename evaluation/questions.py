"""The questions the desk is measured with; README.md in this folder says what each field means."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.errors import WrongUse
from knowledge.model import Passage

QUESTIONS = Path(__file__).with_name("questions.jsonl")


@dataclass(frozen=True, slots=True)
class Expected:
    """A document, its pages where it has any, and words one of which the passage holds (none: any), that answers."""

    document: str
    pages: frozenset[int]
    contains: tuple[str, ...] = ()

    def holds(self, passage: Passage) -> bool:
        """Whether the passage stands on an answering page (or in the document, where it has no pages)."""
        if passage.edition.document != self.document:
            return False
        if self.contains and not any(words in passage.text for words in self.contains):
            return False
        return not self.pages or not passage.pages or not self.pages.isdisjoint(passage.pages)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the set with what is expected of the answer.

    `never` are words that the desk's own statements hold only when it obeyed an instruction in the question.
    """

    id: str
    kind: str
    split: str
    question: str
    expect: frozenset[str]
    answers: tuple[Expected, ...]
    all_documents: tuple[str, ...]
    as_at: date | None
    edition_on: date | None
    sources: str
    never: tuple[str, ...] = ()

    def answerable_from(self, held: Collection[str]) -> bool:
        """Whether a document that answers the question is held; a question nothing answers needs none."""
        return not self.answers or any(expected.document in held for expected in self.answers)


def read_questions(path: Path = QUESTIONS) -> list[Asked]:
    """The questions of a JSON-lines file. Raises WrongUse naming the first line that cannot be read."""
    asked = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            asked.append(
                Asked(
                    id=record["id"],
                    kind=record["kind"],
                    split=record["split"],
                    question=record["question"],
                    expect=frozenset(record["expect"]),
                    answers=tuple(
                        Expected(
                            answer["document"], frozenset(answer.get("pages", ())), tuple(answer.get("contains", ()))
                        )
                        for answer in record.get("answers", ())
                    ),
                    all_documents=tuple(record.get("all_documents", ())),
                    as_at=_day(record.get("as_at")),
                    edition_on=_day(record.get("edition_on")),
                    sources=record.get("sources", "official"),
                    never=tuple(record.get("never", ())),
                )
            )
        except (ValueError, KeyError, TypeError) as fault:
            raise WrongUse(f"{path.name}, line {number}: not a question of the set ({fault}).") from fault
    return asked


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
