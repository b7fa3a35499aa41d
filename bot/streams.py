"""Status and streams: what an asker sees move while the desk works, where Slack has it.

A stream is decoration. Its message is replaced by the whole answer with chat.update whatever became of it, so a
stream that Slack ends early, or never began, loses nothing.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

import structlog
from slack_sdk import WebClient

from bot.asked import Asked, Place
from bot.rendering.escape import markdown
from bot.slack_calls import Calls, Refused, Unavailable, Uncertain

STATUS = "is looking in the recording rules\u2026"
A_MINUTE = 12
"""Streams begun in a minute. Slack promises twenty (tier 2) for the workspace, starts and stops counted apart."""

log = structlog.get_logger()


class Streams:
    """Begins and ends streams. What Slack lacks is found out once and not asked for again."""

    def __init__(self, client: WebClient, *, now: Callable[[], float] = time.monotonic) -> None:
        self._client, self._calls, self._now = client, Calls(longest=0.0), now
        self._lock = threading.Lock()
        self._begun: deque[float] = deque()
        self._open: set[str] = set()
        self._lacking: set[str] = set()

    def begin(self, asked: Asked, words: str) -> str | None:
        """Show a status, and begin a stream with these words; its ts, or None where there is to be none.

        Raises Uncertain when Slack did not say whether it stands.
        """
        if asked.place is not Place.DIRECT or asked.thread is None:
            return None
        self._status(asked)
        if not self._may_begin():
            return None
        try:
            said = self._calls.once(
                lambda: self._client.chat_startStream(
                    channel=asked.channel,
                    thread_ts=str(asked.thread),
                    recipient_team_id=asked.team,
                    recipient_user_id=asked.asker,
                    markdown_text=markdown(words),
                ),
                uncertain=True,
            )
        except Uncertain:
            raise
        except (Refused, Unavailable) as fault:
            self._note("stream", fault)
            return None
        ts = str(said["ts"])
        with self._lock:
            self._open.add(ts)
        return ts

    def end(self, asked: Asked, ts: str, words: str) -> None:
        """Add the words to the stream at `ts` and end it; nothing where none is open there."""
        with self._lock:
            if ts not in self._open:
                return
            self._open.discard(ts)
        self.stop(asked, ts, words)

    def stop(self, asked: Asked, ts: str, words: str = "") -> None:
        """End the stream at `ts`, whoever began it."""
        added = "\n\n" + markdown(words) if words else None
        try:
            self._calls.once(lambda: self._client.chat_stopStream(channel=asked.channel, ts=ts, markdown_text=added))
        except (Refused, Unavailable) as fault:
            log.info("stream_ended_early", fault=type(fault).__name__, code=getattr(fault, "code", None))

    def _status(self, asked: Asked) -> None:
        if "status" in self._lacking:
            return
        try:
            self._calls.once(
                lambda: self._client.assistant_threads_setStatus(
                    channel_id=asked.channel, thread_ts=str(asked.thread), status=STATUS
                )
            )
        except (Refused, Unavailable) as fault:
            self._note("status", fault)

    def _may_begin(self) -> bool:
        with self._lock:
            now = self._now()
            while self._begun and now - self._begun[0] > 60:
                self._begun.popleft()
            if "stream" in self._lacking or len(self._begun) >= A_MINUTE:
                return False
            self._begun.append(now)
            return True

    def _note(self, what: str, fault: Refused | Unavailable) -> None:
        if isinstance(fault, Refused) and fault.is_lacking:
            with self._lock:
                self._lacking.add(what)
        log.info("slack_lacks", code=getattr(fault, "code", None), fault=type(fault).__name__, where=what)
