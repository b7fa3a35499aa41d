"""From a question to an answer (design.md section 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.model import Answer, Found
from knowledge.ports import Builds, Clock, Embedder


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk: one verb to ask, one to search. Safe to call from several threads."""

    builds: Builds
    embedder: Embedder
    clock: Clock

    def ask(self, text: str, *, as_at: date | None = None, earlier: Sequence[str] = ()) -> Answer:
        """Answer a question with cited passages."""
        raise NotImplementedError

    def search(self, text: str, *, limit: int = 10, as_at: date | None = None) -> tuple[date, list[Found]]:
        """The passages nearest to a question and the date they are in force on."""
        raise NotImplementedError
