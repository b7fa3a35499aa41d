"""The child process that builds an edition loaded in Slack: `python -m bot.load_build DRAFT BY FILE`.

It outlives the desk that started it. What it has come to stands in FILE, written whole each time; FILE with the ending
`.lock` is locked while it lives, so that a desk started later sees whether it still does.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from bot.settings import Settings, load_settings
from bot.wiring import Report
from knowledge.errors import DeskError, IngestBusy
from knowledge.put_in_place import put_in_place

if TYPE_CHECKING:
    from ingest.report import IngestReport

Ingest = Callable[[Settings, str, str, Report], "IngestReport"]
_EVERY = 0.5
"""Seconds between two words on progress."""
_BUSY = 600.0
"""Seconds that another ingest is waited for: the longest takes a few minutes."""
_NICE = 10


def main(arguments: Sequence[str], ingest: Ingest) -> int:
    """Build; 0 when a build was made or the file says why not, 1 where another child is at it already."""
    draft, by, path = arguments[0], arguments[1], Path(arguments[2])
    lock = FileLock(path.with_suffix(".lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return 1
    os.nice(_NICE)  # answers come first
    tell = _Telling(path)
    tell.say({"stage": "Starting"})
    try:
        settings = load_settings(os.environ)
        base = _current(settings.home)
        report = _patiently(lambda: ingest(settings, draft, by, tell.progress), tell)
        tell.say(
            {
                "done": True,
                "build": report.build or "",
                "base": base,
                "counts": report.to_json()["documents"] | report.to_json()["passages"],
                "rejected": [list(one) for one in report.rejected],
                "warnings": report.warnings,
                "seconds": round(report.seconds, 1),
            }
        )
    except DeskError as fault:
        tell.say({"done": True, "fault": str(fault)})
    except Exception as fault:
        tell.say({"done": True, "fault": f"The build was abandoned by an unforeseen fault ({type(fault).__name__})."})
    finally:
        lock.release()
    return 0


class _Telling:
    def __init__(self, path: Path) -> None:
        self._path, self._last = path, 0.0

    def say(self, body: Mapping[str, Any]) -> None:
        put_in_place(self._path, json.dumps(body, ensure_ascii=False), to_disk=False)

    def progress(self, stage: str, done: int, total: int) -> None:
        if time.monotonic() - self._last >= _EVERY:
            self._last = time.monotonic()
            self.say({"stage": stage, "of": [done, total]})


def _patiently(ingest: Callable[[], IngestReport], tell: _Telling) -> IngestReport:
    until = time.monotonic() + _BUSY
    while True:
        try:
            return ingest()
        except IngestBusy:
            if time.monotonic() > until:
                raise
            tell.say({"stage": "Waiting for another ingest to finish"})
            time.sleep(1)


def _current(home: Path) -> str:
    from ingest.publish import current_build

    return current_build(home) or ""


def _ingest(settings: Settings, draft: str, by: str, progress: Report) -> IngestReport:
    from bot.wiring import ingest_draft

    return ingest_draft(settings, draft, by, progress)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], _ingest))
