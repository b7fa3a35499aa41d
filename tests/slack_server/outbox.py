"""Getting a payload to the bot: over Socket Mode or signed HTTP, once or several times, all at once or in turn."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

from .envelopes import Delivery, Envelope
from .records import Records
from .signing import signed_request
from .socket_mode import SocketMode


class Outbox:
    """Sends from any thread; the sending itself happens on the server's loop."""

    def __init__(self, records: Records, socket_mode: SocketMode) -> None:
        self.records, self.socket_mode = records, socket_mode
        self.loop: asyncio.AbstractEventLoop | None = None
        self.http: tuple[str, str] | None = None  # request URL and signing secret, in HTTP mode
        self.envelopes: list[Envelope] = []  # everything sent, in order

    def send(
        self,
        delivery: Delivery,
        kind: str,
        payload: dict[str, Any],
        *,
        times: int = 1,
        concurrently: bool = True,
        accepts_response_payload: bool = False,
        on_ack: Callable[[Envelope], None] | None = None,
        first_attempt: int = 0,
        reason: str = "timeout",
    ) -> None:
        """Put `times` envelopes of one payload on their way. All but a first attempt are marked as retries."""
        new = []
        for number in range(first_attempt, first_attempt + times):
            envelope = Envelope(kind, payload, accepts_response_payload, on_ack=on_ack)
            if number and kind == "events_api":
                envelope.retry_attempt, envelope.retry_reason = number, reason
            new.append(envelope)
        delivery.envelopes += new
        self.envelopes += new
        if concurrently:
            for envelope in new:
                self.run(self._deliver(envelope))
        else:
            self.run(self._in_turn(new))

    def run(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """On the loop, without waiting."""
        assert self.loop is not None, "The server is not running: use `with SlackServer() as server`."
        asyncio.run_coroutine_threadsafe(coroutine, self.loop)

    async def _in_turn(self, envelopes: list[Envelope]) -> None:
        for envelope in envelopes:
            await self._deliver(envelope)
            deadline = time.monotonic() + 3.0
            while envelope.acked_at is None and time.monotonic() < deadline:
                await asyncio.sleep(0.005)

    async def _deliver(self, envelope: Envelope) -> None:
        if self.http is None:
            await self.socket_mode.deliver(envelope)
        else:
            await asyncio.get_running_loop().run_in_executor(None, self._post, envelope)

    def _post(self, envelope: Envelope) -> None:
        assert self.http is not None
        url, secret = self.http
        headers = {}
        if envelope.retry_attempt:
            headers = {
                "X-Slack-Retry-Num": str(envelope.retry_attempt),
                "X-Slack-Retry-Reason": envelope.retry_reason or "",
            }
        envelope.sent_at = time.monotonic()
        try:
            answer = signed_request(url, envelope.payload, secret, kind=envelope.type, headers=headers)
        except OSError:
            envelope.lost = True
            self.records.ring()
            return
        with self.records.changed:
            envelope.http_status = answer.status
            if answer.status == 200:
                envelope.response = answer.json or ({"text": answer.body} if answer.body else None)
                if envelope.on_ack is not None:
                    envelope.on_ack(envelope)
                envelope.acked_at = time.monotonic()
            self.records.changed.notify_all()
