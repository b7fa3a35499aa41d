"""`/link`: Slack's side of Socket Mode (docs, apis/events-api/using-socket-mode).

Each envelope goes to one of the open connections. An event that finds none waits for one; a command or a press that
finds none for three seconds is dropped, as Slack tells the person that the app did not respond.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from aiohttp import WSMsgType, web

from . import limits
from .connections import Connection, end
from .envelopes import Envelope
from .records import Records
from .workspace import APP, Workspace

PATIENCE = 3.0  # seconds Slack waits for a command or a press to be taken


class SocketMode:
    """Connections, envelopes and acknowledgements. Its coroutines run on the server's loop."""

    def __init__(self, workspace: Workspace, records: Records) -> None:
        self.workspace, self.records = workspace, records
        self.connections: list[Connection] = []
        self.envelopes: dict[str, Envelope] = {}
        self.stray_acks: list[Any] = []  # acknowledgements of envelopes that were never sent, and malformed frames
        self.refuse = 0  # how many of the next handshakes to refuse
        self.redeliver_after: float | None = None  # seconds after which an unacknowledged event is sent again
        self.most_attempts = 3  # docs, events-api: three retries
        self._turn = 0

    @property
    def live(self) -> list[Connection]:
        """Connections that an envelope can be sent to."""
        return [c for c in self.connections if c.is_open and not c.leaving and not c.half_open]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One connection, from handshake to close."""
        if self.refuse > 0:
            self.refuse -= 1
            return web.Response(status=503, text="refused")
        # Pings are answered below, so that they can be counted and so that a half-open connection leaves them.
        socket = web.WebSocketResponse(autoping=False, max_msg_size=0)
        await socket.prepare(request)
        connection = Connection(self.workspace.new_id("W"), socket, request)
        if len([c for c in self.connections if c.is_open]) >= limits.SOCKET_CONNECTIONS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        await socket.send_json(self._hello(connection))
        with self.records.changed:
            self.connections.append(connection)
            self.records.changed.notify_all()
        pinger = asyncio.create_task(self._ping(connection))
        try:
            await self._listen(connection)
        finally:
            pinger.cancel()
            connection.closed_at = time.monotonic()
            self.records.ring()
        return socket

    async def deliver(self, envelope: Envelope) -> None:
        """Send one envelope to one connection, waiting for one if need be."""
        deadline = time.monotonic() + PATIENCE
        while not self.live:
            if envelope.type != "events_api" and time.monotonic() > deadline:
                envelope.lost = True
                return
            await asyncio.sleep(0.01)
        self._turn += 1
        connection = self.live[self._turn % len(self.live)]
        envelope.sent_at, envelope.connection = time.monotonic(), connection.id
        self.envelopes[envelope.envelope_id] = envelope
        try:
            await connection.socket.send_str(json.dumps(envelope.json()))
        except (ConnectionError, RuntimeError):
            envelope.lost = True
        self.records.ring()

    async def watch(self) -> None:
        """Send events again that nobody acknowledged, when told to."""
        while True:
            await asyncio.sleep(0.05)
            if self.redeliver_after is None:
                continue
            for envelope in list(self.envelopes.values()):
                if self._is_owed(envelope):
                    envelope.lost = True
                    again = Envelope(
                        envelope.type,
                        envelope.payload,
                        retry_attempt=(envelope.retry_attempt or 0) + 1,
                        retry_reason="timeout",
                        on_ack=envelope.on_ack,
                    )
                    await self.deliver(again)

    async def drop(self, how: str) -> None:
        """End every open connection in one of the ways a network has."""
        for connection in [c for c in self.connections if c.is_open]:
            await end(connection, how)

    async def send_raw(self, *texts: str) -> None:
        """Write any texts to one connection, waiting for one if need be: for frames that Slack should never send."""
        while not self.live:
            await asyncio.sleep(0.01)
        socket = self.live[0].socket
        for text in texts:
            await socket.send_str(text)

    async def close_all(self) -> None:
        """Leave nothing open when the server stops."""
        for connection in self.connections:
            if connection.is_open and connection.request.transport is not None:
                connection.request.transport.abort()

    def _hello(self, connection: Connection) -> dict[str, Any]:
        return {
            "type": "hello",
            "connection_info": {"app_id": APP},
            "num_connections": len([c for c in self.connections if c.is_open]) + 1,
            "debug_info": {"host": connection.id, "build_number": 1, "approximate_connection_time": 18_060},
        }

    async def _listen(self, connection: Connection) -> None:
        async for frame in connection.socket:
            if connection.half_open:
                continue
            if frame.type == WSMsgType.PING:
                connection.pings += 1
                await connection.socket.pong(frame.data)
            elif frame.type == WSMsgType.PONG:
                connection.pongs += 1
            elif frame.type == WSMsgType.TEXT:
                self._take_ack(frame.data)

    def _take_ack(self, text: str) -> None:
        now = time.monotonic()
        try:
            said = json.loads(text)
            envelope = self.envelopes[said["envelope_id"]]
        except (ValueError, KeyError, TypeError):
            self.stray_acks.append(text)
            return
        with self.records.changed:
            envelope.acks += 1
            if envelope.acked_at is None:
                envelope.response = said.get("payload")
                if envelope.on_ack is not None:
                    envelope.on_ack(envelope)
                envelope.acked_at = now
            self.records.changed.notify_all()

    def _is_owed(self, envelope: Envelope) -> bool:
        if envelope.type != "events_api" or envelope.acked_at or envelope.lost or envelope.sent_at is None:
            return False
        if (envelope.retry_attempt or 0) >= self.most_attempts or not self.live:
            return False
        took_it = next((c for c in self.connections if c.id == envelope.connection), None)
        gone = took_it is None or not took_it.is_open or took_it.half_open
        return gone or time.monotonic() - envelope.sent_at > (self.redeliver_after or 0)

    async def _ping(self, connection: Connection) -> None:
        while connection.is_open:
            await asyncio.sleep(2.0)
            if not connection.half_open and not connection.socket.closed:
                await connection.socket.ping(b"loopback")
