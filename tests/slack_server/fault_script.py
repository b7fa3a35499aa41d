"""Which fault a call meets."""

from __future__ import annotations

from .faults import Fault


class FaultScript:
    """Which fault the next call of a method meets: the script first, call by call, then what is played always."""

    def __init__(self) -> None:
        self._scripted: dict[str, list[Fault]] = {}
        self._always: dict[str, Fault] = {}

    def script(self, method: str, *faults: Fault) -> None:
        """Add to the end of the method's script."""
        self._scripted.setdefault(method, []).extend(faults)

    def always(self, method: str, fault: Fault | None) -> None:
        """Play on every call that no script claims. None heals the method and forgets its script."""
        if fault is None:
            self._always.pop(method, None)
            self._scripted.pop(method, None)
        else:
            self._always[method] = fault

    def next_for(self, method: str) -> Fault | None:
        """Take the next fault."""
        waiting = self._scripted.get(method)
        return waiting.pop(0) if waiting else self._always.get(method)

    @property
    def unplayed(self) -> dict[str, list[Fault]]:
        """Scripted faults that no call has met: a test that scripts five and meets three should know."""
        return {method: list(faults) for method, faults in self._scripted.items() if faults}
