"""Slack over HTTP: Bolt's Starlette adapter behind a guard.

Bolt answers 500 to a timestamp that is no number and lets an exception out for a body that is not a JSON object. An
address that anybody can call answers such things with 4xx, reads no more than it must, and logs nothing of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import parse_qs

from slack_bolt import App
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

LARGEST_BODY = 1_000_000
PATH = "/slack/events"


class _Unfit(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def http_app(app: App) -> Starlette:
    """Slack's requests at /slack/events, and a sign of life at /healthz."""

    async def events(request: Request) -> Response:
        try:
            _check_headers(request.headers)
            body = await _read(request)
            _check_body(body, request.headers.get("content-type", ""))
        except _Unfit as unfit:
            return PlainTextResponse("", status_code=unfit.status)
        except ClientDisconnect:
            return PlainTextResponse("", status_code=400)
        # Bolt's dispatch waits for the listener's acknowledgement, which must not hold up the other requests.
        return to_starlette_response(await run_in_threadpool(app.dispatch, to_bolt_request(request, body)))

    async def alive(_request: Request) -> Response:
        return JSONResponse({"ok": True})

    return Starlette(routes=[Route(PATH, events, methods=["POST"]), Route("/healthz", alive)])


def _check_headers(headers: Mapping[str, str]) -> None:
    stamp, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        raise _Unfit(401)
    if not (signature.isascii() and signature.startswith("v0=")):
        raise _Unfit(401)
    length = headers.get("content-length", "0")
    if not length.isdigit():
        raise _Unfit(400)
    if int(length) > LARGEST_BODY:
        raise _Unfit(413)


async def _read(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_BODY:
            raise _Unfit(413)
    return bytes(body)


def _check_body(body: bytes, content_type: str) -> None:
    """A JSON object, or a form whose `payload` is one: what Bolt reads without falling over."""
    kind = content_type.partition(";")[0].strip().lower()
    try:
        text = body.decode("utf-8")
        if kind == "application/json":
            found = json.loads(text)
        elif kind == "application/x-www-form-urlencoded":
            form = parse_qs(text, keep_blank_values=True)
            found = json.loads(form["payload"][0]) if "payload" in form else {}
        else:
            raise _Unfit(415)
    except (ValueError, RecursionError):
        raise _Unfit(400) from None
    if not isinstance(found, dict) or not isinstance(found.get("event", {}), dict):
        raise _Unfit(400)
