"""How a Web API method says no: the `error` code Slack would give, and what Slack adds to it."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """Slack answered `ok: false`. Any further fields of the answer are given as keywords."""

    def __init__(self, error: str, **fields: Any) -> None:
        super().__init__(error)
        self.error = error
        self.fields = fields

    @property
    def answer(self) -> dict[str, Any]:
        """The JSON that is sent."""
        return {"ok": False, "error": self.error, **self.fields}


def refused_for(error: str, problems: list[str]) -> Refused:
    """A refusal that names each problem, laid out as Slack lays it out in `response_metadata.messages`."""
    return Refused(
        error,
        errors=problems,
        response_metadata={"messages": [f"[ERROR] {problem}" for problem in problems]},
    )
