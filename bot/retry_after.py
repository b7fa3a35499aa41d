"""How long a Retry-After header asks to wait: seconds, a date, or nonsense."""

from __future__ import annotations

import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime

_DEFAULT = 1.0


def seconds_to_wait(header: object, now: Callable[[], float] = time.time) -> float:
    """Seconds, never negative; one second when the header is missing or says nothing that can be read."""
    text = str(header if header is not None else "").strip()
    try:
        seconds = float(text)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(text).timestamp() - now()
        except (ValueError, TypeError, OverflowError):
            return _DEFAULT
    return max(0.0, seconds) if seconds == seconds and seconds != float("inf") else _DEFAULT
