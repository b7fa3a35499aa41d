"""One WebSocket of the bot's, and the ways it can end."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

from aiohttp import web

from .faults import reset


@dataclass
class Connection:
    """One WebSocket the bot opened."""

    id: str
    socket: web.WebSocketResponse
    request: web.Request
    opened_at: float = field(default_factory=time.monotonic)
    closed_at: float | None = None
    leaving: bool = False  # told to go: nothing new is sent to it
    half_open: bool = False  # the network died silently: nothing reaches either side
    pings: int = 0  # received from the bot
    pongs: int = 0  # received from the bot, in answer to ours
    closing: asyncio.Task[None] | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and not self.is_gone

    @property
    def is_gone(self) -> bool:
        """The bot's end is closed, and nobody here has read so yet."""
        transport = self.request.transport
        return self.socket.closed or transport is None or transport.is_closing()


async def end(connection: Connection, how: str) -> None:
    """close: in good order. reset: TCP RST. disconnect_message: Slack asks it to go. half_open: silence."""
    match how:
        case "close":
            connection.leaving = True
            # Not awaited: the close frame of the bot is read by the coroutine that listens to it.
            connection.closing = asyncio.get_running_loop().create_task(_close(connection))
        case "reset":
            reset(connection.request)
        case "disconnect_message":
            connection.leaving = True
            frame = {"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": connection.id}}
            await connection.socket.send_json(frame)
        case "half_open":
            connection.half_open = True
            transport = connection.request.transport
            if isinstance(transport, asyncio.ReadTransport):
                transport.pause_reading()
        case _:
            raise ValueError(f"how is close, reset, disconnect_message or half_open, not {how}")


async def _close(connection: Connection) -> None:
    await connection.socket.close(code=1000, message=b"closing")
    if connection.request.transport is not None:
        connection.request.transport.close()
