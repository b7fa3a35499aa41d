"""Values to test with: defaults for everything, override what the test is about."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from knowledge.model import Answer, Authority, Citation, Edition, Found, Passage, Statement, Status
from knowledge.ruling import Ruling

TODAY = date(2026, 11, 22)


def an_edition(**over: Any) -> Edition:
    values: dict[str, Any] = {
        "document": "rules",
        "title": "Invented Recording Rules",
        "publisher": "Nobody",
        "authority": Authority.NATIONAL_RULE,
        "label": "2026/27",
        "effective_from": date(2026, 4, 1),
        "url": "https://www.gov.uk/invented",
    }
    return Edition(**{**values, **over})


def sentences_of(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(found.span() for found in re.finditer(r"[^\s.-][^.\n]*(?:\.|(?=\n)|$)", text))


def a_passage(text: str = "A crime must be recorded within 24 hours of the report.", **over: Any) -> Passage:
    ordinal = over.pop("ordinal", 1)
    edition = over.pop("edition", None) or an_edition()
    passage = Passage(
        id=f"{edition.key}/{ordinal:04d}",
        edition=edition,
        ordinal=ordinal,
        path=("When to record",),
        text=text,
        pages=(ordinal,),
        sentences=sentences_of(text),
    )
    return replace(passage, **over)


def a_found(passage: Passage | None = None, score: float = 1.0, **parts: float) -> Found:
    passage = passage or a_passage()
    usual = {"passage": 0.6, "sentence": 0.6, "heading": 0.4, "words": 1.0, "coverage": 0.8, "code": 0.0, "bank": 0.0}
    whole = {**usual, **parts}
    return Found(passage, score, whole, dict.fromkeys(range(len(passage.sentences)), 0.6))


def an_answer(*passages: Passage, **over: Any) -> Answer:
    citations = tuple(
        Citation(number, passage, passage.text) for number, passage in enumerate(passages or (a_passage(),), start=1)
    )
    values: dict[str, Any] = {
        "status": Status.ANSWERED,
        "question": "how long have I got to record it",
        "as_at": TODAY,
        "build": "20261122-000000-abcdef",
        "statements": tuple(Statement(citation.quote, (citation.number,)) for citation in citations),
        "citations": citations,
    }
    return Answer(**{**values, **over})


def a_ruling(*passages: Passage, **over: Any) -> Ruling:
    rests_on = tuple(
        Citation(number, passage, passage.text) for number, passage in enumerate(passages or (a_passage(),), start=1)
    )
    values: dict[str, Any] = {
        "id": "5a5a5a5a" * 4,
        "question": "may a lollipop lady report a theft for a child",
        "answer": "Yes. Record it as reported by a third party.",
        "rests_on": rests_on,
        "build": "fake-build",
        "owner": "U0REGISTRAR",
        "answered_on": date(2026, 11, 20),
        "review_on": date(2027, 11, 20),
    }
    return Ruling(**{**values, **over})
