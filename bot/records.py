"""The answers given: what was said, from which build, and the passages as they read, so it can be shown a year on."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from bot.tables import answers
from knowledge.errors import StoreUnavailable
from knowledge.model import Answer, Authority, Edition, Passage


@dataclass(frozen=True, slots=True)
class Kept:
    """One citation of an answer given, with its passage as it read then."""

    build: str
    number: int
    of: int
    quote: str
    passage: Passage


class Records:
    """Keeps and finds answers by their question's id."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, question: str, answer: Answer) -> None:
        """Keep an answer whole. Keeping it again, after a restart, replaces it."""
        passages = {c.passage.id: _passage_json(c.passage) for c in answer.citations}
        values = {
            "question": question,
            "build": answer.build,
            "status": str(answer.status),
            "kept": {**answer.to_json(), "passages": passages},
            "answered_at": time.time(),
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(delete(answers).where(answers.c.question == question))
                connection.execute(insert(answers).values(values))
        except SQLAlchemyError as fault:
            raise StoreUnavailable(f"The answer cannot be kept just now ({type(fault).__name__}).") from None

    def citation(self, question: str, number: int) -> Kept | None:
        """A numbered citation of the answer to a question, or None when there is none."""
        try:
            with self._engine.begin() as connection:
                row = connection.execute(select(answers).where(answers.c.question == question)).one_or_none()
        except SQLAlchemyError as fault:
            raise StoreUnavailable(f"The answer cannot be read just now ({type(fault).__name__}).") from None
        if row is None:
            return None
        cited = row.kept["citations"]
        found = next((one for one in cited if one["number"] == number), None)
        if found is None:
            return None
        return Kept(row.build, number, len(cited), found["quote"], _passage(row.kept["passages"][found["passage"]]))


def _passage_json(passage: Passage) -> dict[str, Any]:
    edition = passage.edition
    return {
        "id": passage.id,
        "ordinal": passage.ordinal,
        "path": list(passage.path),
        "text": passage.text,
        "pages": list(passage.pages),
        "digest": passage.digest,
        "edition": {
            "document": edition.document,
            "title": edition.title,
            "publisher": edition.publisher,
            "authority": str(edition.authority),
            "label": edition.label,
            "effective_from": edition.effective_from.isoformat() if edition.effective_from else None,
            "effective_to": edition.effective_to.isoformat() if edition.effective_to else None,
            "url": edition.url,
            "digest": edition.digest,
        },
    }


def _passage(kept: dict[str, Any]) -> Passage:
    edition = kept["edition"]
    return Passage(
        id=kept["id"],
        edition=Edition(
            document=edition["document"],
            title=edition["title"],
            publisher=edition["publisher"],
            authority=Authority(edition["authority"]),
            label=edition["label"],
            effective_from=_day(edition["effective_from"]),
            effective_to=_day(edition["effective_to"]),
            url=edition["url"],
            digest=edition["digest"],
        ),
        ordinal=kept["ordinal"],
        path=tuple(kept["path"]),
        text=kept["text"],
        pages=tuple(kept["pages"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
