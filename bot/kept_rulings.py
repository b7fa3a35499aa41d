"""A ruling as it is kept, and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from bot.kept_answers import passage_of, passage_record
from bot.rendering.locator import place_of
from knowledge.model import Citation
from knowledge.recall import rule_digest
from knowledge.ruling import Ruling, RulingState
from knowledge.ruling_holds import Doubt, Why


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a ruling was suspended or retired: the rule as it read and as it reads now, or the reason somebody gave."""

    why: Why
    place: str = ""
    was: str = ""
    now: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KeptRuling:
    """A ruling, the enquiry it came of, and how it stands. `turn` is one more with every change."""

    ruling: Ruling
    enquiry: str
    turn: int
    causes: tuple[Cause, ...]
    changed_at: float
    told_at: float | None

    @property
    def id(self) -> str:
        """The ruling's."""
        return self.ruling.id

    @property
    def state(self) -> RulingState:
        """The ruling's."""
        return self.ruling.state


def causes_of(doubts: Iterable[Doubt]) -> tuple[Cause, ...]:
    """The doubts as they are kept: with the words, since the builds they stand in may be gone when they are read."""
    return tuple(
        Cause(
            doubt.why,
            f"{doubt.was.edition.title}, edition {doubt.was.edition.label}, {place_of(doubt.was)}" if doubt.was else "",
            doubt.was.text if doubt.was else "",
            doubt.now.text if doubt.now else "",
        )
        for doubt in doubts
    )


def anchors_record(rests_on: Iterable[Citation]) -> list[dict[str, Any]]:
    """The passages a ruling rests on, as JSON."""
    return [
        {"quote": one.quote, "rule": rule_digest(one.passage), "passage": passage_record(one.passage)}
        for one in rests_on
    ]


def causes_record(causes: Iterable[Cause]) -> list[dict[str, str]]:
    """Causes as JSON."""
    return [{name: str(getattr(one, name)) for name in ("why", "place", "was", "now", "reason")} for one in causes]


def kept_ruling(row: Row[Any]) -> KeptRuling:
    """The ruling in a row of the table."""
    rests_on = tuple(
        Citation(number, passage_of(one["passage"]), one["quote"]) for number, one in enumerate(row.rests_on, start=1)
    )
    ruling = Ruling(
        id=row.id,
        question=row.question,
        answer=row.answer,
        rests_on=rests_on,
        build=row.build,
        owner=row.owner,
        answered_on=row.answered_on,
        review_on=row.review_on,
        state=RulingState(row.state),
    )
    causes = tuple(
        Cause(Why(one["why"]), *(one[name] for name in ("place", "was", "now", "reason"))) for one in row.causes
    )
    return KeptRuling(ruling, row.enquiry, row.turn, causes, row.changed_at, row.told_at)
