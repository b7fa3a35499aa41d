"""`/api/{method}`: reads a call, records it, plays any fault, and otherwise does what Slack would."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict, deque
from typing import Any

from aiohttp import web

from ..fault_script import FaultScript
from ..faults import Fault, RateLimited
from ..records import Call, Records
from ..refused import Refused
from ..workspace import Workspace
from . import assistant, directory, files, messages, reactions, streams, views
from .arguments import Arguments, read_arguments
from .registry import METHODS, Entry

__all__ = ["WebApi", "assistant", "directory", "files", "messages", "reactions", "streams", "views"]


class WebApi:
    """The Web API of one workspace."""

    def __init__(self, workspace: Workspace, records: Records, faults: FaultScript) -> None:
        self.workspace, self.records, self.faults = workspace, records, faults
        self.tokens: dict[str, str] = {}  # token -> the error it meets; empty when it is good
        self.scopes: set[str] | None = None  # None: the bot has every scope
        self.enforce_rate_limits = False
        self._recent: dict[str, deque[float]] = defaultdict(deque)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One call."""
        name = request.match_info["method"]
        refusal: Refused | None = None
        token: str | None = None
        arguments = Arguments()
        try:
            token, arguments = await read_arguments(request)
        except Refused as refused:
            refusal = refused
        fault = self.faults.next_for(name) or self._too_many(name, arguments)
        call = Call(name, dict(arguments), token, time.monotonic(), dict(request.headers), faulted=fault)
        self.records.add(call)

        async def perform() -> dict[str, Any]:
            answer = refusal.answer if refusal else self._perform(name, token, arguments)
            call.response, call.accepted = answer, bool(answer["ok"])
            self.records.ring()
            return answer

        return await play(fault, request, perform, call, self.records)

    def _perform(self, name: str, token: str | None, arguments: Arguments) -> dict[str, Any]:
        with self.records.changed:
            try:
                entry = METHODS.get(name)
                if entry is None:
                    raise Refused("unknown_method", req_method=name)
                self._admit(entry, token, arguments)
                return {"ok": True, **entry.perform(self.workspace, arguments)}
            except Refused as refused:
                return refused.answer

    def _admit(self, entry: Entry, token: str | None, arguments: Arguments) -> None:
        if not entry.token:
            return
        if not token:
            raise Refused("not_authed")
        if token not in self.tokens:
            raise Refused("invalid_auth")
        if self.tokens[token]:
            raise Refused(self.tokens[token])
        if not token.startswith(entry.token):
            raise Refused("not_allowed_token_type")
        needed = self._scope(entry, arguments)
        if self.scopes is not None and needed and needed not in self.scopes:
            raise Refused("missing_scope", needed=needed, provided=",".join(sorted(self.scopes)))

    def _scope(self, entry: Entry, arguments: Arguments) -> str:
        """conversations.* need the scope of the kind of conversation: channels:, groups:, im: or mpim:."""
        what, _, how = (entry.scope or "").partition(":")
        if what != "conversations":
            return entry.scope or ""
        place = self.workspace.channels.get(arguments.text("channel"))
        kind = place.kind if place else "public"
        return {"public": "channels", "private": "groups"}.get(kind, kind) + ":" + how

    def _too_many(self, name: str, arguments: Arguments) -> Fault | None:
        """Slack's own rate limits, when enforced: a method's tier, and about one post a second in a channel."""
        entry = METHODS.get(name)
        if not self.enforce_rate_limits or entry is None:
            return None
        rules = [(name, 60.0, entry.tier)]
        if name == "chat.postMessage":
            # docs, rate-limits: one message per second per channel, short bursts allowed.
            rules = [(f"{name} {arguments.get('channel')}", 3.0, 3)]
        now = time.monotonic()
        for key, seconds, most in rules:
            recent = self._recent[key]
            while recent and now - recent[0] > seconds:
                recent.popleft()
            if len(recent) >= most:
                return RateLimited(max(1, round(seconds - (now - recent[0]))))
            recent.append(now)
        return None


async def play(
    fault: Fault | None, request: web.Request, perform: Any, call: Call, records: Records
) -> web.StreamResponse:
    """Answer a request, through its fault if it has one, and note what was answered."""
    try:
        if fault is None:
            return web.json_response(await perform())
        response = await fault.play(request, perform)
        if isinstance(response, web.Response) and response.content_type != "application/json":
            call.response = None  # the bot was not told
        elif call.response is None and fault.error:
            call.response = {"ok": False, "error": fault.error}
        return response
    except asyncio.CancelledError:
        call.response = None  # the bot went away before it was answered
        raise
    finally:
        call.answered_at = time.monotonic()
        records.ring()
