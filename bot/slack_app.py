"""Run the desk in Slack: over Socket Mode, or over HTTP when only a signing secret is set."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

import structlog
from slack_bolt import App
from slack_bolt.error import BoltError
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.answer_question import AskedDesk
from bot.build_parts import build_parts, chores_of, slow_chores_of
from bot.caretaker import Caretaker
from bot.chores import Chores
from bot.connection import Connection, HttpConnection, SocketModeConnection
from bot.health import Health
from bot.inbox import Inbox
from bot.intake import Intake
from bot.listeners import register
from bot.liveness import Liveness
from bot.load_child import BUILD
from bot.logs import Pseudonyms, library_logger, set_up_logging
from bot.middleware.record_question import record_question
from bot.settings import Settings, Surface
from bot.slack_calls import web_client
from bot.store import open_store
from knowledge.errors import DeskError, SettingsInvalid

_LISTENERS = 16
_STOPPING = (signal.SIGTERM, signal.SIGINT)

log = structlog.get_logger()


def run_slack(settings: Settings, desk: AskedDesk, build: Sequence[str] = BUILD) -> int:
    """Answer in Slack until told to stop. 0 when every answer under way was given or left safely for the next start.

    `build` is the module that builds what administrators load, with its first arguments.
    """
    set_up_logging(settings.log_level)
    settings.home.mkdir(parents=True, exist_ok=True)
    engine, liveness = open_store(settings.database), Liveness(settings.home)
    inbox = Inbox(engine, liveness.owner, is_dead=liveness.is_dead)
    health = Health(settings.home)
    client = web_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    parts = build_parts(settings, desk, engine, inbox, client, build)
    answering, pseudonyms = parts.answering, Pseudonyms(settings.home)
    app = _app(settings, client)
    intake = Intake(inbox, parts.questions, parts.records)
    app.use(record_question(intake, pseudonyms, health, answering.take_back))
    register(app, parts)
    connection: Connection = (
        HttpConnection(app, settings.http_host, settings.http_port)
        if settings.surface is Surface.HTTP
        else SocketModeConnection(app, settings.slack_app_token.get_secret_value())
    )
    stop = _stop_on_signals()
    caretaker = Caretaker(inbox, answering, health, liveness, connection, desk.builds)
    chores = Chores(chores_of(settings, parts, client))
    slow = Chores(slow_chores_of(settings, parts, client))
    caretaker.start()
    chores.start()
    slow.start()
    try:
        connection.run(stop)
        log.info("stopping", count=len(answering.held))
        drained = answering.drain(settings.grace_seconds)
    finally:
        chores.stop()
        slow.stop()
        parts.errands.shutdown(wait=False, cancel_futures=True)
        caretaker.stop()
        inbox.release()
        liveness.close()
        engine.dispose()
    log.info("stopped", owed=0 if drained else len(answering.held))
    if not drained or not connection.let_go or chores.is_alive() or slow.is_alive():
        # A thread that is still answering, or reading from Slack, would hold the interpreter open. Its question is back
        # in the inbox, and nothing that arrives now is acknowledged.
        sys.stdout.flush()
        os._exit(0)
    return 0


def _stop_on_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set, by way of a socket and a thread.

    Python runs a handler on the main thread, when that next comes to look. While it is blocked in `Event.wait` it may
    not look for ever: a signal that comes just before it goes to sleep, or to another thread, does not wake it. What
    the interpreter writes to the wake-up descriptor it writes at once, on whatever thread the signal came to.
    """
    stop = threading.Event()
    told, tell = socket.socketpair()
    tell.setblocking(False)

    def wait() -> None:
        while int.from_bytes(told.recv(1)) not in _STOPPING:
            pass
        tell.getblocking()  # this end stays open as long as somebody listens at the other
        stop.set()

    threading.Thread(target=wait, name="signals", daemon=True).start()
    signal.set_wakeup_fd(tell.fileno(), warn_on_full_buffer=False)
    for number in _STOPPING:
        signal.signal(number, lambda number, frame: None)
    return stop


def _app(settings: Settings, client: WebClient) -> App:
    """Bolt, its token tried. Raises SettingsInvalid or DeskError with a sentence that says what to do."""
    try:
        return App(
            client=client,
            logger=library_logger("bolt"),
            signing_secret=settings.slack_signing_secret.get_secret_value(),
            name="recording-desk",
            # Bolt's own five threads are soon taken by forms that wait for Slack.
            listener_executor=ThreadPoolExecutor(_LISTENERS, "listen"),
        )
    except BoltError:
        raise SettingsInvalid(
            "Slack refuses SLACK_BOT_TOKEN: copy the Bot User OAuth Token from your Slack app's OAuth & Permissions "
            "page (it begins xoxb-), after installing the app to the workspace."
        ) from None
    except (OSError, HTTPException, SlackClientError, ValueError) as fault:
        raise DeskError(f"Slack cannot be reached ({type(fault).__name__}); check the network and try again.") from None
