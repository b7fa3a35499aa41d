"""Record a question durably before Slack is told that it arrived.

Bolt acknowledges an event after the middleware and before its listener, so this is the one place where "Slack was
told" implies "we have it". When the inbox cannot be written the request fails here, unacknowledged, and Slack sends
it again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt import BoltContext, BoltRequest, BoltResponse

from bot.answer_question import REMEMBERED
from bot.asked import Asked, Owed, Place
from bot.health import Health
from bot.inbox import Inbox
from bot.logs import Pseudonyms
from bot.reading import read_command, read_event

OWED = "owed"
"""Where the listener finds the question in Bolt's context."""

log = structlog.get_logger()


def record_question(inbox: Inbox, pseudonyms: Pseudonyms, health: Health) -> Callable[..., BoltResponse | None]:
    """The middleware. A request that is no new question of an asker's goes no further than its acknowledgement."""

    def record(req: BoltRequest, context: BoltContext, next: Callable[[], Any]) -> BoltResponse | None:
        body: dict[str, Any] = req.body if isinstance(req.body, dict) else {}
        event = body.get("event")
        health.heard()
        if isinstance(event, dict) and event.get("type") in ("message", "app_mention"):
            asked = read_event(body, context.bot_user_id or "")
            if asked is None or not _is_for_the_desk(asked, inbox):
                return BoltResponse(status=200)
        elif "command" in body:
            asked = read_command(body)
        else:
            asked = None
        if asked is not None:
            owed = inbox.record(asked)
            _log(asked, owed, pseudonyms)
            if owed is None:
                return BoltResponse(status=200)
            context[OWED] = owed
        next()
        return None

    return record


def _is_for_the_desk(asked: Asked, inbox: Inbox) -> bool:
    """Talk in a channel is the desk's only where the same person asked it something, in that thread, that day."""
    if asked.place is not Place.FOLLOW_UP:
        return True
    return inbox.has_asked_in(asked.team, asked.channel, asked.thread or "", asked.asker, within=REMEMBERED)


def _log(asked: Asked, owed: Owed | None, pseudonyms: Pseudonyms) -> None:
    log.info(
        "question_recorded" if owed else "question_seen_before",
        event_id=asked.event_id,
        question=owed.id if owed else None,
        asker=pseudonyms.of(asked.team, asked.asker),
        place=str(asked.place),
    )
