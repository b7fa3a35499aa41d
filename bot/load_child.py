"""Starts the child that builds, and reads what it has come to; also one that a desk before this one started."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

BUILD = ("bot.load_build",)
"""The module that builds, and arguments before those of the build. A test puts its own in place."""
_SILENT = 5.0
"""Seconds after which a child that holds no lock and is not ours is taken to be dead: it locks before all else."""


class LoadChildren:
    """One for each load. `home` is the data directory."""

    def __init__(self, home: Path, command: Sequence[str] = BUILD) -> None:
        self._folder, self._command = home / "loading", tuple(command)
        self._ours: dict[str, subprocess.Popen[bytes]] = {}
        self._missed: dict[str, float] = {}

    def start(self, load: str, draft: str, by: str) -> None:
        """Begin to build. Raises OSError where no process can be started."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._file(load).unlink(missing_ok=True)
        self._missed.pop(load, None)
        root = str(Path(__file__).parent.parent)
        # It speaks with nobody: Slack's tokens and the key of the audit trail are not given on.
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "DESK_AUDIT"))}
        self._ours[load] = subprocess.Popen(
            [sys.executable, "-m", *self._command, draft, by, str(self._file(load).resolve())],
            env={**kept, "PYTHONPATH": root},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # what stops the desk does not stop the build
        )

    def told(self, load: str) -> Mapping[str, Any]:
        """What the child said last: `stage` and `of` on the way, `done` with what came of it. Empty: nothing yet."""
        try:
            body = json.loads(self._file(load).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return body if isinstance(body, dict) else {}

    def is_alive(self, load: str) -> bool:
        """Whether the child still builds."""
        if (ours := self._ours.get(load)) is not None:
            return ours.poll() is None
        try:
            with FileLock(self._file(load).with_suffix(".lock"), timeout=0):
                missed = self._missed.setdefault(load, time.monotonic())
                return time.monotonic() - missed < _SILENT
        except (Timeout, OSError):
            self._missed.pop(load, None)
            return True

    def forget(self, load: str) -> None:
        """Remove what it left, once that is kept elsewhere."""
        self._ours.pop(load, None)
        for path in self._folder.glob(f"*{load}.*"):
            path.unlink(missing_ok=True)

    def _file(self, load: str) -> Path:
        return self._folder / f"{load}.json"
