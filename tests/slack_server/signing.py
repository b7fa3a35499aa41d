"""Requests signed as Slack signs them, for a bot in HTTP mode. What is wrong with them is the caller's choice."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True)
class HttpAnswer:
    """What the bot answered."""

    status: int
    body: str
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        """The body, or None when it is not JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


def sign(body: bytes, signing_secret: str, timestamp: str) -> str:
    """The X-Slack-Signature of a body (docs, authentication/verifying-requests-from-slack)."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(signing_secret.encode(), base, hashlib.sha256).hexdigest()


def encode(payload: Any, kind: str = "events_api") -> tuple[bytes, str]:
    """A body and its content type: events are JSON, commands a form, interactions a form with one `payload` field."""
    if isinstance(payload, bytes):
        return payload, "application/json"
    if kind == "slash_commands":
        return urlencode(payload).encode(), "application/x-www-form-urlencoded"
    if kind == "interactive":
        return urlencode({"payload": json.dumps(payload)}).encode(), "application/x-www-form-urlencoded"
    return json.dumps(payload).encode(), "application/json"


def signed_request(
    url: str,
    payload: Any,
    signing_secret: str,
    *,
    timestamp: str | float | None = None,
    signature: str | None = None,
    kind: str = "events_api",
    headers: dict[str, str] | None = None,
    timeout: float = 10.0,
) -> HttpAnswer:
    """POST a payload (or raw bytes) to the bot. `timestamp` and `signature` replace the honest ones."""
    body, content_type = encode(payload, kind)
    stamp = str(int(time.time())) if timestamp is None else str(timestamp)
    sent = {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": sign(body, signing_secret, stamp) if signature is None else signature,
        **(headers or {}),
    }
    request = urllib.request.Request(url, data=body, headers=sent, method="POST")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=timeout) as answer:
            return HttpAnswer(answer.status, answer.read().decode("utf-8", "replace"), dict(answer.headers))
    except urllib.error.HTTPError as answer:
        return HttpAnswer(answer.code, answer.read().decode("utf-8", "replace"), dict(answer.headers))
