"""Which methods there are, the scope each one needs and the kind of token it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..state import Json
from ..workspace import Workspace
from .arguments import Arguments

Method = Callable[[Workspace, Arguments], Json]


@dataclass(frozen=True)
class Entry:
    """One method. `tier` is calls a minute that Slack promises at least (docs, rate-limits)."""

    perform: Method
    scope: str | None
    token: str
    tier: int


METHODS: dict[str, Entry] = {}


def method(name: str, scope: str | None = None, *, token: str = "xoxb", tier: int = 50) -> Callable[[Method], Method]:
    """Register a function as a Web API method."""

    def register(perform: Method) -> Method:
        METHODS[name] = Entry(perform, scope, token, tier)
        return perform

    return register
