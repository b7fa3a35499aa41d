"""Calls of Slack's methods: never waiting without end, and faults told apart by what can be done about them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.logs import library_logger
from bot.retry_after import seconds_to_wait

TIMEOUT = 8
"""Seconds for one call. A thread is never held longer by a Slack that does not answer."""
LONGEST_WAIT = 20.0
"""Seconds waited out for a rate limit. Longer ones go back to the inbox."""

_BROKEN = {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
_LACKING = {
    "unknown_method",
    "missing_scope",
    "not_allowed_token_type",
    "method_deprecated",
    "access_denied",
    "feature_not_enabled",
}
_NOWHERE = {404, 405, 410, 501}
"""HTTP statuses with which a server that has no such method may answer, in place of Slack's own error."""
_LOST = {"token_revoked", "token_expired", "invalid_auth", "account_inactive", "not_authed"}


class Refused(Exception):
    """Slack will not do it, now or later. `code` is its error code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def is_ours(self) -> bool:
        """The token is no longer good: nothing will work until an administrator acts."""
        return self.code in _LOST

    @property
    def is_lacking(self) -> bool:
        """Slack has no such method, or the app was not given it: it is done without from now on."""
        return self.code in _LACKING


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


class Calls:
    """Makes calls, waiting out what is worth waiting for."""

    def __init__(self, *, longest: float = LONGEST_WAIT, sleep: Callable[[float], None] = time.sleep) -> None:
        """`longest` is how many seconds of a rate limit are waited out in all."""
        self._longest, self._sleep = longest, sleep

    def again(self, call: Callable[[], Any]) -> Any:
        """Call, three times if need be: for what may safely be repeated."""
        for pause in (0.3, 1.0):
            try:
                return self.once(call)
            except Limited:
                raise
            except Unavailable:
                self._sleep(pause)
        return self.once(call)

    def once(self, call: Callable[[], Any], *, uncertain: bool = False) -> Any:
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
            if waited + wait > self._longest:
                raise Limited(wait)
            self._sleep(wait)
            waited += wait


def _wait_asked_for(fault: SlackApiError) -> float | None:
    response = fault.response
    if response.status_code != 429 and _code(fault) not in ("ratelimited", "rate_limited"):
        return None
    return seconds_to_wait(response.headers.get("Retry-After") or response.headers.get("retry-after"))


def _translated(fault: SlackApiError, uncertain: bool) -> Exception:
    code = _code(fault)
    is_code = code.replace("_", "").isalnum()
    if fault.response.status_code in _NOWHERE and not is_code:
        return Refused("unknown_method")
    if fault.response.status_code >= 500 or code in _BROKEN or not is_code:
        return (Uncertain if uncertain else Unavailable)(1.0)
    return Refused(code)


def _code(fault: SlackApiError) -> str:
    data = fault.response.data
    return str(data.get("error") or "") if isinstance(data, dict) else ""
