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

from bot.asked import Asked, Owed
from bot.health import Health
from bot.intake import Intake, Taken, Withdrawn
from bot.logs import Pseudonyms
from bot.questions import Held

OWED = "owed"
"""Where the listener finds the question in Bolt's context."""

log = structlog.get_logger()


def record_question(
    intake: Intake, pseudonyms: Pseudonyms, health: Health, take_back: Callable[[Held], None]
) -> Callable[..., BoltResponse | None]:
    """The middleware. A request that is no new question of an asker's goes no further than its acknowledgement.

    `take_back` deletes the reply to a question that was withdrawn; it returns at once.
    """

    def record(req: BoltRequest, context: BoltContext, next: Callable[[], Any]) -> BoltResponse | None:
        body: dict[str, Any] = req.body if isinstance(req.body, dict) else {}
        health.heard()
        taken = intake.take(body, context.bot_user_id or "")
        if taken is Taken.DONE:
            return BoltResponse(status=200)
        if isinstance(taken, Withdrawn):
            log.info("question_withdrawn", question=taken.held.id)
            take_back(taken.held)
            return BoltResponse(status=200)
        if isinstance(taken, tuple):
            asked, owed = taken
            _log(asked, owed, pseudonyms)
            if owed is None:
                return BoltResponse(status=200)
            context[OWED] = owed
        next()
        return None

    return record


def _log(asked: Asked, owed: Owed | None, pseudonyms: Pseudonyms) -> None:
    log.info(
        "question_recorded" if owed else "question_seen_before",
        event_id=asked.event_id,
        question=owed.id if owed else None,
        asker=pseudonyms.of(asked.team, asked.asker),
        place=str(asked.place),
    )
