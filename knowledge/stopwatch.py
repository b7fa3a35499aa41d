"""How the time of an answer was spent, part by part, in milliseconds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Adds up what each named part took."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._parts: dict[str, float] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count the time inside the block towards `name`."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self._parts[name] = self._parts.get(name, 0.0) + (time.perf_counter() - began) * 1000

    def took_ms(self) -> dict[str, float]:
        """Every part so far, and the total since the watch was made."""
        return {**self._parts, "total": (time.perf_counter() - self._began) * 1000}
