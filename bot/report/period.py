"""The weeks a report is about, and those it is measured against. Days are those of the machine's own time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

_TREND = 8
"""Weeks the trend shows at least: two months, in which a week of leave does not look like a change."""


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to before `until`."""

    first: date
    until: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self.until - timedelta(days=1)

    @property
    def weeks(self) -> int:
        """How many weeks it is."""
        return (self.until - self.first).days // 7

    @property
    def before(self) -> Period:
        """As many weeks, just before."""
        return Period(self.first - (self.until - self.first), self.first)

    def trend(self) -> tuple[Period, ...]:
        """The single weeks to show beside each other, oldest first: these, as many before, and eight at least."""
        count = max(2 * self.weeks, _TREND)
        return tuple(
            Period(self.until - timedelta(weeks=back + 1), self.until - timedelta(weeks=back))
            for back in reversed(range(count))
        )

    def holds(self, when: float) -> bool:
        """Whether a moment (seconds since 1970) lies in it."""
        return self.first <= datetime.fromtimestamp(when).date() < self.until

    @property
    def begins(self) -> float:
        """Its first moment, in seconds since 1970."""
        return midnight(self.first)

    @property
    def ends(self) -> float:
        """The first moment after it, in seconds since 1970."""
        return midnight(self.until)


def weeks_to(until: date, weeks: int) -> Period:
    """So many weeks ending before that day."""
    return Period(until - timedelta(weeks=weeks), until)


def midnight(day: date) -> float:
    """The first moment of a day, in seconds since 1970."""
    return datetime(day.year, day.month, day.day).timestamp()
