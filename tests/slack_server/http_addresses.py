"""The plain addresses Slack hands out: response_url, upload and file download. Anything else is recorded and refused.

What arrives at an address nobody handed out is kept too: a second server can so stand for a thief, and a test can
assert that no Authorization header ever reached it.
"""

from __future__ import annotations

import json
import time
from typing import Any

from aiohttp import web

from .fault_script import FaultScript
from .records import Call, Records
from .refused import Refused
from .response_urls import ResponseUrl, respond
from .web_api import play
from .workspace import Workspace

LOGIN_PAGE = "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in</body></html>"


class HttpAddresses:
    """Serves them, and records each use as a call."""

    def __init__(self, workspace: Workspace, records: Records, faults: FaultScript) -> None:
        self.workspace, self.records, self.faults = workspace, records, faults
        self.response_urls: dict[str, ResponseUrl] = {}
        self.tokens: dict[str, str] = {}

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/response/{ticket}", self.response_url),
            web.post("/upload/v1/{file}", self.upload),
            web.get("/files/{file}/{name}", self.download),
            web.route("*", "/{anything:.*}", self.unknown),
        ]

    def new_response_url(self, url: ResponseUrl) -> str:
        """Hand one out."""
        ticket = self.workspace.new_id("R")
        self.response_urls[ticket] = url
        return f"{self.workspace.base_url}/response/{ticket}"

    async def response_url(self, request: web.Request) -> web.StreamResponse:
        raw = await request.read()
        try:
            body = json.loads(raw)
        except ValueError:
            body = {"payload": raw.decode("utf-8", "replace")}
        call = self._record("response_url", body, request)

        async def perform() -> dict[str, Any]:
            with self.records.changed:
                try:
                    url = self.response_urls.get(request.match_info["ticket"])
                    if url is None:
                        raise Refused("expired_url")
                    respond(self.workspace, url, body)
                    call.response = {"ok": True}
                except Refused as refused:
                    call.response = refused.answer
                call.accepted = bool(call.response["ok"])
            return call.response

        response = await play(call.faulted, request, perform, call, self.records)
        if call.faulted is None and call.response is not None:
            if call.response["ok"]:
                return web.Response(text="ok")
            gone = call.response["error"] in ("used_url", "expired_url")
            return web.json_response(call.response, status=404 if gone else 400)
        return response

    async def upload(self, request: web.Request) -> web.StreamResponse:
        content = await request.read()
        call = self._record("files.upload_url", {"file": request.match_info["file"], "size": len(content)}, request)

        async def perform() -> dict[str, Any]:
            file = self.workspace.files.get(request.match_info["file"])
            if file is not None:
                file.content = content
            call.accepted = file is not None
            call.response = {"ok": file is not None}
            return call.response

        response = await play(call.faulted, request, perform, call, self.records)
        if call.faulted is None:
            return web.Response(text=f"OK - {len(content)}") if call.accepted else web.Response(status=404)
        return response

    async def download(self, request: web.Request) -> web.StreamResponse:
        call = self._record("files.download", {"file": request.match_info["file"]}, request)
        file = self.workspace.files.get(request.match_info["file"])
        if call.faulted is not None:

            async def perform() -> dict[str, Any]:
                return {"ok": True}

            return await play(call.faulted, request, perform, call, self.records)
        if call.token not in self.tokens or file is None or file.content is None:
            # Slack is widely reported to send its login page, with 200, when the token is missing or unfit.
            return web.Response(text=LOGIN_PAGE, content_type="text/html")
        call.accepted = True
        return web.Response(body=file.content, content_type=file.mimetype)

    async def unknown(self, request: web.Request) -> web.StreamResponse:
        self._record(f"{request.method} {request.path}", {}, request)
        return web.Response(status=404, text="not found")

    def _record(self, name: str, arguments: dict[str, Any], request: web.Request) -> Call:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip() or None
        fault = self.faults.next_for(name)
        return self.records.add(Call(name, arguments, token, time.monotonic(), dict(request.headers), faulted=fault))
