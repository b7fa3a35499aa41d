"""What the bot did: every call in the order it arrived, and a way to wait for the next thing to happen."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

Found = TypeVar("Found")


@dataclass
class Call:
    """One request the server received. Recorded on arrival, so a call that hangs can be seen while it hangs."""

    method: str
    arguments: dict[str, Any]
    token: str | None
    at: float  # time.monotonic() on arrival
    headers: dict[str, str] = field(default_factory=dict)
    response: dict[str, Any] | None = None  # what was answered; None while running, and when nothing was
    faulted: Any = None  # the fault that was played on it
    accepted: bool = False  # Slack did what was asked, whether or not the bot was told so
    answered_at: float | None = None

    @property
    def ok(self) -> bool:
        """Slack did it and said so."""
        return bool(self.response and self.response.get("ok"))

    def __str__(self) -> str:
        said = "no answer" if self.response is None else self.response.get("error") or "ok"
        played = f" [{self.faulted}]" if self.faulted else ""
        return f"{self.method} {_short(self.arguments)} -> {said}{played}"


class Records:
    """Calls, guarded by the lock that also guards the workspace, and a bell that rings when anything changes."""

    def __init__(self) -> None:
        self.changed = threading.Condition(threading.RLock())
        self.calls: list[Call] = []

    def add(self, call: Call) -> Call:
        """Keep a call and wake whoever waits."""
        with self.changed:
            self.calls.append(call)
            self.changed.notify_all()
        return call

    def ring(self) -> None:
        """Something other than a call changed."""
        with self.changed:
            self.changed.notify_all()

    def to(self, method: str) -> list[Call]:
        """The calls of one method, faulted ones too."""
        with self.changed:
            return [call for call in self.calls if call.method == method]

    def wait_for(self, predicate: Callable[[], Found], timeout: float, what: str = "") -> Found:
        """The first truthy answer of `predicate`. Raises AssertionError with the calls when time runs out."""
        deadline = time.monotonic() + timeout
        # The predicate runs without the lock: it may itself call the server, which needs it.
        while not (found := predicate()):
            left = deadline - time.monotonic()
            if left <= 0:
                break
            with self.changed:
                self.changed.wait(min(left, 0.02))
        if found:
            return found
        asked = what or getattr(predicate, "__doc__", None) or "the expected thing"
        raise AssertionError(f"{asked} did not happen within {timeout:g} s. {self.dump()}")

    def dump(self, last: int = 30) -> str:
        """The last calls, one a line, for reading in a failed test."""
        with self.changed:
            calls = self.calls[-last:]
            start = self.calls[0].at if self.calls else 0.0
        if not calls:
            return "The bot has called nothing."
        lines = [f"  {call.at - start:7.3f}s {call}" for call in calls]
        return f"The bot's last {len(calls)} calls:\n" + "\n".join(lines)


def _short(arguments: dict[str, Any], most: int = 160) -> str:
    text = ", ".join(f"{key}={value!r}" for key, value in arguments.items())
    return f"({text if len(text) <= most else text[: most - 3] + '...'})"
