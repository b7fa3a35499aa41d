"""Telling Slack to misbehave: towards calls, and towards the WebSockets."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from .connections import Connection
from .fault_script import FaultScript
from .faults import Fault, UnknownMethod
from .outbox import Outbox
from .records import Records
from .socket_mode import SocketMode


class Misbehaving:
    """Mixed into SlackServer."""

    records: Records
    faults: FaultScript
    outbox: Outbox
    socket_mode: SocketMode

    def script(self, method: str, *faults: Fault) -> None:
        """The next calls of a method meet these faults, one each."""
        self.faults.script(method, *faults)

    def always(self, method: str, fault: Fault | None) -> None:
        """Every call of a method meets this fault, until told None."""
        self.faults.always(method, fault)

    def lacks(self, *methods: str) -> None:
        """This Slack does not know these methods: `unknown_method`."""
        for method in methods:
            self.always(method, UnknownMethod())

    def drop_connections(self, how: str = "close") -> None:
        """End the open WebSockets: close, reset, disconnect_message or half_open."""
        self._on_loop(self.socket_mode.drop(how))

    def refuse_connections(self, count: int) -> None:
        """Refuse the next handshakes."""
        self.socket_mode.refuse = count

    def redeliver_unacked(self, after: float = 3.0, *, most_attempts: int = 3) -> None:
        """Send events again that were not acknowledged within `after` seconds, or whose connection is gone."""
        self.socket_mode.most_attempts, self.socket_mode.redeliver_after = most_attempts, after

    def send_raw(self, text: str) -> None:
        """Write a frame as it stands to one connection."""
        self._on_loop(self.socket_mode.send_raw(text))

    def send_backlog(self, texts: list[str], held_up: Callable[[bool], object]) -> None:
        """Write frames while the bot is held up (`held_up(True)`), then let it read (`held_up(False)`)."""
        assert self.outbox.loop is not None, "The server is not running."
        held_up(True)
        try:
            writing = asyncio.run_coroutine_threadsafe(self.socket_mode.send_raw(*texts), self.outbox.loop)
            time.sleep(0.2)  # as much as the network between the two holds
        finally:
            held_up(False)
        writing.result(30)

    @property
    def connections(self) -> list[Connection]:
        """Every WebSocket the bot ever opened."""
        return list(self.socket_mode.connections)

    @property
    def num_connections(self) -> int:
        """How many envelopes could be sent to now."""
        return len(self.socket_mode.live)

    def wait_connected(self, count: int = 1, timeout: float = 15.0) -> None:
        """Until that many connections are open."""
        self.records.wait_for(lambda: self.num_connections >= count, timeout, f"{count} Socket Mode connection(s)")

    def _on_loop(self, coroutine: Any) -> None:
        assert self.outbox.loop is not None, "The server is not running."
        asyncio.run_coroutine_threadsafe(coroutine, self.outbox.loop).result(5)
