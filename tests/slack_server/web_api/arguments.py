"""The arguments of one call, however slack_sdk sent them: a JSON body, a form, or the query string."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from ..refused import Refused, refused_for

# slack_sdk sends these as JSON text when the call goes out as a form.
STRUCTURED = {"blocks", "attachments", "view", "metadata", "files", "prompts", "chunks", "loading_messages"}


class Arguments(dict[str, Any]):
    """What was passed, with the reading that Slack gives it."""

    def needed(self, name: str, error: str = "") -> str:
        """A non-empty argument as text."""
        value = self.get(name)
        if value in (None, ""):
            if error:
                raise Refused(error)
            raise refused_for("invalid_arguments", [f"missing required field: {name}"])
        return str(value)

    def text(self, name: str) -> str:
        """An argument as text, empty when absent."""
        return str(self.get(name) or "")

    def flag(self, name: str) -> bool:
        """Slack takes true, 1 and "true"; slack_sdk sends "1" and "0" in forms."""
        return self.get(name) in (True, 1, "1", "true", "True")


async def read_arguments(request: web.Request) -> tuple[str | None, Arguments]:
    """The token and the arguments of a request. Refuses bodies that Slack refuses."""
    arguments = Arguments(request.query)
    kind = request.content_type
    if request.can_read_body and kind == "application/json":
        try:
            body = json.loads(await request.read() or b"{}")
        except ValueError:
            raise Refused("invalid_json") from None
        if not isinstance(body, dict):
            raise Refused("json_not_object")
        arguments.update({name: _structure(name, value) for name, value in body.items()})
    elif request.can_read_body:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                value = value.file.read()
            arguments[name] = _structure(name, value)
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip() or None
    return token or arguments.pop("token", None), arguments


def _structure(name: str, value: Any) -> Any:
    if name not in STRUCTURED or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        if name == "blocks":
            raise Refused("invalid_blocks_format") from None
        raise refused_for("invalid_arguments", [f"{name} is not valid JSON"]) from None
