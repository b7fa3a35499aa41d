"""A day of the week and a time of day, as settings say them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Weekly:
    """`weekday` counts from Monday, 0. The time is the machine's own."""

    weekday: int
    at: time

    def latest(self, now: datetime) -> datetime:
        """When it was last due, `now` included."""
        day = now.date() - timedelta(days=(now.weekday() - self.weekday) % 7)
        due = datetime.combine(day, self.at)
        return due if due <= now else due - timedelta(weeks=1)


def read_weekly(text: str) -> Weekly | None:
    """`monday 08:00`, or `off` for None. Raises ValueError."""
    if text.strip().lower() == "off":
        return None
    found = re.fullmatch(r"(\w+)\s+(\d{1,2}):(\d{2})", text.strip().lower())
    if found is None or found[1] not in _DAYS or int(found[2]) > 23 or int(found[3]) > 59:
        raise ValueError("give a day and a time, like monday 08:00, or off")
    return Weekly(_DAYS.index(found[1]), time(int(found[2]), int(found[3])))
