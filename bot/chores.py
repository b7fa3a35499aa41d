"""The thread that sees to what is not an answer: posting enquiries, telling askers, forgetting what is old."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from knowledge.errors import StoreUnavailable

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Chore:
    """Something done again and again, `every` so many seconds."""

    name: str
    every: float
    do: Callable[[], object]


class Chores(threading.Thread):
    """Apart from the caretaker, whose leases must not wait for a Slack that does not answer."""

    def __init__(self, chores: Sequence[Chore], *, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(name="chores", daemon=True)
        self._due = dict.fromkeys(chores, 0.0)
        self._now = now
        self._stopping = threading.Event()

    def run(self) -> None:
        """Until stopped. A chore that fails is tried again when it is next due."""
        while not self._stopping.wait(0.5):
            for chore, due in self._due.items():
                if self._now() < due or self._stopping.is_set():
                    continue
                self._due[chore] = self._now() + chore.every
                try:
                    chore.do()
                except StoreUnavailable:
                    log.error("store_unavailable", where=chore.name)
                except Exception as fault:
                    log.error("chore_failed", where=chore.name, fault=type(fault).__name__)

    def stop(self) -> None:
        """And wait for the chore under way."""
        self._stopping.set()
        self.join(5)
