"""Editions that administrators load in Slack: kept before anything is done about them, each with its one message."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.tables import loads
from bot.transactions import Transactions

_l = loads.c


class Stage(StrEnum):
    """How far a load has come. `waiting` stands for everything before the build is begun."""

    WAITING = "waiting"
    BUILDING = "building"
    READY = "ready"
    KEPT = "kept"
    PUBLISHED = "published"
    ROLLED_BACK = "rolled_back"
    FAILED = "failed"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Load:
    """One edition that is loaded. `wanted` is what the form said, `told` what is known of the build by now."""

    id: str
    by: str
    wanted: Mapping[str, Any]
    stage: Stage
    draft: str
    build: str
    base: str
    posted_in: str
    posted_ts: str | None
    shown: str
    told: Mapping[str, Any]
    begun_at: float
    changed_at: float


class Loads:
    """Safe to use from several threads and processes."""

    def __init__(self, engine: Engine, *, now: Callable[[], float] = time.time) -> None:
        self._store, self._now = Transactions(engine), now

    def begin(self, form: str, by: str, wanted: Mapping[str, Any], posted_in: str) -> bool:
        """Keep what a form asked for; False when that form was sent before."""
        values = {
            "id": uuid.uuid4().hex,
            "form": form,
            "by": by,
            "wanted": dict(wanted),
            "stage": Stage.WAITING,
            "draft": "",
            "build": "",
            "base": "",
            "posted_in": posted_in,
            "shown": "",
            "told": {},
            "begun_at": self._now(),
            "changed_at": self._now(),
        }
        try:
            with self._store.writing(urgent=True) as connection:
                connection.execute(insert(loads).values(values))
        except IntegrityError:
            return False
        return True

    def find(self, load: str) -> Load | None:
        """The load of that id."""
        return next(iter(self._where(_l.id == load)), None)

    def of_build(self, build: str) -> Load | None:
        """The latest load that made this build."""
        return next(iter(reversed(self._where(_l.build == build))), None)

    def of(self, *stages: Stage) -> Sequence[Load]:
        """All in one of these stages, the oldest first."""
        return self._where(_l.stage.in_(stages))

    def unshown(self, *stages: Stage) -> Sequence[Load]:
        """Those in one of these stages whose message does not stand as it should, the oldest first."""
        return self._where(_l.stage.in_(stages), _l.shown == "")

    def advance(self, load: str, *stages: Stage, to: Stage | None = None, **values: Any) -> bool:
        """Change a load that is in one of `stages`; False when it is not, because somebody was quicker."""
        changed = {**values, **({"stage": to} if to is not None else {}), "changed_at": self._now()}
        with self._store.writing() as connection:
            done = connection.execute(update(loads).where(_l.id == load, _l.stage.in_(stages)).values(changed))
        return done.rowcount == 1

    def _where(self, *conditions: Any) -> Sequence[Load]:
        with self._store.reading() as connection:
            rows = connection.execute(select(loads).where(*conditions).order_by(_l.begun_at)).all()
        return [_load(row) for row in rows]


def _load(row: Row[Any]) -> Load:
    values = {name: getattr(row, name) for name in Load.__dataclass_fields__}
    return Load(**{**values, "stage": Stage(row.stage)})
