"""What is sent to the bot, and what became of it."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .records import Records
from .state import Json, Message, View


@dataclass
class Envelope:
    """One delivery of one payload. The same event delivered twice is two envelopes."""

    type: str  # events_api, slash_commands or interactive
    payload: Json
    accepts_response_payload: bool = False
    retry_attempt: int | None = None
    retry_reason: str | None = None
    envelope_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    sent_at: float | None = None
    acked_at: float | None = None
    response: Json | None = None  # what the bot sent with its acknowledgement
    connection: str | None = None  # the id of the connection it went to
    lost: bool = False  # written to a connection that was already dead
    acks: int = 0
    on_ack: Callable[[Envelope], None] | None = None
    http_status: int | None = None  # in HTTP mode

    @property
    def ack_seconds(self) -> float | None:
        """How long the bot took to acknowledge. Slack gives three seconds."""
        if self.sent_at is None or self.acked_at is None:
            return None
        return self.acked_at - self.sent_at

    def json(self) -> Json:
        """The frame."""
        frame: Json = {
            "envelope_id": self.envelope_id,
            "payload": self.payload,
            "type": self.type,
            "accepts_response_payload": self.accepts_response_payload,
        }
        if self.type == "events_api":
            frame |= {"retry_attempt": self.retry_attempt or 0, "retry_reason": self.retry_reason or ""}
        return frame


@dataclass
class Delivery:
    """One thing a person did, and every envelope that told the bot of it."""

    records: Records
    envelopes: list[Envelope] = field(default_factory=list)
    message: Message | None = None
    view: View | None = None
    trigger_id: str = ""
    response_url: str = ""
    started_at: float = field(default_factory=time.monotonic)

    @property
    def ts(self) -> str:
        """Of the message the person wrote."""
        assert self.message is not None, "This act wrote no message."
        return self.message.ts

    @property
    def channel(self) -> str:
        """Of the message the person wrote."""
        assert self.message is not None, "This act wrote no message."
        return self.message.channel

    @property
    def acked(self) -> bool:
        """Every envelope was acknowledged."""
        return bool(self.envelopes) and all(envelope.acked_at is not None for envelope in self.envelopes)

    @property
    def slowest_ack(self) -> float:
        """In seconds, over every envelope. Ask after `wait_acked`."""
        return max(envelope.ack_seconds or float("inf") for envelope in self.envelopes)

    @property
    def response(self) -> Any:
        """What the bot sent with its first acknowledgement that carried anything."""
        return next((envelope.response for envelope in self.envelopes if envelope.response), None)

    def wait_acked(self, timeout: float = 5.0) -> Delivery:
        """Wait until every envelope is acknowledged."""
        assert self.envelopes, "Nothing was sent: is the bot subscribed to this kind of event?"
        waiting = [e.payload.get("type") or e.payload.get("command") for e in self.envelopes if not e.acked_at]
        self.records.wait_for(lambda: self.acked, timeout, f"the acknowledgement of {waiting}")
        return self
