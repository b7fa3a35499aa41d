"""Open the desk while the officer is already typing: the embedding model takes seconds to load."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Opened = TypeVar("Opened")


class Opening(Generic[Opened]):
    """Something being opened on another thread. Call it to have it, waiting when need be."""

    def __init__(self, open_it: Callable[[], Opened]) -> None:
        self._open_it = open_it
        self._opened: Opened | None = None
        self._fault: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="opening", daemon=True)
        self._thread.start()

    @property
    def under_way(self) -> bool:
        """Whether calling would still have to wait."""
        return self._thread.is_alive()

    def __call__(self) -> Opened:
        """What was opened; raises what went wrong while opening it."""
        self._thread.join()
        if self._fault is not None:
            raise self._fault
        assert self._opened is not None  # noqa: S101 - either it was opened or there was a fault
        return self._opened

    def _run(self) -> None:
        try:
            self._opened = self._open_it()
        except BaseException as fault:
            self._fault = fault
