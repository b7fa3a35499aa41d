"""Everything the desk says in Slack goes through here: once, within limits, and never waiting without end.

Posting is not idempotent. slack_sdk repeats a post whose connection closed unanswered, and Slack then shows two; so
retries are off, and a post that may or may not have arrived is looked for by the metadata it carries before it is
tried again. Updating is idempotent and is simply repeated.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http.client import HTTPException
from typing import Any, TypeVar

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError, SlackObjectFormationError
from slack_sdk.webhook import WebhookClient

from bot.asked import Asked
from bot.logs import library_logger
from bot.rendering.message import Message
from bot.retry_after import seconds_to_wait

TIMEOUT = 8
"""Seconds for one call. A thread is never held longer by a Slack that does not answer."""
LONGEST_WAIT = 20.0
"""Seconds waited out for a rate limit. Longer ones go back to the inbox."""
METADATA = "recording_desk_answer"

_TOO_MUCH = {"msg_blocks_too_long", "msg_too_long", "invalid_blocks", "invalid_blocks_format", "invalid_attachments"}
_BROKEN = {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
_LOST = {"token_revoked", "token_expired", "invalid_auth", "account_inactive", "not_authed"}

Result = TypeVar("Result")


class Refused(Exception):
    """Slack will not do it, now or later. `code` is its error code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def is_ours(self) -> bool:
        """The token is no longer good: nothing will work until an administrator acts."""
        return self.code in _LOST


@dataclass
class Unavailable(Exception):
    """Slack did not answer, or wants to be left alone for `seconds`."""

    seconds: float

    def __post_init__(self) -> None:
        super().__init__(self.seconds)


class Limited(Unavailable):
    """Slack asked for a pause, and did nothing."""


class Uncertain(Unavailable):
    """As Unavailable, and the post may have been accepted."""


def web_client(token: str, base_url: str) -> WebClient:
    """A client that repeats nothing by itself and logs nobody's words."""
    return WebClient(token=token, base_url=base_url, timeout=TIMEOUT, retry_handlers=[], logger=library_logger("sdk"))


class Courier:
    """Posts, updates, whispers and responds."""

    def __init__(self, client: WebClient, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._client, self._sleep = client, sleep

    def post(self, asked: Asked, question: str, message: Message) -> str:
        """Post in the asker's thread; the ts. Raises Uncertain when Slack did not say whether it did."""
        metadata = {"event_type": METADATA, "event_payload": {"question": question}}
        said = self._call(
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

    def find(self, asked: Asked, question: str) -> str | None:
        """The ts of the reply that was posted for this question, or None when the thread holds none."""
        cursor = ""
        while True:
            said = self._again(partial(self._replies, asked, cursor))
            for message in said.get("messages") or []:
                metadata = message.get("metadata") or {}
                if (metadata.get("event_payload") or {}).get("question") == question:
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

    def whisper(self, asked: Asked, message: Message) -> None:
        """Show something to the asker alone, where they asked."""
        self._call(
            lambda: self._client.chat_postEphemeral(
                channel=asked.channel, user=asked.asker, thread_ts=asked.thread, **_payload(message)
            )
        )

    def respond(self, response_url: str, message: Message) -> None:
        """Answer a command to its asker, in place of what the desk last said there."""
        hook = WebhookClient(response_url, timeout=TIMEOUT, retry_handlers=[], logger=library_logger("sdk"))
        body = {**_payload(message), "response_type": "ephemeral", "replace_original": True}

        def send() -> dict[str, Any]:
            said = hook.send_dict({**body, "unfurl_links": False, "unfurl_media": False})
            if said.status_code == 429:
                raise Limited(seconds_to_wait(said.headers.get("Retry-After")))
            if said.status_code >= 500:
                raise Unavailable(1.0)
            if said.status_code != 200:
                raise Refused(f"response_url_{said.status_code}")
            return {}

        self._again(send)

    def _update(self, asked: Asked, ts: str, message: Message) -> None:
        # No blocks is said aloud: without the argument the placeholder's own could stay.
        said = {"blocks": [], **_payload(message)}
        self._again(lambda: self._client.chat_update(channel=asked.channel, ts=ts, **said))

    def _again(self, call: Callable[[], Any]) -> Any:
        """Call, three times if need be: for what may safely be repeated."""
        for pause in (0.3, 1.0):
            try:
                return self._call(call)
            except Limited:
                raise
            except Unavailable:
                self._sleep(pause)
        return self._call(call)

    def _call(self, call: Callable[[], Any], *, uncertain: bool = False) -> Any:
        """Call, waiting out rate limits under the cap: a call that was limited was not carried out."""
        waited = 0.0
        while True:
            try:
                return call()
            except SlackApiError as fault:
                wait = _wait_asked_for(fault)
                if wait is None:
                    raise _translated(fault, uncertain) from None
            except Limited as fault:
                wait = fault.seconds
            except (OSError, HTTPException, SlackClientError, ValueError) as fault:
                raise (Uncertain if uncertain else Unavailable)(1.0) from fault
            if waited + wait > LONGEST_WAIT:
                raise Limited(wait)
            self._sleep(wait)
            waited += wait


def _payload(message: Message) -> dict[str, Any]:
    """As Slack takes it; by its plain text alone when slack_sdk's own checks find the blocks too large."""
    try:
        return message.payload()
    except SlackObjectFormationError:
        return message.without_blocks().payload()


def _wait_asked_for(fault: SlackApiError) -> float | None:
    response = fault.response
    if response.status_code != 429 and _code(fault) not in ("ratelimited", "rate_limited"):
        return None
    return seconds_to_wait(response.headers.get("Retry-After") or response.headers.get("retry-after"))


def _translated(fault: SlackApiError, uncertain: bool) -> Exception:
    code = _code(fault)
    if fault.response.status_code >= 500 or code in _BROKEN or not code.replace("_", "").isalnum():
        return (Uncertain if uncertain else Unavailable)(1.0)
    return Refused(code)


def _code(fault: SlackApiError) -> str:
    data = fault.response.data
    return str(data.get("error") or "") if isinstance(data, dict) else ""
