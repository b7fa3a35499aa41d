"""Finds the message of an earlier attempt, which may have arrived though nobody heard of it."""

from __future__ import annotations

from typing import Any

from slack_sdk import WebClient

from bot.slack_calls import Calls


def earlier_post(
    client: WebClient, calls: Calls, channel: str, mark: tuple[str, str], *, since: float, thread: str | None = None
) -> str | None:
    """Where the message stands whose metadata bears `mark`, a name and its value; None where it does not.

    It is looked for among two hundred messages since then, in the channel or in a thread of it. Raises Refused or
    Unavailable.
    """
    name, value = mark
    where: dict[str, Any] = {"channel": channel, "oldest": f"{since:.6f}", "limit": 200, "include_all_metadata": True}
    said = calls.again(
        lambda: client.conversations_replies(ts=thread, **where) if thread else client.conversations_history(**where)
    )
    for message in said.get("messages") or []:
        payload = (message.get("metadata") or {}).get("event_payload") or {}
        if payload.get(name) == value:
            return str(message["ts"])
    return None
