"""Whether the desk is connected and when it last heard from Slack, in a file that a supervisor can read."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path


class Health:
    """Written to `health.json` in the data directory, whole or not at all."""

    def __init__(self, home: Path, *, now: Callable[[], float] = time.time) -> None:
        self._path, self._now = home / "health.json", now
        self._last_heard: float | None = None

    def heard(self) -> None:
        """Slack sent something."""
        self._last_heard = self._now()

    def report(
        self, *, connected: bool, owed: int, held: int, as_of: float, build: str = "", trouble: str = ""
    ) -> dict[str, object]:
        """The state, counted from `as_of` on. `build` answers; `trouble` says why it is not the published one."""
        heard = self._last_heard
        return {
            "connected": connected,
            "last_event_age": round(self._now() - heard, 1) if heard is not None else None,
            "owed": owed,
            "under_way": held,
            "build": build,
            "trouble": trouble,
            "as_of": as_of,
            "pid": os.getpid(),
        }

    def write(self, report: dict[str, object]) -> None:
        """Replace the file."""
        aside = self._path.with_suffix(".tmp")
        aside.write_text(json.dumps(report))
        aside.replace(self._path)
