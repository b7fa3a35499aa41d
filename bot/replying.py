"""One reply a question, whatever happens in between: found again, updated, never posted twice.

Before a post the inbox says that one may come to stand; after it, where it stands. A process that dies in between, or
a connection that breaks before Slack's answer, leaves a question whose reply may exist: then the thread is looked
through for a message whose metadata names the question. Where Slack will not let us look, nothing more is posted, and
the asker is told privately to ask again.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog

from bot.asked import Owed, State
from bot.courier import Courier
from bot.inbox import Inbox
from bot.rendering import phrases
from bot.rendering.message import Message
from bot.slack_calls import Refused, Unavailable, Uncertain
from bot.streams import Streams

_LOOK_AFTER = (0.2, 0.6, 1.5)
"""Seconds between looks for a post that Slack did not confirm: it may be accepted and not yet readable."""
_TRY_AGAIN_AFTER = 2.0
_BY_RESPONSE_URL = "response_url"
_STREAMING = "streaming_state_conflict"
"""Slack updates no message that is still being streamed."""

log = structlog.get_logger()


class Replies:
    """The reply to each question."""

    def __init__(
        self, inbox: Inbox, courier: Courier, streams: Streams, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._inbox, self._courier, self._streams, self._sleep = inbox, courier, streams, sleep

    def put(self, owed: Owed, message: Message, *, for_now: bool = False) -> str | None:
        """Make `message` the reply to a question; where it stands, or None when there is nothing more to do.

        `for_now` says that another follows: then it may be the beginning of a stream.

        Raises Unavailable when Slack is, and Refused when Slack will not have it.
        """
        if owed.asked.response_url:
            return self._respond(owed, owed.asked.response_url, message)
        if owed.reply_ts is not None:
            self._streams.end(owed.asked, owed.reply_ts, message.words)
            self._update(owed, owed.reply_ts, message)
            return owed.reply_ts
        if not self._inbox.begin(owed.id):
            return None  # another process has it
        ts = self._stands(owed) if owed.state is State.ANSWERING else ""
        if ts is None:
            return None
        if ts:
            self._update(owed, ts, message)
        else:
            ts = self._post(owed, message, for_now)
        if self._inbox.placed(owed.id, ts):
            return ts
        if self._inbox.is_withdrawn(owed.id):
            self.take_back(owed, ts)
        return None

    def take_back(self, owed: Owed, ts: str) -> None:
        """Delete a reply whose question was deleted. Not worth a second attempt."""
        try:
            self._courier.delete(owed.asked.channel, ts)
        except (Unavailable, Refused) as fault:
            log.warning("reply_not_deleted", question=owed.id, fault=type(fault).__name__)

    def turn_away(self, owed: Owed, message: Message) -> None:
        """Tell the asker directly. Not worth a second attempt: it might be a second message."""
        try:
            self._courier.direct(owed.asked, message)
        except (Unavailable, Refused) as fault:
            log.warning("not_told", question=owed.id, fault=type(fault).__name__, code=getattr(fault, "code", None))

    def whisper(self, owed: Owed, message: Message) -> None:
        """Tell the asker alone. Not worth a second attempt."""
        try:
            self._courier.whisper(owed.asked, message)
        except (Unavailable, Refused) as fault:
            log.warning("whisper_failed", question=owed.id, fault=type(fault).__name__)

    def _update(self, owed: Owed, ts: str, message: Message) -> None:
        try:
            self._courier.update(owed.asked, ts, message)
        except Refused as refused:
            if refused.code != _STREAMING:
                raise
            self._streams.stop(owed.asked, ts)  # begun by a process that is gone, or unconfirmed
            self._courier.update(owed.asked, ts, message)

    def _respond(self, owed: Owed, response_url: str, message: Message) -> str | None:
        if owed.reply_ts is None and not self._inbox.begin(owed.id):
            return None
        self._courier.respond(response_url, message)
        if owed.reply_ts is None and not self._inbox.placed(owed.id, _BY_RESPONSE_URL):
            return None
        return _BY_RESPONSE_URL

    def _stands(self, owed: Owed) -> str | None:
        """Where an earlier attempt's reply stands, "" when there is none, None when nobody can say."""
        try:
            return self._find(owed) or ""
        except Refused as refused:
            log.error("reply_not_found_out", question=owed.id, code=refused.code)
            self.whisper(owed, phrases.TOO_LATE)
            self._inbox.finish(owed.id, "reply_not_found_out", failed=True)
            return None

    def _post(self, owed: Owed, message: Message, for_now: bool) -> str:
        try:
            begun = self._streams.begin(owed.asked, message.words) if for_now else None
            return begun or self._courier.post(owed.asked, owed.id, message)
        except Uncertain:
            log.warning("post_not_confirmed", question=owed.id)
        for pause in _LOOK_AFTER:
            self._sleep(pause)
            try:
                if ts := self._find(owed):
                    return ts
            except Refused:
                break
        raise Unavailable(_TRY_AGAIN_AFTER)

    def _find(self, owed: Owed) -> str | None:
        return self._courier.find(owed.asked, owed.id, known=self._inbox.replies_in(owed))
