"""Run a module of the project in a child process, so that what can crash a process crashes only that one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

_TRIES = 3


def run_child(module: str, *arguments: str, seconds: float) -> subprocess.CompletedProcess[bytes]:
    """The finished child, whatever its exit code. Raises subprocess.TimeoutExpired after `seconds`, or OSError."""
    root = str(Path(__file__).parent.parent)
    for attempt in range(1, _TRIES + 1):
        try:
            return subprocess.run(
                [sys.executable, "-m", module, *arguments],
                cwd=root,
                env=_environment() | {"PYTHONPATH": root},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=seconds,
                check=False,
            )
        except OSError:
            # Starting a process fails for a moment on a machine that is short of memory ("Bad address", "Cannot
            # allocate memory"); taking that for a damaged build or document would be wrong.
            if attempt == _TRIES:
                raise
            time.sleep(attempt)
    raise AssertionError("unreachable")


def _environment() -> dict[str, str]:
    # Whoever opens what strangers wrote has no use for tokens and keys.
    return {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "DESK_"))}
