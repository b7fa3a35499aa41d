"""Everything the desk says in Slack goes through here: once, within limits, and never waiting without end.

Posting is not idempotent. slack_sdk repeats a post whose connection closed unanswered, and Slack then shows two; so
retries are off, and a post that may or may not have arrived is looked for by the metadata it carries before it is
tried again. Updating is idempotent and is simply repeated.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.webhook import WebhookClient

from bot.asked import Asked
from bot.logs import library_logger
from bot.rendering.message import Message
from bot.retry_after import seconds_to_wait
from bot.slack_calls import TIMEOUT, Calls, Limited, Refused, Unavailable

METADATA = "recording_desk_answer"
_TOO_MUCH = {"msg_blocks_too_long", "msg_too_long", "invalid_blocks", "invalid_blocks_format", "invalid_attachments"}


class Courier:
    """Posts, updates, whispers and responds."""

    def __init__(self, client: WebClient, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._client, self._calls = client, Calls(sleep=sleep)

    def post(self, asked: Asked, question: str, message: Message) -> str:
        """Post in the asker's thread; the ts. Raises Uncertain when Slack did not say whether it did."""
        metadata = {"event_type": METADATA, "event_payload": {"question": question}}
        said = self._calls.once(
            lambda: self._client.chat_postMessage(
                channel=asked.channel,
                thread_ts=asked.thread,
                metadata=metadata,
                unfurl_links=False,
                unfurl_media=False,
                **_payload(message),
            ),
            uncertain=True,
        )
        return str(said["ts"])

    def find(self, asked: Asked, question: str, known: Collection[str] = ()) -> str | None:
        """The ts of the reply that was posted for this question, or None when the thread holds none.

        A stream bears no metadata; it is the desk's own message there that is no reply of the `known`.
        """
        cursor = ""
        while True:
            said = self._calls.again(partial(self._replies, asked, cursor))
            for message in said.get("messages") or []:
                metadata = message.get("metadata") or {}
                of = (metadata.get("event_payload") or {}).get("question")
                ours = message.get("bot_id") and not metadata and message.get("ts") not in known
                if of == question or (ours and str(message["ts"]) > (asked.ts or "0")):
                    return str(message["ts"])
            cursor = (said.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return None

    def _replies(self, asked: Asked, cursor: str) -> Any:
        return self._client.conversations_replies(
            channel=asked.channel,
            ts=str(asked.thread),
            oldest=asked.ts or "0",
            limit=200,
            cursor=cursor or None,
            include_all_metadata=True,
        )

    def update(self, asked: Asked, ts: str, message: Message) -> None:
        """Replace what stands at `ts`, by its plain text alone when Slack will not take the blocks."""
        try:
            self._update(asked, ts, message)
        except Refused as refused:
            if refused.code not in _TOO_MUCH:
                raise
            self._update(asked, ts, message.without_blocks())

    def direct(self, asked: Asked, message: Message) -> None:
        """Tell the asker in their direct conversation, where the place they asked in is closed to the desk."""
        self._calls.once(
            lambda: self._client.chat_postMessage(
                channel=asked.asker, unfurl_links=False, unfurl_media=False, **_payload(message)
            ),
            uncertain=True,
        )

    def delete(self, channel: str, ts: str) -> None:
        """Take back what the desk said. Gone already is as good."""
        try:
            self._calls.again(lambda: self._client.chat_delete(channel=channel, ts=ts))
        except Refused as refused:
            if refused.code != "message_not_found":
                raise

    def whisper(self, asked: Asked, message: Message) -> None:
        """Show something to the asker alone, where they asked."""
        self._calls.once(
            lambda: self._client.chat_postEphemeral(
                channel=asked.channel, user=asked.asker, thread_ts=asked.thread, **_payload(message)
            )
        )

    def respond(self, response_url: str, message: Message, *, replace: bool = True) -> None:
        """Answer a command or a press to the one who gave it: in place of what the desk last said there, or below."""
        hook = WebhookClient(response_url, timeout=TIMEOUT, retry_handlers=[], logger=library_logger("sdk"))
        body = {**_payload(message), "response_type": "ephemeral", "replace_original": replace}

        def send() -> dict[str, Any]:
            said = hook.send_dict({**body, "unfurl_links": False, "unfurl_media": False})
            if said.status_code == 429:
                raise Limited(seconds_to_wait(said.headers.get("Retry-After")))
            if said.status_code >= 500:
                raise Unavailable(1.0)
            if said.status_code != 200:
                raise Refused(f"response_url_{said.status_code}")
            return {}

        self._calls.again(send)

    def _update(self, asked: Asked, ts: str, message: Message) -> None:
        # No blocks is said aloud: without the argument the placeholder's own could stay.
        said = {"blocks": [], **_payload(message)}
        self._calls.again(lambda: self._client.chat_update(channel=asked.channel, ts=ts, **said))


def _payload(message: Message) -> dict[str, Any]:
    """As Slack takes it; by its plain text alone when slack_sdk's own checks find the blocks too large."""
    try:
        return message.payload()
    except SlackObjectFormationError:
        return message.without_blocks().payload()
