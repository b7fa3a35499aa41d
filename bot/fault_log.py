"""The record of faults nobody foresaw: where in the code they came up, never what anyone typed."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime
from pathlib import Path


def record_fault(home: Path, fault: BaseException) -> str:
    """Append where `fault` came up to `logs/faults.log` of the data directory, and return a reference to quote.

    The message of the fault is left out: it may hold the asker's words. A log that cannot be written is not a second
    fault; the reference then says only when it happened.
    """
    reference = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    lines = [f"{reference} {_chain(fault)}", *_frames(fault)]
    try:
        log = fault_log(home)
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        pass
    return reference


def fault_log(home: Path) -> Path:
    """Where the faults of a data directory are recorded."""
    return home / "logs" / "faults.log"


def _chain(fault: BaseException) -> str:
    """The kinds of the fault and of what caused it."""
    kinds: list[str] = []
    seen: BaseException | None = fault
    while seen is not None and len(kinds) < 5:
        kinds.append(type(seen).__qualname__)
        seen = seen.__cause__ or seen.__context__
    return " < ".join(kinds)


def _frames(fault: BaseException) -> list[str]:
    return [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(fault.__traceback__)]
