"""How Slack misbehaves. A fault is played on one call (`script`) or on all calls of a method (`always`).

`after_accepting` is the difference that matters most: did Slack do what was asked before things went wrong? Posting
is not idempotent, so a bot that repeats an accepted post shows two messages.

Three further names can be scripted like methods: "response_url", "files.upload_url" and "files.download" are the
plain HTTP addresses that Slack hands out.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Perform = Callable[[], Awaitable[dict[str, Any]]]  # does what was asked; the answer Slack would have given
Answer = web.StreamResponse


class Fault:
    """Answers a request in Slack's place. `error` is the code the bot is told, when it is told one."""

    error: str | None = None

    async def play(self, request: web.Request, perform: Perform) -> Answer:
        raise NotImplementedError


@dataclass
class Well(Fault):
    """No fault: lets one call through in a script."""

    async def play(self, request: web.Request, perform: Perform) -> Answer:
        return web.json_response(await perform())


@dataclass
class SlackError(Fault):
    """`ok: false` with this code, and any further fields."""

    error: str | None = "fatal_error"
    fields: dict[str, Any] = field(default_factory=dict)

    async def play(self, request: web.Request, perform: Perform) -> Answer:
        return web.json_response({"ok": False, "error": self.error, **self.fields})


class UnknownMethod(SlackError):
    """This workspace's Slack does not have the method yet."""

    def __init__(self) -> None:
        super().__init__("unknown_method")


@dataclass
class RateLimited(Fault):
    """429. `retry_after` is put in the header as it stands: a number, a date, or nothing at all."""

    retry_after: float | str | None = 1
    error: str | None = field(default="ratelimited", init=False)

    async def play(self, request: web.Request, perform: Perform) -> Answer:
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)


@dataclass
class ServerError(Fault):
    """A 5xx with whatever body."""

    status: int = 500
    body: str = "internal error"
    after_accepting: bool = False

    async def play(self, request: web.Request, perform: Perform) -> Answer:
        if self.after_accepting:
            await perform()
        return web.Response(status=self.status, text=self.body)


@dataclass
class HtmlBody(Fault):
    """A web page where JSON was due, as a proxy or a login page would send."""

    status: int = 200
    body: str = "<!DOCTYPE html><html><body><h1>Please sign in</h1></body></html>"

    async def play(self, request: web.Request, perform: Perform) -> Answer:
        return web.Response(status=self.status, text=self.body, content_type="text/html")


@dataclass
class Reset(Fault):
    """The connection is reset (TCP RST) instead of answered."""

    after_accepting: bool = False

    async def play(self, request: web.Request, perform: Perform) -> Answer:
        if self.after_accepting:
            await perform()
        reset(request)
        return web.Response()


@dataclass
class Closed(Fault):
    """The connection is closed in good order, unanswered: the case slack_sdk retries by default."""

    after_accepting: bool = False

    async def play(self, request: web.Request, perform: Perform) -> Answer:
        if self.after_accepting:
            await perform()
        if request.transport is not None:
            request.transport.close()
        return web.Response()


@dataclass
class Hang(Fault):
    """Nothing for `seconds`, then the connection is closed."""

    seconds: float = 5.0
    after_accepting: bool = False

    async def play(self, request: web.Request, perform: Perform) -> Answer:
        if self.after_accepting:
            await perform()
        await asyncio.sleep(self.seconds)
        return await Closed().play(request, perform)


@dataclass
class Slow(Fault):
    """The right answer, late. The thing asked is done at once, or with `then_perform`, at the end."""

    seconds: float = 1.0
    then_perform: bool = False

    async def play(self, request: web.Request, perform: Perform) -> Answer:
        if self.then_perform:
            await asyncio.sleep(self.seconds)
            return web.json_response(await perform())
        answer = await perform()
        await asyncio.sleep(self.seconds)
        return web.json_response(answer)


@dataclass
class Meanwhile(Fault):
    """Runs `act` while the call is held, then answers: for killing the bot between Slack's doing and its hearing."""

    act: Callable[[], Any]
    after_accepting: bool = True

    async def play(self, request: web.Request, perform: Perform) -> Answer:
        answer = await perform() if self.after_accepting else None
        await asyncio.get_running_loop().run_in_executor(None, self.act)
        await asyncio.sleep(0.1)  # if the bot was killed, let its end be noticed: this call is then cancelled
        return web.json_response(answer if answer is not None else await perform())


@dataclass
class Redirect(Fault):
    """A redirect: a client that follows it with its token has given the token away."""

    location: str
    status: int = 302

    async def play(self, request: web.Request, perform: Perform) -> Answer:
        return web.Response(status=self.status, headers={"Location": self.location})


@dataclass
class EndlessBody(Fault):
    """A body that goes on, and claims no length, until the client gives up or `at_most` bytes are sent."""

    start: bytes = b"%PDF-1.7\n"
    content_type: str = "application/pdf"
    at_most: int = 1 << 30

    async def play(self, request: web.Request, perform: Perform) -> Answer:
        response = web.StreamResponse(headers={"Content-Type": self.content_type})
        response.enable_chunked_encoding()
        await response.prepare(request)
        await response.write(self.start)
        sent, piece = len(self.start), b"0" * 65_536
        while sent < self.at_most:
            await response.write(piece)
            sent += len(piece)
        return response


def reset(request: web.Request) -> None:
    """Drop the connection with a TCP reset: no close frame, no FIN."""
    transport = request.transport
    if transport is None:
        return
    sock: socket.socket | None = transport.get_extra_info("socket")
    if sock is not None:
        # SO_LINGER on with zero seconds makes close() send RST.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
