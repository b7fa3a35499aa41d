"""How the desk is connected to Slack: by a WebSocket it opens, or by an address that Slack calls."""

from __future__ import annotations

import socket
import threading
import time
from typing import Protocol

import structlog
import uvicorn
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError

from bot.http_app import http_app
from bot.logs import library_logger
from knowledge.errors import DeskError, SettingsInvalid

PING_EVERY = 2
"""Seconds. At Bolt's default of ten a dropped connection goes unnoticed for a minute; at two, for eleven seconds."""
TOKEN_REFUSED = frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "not_allowed_token_type"})
_CLOSING_SECONDS = 5.0
_SILENT_FROM_THE_START = 10.0
_RECEIVE_BYTES = 65_536
"""slack_sdk reads with a level of recursion for each receive and each frame while more is waiting. At its default of
1,024 bytes a megabyte that came while the process was held up ends in RecursionError, and in a connection whose frames
can no longer be told apart: what Slack does not send again (commands and presses) is lost."""
_PAUSES = (1.0, 2.0, 5.0, 10.0)

log = structlog.get_logger()


class Connection(Protocol):
    """Runs until told to stop.

    `let_go` is false when it was told to stop and some thread of it is still at work.
    """

    let_go: bool

    def run(self, stop: threading.Event) -> None:
        """Take what Slack sends. Returns when nothing more can arrive. Raises DeskError when it cannot begin."""
        ...

    def is_up(self) -> bool:
        """Whether Slack can reach the desk now."""
        ...

    def look_after(self) -> None:
        """Called twice a second by the caretaker."""
        ...


class SocketModeConnection:
    """A WebSocket, opened again whenever it is lost."""

    def __init__(self, app: App, app_token: str) -> None:
        self._handler = SocketModeHandler(
            app,
            app_token,
            logger=library_logger("sdk"),
            ping_interval=PING_EVERY,
            receive_buffer_size=_RECEIVE_BYTES,
            web_client=app.client,
        )
        self.let_go = True
        self._refused: str | None = None
        self._session: tuple[str | None, float] = (None, 0.0)

    def run(self, stop: threading.Event) -> None:
        # In a thread of its own: slack_sdk sleeps out a rate limit here, and a signal must still be heard.
        threading.Thread(target=self._connect, args=(stop,), name="connect", daemon=True).start()
        stop.wait()
        # slack_sdk joins its own threads here, and one that is just opening a connection can keep it waiting.
        closing = threading.Thread(target=self._handler.close, name="close", daemon=True)
        closing.start()
        closing.join(_CLOSING_SECONDS)
        self.let_go = not closing.is_alive()
        if self._refused is not None:
            raise SettingsInvalid(
                f"Slack refuses SLACK_APP_TOKEN ({self._refused}): create an app-level token with the scope "
                "connections:write on your Slack app's Basic Information page (it begins xapp-)."
            )

    def is_up(self) -> bool:
        return self._handler.client.is_connected()

    def look_after(self) -> None:
        """Replace a connection that never once answered a ping: slack_sdk judges only those that did."""
        client, now = self._handler.client, time.monotonic()
        session = client.current_session
        if session is None or not client.is_connected():
            return
        if session.session_id != self._session[0]:
            self._session = (session.session_id, now)
        elif session.last_ping_pong_time is None and now - self._session[1] > _SILENT_FROM_THE_START:
            log.warning("connection_silent")
            client.connect_to_new_endpoint(force=True)

    def _connect(self, stop: threading.Event) -> None:
        attempt = 0
        while not stop.is_set():
            try:
                self._handler.connect()  # type: ignore[no-untyped-call]
            except SlackApiError as fault:
                code = fault.response.get("error") if isinstance(fault.response.data, dict) else None
                if code in TOKEN_REFUSED:
                    self._refused = str(code)
                    stop.set()
                    return
                log.warning("not_connected", code=code, attempts=attempt)
            except Exception as fault:
                log.warning("not_connected", fault=type(fault).__name__, attempts=attempt)
            else:
                log.info("connected", connected=self.is_up())
                return  # from here slack_sdk's own monitor opens it again
            stop.wait(_PAUSES[min(attempt, len(_PAUSES) - 1)])
            attempt += 1


class HttpConnection:
    """An HTTP server at the address Slack is told to call."""

    def __init__(self, app: App, host: str, port: int) -> None:
        self.let_go = True
        self._host, self._port = host, port
        config = uvicorn.Config(
            http_app(app),
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=5,
        )
        self._server = uvicorn.Server(config)

    def run(self, stop: threading.Event) -> None:
        try:
            listening = socket.create_server((self._host, self._port))
        except OSError as fault:
            raise DeskError(
                f"The desk cannot listen on {self._host} port {self._port} ({fault.strerror}); "
                "set DESK_HTTP_HOST and DESK_HTTP_PORT."
            ) from None
        log.info("listening", port=listening.getsockname()[1])
        # uvicorn hears the signals itself while it runs, and hands them on; one that came just before, it has missed.
        threading.Thread(target=self._end_on, args=(stop,), name="stop", daemon=True).start()
        self._server.run(sockets=[listening])
        stop.set()

    def _end_on(self, stop: threading.Event) -> None:
        stop.wait()
        self._server.should_exit = True

    def is_up(self) -> bool:
        return self._server.started and not self._server.should_exit

    def look_after(self) -> None:
        """Nothing to do: the server listens or it does not."""
