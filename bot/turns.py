"""One answer at a time for each person: who asks five things at once does not keep four others waiting."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Hashable

Step = Callable[[], object]


class Turns:
    """Begins each person's steps one after the other, in the order they came."""

    def __init__(self, begin: Callable[[Step], None]) -> None:
        self._begin = begin
        self._lock = threading.Lock()
        self._lines: dict[Hashable, deque[Step]] = {}

    def take(self, person: Hashable, step: Step) -> None:
        """Begin the step now, or when the person's earlier ones are over."""
        with self._lock:
            line = self._lines.setdefault(person, deque())
            line.append(step)
            if len(line) > 1:
                return
        self._begin(step)

    def over(self, person: Hashable) -> None:
        """The person's first step has ended: the next may begin."""
        with self._lock:
            line = self._lines[person]
            line.popleft()
            if not line:
                del self._lines[person]
                return
            following = line[0]
        self._begin(following)
