"""Cancellation checks made: of each its criterion and outcome; one taken for the record is kept whole.

Between the check and the press of *For the record* the whole of it is kept without saying whose it is, for a day.
"""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Row, insert, select, update

from bot.kept_checks import check_record, form_of, result_of
from bot.records import reference_of
from bot.tables import checks
from bot.transactions import Transactions
from knowledge.cancellation.form import Form
from knowledge.cancellation.result import CheckResult

UNRECORDED = 24 * 3600.0
"""Seconds for which a check is kept whole that nobody took for the record: the form stands open no longer."""
_REFERENCE = 8
_c = checks.c


@dataclass(frozen=True, slots=True)
class RecordedCheck:
    """A check as it was made: its reference, who took it for the record, and when it was made (seconds since 1970)."""

    reference: str
    form: Form
    result: CheckResult
    asker: str
    checked_at: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is counted of a check: its criterion, and how many lines came out in which way (none: no table fitted)."""

    criterion: str
    verdicts: dict[str, int]
    checked_at: float


class Checks:
    """Safe to use from several threads and processes. Raises StoreUnavailable."""

    def __init__(self, engine: Engine, *, now: Callable[[], float] = time.time) -> None:
        self._store, self._now = Transactions(engine), now

    def keep(self, form: Form, result: CheckResult) -> str:
        """Keep a check that was made; its id."""
        check = uuid.uuid4().hex
        values = {
            "id": check,
            "criterion": str(result.criterion),
            "outcome": dict(Counter(str(line.verdict) for line in result.lines)),
            "checked_at": self._now(),
            "is_whole": 1,
            "kept": check_record(form, result),
        }
        with self._store.writing(urgent=True) as connection:
            connection.execute(insert(checks).values(values))
        return check

    def take(self, check: str, team: str, asker: str) -> RecordedCheck | None:
        """Take a check for the record, once or again; None when it is no longer held, or another person's."""
        own = _c.asker.is_(None) | ((_c.team == team) & (_c.asker == asker))
        with self._store.writing(urgent=True) as connection:
            connection.execute(
                update(checks)
                .where(_c.id == check, _c.is_whole == 1, _c.asker.is_(None))
                .values(team=team, asker=asker)
            )
            row = connection.execute(select(checks).where(_c.id == check, own)).one_or_none()
        return _recorded(row) if row is not None and row.is_whole else None

    def by_reference(self, reference: str) -> RecordedCheck | None:
        """The check taken for the record whose id begins with the reference; None when there is none, or several."""
        wanted = reference.strip().lower()
        if len(wanted) < _REFERENCE or not wanted.isalnum():
            return None
        with self._store.reading() as connection:
            rows = connection.execute(
                select(checks).where(_c.id.startswith(wanted, autoescape=True), _c.asker.is_not(None), _c.is_whole == 1)
            ).all()
        return _recorded(rows[0]) if len(rows) == 1 else None

    def outcomes(self, since: float, until: float) -> Sequence[Outcome]:
        """The checks made from `since` to before `until`, oldest first."""
        made = select(_c.criterion, _c.outcome, _c.checked_at).where(_c.checked_at >= since, _c.checked_at < until)
        with self._store.reading() as connection:
            rows = connection.execute(made.order_by(_c.checked_at)).all()
        return [Outcome(row.criterion, dict(row.outcome), row.checked_at) for row in rows]

    def erase(self, team: str, asker: str) -> None:
        """Forget all but criterion and outcome of the checks that this person took for the record."""
        self._forget((_c.team == team) & (_c.asker == asker))

    def forget(self, before: float) -> None:
        """Forget all but criterion and outcome: of those made before then, and of those of yesterday nobody took."""
        self._forget((_c.checked_at < before) | (_c.asker.is_(None) & (_c.checked_at < self._now() - UNRECORDED)))

    def _forget(self, which: Any) -> None:
        with self._store.writing() as connection:
            forgotten = update(checks).where(which, _c.is_whole == 1)
            connection.execute(forgotten.values(kept={}, is_whole=0, team=None, asker=None))


def _recorded(row: Row[Any]) -> RecordedCheck:
    return RecordedCheck(
        reference_of(row.id), form_of(row.kept["form"]), result_of(row.kept), row.asker, row.checked_at
    )
